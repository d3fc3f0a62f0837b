/** A scene with some of its nodes elsewhere: where somebody has put them, or where a layout would. */
import type { Placement } from "../bindings/Placement";
import type { Scene } from "../bindings/Scene";
import { carriedBy } from "./curves";

export interface Place {
  x: number;
  y: number;
}

/** Hundredths of a pixel in one: what is kept is in hundredths, what is drawn in pixels. */
export const HUNDREDTHS = 100;

/** Between a moved node and the edge of what is shown. */
const AIR = 50;

export function kept(pixels: number): number {
  return Math.round(pixels * HUNDREDTHS);
}

export function placed(scene: Scene, places: ReadonlyMap<string, Place>): Scene {
  if (places.size === 0) return scene;
  const moves = scene.nodes.map((node) => {
    const at = places.get(node.id);
    return at
      ? { x: at.x, y: at.y, mx: at.x - node.x, my: at.y - node.y }
      : { x: node.x, y: node.y, mx: 0, my: 0 };
  });
  const nodes = scene.nodes.map((node, at) => ({
    ...node,
    x: moves[at]?.x ?? node.x,
    y: moves[at]?.y ?? node.y,
  }));
  const links = scene.links.map((link) => {
    const [source, target] = [moves[link.source], moves[link.target]];
    if (!source || !target || (source.mx === 0 && source.my === 0 && target.mx === 0 && target.my === 0))
      return link;
    return { ...link, ...carriedBy(link, source, target) };
  });
  let [left, top, right, bottom] = scene.bounds;
  for (const { x, y } of nodes) {
    left = Math.min(left, x - AIR);
    top = Math.min(top, y - AIR);
    right = Math.max(right, x + AIR);
    bottom = Math.max(bottom, y + AIR);
  }
  return { ...scene, nodes, links, bounds: [left, top, right, bottom] };
}

/**
 * The placements that come of moving drawn nodes: of a group drawn as one, everything in it moves along. A node is moved by as much as it
 * stands from where the scene has it.
 */
export function placements(
  scene: Scene,
  before: readonly Placement[],
  places: ReadonlyMap<string, Place>,
  members: (id: string) => readonly string[],
): Placement[] {
  const now = new Map(before.map((placement) => [placement.entity, placement]));
  const moved: Placement[] = [];
  for (const node of scene.nodes) {
    const at = places.get(node.id);
    if (!at) continue;
    for (const entity of members(node.id)) {
      const placement = now.get(entity);
      if (!placement) continue;
      moved.push({
        ...placement,
        x: placement.x + kept(at.x - node.x),
        y: placement.y + kept(at.y - node.y),
      });
    }
  }
  return moved;
}
