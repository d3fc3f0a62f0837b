import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Rows from "./Rows.svelte";

let component: Record<string, unknown>;
let moves: [number, boolean][] = [];
let keys: string[] = [];

const DATA = ["a", "b", "c", "d"];

beforeEach(() => {
  moves = [];
  keys = [];
  component = mount(Rows<string>, {
    target: document.body,
    props: {
      data: DATA,
      getKey: (item: string) => item,
      label: "rows",
      name: "row",
      height: 20,
      cursor: 1,
      several: true,
      onmove: (to: number, spanning: boolean) => moves.push([to, spanning]),
      onkey: (event: KeyboardEvent) => {
        keys.push(event.key);
        return event.key === "x";
      },
      row: createRawSnippet<[string, number]>((item) => ({ render: () => `<p>${item()}</p>` })),
    },
  });
  flushSync();
});

afterEach(async () => {
  await unmount(component);
  document.body.innerHTML = "";
});

const grid = () => document.querySelector<HTMLElement>("[role=grid]");

/** Whether the key was taken. */
function press(key: string, with_: KeyboardEventInit = {}, target = grid()): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...with_ });
  target?.dispatchEvent(event);
  return event.defaultPrevented;
}

describe("rows with the keyboard on one of them", () => {
  it("say how many there are and on which the keyboard is", () => {
    expect(grid()?.getAttribute("aria-rowcount")).toBe("4");
    expect(grid()?.getAttribute("aria-activedescendant")).toBe("row-1");
    expect(grid()?.getAttribute("aria-multiselectable")).toBe("true");
  });

  it("move within themselves, and span with Shift", () => {
    for (const key of ["ArrowDown", "j", "k", "ArrowUp", "Home", "End"]) expect(press(key)).toBe(true);
    expect(moves).toEqual([2, 2, 0, 0, 0, 3].map((to) => [to, false]));
    press("PageDown");
    press("PageUp", { shiftKey: true });
    expect(moves.slice(6)).toEqual([
      [2, false],
      [0, true],
    ]);
  });

  it("leave to the owner what he takes, and to the window what nobody takes", () => {
    expect([press("x"), press("z")]).toEqual([true, false]);
    expect(press("ArrowDown", { ctrlKey: true })).toBe(false);
    expect(press("ArrowDown", { altKey: true })).toBe(false);
    expect(keys).toEqual(["x", "z", "ArrowDown"]);
    expect(moves).toEqual([]);
  });

  it("leave Enter and space to a control within a row, and hear every other key from there", () => {
    const button = document.createElement("button");
    grid()?.append(button);
    expect([press("Enter", {}, button), press(" ", {}, button)]).toEqual([false, false]);
    expect(keys).toEqual([]);
    press("j", {}, button);
    expect(moves).toEqual([[2, false]]);
  });
});
