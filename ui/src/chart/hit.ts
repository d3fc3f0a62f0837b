/** What of a scene lies at a point, in a box, in a lasso. Points are in chart lengths. Thousands of entities are gone through one by one in well under a millisecond. */
import type { Scene } from "../bindings/Scene";
import type { SceneLink } from "../bindings/SceneLink";
import type { SceneNode } from "../bindings/SceneNode";
import { bounds, distance } from "./curves";
import type { Box, Point } from "./viewport";

/** The uppermost node whose edge is at most `slack` away from the point. */
export function nodeAt(scene: Scene, { x, y }: Point, slack = 0): SceneNode | null {
  for (let i = scene.nodes.length - 1; i >= 0; i--) {
    const node = scene.nodes[i];
    if (node && Math.hypot(node.x - x, node.y - y) <= node.radius + slack) return node;
  }
  return null;
}

/** The nearest link whose line is at most `slack` away from the point. */
export function linkAt(scene: Scene, point: Point, slack: number): SceneLink | null {
  let found: SceneLink | null = null;
  let nearest = Infinity;
  for (const link of scene.links) {
    const reach = slack + link.width / 2;
    const [left, top, right, bottom] = bounds(link);
    if (point.x < left - reach || point.x > right + reach) continue;
    if (point.y < top - reach || point.y > bottom + reach) continue;
    const away = distance(point, link) - link.width / 2;
    if (away <= slack && away < nearest) {
      nearest = away;
      found = link;
    }
  }
  return found;
}

/** The nodes whose centres lie in a box, whichever way it was drawn. */
export function inBox(scene: Scene, a: Point, b: Point): SceneNode[] {
  const box: Box = [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
  return scene.nodes.filter(({ x, y }) => x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3]);
}

/** The nodes whose centres lie in a closed line. */
export function inLasso(scene: Scene, lasso: readonly Point[]): SceneNode[] {
  return lasso.length < 3 ? [] : scene.nodes.filter((node) => inside(node, lasso));
}

/** Whether a point lies in a polygon: whether a ray to the right crosses its edge an odd number of times. */
export function inside({ x, y }: Point, polygon: readonly Point[]): boolean {
  let odd = false;
  let before = polygon.at(-1);
  for (const corner of polygon) {
    if (before && corner.y > y !== before.y > y) {
      const crossing = corner.x + ((y - corner.y) / (before.y - corner.y)) * (before.x - corner.x);
      if (x < crossing) odd = !odd;
    }
    before = corner;
  }
  return odd;
}

/** The order in which the keyboard goes through the nodes: in bands of this height from the top, each from the left, as one reads. */
const BAND = 90;

export function readingOrder(scene: Scene): SceneNode[] {
  const band = (node: SceneNode) => Math.floor(node.y / BAND);
  return [...scene.nodes].sort((a, b) => band(a) - band(b) || a.x - b.x || a.y - b.y);
}
