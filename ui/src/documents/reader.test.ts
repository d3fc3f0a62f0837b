import { describe, expect, it } from "vitest";
import type { Passage } from "../bindings/Passage";
import { DEMO_PASSPHRASE, memoryHost } from "../host/memory";
import { flatten, Reader } from "./reader.svelte";

const passage = (page: number, highlights: [number, number][]): Passage => ({
  page,
  start: highlights[0]?.[0] ?? 0,
  end: highlights.at(-1)?.[1] ?? 0,
  quote: "",
  highlights,
});

async function openHost() {
  const host = memoryHost(0);
  const { given } = await host.places();
  await host.openWorkspace({ path: given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  return host;
}

describe("matches of a document", () => {
  it("are the highlights in reading order, each once where passages overlap", () => {
    const matches = flatten([
      passage(2, [[5, 9]]),
      passage(1, [
        [10, 14],
        [20, 24],
      ]),
      passage(1, [
        [20, 24],
        [40, 44],
      ]),
    ]);
    expect(matches.map(({ page, start }) => [page, start])).toEqual([
      [1, 10],
      [1, 20],
      [1, 40],
      [2, 5],
    ]);
  });

  it("are stepped through in a circle", async () => {
    const host = await openHost();
    const hit = (await host.search("bestelbus", { organisation: [], kind: [], year: [] }, 10, 0)).hits[0];
    const reader = new Reader(host);
    await reader.open(hit?.document ?? "", "bestelbus", hit?.passages[1] ?? null);
    expect(reader.matches[reader.current]?.page).toBe(2);
    reader.step(-1);
    reader.step(-1);
    expect(reader.current).toBe(reader.matches.length - 1);
    reader.step(1);
    expect(reader.current).toBe(0);
  });
});

describe("reader", () => {
  it("shows the document asked for last, whichever answer comes last", async () => {
    const host = await openHost();
    const { documents } = await host.documents(false, 2, 0);
    const [first, second] = documents.map((document) => document.id);
    const reader = new Reader(host);
    const opening = reader.open(first ?? "", null);
    await reader.open(second ?? "", null);
    await opening;
    expect(reader.document?.id).toBe(second);
  });

  it("lets go of everything when closed", async () => {
    const host = await openHost();
    const { documents } = await host.documents(false, 1, 0);
    const reader = new Reader(host);
    await reader.open(documents[0]?.id ?? "", null);
    await reader.want(1);
    expect(reader.pages.size).toBeGreaterThan(0);
    reader.close();
    expect([reader.pages.size, reader.view, reader.matches.length]).toEqual([0, null, 0]);
  });
});
