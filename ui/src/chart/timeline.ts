/** Time as days since 1970 along a strip: its units, how many things happen in each, and the period that is chosen. */

/** Something that has a date; both days belong to it. */
export interface Dated {
  id: string;
  from: number;
  to: number;
}

/** A part of time; both days belong to it. */
export interface Period {
  from: number;
  to: number;
}

export const UNITS = ["day", "week", "month", "quarter", "year", "decade"] as const;
export type Unit = (typeof UNITS)[number];

/** How long a unit is, about, in days. */
const LENGTH: Record<Unit, number> = {
  day: 1,
  week: 7,
  month: 30.4,
  quarter: 91.3,
  year: 365.2,
  decade: 3652,
};
/** A bar is at least so many pixels wide. */
const BAR = 5;
const SHORTEST = 14;

const MS = 86_400_000;

export function date(day: number): Date {
  return new Date(day * MS);
}

function dayOf(year: number, month: number): number {
  // Years before 100 mean what they say.
  return Math.round(new Date(0).setUTCFullYear(year, month, 1) / MS);
}

/** From the first day to the last; null of nothing. */
export function extent(items: readonly Dated[]): Period | null {
  let [from, to] = [Infinity, -Infinity];
  for (const item of items) {
    from = Math.min(from, item.from);
    to = Math.max(to, item.to);
  }
  return from <= to ? { from, to } : null;
}

/** The smallest unit whose bars are wide enough. */
export function unitFor({ from, to }: Period, width: number): Unit {
  const pixels = width / Math.max(1, to - from + 1);
  return UNITS.find((unit) => LENGTH[unit] * pixels >= BAR) ?? "decade";
}

/** The first day of the unit that a day lies in. Weeks begin on Monday. */
export function startOf(unit: Unit, day: number): number {
  if (unit === "day") return Math.floor(day);
  // Day 0 was a Thursday.
  if (unit === "week") return Math.floor((day + 3) / 7) * 7 - 3;
  const at = date(Math.floor(day));
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (unit === "month") return dayOf(year, month);
  if (unit === "quarter") return dayOf(year, month - (month % 3));
  return dayOf(unit === "year" ? year : Math.floor(year / 10) * 10, 0);
}

/** The first day of the next unit. */
export function after(unit: Unit, day: number): number {
  const first = startOf(unit, day);
  // Half a unit past its end lies in the next one, however long this one is.
  return unit === "day" || unit === "week" ? first + LENGTH[unit] : startOf(unit, first + LENGTH[unit] * 1.5);
}

/** The first days of the units that cover a period, and the first day after them. */
export function edges(unit: Unit, { from, to }: Period): number[] {
  const made = [startOf(unit, from)];
  for (let day = made[0] ?? from; day <= to; made.push(day)) day = after(unit, day);
  return made;
}

/** How many things happen between each edge and the next; what goes on for longer counts in each. */
export function histogram(items: readonly Dated[], edges: readonly number[]): number[] {
  const bars = Math.max(0, edges.length - 1);
  const first = edges[0] ?? 0;
  const end = edges[bars] ?? 0;
  const change = new Array<number>(bars + 1).fill(0);
  for (const { from, to } of items) {
    if (to < first || from >= end) continue;
    const begins = Math.max(0, place(edges, from));
    const ends = Math.min(bars - 1, place(edges, to));
    change[begins] = (change[begins] ?? 0) + 1;
    change[ends + 1] = (change[ends + 1] ?? 0) - 1;
  }
  let now = 0;
  return change.slice(0, bars).map((by) => {
    now += by;
    return now;
  });
}

/** The last edge that is not after a day; -1 before all. */
function place(edges: readonly number[], day: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How many things happen, at least in part, within a period. */
export function within(items: readonly Dated[], { from, to }: Period): number {
  return items.reduce((sum, item) => sum + (item.from <= to && item.to >= from ? 1 : 0), 0);
}

/** From days to pixels along a strip that shows a period. */
export function toX(day: number, shown: Period, width: number): number {
  return ((day - shown.from) / (shown.to + 1 - shown.from)) * width;
}

export function toDay(x: number, shown: Period, width: number): number {
  return shown.from + (x / Math.max(1, width)) * (shown.to + 1 - shown.from);
}

/** The shown period scaled by `factor` about a day, within `whole`, and no shorter than two weeks. */
export function zoomed(shown: Period, factor: number, about: number, whole: Period): Period {
  const length = shown.to + 1 - shown.from;
  const most = Math.max(SHORTEST, whole.to + 1 - whole.from);
  const wanted = Math.min(most, Math.max(Math.min(SHORTEST, most), length / factor));
  const from = about - (about - shown.from) * (wanted / length);
  return kept({ from, to: from + wanted - 1 }, whole);
}

/** A period shifted so that it lies in the whole, if it fits. */
export function kept({ from, to }: Period, whole: Period): Period {
  const by = Math.max(0, whole.from - from) - Math.max(0, to - Math.max(whole.to, whole.from + to - from));
  return { from: from + by, to: to + by };
}

export type Grip = "new" | "begin" | "end" | "all";

/** What a press at `x` takes hold of: an end of what is chosen, all of it, or nothing yet. */
export function grip(x: number, brush: Period | null, shown: Period, width: number, slack = 6): Grip {
  if (!brush) return "new";
  const [begin, end] = [toX(brush.from, shown, width), toX(brush.to + 1, shown, width)];
  const [a, b] = [Math.abs(x - begin), Math.abs(x - end)];
  if (Math.min(a, b) <= slack) return a < b ? "begin" : "end";
  return x > begin && x < end ? "all" : "new";
}

/** What is chosen after dragging what was taken hold of from one day to another. */
export function dragged(held: Grip, before: Period | null, from: number, to: number): Period {
  const ordered = (a: number, b: number): Period => ({
    from: Math.floor(Math.min(a, b)),
    to: Math.max(Math.floor(Math.min(a, b)), Math.ceil(Math.max(a, b)) - 1),
  });
  if (!before || held === "new") return ordered(from, to);
  const by = Math.round(to - from);
  if (held === "all") return { from: before.from + by, to: before.to + by };
  return held === "begin"
    ? ordered(before.from + by, before.to + 1)
    : ordered(before.from, before.to + 1 + by);
}

/** What is chosen after a key: all of it by one unit, or only its end; the first time, the first unit that is shown. */
export function stepped(
  brush: Period | null,
  by: 1 | -1,
  onlyEnd: boolean,
  unit: Unit,
  shown: Period,
): Period {
  if (!brush) {
    const from = startOf(unit, by > 0 ? Math.ceil(shown.from) : shown.to);
    return { from, to: after(unit, from) - 1 };
  }
  const next = (day: number) => (by > 0 ? after(unit, day) : startOf(unit, startOf(unit, day) - 1));
  if (!onlyEnd) {
    const from = next(brush.from);
    return { from, to: Math.max(from, next(brush.to + 1) - 1) };
  }
  return { from: brush.from, to: Math.max(brush.from, next(brush.to + 1) - 1) };
}
