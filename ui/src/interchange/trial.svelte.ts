/** A table on its way in: its columns and first rows, the mapping that is being made, and what it would give. */
import type { DryRun } from "../bindings/DryRun";
import type { ErrorView } from "../bindings/ErrorView";
import type { Mapping } from "../bindings/Mapping";
import type { SavedMapping } from "../bindings/SavedMapping";
import { errorView, type Host } from "../host";
import { complete, lacking } from "./mapping";

/** How long the mapping must rest before it is tried, in milliseconds. */
const REST = 350;

export class TableTrial {
  /** Of which file it is. */
  token = $state<string | null>(null);
  mapping = $state<Mapping>({ entities: [], links: [] });
  /** What the last trial gave; it stands until the next one has come. */
  run = $state.raw<DryRun | null>(null);
  error = $state.raw<ErrorView | null>(null);
  busy = $state(false);
  saved = $state.raw<SavedMapping[]>([]);
  /** The saved mapping that this one began as; none once there is none of that id. */
  from = $state<string | null>(null);

  readonly #host: Host;
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  get columns(): string[] {
    return this.run?.columns ?? [];
  }

  get snapshot(): Mapping {
    return $state.snapshot(this.mapping);
  }

  /** Reads a table anew; what it becomes is proposed. */
  async open(token: string) {
    this.#forget();
    this.token = token;
    await Promise.all([this.#try(null), this.refreshSaved()]);
  }

  /** Takes a mapping over, and tries it. */
  async use(mapping: Mapping, from: string | null = null) {
    clearTimeout(this.#timer);
    this.mapping = structuredClone(mapping);
    this.from = from;
    await this.#try(this.snapshot);
  }

  /** The mapping was changed: it is tried once that rests. One that is not finished is not tried. */
  changed() {
    clearTimeout(this.#timer);
    this.#version += 1;
    this.busy = false;
    if (!complete(this.mapping)) return;
    this.busy = true;
    this.#timer = setTimeout(() => void this.#try(this.snapshot), REST);
  }

  /** Goes back to what the core proposes. */
  async propose() {
    this.from = null;
    await this.#try(null);
  }

  async refreshSaved() {
    try {
      this.saved = await this.#host.mappings();
    } catch (thrown) {
      this.error = errorView(thrown);
    }
  }

  /** The columns that a saved mapping wants and this table does not have. */
  lacking(mapping: Mapping): string[] {
    return lacking(mapping, this.columns);
  }

  dispose() {
    clearTimeout(this.#timer);
    this.#version += 1;
  }

  #forget() {
    this.dispose();
    this.mapping = { entities: [], links: [] };
    this.run = null;
    this.error = null;
    this.from = null;
  }

  async #try(mapping: Mapping | null) {
    const { token } = this;
    if (token === null) return;
    clearTimeout(this.#timer);
    const version = ++this.#version;
    this.busy = true;
    try {
      const run = await this.#host.tryTable(token, mapping);
      if (version !== this.#version) return;
      this.run = run;
      if (mapping === null) this.mapping = structuredClone(run.mapping);
      this.error = null;
    } catch (thrown) {
      if (version === this.#version) this.error = errorView(thrown);
    } finally {
      if (version === this.#version) this.busy = false;
    }
  }
}
