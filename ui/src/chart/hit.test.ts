import { describe, expect, it } from "vitest";
import { arrow, at, carriedBy, distance } from "./curves";
import { movedScene, withMoved } from "./drag";
import { inBox, inLasso, inside, linkAt, nodeAt, readingOrder } from "./hit";
import { link, node, scene } from "./made";

const A = node("a", 100, 100);
const B = node("b", 300, 100);
const OVER_B = node("over b", 310, 100);
const bent = link("bent", 0, 1, { from: [120, 100], control: [200, 20], to: [280, 100] });
const straight = link("straight", 0, 1, { from: [120, 100], control: [200, 100], to: [280, 100] });
const SCENE = scene([A, B, OVER_B], [bent, straight]);

describe("what lies where", () => {
  it("the uppermost node", () => {
    expect(nodeAt(SCENE, { x: 305, y: 100 })?.id).toBe("over b");
    expect(nodeAt(SCENE, { x: 285, y: 100 })?.id).toBe("b");
    expect(nodeAt(SCENE, { x: 121, y: 100 })).toBeNull();
    expect(nodeAt(SCENE, { x: 121, y: 100 }, 2)?.id).toBe("a");
  });

  it("the nearer of two links, on its curve and not on its control point", () => {
    // The middle of a quadratic curve is halfway between its chord and its control point.
    expect(at(bent, 0.5)).toEqual({ x: 200, y: 60 });
    expect(linkAt(SCENE, { x: 200, y: 62 }, 4)?.ids).toEqual(["bent"]);
    expect(linkAt(SCENE, { x: 200, y: 99 }, 4)?.ids).toEqual(["straight"]);
    expect(linkAt(SCENE, { x: 200, y: 21 }, 4)).toBeNull();
    expect(distance({ x: 200, y: 60 }, bent)).toBeLessThan(1);
  });

  it("in a box, whichever way it was drawn", () => {
    const ids = (a: [number, number], b: [number, number]) =>
      inBox(SCENE, { x: a[0], y: a[1] }, { x: b[0], y: b[1] }).map(({ id }) => id);
    expect(ids([290, 90], [320, 110])).toEqual(["b", "over b"]);
    expect(ids([320, 110], [290, 90])).toEqual(["b", "over b"]);
    expect(ids([0, 0], [10, 10])).toEqual([]);
  });

  it("in a lasso with a bay in it", () => {
    const u = [
      { x: 0, y: 0 },
      { x: 400, y: 0 },
      { x: 400, y: 200 },
      { x: 250, y: 200 },
      { x: 250, y: 50 },
      { x: 150, y: 50 },
      { x: 150, y: 200 },
      { x: 0, y: 200 },
    ];
    expect(inLasso(SCENE, u).map(({ id }) => id)).toEqual(["a", "b", "over b"]);
    expect(inside({ x: 200, y: 100 }, u)).toBe(false);
    expect(inLasso(SCENE, u.slice(0, 2))).toEqual([]);
  });

  it("is gone through as one reads", () => {
    const mixed = scene([node("4", 500, 400), node("2", 300, 20), node("1", 10, 60), node("3", 0, 200)]);
    expect(readingOrder(mixed).map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
  });
});

describe("links", () => {
  it("have heads of nine by seven and their width, with the tip at the end", () => {
    const [tip, left, right] = arrow([280, 100], [200, 100], 2);
    expect(tip).toEqual({ x: 280, y: 100 });
    expect([left.x, right.x]).toEqual([271, 271]);
    expect(Math.abs(left.y - right.y)).toBe(9);
  });

  it("go with a node that is moved, cut at the same distance", () => {
    const moved = { mx: 0, my: 200 };
    const now = carriedBy(straight, { x: 100, y: 100, mx: 0, my: 0 }, { x: 300, y: 300, ...moved });
    expect(now.control).toEqual([200, 200]);
    expect(Math.hypot(now.from[0] - 100, now.from[1] - 100)).toBeCloseTo(20);
    expect(Math.hypot(now.to[0] - 300, now.to[1] - 300)).toBeCloseTo(20);
  });

  it("keep their form when both ends are moved alike", () => {
    const both = movedScene(SCENE, new Set(["a", "b"]), 7, -3);
    expect(both.nodes.map(({ id, x, y }) => [id, x, y])).toEqual([
      ["a", 107, 97],
      ["b", 307, 97],
    ]);
    const [first] = both.links;
    expect(first?.control).toEqual([207, 17]);
    expect(withMoved(SCENE, new Set(["a"]), 0, 0).nodes).toEqual(SCENE.nodes);
  });
});
