/** The entities of the case, filtered: the total is known, what is looked at is fetched. */
import { SvelteMap } from "svelte/reactivity";
import type { Entity } from "../bindings/Entity";
import type { EntityQuery } from "../bindings/EntityQuery";
import type { ErrorView } from "../bindings/ErrorView";
import { errorView, type Host } from "../host";
import type { Types } from "./schema";

/** Entities fetched at a time. */
export const CHUNK = 100;
/** How long typing must rest before the list follows, in milliseconds. */
const REST = 120;
/** Up to as many entities as one call hands over, the types are counted; above, that would cost more than it tells. */
const COUNTED = 1000;

export class EntityRows {
  text = $state("");
  type = $state<string | null>(null);
  links = $state(false);
  total = $state(0);
  state = $state<"idle" | "busy" | "done" | "failed">("idle");
  error = $state.raw<ErrorView | null>(null);
  readonly rows = new SvelteMap<number, Entity>();
  /** How many entities there are of each type by its own name; null where there are too many to count at once. */
  #tally = $state.raw<ReadonlyMap<string, number> | null>(null);
  /** Those that somebody marked, to do something with all of them; the first was marked first. */
  marked = $state.raw<ReadonlyMap<string, Entity>>(new Map());
  /** The row that the keyboard is on. */
  cursor = $state(-1);
  /** Rises with every wish to type in the filter. */
  filterWish = $state(0);

  readonly #host: Host;
  readonly #types: () => Types;
  #version = 0;
  #fetching = new Map<number, Promise<void>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, types: () => Types) {
    this.#host = host;
    this.#types = types;
  }

  /** How many entities each type has, those of the types that extend it among them; null where there are too many to count. */
  get counts(): ReadonlyMap<string, number> | null {
    if (this.#tally === null) return null;
    const counts = new Map<string, number>();
    for (const [type, count] of this.#tally)
      for (const { name } of this.#types().line(type)) counts.set(name, (counts.get(name) ?? 0) + count);
    return counts;
  }

  get query(): EntityQuery {
    const text = this.text.trim();
    return { type: this.type, text: text === "" ? null : text, links: this.links };
  }

  get filtered(): boolean {
    return this.text.trim() !== "" || this.type !== null;
  }

  /** The entity that the keyboard is on. */
  get current(): Entity | null {
    return this.rows.get(this.cursor) ?? null;
  }

  /** What an act is about: the marked ones, else the one that the keyboard is on. */
  get meant(): Entity[] {
    if (this.marked.size > 0) return [...this.marked.values()];
    return this.current ? [this.current] : [];
  }

  /** Fetches the beginning, where that has not been done. */
  async start() {
    if (this.state === "idle" || this.state === "failed") await this.refresh();
  }

  /** Fetches again what was there, after the case changed. */
  async refresh() {
    await Promise.all([this.#ask(false), this.#count()]);
  }

  /** Filters by words, once the typing rests. */
  typed(text: string) {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(true), REST);
  }

  async filter(change: { text?: string; type?: string | null; links?: boolean }) {
    clearTimeout(this.#timer);
    if (change.text !== undefined) this.text = change.text;
    if (change.type !== undefined) this.type = change.type;
    if (change.links !== undefined) {
      this.links = change.links;
      // A type of link has nothing to show when links are off.
      if (!this.links && this.type !== null && this.#types().isLink(this.type)) this.type = null;
    }
    await this.#ask(true);
  }

  async want(from: number, to: number) {
    const last = Math.min(to, this.total - 1);
    const wanted: Promise<void>[] = [];
    for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK <= last; chunk += 1) {
      const [first, end] = [Math.max(from, chunk * CHUNK), Math.min(last, chunk * CHUNK + CHUNK - 1)];
      if (!this.rows.has(first) || !this.rows.has(end)) wanted.push(this.#fetch(chunk));
    }
    await Promise.all(wanted);
  }

  /** Marks an entity, or takes its mark away. */
  toggle(entity: Entity) {
    const marked = new Map(this.marked);
    if (!marked.delete(entity.id)) marked.set(entity.id, entity);
    this.marked = marked;
  }

  /** Marks the rows of a span as well. */
  async span(from: number, to: number) {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    await this.want(first, last);
    const marked = new Map(this.marked);
    for (let row = first; row <= last; row += 1) {
      const entity = this.rows.get(row);
      if (entity) marked.set(entity.id, entity);
    }
    this.marked = marked;
  }

  unmark() {
    this.marked = new Map();
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  async #ask(anew: boolean) {
    const version = ++this.#version;
    this.#fetching.clear();
    if (this.state !== "done") this.state = "busy";
    try {
      const chunks = anew ? [0] : this.#held();
      const lists = await Promise.all(
        chunks.map((chunk) => this.#host.entities(this.query, CHUNK, chunk * CHUNK)),
      );
      if (version !== this.#version) return;
      this.rows.clear();
      lists.forEach(({ entities }, i) => {
        this.#put(chunks[i] ?? 0, entities);
      });
      this.total = lists[0]?.total ?? 0;
      this.cursor = anew ? -1 : Math.min(this.cursor, this.total - 1);
      this.state = "done";
      this.error = null;
    } catch (thrown) {
      if (version === this.#version) this.#fail(thrown);
    }
  }

  /** The chunks that are there; three cover any screen. */
  #held(): number[] {
    const chunks = new Set([...this.rows.keys()].map((row) => Math.floor(row / CHUNK)));
    chunks.add(0);
    return [...chunks].sort((a, b) => a - b).slice(0, 3);
  }

  #fetch(chunk: number): Promise<void> {
    const under = this.#fetching.get(chunk);
    if (under) return under;
    const version = this.#version;
    const fetching = this.#host
      .entities(this.query, CHUNK, chunk * CHUNK)
      .then(({ total, entities }) => {
        if (version !== this.#version) return;
        this.total = total;
        this.#put(chunk, entities);
      })
      .catch((thrown) => {
        if (version === this.#version) this.#fail(thrown);
      })
      .finally(() => {
        if (version === this.#version) this.#fetching.delete(chunk);
      });
    this.#fetching.set(chunk, fetching);
    return fetching;
  }

  #put(chunk: number, entities: Entity[]) {
    entities.forEach((entity, i) => {
      this.rows.set(chunk * CHUNK + i, entity);
      // What was marked before may be called otherwise now.
      if (this.marked.has(entity.id)) this.marked = new Map(this.marked).set(entity.id, entity);
    });
  }

  #fail(thrown: unknown) {
    this.error = errorView(thrown);
    this.state = "failed";
  }

  async #count() {
    try {
      const { total, entities } = await this.#host.entities(
        { type: null, text: null, links: true },
        COUNTED,
        0,
      );
      if (total > entities.length) {
        this.#tally = null;
        return;
      }
      const tally = new Map<string, number>();
      for (const { type } of entities) tally.set(type, (tally.get(type) ?? 0) + 1);
      this.#tally = tally;
      // Whatever is gone, merged into another or withdrawn, is not marked any more.
      const there = new Set(entities.map(({ id }) => id));
      const marked = [...this.marked].filter(([id]) => there.has(id));
      if (marked.length < this.marked.size) this.marked = new Map(marked);
    } catch {
      // The list itself says what is wrong; without counts the types are still there to choose.
      this.#tally = null;
    }
  }
}
