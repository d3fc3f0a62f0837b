/** Imports: the sheet that asks for the labels once, and the jobs that run. */
import type { ErrorView } from "../bindings/ErrorView";
import type { ImportProgress } from "../bindings/ImportProgress";
import type { ImportReport } from "../bindings/ImportReport";
import type { JobUpdate } from "../bindings/JobUpdate";
import type { Labels } from "../bindings/Labels";
import type { Selection } from "../bindings/Selection";
import { errorView, type Host, type JobAct } from "../host";

export class Job {
  readonly selection: Selection;
  id = $state<string | null>(null);
  progress = $state.raw<ImportProgress | null>(null);
  paused = $state(false);
  report = $state.raw<ImportReport | null>(null);
  error = $state.raw<ErrorView | null>(null);

  constructor(selection: Selection) {
    this.selection = selection;
  }

  get running(): boolean {
    return this.report === null && this.error === null;
  }

  take(update: JobUpdate) {
    if (update.update === "progress") {
      this.progress = update.progress;
      this.paused = update.progress.paused;
    } else if (update.update === "finished") this.report = update.report;
    else this.error = update.error;
  }
}

export class Intake {
  /** Whether the sheet is open; it may be before anything was chosen. */
  sheet = $state(false);
  selection = $state.raw<Selection | null>(null);
  /** What was filled in last; in memory only. */
  labels = $state<Labels>({ organisation: "", source: "", purpose: "", marking: null, handling: null });
  jobs = $state.raw<Job[]>([]);
  /** Whether the panel with progress and reports is open. */
  panel = $state(false);
  /** Files are held over the window. */
  dragging = $state(false);

  readonly #host: Host;
  readonly #onFinished: (job: Job) => void;
  /** Whose the last import of this sitting was. One's own organisation is not assumed: what others supplied is soon mislabelled. */
  #organisation = "";

  constructor(host: Host, onFinished: (job: Job) => void) {
    this.#host = host;
    this.#onFinished = onFinished;
  }

  get running(): Job[] {
    return this.jobs.filter((job) => job.running);
  }

  /** Opens the sheet, for files where they are chosen already. */
  offer(selection: Selection | null) {
    if (selection && selection.files + selection.folders === 0) return;
    if (selection || !this.sheet) this.selection = selection;
    if (!this.sheet) this.labels.organisation = this.#organisation;
    this.sheet = true;
  }

  async choose(what: "files" | "folder") {
    const selection = await this.#host.chooseImport(what);
    if (selection) this.selection = selection;
  }

  /** Starts the import of what was chosen; throws when it is refused. */
  async start() {
    const selection = this.selection;
    if (!selection) return;
    const job = new Job(selection);
    const labels = $state.snapshot(this.labels);
    const id = await this.#host.startImport(selection.token, labels, (update) => {
      job.take(update);
      if (update.update !== "progress") this.#onFinished(job);
    });
    job.id = id;
    this.#organisation = labels.organisation;
    this.jobs = [job, ...this.jobs];
    this.sheet = false;
    this.selection = null;
  }

  async control(job: Job, act: JobAct) {
    if (job.id === null || !job.running) return;
    try {
      await this.#host.controlJob(job.id, act);
      // Its progress says so as well, but not before there is something to tell.
      if (act !== "cancel") job.paused = act === "pause";
    } catch (thrown) {
      // It may have ended in the meantime, which its own last message tells.
      if (errorView(thrown).code !== "job_not_found") throw thrown;
    }
  }

  forget(job: Job) {
    this.jobs = this.jobs.filter((other) => other !== job);
    if (this.jobs.length === 0) this.panel = false;
  }
}
