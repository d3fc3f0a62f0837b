/**
 * Straight thin lines written into pixels by hand. With a software-drawn canvas this is many times faster than its paths once there are
 * thousands of lines; `docs/measurements.md` has the figures. Each line is spread over the two pixels that it lies between; where lines
 * cross, the stronger pixel stays.
 */

export class Pixels {
  readonly image: ImageData;
  readonly #words: Uint32Array;
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number) {
    this.image = new ImageData(width, height);
    this.#words = new Uint32Array(this.image.data.buffer);
    this.#width = width;
    this.#height = height;
  }

  clear() {
    this.#words.fill(0);
  }

  /** A line from (ax, ay) to (bx, by), in pixels; `alpha` from 0 to 255. */
  line(
    ax: number,
    ay: number,
    bx: number,
    by: number,
    [red, green, blue]: readonly [number, number, number],
    alpha: number,
  ) {
    const [right, bottom] = [this.#width - 2, this.#height - 2];
    let [x, y, tx, ty] = [ax, ay, bx, by];
    const inside = (x: number, y: number) => x >= 0 && y >= 0 && x <= right && y <= bottom;
    if (!inside(ax, ay) || !inside(bx, by)) {
      const cut = clip(ax, ay, bx, by, right, bottom);
      if (!cut) return;
      [x, y, tx, ty] = cut;
    }
    const colour = (blue << 16) | (green << 8) | red;
    const words = this.#words;
    const width = this.#width;
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(tx - x), Math.abs(ty - y))));
    const sx = (tx - x) / steps;
    const sy = (ty - y) / steps;
    const flat = Math.abs(sx) >= Math.abs(sy);
    const next = flat ? width : 1;
    for (let i = 0; i <= steps; i++) {
      const px = x | 0;
      const py = y | 0;
      const second = ((flat ? y - py : x - px) * alpha) | 0;
      const first = alpha - second;
      const place = py * width + px;
      if (first > (words[place] ?? 0) >>> 24) words[place] = (first << 24) | colour;
      if (second > (words[place + next] ?? 0) >>> 24) words[place + next] = (second << 24) | colour;
      x += sx;
      y += sy;
    }
  }

  /** The colour at a pixel, as red, green, blue, alpha. */
  at(x: number, y: number): [number, number, number, number] {
    const word = this.#words[y * this.#width + x] ?? 0;
    return [word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24];
  }
}

/** The part of a line within 0..right, 0..bottom (Liang and Barsky); null where there is none. */
export function clip(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  right: number,
  bottom: number,
): [number, number, number, number] | null {
  const [dx, dy] = [bx - ax, by - ay];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [
    [-dx, ax],
    [dx, right - ax],
    [-dy, ay],
    [dy, bottom - ay],
  ] as const) {
    if (step === 0) {
      if (room < 0) return null;
      continue;
    }
    const part = room / step;
    if (step < 0) enter = Math.max(enter, part);
    else leave = Math.min(leave, part);
  }
  return enter <= leave ? [ax + dx * enter, ay + dy * enter, ax + dx * leave, ay + dy * leave] : null;
}
