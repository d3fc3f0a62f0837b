import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Scene } from "../bindings/Scene";
import Canvas from "./Canvas.svelte";
import type { Moved } from "./drag";
import { link, node, scene } from "./made";
import type { Drawn } from "./types";

const SCENE = scene(
  [node("c", 500, 300), node("a", 100, 100), node("b", 300, 100)],
  [link("l", 1, 2, { from: [120, 100], control: [200, 100], to: [280, 100] })],
);

let component: Record<string, unknown>;
const props = {
  scene: SCENE as Scene,
  selection: new Set<string>() as ReadonlySet<string>,
  name: "Test",
  onselect: vi.fn(),
  onmove: vi.fn<(moved: Moved[]) => void>(),
  onopen: vi.fn(),
  onexpand: vi.fn(),
};

const element = () => {
  const found = document.querySelector<HTMLElement & { koplampChart?: Drawn }>(
    '[data-testid="chart-canvas"]',
  );
  if (!found) throw new Error("no chart");
  return found;
};

function key(key: string, with_: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...with_ });
  element().dispatchEvent(event);
  flushSync();
  return event;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  component = mount(Canvas, { target: document.body, props });
  flushSync();
});

afterEach(async () => {
  await unmount(component);
  vi.useRealTimers();
  document.body.textContent = "";
});

describe("the drawing surface with the keyboard", () => {
  it("goes through the nodes as one reads, says them, and lets go after the last", () => {
    const said = () => element().querySelector("[aria-live]")?.textContent ?? "";
    expect(key("Tab").defaultPrevented).toBe(true);
    expect(said()).toContain("a, 1 ");
    key("Tab");
    expect(said()).toContain("b, 1 ");
    key("Tab");
    expect(said()).toContain("c, 0 ");
    expect(key("Tab").defaultPrevented).toBe(false);
    expect(said()).toBe("");
  });

  it("opens, expands and chooses the node it is at", () => {
    expect(key("Enter").defaultPrevented).toBe(false);
    key("Tab");
    key("Enter");
    key("Enter", { shiftKey: true });
    key(" ");
    expect(props.onopen).toHaveBeenCalledExactlyOnceWith("a");
    expect(props.onexpand).toHaveBeenCalledExactlyOnceWith("a");
    expect(props.onselect).toHaveBeenCalledExactlyOnceWith(new Set(["a"]));
  });

  it("moves the node by several presses as one act", () => {
    key("Tab");
    key("ArrowRight", { shiftKey: true });
    key("ArrowRight", { shiftKey: true });
    key("ArrowDown", { shiftKey: true });
    expect(props.onmove).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(props.onmove).toHaveBeenCalledExactlyOnceWith([{ id: "a", x: 120, y: 110 }]);
  });

  it("tells its geometry, links and all, as it is drawn", () => {
    key("ArrowLeft");
    key("+");
    const drawn = element().koplampChart;
    expect(drawn?.scale).toBeCloseTo(1.25);
    expect(drawn?.nodes.map(({ id }) => id)).toEqual(["c", "a", "b"]);
    const { scale, dx, dy } = drawn ?? { scale: 0, dx: 0, dy: 0 };
    expect(drawn?.nodes[1]).toEqual({
      id: "a",
      x: 100 * scale + dx,
      y: 100 * scale + dy,
      radius: 20 * scale,
      dimmed: false,
    });
    expect(drawn?.links[0]?.from).toEqual([120 * scale + dx, 100 * scale + dy]);
  });
});
