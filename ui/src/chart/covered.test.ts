import { describe, expect, it } from "vitest";
import { node, scene } from "./made";
import { Surface } from "./surface.svelte";
import { type Box, free, overlap } from "./viewport";

const SIZE = { width: 1000, height: 600 };
/** As an open legend lies: at the bottom, on the left. */
const LEGEND: Box = [12, 250, 236, 588];
/** As the inspector lies in a small window. */
const INSPECTOR: Box = [712, 0, 1000, 600];

const GRID = scene(
  Array.from({ length: 40 }, (_, i) => node(`n${i}`, (i % 8) * 130, Math.floor(i / 8) * 130)),
  [],
);
const BOUNDED = { ...GRID, bounds: [-40, -40, 950, 580] as (typeof GRID)["bounds"] };

function surface(covered: Box[]) {
  const made = new Surface(() => ({
    scene: BOUNDED,
    selection: new Set<string>(),
    name: "Test",
    covered: () => covered,
  }));
  made.resize(SIZE);
  return made;
}

/** The nodes that are out of sight, or under something. */
function lost(made: Surface, covered: Box[]) {
  return made
    .drawn(true)
    .nodes.filter(({ x, y, radius }) => {
      const box: Box = [x - radius, y - radius, x + radius, y + radius];
      const inside = box[0] >= 0 && box[1] >= 0 && box[2] <= SIZE.width && box[3] <= SIZE.height;
      return !inside || covered.some((one) => overlap(one, box));
    })
    .map(({ id }) => id);
}

describe("what lies over the chart", () => {
  it.each([
    ["nothing", []],
    ["a legend", [LEGEND]],
    ["the inspector", [INSPECTOR]],
    ["both", [LEGEND, INSPECTOR]],
  ] as [string, Box[]][])("hides no node of a chart that is shown whole: %s", (_, covered) => {
    const made = surface(covered);
    made.showAll();
    expect(lost(made, covered)).toEqual([]);
  });

  it("makes no chart smaller that does not reach under it", () => {
    const [bare, under] = [surface([]), surface([[0, 590, 10, 600]])];
    bare.showAll();
    under.showAll();
    expect(under.view).toEqual(bare.view);
  });

  it("makes room for itself as long as the whole chart is shown, and not after somebody moved it", () => {
    const covered: Box[] = [];
    const made = surface(covered);
    made.showAll();
    const before = made.view;
    covered.push(LEGEND);
    expect(lost(made, covered)).not.toEqual([]);
    made.uncover();
    expect(lost(made, covered)).toEqual([]);
    covered.pop();
    made.uncover();
    expect(made.view).toEqual(before);
    made.pan(5, 5);
    covered.push(LEGEND);
    const moved = made.view;
    made.uncover();
    expect(made.view).toEqual(moved);
  });

  it("does not hide what is brought into view", () => {
    const made = surface([LEGEND]);
    made.showAll();
    made.pan(-400, 300);
    made.reveal(["n0"]);
    expect(lost(made, [LEGEND])).not.toContain("n0");
  });

  it("leaves areas that it does not touch, the whole surface first", () => {
    const areas = free(SIZE, [LEGEND, INSPECTOR]);
    expect(areas[0]).toEqual([0, 0, 1000, 600]);
    expect(areas.length).toBeGreaterThan(2);
    for (const area of areas.slice(1))
      for (const one of [LEGEND, INSPECTOR]) expect(overlap(area, one)).toBe(false);
    expect(free(SIZE, [])).toEqual([[0, 0, 1000, 600]]);
  });

  it("leaves room at the sides for words, which do not shrink with the chart", () => {
    const named = { ...node("far", -2000, 300), label: ["Eenmanszaak klokken en uurwerken"] };
    const nodes = [named, node("near", 2000, 300)];
    const made = new Surface(() => ({
      scene: { ...scene(nodes), bounds: [-2120, 280, 2020, 330] },
      selection: new Set<string>(),
      name: "Test",
    }));
    made.resize({ width: 600, height: 400 });
    made.showAll();
    const far = made.drawn(true).nodes.find(({ id }) => id === "far");
    // Half of the name in the smallest letters.
    expect(far?.x).toBeGreaterThan((32 * 0.55 * 9.5) / 2);
  });
});
