import { describe, expect, it } from "vitest";
import type { ErrorView } from "../bindings/ErrorView";
import type { Found } from "../bindings/Found";
import type { SenseAsk } from "../bindings/SenseAsk";
import type { Host } from "../host";
import { HostError } from "../host";
import { Search } from "./search.svelte";

/** A host whose answers come when the test says so. */
function slowHost() {
  const asked: {
    query: string;
    senses: SenseAsk;
    answer: (found: Found) => void;
    refuse: (code: ErrorView["code"]) => void;
  }[] = [];
  const host = {
    search: (query: string, _filters: unknown, _limit: number, _offset: number, senses: SenseAsk) =>
      new Promise<Found>((resolve, reject) => {
        const refuse = (code: ErrorView["code"]) =>
          reject(new HostError({ code, message: code, details: {} }));
        asked.push({ query, senses, answer: resolve, refuse });
      }),
  } as unknown as Host;
  return { host, asked };
}

function found(...documents: string[]): Found {
  const hits = documents.map((document) => ({
    document,
    path: document,
    title: document,
    organisation: "politie",
    marking: null,
    kind: "txt" as const,
    date: null,
    score: 1,
    passages: [],
  }));
  return { total: hits.length, hits, facets: null, expansions: [] };
}

describe("search", () => {
  it("drops the late answer to an older question", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host);
    search.query = "eerst";
    const first = search.submit();
    search.query = "daarna";
    const second = search.submit();
    asked[1]?.answer(found("new"));
    await second;
    asked[0]?.answer(found("old", "older"));
    await first;
    expect(search.asked).toBe("daarna");
    expect(search.hits.map((hit) => hit.document)).toEqual(["new"]);
    expect(search.state).toBe("done");
  });

  it("drops the late error of an older question", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host);
    search.query = "eerst (";
    const first = search.submit();
    search.query = "daarna";
    const second = search.submit();
    asked[1]?.answer(found("new"));
    await second;
    asked[0]?.refuse("query");
    await first;
    expect(search.error).toBeNull();
    expect(search.state).toBe("done");
  });

  it("does not come back to life after it was cleared", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host);
    search.query = "bestelbus";
    const asking = search.submit();
    search.clear();
    asked[0]?.answer(found("late"));
    await asking;
    expect(search.hits).toEqual([]);
    expect(search.asked).toBeNull();
  });

  it("keeps further hits out of a newer answer", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host);
    search.query = "bus";
    const first = search.submit();
    asked[0]?.answer({ ...found("a"), total: 2 });
    await first;
    const more = search.more();
    search.query = "huur";
    const second = search.submit();
    asked[2]?.answer(found("b"));
    await second;
    asked[1]?.answer(found("a2"));
    await more;
    expect(search.hits.map((hit) => hit.document)).toEqual(["b"]);
  });

  it("keeps the old hits when a query is refused, and says why", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host);
    search.query = "bus";
    const first = search.submit();
    asked[0]?.answer(found("a"));
    await first;
    search.query = "bus (";
    const second = search.submit();
    asked[1]?.refuse("query");
    await second;
    expect(search.state).toBe("failed");
    expect(search.error?.code).toBe("query");
    expect(search.hits).toHaveLength(1);
  });

  it("forgets the filters with a new question, and keeps them when it asks again", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host);
    search.query = "bus";
    const first = search.submit();
    asked[0]?.answer(found("a"));
    await first;
    const ticked = search.toggle("year", "2025");
    asked[1]?.answer(found("a"));
    await ticked;
    expect(search.filters().year).toEqual([2025]);
    expect(search.counts("year")).toEqual([{ value: "2025", count: 0 }]);
    search.query = "huur";
    const second = search.submit();
    asked[2]?.answer(found("b"));
    await second;
    expect(search.filtered).toBe(0);
  });

  it("leaves as it was asked, with how its words were looked for", async () => {
    const { host, asked } = slowHost();
    const written: unknown[] = [];
    host.exportResults = async (...given) => {
      written.push(given);
      return true;
    };
    const search = new Search(host, () => "fiod");
    expect(await search.export("csv", "nl")).toBe(false);
    search.mode = "bridge";
    search.query = "aangifte";
    const asking = search.submit();
    asked[0]?.answer(found("a"));
    await asking;
    const related = search.withRelated(true);
    asked[1]?.answer(found("a"));
    await related;
    search.query = "iets anders, nog niet gevraagd";
    expect(await search.export("csv", "nl")).toBe(true);
    const senses = { mode: "bridge", lens: "fiod", proposed: false, related: true, off: [], unfold: null };
    expect(written).toEqual([["aangifte", search.filters(), senses, "csv", "nl"]]);
  });

  it("shows exactly the sense that was put aside, through the same eyes", async () => {
    const { host, asked } = slowHost();
    const search = new Search(host, () => "politie");
    search.query = "aangifte";
    const first = search.submit();
    const row = {
      word: "aangifte",
      organisation: "douane",
      definition: "",
      why: { code: "longer_term" as const },
      hits: 1,
    };
    const folded = [
      { ...row, sense: "douaneaangifte", concept: "c1" },
      { ...row, sense: "summiere aangifte", concept: "c2" },
    ];
    asked[0]?.answer({ ...found("a"), folded });
    await first;
    expect(search.putAside).toBe(2);
    const [, summary] = folded;
    if (!summary) throw new Error("two rows");
    const shown = search.unfold(summary);
    expect(asked[1]?.senses).toMatchObject({
      mode: "warn",
      lens: "politie",
      unfold: { concept: "c2", word: "aangifte" },
    });
    asked[1]?.answer({ ...found("b"), folded });
    await shown;
    expect(folded.map((one) => search.unfolded(one))).toEqual([false, true]);
    const back = search.unfold(summary);
    expect(asked[2]?.senses.unfold).toBeNull();
    asked[2]?.answer({ ...found("a"), folded });
    await back;
    expect(search.folded).toHaveLength(2);
  });
});
