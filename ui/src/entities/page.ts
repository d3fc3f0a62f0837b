/** The page of an entity as it is laid out: its statements by property and value, and all passages in order. */
import type { EntityView } from "../bindings/EntityView";
import type { Evidence } from "../bindings/Evidence";
import type { Statement } from "../bindings/Statement";
import { TYPE, type Types } from "./schema";
import { samePlace } from "./selection.svelte";

export interface ValueGroup {
  /** Words, or the id of an entity. */
  value: string;
  entity: boolean;
  statements: Statement[];
}

export interface PropertyGroup {
  property: string;
  values: ValueGroup[];
}

/** In the order in which the schema names the properties, what the entity is last; the ends of a link are left out. */
export function grouped({ entity, statements }: EntityView, types: Types): PropertyGroup[] {
  const ends = types.ends(entity.type);
  const order = [...types.caption(entity.type), ...types.properties(entity.type).map(({ name }) => name)];
  const place = (property: string) => {
    if (property === TYPE) return order.length + 1;
    const at = order.indexOf(property);
    return at < 0 ? order.length : at;
  };
  const groups = new Map<string, Map<string, ValueGroup>>();
  for (const statement of statements) {
    const { property, value } = statement;
    if (property === ends?.source || property === ends?.target) continue;
    const said = "text" in value ? value.text : value.entity;
    const values = groups.get(property) ?? new Map<string, ValueGroup>();
    const group = values.get(said) ?? { value: said, entity: "entity" in value, statements: [] };
    group.statements.push(statement);
    values.set(said, group);
    groups.set(property, values);
  }
  return [...groups]
    .map(([property, values]) => ({ property, values: [...values.values()] }))
    .sort((one, other) => place(one.property) - place(other.property));
}

/** The statements that say what a link joins, one a passage. */
export function joining({ entity, statements }: EntityView, types: Types): Statement[] {
  const ends = types.ends(entity.type);
  const joins = statements.filter(({ property }) => property === ends?.source || property === ends?.target);
  return joins.filter(
    (one, i) => !joins.slice(0, i).some((other) => sameEvidence(one.evidence, other.evidence)),
  );
}

/** Every passage once, in the order of the page. */
export function passages(view: EntityView, types: Types): Evidence[] {
  const inOrder = [
    ...joining(view, types),
    ...grouped(view, types).flatMap(({ values }) => values.flatMap(({ statements }) => statements)),
  ];
  const found: Evidence[] = [];
  for (const { evidence } of inOrder)
    if (evidence && !found.some((known) => samePlace(known, evidence))) found.push(evidence);
  return found;
}

function sameEvidence(one: Evidence | null | undefined, other: Evidence | null | undefined): boolean {
  return one && other ? samePlace(one, other) : !one && !other;
}
