/** Outlines of nodes. The radius is that of the circle on which the corners lie. */
import type { Shape } from "../bindings/Shape";
import type { Point } from "./viewport";

const corners = (count: number, first: number): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = first + (i * 2 * Math.PI) / count;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });

/** Corners about the origin at radius 1; a circle has none. */
export const CORNERS: Record<Shape, readonly Point[]> = {
  circle: [],
  square: corners(4, -Math.PI * 0.75),
  diamond: corners(4, -Math.PI / 2),
  hexagon: corners(6, 0),
  triangle: corners(3, -Math.PI / 2),
  octagon: corners(8, Math.PI / 8),
};

/** What a path is made of: a canvas or a `Path2D`. */
export type Pen = Pick<CanvasPath, "moveTo" | "lineTo" | "closePath" | "arc">;

/** Adds the outline to the path. */
export function outline(pen: Pen, shape: Shape, x: number, y: number, radius: number) {
  const [first, ...others] = CORNERS[shape] ?? [];
  if (!first) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(x + first.x * radius, y + first.y * radius);
  for (const corner of others) pen.lineTo(x + corner.x * radius, y + corner.y * radius);
  pen.closePath();
}
