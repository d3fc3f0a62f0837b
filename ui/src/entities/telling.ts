/** What is known of an entity in a few words, for whoever has to choose between entities. */
import type { Entity } from "../bindings/Entity";
import type { Desk } from "../frame/desk.svelte";
import { organisationName } from "../locale/codes";
import { tn } from "../locale/text";
import type { Named, Telling } from "./apart.svelte";
import { shown } from "./values";

export interface Known {
  /** Its type, and what is said of it and not of others of its name. */
  is: string;
  /** How much is known of it; where others have its name, also by whom. */
  by: string;
}

export function known(desk: Desk, entity: Entity): Known {
  const telling = desk.facts.apart.of(entity);
  // What stands for an entity on a chart was not counted.
  const count = entity.statements > 0 ? [tn("merge.statements", entity.statements)] : [];
  return {
    is: [desk.facts.types.typeName(entity.type), ...said(desk, telling)].join(", "),
    by: [...count, ...organisations(desk, telling)].join(", "),
  };
}

/** How an entity is called; where another has its name, with what tells them apart, or who knows of it. It is to be looked at before. */
export function calledApart(desk: Desk, entity: Named): string {
  const words = apartWords(desk, entity);
  return words === "" ? entity.label : `${entity.label} (${words})`;
}

/** What tells an entity apart from others of its name, or who knows of it; empty where no other that was looked at has its name. */
export function apartWords(desk: Desk, entity: Named): string {
  const telling = desk.facts.apart.of(entity);
  const says = said(desk, telling);
  return (says.length > 0 ? says : organisations(desk, telling)).join(", ");
}

function said({ facts: { types } }: Desk, telling: Telling | null): string[] {
  const { type, says } = telling ?? { type: "", says: [] };
  return says.map(({ property, value }) => {
    const kind = types.property(type, property)?.kind ?? null;
    return `${types.propertyName(type, property)} ${shown(kind, value)}`;
  });
}

function organisations({ codes }: Desk, telling: Telling | null): string[] {
  return (telling?.organisations ?? []).map((code) => organisationName(codes, code));
}
