/** The words of the glossary in the open document, page by page as they are seen, and the word whose card is open. */
import { SvelteMap } from "svelte/reactivity";
import type { Card } from "../bindings/Card";
import type { MarkedWord } from "../bindings/MarkedWord";
import type { PageSenses } from "../bindings/PageSenses";
import type { Host } from "../host";
import type { Match } from "./reader.svelte";

/** Pages asked for at a time when the next word is looked for; the shell answers no more at once. */
const AHEAD = 50;

/** A word of the glossary where it stands, with its card. */
export interface Sensed {
  place: Match;
  /** Code of the organisation whose document it is. */
  organisation: string;
  mark: MarkedWord;
  card: Card;
}

export class Senses {
  readonly pages = new SvelteMap<number, PageSenses>();
  /** The word whose card is open. */
  at = $state.raw<Match | null>(null);
  /** Whether it was opened on purpose: then it stays until it is closed. */
  kept = $state(false);
  /** Rises with every word that was gone to by key, to bring it into view. */
  wish = $state(0);
  /** Rises when what is known is out of date: pages on screen ask again. */
  version = $state(0);

  readonly #host: Host;
  readonly #lens: () => string | null;
  #document: string | null = null;
  #fetched = new Set<string>();

  constructor(host: Host, lens: () => string | null) {
    this.#host = host;
    this.#lens = lens;
  }

  /** Begins with another document; none is a closed one. */
  begin(document: string | null) {
    if (document !== this.#document) this.close();
    this.#document = document;
    this.pages.clear();
    this.outdate();
  }

  /** The glossary, or the eyes that it is read through, changed. What is shown stays until it is read again. */
  outdate() {
    this.#fetched = new Set();
    this.version += 1;
  }

  /** Reads the words of these pages, once. */
  async want(from: number, to: number) {
    const [document, version] = [this.#document, this.version];
    const name = `${from}-${to}`;
    if (document === null || to < from || this.#fetched.has(name)) return;
    this.#fetched.add(name);
    const found = await this.#host.pageSenses(document, from, to, this.#lens());
    if (document !== this.#document || version !== this.version) return;
    for (const page of found) this.pages.set(page.page, page);
  }

  /** The word at a place. */
  find({ page, start }: Match): Sensed | null {
    const senses = this.pages.get(page);
    const mark = senses?.words.find((word) => word.start === start);
    const card = mark && senses?.cards[mark.card];
    if (!senses || !mark || !card) return null;
    const place = { page, start: mark.start, end: mark.end };
    return { place, organisation: senses.organisation, mark, card };
  }

  /** The word whose card is open. */
  get open(): Sensed | null {
    return this.at && this.find(this.at);
  }

  show(place: Match, kept: boolean) {
    this.at = place;
    this.kept = kept;
  }

  close() {
    this.at = null;
    this.kept = false;
  }

  /** Opens the card of the next or previous word with several meanings, round the document; false when it has none. */
  async step(by: 1 | -1, from: Match, last: number): Promise<boolean> {
    const start = this.at ?? from;
    for (let n = 0; n <= last; n += 1) {
      const page = ((((start.page - 1 + by * n) % last) + last) % last) + 1;
      if (!this.pages.has(page)) {
        const first = page - ((page - 1) % AHEAD);
        await this.want(first, Math.min(last, first + AHEAD - 1));
      }
      const words = this.pages.get(page)?.words.filter(({ ambiguous }) => ambiguous) ?? [];
      // On the page where it began: only what lies beyond, and when it comes round again, all.
      const beyond = n === 0 ? words.filter((word) => ahead(word, start, by)) : words;
      const found = by > 0 ? beyond[0] : beyond.at(-1);
      if (!found) continue;
      this.show({ page, start: found.start, end: found.end }, true);
      this.wish += 1;
      return true;
    }
    return false;
  }
}

function ahead(word: MarkedWord, start: Match, by: 1 | -1): boolean {
  return by > 0 ? word.start >= start.end : word.end <= start.start;
}
