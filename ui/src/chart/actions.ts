/** Every action upon charts. Those with a plain key hold in the chart room only, and not while something beside the chart has the focus. */
import type { Desk } from "../frame/desk.svelte";
import type { Key } from "../locale/text";
import type { Action } from "../palette/actions";
import type { ChartDesk, Panel } from "./chart.svelte";
import { flagged } from "./settings";

type Name = Key extends infer K ? (K extends `action.chart.${infer Rest}` ? Rest : never) : never;
type When = (chart: ChartDesk) => boolean;

const open: When = (chart) => chart.view !== null;
const chosen: When = (chart) => chart.chosen.length > 0;
const anything: When = (chart) => chart.chosen.length + chart.chosenLinks.length > 0;
/** With a link chosen, `N` and `P` go through its passages. */
const noLink: When = (chart) => open(chart) && (chart.chosen.length > 0 || chart.chosenLinks.length === 0);
const several: When = (chart) => chart.chosen.length > 1;
const inGroup: When = (chart) => {
  const ids = new Set(chart.chosen);
  const groups = chart.settings?.groups ?? [];
  return groups.some(({ entities }) => entities.some((id) => ids.has(id)));
};

function act(
  name: Name,
  shortcut: string,
  when: When,
  run: (chart: ChartDesk, desk: Desk) => unknown,
): Action {
  return {
    id: `chart.${name}`,
    title: `action.chart.${name}`,
    group: "chart",
    shortcut,
    where: "chart",
    enabled: (desk) => desk.room === "chart" && when(desk.chart),
    run: async (desk) => {
      await run(desk.chart, desk);
    },
  };
}

const panel = (name: Panel & Name, shortcut: string, needed: When = open) =>
  act(name, shortcut, needed, (chart) => {
    chart.panel = chart.panel === name ? null : name;
  });

const layout = (
  name: "force" | "hierarchy" | "radial" | "circle" | "circles" | "grid" | "lanes",
  shortcut: string,
) => act(`layout.${name}`, shortcut, open, (chart) => chart.arrange(name));

const parallel = (name: "auto" | "fan" | "bundle", shortcut: string) =>
  act(`parallel.${name}`, shortcut, open, (chart) => chart.parallel(name));

const flag = (name: "check" | "important", shortcut: string) =>
  act(`flag.${name}`, shortcut, chosen, async (chart) => {
    if (chart.settings) await chart.set(flagged(chart.settings, name, chart.chosen));
  });

const tool = (name: "move" | "box" | "lasso", shortcut: string) =>
  act(`tool.${name}`, shortcut, open, (chart) => {
    chart.tool = name;
  });

const picture = (name: "svg" | "pdf" | "png", shortcut: string) =>
  act(`export.${name}`, shortcut, open, (chart) => chart.exportPicture(name, true));

export const CHART_ACTIONS: readonly Action[] = [
  {
    ...act(
      "new",
      "Ctrl+Shift+N",
      () => true,
      (chart) => {
        chart.naming = "new";
      },
    ),
    where: undefined,
    enabled: () => true,
    run: (desk) => {
      desk.go("chart");
      desk.chart.naming = "new";
    },
  },
  act(
    "everything",
    "Ctrl+Shift+E",
    () => true,
    (chart) => {
      chart.naming = "everything";
    },
  ),
  act("rename", "Shift+F2", open, (chart) => {
    chart.naming = "rename";
  }),
  act("snapshot", "Ctrl+Shift+O", open, (chart) => {
    chart.naming = "snapshot";
  }),
  act("drop", "Ctrl+Shift+Delete", open, (chart) => chart.drop()),
  act("fit", "0", open, (chart) => chart.canvas?.fit()),
  act("zoomIn", "=", open, (chart) => chart.canvas?.zoom(1.25)),
  act("zoomOut", "-", open, (chart) => chart.canvas?.zoom(0.8)),
  act("centre", "C", chosen, (chart) => chart.canvas?.centre(chart.chosen)),
  tool("move", "1"),
  tool("box", "2"),
  tool("lasso", "3"),
  layout("force", "Shift+F"),
  layout("hierarchy", "Shift+H"),
  layout("radial", "Shift+R"),
  layout("circle", "Shift+C"),
  layout("circles", "Shift+S"),
  layout("grid", "Shift+G"),
  layout("lanes", "Shift+L"),
  parallel("auto", "Shift+A"),
  parallel("fan", "Shift+W"),
  parallel("bundle", "Shift+B"),
  panel("filter", "F"),
  panel("style", "Shift+O"),
  act("paths", "Shift+P", open, (chart) => {
    chart.panel = chart.panel === "paths" ? null : "paths";
    if (chart.panel === "paths") chart.pathForm.prefill(chart.chosenEntities);
  }),
  panel("brokers", "S"),
  panel("measures", "M"),
  panel("hidden", "Shift+V"),
  panel("overlay", "O"),
  act("table", "T", open, (chart) => {
    chart.table = !chart.table;
  }),
  act("timeline", "Shift+T", open, (chart) => {
    chart.timeline = !chart.timeline;
  }),
  act("legend", "Y", open, (chart) => {
    chart.legend = !chart.legend;
  }),
  act(
    "period",
    "Shift+D",
    (chart) => chart.brush !== null,
    (chart) => chart.onlyPeriod(),
  ),
  act("create", "I", open, (chart) => {
    chart.making = { what: "entity", at: null };
  }),
  act("link", "L", chosen, (chart) => {
    const [source = "", target = null] = chart.chosen;
    chart.making = { what: "link", source, target };
  }),
  act("note", "N", noLink, (chart) => {
    chart.naming = "note";
  }),
  act("expand", "E", chosen, (chart) => chart.expanding.ask(chart.chosen[0] ?? "")),
  act("expandAll", "Shift+E", chosen, (chart) => chart.expanding.all(chart.chosen[0] ?? "")),
  act("pin", "P", chosen, (chart) => chart.pin()),
  flag("check", "K"),
  flag("important", "Shift+K"),
  act("hide", "H", anything, (chart) => chart.hide()),
  act("take", "Delete", chosen, (chart) => chart.takeOff()),
  act("group", "G", several, (chart) => {
    chart.naming = "group";
  }),
  act(
    "collapse",
    "X",
    (chart) => inGroup(chart) || several(chart),
    (chart) => {
      // What is no group yet becomes one, which is asked for its name first.
      if (inGroup(chart)) return chart.collapse();
      chart.naming = "fold";
    },
  ),
  act("ungroup", "Shift+U", inGroup, (chart) => chart.ungroup()),
  act("neighbours", "B", chosen, (chart) => chart.neighbours()),
  act("selectAll", "Ctrl+A", open, (chart) => chart.selectAll()),
  act("invert", "Shift+I", open, (chart) => chart.invert()),
  picture("svg", "Ctrl+Shift+V"),
  picture("pdf", "Ctrl+P"),
  picture("png", "Ctrl+Shift+J"),
  act("export.selection", "Ctrl+Shift+U", chosen, (chart) => chart.exportPicture("pdf", false)),
];
