import { describe, expect, it } from "vitest";
import { marks } from "./strip";
import {
  after,
  date,
  dragged,
  edges,
  extent,
  grip,
  histogram,
  kept,
  startOf,
  stepped,
  toDay,
  toX,
  UNITS,
  unitFor,
  within,
  zoomed,
} from "./timeline";

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const iso = (at: number) => date(at).toISOString().slice(0, 10);

describe("units", () => {
  it.each([
    ["day", "2026-03-05", "2026-03-05", "2026-03-06"],
    ["week", "2026-03-05", "2026-03-02", "2026-03-09"],
    ["month", "2024-02-29", "2024-02-01", "2024-03-01"],
    ["quarter", "2026-12-31", "2026-10-01", "2027-01-01"],
    ["year", "1969-07-20", "1969-01-01", "1970-01-01"],
    ["decade", "1999-12-31", "1990-01-01", "2000-01-01"],
  ] as const)("a %s holds %s", (unit, at, first, next) => {
    expect(iso(startOf(unit, day(at)))).toBe(first);
    expect(iso(after(unit, day(at)))).toBe(next);
  });

  it.each(UNITS)("%s by %s they leave no day out for 60 years", (unit) => {
    const borders = edges(unit, { from: day("1968-01-01"), to: day("2028-01-01") });
    for (let i = 1; i < borders.length; i++) {
      expect(startOf(unit, (borders[i] ?? 0) - 1)).toBe(borders[i - 1]);
      expect(startOf(unit, borders[i] ?? 0)).toBe(borders[i]);
    }
  });

  it("are as small as there is room for", () => {
    expect(unitFor({ from: 0, to: 99 }, 1000)).toBe("day");
    expect(unitFor({ from: 0, to: 3650 }, 1000)).toBe("month");
    expect(unitFor({ from: 0, to: 365_000 }, 1000)).toBe("decade");
    expect(marks({ from: 0, to: 3650 }, 1000).unit).toBe("year");
  });
});

describe("histogram", () => {
  it("counts what goes on in each unit, what lasts in all of them", () => {
    const borders = [0, 10, 20, 30];
    const items = [
      { id: "a", from: 3, to: 3 },
      { id: "b", from: 10, to: 10 },
      { id: "c", from: 9, to: 20 },
      { id: "before", from: -5, to: -1 },
      { id: "across", from: -5, to: 100 },
      { id: "after", from: 30, to: 31 },
    ];
    expect(histogram(items, borders)).toEqual([3, 3, 2]);
    expect(within(items, { from: 10, to: 19 })).toBe(3);
    expect(extent(items)).toEqual({ from: -5, to: 100 });
    expect(extent([])).toBeNull();
  });

  it("loses none of ten thousand", () => {
    const items = Array.from({ length: 10_000 }, (_, i) => ({
      id: `${i}`,
      from: (i * 37) % 4001,
      to: (i * 37) % 4001,
    }));
    const counts = histogram(items, edges("month", { from: 0, to: 4000 }));
    expect(counts.reduce((a, b) => a + b, 0)).toBe(10_000);
  });
});

describe("brush", () => {
  const shown = { from: 0, to: 99 };

  it("there and back is the same day", () => {
    expect(toDay(toX(17, shown, 640), shown, 640)).toBeCloseTo(17);
    expect(toX(100, shown, 640)).toBe(640);
  });

  it("is taken at its ends, in its middle, or made anew", () => {
    const brush = { from: 20, to: 39 };
    expect(grip(199, brush, shown, 1000)).toBe("begin");
    expect(grip(403, brush, shown, 1000)).toBe("end");
    expect(grip(300, brush, shown, 1000)).toBe("all");
    expect(grip(500, brush, shown, 1000)).toBe("new");
    expect(grip(300, null, shown, 1000)).toBe("new");
  });

  it.each([
    ["new", null, 10.2, 12.7, { from: 10, to: 12 }],
    ["new", null, 12.7, 10.2, { from: 10, to: 12 }],
    ["new", null, 10.2, 10.3, { from: 10, to: 10 }],
    ["all", { from: 5, to: 8 }, 6, 16.4, { from: 15, to: 18 }],
    ["begin", { from: 5, to: 8 }, 5, 2, { from: 2, to: 8 }],
    ["begin", { from: 5, to: 8 }, 5, 15, { from: 9, to: 14 }],
    ["end", { from: 5, to: 8 }, 9, 12, { from: 5, to: 11 }],
  ] as const)("%s of %o from %d to %d", (held, before, from, to, expected) => {
    expect(dragged(held, before, from, to)).toEqual(expected);
  });

  it("goes by whole units with the keys", () => {
    const year = { from: day("2026-01-01"), to: day("2026-12-31") };
    const first = stepped(null, 1, false, "month", year);
    expect([iso(first.from), iso(first.to)]).toEqual(["2026-01-01", "2026-01-31"]);
    const next = stepped(first, 1, false, "month", year);
    expect([iso(next.from), iso(next.to)]).toEqual(["2026-02-01", "2026-02-28"]);
    const longer = stepped(next, 1, true, "month", year);
    expect([iso(longer.from), iso(longer.to)]).toEqual(["2026-02-01", "2026-03-31"]);
    expect(stepped(longer, -1, true, "month", year)).toEqual(next);
    expect(stepped(next, -1, false, "month", year)).toEqual(first);
  });

  it("zooming keeps the day under the pointer and stays within what there is", () => {
    const whole = { from: 0, to: 999 };
    const near = zoomed(whole, 4, 250, whole);
    expect(toX(250, near, 1000)).toBeCloseTo(toX(250, whole, 1000));
    expect(zoomed(near, 0.001, 250, whole)).toEqual(whole);
    expect(kept({ from: -10, to: 39 }, whole)).toEqual({ from: 0, to: 49 });
    expect(kept({ from: 980, to: 1019 }, whole)).toEqual({ from: 960, to: 999 });
  });
});
