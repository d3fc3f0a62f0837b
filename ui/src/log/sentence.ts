/** An act as a sentence. */
import type { Act } from "../bindings/Act";
import { t, tn } from "../locale/text";

/** With its subject where it is one thing that has a name, else with how many. */
export function sentence({ kind, count, subject }: Act): string {
  return subject === null || subject === "" ? tn(`act.${kind}`, count) : t(`act.${kind}.named`, { subject });
}
