/** The colours of the chart, from the tokens of the theme. */
import type { Paint } from "../bindings/Paint";

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
  /** How much of a colour of one's own is in its tint; the rest is the surface. */
  part: number;
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
    part: (Number.parseFloat(token("chart-tint-part")) || 0) / 100,
  };
}

/** The line of a paint: of the palette as the theme has it, of one's own as it is. */
export function lineOf(colours: Colours, paint: Paint): string {
  return typeof paint === "string" ? paint : (colours.border[paint] ?? colours.ink);
}

/** What a node of this paint is filled with. */
export function tintOf(colours: Colours, paint: Paint): string {
  if (typeof paint === "number") return colours.tint[paint] ?? colours.surface;
  const ground = channels(colours.surface);
  const mixed = channels(paint).map((part, place) =>
    Math.round(part * colours.part + (ground[place] ?? 255) * (1 - colours.part)),
  );
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue of a colour in hexadecimal digits. */
export function channels(colour: string): [number, number, number] {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? "808080";
  const value = Number.parseInt(digits, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
