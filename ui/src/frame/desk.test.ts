import { beforeEach, describe, expect, it } from "vitest";
import { DEMO_PASSPHRASE, MemoryHost } from "../host/memory";
import { App } from "./app.svelte";
import type { Desk } from "./desk.svelte";

let host: MemoryHost;
let app: App;

beforeEach(async () => {
  host = new MemoryHost(0);
  app = new App(host);
  await app.start();
});

async function open(): Promise<Desk> {
  await app.open(app.places?.given ?? "", DEMO_PASSPHRASE, null);
  if (!app.desk) throw new Error("no desk after opening");
  return app.desk;
}

async function searched(desk: Desk, query: string) {
  desk.search.query = query;
  await desk.search.submit();
  return desk.search.hits.map((hit) => hit.document);
}

describe("desk", () => {
  it("takes a removed document out of hits, reader and selection, and undo brings it back", async () => {
    const desk = await open();
    const [first = ""] = await searched(desk, "bestelbus");
    const { total } = desk.search;
    await desk.open(first, null, "bestelbus");
    await desk.remove([first]);
    expect(desk.search.hits.some((hit) => hit.document === first)).toBe(false);
    expect(desk.reader.id).toBeNull();
    expect(desk.selection.document).toBeNull();
    expect(desk.summary.undo?.kind).toBe("documents_removed");
    desk.toasts.list.at(-1)?.action?.run();
    await expect.poll(() => desk.search.total).toBe(total);
    expect(desk.search.hits.some((hit) => hit.document === first)).toBe(true);
  });

  it("offers to undo a removal no longer once something else was done", async () => {
    const desk = await open();
    const [first = "", second = ""] = await searched(desk, "bestelbus");
    await desk.remove([first]);
    const toast = desk.toasts.list.at(-1);
    await desk.rename(second, "Anders");
    expect(desk.toasts.list).not.toContain(toast);
    toast?.action?.run();
    expect(desk.summary.undo?.kind).toBe("document_renamed");
  });

  it("refreshes once for an act of its own, whose echo comes too", async () => {
    const desk = await open();
    const [first = ""] = await searched(desk, "bestelbus");
    let sessions = 0;
    const session = host.session.bind(host);
    host.session = () => {
      sessions += 1;
      return session();
    };
    await desk.rename(first, "Nieuwe titel");
    expect(sessions).toBe(1);
    expect(desk.search.hits.find((hit) => hit.document === first)?.title).toBe("Nieuwe titel");
  });

  it("shows the marking of the selected document, the strictest of several, else of the case", async () => {
    const desk = await open();
    await desk.documents.start();
    const rows = [...desk.documents.rows.values()];
    const green = rows.find((document) => document.labels.marking === "tlp:green");
    const amber = rows.find((document) => document.labels.marking === "tlp:amber");
    if (!green || !amber) throw new Error("the demo case has both");
    expect(desk.marking).toEqual({ code: "tlp:red", of: "case" });
    desk.selection.choose(green.id);
    expect(desk.marking).toEqual({ code: "tlp:green", of: "document" });
    desk.selection.chooseAll([green.id, amber.id], green.id);
    expect(desk.marking).toEqual({ code: "tlp:amber", of: "documents" });
  });

  it("tells an error in words, and says nothing of what was cancelled", async () => {
    const desk = await open();
    await desk.redo();
    expect(desk.toasts.list).toHaveLength(1);
    host.exportOriginal = () => Promise.reject({ code: "cancelled", message: "", details: {} });
    await desk.exportOriginal("any");
    expect(desk.toasts.list).toHaveLength(1);
  });
});

describe("locking", () => {
  it("lets go of the whole desk, by hand and from outside", async () => {
    const desk = await open();
    await searched(desk, "bestelbus");
    await app.lock();
    expect(app.desk).toBeNull();
    expect(desk.search.hits).toEqual([]);
    expect(app.lockedPath).toBe(app.places?.given);
    await open();
    host.emit("locked", { cause: "idle" });
    expect(app.desk).toBeNull();
    expect(app.lockedCause).toBe("idle");
  });

  it("follows a command that finds the workspace locked", async () => {
    const desk = await open();
    await host.lock();
    await desk.remove(["any"]);
    expect(app.desk).toBeNull();
  });

  it("does not let a late answer back in", async () => {
    const desk = await open();
    desk.search.query = "bestelbus";
    const asking = desk.search.submit();
    app.leave("idle");
    await asking;
    expect(desk.search.hits).toEqual([]);
  });

  it("goes when the recovery key is on screen too", async () => {
    const passphrase = "zeven grijze bussen";
    await app.create({
      name: "Nieuw",
      organisation: "fiod",
      person: "A",
      passphrase,
      folder: null,
      deviceSecretFile: null,
    });
    expect(app.recovery).not.toBeNull();
    host.emit("locked", { cause: "idle" });
    expect(app.recovery).toBeNull();
  });
});
