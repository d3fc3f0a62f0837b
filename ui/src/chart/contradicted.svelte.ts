/**
 * What organisations say otherwise of one thing, for the list beside the chart. It is read only of what is listed: whoever reads an entity is
 * kept for the auditor.
 */
import { SvelteMap } from "svelte/reactivity";
import type { EntityView } from "../bindings/EntityView";
import type { Desk } from "../frame/desk.svelte";

/** A property of which organisations say different things. */
export interface Clash {
  property: string;
  /** What is said, each with the codes of the organisations that say so, sorted. */
  values: readonly { value: string; organisations: readonly string[] }[];
}

/** The contradictions between organisations: two values that the same organisations say are none. */
export function clashes({ contradictions, statements }: EntityView): Clash[] {
  const said = (ids: readonly string[]) => {
    const codes = statements.filter(({ id }) => ids.includes(id)).map(({ organisation }) => organisation);
    return [...new Set(codes)].sort();
  };
  return contradictions
    .map(({ property, values }) => ({
      property,
      values: values.map(([value, ids]) => ({ value, organisations: said(ids) })),
    }))
    .filter(({ values }) => new Set(values.map(({ organisations }) => organisations.join())).size > 1);
}

export class Contradicted {
  readonly #desk: Desk;
  readonly #views = new SvelteMap<string, EntityView>();
  /** How many acts upon facts there had been when what is known was read. */
  #as = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** What was read of an entity or a link; null as long as it was not. */
  of(id: string): EntityView | null {
    return this.#views.get(id) ?? null;
  }

  /** Reads those of these that are not known, or that something else was said of since. */
  async read(ids: readonly string[]) {
    const { factsChanged, changedEntities, host } = this.#desk;
    if (factsChanged > this.#as + 1) this.#views.clear();
    else if (factsChanged > this.#as) for (const id of changedEntities) this.#views.delete(id);
    this.#as = factsChanged;
    for (const id of ids) if (!this.#views.has(id)) this.#views.set(id, await host.entity(id));
  }

  clear() {
    this.#views.clear();
  }
}
