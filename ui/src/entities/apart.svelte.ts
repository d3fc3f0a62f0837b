/**
 * What tells entities of the same name apart. It is read only of those that are called alike: whoever reads an entity is kept for the
 * auditor, and the others are known by their names.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Entity } from "../bindings/Entity";
import type { EntityView } from "../bindings/EntityView";
import type { Host } from "../host";
import { grouped } from "./page";
import { TYPE, type Types } from "./schema";

/** What is said of one entity and not of all others of its name, and who says anything of it. */
export interface Telling {
  /** The type of what is told apart, by its name. */
  type: string;
  /** Properties with their values as they were stated, the most telling first. */
  says: readonly { property: string; value: string }[];
  /** Codes of the organisations that statements of it are asserted for. */
  organisations: readonly string[];
}

/** An entity as far as it is needed to see which others are called alike. */
export type Named = Pick<Entity, "id" | "label">;

/** So many properties are told. */
const MOST = 2;

export class Apart {
  readonly #host: Host;
  readonly #types: () => Types;
  readonly #views = new SvelteMap<string, EntityView>();
  /** What was called alike when it was looked at, by the name. */
  readonly #alike = new SvelteMap<string, readonly string[]>();

  constructor(host: Host, types: () => Types) {
    this.#host = host;
    this.#types = types;
  }

  /** Reads what is needed to tell these apart, as far as they are called alike and it is not known yet. */
  async look(entities: readonly Named[]) {
    const names = new Map<string, Named[]>();
    for (const entity of entities) names.set(called(entity), [...(names.get(called(entity)) ?? []), entity]);
    for (const [name, alike] of names) {
      if (alike.length < 2) continue;
      const missing = alike.filter(({ id }) => !this.#views.has(id));
      const views = await Promise.all(missing.map(({ id }) => this.#host.entity(id)));
      for (const [at, view] of views.entries()) this.#views.set(missing[at]?.id ?? view.entity.id, view);
      const known = this.#alike.get(name) ?? [];
      this.#alike.set(name, [...new Set([...known, ...alike.map(({ id }) => id)])]);
    }
  }

  /** What tells an entity apart from the others of its name; null where there are none, or it was not looked at yet. */
  of(entity: Named): Telling | null {
    const view = this.#views.get(entity.id);
    const alike = this.#alike.get(called(entity));
    if (!view || !alike) return null;
    const others = alike.flatMap((id) => (id === entity.id ? [] : (this.#views.get(id) ?? [])));
    return telling(view, others, this.#types());
  }

  /** What was read may be said otherwise by now. */
  forget() {
    this.#views.clear();
    this.#alike.clear();
  }
}

/** Names that differ only in capitals and spaces are taken for one another. */
function called({ label }: Named): string {
  return label.toLowerCase().replace(/\s+/g, " ").trim();
}

export function telling(view: EntityView, others: readonly EntityView[], types: Types): Telling {
  const { entity, statements } = view;
  const said = (one: EntityView, property: string) =>
    one.statements.flatMap((statement) =>
      statement.property === property && "text" in statement.value ? [statement.value.text] : [],
    );
  const rank = (property: string) => {
    const known = types.property(entity.type, property);
    return known?.identifying ? 0 : known?.single ? 1 : 2;
  };
  const says = grouped(view, types)
    .filter(({ property }) => property !== TYPE)
    .flatMap(({ property, values }) =>
      values
        .filter((group) => !group.entity && called({ ...entity, label: group.value }) !== called(entity))
        .filter(({ value }) => !others.every((other) => said(other, property).includes(value)))
        .slice(0, 1)
        .map(({ value }) => ({ property, value })),
    )
    .sort((one, other) => rank(one.property) - rank(other.property))
    .slice(0, MOST);
  const organisations = [...new Set(statements.map(({ organisation }) => organisation))].sort();
  return { type: entity.type, says, organisations };
}
