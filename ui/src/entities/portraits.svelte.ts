/** Photos of entities, as they are drawn: asked for when one comes on screen, a few at a time, and kept as long as there is room. */
import type { Host } from "../host";

/** So many are asked for at once: each may be a picture that has to be made small. */
const AT_ONCE = 2;
/** So many are kept: a quarter of a megabyte each. */
const KEPT = 600;

export class Portraits {
  /** Goes up with each that comes: who draws them draws anew. */
  arrived = $state(0);
  readonly #host: Pick<Host, "portrait">;
  /** What came; null where none can be had, which its page says. */
  readonly #known = new Map<string, ImageBitmap | null>();
  #waiting: string[] = [];
  #asked = new Set<string>();
  #gone = false;

  constructor(host: Pick<Host, "portrait">) {
    this.#host = host;
  }

  /** The photo of a picture document; null as long as it has not come. */
  of(document: string): ImageBitmap | null {
    const known = this.#known.get(document);
    if (known !== undefined) return known;
    if (!this.#asked.has(document) && !this.#waiting.includes(document)) this.#waiting.push(document);
    // Whoever asked last is looked at now; what nobody waits for any more is left out.
    if (this.#waiting.length > KEPT) this.#waiting = this.#waiting.slice(-KEPT);
    this.#next();
    return null;
  }

  dispose() {
    this.#gone = true;
    this.#waiting = [];
    for (const picture of this.#known.values()) picture?.close();
    this.#known.clear();
  }

  #next() {
    while (!this.#gone && this.#asked.size < AT_ONCE) {
      const document = this.#waiting.shift();
      if (document === undefined) return;
      this.#asked.add(document);
      void this.#ask(document);
    }
  }

  async #ask(document: string) {
    let picture: ImageBitmap | null = null;
    try {
      const bytes = await this.#host.portrait(document);
      picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    } catch {
      // Without it the node has its icon.
    }
    this.#asked.delete(document);
    if (this.#gone) {
      picture?.close();
      return;
    }
    this.#known.set(document, picture);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) {
      this.#known.get(oldest)?.close();
      this.#known.delete(oldest);
    }
    this.arrived += 1;
    this.#next();
  }
}
