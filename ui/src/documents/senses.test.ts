import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../frame/app.svelte";
import type { Desk } from "../frame/desk.svelte";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";

let host: MemoryHost;
let desk: Desk;

beforeEach(async () => {
  host = memoryHost(0);
  const app = new App(host);
  await app.start();
  await app.open({ path: app.places?.given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  if (!app.desk) throw new Error("no desk after opening");
  desk = app.desk;
});

async function read(path: string) {
  const { documents } = await host.documents(false, 500, 0);
  const id = documents.find((document) => document.path === path)?.id ?? "";
  await desk.open(id);
  await desk.reader.want(1);
  await desk.reader.wantSenses(1);
  return id;
}

const MAIL = "politie/mail-boterkooper.eml";
const ambiguous = (page = 1) =>
  desk.reader.senses.pages.get(page)?.words.filter((word) => word.ambiguous) ?? [];
const words = () =>
  ambiguous().map(({ start, end }) => [...(desk.reader.pages.get(1)?.text ?? "")].slice(start, end).join(""));

describe("the words of the glossary in a document", () => {
  it("say what they mean there, at the reader's, and what goes wrong", async () => {
    await desk.lookThrough("belastingdienst");
    await read(MAIL);
    expect(words()).toEqual(["aangifte", "aanslag"]);
    await desk.stepSense(1);
    const { card, organisation } = desk.reader.senses.open ?? {};
    expect(organisation).toBe("politie");
    expect(card?.there.concept).toBe("politie:aangifte");
    expect(card?.here[0]?.entry.concept).toBe("belastingdienst:aangifte");
    expect(card?.here[0]?.mapping?.relation).toBe("false_friend");
    expect(card?.here[0]?.mapping?.consequence[0]?.text).toContain("slachtoffer of getuige");
  });

  it("are gone to one after the other, round the document, also on pages that were not read", async () => {
    await read("politie/pv-bevindingen-kraanhaven.pdf");
    const at: (number | undefined)[][] = [];
    for (let n = 0; n < 6; n += 1) {
      await desk.stepSense(1);
      at.push([desk.reader.senses.at?.page, desk.reader.senses.at?.start]);
    }
    const pages = at.map(([page]) => page);
    expect(new Set(pages).size).toBeGreaterThan(1);
    expect(at.some(([page, start], n) => n > 0 && page === at[0]?.[0] && start === at[0]?.[1])).toBe(true);
    const last = at.at(-2);
    await desk.stepSense(-1);
    expect([desk.reader.senses.at?.page, desk.reader.senses.at?.start]).toEqual(last);
  });

  it("have the sense that a person fixed, until that is undone", async () => {
    const id = await read(MAIL);
    const [word] = ambiguous();
    if (!word) throw new Error("no word with several meanings");
    const place = { page: 1, start: word.start, end: word.end };
    await desk.act(() => host.fixSense(id, place, "douane:aangifte"));
    await desk.reader.wantSenses(1);
    expect(ambiguous()[0]?.sense).toMatchObject({ concept: "douane:aangifte", basis: "person" });
    await desk.undo();
    await desk.reader.wantSenses(1);
    expect(ambiguous()[0]?.sense).toMatchObject({ concept: "politie:aangifte", basis: "organisation" });
  });

  it("are read again through other eyes", async () => {
    await read(MAIL);
    expect(desk.reader.senses.pages.get(1)?.cards[0]?.here).toEqual([]);
    await desk.lookThrough("douane");
    await desk.reader.wantSenses(1);
    expect(desk.reader.senses.pages.get(1)?.cards[0]?.here[0]?.entry.organisation).toBe("douane");
  });

  it("are asked for once a block of pages", async () => {
    let asked = 0;
    const pageSenses = host.pageSenses.bind(host);
    host.pageSenses = (...about) => {
      asked += 1;
      return pageSenses(...about);
    };
    await read("politie/pv-bevindingen-kraanhaven.pdf");
    for (const page of [1, 2, 3]) await desk.reader.wantSenses(page);
    expect(asked).toBe(1);
  });

  it("say that it is unsure where nothing points to one of the senses", async () => {
    await read("om/notulen-stuurploeg-2025-05.md");
    expect(ambiguous().map(({ sense }) => sense.basis)).toContain("unsure");
  });
});
