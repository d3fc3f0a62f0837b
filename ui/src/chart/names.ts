/** Names of types in the language of the window. A type that the schema does not have is shown as it is. */
import type { EntityType } from "../bindings/EntityType";
import type { Schema } from "../bindings/Schema";
import { preferences } from "../workspace/preferences.svelte";

export function typeNamed(schema: Schema | null, kind: string): EntityType | undefined {
  return schema?.types.find(({ name }) => name === kind);
}

export function typeName(schema: Schema | null, kind: string): string {
  const type = typeNamed(schema, kind);
  return type ? type[preferences.language] : kind;
}

export function typePlural(schema: Schema | null, kind: string): string {
  const type = typeNamed(schema, kind);
  return type ? type[`${preferences.language}_plural`] : kind;
}

/** What stands between the ends of a link of this type: `is eigenaar van`. */
export function linkWords(schema: Schema | null, kind: string): string {
  return typeNamed(schema, kind)?.link?.[preferences.language] ?? typeName(schema, kind);
}

const own = (type: EntityType) => !type.abstract;

/** Types of entity that somebody can choose, by name. */
export function entityTypes(schema: Schema | null): EntityType[] {
  return (schema?.types ?? []).filter((type) => own(type) && type.link === null);
}

export function linkTypes(schema: Schema | null): EntityType[] {
  return (schema?.types ?? []).filter((type) => own(type) && type.link !== null);
}

/** A type with everything that it extends. */
export function lineage(schema: Schema | null, kind: string): Set<string> {
  const all = new Set<string>();
  const visit = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    for (const parent of typeNamed(schema, name)?.extends ?? []) visit(parent);
  };
  visit(kind);
  return all;
}

/** The property that names an entity of this type, and the words that stand first in its caption. */
export function captionProperty(schema: Schema | null, kind: string): string {
  return typeNamed(schema, kind)?.caption[0] ?? "name";
}

/** Whether a link of this type may run between entities of these types, as far as the schema says. */
export function fits(schema: Schema | null, link: EntityType, source: string, target: string): boolean {
  const range = (end: string | undefined) =>
    [...lineage(schema, link.name)]
      .flatMap((name) => typeNamed(schema, name)?.properties ?? [])
      .find(({ name }) => name === end)?.range ?? null;
  const suits = (kind: string, wanted: string | null) => wanted === null || lineage(schema, kind).has(wanted);
  return suits(source, range(link.link?.source)) && suits(target, range(link.link?.target));
}
