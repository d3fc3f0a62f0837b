import { describe, expect, it } from "vitest";
import { clip, Pixels } from "./pixels";

const GREY = [128, 129, 130] as const;

describe("lines in pixels", () => {
  it("a level line fills its row from end to end and nothing else", () => {
    const pixels = new Pixels(10, 6);
    pixels.line(2, 3, 7, 3, GREY, 200);
    const filled = [];
    for (let y = 0; y < 6; y++) for (let x = 0; x < 10; x++) if (pixels.at(x, y)[3] > 0) filled.push([x, y]);
    expect(filled).toEqual([2, 3, 4, 5, 6, 7].map((x) => [x, 3]));
    expect(pixels.at(4, 3)).toEqual([128, 129, 130, 200]);
  });

  it("a line between two rows is shared by them", () => {
    const pixels = new Pixels(10, 6);
    pixels.line(1, 2.25, 8, 2.25, GREY, 200);
    expect(pixels.at(4, 2)[3]).toBe(150);
    expect(pixels.at(4, 3)[3]).toBe(50);
  });

  it("the stronger stays where lines cross", () => {
    const pixels = new Pixels(10, 10);
    pixels.line(0, 5, 8, 5, [255, 0, 0], 250);
    pixels.line(4, 0, 4, 8, GREY, 90);
    expect(pixels.at(4, 5)).toEqual([255, 0, 0, 250]);
    expect(pixels.at(4, 1)[3]).toBe(90);
  });

  it("is cut at the edges", () => {
    expect(clip(-10, 5, 30, 5, 20, 10)).toEqual([0, 5, 20, 5]);
    expect(clip(3, 4, 5, 6, 20, 10)).toEqual([3, 4, 5, 6]);
    expect(clip(-10, -10, -1, 40, 20, 10)).toBeNull();
    expect(clip(-5, 9, 9, -5, 3, 0.5)).toBeNull();
    const pixels = new Pixels(4, 4);
    pixels.line(-1e6, -1e6, 1e6, 1e6, GREY, 255);
    expect(pixels.at(1, 1)[3]).toBeGreaterThan(0);
  });
});
