import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ErrorView } from "../bindings/ErrorView";
import { type MemoryHost, memoryHost } from "../host/memory";
import { preferences } from "../workspace/preferences.svelte";
import { tellExchange } from "./failure";
import { type ExchangeJob, Interchange } from "./interchange.svelte";

const LABELS = { organisation: "fiod", source: "bank", purpose: "wpg-9", marking: null, handling: null };

let host: MemoryHost;
let interchange: Interchange;
let ended: ExchangeJob[];

beforeEach(async () => {
  host = memoryHost(0);
  await host.openWorkspace({
    path: (await host.places()).given ?? "",
    passphrase: "kraanhaven bij nacht",
    deviceSecretFile: null,
  });
  ended = [];
  interchange = new Interchange(host, (job) => ended.push(job));
});

async function end() {
  await expect.poll(() => ended.length, { timeout: 5000 }).toBe(1);
  return ended.pop();
}

describe("a file of another program", () => {
  it("comes in, with what was left out and on which line; once more adds nothing", async () => {
    await interchange.file.choose();
    interchange.file.labels = { ...LABELS };
    await interchange.startFile();
    expect(interchange.running).toHaveLength(1);
    const first = await end();
    expect(first?.report).toMatchObject({ entities: 3, links: 1, merged: 1 });
    expect(first?.report?.rejected.map(({ line }) => line)).toEqual([14, 31]);
    expect(first?.share).toBe(1);
    await interchange.startFile();
    expect((await end())?.report).toMatchObject({ entities: 0, links: 0, change: null });
  });

  it("is refused without labels, and no job is left behind", async () => {
    await interchange.file.choose();
    await expect(interchange.startFile()).rejects.toMatchObject({ view: { code: "label_missing" } });
    expect(interchange.file.job).toBeNull();
  });

  it("can be stopped", async () => {
    await interchange.file.choose();
    interchange.file.labels = { ...LABELS };
    await interchange.startFile();
    await interchange.file.cancel();
    expect((await end())?.error?.code).toBe("cancelled");
    expect(interchange.running).toEqual([]);
  });

  it("is only forgotten when it does not run any more", async () => {
    await interchange.file.choose();
    interchange.file.labels = { ...LABELS };
    await interchange.startFile();
    interchange.file.reset();
    expect(interchange.file.file).not.toBeNull();
    await interchange.file.cancel();
    await end();
    interchange.file.reset();
    expect(interchange.file.file).toBeNull();
    expect(interchange.file.labels).toEqual(LABELS);
  });
});

describe("a table", () => {
  it("has a mapping proposed, and says what it would give", async () => {
    await interchange.trial.open("files");
    const { run, mapping } = interchange.trial;
    expect(mapping.links[0]).toMatchObject({ type: "Payment", source: "account", target: "counterparty" });
    expect([run?.total, run?.entities, run?.links]).toEqual([12, 4, 9]);
    expect(run?.rejected.map(({ line }) => line)).toEqual([7, 9, 10]);
  });

  it("is tried once changes rest, and only a finished mapping is", async () => {
    vi.useFakeTimers();
    try {
      const opening = interchange.trial.open("files");
      await vi.runAllTimersAsync();
      await opening;
      const tried = vi.spyOn(host, "tryTable");
      const { mapping } = interchange.trial;
      for (const column of ["", "Omschrijving"]) {
        mapping.entities[0]?.properties.push({ property: "notes", column });
        interchange.trial.changed();
      }
      await vi.runAllTimersAsync();
      expect(tried).not.toHaveBeenCalled();
      mapping.entities[0]?.properties.splice(1, 1);
      interchange.trial.changed();
      interchange.trial.changed();
      expect(interchange.trial.busy).toBe(true);
      await vi.runAllTimersAsync();
      expect(tried).toHaveBeenCalledOnce();
      expect(interchange.trial.busy).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps a mapping under a name, replaces it, and finds it again", async () => {
    const { trial } = interchange;
    await trial.open("files");
    await host.saveMapping("Bank", trial.snapshot);
    trial.mapping.links.pop();
    await host.saveMapping("Bank", trial.snapshot);
    await trial.refreshSaved();
    expect(trial.saved.map(({ name }) => name)).toEqual(["Bank"]);
    await trial.propose();
    expect(trial.mapping.links).toHaveLength(1);
    const [saved] = trial.saved;
    if (saved) await trial.use(saved.mapping, saved.id);
    expect(trial.mapping.links).toHaveLength(0);
    expect(trial.run?.links).toBe(0);
    expect(trial.lacking({ entities: [], links: [] })).toEqual([]);
  });

  it("comes in as it was tried", async () => {
    await interchange.table.choose();
    interchange.table.labels = { ...LABELS };
    await interchange.trial.open("files");
    const { run } = interchange.trial;
    await interchange.startTable();
    const job = await end();
    expect(job?.report).toMatchObject({
      entities: run?.entities,
      links: run?.links,
      rejected: run?.rejected,
    });
  });
});

describe("an error about such a file", () => {
  const error = (details: Record<string, string>) =>
    ({ code: "exchange", message: "line 7, column 3: …", details }) as unknown as ErrorView;

  it("is told in the language of the window, with its line", () => {
    preferences.language = "nl";
    expect(tellExchange(error({ problem: "malformed", line: "7" }))).toMatchObject({
      text: "Dit bestand is niet goed geschreven",
      line: 7,
    });
    preferences.language = "en";
    expect(tellExchange(error({ problem: "malformed", line: "7" }))?.text).toBe(
      "This file is not well-formed",
    );
    preferences.language = "nl";
  });

  it("is told in general where the problem is not known, or has no line", () => {
    expect(tellExchange(error({ problem: "of another version" }))).toMatchObject({
      text: "Dit bestand kan niet worden ingelezen",
      line: null,
    });
    expect(tellExchange(error({ problem: "workbook", line: "x" }))?.line).toBeNull();
  });

  it("is left to the common table when it is about something else", () => {
    expect(tellExchange({ code: "io", message: "", details: {} })).toBeNull();
  });
});
