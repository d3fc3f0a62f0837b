/** A search and what it found. An answer to an older question than the last one asked is dropped. */
import { SvelteMap } from "svelte/reactivity";
import type { ErrorView } from "../bindings/ErrorView";
import type { FacetCount } from "../bindings/FacetCount";
import type { Facets } from "../bindings/Facets";
import type { Filters } from "../bindings/Filters";
import type { Folded } from "../bindings/Folded";
import type { Hit } from "../bindings/Hit";
import type { Kind } from "../bindings/Kind";
import type { SavedSearch } from "../bindings/SavedSearch";
import type { SenseAsk } from "../bindings/SenseAsk";
import type { SenseExpansion } from "../bindings/SenseExpansion";
import type { SenseMode } from "../bindings/SenseMode";
import type { SwitchedOff } from "../bindings/SwitchedOff";
import { errorView, type Host } from "../host";

/** Hits fetched at a time. */
export const BATCH = 50;

export type FacetName = keyof Facets;
export const FACETS: readonly FacetName[] = ["organisation", "kind", "year"];

const NO_FACETS: Facets = { organisation: [], kind: [], year: [] };

/** How words that mean different things are looked for. */
export const MODES: readonly SenseMode[] = ["warn", "strict", "bridge"];

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
  /** What words mean changed since; the hits may be others. */
  outdated = $state<"words" | "lens" | null>(null);
  saved = $state.raw<SavedSearch[]>([]);
  mode = $state<SenseMode>("warn");
  /** Whether mappings that nobody has agreed on yet lead to other words, too. */
  proposed = $state(false);
  /** What was looked for beside the words as typed. */
  expansions = $state.raw<readonly SenseExpansion[]>([]);
  /** What was put aside because the word means something else there. */
  folded = $state.raw<readonly Folded[]>([]);
  /** The sense whose hits are shown instead, of those that were put aside. */
  aside = $state.raw<Folded | null>(null);
  readonly chosen = new SvelteMap<FacetName, ReadonlySet<string>>(
    FACETS.map((name) => [name, new Set<string>()]),
  );

  readonly #host: Host;
  readonly #lens: () => string | null;
  /** The expansions that are switched off. */
  #off: readonly SwitchedOff[] = [];
  #asking = 0;
  #fetchingMore = false;

  /** `lens` is the organisation through whose eyes words are read. */
  constructor(host: Host, lens: () => string | null = () => null) {
    this.#host = host;
    this.#lens = lens;
  }

  /** How the words of the query are looked for, with what was switched off. */
  get senses(): SenseAsk {
    const { mode, proposed, aside } = this;
    // What was put aside is what somebody of that organisation looks for.
    if (aside) return { mode: "warn", lens: aside.organisation, proposed: false, off: [] };
    return { mode, lens: this.#lens(), proposed: mode === "bridge" && proposed, off: [...this.#off] };
  }

  async choose(mode: SenseMode) {
    this.mode = mode;
    this.#forgetSenses();
    await this.again();
  }

  async withProposed(proposed: boolean) {
    this.proposed = proposed;
    await this.again();
  }

  /** Switches an expansion off, or on again. */
  async switch({ concept, term, off }: SenseExpansion) {
    const others = this.#off.filter((one) => one.concept !== concept || one.term !== term);
    this.#off = off ? others : [...others, { concept, term }];
    await this.again();
  }

  /** Shows the hits of a sense that was put aside; and back. */
  async unfold(folded: Folded) {
    this.aside = this.aside?.sense === folded.sense ? null : folded;
    await this.again();
  }

  /** The eyes through which words are read, or the words, are others now. */
  async seen() {
    this.#forgetSenses();
    await this.again();
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
    if (query !== this.asked) {
      this.#forgetFacets();
      this.#forgetSenses();
    }
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
      const found = await this.#host.search(this.asked, this.filters(), BATCH, this.hits.length, this.senses);
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
    this.expansions = [];
    this.folded = [];
    this.stale = false;
    this.outdated = null;
    this.#forgetFacets();
    this.#forgetSenses();
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
      const found = await this.#host.search(query, this.filters(), BATCH, 0, this.senses);
      if (asking !== this.#asking) return;
      this.asked = query;
      this.hits = found.hits;
      this.total = found.total;
      this.facets = found.facets ?? NO_FACETS;
      this.expansions = found.expansions;
      // What is put aside for the reader stays in sight while one of it is shown.
      if (!this.aside) this.folded = found.folded;
      this.stale = false;
      this.outdated = null;
      this.state = "done";
    } catch (thrown) {
      if (asking !== this.#asking) return;
      this.error = errorView(thrown);
      this.state = "failed";
    }
  }

  #forgetSenses() {
    this.#off = [];
    this.aside = null;
  }

  #forgetFacets() {
    for (const name of FACETS) this.chosen.set(name, new Set());
  }
}
