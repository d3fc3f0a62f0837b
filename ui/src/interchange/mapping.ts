/** The making of a mapping: what can be changed of it, and what is still wrong with it. */
import type { MappedEntity } from "../bindings/MappedEntity";
import type { MappedLink } from "../bindings/MappedLink";
import type { MappedProperty } from "../bindings/MappedProperty";
import type { Mapping } from "../bindings/Mapping";
import type { Property } from "../bindings/Property";
import type { Types } from "../entities/schema";

/** What entities and links of a mapping have in common. */
export type Mapped = Pick<MappedEntity, "type" | "key" | "properties">;

/** What keeps a mapping from being tried; each is about one entity or link, by its place, or about the whole. */
export type MappingProblem =
  | { problem: "nothing" }
  | { problem: "entity_name" | "entity_name_twice" | "entity_type" | "entity_key"; entity: number }
  | { problem: "link_type" | "link_end" | "reversal"; link: number }
  | { problem: "property"; entity?: number; link?: number };

export function problems(mapping: Mapping): MappingProblem[] {
  const found: MappingProblem[] = [];
  if (mapping.entities.length === 0) found.push({ problem: "nothing" });
  const names = mapping.entities.map(({ name }) => name);
  mapping.entities.forEach(({ name, type, key, properties }, entity) => {
    if (name.trim() === "") found.push({ problem: "entity_name", entity });
    else if (names.indexOf(name) < entity) found.push({ problem: "entity_name_twice", entity });
    if (type === "") found.push({ problem: "entity_type", entity });
    if (key.length === 0) found.push({ problem: "entity_key", entity });
    if (!whole(properties)) found.push({ problem: "property", entity });
  });
  mapping.links.forEach(({ type, source, target, reversed, properties }, link) => {
    if (type === "") found.push({ problem: "link_type", link });
    if (!names.includes(source) || !names.includes(target)) found.push({ problem: "link_end", link });
    if (reversed && (reversed.column === "" || reversed.values.length === 0))
      found.push({ problem: "reversal", link });
    if (!whole(properties)) found.push({ problem: "property", link });
  });
  return found;
}

export function complete(mapping: Mapping): boolean {
  return problems(mapping).length === 0;
}

const whole = (properties: MappedProperty[]) =>
  properties.every(({ property, column }) => property !== "" && column !== "");

/** An entity to begin with: it is told apart by the first column that nothing uses yet. */
export function newEntity(mapping: Mapping, columns: string[], type: string): MappedEntity {
  const used = new Set(columnsOf(mapping));
  const column = columns.find((column) => !used.has(column)) ?? columns[0];
  return {
    name: freeName(mapping, type),
    type,
    key: column === undefined ? [] : [column],
    properties: [],
  };
}

/** A link between the first two entities; of one, to itself. */
export function newLink(mapping: Mapping, type: string): MappedLink {
  const [first, second] = mapping.entities;
  return {
    type,
    key: [],
    source: first?.name ?? "",
    target: second?.name ?? first?.name ?? "",
    reversed: null,
    properties: [],
  };
}

/** A name that no entity of the mapping has: `person`, `person 2`. */
export function freeName(mapping: Mapping, type: string): string {
  const stem = type.charAt(0).toLowerCase() + type.slice(1);
  const names = new Set(mapping.entities.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem} ${number}`;
    if (!names.has(name)) return name;
  }
}

/** Calls an entity otherwise; links that begin or end at it follow. */
export function renameEntity(mapping: Mapping, at: number, name: string) {
  const entity = mapping.entities[at];
  if (!entity) return;
  const before = entity.name;
  const others = mapping.entities.some((other, place) => place !== at && other.name === before);
  entity.name = name;
  // Of two of the same name it cannot be told which of them a link meant.
  if (others) return;
  for (const link of mapping.links) {
    if (link.source === before) link.source = name;
    if (link.target === before) link.target = name;
  }
}

/** Takes an entity out, and the links that have an end there. */
export function dropEntity(mapping: Mapping, at: number) {
  const [dropped] = mapping.entities.splice(at, 1);
  // Another of the same name, not mended yet, keeps the links.
  if (!dropped || mapping.entities.some(({ name }) => name === dropped.name)) return;
  mapping.links = mapping.links.filter(
    ({ source, target }) => source !== dropped.name && target !== dropped.name,
  );
}

/** Gives another type. What that type cannot have said of it would be kept as an unknown property, so it is let go. */
export function retype(mapped: Mapped, type: string, types: Types) {
  const known = new Set(types.properties(type).map(({ name }) => name));
  const before = new Set(types.properties(mapped.type).map(({ name }) => name));
  mapped.type = type;
  mapped.properties = mapped.properties.filter(
    ({ property }) => known.has(property) || !before.has(property),
  );
}

/** What can be said of a type from a cell: everything but what is another entity. */
export function offered(types: Types, type: string): Property[] {
  return types.properties(type).filter(({ kind }) => kind !== "entity");
}

/** All columns that a mapping names, each once, in the order in which it names them. */
export function columnsOf({ entities, links }: Mapping): string[] {
  const all = [...entities, ...links].flatMap(({ key, properties }) => [
    ...key,
    ...properties.map(({ column }) => column),
  ]);
  all.push(...links.flatMap(({ reversed }) => (reversed ? [reversed.column] : [])));
  return [...new Set(all)].filter((column) => column !== "");
}

/** The columns that a mapping names and a table does not have. */
export function lacking(mapping: Mapping, columns: string[]): string[] {
  const there = new Set(columns);
  return columnsOf(mapping).filter((column) => !there.has(column));
}

/** Words as somebody types them, between commas. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(",").map((word) => word.trim()))].filter((word) => word !== "");
}

/** The places where a column is used, for the words above it: the entities and links, by their places. */
export interface Use {
  what: "entity" | "link";
  place: number;
  /** As a key, for a direction, or the property that it says. */
  as: "key" | "reversed" | string;
}

export function usesOf({ entities, links }: Mapping, column: string): Use[] {
  const uses: Use[] = [];
  const gather = (what: Use["what"]) => (mapped: MappedEntity | MappedLink, place: number) => {
    if (mapped.key.includes(column)) uses.push({ what, place, as: "key" });
    for (const { property, column: own } of mapped.properties)
      if (own === column && property !== "") uses.push({ what, place, as: property });
  };
  entities.forEach(gather("entity"));
  links.forEach(gather("link"));
  links.forEach(({ reversed }, place) => {
    if (reversed?.column === column) uses.push({ what: "link", place, as: "reversed" });
  });
  return uses;
}
