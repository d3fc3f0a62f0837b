/** Which nodes have their label shown at a scale, and how large. A print shows all; on the screen letters stay readable, so that some have to go. */
import type { Scene } from "../bindings/Scene";
import type { SceneNode } from "../bindings/SceneNode";
import { Taken } from "./labels";
import { FAINT, LABEL_GAP, LEADING, LEAST_CHOSEN_TEXT, LEAST_TEXT, TEXT } from "./rules";

/** A label that is shown. */
export interface Named {
  node: SceneNode;
  lines: readonly string[];
  /** Lines of attributes under them. */
  beneath: readonly string[];
  /** Upper edge, in chart lengths. */
  top: number;
  /** How much larger than at scale 1. */
  zoom: number;
  /** From 0 to 1. */
  strength: number;
}

export interface Naming {
  /** All that is in sight. */
  nodes: readonly SceneNode[];
  /** Ids of nodes and links. */
  chosen: ReadonlySet<string>;
  ranks: ReadonlyMap<string, number>;
  /** From 0, far away, to 1, where everybody's label may be shown. */
  near: number;
  scale: number;
  /** How long the longest of these lines and of the lines of attributes under them is at scale 1. */
  width: (lines: readonly string[], beneath: readonly string[]) => number;
}

/** Far away so many are asked at most, the most important first. */
const MOST_FAR = 400;
/** Screen pixels that stay free around a label far away, so that what is below can still be seen. */
const FREE_ACROSS = 24;
const FREE_DOWN = 12;

const known = new WeakMap<Scene, ReadonlyMap<string, number>>();

/** Places of the nodes by importance, 0 first: what the filter left, the larger (a rule, a group), then those with more links. */
export function ranks(scene: Scene): ReadonlyMap<string, number> {
  const before = known.get(scene);
  if (before) return before;
  const degrees = scene.nodes.map(() => 0);
  for (const { source, target, ids } of scene.links) {
    for (const end of source === target ? [source] : [source, target]) {
      degrees[end] = (degrees[end] ?? 0) + ids.length;
    }
  }
  const order = scene.nodes.map((node, place) => ({ node, degree: degrees[place] ?? 0 }));
  order.sort(
    (a, b) =>
      Number(a.node.dimmed) - Number(b.node.dimmed) ||
      b.node.radius - a.node.radius ||
      b.node.count - a.node.count ||
      b.degree - a.degree,
  );
  const made = new Map(order.map(({ node }, rank) => [node.id, rank]));
  known.set(scene, made);
  return made;
}

/** Only the first line of a label, which says where more would come. */
function firstOf([first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  return rest.length === 0 ? [first] : [`${first.replace(/[\s,;:–-]+$/, "")}…`];
}

/**
 * The labels that are shown, null for each that is left out: first what is chosen, then by importance. Below scale 1 none lies over another. Far
 * away only the most important are asked, and each keeps room around it, less and less as one comes nearer; near by none lies over a node.
 */
export function* named({ nodes, chosen, ranks, near, scale, width }: Naming): Generator<Named | null> {
  const crowded = scale < 1;
  const far = near < 1;
  const taken = new Taken(64 / scale);
  const rank = ({ id }: SceneNode) => ranks.get(id) ?? Infinity;
  const others = nodes.filter(({ id }) => !chosen.has(id));
  if (crowded) others.sort((a, b) => rank(a) - rank(b));

  function name(node: SceneNode, least: number, room: number): Named | null {
    const zoom = Math.max(1, least / (TEXT * scale));
    const lines = zoom > 1 ? firstOf(node.label) : node.label;
    const beneath = zoom > 1 ? [] : node.attributes;
    const half = (width(lines, beneath) * zoom) / 2;
    const top = node.y + node.radius + LABEL_GAP * zoom;
    const bottom = top + (lines.length + beneath.length) * LEADING * zoom;
    const [x, y] = [room * FREE_ACROSS, room * FREE_DOWN];
    if (!taken.take([node.x - half - x, top - y, node.x + half + x, bottom + y]) && crowded) return null;
    return { node, lines, beneath, top, zoom, strength: node.dimmed ? FAINT : 1 };
  }

  for (const node of nodes) if (chosen.has(node.id)) yield name(node, LEAST_CHOSEN_TEXT, 0);
  if (crowded && !far) {
    for (const { x, y, radius } of nodes) {
      const half = radius * 0.8;
      taken.block([x - half, y - half, x + half, y + half]);
    }
  }
  for (const node of far ? others.slice(0, MOST_FAR) : others)
    yield name(node, LEAST_TEXT, (1 - near) / scale);
}
