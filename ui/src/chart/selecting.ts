/** What is selected on a chart, as what is drawn changes under it. */
import type { Group } from "../bindings/Group";
import type { Scene } from "../bindings/Scene";

/** These nodes, and those that are linked to one of them. */
export function withNeighbours({ nodes, links }: Scene, chosen: readonly string[]): string[] {
  const from = new Set(chosen);
  const found = links.flatMap(({ source, target }) => {
    const [one, other] = [nodes[source]?.id, nodes[target]?.id];
    return one && other && (from.has(one) || from.has(other)) ? [one, other] : [];
  });
  return [...from, ...found];
}

/**
 * What is selected in the place of each selected one after another scene came: itself, the node of the group that it was folded into, or null where
 * it went out of sight. What neither scene draws was selected elsewhere, and stays.
 */
export function remaining(
  before: Scene,
  now: Scene,
  groups: readonly Group[],
): (id: string) => string | null {
  const [was, is] = [drawn(before), drawn(now)];
  const nodes = new Set(now.nodes.map(({ id }) => id));
  const folded = new Map<string, string>();
  for (const { entities } of groups.filter(({ collapsed }) => collapsed)) {
    const node = entities.find((id) => nodes.has(id));
    if (node !== undefined) for (const id of entities) if (!folded.has(id)) folded.set(id, node);
  }
  return (id) => (is.has(id) || !was.has(id) ? id : (folded.get(id) ?? null));
}

/** Ids of all that a scene draws. */
function drawn({ nodes, links }: Scene): ReadonlySet<string> {
  return new Set([...nodes.map(({ id }) => id), ...links.flatMap(({ ids }) => ids)]);
}
