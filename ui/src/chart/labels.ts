/** Words on the chart: how long they are, and which are shown where they would lie over each other. */
import { GROUND_ALPHA, GROUND_CORNER, GROUND_HIGHER, GROUND_WIDER } from "./rules";
import type { Box } from "./viewport";

const lengths = new Map<string, number>();
/** Enough for every label of a large chart in two sizes. */
const KEPT = 40_000;

/** How long a text is in the context's font. */
export function length(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}\n${text}`;
  const known = lengths.get(key);
  if (known !== undefined) return known;
  if (lengths.size > KEPT) lengths.clear();
  const made = context.measureText(text).width;
  lengths.set(key, made);
  return made;
}

/** Forgets the lengths, for when a typeface has arrived. */
export function forget() {
  lengths.clear();
}

/** A light ground behind one line of words, centred at `x` on a baseline, which keeps links away from the letters. */
export function ground(
  context: CanvasRenderingContext2D,
  words: string,
  x: number,
  baseline: number,
  size: number,
  colour: string,
  alpha: number,
) {
  const width = length(context, words) + GROUND_WIDER;
  context.globalAlpha = alpha * GROUND_ALPHA;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x - width / 2, baseline - size, width, size * GROUND_HIGHER, GROUND_CORNER);
  context.fill();
}

/** Places that are taken. Asked in order of importance, it gives each label its place, or none. */
export class Taken {
  readonly #cells = new Map<string, Box[]>();

  constructor(readonly cell = 64) {}

  /** Takes the place, if nothing lies there yet. */
  take(box: Box): boolean {
    for (const key of this.#under(box)) {
      if (this.#cells.get(key)?.some((other) => overlap(other, box))) return false;
    }
    this.block(box);
    return true;
  }

  /** Takes the place whatever lies there. */
  block(box: Box) {
    for (const key of this.#under(box)) {
      const list = this.#cells.get(key);
      if (list) list.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  #under([left, top, right, bottom]: Box): string[] {
    const keys: string[] = [];
    for (let x = Math.floor(left / this.cell); x <= Math.floor(right / this.cell); x++) {
      for (let y = Math.floor(top / this.cell); y <= Math.floor(bottom / this.cell); y++)
        keys.push(`${x},${y}`);
    }
    return keys;
  }
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
