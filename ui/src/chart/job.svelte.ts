/** A calculation that runs as a job: how far it is, its result, and how to break it off. */
import type { AnalysisUpdate } from "../bindings/AnalysisUpdate";
import type { ErrorView } from "../bindings/ErrorView";
import type { ImportProgress } from "../bindings/ImportProgress";
import { errorView, type Host } from "../host";

type Start = (onUpdate: (update: AnalysisUpdate) => void) => Promise<string>;

export class Analysis<T> {
  result = $state.raw<T | null>(null);
  error = $state.raw<ErrorView | null>(null);
  progress = $state.raw<ImportProgress | null>(null);
  running = $state(false);

  readonly #host: Host;
  /** The result that an update holds; null where it is not of this kind. */
  readonly #read: (update: AnalysisUpdate) => T | null;
  #job: string | null = null;
  #version = 0;

  constructor(host: Host, read: (update: AnalysisUpdate) => T | null) {
    this.#host = host;
    this.#read = read;
  }

  /** From 0 to 1. */
  get share(): number {
    return this.progress && this.progress.total > 0 ? this.progress.done / this.progress.total : 0;
  }

  /** Begins anew; one that still runs is broken off. */
  async start(start: Start) {
    this.cancel();
    const version = ++this.#version;
    this.running = true;
    this.error = null;
    this.progress = null;
    try {
      const job = await start((update) => {
        if (version === this.#version) this.#take(update);
      });
      if (version === this.#version && this.running) this.#job = job;
      else if (version !== this.#version) await this.#break(job);
    } catch (thrown) {
      if (version !== this.#version) return;
      this.error = errorView(thrown);
      this.running = false;
    }
  }

  cancel() {
    if (!this.running) return;
    this.#version += 1;
    this.running = false;
    if (this.#job !== null) void this.#break(this.#job);
    this.#job = null;
  }

  clear() {
    this.cancel();
    this.result = null;
    this.error = null;
  }

  #take(update: AnalysisUpdate) {
    if (update.update === "progress") {
      this.progress = update.progress;
      return;
    }
    this.running = false;
    this.#job = null;
    if (update.update === "failed") this.error = update.error;
    else this.result = this.#read(update) ?? this.result;
  }

  async #break(job: string) {
    try {
      await this.#host.controlJob(job, "cancel");
    } catch {
      // It has ended in the meantime.
    }
  }
}
