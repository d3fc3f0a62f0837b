import { beforeEach, describe, expect, it } from "vitest";
import { chosenAfter, type Doing, Gestures, type Press, type Under, wheelFactor } from "./gestures";
import { command } from "./keys";

let done: unknown[][];
let under: Under;

const note =
  (name: string) =>
  (...what: unknown[]) => {
    done.push([name, ...what]);
  };

const doing: Doing = {
  under: () => under,
  pan: note("pan"),
  zoom: note("zoom"),
  choose: note("choose"),
  band: () => {},
  banded: (points, closed, how) => done.push(["banded", closed, how, points.length]),
  lift: note("lift"),
  carry: note("carry"),
  drop: note("drop"),
  putBack: note("putBack"),
};

let gestures: Gestures;
const press = (x: number, y: number, with_: Partial<Press> = {}) =>
  gestures.down({ x, y, id: 1, button: 0, shift: false, alt: false, control: false, ...with_ });

beforeEach(() => {
  done = [];
  under = { on: "ground" };
  gestures = new Gestures(doing);
});

describe("gestures", () => {
  it("a press and a release choose, and a shaking hand is no drag", () => {
    under = { on: "node", id: "a" };
    press(10, 10, { control: true });
    gestures.move(1, { x: 12, y: 12 });
    gestures.up(1);
    expect(done).toEqual([["choose", under, "toggle"]]);
  });

  it("the ground pans from where it was taken", () => {
    press(10, 10);
    gestures.move(1, { x: 20, y: 10 });
    gestures.move(1, { x: 25, y: 12 });
    gestures.up(1);
    expect(done).toEqual([
      ["pan", 10, 0],
      ["pan", 5, 2],
    ]);
  });

  it.each([
    ["the middle button", { button: 1 }],
    ["the space bar", {}],
  ])("%s pans from a node, too", (name, with_) => {
    under = { on: "node", id: "a" };
    gestures.space = name === "the space bar";
    press(0, 0, with_);
    gestures.move(1, { x: 9, y: 9 });
    gestures.up(1);
    expect(done).toEqual([["pan", 9, 9]]);
  });

  it("a node is lifted, carried by how far it is from the press, and dropped", () => {
    under = { on: "node", id: "a" };
    press(100, 100);
    gestures.move(1, { x: 90, y: 100 });
    gestures.move(1, { x: 50, y: 120 });
    gestures.up(1);
    expect(done).toEqual([["lift", "a", "replace"], ["carry", -10, 0], ["carry", -50, 20], ["drop"]]);
  });

  it("what is broken off is put back, and its release does nothing", () => {
    under = { on: "node", id: "a" };
    press(0, 0);
    gestures.move(1, { x: 50, y: 0 });
    gestures.cancel();
    gestures.up(1);
    expect(done.map(([name]) => name)).toEqual(["lift", "carry", "putBack"]);
  });

  it.each([
    [{ shift: true }, ["banded", "box", "replace", 2]],
    [{ shift: true, control: true }, ["banded", "box", "add", 2]],
    [{ alt: true }, ["banded", "lasso", "replace", 4]],
  ] as const)("%o on the ground draws a band", (with_, expected) => {
    press(0, 0, with_);
    for (const x of [10, 20, 30]) gestures.move(1, { x, y: x });
    gestures.up(1);
    expect(done).toEqual([expected]);
  });

  it("a tool draws it without a key", () => {
    gestures.tool = "lasso";
    press(0, 0);
    for (const x of [10, 20]) gestures.move(1, { x, y: x });
    gestures.up(1);
    expect(done).toEqual([["banded", "lasso", "replace", 3]]);
  });

  it("two fingers scale by how far they go apart, about the middle between them", () => {
    press(0, 0);
    gestures.down({ x: 100, y: 0, id: 2, button: 0, shift: false, alt: false, control: false });
    gestures.move(2, { x: 200, y: 0 });
    gestures.up(2);
    gestures.up(1);
    expect(done).toEqual([
      ["pan", 50, 0],
      ["zoom", 2, { x: 100, y: 0 }],
    ]);
    expect(gestures.busy).toBe(false);
  });
});

describe("wheel, choice, keys", () => {
  it("up is nearer, down undoes it, a mad wheel is bounded", () => {
    const turn = (deltaY: number) => wheelFactor({ deltaY, deltaMode: 0, ctrlKey: false });
    expect(turn(-100)).toBeGreaterThan(1);
    expect(turn(-100) * turn(100)).toBeCloseTo(1);
    expect(turn(-1e9)).toBeLessThan(2);
  });

  it("choosing", () => {
    const before = new Set(["a", "b"]);
    expect([...chosenAfter(before, ["c"], "replace")]).toEqual(["c"]);
    expect([...chosenAfter(before, ["b", "c"], "add")]).toEqual(["a", "b", "c"]);
    expect([...chosenAfter(before, ["b", "c"], "toggle")]).toEqual(["a", "b", "c"]);
    expect([...chosenAfter(before, ["b"], "toggle")]).toEqual(["a"]);
  });

  it.each([
    [{ key: "ArrowLeft" }, { do: "pan", x: 64 }],
    [
      { key: "ArrowDown", shiftKey: true },
      { do: "nudge", y: 10 },
    ],
    [{ key: "Tab", shiftKey: true }, { do: "previous" }],
    [{ key: "a", ctrlKey: true }, { do: "all" }],
    [{ key: "k", ctrlKey: true }, null],
    [{ key: "q" }, null],
  ])("%o means %o", (pressed, expected) => {
    const made = command({ shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...pressed });
    if (expected) expect(made).toMatchObject(expected);
    else expect(made).toBeNull();
  });
});
