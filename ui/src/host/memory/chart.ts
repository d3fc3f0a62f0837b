/** Charts in memory: making, arranging, expanding, drawing. */
import { clashes } from "../../chart/contradicted.svelte";
import { overlaid } from "../demo/overlay";
import type { Host } from "../host";
import type { Shell, Ways } from "./shell";

export function chart(
  shell: Shell,
): Pick<
  Host,
  | "charts"
  | "makeChart"
  | "snapshotChart"
  | "setChart"
  | "dropChart"
  | "chartView"
  | "overlay"
  | "placeOnChart"
  | "addToChart"
  | "chartExpansions"
  | "expandOnChart"
  | "arrangeChart"
  | "exportPicture"
> {
  const act = (chart: string, ways: Ways) =>
    shell.act("chart_placed", shell.chart(chart).chart.name, ways, { charts: [chart] });
  return {
    async charts() {
      await shell.work();
      shell.demand();
      return structuredClone(shell.charts.kept.map(({ chart }) => chart));
    },

    async makeChart(name, entities) {
      await shell.work();
      const { chart, step } = shell.charts.make(name, entities);
      return { chart, change: shell.act("chart_set", name, step, { charts: [chart] }) };
    },

    async snapshotChart(chart, name) {
      await shell.work();
      const made = shell.charts.snapshot(shell.chart(chart), name);
      const change = shell.act("chart_set", name, made.step, { charts: [made.chart] });
      return { chart: made.chart, change };
    },

    async setChart(chart, name, settings) {
      await shell.work();
      const step = shell.charts.set(shell.chart(chart), name, settings);
      return shell.act("chart_set", name, step, { charts: [chart] });
    },

    async dropChart(chart) {
      await shell.work();
      const kept = shell.chart(chart);
      return shell.act("chart_dropped", kept.chart.name, shell.charts.drop(kept), {
        charts: [chart],
      });
    },

    async chartView(chart, language, brush) {
      await shell.work();
      return shell.charts.view(shell.chart(chart), language, brush);
    },

    async overlay(chart, overlay) {
      await shell.work();
      return overlaid(shell.network, shell.chart(chart).placements, overlay, (id) => {
        const view = shell.case.entity(id);
        return view !== null && clashes(view).length > 0;
      });
    },

    async placeOnChart(chart, placed, taken) {
      await shell.work();
      return act(chart, shell.charts.place(shell.chart(chart), placed, taken));
    },

    async addToChart(chart, entities, documents, at) {
      await shell.work();
      const told = shell.network.nodes.filter((node) => node.documents.some((id) => documents.includes(id)));
      return act(chart, shell.charts.add(shell.chart(chart), [...entities, ...told.map(({ id }) => id)], at));
    },

    async chartExpansions(chart, entity) {
      await shell.work();
      return shell.charts.expansions(shell.chart(chart), entity);
    },

    async expandOnChart(chart, entity, by, limit) {
      await shell.work();
      return act(chart, shell.charts.expand(shell.chart(chart), entity, by, limit));
    },

    async arrangeChart(chart, arrangement) {
      await shell.work();
      return shell.charts.arrange(shell.chart(chart), arrangement);
    },

    async exportPicture(chart) {
      await shell.work();
      shell.record("disclosed", 1, shell.chart(chart).chart.name, "audit");
      return "";
    },
  };
}
