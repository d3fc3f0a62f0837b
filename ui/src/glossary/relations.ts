/** How meanings relate, in plain words and with a colour each. */
import type { MappingStatus } from "../bindings/MappingStatus";
import type { Relation } from "../bindings/Relation";

/** What goes wrong first, then from the nearest to what has no equal. */
export const RELATIONS: readonly Relation[] = [
  "false_friend",
  "same",
  "nearly_same",
  "wider",
  "narrower",
  "related",
  "no_equivalent",
];

export const STATUSES: readonly MappingStatus[] = ["recheck", "disputed", "proposed", "agreed"];

/** A relation seen from its other side. */
export function turned(relation: Relation): Relation {
  if (relation === "wider") return "narrower";
  return relation === "narrower" ? "wider" : relation;
}
