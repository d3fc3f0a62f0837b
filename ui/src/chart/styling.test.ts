import { beforeEach, describe, expect, it } from "vitest";
import type { StyleSheet } from "../bindings/StyleSheet";
import { App } from "../frame/app.svelte";
import type { Desk } from "../frame/desk.svelte";
import { DEMO_PASSPHRASE, memoryHost } from "../host/memory";
import type { ChartDesk } from "./chart.svelte";
import { type Colours, lineOf, tintOf } from "./colours";
import { styled } from "./styling.svelte";

const SHEET: StyleSheet = { id: "s", name: "Huisstijl", organisation: "om", types: [] };

describe("what a sheet says of a type", () => {
  it("is added, changed, and gone once nothing is said", () => {
    const one = styled(SHEET, "Person", { colour: "#102030" });
    expect(one.types).toMatchObject([{ type: "Person", colour: "#102030", shape: null }]);
    const two = styled(styled(one, "Payment", { line: "dashed" }), "Person", { shape: "square" });
    expect(two.types).toMatchObject([
      { type: "Person", colour: "#102030", shape: "square" },
      { type: "Payment", line: "dashed" },
    ]);
    const less = styled(two, "Person", { colour: null, shape: null });
    expect(less.types.map(({ type }) => type)).toEqual(["Payment"]);
    expect(styled(SHEET, "Person", { colour: null })).toBe(SHEET);
    expect(SHEET.types).toEqual([]);
  });
});

describe("a colour of one's own", () => {
  const colours = {
    border: ["#000000"],
    tint: ["#d1d1d1"],
    surface: "#ffffff",
    part: 0.18,
  } as unknown as Colours;

  it("is drawn as it is, and within a node as paper has it", () => {
    expect([lineOf(colours, "#0072b2"), lineOf(colours, 0)]).toEqual(["#0072b2", "#000000"]);
    // The palette's own tints are made by the same rule.
    expect([tintOf(colours, "#0072b2"), tintOf(colours, "#d55e00"), tintOf(colours, 0)]).toEqual([
      "#d1e6f1",
      "#f7e2d1",
      "#d1d1d1",
    ]);
  });
});

describe("the sheets of a workspace", () => {
  let desk: Desk;
  let chart: ChartDesk;

  beforeEach(async () => {
    const host = memoryHost(0);
    const app = new App(host);
    await app.start();
    const { given } = await host.places();
    await app.open({ path: given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
    if (!app.desk) throw new Error("not open");
    desk = app.desk;
    desk.go("chart");
    chart = desk.chart;
    await chart.refresh();
    await chart.styling.refresh(true);
  });

  const person = () => chart.scene.nodes.find(({ kind }) => kind === "Person");
  const legend = () => chart.scene.legend.find((entry) => entry.of === "entity" && entry.kind === "Person");

  it("are made, seen on the chart at once, and undone", async () => {
    const before = person()?.colour;
    const { styling } = chart;
    await styling.make("Huisstijl");
    const id = styling.current?.sheet.id ?? "";
    expect([styling.current?.sheet.name, styling.choice]).toEqual(["Huisstijl", { sheet: id }]);
    await styling.style(id, "Person", { colour: "#c01020", shape: "hexagon", icon: "car" });
    expect(person()).toMatchObject({ colour: "#c01020", shape: "hexagon", icon: "car" });
    expect(legend()).toMatchObject({ colour: "#c01020", shape: "hexagon", icon: "car" });
    await desk.undo();
    expect(person()?.colour).toBe(before);
    await desk.redo();
    expect(person()?.colour).toBe("#c01020");
    await styling.use("none");
    expect([person()?.colour, styling.current]).toEqual([before, null]);
  });

  it("serve all charts that choose none", async () => {
    const { styling } = chart;
    await styling.make("Voor allen");
    const id = styling.current?.sheet.id ?? "";
    await styling.style(id, "Person", { colour: 3 });
    await chart.make("Ander", [person()?.id ?? ""]);
    expect([styling.choice, styling.current]).toEqual(["workspace", null]);
    await styling.useForAll(id);
    expect([styling.current?.sheet.id, person()?.colour]).toEqual([id, 3]);
    await styling.drop(id);
    expect([styling.current, styling.views.length]).toEqual([null, 0]);
    await desk.undo();
    expect(person()?.colour).toBe(3);
  });

  it("take one change after the other, however fast they come", async () => {
    const { styling } = chart;
    await styling.make("Snel");
    const id = styling.current?.sheet.id ?? "";
    await Promise.all([
      styling.style(id, "Person", { colour: 1 }),
      styling.style(id, "Person", { shape: "square" }),
      styling.style(id, "Payment", { width: 200 }),
    ]);
    expect(styling.current?.sheet.types).toMatchObject([
      { type: "Person", colour: 1, shape: "square" },
      { type: "Payment", width: 200 },
    ]);
  });
});
