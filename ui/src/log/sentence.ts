/** An act as a sentence. */
import type { Act } from "../bindings/Act";
import type { ActKind } from "../bindings/ActKind";
import type { Codes } from "../bindings/Codes";
import { hasText, t, tn } from "../locale/text";
import { searched } from "./searched";

/** With its subject where it is one thing that has a name, else with how many. `codes` have the names of organisations. */
export function sentence({ kind, count, subject }: Act, codes?: Codes): string {
  if (subject === null || subject === "") return tn(`act.${kind}`, count);
  if (kind === "searched") return t("act.searched.named", { subject: searched(subject, codes) });
  const known = `logged.${code(kind, subject)}`;
  return hasText(known) ? t(known) : t(`act.${kind}.named`, { subject });
}

/** Who did it. Of a failed attempt to open nobody knows. */
export function who(person: string): string {
  return person === "" ? t("log.nobody") : person;
}

/**
 * Of acts upon the workspace itself the subject is a code of the program (`hand`, `wrong_passphrase`) or a fixed phrase
 * of it, after a colon with particulars. The texts say which ones are known.
 */
function code(kind: ActKind, subject: string): string {
  const [phrase = ""] = subject.split(":");
  return `${kind}.${phrase.trim().replace(/\W+/g, "_")}`;
}
