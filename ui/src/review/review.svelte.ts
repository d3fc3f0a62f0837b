/**
 * The queue of suggestions. A judgement takes its rows out at once and is carried out behind them, one after the other;
 * one that fails brings them back.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Change } from "../bindings/Change";
import type { ErrorView } from "../bindings/ErrorView";
import type { IdentifierKind } from "../bindings/IdentifierKind";
import type { Match } from "../bindings/Match";
import type { SuggestionView } from "../bindings/SuggestionView";
import type { Desk } from "../frame/desk.svelte";
import { errorView } from "../host";

/** Suggestions fetched at a time. */
const CHUNK = 200;
/** Pairs of entities that are shown. */
const PAIRS = 200;

export type Verdict = "accept" | "reject" | "never";

export class Review {
  tab = $state<"suggestions" | "matches">("suggestions");
  kind = $state<IdentifierKind | null>(null);
  state = $state<"idle" | "busy" | "done" | "failed">("idle");
  error = $state.raw<ErrorView | null>(null);
  items = $state.raw<readonly SuggestionView[]>([]);
  /** How many wait of the chosen kind, and of each kind. */
  total = $state(0);
  readonly counts = new SvelteMap<IdentifierKind, number>();
  /** The row that the keyboard is on. */
  current = $state<string | null>(null);
  /** Rows marked to be judged together. */
  marked = $state.raw<ReadonlySet<string>>(new Set());

  matches = $state.raw<readonly Match[] | null>(null);
  matchesBusy = $state(false);
  /** The pair that the keyboard is on. */
  pair = $state(0);

