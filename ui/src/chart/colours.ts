/** The colours of the chart, from the tokens of the theme. */

export interface Colours {
  surface: string;
  ink: string;
  ink2: string;
  /** Links that have no colour of their own, and borders of frames. */
  line: string;
  accent: string;
  frame: string;
  note: string;
  noteLine: string;
  /** Of the palette's eight: the border, and the tint within. */
  border: readonly string[];
  tint: readonly string[];
}

const PALETTE = [0, 1, 2, 3, 4, 5, 6, 7];

/** Reads the tokens as they are at an element. */
export function colours(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim() || "#808080";
  return {
    surface: token("surface"),
    ink: token("ink"),
    ink2: token("ink-2"),
    line: token("line-control"),
    accent: token("accent"),
    frame: token("ground"),
    note: token("caution-ground"),
    noteLine: token("caution"),
    border: PALETTE.map((place) => token(`chart-line-${place}`)),
    tint: PALETTE.map((place) => token(`chart-tint-${place}`)),
  };
}

/** Red, green and blue of a colour in hexadecimal digits. */
export function channels(colour: string): [number, number, number] {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? "808080";
  const value = Number.parseInt(digits, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
