/** Draws the timeline's bars, marks and what is chosen. */
import { mark } from "../locale/days";
import { FACE } from "./rules";
import {
  after,
  type Dated,
  edges,
  histogram,
  type Period,
  startOf,
  toX,
  type Unit,
  unitFor,
} from "./timeline";
import type { Size } from "./viewport";

/** Height of the line of marks. */
export const AXIS = 20;
const TOP = 4;
/** Pixels from mark to mark, at least. */
const MARKS_APART = 64;

export interface StripColours {
  bar: string;
  chosen: string;
  brush: string;
  line: string;
  ink: string;
}

export function stripColours(element: Element): StripColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim() || "#808080";
  return {
    bar: token("line-control"),
    chosen: token("accent"),
    brush: token("selected"),
    line: token("line"),
    ink: token("ink-3"),
  };
}

export function drawStrip(
  context: CanvasRenderingContext2D,
  items: readonly Dated[],
  shown: Period,
  brush: Period | null,
  { width, height }: Size,
  colours: StripColours,
) {
  context.clearRect(0, 0, width, height);
  const ground = height - AXIS;
  const x = (day: number) => toX(day, shown, width);
  if (brush) {
    context.fillStyle = colours.brush;
    context.fillRect(x(brush.from), 0, Math.max(2, x(brush.to + 1) - x(brush.from)), ground);
  }
  const borders = edges(unitFor(shown, width), shown);
  const counts = histogram(items, borders);
  const most = Math.max(1, ...counts);
  counts.forEach((count, place) => {
    const [from, to] = [borders[place] ?? 0, borders[place + 1] ?? 0];
    if (count === 0) return;
    const [left, right] = [x(from), x(to)];
    const tall = Math.max(2, (count / most) * (ground - TOP));
    const gap = right - left > 4 ? 1 : 0;
    const on = !brush || (from <= brush.to && to - 1 >= brush.from);
    context.globalAlpha = on ? 1 : 0.45;
    context.fillStyle = brush && on ? colours.chosen : colours.bar;
    context.fillRect(left, ground - tall, Math.max(1, right - left - gap), tall);
  });
  context.globalAlpha = 1;
  if (brush) {
    context.fillStyle = colours.chosen;
    for (const edge of [x(brush.from), Math.max(x(brush.from) + 2, x(brush.to + 1))]) {
      context.fillRect(edge - 1, 0, 2, ground);
      context.beginPath();
      context.roundRect(edge - 3.5, ground / 2 - 9, 7, 18, 3);
      context.fill();
    }
  }
  context.fillStyle = colours.line;
  context.fillRect(0, ground, width, 1);
  drawMarks(context, shown, width, ground, colours);
}

function drawMarks(
  context: CanvasRenderingContext2D,
  shown: Period,
  width: number,
  ground: number,
  colours: StripColours,
) {
  const { unit, every } = marks(shown, width);
  context.font = `400 11px ${FACE}`;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  const apart =
    unit === "day" || unit === "week" ? "day" : unit === "month" || unit === "quarter" ? "month" : "year";
  const first = unit === "day" || unit === "week" ? startOf("week", shown.from) : startOf("year", shown.from);
  let place = 0;
  for (let day = first; day <= shown.to; day = after(unit, day), place++) {
    const left = toX(day, shown, width);
    const due =
      unit === "year" ? new Date(day * 86_400_000).getUTCFullYear() % every === 0 : place % every === 0;
    if (!due || left < 0) continue;
    context.fillStyle = colours.line;
    context.fillRect(Math.round(left), ground, 1, 5);
    context.fillStyle = colours.ink;
    const words = mark(day, apart);
    // Half a word at the end says less than none.
    if (left + 3 + context.measureText(words).width <= width) context.fillText(words, left + 3, ground + 14);
  }
}

/** Of which unit, and every how many of them, there are marks that have room. */
export function marks({ from, to }: Period, width: number): { unit: Unit; every: number } {
  const pixels = width / (to + 1 - from);
  const tried: [Unit, number, number][] = [
    ["day", 1, 1],
    ["week", 1, 7],
    ["month", 1, 28],
    ["quarter", 1, 90],
    ["quarter", 2, 181],
    ["year", 1, 365],
    ["year", 2, 730],
    ["year", 5, 1826],
    ["year", 10, 3652],
    ["year", 20, 7305],
    ["year", 50, 18262],
  ];
  const [unit, every] = tried.find(([, , days]) => days * pixels >= MARKS_APART) ?? ["year", 100];
  return { unit, every };
}
