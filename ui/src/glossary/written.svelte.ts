/** What words mean in texts that people wrote: values, notes on a chart, definitions. Asked for together, and kept until the glossary changes. */
import { SvelteMap } from "svelte/reactivity";
import type { TextSenses } from "../bindings/TextSenses";
import type { WrittenText } from "../bindings/WrittenText";
import type { Host } from "../host";

/** So many texts are asked for at once; the shell answers no more. */
const MOST = 200;

const name = ({ text, organisation }: WrittenText) => `${organisation} ${text}`;

export class WrittenSenses {
  /** Rises when what is known is out of date: texts on screen ask again. */
  version = $state(0);

  readonly #host: Host;
  readonly #lens: () => string;
  readonly #known = new SvelteMap<string, TextSenses>();
  #asked = new Set<string>();
  #waiting: WrittenText[] = [];

  constructor(host: Host, lens: () => string) {
    this.#host = host;
    this.#lens = lens;
  }

  /** The words of a text of an organisation; none until they are known. */
  of(text: WrittenText): TextSenses | null {
    return this.#known.get(name(text)) ?? null;
  }

  /** Has the words of a text read, once. */
  async want(text: WrittenText) {
    const key = name(text);
    if (text.text.trim() === "" || this.#asked.has(key)) return;
    this.#asked.add(key);
    this.#waiting.push(text);
    // All that come on screen at once are one question.
    if (this.#waiting.length === 1) await Promise.resolve().then(() => this.#ask());
  }

  /** The glossary, or the eyes that it is read through, changed. What is shown stays until it is read again. */
  outdate() {
    this.#asked = new Set();
    this.version += 1;
  }

  async #ask() {
    const { version } = this;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let first = 0; first < waiting.length; first += MOST) {
      const texts = waiting.slice(first, first + MOST);
      const found = await this.#host.textSenses(texts, this.#lens());
      if (version !== this.version) return;
      for (const [n, text] of texts.entries()) {
        const senses = found[n];
        if (senses) this.#known.set(name(text), senses);
      }
    }
  }
}
