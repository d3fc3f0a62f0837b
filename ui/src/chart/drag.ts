/** Nodes that are being moved, and their links as they run meanwhile. */
import type { Scene } from "../bindings/Scene";
import { carriedBy } from "./curves";

const NONE = { mx: 0, my: 0 };

/** The moved nodes and every link at one of them, as a scene of its own, moved by (x, y) chart lengths. */
export function movedScene(scene: Scene, moved: ReadonlySet<string>, x: number, y: number): Scene {
  const by = (id: string) => (moved.has(id) ? { mx: x, my: y } : NONE);
  const nodes = scene.nodes
    .filter((node) => moved.has(node.id))
    .map((node) => ({ ...node, x: node.x + x, y: node.y + y }));
  const links = scene.links.flatMap((link) => {
    const [source, target] = [scene.nodes[link.source], scene.nodes[link.target]];
    if (!source || !target || !(moved.has(source.id) || moved.has(target.id))) return [];
    const [a, b] = [by(source.id), by(target.id)];
    const now = carriedBy(
      link,
      { x: source.x + a.mx, y: source.y + a.my, ...a },
      { x: target.x + b.mx, y: target.y + b.my, ...b },
    );
    return [{ ...link, ...now }];
  });
  return { ...scene, nodes, links, frames: [], notes: [], legend: [] };
}

/** A node's new place. */
export interface Moved {
  id: string;
  x: number;
  y: number;
}

export function placesAfter(scene: Scene, moved: ReadonlySet<string>, x: number, y: number): Moved[] {
  return scene.nodes
    .filter((node) => moved.has(node.id))
    .map((node) => ({ id: node.id, x: node.x + x, y: node.y + y }));
}

/** The scene with these nodes and their links moved. */
export function withMoved(scene: Scene, moved: ReadonlySet<string>, x: number, y: number): Scene {
  const part = movedScene(scene, moved, x, y);
  const nodes = new Map(part.nodes.map((node) => [node.id, node]));
  const links = new Map(part.links.map((link) => [link.ids.join(), link]));
  return {
    ...scene,
    nodes: scene.nodes.map((node) => nodes.get(node.id) ?? node),
    links: scene.links.map((link) => links.get(link.ids.join()) ?? link),
  };
}
