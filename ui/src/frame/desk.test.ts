import { beforeEach, describe, expect, it } from "vitest";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";
import { action, isEnabled } from "../palette/actions";
import { App } from "./app.svelte";
import type { Desk } from "./desk.svelte";

let host: MemoryHost;
let app: App;

beforeEach(async () => {
  host = memoryHost(0);
  app = new App(host);
  await app.start();
});

async function open(): Promise<Desk> {
  await app.open({ path: app.places?.given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  if (!app.desk) throw new Error("no desk after opening");
  return app.desk;
}

/** Makes the shell's locking wait for the test. */
function lockLater() {
  let settle: { resolve: () => void; reject: (thrown: unknown) => void };
  host.lock = () =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
  const refuse = (code: string) => settle.reject({ code, message: "", details: {} });
  return { done: () => settle.resolve(), refuse };
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

  it("describes the document that is still open when another one was removed", async () => {
    const desk = await open();
    const [first = "", second = ""] = await searched(desk, "bestelbus");
    await desk.open(first);
    desk.selection.choose(second);
    await desk.remove([second]);
    expect(desk.reader.id).toBe(first);
    expect(desk.selection.document).toBe(first);
    await desk.remove([first]);
    expect(desk.reader.id).toBeNull();
    expect(desk.selection.document).toBeNull();
  });

  it("has in each room what was opened there, and finds it again", async () => {
    const desk = await open();
    const [first = ""] = await searched(desk, "bestelbus");
    await desk.open(first, null, "bestelbus");
    for (const room of ["documents", "failures", "log"] as const) {
      desk.go(room);
      expect([room, desk.reader.id, desk.selection.document]).toEqual([room, null, null]);
    }
    desk.go("failures");
    await desk.failures.start();
    const failed = desk.failures.rows.get(0)?.id ?? "";
    await desk.open(failed);
    expect(desk.reader.id).toBe(failed);
    const { entries } = await host.logEntries(null, 1);
    desk.go("search");
    expect([desk.reader.id, desk.reader.query, desk.selection.document]).toEqual([first, "bestelbus", first]);
    expect((await host.logEntries(null, 1)).entries).toEqual(entries);
  });

  it("closes a removed document in every room, and reads a changed one again where it is looked at", async () => {
    const desk = await open();
    const [first = "", second = ""] = await searched(desk, "bestelbus");
    await desk.open(first);
    desk.go("documents");
    await desk.rename(first, "Nieuwe titel");
    desk.go("search");
    await expect.poll(() => desk.reader.document?.title).toBe("Nieuwe titel");
    desk.go("documents");
    await desk.open(second);
    await desk.remove([first, second]);
    expect(desk.reader.id).toBeNull();
    desk.go("search");
    expect(desk.reader.id).toBeNull();
  });

  it("exports nothing of a document that was never taken in", async () => {
    const desk = await open();
    desk.go("failures");
    await desk.failures.start();
    const rows = [...desk.failures.rows.values()];
    const [absent, present] = [true, false].map((empty) =>
      rows.find(({ sha256 }) => (sha256 === "") === empty),
    );
    if (!absent || !present) throw new Error("the demo case has both");
    desk.selection.choose(absent.id);
    expect(isEnabled(action("document.export"), desk)).toBe(false);
    desk.selection.choose(present.id);
    expect(isEnabled(action("document.export"), desk)).toBe(true);
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
    await host.lock("idle");
    await desk.remove(["any"]);
    expect(app.desk).toBeNull();
  });

  it("was by hand, also when something finds the workspace locked before the shell is done", async () => {
    const desk = await open();
    const { refuse } = lockLater();
    const locking = app.lock();
    expect(app.desk).toBeNull();
    desk.report({ code: "locked", message: "", details: {} });
    host.emit("locked", { cause: "idle" });
    expect(app.lockedCause).toBe("hand");
    refuse("conflict");
    await locking;
    expect(app.lockFailure?.code).toBe("conflict");
    expect(app.desk).toBeNull();
  });

  it("lets who opens again wait until the shell has let go", async () => {
    await open();
    const { done } = lockLater();
    const locking = app.lock();
    const opening = open();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(app.desk).toBeNull();
    done();
    await locking;
    await opening;
    expect(app.desk).not.toBeNull();
  });

  it("is no concern of the desk that came after", async () => {
    const before = await open();
    await app.lock();
    const now = await open();
    before.report({ code: "locked", message: "", details: {} });
    expect(app.desk).toBe(now);
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
