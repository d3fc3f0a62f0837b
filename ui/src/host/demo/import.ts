/** An import that reads nothing: it counts through its files at a steady pace, with a few that fail. */
import type { FailedFile } from "../../bindings/FailedFile";
import type { ImportedDocument } from "../../bindings/ImportedDocument";
import type { JobUpdate } from "../../bindings/JobUpdate";
import type { JobAct } from "../host";
import type { DemoDocument } from "./documents";

const TICK = 200;
const STEP = 7;

export class DemoImport {
  readonly #files: DemoDocument[];
  readonly #onUpdate: (update: JobUpdate) => void;
  readonly #take: (taken: DemoDocument[]) => ImportedDocument[];
  readonly #timer: ReturnType<typeof setInterval>;
  #done = 0;
  #paused = false;
  #failed: FailedFile[] = [];

  constructor(
    files: DemoDocument[],
    onUpdate: (update: JobUpdate) => void,
    take: (taken: DemoDocument[]) => ImportedDocument[],
  ) {
    this.#files = files;
    this.#onUpdate = onUpdate;
    this.#take = take;
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  control(act: JobAct) {
    if (act === "cancel") this.#finish(true);
    else {
      this.#paused = act === "pause";
      this.#tell();
    }
  }

  #tick() {
    if (this.#paused) return;
    const before = this.#done;
    this.#done = Math.min(this.#files.length, this.#done + STEP);
    for (const { path } of this.#files.slice(before, this.#done).filter((_, i) => (before + i) % 19 === 18)) {
      this.#failed.push({
        document: null,
        path,
        reason: "encrypted",
        message: "the file asks for a password",
      });
    }
    this.#tell();
    if (this.#done === this.#files.length) this.#finish(false);
  }

  #tell() {
    const rate = (STEP * 1000) / TICK;
    const left = this.#files.length - this.#done;
    this.#onUpdate({
      update: "progress",
      progress: {
        done: this.#done,
        total: this.#files.length,
        failed: this.#failed.length,
        rate: this.#paused ? 0 : rate,
        seconds_left: this.#paused ? null : left / rate,
        current: this.#files[Math.min(this.#done, this.#files.length - 1)]?.path ?? "",
        paused: this.#paused,
      },
    });
  }

  #finish(cancelled: boolean) {
    clearInterval(this.#timer);
    const failed = new Set(this.#failed.map(({ path }) => path));
    const documents = this.#take(this.#files.slice(0, this.#done).filter(({ path }) => !failed.has(path)));
    this.#onUpdate({
      update: "finished",
      report: {
        imported: documents.length,
        unchanged: 0,
        raised: 0,
        stricter: [],
        failed: this.#failed,
        documents,
        cancelled,
      },
    });
  }
}
