/** Names, roles and states of every room, as axe-core reads them. What depends on sizes and colours needs a real window. */
import axe from "axe-core";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEMO_PASSPHRASE, memoryHost } from "../host/memory";
import { ROOMS } from "./rooms";
import Window from "./Window.svelte";

let component: Record<string, unknown>;

const find = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);

function type(testid: string, value: string) {
  const field = find(testid) as HTMLInputElement | null;
  if (!field) throw new Error(`no field ${testid}`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

async function wrong() {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations, passes } = await axe.run(document, {
    runOnly: tags,
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
  });
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

beforeEach(async () => {
  document.documentElement.lang = "nl";
  document.title = "Koplamp";
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

describe("for those who do not see the window", () => {
  it.each(ROOMS)("has names, roles and states that hold: %s", async (room) => {
    find(`room-${room}`)?.click();
    await expect.poll(() => find(`room-${room}`)?.getAttribute("aria-current")).toBe("page");
    await expect.poll(() => document.querySelector("[aria-busy=true]")).toBeNull();
    expect(await wrong()).toEqual([]);
  });
});
