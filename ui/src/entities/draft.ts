/** What somebody is about to state, and how it is put to the core. */
import type { Entity } from "../bindings/Entity";
import type { Say } from "../bindings/Say";
import type { Stated } from "../bindings/Stated";
import type { Thing } from "../bindings/Thing";
import type { Types } from "./schema";
import { asKept } from "./values";

/** A known entity, or a new one of a type; `name` is what a new end of a link is called. */
export type Chosen =
  | { kind: "entity"; entity: Entity }
  | { kind: "new"; type: string; name: string }
  | { kind: "link"; type: string };

/** A property and what is said, as it was typed. */
export interface Line {
  property: string;
  text: string;
}

/** Whose it is, how good, how far it may travel, and when it held; empty where the passage's document says it. */
export interface Terms {
  organisation: string;
  purpose: string;
  marking: string;
  grade: string;
  from: string;
  to: string;
}

export interface Draft {
  what: Chosen;
  lines: readonly Line[];
  /** The ends of a link. */
  source: Chosen | null;
  target: Chosen | null;
  terms: Terms;
}

export const NO_TERMS: Terms = { organisation: "", purpose: "", marking: "", grade: "", from: "", to: "" };

export function typeOf(chosen: Chosen): string {
  return chosen.kind === "entity" ? chosen.entity.type : chosen.type;
}

/** What of a draft still has to be filled in. */
export function missing(draft: Draft, hypothesis: boolean): "value" | "ends" | "purpose" | null {
  if (hypothesis && draft.terms.purpose === "") return "purpose";
  if (draft.what.kind === "link") return draft.source && draft.target ? null : "ends";
  return draft.lines.some(({ text }) => text.trim() !== "") ? null : "value";
}

export function stated(draft: Draft, types: Types, passage: Stated["passage"]): Stated {
  const { what, terms } = draft;
  const things: Thing[] = [];
  const say = (property: string, value: Say["value"]): Say => ({
    property,
    value,
    valid_from: or(terms.from),
    valid_to: or(terms.to),
  });
  const says = draft.lines
    .filter(({ property, text }) => property !== "" && text.trim() !== "")
    .map(({ property, text }) => {
      const kind = types.property(typeOf(what), property)?.kind ?? null;
      return say(property, { text: asKept(kind, text) });
    });
  if (what.kind === "link") {
    const ends = types.ends(what.type);
    const end = (property: string, chosen: Chosen | null): Say[] => {
      if (!chosen) return [];
      if (chosen.kind === "entity") return [say(property, { entity: chosen.entity.id })];
      things.push(fresh(chosen, types));
      return [say(property, { thing: things.length - 1 })];
    };
    const joins = ends ? [...end(ends.source, draft.source), ...end(ends.target, draft.target)] : [];
    things.push({ entity: null, type: what.type, says: [...joins, ...says] });
  } else {
    const entity = what.kind === "entity" ? what.entity.id : null;
    things.push({ entity, type: typeOf(what), says });
  }
  return {
    passage,
    organisation: or(terms.organisation),
    purpose: or(terms.purpose),
    marking: or(terms.marking),
    grade: or(terms.grade),
    things,
    chart: null,
  };
}

/** A new entity with its name, or with what its type is told apart by. */
function fresh(chosen: Exclude<Chosen, { kind: "entity" }>, types: Types): Thing {
  const name = chosen.kind === "new" ? chosen.name : "";
  const property = types.proposed(chosen.type) ?? "name";
  const kind = types.property(chosen.type, property)?.kind ?? null;
  const says =
    name === "" ? [] : [{ property, value: { text: asKept(kind, name) }, valid_from: null, valid_to: null }];
  return { entity: null, type: chosen.type, says };
}

function or(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
