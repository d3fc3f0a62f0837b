/** The log, newest first, fetched as it is scrolled. */
import type { ErrorView } from "../bindings/ErrorView";
import type { LogCheck } from "../bindings/LogCheck";
import type { LogEntry } from "../bindings/LogEntry";
import { errorView, type Host } from "../host";

const BATCH = 100;

export class Log {
  entries = $state.raw<LogEntry[]>([]);
  state = $state<"idle" | "busy" | "done" | "failed">("idle");
  error = $state.raw<ErrorView | null>(null);
  verdict = $state.raw<LogCheck | null>(null);
  checking = $state(false);

  readonly #host: Host;
  #next: number | null = null;
  #version = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  get complete(): boolean {
    return this.state === "done" && this.#next === null;
  }

  /** Begins anew at the newest entry; what was shown stays until the answer is there. */
  async refresh() {
    this.#version += 1;
    this.#next = null;
    this.state = "busy";
    await this.#fetch([]);
  }

  async more() {
    if (this.state !== "done" || this.#next === null) return;
    this.state = "busy";
    await this.#fetch(this.entries);
  }

  async verify() {
    this.checking = true;
    this.verdict = null;
    try {
      this.verdict = await this.#host.verifyLog();
    } finally {
      this.checking = false;
    }
  }

  async #fetch(before: LogEntry[]) {
    const version = this.#version;
    try {
      const { entries, next } = await this.#host.logEntries(this.#next, BATCH);
      if (version !== this.#version) return;
      this.entries = [...before, ...entries];
      this.#next = next;
      this.state = "done";
      this.error = null;
    } catch (thrown) {
      if (version !== this.#version) return;
      this.error = errorView(thrown);
      this.state = "failed";
    }
  }
}
