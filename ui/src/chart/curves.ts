/** Geometry of links: quadratic curves from `from` over `control` to `to`. */
import type { SceneLink } from "../bindings/SceneLink";
import { ARROW_LENGTH, ARROW_WIDTH } from "./rules";
import type { Box, Point } from "./viewport";

export type Curve = Pick<SceneLink, "from" | "control" | "to">;

/** The point at a part of the way, 0 to 1. */
export function at({ from, control, to }: Curve, part: number): Point {
  const rest = 1 - part;
  const [a, b, c] = [rest * rest, 2 * rest * part, part * part];
  return { x: a * from[0] + b * control[0] + c * to[0], y: a * from[1] + b * control[1] + c * to[1] };
}

/** A box that holds the curve. A quadratic curve stays in the triangle of its three points. */
export function bounds({ from, control, to }: Curve): Box {
  return [
    Math.min(from[0], control[0], to[0]),
    Math.min(from[1], control[1], to[1]),
    Math.max(from[0], control[0], to[0]),
    Math.max(from[1], control[1], to[1]),
  ];
}

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const [x, y] = [b.x - a.x, b.y - a.y];
  const square = x * x + y * y;
  const part = square === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * x + (p.y - a.y) * y) / square));
  return Math.hypot(p.x - a.x - part * x, p.y - a.y - part * y);
}

const PIECES = 16;

/** From a point to the curve, taken as sixteen straight pieces: within a pixel for curves as links have. */
export function distance(point: Point, curve: Curve): number {
  let nearest = Infinity;
  let before = at(curve, 0);
  for (let i = 1; i <= PIECES; i++) {
    const next = at(curve, i / PIECES);
    nearest = Math.min(nearest, distanceToSegment(point, before, next));
    before = next;
  }
  return nearest;
}

/** The three corners of the arrow head with its tip at `tip`, coming from `control`. */
export function arrow(
  tip: readonly [number, number],
  control: readonly [number, number],
  width: number,
): [Point, Point, Point] {
  const length = Math.hypot(tip[0] - control[0], tip[1] - control[1]) || 1;
  const [ux, uy] = [(tip[0] - control[0]) / length, (tip[1] - control[1]) / length];
  const [bx, by] = [tip[0] - ux * ARROW_LENGTH, tip[1] - uy * ARROW_LENGTH];
  const half = (ARROW_WIDTH + width) / 2;
  return [
    { x: tip[0], y: tip[1] },
    { x: bx - uy * half, y: by + ux * half },
    { x: bx + uy * half, y: by - ux * half },
  ];
}

/**
 * The curve after its ends moved by `source` and `target`: each end goes with its node, the bend with the middle between them,
 * and the ends turn with the line. Only for the time of dragging; afterwards the scene comes anew.
 */
export function carriedBy(curve: Curve, source: Node, target: Node): Curve {
  const middle = { x: (source.x + target.x) / 2, y: (source.y + target.y) / 2 };
  const was = {
    x: (source.x - source.mx + target.x - target.mx) / 2,
    y: (source.y - source.my + target.y - target.my) / 2,
  };
  const control: [number, number] = [
    middle.x + curve.control[0] - was.x,
    middle.y + curve.control[1] - was.y,
  ];
  const cut = (node: Node, end: readonly [number, number]): [number, number] => {
    const radius = Math.hypot(end[0] - (node.x - node.mx), end[1] - (node.y - node.my));
    const length = Math.hypot(control[0] - node.x, control[1] - node.y) || 1;
    return [
      node.x + ((control[0] - node.x) / length) * radius,
      node.y + ((control[1] - node.y) / length) * radius,
    ];
  };
  return { from: cut(source, curve.from), control, to: cut(target, curve.to) };
}

/** Where a node is now, and how far it was moved. */
export interface Node extends Point {
  mx: number;
  my: number;
}
