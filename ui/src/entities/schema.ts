/** The types of entity and link with what they inherit, and their names in the language of the window. */
import type { Ends } from "../bindings/Ends";
import type { EntityType } from "../bindings/EntityType";
import type { Property } from "../bindings/Property";
import type { Schema } from "../bindings/Schema";
import { t } from "../locale/text";
import { preferences } from "../workspace/preferences.svelte";

/** The property that says what type an entity has. */
export const TYPE = "type";

/** The property that gives an entity its portrait; its evidence is the picture document. */
export const PHOTO = "photo";

export class Types {
  readonly all: readonly EntityType[];
  readonly #known: ReadonlyMap<string, EntityType>;

  /** What types are called where an organisation calls them otherwise, by their names. */
  readonly #labels: Readonly<Record<string, string>>;

  constructor(schema: Schema, labels: Readonly<Record<string, string>> = {}) {
    this.all = schema.types;
    this.#labels = labels;
    this.#known = new Map(schema.types.map((type) => [type.name, type]));
  }

  find(name: string): EntityType | null {
    return this.#known.get(name) ?? null;
  }

  /** The type, its parents, theirs, and so on: each once, the nearest first. */
  line(name: string): EntityType[] {
    const line = [...(this.#known.has(name) ? [name] : [])];
    for (let next = 0; next < line.length; next += 1) {
      for (const parent of this.#known.get(line[next] ?? "")?.extends ?? [])
        if (this.#known.has(parent) && !line.includes(parent)) line.push(parent);
    }
    return line.flatMap((one) => this.#known.get(one) ?? []);
  }

  isA(name: string, ancestor: string): boolean {
    return name === ancestor || this.line(name).some((type) => type.name === ancestor);
  }

  /** What can be said of a type: its own properties first, the ends of a link left out. */
  properties(name: string): Property[] {
    const found = new Map<string, Property>();
    for (const property of this.line(name).flatMap((type) => type.properties))
      if (!found.has(property.name)) found.set(property.name, property);
    const ends = this.ends(name);
    return [...found.values()].filter((one) => one.name !== ends?.source && one.name !== ends?.target);
  }

  property(name: string, property: string): Property | null {
    for (const type of this.line(name)) {
      const found = type.properties.find((one) => one.name === property);
      if (found) return found;
    }
    return null;
  }

  /** What a link of this type joins; null where it is not a link. */
  ends(name: string): Ends | null {
    return this.line(name).find((type) => type.link)?.link ?? null;
  }

  /** Whether a link of this type may run between entities of these types, as far as the schema says. */
  fits(link: string, source: string, target: string): boolean {
    const ends = this.ends(link);
    const suits = (type: string, end: string | undefined) => {
      const range = end === undefined ? null : (this.property(link, end)?.range ?? null);
      return range === null || this.isA(type, range);
    };
    return suits(source, ends?.source) && suits(target, ends?.target);
  }

  isLink(name: string): boolean {
    return this.ends(name) !== null;
  }

  /** The properties that an entity of this type is called by, the best first. */
  caption(name: string): readonly string[] {
    return this.line(name).find((type) => type.caption.length > 0)?.caption ?? [];
  }

  /** The property that marked words most likely are: what the type is told apart by, else its name. */
  proposed(name: string): string | null {
    const known = this.caption(name).map((property) => this.property(name, property));
    return known.find((property) => property !== null)?.name ?? this.properties(name)[0]?.name ?? null;
  }

  /** The types that somebody can choose: those of entities, or those of links. */
  offered(links: boolean): EntityType[] {
    return this.all.filter((type) => !type.abstract && this.isLink(type.name) === links);
  }

  /** A glossary has its terms in lower case; among the types they begin as types do. */
  #called(name: string): string | null {
    const label = this.#labels[name];
    return label === undefined ? null : label.charAt(0).toLocaleUpperCase() + label.slice(1);
  }

  typeName(name: string): string {
    const type = this.find(name);
    return this.#called(name) ?? (type === null ? name : inLanguage(type));
  }

  plural(name: string): string {
    const type = this.find(name);
    // The glossary knows no plurals.
    return (
      this.#called(name) ?? (type === null ? name : inLanguage({ nl: type.nl_plural, en: type.en_plural }))
    );
  }

  /** The words between the ends of a link: `is eigenaar van`. */
  verb(name: string): string {
    const ends = this.ends(name);
    return ends === null ? this.typeName(name) : inLanguage(ends);
  }

  propertyName(type: string, property: string): string {
    if (property === TYPE) return t("statement.type");
    const known = this.property(type, property);
    return known === null ? property : inLanguage(known);
  }
}

export function inLanguage({ nl, en }: { nl: string; en: string }): string {
  return preferences.language === "nl" ? nl : en;
}
