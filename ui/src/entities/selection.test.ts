import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../frame/app.svelte";
import type { Desk } from "../frame/desk.svelte";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";
import { action, isEnabled } from "../palette/actions";
import { dropped } from "./drag";
import { grouped, passages } from "./page";

let host: MemoryHost;
let desk: Desk;
let app: App;

beforeEach(async () => {
  host = memoryHost(0);
  app = new App(host);
  await app.start();
  await app.open({ path: app.places?.given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  if (!app.desk) throw new Error("no desk after opening");
  desk = app.desk;
  await desk.facts.load();
});

async function find(text: string, links = false) {
  const { entities } = await host.entities({ type: null, text, links }, 10, 0);
  return host.entity(entities[0]?.id ?? "");
}

describe("the selected entities", () => {
  it("are the same in every room", () => {
    desk.chooseEntity(["a", "b"]);
    desk.go("log");
    expect([...desk.entities]).toEqual(["a", "b"]);
    expect(desk.entity.shown).toBe(true);
    desk.entity.step(1);
    expect(desk.entity.current).toBe("b");
    desk.entity.step(1);
    expect(desk.entity.current).toBe("a");
  });

  it("give way in the inspector to a document that is chosen later, and stay selected", async () => {
    desk.chooseEntity("a");
    desk.selection.choose("d1");
    expect(desk.entity.shown).toBe(false);
    expect(desk.entities.has("a")).toBe(true);
  });

  it("stay in the inspector while their passages are opened, each highlighted as it was quoted", async () => {
    const view = await find("L. Ruigwaard");
    desk.chooseEntity(view.entity.id);
    desk.entity.passages = passages(view, desk.facts.types);
    expect(desk.entity.passages.length).toBe(3);
    for (const evidence of desk.entity.passages) {
      await action("match.next").run(desk, app);
      await desk.reader.want(evidence.page);
      expect(desk.reader.id).toBe(evidence.document);
      expect(desk.reader.passage).toEqual(evidence);
      expect(desk.entity.shown).toBe(true);
    }
    await action("match.previous").run(desk, app);
    expect(desk.entity.at).toBe(1);
  });

  it("are not read again when only their other passage is shown", async () => {
    const view = await find("Pekelhof");
    const [one, other] = view.statements.filter(({ evidence }) => evidence).map(({ evidence }) => evidence);
    if (!one || !other) throw new Error("it rests on passages");
    await desk.openEvidence(one);
    const logged = (await host.logEntries(null, 1)).entries[0]?.act.kind;
    expect(logged).toBe("consulted");
    await desk.openEvidence(one);
    expect(
      (await host.logEntries(null, 2)).entries.filter(({ act }) => act.kind === "consulted"),
    ).toHaveLength(1);
  });

  it("go to the chart only where there is one", async () => {
    desk.chooseEntity("a");
    desk.onAddToChart = null;
    expect(isEnabled(action("chart.add"), desk)).toBe(false);
    const put: unknown[] = [];
    desk.onAddToChart = (entities, documents) => void put.push([entities, documents]);
    expect(isEnabled(action("chart.add"), desk)).toBe(true);
    await action("chart.add").run(desk, app);
    expect(put).toEqual([[["a"], []]]);
  });
});

describe("the page of an entity", () => {
  it("shows what contradicts itself", async () => {
    const { contradictions } = await find("L. Ruigwaard");
    expect(contradictions.map(({ property, values }) => [property, values.map(([value]) => value)])).toEqual([
      ["birthDate", ["1981-09-12", "1981-09-21"]],
    ]);
  });

  it("has its names first and its type last, and not the ends of a link", async () => {
    const view = await find("huur bestelbus", true);
    expect(view.ends?.map(({ type }) => type)).toEqual(["Organization", "Vehicle"]);
    expect(grouped(view, desk.facts.types).map(({ property }) => property)).toEqual(["summary", "type"]);
  });

  it("follows what is stated, amended and withdrawn, and undo takes it back", async () => {
    const before = await find("Zilverling");
    const id = before.entity.id;
    await desk.record({
      passage: null,
      organisation: "fiod",
      purpose: "covenant-analyse",
      marking: null,
      grade: "B2",
      things: [
        {
          entity: id,
          type: "",
          says: [{ property: "alias", value: { text: "Zilver" }, valid_from: null, valid_to: null }],
        },
      ],
      chart: null,
    });
    const stated = (await host.entity(id)).statements.at(-1);
    expect([stated?.evidence, stated?.organisation, stated?.grade]).toEqual([null, "fiod", "B2"]);
    await desk.act(() => host.amendStatement(stated?.id ?? "", { text: "Zilverling", grade: "" }));
    const amended = (await host.entity(id)).statements.at(-1);
    expect([amended?.value, amended?.grade]).toEqual([{ text: "Zilverling" }, null]);
    await desk.act(() => host.withdrawStatements([amended?.id ?? ""]));
    expect((await host.entity(id)).statements).toEqual(before.statements);
    await desk.undo();
    await desk.undo();
    await desk.undo();
    expect(await host.entity(id)).toEqual(before);
  });
});

describe("what is dragged", () => {
  const event = (data: string) => ({ dataTransfer: { getData: () => data } }) as unknown as DragEvent;

  it("is read back, and nothing else is", () => {
    expect(dropped(event('{"entities":["a",1],"documents":"d"}'))).toEqual({
      entities: ["a"],
      documents: [],
    });
    expect(dropped(event(""))).toBeNull();
    expect(dropped(event("{"))).toBeNull();
    expect(dropped(event("7"))).toBeNull();
  });
});
