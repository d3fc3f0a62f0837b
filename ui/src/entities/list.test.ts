import { beforeEach, describe, expect, it } from "vitest";
import type { EntityQuery } from "../bindings/EntityQuery";
import { SCHEMA } from "../host/demo/schema";
import { type MemoryHost, memoryHost } from "../host/memory";
import { CHUNK, EntityRows } from "./list.svelte";
import { Types } from "./schema";

const types = new Types(SCHEMA);
let host: MemoryHost;
let list: EntityRows;

beforeEach(async () => {
  host = memoryHost(0);
  await host.openWorkspace({
    path: (await host.places()).given ?? "",
    passphrase: "kraanhaven bij nacht",
    deviceSecretFile: null,
  });
  list = new EntityRows(host, () => types);
  await list.start();
});

/** A host with many entities, that remembers what it was asked. */
function many(total: number) {
  const asked: [EntityQuery, number, number][] = [];
  host.entities = async (query, limit, offset) => {
    asked.push([query, limit, offset]);
    const entities = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => ({
      id: `m${offset + i}`,
      type: "Person",
      label: `Persoon ${offset + i}`,
      statements: 1,
    }));
    return { total, entities };
  };
  return asked;
}

const labels = () => [...list.rows.values()].map(({ label }) => label);

describe("the entity list", () => {
  it("shows entities by name, without links", () => {
    expect(list.state).toBe("done");
    expect(list.total).toBe(labels().length);
    expect(labels()).toEqual([...labels()].sort((a, b) => a.localeCompare(b, "nl")));
    expect([...list.rows.values()].filter(({ type }) => types.isLink(type))).toEqual([]);
  });

  it("shows links too when asked", async () => {
    const before = list.total;
    await list.filter({ links: true });
    expect(list.total).toBeGreaterThan(before);
    expect([...list.rows.values()].some(({ type }) => types.isLink(type))).toBe(true);
  });

  it("lets go of a type of link when links are off", async () => {
    await list.filter({ links: true, type: "Payment" });
    expect(new Set([...list.rows.values()].map(({ type }) => type))).toEqual(new Set(["Payment"]));
    await list.filter({ links: false });
    expect(list.type).toBeNull();
  });

  it("filters by words and by type, types that extend it included", async () => {
    await list.filter({ text: "rietvink" });
    expect(labels().map((label) => label.toLowerCase())).toEqual(Array(2).fill("autoverhuur de rietvink"));
    await list.filter({ text: "", type: "Organization" });
    const found = new Set([...list.rows.values()].map(({ type }) => type));
    expect(found).toEqual(new Set(["Organization", "Company"]));
  });

  it("follows the last of several questions, in whatever order the answers come", async () => {
    const answers: (() => void)[] = [];
    const { entities } = host;
    host.entities = (query, limit, offset) =>
      new Promise((resolve) => answers.push(() => resolve(entities.call(host, query, limit, offset))));
    const first = list.filter({ text: "Q-481-XK" });
    const second = list.filter({ text: "Pekelhof Expeditie" });
    await expect.poll(() => answers.length).toBe(2);
    for (const answer of answers.reverse()) answer();
    await Promise.all([first, second]);
    expect(labels()).toEqual(["Pekelhof Expeditie BV"]);
  });

  it("counts types with what extends them", async () => {
    for (const type of ["Person", "Organization", "Company", "Payment"]) {
      const counted = await host.entities({ type, text: null, links: true }, 1, 0);
      expect(list.counts?.get(type), type).toBe(counted.total);
    }
    expect(list.counts?.get("Organization")).toBeGreaterThan(list.counts?.get("Company") ?? 0);
  });

  it("fetches what is looked at, a hundred at a time, and does not count what is too much", async () => {
    const asked = many(25_000);
    await list.refresh();
    expect(list.total).toBe(25_000);
    expect(list.counts).toBeNull();
    asked.length = 0;
    await list.want(12_340, 12_380);
    await list.want(12_345, 12_350);
    expect(asked.map(([, limit, offset]) => [limit, offset])).toEqual([[CHUNK, 12_300]]);
    expect(list.rows.get(12_350)?.id).toBe("m12350");
  });

  it("says why it failed, and tries again", async () => {
    const { entities } = host;
    host.entities = () => Promise.reject(new Error("gone"));
    await list.filter({ text: "x" });
    expect([list.state, list.error?.code]).toEqual(["failed", "internal"]);
    host.entities = entities;
    await list.start();
    expect(list.state).toBe("done");
  });
});

describe("marks", () => {
  it("are what an act is about, else the row of the keyboard is", async () => {
    list.cursor = 2;
    expect(list.meant.map(({ id }) => id)).toEqual([list.rows.get(2)?.id]);
    await list.span(5, 3);
    expect(list.meant.map(({ id }) => id)).toEqual([3, 4, 5].map((row) => list.rows.get(row)?.id));
    const [first] = list.meant;
    if (first) list.toggle(first);
    expect(list.marked.size).toBe(2);
  });

  it("stay when the filter goes elsewhere, and go when the entity is merged away", async () => {
    await list.filter({ text: "rietvink" });
    await list.span(0, 1);
    const marked = [...list.marked.keys()];
    expect(marked).toHaveLength(2);
    await list.filter({ text: "Pekelhof" });
    expect([...list.marked.keys()]).toEqual(marked);
    await host.mergeEntities(marked, "hetzelfde verhuurbedrijf");
    await list.refresh();
    expect([...list.marked.keys()]).toEqual([marked[0]]);
  });
});
