/** The last step before something is taken in: what is missing is told, and what the core refuses. */
import type { ErrorView } from "../bindings/ErrorView";
import { missing, type Refusal } from "../documents/labels";
import type { Desk } from "../frame/desk.svelte";
import { errorView } from "../host";
import type { Incoming } from "./interchange.svelte";

export class Sending {
  /** Whether it was sent once: only then what is missing is a fault. */
  tried = $state(false);
  busy = $state(false);
  #refused = $state.raw<Refusal | null>(null);

  readonly #desk: Desk;
  readonly #incoming: Incoming;
  readonly #begin: () => Promise<void>;

  constructor(desk: Desk, incoming: Incoming, begin: () => Promise<void>) {
    this.#desk = desk;
    this.#incoming = incoming;
    this.#begin = begin;
  }

  /** Why it was refused, at once or by the job; that somebody stopped it is no failure. */
  get failure(): ErrorView | null {
    const error = this.#refused?.error ?? this.#incoming.job?.error ?? null;
    return error?.code === "cancelled" ? null : error;
  }

  /** The refusal, tied to the labels that were sent. */
  get refusal(): Refusal | null {
    return this.#refused;
  }

  /** Whether it is on its way. */
  async send(): Promise<boolean> {
    this.tried = true;
    this.#refused = null;
    const { labels, chart } = this.#incoming;
    if (Object.keys(missing(labels)).length > 0) return false;
    // A new chart without a name is none.
    if (chart !== null && chart.trim() === "") this.#incoming.chart = null;
    this.busy = true;
    try {
      await this.#begin();
      return true;
    } catch (thrown) {
      const error = errorView(thrown);
      this.#refused = { error, labels: $state.snapshot(labels) };
      if (error.code === "locked") this.#desk.report(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
