import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Window from "../frame/Window.svelte";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";

const find = <T extends HTMLElement>(testid: string) =>
  document.querySelector<T>(`[data-testid="${testid}"]`);
let component: Record<string, unknown> | null = null;
let host: MemoryHost;

function type(testid: string, value: string) {
  const field = find<HTMLInputElement>(testid);
  if (!field) throw new Error(`no field ${testid}`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function press(target: EventTarget | null, key: string, modifiers: KeyboardEventInit = {}) {
  target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...modifiers }));
  flushSync();
}

const submit = () =>
  find("statement-sheet")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

beforeEach(async () => {
  host = memoryHost(0);
  component = mount(Window, { target: document.body, props: { host } });
  await expect.poll(() => find("passphrase")).not.toBeNull();
  type("passphrase", DEMO_PASSPHRASE);
  find("unlock")?.click();
  await expect.poll(() => find("room-review")).not.toBeNull();
});

afterEach(async () => {
  if (component) await unmount(component);
  document.body.innerHTML = "";
});

describe("the statement sheet", () => {
  it("records a hypothesis, asks for its purpose, and shows it as one", async () => {
    press(document.body, "S", { shiftKey: true });
    await expect.poll(() => find("statement-sheet")?.dataset.hypothesis).toBe("true");
    expect((document.activeElement as HTMLElement | null)?.dataset.testid).toBe("sheet-what");
    type("sheet-what", "pers");
    await expect.poll(() => document.querySelector("[data-kind=new][data-type=Person]")).not.toBeNull();
    document.querySelector<HTMLElement>("[data-kind=new][data-type=Person]")?.click();
    await expect
      .poll(() => (document.activeElement as HTMLElement | null)?.dataset.testid)
      .toBe("say-value-0");
    type("say-value-0", "A. Nonymus");
    submit();
    await expect.poll(() => document.body.textContent).toContain("Kies waarvoor het gebruikt mag worden.");
    press(find("sheet-purpose"), "W");
    submit();
    await expect.poll(() => find("entity-label")?.textContent).toBe("A. Nonymus");
    expect(find("entity-hypothesis")).not.toBeNull();
    expect(find("hypothesis")).not.toBeNull();
    const found = await host.entities({ type: "Person", text: "Nonymus", links: false }, 5, 0);
    expect(found.total).toBe(1);
    find("toast-undo")?.click();
    await expect
      .poll(async () => (await host.entities({ type: "Person", text: "Nonymus", links: false }, 5, 0)).total)
      .toBe(0);
  });

  it("closes with Escape and states nothing", async () => {
    press(document.body, "S", { shiftKey: true });
    await expect.poll(() => find("statement-sheet")).not.toBeNull();
    press(find("sheet-what"), "Escape");
    press(find("sheet-what"), "Escape");
    await expect.poll(() => find("statement-sheet")).toBeNull();
    expect((await host.session()).summary?.undo).toBeNull();
  });
});
