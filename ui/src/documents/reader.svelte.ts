/** The open document: its pages as they are fetched, the matches in it, and which of them is current. */
import { SvelteMap } from "svelte/reactivity";
import type { Document } from "../bindings/Document";
import type { DocumentView } from "../bindings/DocumentView";
import type { ErrorView } from "../bindings/ErrorView";
import type { Evidence } from "../bindings/Evidence";
import type { Page } from "../bindings/Page";
import type { Passage } from "../bindings/Passage";
import type { SenseAsk } from "../bindings/SenseAsk";
import type { Statement } from "../bindings/Statement";
import { errorView, type Host } from "../host";
import { Senses } from "./senses.svelte";

/** Pages fetched at a time. */
export const BLOCK = 4;

/** One highlighted place, in characters of its page. */
export interface Match {
  page: number;
  start: number;
  end: number;
}

export class Reader {
  /** The document being opened or open. */
  id = $state<string | null>(null);
  view = $state.raw<DocumentView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  matches = $state.raw<Match[]>([]);
  current = $state(0);
  /** Rises with every wish to see the current match, also when it is the same one. */
  wish = $state(0);
  /** The place that somebody marked to state something of it. */
  marked = $state.raw<Match | null>(null);
  /** What has been stated of passages of the open document, in reading order. */
  statements = $state.raw<readonly Statement[]>([]);
  readonly pages = new SvelteMap<number, Page>();
  /** The words of the glossary in it. */
  readonly senses: Senses;

  /** The first page on screen. */
  firstSeen: () => number = () => 1;

  readonly #host: Host;
  #opening = 0;
  #fetching = new Set<number>();
  query = $state<string | null>(null);
  /** The passage that is highlighted instead of matches. */
  #passage: Passage | null = null;
  /** How the words of the query were looked for: the same places are marked. */
  #asked: SenseAsk | null = null;

  constructor(host: Host, lens: () => string | null = () => null) {
    this.#host = host;
    this.senses = new Senses(host, lens);
  }

  get document(): Document | null {
    return this.view?.document ?? null;
  }

  /** The marked place, else the current match, with its words; null as long as its page is not there. */
  get passage(): Evidence | null {
    const place = this.marked ?? this.matches[this.current];
    const text = place && this.pages.get(place.page)?.text;
    if (!place || text === undefined || this.id === null) return null;
    const quote = [...text].slice(place.start, place.end).join("");
    return { document: this.id, page: place.page, start: place.start, end: place.end, quote };
  }

  /** Opens a document, at a passage where one is given, else at its first match or its beginning. */
  async open(
    id: string,
    query: string | null,
    passage: Passage | null = null,
    senses: SenseAsk | null = null,
  ) {
    const same = JSON.stringify(senses) === JSON.stringify(this.#asked);
    if (id === this.id && query === this.query && same && this.view && !this.#passage) {
      this.#goTo(passage);
      return;
    }
    this.close();
    this.id = id;
    this.query = query;
    this.#asked = senses;
    this.senses.begin(id);
    await this.#fetch(passage);
  }

  /** Opens a document with this passage highlighted, and nothing else. One that is open already is not read again. */
  async show(id: string, passage: Passage) {
    this.marked = null;
    if (id === this.id && this.view) {
      this.query = null;
      this.#passage = passage;
      this.matches = flatten([passage]);
      this.#goTo(passage);
      return;
    }
    this.close();
    this.id = id;
    this.#passage = passage;
    this.senses.begin(id);
    await this.#fetch(passage);
  }

  /** Fetches the open document anew, after it changed, and stays where it is. */
  async refresh() {
    if (this.id === null) return;
    const { current, wish } = this;
    await this.#fetch(null);
    this.current = Math.min(current, Math.max(0, this.matches.length - 1));
    this.wish = wish;
  }

  close() {
    this.#opening += 1;
    this.#fetching.clear();
    this.id = null;
    this.query = null;
    this.#asked = null;
    this.senses.begin(null);
    this.#passage = null;
    this.view = null;
    this.error = null;
    this.matches = [];
    this.current = 0;
    this.marked = null;
    this.statements = [];
    this.pages.clear();
  }

  step(by: 1 | -1) {
    const count = this.matches.length;
    if (count === 0) return;
    this.current = (this.current + by + count) % count;
    this.wish += 1;
  }

  /** Reads what has been stated of the open document. */
  async readStatements() {
    const { id } = this;
    if (id === null) return;
    const found = await this.#host.statementsIn(id);
    if (id === this.id) this.statements = found;
  }

  /** Sees to it that a page is fetched, with its neighbours. */
  async want(number: number) {
    const block = Math.floor((number - 1) / BLOCK);
    if (this.id === null || this.pages.has(number) || this.#fetching.has(block)) return;
    this.#fetching.add(block);
    const opening = this.#opening;
    const last = Math.min((block + 1) * BLOCK, this.document?.pages ?? number);
    try {
      const pages = await this.#host.documentPages(this.id, block * BLOCK + 1, last);
      if (opening !== this.#opening) return;
      for (const page of pages) this.pages.set(page.number, page);
    } catch (thrown) {
      if (opening !== this.#opening) return;
      this.error = errorView(thrown);
    } finally {
      if (opening === this.#opening) this.#fetching.delete(block);
    }
  }

  /** Opens the card of the next or previous word with several meanings; false when the document has none. */
  async stepSense(by: 1 | -1): Promise<boolean> {
    const page = this.firstSeen();
    // Of the page that is seen, its first word; or, backwards, the last one before it.
    const from = this.marked ?? this.matches[this.current] ?? { page, start: 0, end: 0 };
    return this.senses.step(by, from, this.document?.pages ?? 0);
  }

  /** Sees to it that the words of the glossary on a page are known, with those of its neighbours. */
  async wantSenses(number: number) {
    const first = number - ((number - 1) % BLOCK);
    await this.senses.want(first, Math.min(first + BLOCK - 1, this.document?.pages ?? number));
  }

  async #fetch(passage: Passage | null) {
    this.#opening += 1;
    const opening = this.#opening;
    if (this.id === null) return;
    try {
      const view = await this.#host.openDocument(this.id, this.query, this.#asked);
      if (opening !== this.#opening) return;
      this.#fetching.clear();
      this.error = null;
      this.view = view;
      this.matches = flatten(this.#passage ? [this.#passage] : view.matches);
      this.#goTo(passage);
    } catch (thrown) {
      if (opening === this.#opening) this.error = errorView(thrown);
    }
  }

  #goTo(passage: Passage | null) {
    const at = passage ? this.matches.findIndex((match) => within(match, passage)) : 0;
    this.current = Math.max(0, at);
    this.wish += 1;
  }
}

function within(match: Match, passage: Passage): boolean {
  return match.page === passage.page && match.start >= passage.start && match.start < passage.end;
}

/** The highlights of all passages in reading order; passages may overlap, a highlight counts once. */
export function flatten(passages: Passage[]): Match[] {
  const seen = new Map<string, Match>();
  for (const { page, highlights } of passages) {
    for (const [start, end] of highlights) seen.set(`${page}:${start}:${end}`, { page, start, end });
  }
  return [...seen.values()].sort((a, b) => a.page - b.page || a.start - b.start);
}
