import { describe, expect, it } from "vitest";
import {
  type Box,
  carried,
  covers,
  fitting,
  MAX_SCALE,
  MIN_SCALE,
  pan,
  reveal,
  seen,
  toChart,
  toScreen,
  type View,
  zoomAt,
} from "./viewport";

const SIZE = { width: 1280, height: 800 };
const VIEWS: View[] = [
  { scale: 1, dx: 0, dy: 0 },
  { scale: 0.31, dx: -640.5, dy: 220 },
  { scale: 3.7, dx: 15, dy: -9000 },
];

describe("viewport", () => {
  it.each(VIEWS)("there and back is the same place: %o", (view) => {
    const there = toScreen(view, 123.25, -77);
    const back = toChart(view, there.x, there.y);
    expect(back.x).toBeCloseTo(123.25, 8);
    expect(back.y).toBeCloseTo(-77, 8);
  });

  it.each(VIEWS)("zooming keeps what is under the pointer: %o", (view) => {
    const at = { x: 301, y: 99 };
    const before = toChart(view, at.x, at.y);
    for (const factor of [0.2, 0.9, 1.4, 50, 0.0001]) {
      const after = toChart(zoomAt(view, factor, at), at.x, at.y);
      expect(after.x).toBeCloseTo(before.x, 6);
      expect(after.y).toBeCloseTo(before.y, 6);
    }
  });

  it("never leaves the scales that can be drawn", () => {
    const [view] = VIEWS as [View];
    expect(zoomAt(view, 1e9, { x: 0, y: 0 }).scale).toBe(MAX_SCALE);
    expect(zoomAt(view, 1e-9, { x: 0, y: 0 }).scale).toBe(MIN_SCALE);
  });

  it.each<Box>([
    [-4000, -10, 4000, 10],
    [0, 0, 10, 3000],
    [5, 5, 5, 5],
  ])("what is fitted is seen, in the middle: %o", (...box) => {
    const view = fitting(box, SIZE);
    const [left, top, right, bottom] = seen(view, SIZE);
    expect(left).toBeLessThanOrEqual(box[0]);
    expect(top).toBeLessThanOrEqual(box[1]);
    expect(right).toBeGreaterThanOrEqual(box[2]);
    expect(bottom).toBeGreaterThanOrEqual(box[3]);
    expect((left + right) / 2).toBeCloseTo((box[0] + box[2]) / 2, 6);
  });

  it("reveals by the smallest move, and not at all what is seen already", () => {
    const view = { scale: 1, dx: 0, dy: 0 };
    expect(reveal(view, [100, 100, 200, 200], SIZE)).toEqual(view);
    expect(reveal(view, [1250, 100, 1300, 200], SIZE, 48)).toEqual({ scale: 1, dx: -68, dy: 0 });
  });

  it("a carried picture shows a point where the view wants it", () => {
    const drawn = { scale: 0.5, dx: 40, dy: -10 };
    const origin = { x: 320, y: 200 };
    for (const view of VIEWS) {
      const laid = carried(drawn, view, origin);
      const inPicture = toScreen(pan(drawn, origin.x, origin.y), 71, 13);
      const wanted = toScreen(view, 71, 13);
      expect(inPicture.x * laid.scale + laid.x).toBeCloseTo(wanted.x, 6);
      expect(inPicture.y * laid.scale + laid.y).toBeCloseTo(wanted.y, 6);
    }
  });

  it("knows when the picture no longer covers the surface", () => {
    const drawn = { scale: 1, dx: 0, dy: 0 };
    const origin = { x: 320, y: 200 };
    const picture = { width: 1920, height: 1200 };
    const laid = (view: View) => covers(carried(drawn, view, origin), picture, SIZE);
    expect(laid(drawn)).toBe(true);
    expect(laid(pan(drawn, 319, -199))).toBe(true);
    expect(laid(pan(drawn, 321, 0))).toBe(false);
    expect(laid(zoomAt(drawn, 0.6, { x: 640, y: 400 }))).toBe(false);
  });
});
