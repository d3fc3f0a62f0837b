/** What the field of the statement sheet offers for what is typed: known entities, new ones of a type, links of a type. */
import type { Entity } from "../bindings/Entity";
import type { EntityType } from "../bindings/EntityType";
import type { Chosen } from "./draft";
import type { Facts } from "./facts.svelte";
import type { Types } from "./schema";

export interface Offered {
  /** The type that a known or new entity must be, or extend; null is any. */
  range: string | null;
  /** Links can be chosen too. */
  links: boolean;
}

/** New ones of a type and links, by what is typed; what was used last comes first. */
export function newOnes(text: string, { range, links }: Offered, { types, recentTypes }: Facts): Chosen[] {
  const words = text.trim().toLowerCase();
  const place = (name: string) => {
    const at = recentTypes.indexOf(name);
    return at < 0 ? recentTypes.length : at;
  };
  const found = types
    .offered(false)
    .filter(({ name }) => range === null || types.isA(name, range))
    .map((type) => ({ type, rank: rank(words, [type.nl, type.en, type.name]) }));
  const joins = (links ? types.offered(true) : []).map((type) => ({
    type,
    rank: rank(words, [type.nl, type.en, type.name, ...verbs(types, type)]),
  }));
  const named = [...found, ...joins].filter((one) => one.rank !== null);
  // What is typed may be a name rather than a type: then any of the types can have it.
  const all = named.length > 0 ? named : found.map(({ type }) => ({ type, rank: 0 }));
  all.sort(
    (one, other) => (one.rank ?? 0) - (other.rank ?? 0) || place(one.type.name) - place(other.type.name),
  );
  const name = named.length > 0 && links ? "" : text.trim();
  return all.map(({ type }) =>
    types.isLink(type.name) ? { kind: "link", type: type.name } : { kind: "new", type: type.name, name },
  );
}

/** Known entities that fit where something is asked for; those used last when nothing is typed. */
export function knownOnes(
  found: readonly Entity[],
  text: string,
  { range }: Offered,
  facts: Facts,
): Chosen[] {
  const fits = ({ type }: Entity) =>
    !facts.types.isLink(type) && (range === null || facts.types.isA(type, range));
  const recent = text.trim() === "" ? facts.recentEntities.filter(fits) : [];
  const others = found.filter((entity) => fits(entity) && !recent.some(({ id }) => id === entity.id));
  return [...recent, ...others].map((entity) => ({ kind: "entity", entity }));
}

/** How well a name fits: 0 it begins with the words, 1 one of its words does, null it does not. */
function rank(words: string, names: readonly string[]): number | null {
  if (words === "") return 0;
  const lower = names.map((name) => name.toLowerCase());
  if (lower.some((name) => name.startsWith(words))) return 0;
  return lower.some((name) => name.split(/\s+/).some((word) => word.startsWith(words))) ? 1 : null;
}

function verbs(types: Types, type: EntityType): string[] {
  const ends = types.ends(type.name);
  return ends ? [ends.nl, ends.en] : [];
}
