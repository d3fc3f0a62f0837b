/** Expanding an entity: what it could be expanded by, with numbers, before anything comes onto the chart. */
import type { Expansion } from "../bindings/Expansion";
import type { ChartDesk } from "./chart.svelte";

/** More new entities than this are asked about first. */
export const MANY = 50;
/** So many are offered instead: those with most links. */
export const SOME = 20;
/** No limit. */
const ALL = 100_000;

export class Expanding {
  /** The entity in question. */
  id = $state<string | null>(null);
  options = $state.raw<Expansion[] | null>(null);
  /** Which are ticked, by their places. */
  ticked = $state.raw<ReadonlySet<number>>(new Set());
  /** Whether the number was large and the person is asked. */
  asked = $state(false);

  readonly #chart: ChartDesk;

  constructor(chart: ChartDesk) {
    this.#chart = chart;
  }

  /** How many entities would come; one that is reached in two ways is counted twice. */
  get fresh(): number {
    return (this.options ?? []).reduce((sum, one, at) => sum + (this.ticked.has(at) ? one.fresh : 0), 0);
  }

  async ask(id: string) {
    const chart = this.#chart.id;
    if (chart === null) return;
    this.id = id;
    this.options = null;
    this.asked = false;
    await this.#chart.desk.attempt(async () => {
      const options = await this.#chart.desk.host.chartExpansions(chart, id);
      if (this.id !== id) return;
      this.options = options;
      this.ticked = new Set(options.flatMap((one, at) => (one.fresh > 0 ? [at] : [])));
    });
    if (this.id === id && this.options === null) this.close();
  }

  toggle(place: number) {
    const ticked = new Set(this.ticked);
    if (!ticked.delete(place)) ticked.add(place);
    this.ticked = ticked;
    this.asked = false;
  }

  close() {
    this.id = null;
    this.options = null;
    this.asked = false;
  }

  /** Brings in what is ticked; when that is very much, it asks first. */
  async go(limit: number | null = null) {
    const { id, options, ticked } = this;
    const chart = this.#chart.id;
    if (id === null || chart === null || !options) return;
    if (limit === null && this.fresh > MANY && !this.asked) {
      this.asked = true;
      return;
    }
    const by = options.flatMap((one, at): [string, string][] =>
      ticked.has(at) ? [[one.link, one.other]] : [],
    );
    if (by.length === 0) return;
    this.close();
    const host = this.#chart.desk.host;
    const whole = by.length === options.length ? [] : by;
    await this.#chart.bring(() => host.expandOnChart(chart, id, whole, limit ?? ALL));
    this.#chart.canvas?.focus();
  }

  /** Everything around an entity, without a menu; very much is asked about all the same. */
  async all(id: string) {
    await this.ask(id);
    if (this.id !== id) return;
    if (this.fresh === 0) return;
    await this.go();
  }
}
