import { flushSync, mount, unmount } from "svelte";
import { afterEach, describe, expect, it } from "vitest";
import { HostError } from "../host";
import { DEMO_PASSPHRASE, memoryHost } from "../host/memory";
import Window from "./Window.svelte";

const find = <T extends HTMLElement>(testid: string) =>
  document.querySelector<T>(`[data-testid="${testid}"]`);
const text = () => document.body.textContent ?? "";

let component: Record<string, unknown> | null = null;

afterEach(async () => {
  if (component) await unmount(component);
  document.body.innerHTML = "";
});

async function start(host = memoryHost(0)) {
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

function press(testid: string, key: string) {
  find(testid)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
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
    expect(text()).toContain("439");
    find("lock")?.click();
    await expect.poll(() => find("passphrase")).not.toBeNull();
    expect(text()).not.toContain("439");
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

  it("says at once in the other language what was said before", async () => {
    await start();
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("search-query")).not.toBeNull();
    find("language-switch")?.click();
    type("search-query", "bestelbus");
    find("search-submit")?.click();
    const said = () => document.querySelector('.unseen[role="status"]')?.textContent;
    await expect.poll(said).toContain("documents found");
    find("room-log")?.click();
    find("language-switch")?.click();
    flushSync();
    expect(said()).toContain("documenten gevonden");
  });

  it("asks before it opens an older copy", async () => {
    const host = memoryHost(0);
    const openWorkspace = host.openWorkspace.bind(host);
    host.openWorkspace = async (workspace) => {
      if (!workspace.acceptOlderCopy) {
        throw new HostError({ code: "workspace_rolled_back", message: "seen 4 acts", details: {} });
      }
      return openWorkspace(workspace);
    };
    await start(host);
    expect(find("open-older-copy")).toBeNull();
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("open-older-copy")).not.toBeNull();
    expect(find("room-search")).toBeNull();
    find("open-older-copy")?.click();
    await expect.poll(() => find("room-search")).not.toBeNull();
  });

  it("tells once that there is no keychain, before opening and after", async () => {
    const host = memoryHost(0);
    host.keychain = async () => ({ state: "absent", file: false });
    host.openWorkspace = () =>
      Promise.reject(new HostError({ code: "keychain_absent", message: "", details: {} }));
    await start(host);
    const notices = () => text().split("geen sleutelhanger").length - 1;
    await expect.poll(notices).toBe(1);
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("error")).not.toBeNull();
    expect(notices()).toBe(1);
  });

  it("tells that there is no keychain before a workspace is made, from what it knows of another one", async () => {
    const host = memoryHost(0);
    const { home } = await host.places();
    host.keychain = async (path) => {
      if (path === home) throw new HostError({ code: "workspace_not_found", message: "", details: {} });
      return { state: "absent", file: false };
    };
    await start(host);
    find("create-workspace")?.click();
    await expect.poll(() => find("keychain")?.dataset.state).toBe("absent");
    expect(text()).toContain("Dit systeem heeft geen sleutelhanger");
  });

  it("says that the last import was broken off", async () => {
    const host = memoryHost(0);
    const openWorkspace = host.openWorkspace.bind(host);
    host.openWorkspace = async (workspace) => ({
      ...(await openWorkspace(workspace)),
      notices: [{ notice: "import_interrupted", total: 1240 }],
    });
    await start(host);
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("import-interrupted")?.textContent).toContain("1.240 bestanden");
  });

  it("asks for what is missing until it is filled in, and does not lock by itself while it imports", async () => {
    await start();
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("idle")?.textContent).toContain("zonder gebruik");
    find("import-open")?.click();
    await expect.poll(() => find("import-folder")).not.toBeNull();
    find("import-folder")?.click();
    await expect.poll(() => find("import-start")?.textContent).toContain("1 map inlezen");
    find("import-start")?.click();
    flushSync();
    const missing = () => text().split("Dit moet worden ingevuld.").length - 1;
    expect(missing()).toBe(3);
    type("import-source", "BVH");
    expect(missing()).toBe(2);
    press("import-organisation", "D");
    press("import-purpose", "W");
    expect(missing()).toBe(0);
    find("import-start")?.click();
    await expect.poll(() => find("idle")?.textContent).toContain("10 minuten na het inlezen");
  });

  it("shows of a file that was never taken in the reason, and no way to export it", async () => {
    await start();
    await unlock(DEMO_PASSPHRASE);
    await expect.poll(() => find("room-failures")).not.toBeNull();
    find("room-failures")?.click();
    const grid = () => document.querySelector<HTMLElement>("[role=grid]");
    await expect.poll(grid).not.toBeNull();
    const choose = (key: string) =>
      grid()?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    choose("Home");
    await expect.poll(() => find("export-original")).not.toBeNull();
    expect(find("sha256")?.textContent).not.toBe("");
    choose("End");
    await expect.poll(() => find("export-original")).toBeNull();
    expect(find("sha256")).toBeNull();
    expect(find("remove-document")).not.toBeNull();
    expect(text()).toContain("Te groot");
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
