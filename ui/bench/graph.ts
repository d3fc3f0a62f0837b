/** A graph of any size as a layout leaves it: groups of thirty, nine links in ten within a group. Invented, and the same each time. */
import type { Scene } from "../src/bindings/Scene";
import type { SceneLink } from "../src/bindings/SceneLink";
import type { SceneNode } from "../src/bindings/SceneNode";
import type { Shape } from "../src/bindings/Shape";

const SHAPES: Shape[] = ["circle", "square", "diamond", "hexagon", "triangle", "octagon"];
const RADIUS = 20;

/** Numbers from 0 to 1 by Marsaglia's xorshift. */
export function numbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function graph(entities: number, links: number, seed = 7): Scene {
  const next = numbers(seed);
  const groups = Math.ceil(entities / 30);
  const columns = Math.ceil(Math.sqrt(groups * 1.6));
  const nodes: SceneNode[] = [];
  for (let i = 0; i < entities; i++) {
    const group = Math.floor(i / 30);
    const angle = next() * 2 * Math.PI;
    const away = 300 * Math.sqrt(next());
    nodes.push({
      id: `e${i}`,
      kind: "thing",
      icon: "none",
      shape: SHAPES[i % 6] ?? "circle",
      colour: i % 8,
      photo: null,
      x: (group % columns) * 700 + Math.cos(angle) * away,
      y: Math.floor(group / columns) * 700 + Math.sin(angle) * away,
      radius: RADIUS,
      name: `Entity ${i}`,
      label: [`Entity ${i}`],
      attributes: [],
      flags: [],
      count: 1,
      pinned: false,
      hypothesis: false,
      dimmed: false,
      more: 0,
    });
  }
  const made: SceneLink[] = [];
  while (made.length < links) {
    const source = Math.floor(next() * entities);
    const near = next() < 0.9;
    const first = source - (source % 30);
    const target = near
      ? first + Math.floor(next() * Math.min(30, entities - first))
      : Math.floor(next() * entities);
    const a = nodes[source];
    const b = nodes[target];
    if (!a || !b || a === b) continue;
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const [ux, uy] = [((b.x - a.x) / length) * RADIUS, ((b.y - a.y) / length) * RADIUS];
    made.push({
      ids: [`l${made.length}`],
      kind: "link",
      source,
      target,
      from: [a.x + ux, a.y + uy],
      control: [(a.x + b.x) / 2 + uy, (a.y + b.y) / 2 - ux],
      to: [b.x - ux, b.y - uy],
      arrow: made.length % 2 === 0,
      back: false,
      width: 1.5,
      colour: null,
      line: "solid",
      label: "",
      label_at: null,
      hypothesis: false,
      dimmed: false,
    });
  }
  const bounds: Scene["bounds"] = [-330, -330, columns * 700 - 370, Math.ceil(groups / columns) * 700 - 370];
  return { bounds, links: made, nodes, frames: [], notes: [], legend: [] };
}
