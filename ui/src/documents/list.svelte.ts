/** A list of documents of any length: the total is known, what is looked at is fetched. */
import { SvelteMap } from "svelte/reactivity";
import type { Document } from "../bindings/Document";
import type { ErrorView } from "../bindings/ErrorView";
import { errorView, type Host } from "../host";

/** Documents fetched at a time. */
export const CHUNK = 100;

export class DocumentList {
  total = $state(0);
  state = $state<"idle" | "busy" | "done" | "failed">("idle");
  error = $state.raw<ErrorView | null>(null);
  readonly rows = new SvelteMap<number, Document>();

  readonly #host: Host;
  readonly #failed: boolean;
  #version = 0;
  #fetching = new Map<number, Promise<void>>();

  /** `failed`: only those that were not read, or not wholly. */
  constructor(host: Host, failed: boolean) {
    this.#host = host;
    this.#failed = failed;
  }

  /** Fetches the beginning, where that has not been done. */
  async start() {
    if (this.state === "idle" || this.state === "failed") await this.refresh();
  }

  /** Forgets all, and fetches again what was there. */
  async refresh() {
    this.#version += 1;
    this.#fetching.clear();
    if (this.state !== "done") this.state = "busy";
    const chunks = new Set([...this.rows.keys()].map((row) => Math.floor(row / CHUNK)));
    chunks.add(0);
    // The furthest first would only delay what is on screen; the first three chunks cover any screen.
    await Promise.all(
      [...chunks]
        .sort((a, b) => a - b)
        .slice(0, 3)
        .map((chunk) => this.#fetch(chunk, true)),
    );
  }

  /** Sees to it that these rows are fetched. */
  async want(from: number, to: number) {
    const last = Math.min(to, this.total - 1);
    const wanted: Promise<void>[] = [];
    for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK <= last; chunk += 1) {
      if (
        !this.rows.has(Math.max(from, chunk * CHUNK)) ||
        !this.rows.has(Math.min(last, chunk * CHUNK + CHUNK - 1))
      ) {
        wanted.push(this.#fetch(chunk, false));
      }
    }
    await Promise.all(wanted);
  }

  find(id: string): Document | null {
    for (const document of this.rows.values()) if (document.id === id) return document;
    return null;
  }

  indexOf(id: string): number {
    for (const [row, document] of this.rows) if (document.id === id) return row;
    return -1;
  }

  #fetch(chunk: number, anew: boolean): Promise<void> {
    const under = this.#fetching.get(chunk);
    if (under && !anew) return under;
    const fetching = this.#load(chunk, this.#version, anew);
    this.#fetching.set(chunk, fetching);
    return fetching;
  }

  async #load(chunk: number, version: number, anew: boolean) {
    try {
      const { total, documents } = await this.#host.documents(this.#failed, CHUNK, chunk * CHUNK);
      if (version !== this.#version) return;
      if (anew && chunk === 0) {
        for (const row of [...this.rows.keys()]) if (row >= 3 * CHUNK || row >= total) this.rows.delete(row);
      }
      this.total = total;
      documents.forEach((document, i) => {
        this.rows.set(chunk * CHUNK + i, document);
      });
      this.state = "done";
      this.error = null;
    } catch (thrown) {
      if (version !== this.#version) return;
      this.error = errorView(thrown);
      this.state = "failed";
    } finally {
      if (version === this.#version) this.#fetching.delete(chunk);
    }
  }
}
