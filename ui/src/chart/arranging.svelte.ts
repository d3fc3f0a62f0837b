/** Layouts: a first picture at once, then the better one, kept as one act. */
import type { Placement } from "../bindings/Placement";
import { t } from "../locale/text";
import type { ChartDesk } from "./chart.svelte";

export const LAYOUTS = ["force", "hierarchy", "radial", "circle", "circles", "grid", "lanes"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Rounds that a layout first takes: enough to see where it is going. */
const FIRST_ROUNDS = 30;

export class Arranging {
  busy = $state(false);

  readonly #chart: ChartDesk;
  #version = 0;

  constructor(chart: ChartDesk) {
    this.#chart = chart;
  }

  async to(layout: Layout) {
    const chart = this.#chart;
    const { id, desk } = chart;
    if (id === null || !chart.view) return;
    const version = ++this.#version;
    const late = () => version !== this.#version || chart.id !== id;
    const ask = (iterations: number | null) => {
      const centre = layout === "radial" ? (chart.chosen[0] ?? null) : null;
      return desk.host.arrangeChart(id, { layout, seed: 1, centre, iterations, from_here: false });
    };
    this.busy = true;
    await desk.attempt(async () => {
      if (layout === "force") {
        const first = await ask(FIRST_ROUNDS);
        if (late()) return;
        this.#look(first);
      }
      const best = await ask(null);
      if (late()) return;
      this.#look(best);
      if (await desk.act(() => desk.host.placeOnChart(id, best, [])))
        desk.announcement = () => t("chart.said.arranged", { layout: t(`chart.layout.${layout}`) });
    });
    if (version !== this.#version) return;
    this.busy = false;
    if (chart.id !== id) return;
    chart.places = new Map();
    chart.canvas?.fit();
  }

  /** Shows nodes where these placements have them, without keeping it. A collapsed group stays until it is kept. */
  #look(arranged: readonly Placement[]) {
    const chart = this.#chart;
    const drawn = new Set(chart.scene.nodes.filter(({ count }) => count === 1).map(({ id }) => id));
    const shown = arranged.filter(({ entity }) => drawn.has(entity));
    chart.places = new Map(shown.map(({ entity, x, y }) => [entity, { x: x / 100, y: y / 100 }]));
    chart.canvas?.fit();
  }
}
