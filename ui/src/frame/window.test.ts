import { flushSync, mount, unmount } from "svelte";
import { afterEach, describe, expect, it } from "vitest";
import { DEMO_PASSPHRASE, MemoryHost } from "../host/memory";
import Window from "./Window.svelte";

const find = <T extends HTMLElement>(testid: string) =>
  document.querySelector<T>(`[data-testid="${testid}"]`);
const text = () => document.body.textContent ?? "";

let component: Record<string, unknown> | null = null;

afterEach(async () => {
  if (component) await unmount(component);
  document.body.innerHTML = "";
});

async function start() {
  const host = new MemoryHost(0);
  component = mount(Window, { target: document.body, props: { host } });
  await expect.poll(() => find("passphrase")).not.toBeNull();
  return host;
}

function type(testid: string, value: string) {
  const field = find<HTMLInputElement>(testid);
  if (!field) throw new Error(`no field ${testid}`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

async function unlock(passphrase: string) {
  type("passphrase", passphrase);
  find("unlock")?.click();
}

describe("the window", () => {
  it("answers a wrong passphrase with one error and keeps the field ready", async () => {
    await start();
    await unlock("verkeerde wachtzin");
    await expect.poll(() => find("error")).not.toBeNull();
    expect(document.querySelectorAll('[data-testid="error"]')).toHaveLength(1);
    expect(document.activeElement).toBe(find("passphrase"));
    expect(find("room-search")).toBeNull();
  });

  it("opens, shows the marking, and locks without leaving a trace of the case", async () => {
    await start();
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("room-search")).not.toBeNull();
    expect(find("marking-banner")?.dataset.marking).toBe("tlp:red");
    expect(text()).toContain("438");
    find("lock")?.click();
    await expect.poll(() => find("passphrase")).not.toBeNull();
    expect(text()).not.toContain("438");
    expect(text()).not.toContain("Zandwijk");
  });

  it("changes language without losing its place", async () => {
    await start();
    type("passphrase", "half getypt");
    find("language-switch")?.click();
    flushSync();
    expect(text()).toContain("Passphrase");
    expect(find<HTMLInputElement>("passphrase")?.value).toBe("half getypt");
    expect(document.documentElement.lang).toBe("en");
    find("language-switch")?.click();
    flushSync();
    expect(text()).toContain("Wachtzin");
  });

  it("refuses two passphrases that differ, and shows the recovery key once", async () => {
    await start();
    find("create-workspace")?.click();
    flushSync();
    type("create-name", "Rietkade");
    type("create-person", "A. Winterdijk");
    type("create-passphrase", "zeven grijze bussen");
    type("create-passphrase-again", "zeven grijze katten");
    expect(find<HTMLButtonElement>("create-submit")?.disabled).toBe(true);
  });
});
