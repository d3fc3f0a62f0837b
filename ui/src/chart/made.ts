/** Small scenes for the tests. */
import type { Scene } from "../bindings/Scene";
import type { SceneLink } from "../bindings/SceneLink";
import type { SceneNode } from "../bindings/SceneNode";

export function node(id: string, x: number, y: number, radius = 20): SceneNode {
  return {
    id,
    kind: "person",
    icon: "none",
    shape: "circle",
    colour: 5,
    photo: null,
    x,
    y,
    radius,
    name: id,
    label: [id],
    attributes: [],
    flags: [],
    count: 1,
    pinned: false,
    hypothesis: false,
    dimmed: false,
    more: 0,
  };
}

export function link(
  id: string,
  source: number,
  target: number,
  curve: Pick<SceneLink, "from" | "control" | "to">,
) {
  return {
    ids: [id],
    kind: "link",
    source,
    target,
    ...curve,
    arrow: true,
    back: false,
    width: 2,
    colour: null,
    line: "solid",
    label: "",
    label_at: null,
    hypothesis: false,
    dimmed: false,
  } satisfies SceneLink;
}

export function scene(nodes: SceneNode[], links: SceneLink[] = []): Scene {
  return { bounds: [0, 0, 1000, 600], nodes, links, frames: [], notes: [], legend: [] };
}
