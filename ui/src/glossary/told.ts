/** What is wrong with a file of terms or with a mapping, in the person's language: the core says it by a code and what it is about. */
import type { ErrorView } from "../bindings/ErrorView";
import type { RejectedRow } from "../bindings/RejectedRow";
import type { Violation } from "../bindings/Violation";
import { hasText, type Params, t } from "../locale/text";

/** What the details of a conflict between mappings are, in the order in which a violation has them behind the two sides. */
const DETAILS: Record<string, readonly string[]> = {
  "mapping-other-organisation": ["organisation"],
  "mapping-excluded": ["there", "new"],
};

/** Why two mappings cannot stand beside each other; none where the window does not know the code. */
function conflict(code: string, details: Readonly<Record<string, string>>): string | null {
  const key = `conflict.${code}`;
  const said = ([name, value]: [string, string]) => {
    const relation = `relation.${value}`;
    return [name, hasText(relation) ? t(relation) : value];
  };
  return hasText(key) ? t(key, Object.fromEntries(Object.entries(details).map(said)) as Params) : null;
}

/** A broken rule. */
export function violated({ rule, message, parameters = [] }: Violation): string {
  const [from = "", to = "", ...rest] = parameters;
  const names = DETAILS[rule] ?? [];
  const between = conflict(rule, Object.fromEntries(names.map((name, n) => [name, rest[n] ?? ""])));
  if (between !== null) return `‘${from}’ – ‘${to}’: ${between}`;
  const missing = `missing.${from}`;
  const key = `violation.${rule}`;
  const named = Object.fromEntries(parameters.map((parameter, n) => [`p${n}`, parameter]));
  if (rule === "mapping-incomplete" && hasText(missing)) named.p0 = t(missing);
  return hasText(key) ? t(key, named) : message;
}

/** Why a row of a table was left out, or a part of it. */
export function leftOut({ why }: RejectedRow): string {
  const { code, ...about } = why;
  return t(`row.${code}`, about);
}

/** Why a mapping was not taken; none of another error. */
export function tellConflict({ code, details }: ErrorView): string | null {
  const { problem = "", ...about } = details;
  return code === "mapping_excluded" ? conflict(problem, about) : null;
}