  readonly #desk: Desk;
  /** Judgements that are being carried out; more rows are fetched behind them. */
  #judging: Promise<unknown> = Promise.resolve();
  #pending = 0;
  #version = 0;
  #outdated = false;
  #fetching = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** How many wait in all. */
  get waiting(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  get index(): number {
    return this.items.findIndex(({ id }) => id === this.current);
  }

  get item(): SuggestionView | null {
    return this.items[this.index] ?? null;
  }

  /** What a key judges: the marked rows, else the current one. */
  get chosen(): string[] {
    if (this.marked.size > 0) return [...this.marked];
    return this.item ? [this.item.id] : [];
  }

  /** Reads how many wait, and nothing else. */
  async count() {
    this.#takeCounts((await this.#desk.host.suggestions(null, 0, 0)).counts);
  }

  async start() {
    if (this.state === "idle" || this.state === "failed" || this.#outdated) await this.refresh();
  }

  async filter(kind: IdentifierKind | null) {
    this.kind = kind;
    this.items = [];
    this.marked = new Set();
    this.current = null;
    this.state = "busy";
    await this.refresh();
  }

  /** Something else changed what waits: read again, at once where it is looked at. */
  outdate() {
    this.#outdated = true;
    this.matches = this.#desk.room === "review" && this.tab === "matches" ? this.matches : null;
    if (this.#pending > 0) return;
    if (this.#desk.room === "review") void this.refresh();
    else void this.#desk.attempt(() => this.count());
  }

  /** Reads again what is loaded, and stays on the row. */
  async refresh() {
    this.#version += 1;
    const version = this.#version;
    this.#outdated = false;
    if (this.items.length === 0) this.state = "busy";
    try {
      const wanted = Math.max(CHUNK, Math.min(1000, this.items.length));
      const list = await this.#desk.host.suggestions(this.kind, wanted, 0);
      if (version !== this.#version) return;
      this.#takeCounts(list.counts);
      const index = Math.max(0, this.index);
      this.items = list.suggestions;
      this.total = list.total;
      const known = new Set(this.items.map(({ id }) => id));
      this.marked = new Set([...this.marked].filter((id) => known.has(id)));
      if (this.current === null || !known.has(this.current))
        this.current = this.items[Math.min(index, this.items.length - 1)]?.id ?? null;
      this.error = null;
      this.state = "done";
    } catch (thrown) {
      if (version !== this.#version) return;
      this.error = errorView(thrown);
      this.state = "failed";
    }
  }

  /** Fetches what comes after the loaded rows. */
  async more() {
    if (this.#fetching || this.items.length >= this.total) return;
    this.#fetching = true;
    const version = this.#version;
    try {
      // What is judged but not carried out yet would shift the rows.
      await this.#judging;
      const list = await this.#desk.host.suggestions(this.kind, CHUNK, this.items.length);
      if (version !== this.#version) return;
      const known = new Set(this.items.map(({ id }) => id));
      this.items = [...this.items, ...list.suggestions.filter(({ id }) => !known.has(id))];
      this.total = Math.max(list.total, this.items.length);
      if (list.suggestions.length === 0) this.total = this.items.length;
    } finally {
      this.#fetching = false;
    }
  }

  move(to: number) {
    const at = Math.max(0, Math.min(this.items.length - 1, to));
    this.current = this.items[at]?.id ?? null;
    if (at > this.items.length - CHUNK / 4) void this.#desk.attempt(() => this.more());
    return at;
  }

  toggle(id: string) {
    const marked = new Set(this.marked);
    if (!marked.delete(id)) marked.add(id);
    this.marked = marked;
  }

  /** Marks all of the filter, also those that are not on screen; a second time none. */
  async markAll() {
    if (this.marked.size === this.total && this.total > 0) {
      this.marked = new Set();
      return;
    }
    while (this.items.length < this.total) {
      const before = this.items.length;
      await this.more();
      if (this.items.length === before) break;
    }
    this.marked = new Set(this.items.map(({ id }) => id));
  }

  /** Judges the marked rows, else the current one; the next row is then the current one. */
  judge(verdict: Verdict, into: string | null = null): Promise<Change | null> {
    const ids = this.chosen;
    if (ids.length === 0) return Promise.resolve(null);
    this.#takeOut(ids, verdict);
    this.#pending += 1;
    this.#version += 1;
    const { host } = this.#desk;
    const run = () =>
      this.#desk.act(() => {
        if (verdict === "accept") return host.acceptSuggestions(ids, into);
        return verdict === "reject" ? host.rejectSuggestions(ids) : host.ignoreSuggestions(ids);
      });
    const judged = this.#judging.then(run).finally(() => {
      this.#pending -= 1;
      // Only when no other waits: what is known of the rows may have changed with these.
      if (this.#pending === 0) void this.refresh();
    });
    this.#judging = judged;
    return judged;
  }

  async readMatches() {
    this.matchesBusy = true;
    await this.#desk.attempt(async () => {
      this.matches = await this.#desk.host.entityMatches(null, PAIRS);
    });
    this.matchesBusy = false;
    this.pair = Math.min(this.pair, Math.max(0, (this.matches?.length ?? 0) - 1));
  }

  /** Takes a pair out of the list, because it was judged. */
  dropMatch(match: Match) {
    this.matches = (this.matches ?? []).filter((one) => one !== match);
    this.pair = Math.min(this.pair, Math.max(0, this.matches.length - 1));
  }

  #takeOut(ids: readonly string[], verdict: Verdict) {
    const gone = new Set(ids);
    const values = new Set(this.items.filter(({ id }) => gone.has(id)).map(value));
    const goes = (item: SuggestionView) =>
      gone.has(item.id) || (verdict === "never" && values.has(value(item)));
    const { index } = this;
    const rest = this.items.filter((item) => !goes(item));
    const next = this.items.slice(index + 1).find((item) => !goes(item)) ?? rest.at(-1);
    for (const item of this.items.filter(goes)) {
      this.counts.set(item.kind, Math.max(0, (this.counts.get(item.kind) ?? 0) - 1));
      this.total = Math.max(0, this.total - 1);
    }
    this.current = this.item && !goes(this.item) ? this.current : (next?.id ?? null);
    this.items = rest;
    this.marked = new Set();
    if (rest.length < CHUNK / 4 && rest.length < this.total) void this.#desk.attempt(() => this.more());
  }

  #takeCounts(counts: readonly [IdentifierKind, number][]) {
    this.counts.clear();
    for (const [kind, count] of counts) this.counts.set(kind, count);
  }
}

const value = ({ kind, normal }: SuggestionView) => `${kind}:${normal}`;
