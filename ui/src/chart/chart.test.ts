import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../frame/app.svelte";
import type { Desk } from "../frame/desk.svelte";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";
import { action, isEnabled } from "../palette/actions";
import type { ChartDesk } from "./chart.svelte";
import { NO_FILTER } from "./settings";

let app: App;
let host: MemoryHost;
let desk: Desk;
let chart: ChartDesk;

beforeEach(async () => {
  host = memoryHost(0);
  app = new App(host);
  await app.start();
  const { given } = await host.places();
  await app.open({ path: given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  if (!app.desk) throw new Error("not open");
  desk = app.desk;
  desk.go("chart");
  chart = desk.chart;
  await chart.refresh();
});

/** The ids of the demo case, by their numbers. */
const e = (number: number) => `e${number.toString(16).padStart(31, "0")}`;
const [PEKELHOF, BUS, RIETVINK, SHOP, CONTAINER, TERMINAL] = [e(2), e(3), e(4), e(6), e(12), e(13)];
const SIGHTING = e(0x14);

const node = (id: string) => chart.scene.nodes.find((node) => node.id === id);
const at = (id: string) => [node(id)?.x, node(id)?.y];

describe("the chart that is open", () => {
  it("is the newest, with what is drawn of it and its marking above the window", () => {
    expect(chart.chart?.name).toBe("Pekelhof en de bestelbus");
    expect(chart.scene.nodes).toHaveLength(10);
    expect(desk.marking).toEqual({ code: "tlp:amber", of: "chart" });
  });

  it("is read again for an act on it, and not for one on documents", async () => {
    const read = vi.spyOn(host, "chartView");
    const { documents } = await host.documents(false, 1, 0);
    await desk.rename(documents[0]?.id ?? "", "Anders");
    expect(read).not.toHaveBeenCalled();
    await chart.filter({ ...NO_FILTER, types: ["Person"] });
    expect(read).toHaveBeenCalledTimes(1);
    expect(chart.scene.nodes.every(({ kind }) => kind === "Person")).toBe(true);
    expect(chart.view?.filtered).toBe(8);
  });

  it("is read by one request at a time, and once more for all that came meanwhile", async () => {
    const read = vi.spyOn(host, "chartView");
    await Promise.all([chart.refreshView(), chart.refreshView(), chart.refreshView(), chart.refreshView()]);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("goes when it is dropped and comes back with undo", async () => {
    const { id } = chart;
    await chart.drop();
    expect([chart.id, chart.view, chart.charts]).toEqual([null, null, []]);
    await desk.undo();
    expect(chart.id).toBe(id);
    expect(chart.scene.nodes).toHaveLength(10);
  });

  it("can be made of everything, and kept as it is", async () => {
    await chart.makeOfAll("Alles");
    expect([chart.chart?.name, chart.scene.nodes.length]).toEqual(["Alles", 12]);
    const { id } = chart;
    await chart.snapshot("Alles, donderdag");
    expect(chart.id, "one goes on with the chart itself").toBe(id);
    expect(chart.charts.find(({ name }) => name === "Alles, donderdag")?.snapshot_of).toBe(id);
  });
});

describe("moving", () => {
  it("shows at once, keeps it in one act, and undoes it", async () => {
    const before = at(PEKELHOF);
    const moving = chart.move([{ id: PEKELHOF, x: 900, y: -300 }]);
    expect(at(PEKELHOF)).toEqual([900, -300]);
    await moving;
    expect(at(PEKELHOF)).toEqual([900, -300]);
    expect(chart.places.size).toBe(0);
    await desk.undo();
    expect(at(PEKELHOF)).toEqual(before);
  });

  it("takes what was moved while the case was told into the next act", async () => {
    const told = vi.spyOn(host, "placeOnChart");
    const moving = chart.move([{ id: PEKELHOF, x: 1, y: 1 }]);
    chart.move([{ id: BUS, x: 2, y: 2 }]);
    chart.move([{ id: BUS, x: 3, y: 3 }]);
    chart.move([{ id: RIETVINK, x: 4, y: 4 }]);
    await moving;
    expect(told.mock.calls.map(([, placed]) => placed.map(({ entity }) => entity))).toEqual([
      [PEKELHOF],
      [BUS, RIETVINK],
    ]);
    expect([at(PEKELHOF), at(BUS), at(RIETVINK)]).toEqual([
      [1, 1],
      [3, 3],
      [4, 4],
    ]);
  });

  it("goes back when it is refused", async () => {
    const before = at(PEKELHOF);
    vi.spyOn(host, "placeOnChart").mockRejectedValue(new Error("no"));
    await chart.move([{ id: PEKELHOF, x: 900, y: 0 }]);
    expect(at(PEKELHOF)).toEqual(before);
  });

  it("moves everything in a collapsed group", async () => {
    chart.choose([PEKELHOF, BUS]);
    await chart.group("Tweetal");
    await chart.collapse();
    const group = node(PEKELHOF);
    expect([group?.count, group?.label]).toEqual([2, ["Tweetal"]]);
    const places = () =>
      chart.view?.placements.filter(({ entity }) => [PEKELHOF, BUS].includes(entity)) ?? [];
    const before = places();
    await chart.move([{ id: PEKELHOF, x: (group?.x ?? 0) + 50, y: (group?.y ?? 0) - 10 }]);
    const far = places().map(({ x, y }, i) => [x - (before[i]?.x ?? 0), y - (before[i]?.y ?? 0)]);
    expect(far).toEqual([
      [5000, -1000],
      [5000, -1000],
    ]);
  });
});

describe("what is selected", () => {
  it("is the same in the whole window", () => {
    chart.choose([RIETVINK, SIGHTING]);
    expect([...desk.entities]).toEqual([RIETVINK, SIGHTING]);
    desk.chooseEntity([SHOP]);
    expect(chart.chosen).toEqual([SHOP]);
  });

  it("grows by its neighbours, and turns round", () => {
    chart.choose([BUS]);
    chart.neighbours();
    expect([...chart.selection].sort()).toEqual([PEKELHOF, BUS, RIETVINK, SHOP]);
    chart.invert();
    expect(chart.chosen).toHaveLength(6);
  });

  it("is pinned, hidden, brought back and taken off, each with one undo", async () => {
    chart.choose([PEKELHOF, BUS]);
    await chart.pin();
    expect(node(PEKELHOF)?.pinned).toBe(true);
    await chart.pin();
    expect(node(PEKELHOF)?.pinned).toBe(false);
    await chart.hide();
    expect([chart.scene.nodes.length, chart.view?.hidden]).toEqual([8, 2]);
    await chart.unhide([BUS]);
    expect(chart.scene.nodes).toHaveLength(9);
    await desk.undo();
    await desk.undo();
    chart.choose([PEKELHOF, BUS]);
    await chart.takeOff();
    expect(chart.view?.placements).toHaveLength(8);
    await desk.undo();
    expect(chart.scene.nodes).toHaveLength(10);
  });
});

describe("what is still selected", () => {
  const kept = () => [...chart.selection].sort();

  it("is what is still drawn, after taking off, hiding, filtering, undoing and redoing", async () => {
    chart.choose([PEKELHOF, BUS, SHOP], BUS);
    await chart.takeOff();
    expect([kept(), desk.entity.current, desk.entity.shown]).toEqual([[], null, false]);
    await desk.undo();
    chart.choose([PEKELHOF, BUS, SHOP], SHOP);
    await host.placeOnChart(chart.id ?? "", [], [BUS]).then((change) => desk.act(async () => change));
    expect([kept(), desk.entity.current]).toEqual([[PEKELHOF, SHOP], SHOP]);
    await desk.undo();
    chart.choose([PEKELHOF, BUS], BUS);
    await desk.redo();
    expect([kept(), desk.entity.current]).toEqual([[PEKELHOF], PEKELHOF]);
    chart.choose([PEKELHOF, SHOP]);
    await chart.filter({ ...NO_FILTER, types: [node(PEKELHOF)?.kind ?? ""] });
    expect(kept()).toEqual([PEKELHOF]);
    await chart.hide();
    expect(kept()).toEqual([]);
  });

  it("of links those whose line is still drawn", async () => {
    chart.choose([SIGHTING, SHOP]);
    const link = chart.scene.links.find(({ ids }) => ids.includes(SIGHTING));
    const end = chart.scene.nodes[link?.source ?? -1]?.id ?? "";
    await host.placeOnChart(chart.id ?? "", [], [end]).then((change) => desk.act(async () => change));
    expect(kept()).toEqual([SHOP]);
  });

  it("stays what was chosen elsewhere and is not drawn", async () => {
    desk.chooseEntity([CONTAINER, BUS]);
    await chart.filter({ ...NO_FILTER, types: ["Person"] });
    expect(kept()).toEqual([CONTAINER]);
    desk.go("entities");
    desk.chooseEntity([PEKELHOF]);
    await chart.filter({ ...NO_FILTER, types: ["Vehicle"] });
    expect(kept(), "another room's is its own").toEqual([PEKELHOF]);
  });
});

describe("folding by its key", () => {
  const fold = action("chart.collapse");

  it("asks for a name where the chosen are no group, folds them into one, and unfolds them", async () => {
    chart.choose([PEKELHOF, BUS]);
    expect(isEnabled(fold, desk)).toBe(true);
    await fold.run(desk, app);
    expect(chart.naming).toBe("fold");
    chart.naming = null;
    await chart.group("Tweetal", true);
    expect(chart.scene.nodes).toHaveLength(9);
    expect(chart.chosen, "the node that stands for both").toHaveLength(1);
    expect(chart.selection.size).toBe(1);
    await fold.run(desk, app);
    expect([chart.naming, chart.scene.nodes.length]).toEqual([null, 10]);
    expect([...chart.selection].sort(), "all that was in it").toEqual([PEKELHOF, BUS]);
    await fold.run(desk, app);
    expect([chart.naming, chart.scene.nodes.length]).toEqual([null, 9]);
  });

  it("needs two, or a group", () => {
    chart.choose([PEKELHOF]);
    expect(isEnabled(fold, desk)).toBe(false);
  });
});

describe("arranging", () => {
  it("looks first, and is kept in one act", async () => {
    const asked = vi.spyOn(host, "arrangeChart");
    const told = vi.spyOn(host, "placeOnChart");
    const before = at(PEKELHOF);
    await chart.arrange("force");
    expect(asked.mock.calls.map(([, { iterations }]) => iterations)).toEqual([30, null]);
    expect(told).toHaveBeenCalledTimes(1);
    await chart.arrange("grid");
    expect(at(PEKELHOF)).not.toEqual(before);
    await desk.undo();
    await desk.undo();
    expect(at(PEKELHOF)).toEqual(before);
  });

  it("puts the selected one in the middle of the rings", async () => {
    chart.choose([SHOP]);
    await chart.arrange("radial");
    expect(at(SHOP)).toEqual([0, 0]);
  });
});

describe("expanding", () => {
  it("counts before anything comes, and brings in what is ticked", async () => {
    await chart.expanding.ask(BUS);
    const counted = chart.expanding.options?.map(({ link, other, links, fresh }) => [
      link,
      other,
      links,
      fresh,
    ]);
    expect(counted).toContainEqual(["Transport", "Container", 1, 1]);
    expect(chart.expanding.fresh).toBe(1);
    await chart.expanding.go();
    expect(node(CONTAINER)).toBeDefined();
  });

  it("asks before it brings in very much, and offers those with most links", async () => {
    const many = { link: "Call", other: "PhoneNumber", links: 400, entities: 312, fresh: 312 };
    vi.spyOn(host, "chartExpansions").mockResolvedValue([many]);
    const brought = vi.spyOn(host, "expandOnChart");
    await chart.expanding.all(BUS);
    expect([chart.expanding.asked, brought.mock.calls.length]).toEqual([true, 0]);
    await chart.expanding.go(20);
    expect(brought.mock.calls[0]?.slice(3)).toEqual([20]);
  });
});

describe("what comes from elsewhere", () => {
  it("is put where it was let go, in hundredths of a pixel", async () => {
    const added = vi.spyOn(host, "addToChart");
    await chart.add([TERMINAL], [], { x: 12.345, y: -7 });
    expect(added).toHaveBeenCalledWith(chart.id, [TERMINAL], [], [1235, -700]);
    expect(at(TERMINAL)).toEqual([12.35, -7]);
    expect(desk.announcement?.()).toContain("1 entiteit in schema Pekelhof");
  });

  it("finds a chart where there is none yet", async () => {
    await chart.drop();
    await desk.addToChart([PEKELHOF, BUS]);
    expect(chart.scene.nodes.map(({ id }) => id)).toEqual([PEKELHOF, BUS]);
  });
});

describe("what stands at a node", () => {
  const words = (id: string) => node(id)?.flags.map(({ words }) => words);

  it("is a flag put there by hand, which undo takes away and the legend explains", async () => {
    chart.choose([BUS, SHOP]);
    await action("chart.flag.check").run(desk, app);
    expect([words(BUS), words(SHOP), words(PEKELHOF)]).toEqual([["Nog nagaan"], ["Nog nagaan"], []]);
    expect(chart.scene.legend.find(({ of }) => of === "flag")).toMatchObject({
      words: "Nog nagaan",
      count: 2,
    });
    await desk.undo();
    expect([words(BUS), words(SHOP)]).toEqual([[], []]);
  });

  it("is a flag that follows from what is stated, and goes when that is withdrawn", async () => {
    const { organisation } = desk.summary;
    const says = [{ property: "topics", value: { text: "wanted" }, valid_from: null, valid_to: null }];
    const things = [{ entity: SHOP, type: "Organization", says }];
    const standing = { organisation, purpose: "opsporing", marking: null, grade: null };
    const stated = { passage: null, ...standing, things, chart: null };
    await desk.act(async () => (await host.stateFacts(stated)).change);
    expect(words(SHOP)).toEqual(["Gezocht"]);
    const { statements } = await host.entity(SHOP);
    const said = statements.find(({ property }) => property === "topics");
    await desk.act(() => host.withdrawStatements([said?.id ?? ""]));
    expect(words(SHOP)).toEqual([]);
  });

  it("are the values of chosen properties, those that the chart has offered", async () => {
    const offered = chart.view?.properties.map(([property]) => property) ?? [];
    expect(offered).toContain("sector");
    expect(offered).not.toContain("deathDate");
    if (chart.settings) await chart.set({ ...chart.settings, attributes: ["sector"] });
    expect(node(SHOP)?.attributes).toEqual(["Branche: klokken en uurwerken"]);
    expect(node(BUS)?.attributes).toEqual([]);
  });
});

describe("the period", () => {
  it("dims what lies outside, and becomes the filter when asked", async () => {
    const day = Date.parse("2025-03-07T00:00:00Z") / 86_400_000;
    await chart.choosePeriod({ from: day, to: day });
    expect(chart.scene.links.filter(({ dimmed }) => !dimmed).flatMap(({ ids }) => ids)).toContain(SIGHTING);
    expect(chart.scene.links.some(({ dimmed }) => dimmed)).toBe(true);
    await chart.onlyPeriod();
    expect([chart.brush, chart.settings?.filter.from, chart.settings?.filter.to]).toEqual([
      null,
      "2025-03-07",
      "2025-03-07",
    ]);
    await desk.undo();
    expect(chart.settings?.filter).toEqual(NO_FILTER);
  });
});
