import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEMO_PASSPHRASE, memoryHost } from "../host/memory";
import Window from "./Window.svelte";

let component: Record<string, unknown>;

const find = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
const grid = () => document.querySelector<HTMLElement>("main [role=grid]");
const focused = () => document.activeElement as HTMLElement | null;

function type(testid: string, value: string) {
  const field = find(testid) as HTMLInputElement | null;
  if (!field) throw new Error(`no field ${testid}`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function press(key: string, modifiers: KeyboardEventInit = {}) {
  focused()?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers }),
  );
  flushSync();
}

beforeEach(async () => {
  component = mount(Window, { target: document.body, props: { host: memoryHost(0) } });
  await expect.poll(() => find("passphrase")).not.toBeNull();
  type("passphrase", DEMO_PASSPHRASE);
  find("unlock")?.click();
  await expect.poll(() => find("room-search")).not.toBeNull();
});

afterEach(async () => {
  await unmount(component);
  document.body.innerHTML = "";
});

async function list(room: "documents" | "entities") {
  press(room === "documents" ? "2" : "7", { ctrlKey: true });
  await expect.poll(grid).not.toBeNull();
  grid()?.focus();
  press("ArrowDown");
  await expect.poll(() => grid()?.getAttribute("aria-activedescendant")).not.toBeNull();
}

describe("the keyboard", () => {
  it("is in the room that one goes to", async () => {
    await list("documents");
    press("7", { ctrlKey: true });
    await expect.poll(() => focused()?.tagName).toBe("MAIN");
  });

  it("stays on the row when a document opens beside it, and when it closes", async () => {
    await list("documents");
    const before = grid();
    press("Enter");
    await expect.poll(() => find("document-view")).not.toBeNull();
    expect(grid()).toBe(before);
    expect(focused()).toBe(before);
    press("w", { ctrlKey: true });
    await expect.poll(() => find("document-view")).toBeNull();
    expect(focused()).toBe(before);
  });

  it.each([
    ["table-sheet", "u", {}],
    ["exchange-sheet", "I", { shiftKey: true }],
    ["settings", ",", {}],
  ])("comes back to where it was when a sheet closes: %s", async (sheet, key, modifiers) => {
    await list("entities");
    press(key, { ctrlKey: true, ...modifiers });
    await expect.poll(() => find(sheet)).not.toBeNull();
    await expect.poll(() => find(sheet)?.contains(focused())).toBe(true);
    press("Escape");
    await expect.poll(() => find(sheet)).toBeNull();
    await expect.poll(focused).toBe(grid());
  });
});
