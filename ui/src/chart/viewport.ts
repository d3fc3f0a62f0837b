/** Which part of a chart is seen, and how large. Chart lengths are pixels at scale 1; screen lengths are CSS pixels of the drawing surface. */

/** A point on the screen is `chart * scale + (dx, dy)`. */
export interface View {
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

export const MIN_SCALE = 0.02;
export const MAX_SCALE = 6;
/** Nothing is shown larger than this only because it would fit. */
const MAX_FIT = 1.25;

export function toScreen(view: View, x: number, y: number): Point {
  return { x: x * view.scale + view.dx, y: y * view.scale + view.dy };
}

export function toChart(view: View, x: number, y: number): Point {
  return { x: (x - view.dx) / view.scale, y: (y - view.dy) / view.scale };
}

/** A box of the chart as it lies on the screen. */
export function onScreen(view: View, [left, top, right, bottom]: Box): Box {
  const [from, to] = [toScreen(view, left, top), toScreen(view, right, bottom)];
  return [from.x, from.y, to.x, to.y];
}

/** What of the chart lies within a surface of this size, and `margin` screen pixels around it. */
export function seen(view: View, { width, height }: Size, margin = 0): Box {
  const from = toChart(view, -margin, -margin);
  const to = toChart(view, width + margin, height + margin);
  return [from.x, from.y, to.x, to.y];
}

export function pan(view: View, x: number, y: number): View {
  return { scale: view.scale, dx: view.dx + x, dy: view.dy + y };
}

/** Scales by `factor`; what is at this point of the screen stays there. */
export function zoomAt(view: View, factor: number, at: Point): View {
  const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, view.scale * factor));
  const by = scale / view.scale;
  return { scale, dx: at.x - (at.x - view.dx) * by, dy: at.y - (at.y - view.dy) * by };
}

/** The view in which a box is wholly seen, in the middle, with `margin` screen pixels around it. */
export function fitting(box: Box, size: Size, margin = 32): View {
  const [left, top, right, bottom] = box;
  const room = (length: number) => Math.max(1, length - 2 * margin);
  const wanted = Math.min(
    room(size.width) / Math.max(1, right - left),
    room(size.height) / Math.max(1, bottom - top),
  );
  const scale = Math.min(MAX_FIT, Math.max(MIN_SCALE, wanted));
  return centred({ x: (left + right) / 2, y: (top + bottom) / 2 }, scale, size);
}

/** The view at this scale with a point of the chart in its middle. */
export function centred(point: Point, scale: number, size: Size): View {
  return { scale, dx: size.width / 2 - point.x * scale, dy: size.height / 2 - point.y * scale };
}

/** An area of the surface smaller than this, in screen pixels, shows nothing worth looking at. */
const LEAST: Size = { width: 160, height: 120 };

/**
 * The areas of a surface that nothing lies over, as large as they can be: boxes on the screen, the whole surface first, which may be
 * partly covered.
 */
export function free({ width, height }: Size, covered: readonly Box[]): Box[] {
  const whole: Box = [0, 0, width, height];
  let areas: Box[] = [whole];
  for (const one of covered) {
    const [left, top, right, bottom] = one;
    areas = areas.flatMap((area) => {
      if (!overlap(area, one)) return [area];
      const beside: Box[] = [
        [area[0], area[1], left, area[3]],
        [right, area[1], area[2], area[3]],
        [area[0], area[1], area[2], top],
        [area[0], bottom, area[2], area[3]],
      ];
      return beside.filter(([l, t, r, b]) => r - l >= LEAST.width && b - t >= LEAST.height);
    });
  }
  return [whole, ...areas.filter((area) => area !== whole)];
}

/** Whether two boxes have more than an edge in common. */
export function overlap(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

/** The smallest box around these; null of none. */
export function around(boxes: Iterable<Box>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box[0]);
    top = Math.min(top, box[1]);
    right = Math.max(right, box[2]);
    bottom = Math.max(bottom, box[3]);
  }
  return left <= right ? [left, top, right, bottom] : null;
}

/** The view moved as little as needed for a box to be seen with `margin` screen pixels to spare; a box that is too large is centred. */
export function reveal(view: View, box: Box, size: Size, margin = 48): View {
  const shift = (from: number, to: number, length: number) => {
    if (to - from > length - 2 * margin) return length / 2 - (from + to) / 2;
    if (from < margin) return margin - from;
    return to > length - margin ? length - margin - to : 0;
  };
  const from = toScreen(view, box[0], box[1]);
  const to = toScreen(view, box[2], box[3]);
  return pan(view, shift(from.x, to.x, size.width), shift(from.y, to.y, size.height));
}

/**
 * How a picture that was drawn for one view is laid so that it shows another: `scale` about its origin, then moved by (x, y).
 * `origin` is where the surface's corner lies in the picture, for a picture with a margin.
 */
export function carried(drawn: View, view: View, origin: Point): { scale: number; x: number; y: number } {
  const scale = view.scale / drawn.scale;
  return {
    scale,
    x: view.dx - (drawn.dx + origin.x) * scale,
    y: view.dy - (drawn.dy + origin.y) * scale,
  };
}

/** Whether a picture laid so covers the whole surface. */
export function covers(
  laid: { scale: number; x: number; y: number },
  picture: Size,
  size: Size,
  spare = 0,
): boolean {
  return (
    laid.x <= -spare &&
    laid.y <= -spare &&
    laid.x + picture.width * laid.scale >= size.width + spare &&
    laid.y + picture.height * laid.scale >= size.height + spare
  );
}
