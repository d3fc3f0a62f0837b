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
 * What is selected in the place of a selected one after another scene came: itself, the node of the group that it was folded into, or null where
 * it went out of sight. What neither scene draws was selected elsewhere, and stays.
 */
export function remains(id: string, before: Scene, now: Scene, groups: readonly Group[]): string | null {
  if (draws(now, id) || !draws(before, id)) return id;
  const group = groups.find(({ collapsed, entities }) => collapsed && entities.includes(id));
  return now.nodes.find((node) => group?.entities.includes(node.id))?.id ?? null;
}

function draws({ nodes, links }: Scene, id: string): boolean {
  return nodes.some((node) => node.id === id) || links.some(({ ids }) => ids.includes(id));
}
