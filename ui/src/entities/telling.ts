/** What is known of an entity in a few words, for whoever has to choose between entities. */
import type { Entity } from "../bindings/Entity";
import type { Desk } from "../frame/desk.svelte";
import { organisationName } from "../locale/codes";
import { tn } from "../locale/text";
import { shown } from "./values";

export interface Known {
  /** Its type, and what is said of it and not of others of its name. */
  is: string;
  /** How much is known of it; where others have its name, also by whom. */
  by: string;
}

export function known({ codes, facts }: Desk, entity: Entity): Known {
  const { types } = facts;
  const telling = facts.apart.of(entity);
  const says = (telling?.says ?? []).map(({ property, value }) => {
    const kind = types.property(entity.type, property)?.kind ?? null;
    return `${types.propertyName(entity.type, property)} ${shown(kind, value)}`;
  });
  const organisations = (telling?.organisations ?? []).map((code) => organisationName(codes, code));
  return {
    is: [types.typeName(entity.type), ...says].join(", "),
    by: [tn("merge.statements", entity.statements), ...organisations].join(", "),
  };
}
