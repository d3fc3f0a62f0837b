/**
 * Offsets come as characters (Unicode code points), as the core counts them; a string here is counted in UTF-16
 * units, in which a character outside the basic plane takes two. Nothing may cut a text without passing here.
 */

export type Range = readonly [start: number, end: number];

export interface Piece {
  text: string;
  /** Which of the ranges this is; none is the text between them. */
  range: number | null;
}

const SURROGATE = /[\ud800-\udbff]/;

/** The UTF-16 offset of each code point offset; `offsets` must ascend. What lies past the end becomes the end. */
export function toUtf16(text: string, offsets: readonly number[]): number[] {
  if (!SURROGATE.test(text)) return offsets.map((offset) => clamp(offset, text.length));
  let units = 0;
  let points = 0;
  return offsets.map((offset) => {
    while (points < offset && units < text.length) {
      units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
      points += 1;
    }
    return units;
  });
}

/**
 * A text cut at the ranges (in code points, relative to `origin`). Ranges that overlap or stand in the wrong order
 * are trimmed to what has not been given out yet, so that the pieces always add up to the text.
 */
export function pieces(text: string, ranges: readonly Range[], origin = 0): Piece[] {
  const order = ranges.map((_, i) => i).sort((a, b) => (ranges[a]?.[0] ?? 0) - (ranges[b]?.[0] ?? 0));
  const offsets: number[] = [];
  for (const i of order) {
    const [start, end] = ranges[i] ?? [origin, origin];
    const from = Math.max(start - origin, offsets.at(-1) ?? 0);
    offsets.push(from, Math.max(end - origin, from));
  }
  const cuts = toUtf16(text, offsets);
  const found: Piece[] = [];
  let at = 0;
  order.forEach((range, n) => {
    const [start, end] = [cuts[2 * n] ?? at, cuts[2 * n + 1] ?? at];
    if (start > at) found.push({ text: text.slice(at, start), range: null });
    if (end > start) found.push({ text: text.slice(start, end), range });
    at = Math.max(at, end);
  });
  if (at < text.length) found.push({ text: text.slice(at), range: null });
  return found;
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}
