/** A search and what it found. An answer to an older question than the last one asked is dropped. */
import { SvelteMap } from "svelte/reactivity";
import type { ErrorView } from "../bindings/ErrorView";
import type { FacetCount } from "../bindings/FacetCount";
import type { Facets } from "../bindings/Facets";
import type { Filters } from "../bindings/Filters";
import type { Hit } from "../bindings/Hit";
import type { Kind } from "../bindings/Kind";
import type { SavedSearch } from "../bindings/SavedSearch";
import { errorView, type Host } from "../host";

/** Hits fetched at a time. */
export const BATCH = 50;

export type FacetName = keyof Facets;
export const FACETS: readonly FacetName[] = ["organisation", "kind", "year"];

const NO_FACETS: Facets = { organisation: [], kind: [], year: [] };

type State = "idle" | "busy" | "done" | "failed";

export class Search {
  /** What stands in the field. */
  query = $state("");
  /** What was asked last; the hits and the highlights are of this. */
  asked = $state<string | null>(null);
  state = $state<State>("idle");
  error = $state.raw<ErrorView | null>(null);
  hits = $state.raw<Hit[]>([]);
  total = $state(0);
  facets = $state.raw<Facets>(NO_FACETS);
  /** Documents came or went since; the hits may not be all. */
  stale = $state(false);
  saved = $state.raw<SavedSearch[]>([]);
  readonly chosen = new SvelteMap<FacetName, ReadonlySet<string>>(
    FACETS.map((name) => [name, new Set<string>()]),
  );

  readonly #host: Host;
  #asking = 0;
  #fetchingMore = false;

  constructor(host: Host) {
    this.#host = host;
  }

  filters(): Filters {
    const chosen = (name: FacetName) => [...(this.chosen.get(name) ?? [])];
    return {
      organisation: chosen("organisation"),
      kind: chosen("kind") as Kind[],
      year: chosen("year").map(Number),
    };
  }

  get filtered(): number {
    return FACETS.reduce((sum, name) => sum + (this.chosen.get(name)?.size ?? 0), 0);
  }

  /** Asks what stands in the field. */
  async submit() {
    const query = this.query.trim();
    if (query === "") {
      this.clear();
      return;
    }
    if (query !== this.asked) this.#forgetFacets();
    await this.#ask(query);
  }

  /** Asks again what was asked last. */
  async again() {
    if (this.asked !== null) await this.#ask(this.asked);
  }

  async toggle(name: FacetName, value: string) {
    const values = new Set(this.chosen.get(name));
    if (!values.delete(value)) values.add(value);
    this.chosen.set(name, values);
    await this.again();
  }

  async clearFilters() {
    this.#forgetFacets();
    await this.again();
  }

  /** The counts of a facet, with chosen values that nothing matches any more, so that they can be let go. */
  counts(name: FacetName): FacetCount[] {
    const counts = this.facets[name];
    const known = new Set(counts.map(({ value }) => value));
    const lost = [...(this.chosen.get(name) ?? [])].filter((value) => !known.has(value));
    return [...counts, ...lost.map((value) => ({ value, count: 0 }))];
  }

  /** Fetches the next hits, where there are any. */
  async more() {
    if (this.#fetchingMore || this.asked === null || this.state !== "done" || this.hits.length >= this.total)
      return;
    this.#fetchingMore = true;
    const asking = this.#asking;
    try {
      const found = await this.#host.search(this.asked, this.filters(), BATCH, this.hits.length);
      if (asking === this.#asking) this.hits = [...this.hits, ...found.hits];
    } catch (thrown) {
      if (asking === this.#asking) this.error = errorView(thrown);
    } finally {
      this.#fetchingMore = false;
    }
  }

  /** Takes removed documents out of what is shown. */
  drop(documents: ReadonlySet<string>) {
    const kept = this.hits.filter((hit) => !documents.has(hit.document));
    this.total -= this.hits.length - kept.length;
    this.hits = kept;
  }

  clear() {
    this.#asking += 1;
    this.asked = null;
    this.state = "idle";
    this.error = null;
    this.hits = [];
    this.total = 0;
    this.facets = NO_FACETS;
    this.stale = false;
    this.#forgetFacets();
  }

  async refreshSaved() {
    this.saved = await this.#host.savedSearches();
  }

  async #ask(query: string) {
    this.#asking += 1;
    const asking = this.#asking;
    this.state = "busy";
    this.error = null;
    try {
      const found = await this.#host.search(query, this.filters(), BATCH, 0);
      if (asking !== this.#asking) return;
      this.asked = query;
      this.hits = found.hits;
      this.total = found.total;
      this.facets = found.facets ?? NO_FACETS;
      this.stale = false;
      this.state = "done";
    } catch (thrown) {
      if (asking !== this.#asking) return;
      this.error = errorView(thrown);
      this.state = "failed";
    }
  }

  #forgetFacets() {
    for (const name of FACETS) this.chosen.set(name, new Set());
  }
}
