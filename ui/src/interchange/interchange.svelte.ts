/**
 * What comes in from other programs: the file that was chosen, under which labels it comes, the chart it is put on, and
 * the job that takes it in.
 */
import type { AnalysisUpdate } from "../bindings/AnalysisUpdate";
import type { Change } from "../bindings/Change";
import type { Chart } from "../bindings/Chart";
import type { ErrorView } from "../bindings/ErrorView";
import type { ExchangeReport } from "../bindings/ExchangeReport";
import type { ImportProgress } from "../bindings/ImportProgress";
import type { Labels } from "../bindings/Labels";
import type { Selection } from "../bindings/Selection";
import { errorView, type Host } from "../host";
import { TableTrial } from "./trial.svelte";

export type ExchangeKind = "file" | "table";

/** One file that is taken in, or was. */
export class ExchangeJob {
  readonly kind: ExchangeKind;
  readonly file: string;
  id = $state<string | null>(null);
  progress = $state.raw<ImportProgress | null>(null);
  report = $state.raw<ExchangeReport | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** Somebody asked it to stop; it ends as soon as it can. */
  stopping = $state(false);

  constructor(kind: ExchangeKind, file: string) {
    this.kind = kind;
    this.file = file;
  }

  get running(): boolean {
    return this.report === null && this.error === null;
  }

  /** How much of it is done, from 0 to 1. */
  get share(): number {
    const { progress } = this;
    return progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  }

  take(update: AnalysisUpdate) {
    if (update.update === "progress") this.progress = update.progress;
    else if (update.update === "exchanged") this.report = update.report;
    else if (update.update === "failed") this.error = update.error;
  }
}

export class Incoming {
  readonly kind: ExchangeKind;
  selection = $state.raw<Selection | null>(null);
  /** The name of its format; none lets the core find out. */
  format = $state<string | null>(null);
  /** What was filled in last; in memory only. */
  labels = $state<Labels>({ organisation: "", source: "", purpose: "", marking: null, handling: null });
  /** The name of the chart it is put on; one that no chart has makes a new chart. */
  chart = $state<string | null>(null);
  job = $state.raw<ExchangeJob | null>(null);

  readonly #host: Host;
  readonly #onEnded: (job: ExchangeJob) => void;

  constructor(host: Host, kind: ExchangeKind, onEnded: (job: ExchangeJob) => void) {
    this.#host = host;
    this.kind = kind;
    this.#onEnded = onEnded;
  }

  /** The one file of the selection that is taken in. */
  get file(): string | null {
    return this.selection?.names[0] ?? null;
  }

  /** False when the dialog was cancelled. */
  async choose(): Promise<boolean> {
    const selection = await this.#host.chooseImport("files");
    if (!selection || selection.files === 0) return false;
    this.selection = selection;
    this.job = null;
    return true;
  }

  /** Begins to take the file in; throws when it is refused at once. */
  async start(
    begin: (token: string, labels: Labels, onUpdate: (update: AnalysisUpdate) => void) => Promise<string>,
  ) {
    const { selection, file } = this;
    if (!selection || file === null || this.job?.running) return;
    const job = new ExchangeJob(this.kind, file);
    job.id = await begin(selection.token, $state.snapshot(this.labels), (update) => {
      job.take(update);
      if (!job.running) this.#onEnded(job);
    });
    this.job = job;
  }

  async cancel() {
    const { job } = this;
    if (!job?.running || job.id === null) return;
    job.stopping = true;
    try {
      await this.#host.controlJob(job.id, "cancel");
    } catch (thrown) {
      // It may have ended in the meantime, which its own last message tells.
      if (errorView(thrown).code !== "job_not_found") {
        job.stopping = false;
        throw thrown;
      }
    }
  }

  /** Ready for another file; the labels stay, which are likely the same. */
  reset() {
    if (this.job?.running) return;
    this.selection = null;
    this.format = null;
    this.job = null;
  }
}

export class Interchange {
  readonly file: Incoming;
  readonly table: Incoming;
  readonly trial: TableTrial;
  charts = $state.raw<Chart[]>([]);

  readonly #host: Host;

  constructor(host: Host, onEnded: (job: ExchangeJob) => void) {
    this.#host = host;
    this.file = new Incoming(host, "file", onEnded);
    this.table = new Incoming(host, "table", onEnded);
    this.trial = new TableTrial(host);
  }

  get running(): ExchangeJob[] {
    return [this.file.job, this.table.job].filter((job) => job !== null).filter((job) => job.running);
  }

  /** Charts that something can be put on; a snapshot stays as it was. */
  get openCharts(): Chart[] {
    return this.charts.filter((chart) => chart.snapshot_of === null);
  }

  async refreshCharts() {
    this.charts = await this.#host.charts();
  }

  startFile() {
    const { format, chart } = this.file;
    return this.file.start((token, labels, onUpdate) =>
      this.#host.startExchange(token, format, labels, chart, onUpdate),
    );
  }

  startTable() {
    const { chart } = this.table;
    const mapping = this.trial.snapshot;
    return this.table.start((token, labels, onUpdate) =>
      this.#host.startTable(token, mapping, labels, chart, onUpdate),
    );
  }

  dispose() {
    this.trial.dispose();
  }
}

/** What a report changed in the case, where it changed something. */
export function changeOf(job: ExchangeJob): Change | null {
  return job.report?.change ?? null;
}
