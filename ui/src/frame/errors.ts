/**
 * The one table of errors: how bad each code is. Its text is `error.CODE`, what to do about it `advice.CODE`; a code
 * that this window does not know is shown as an internal error. Nothing is recognised by its message.
 */
import type { ErrorView } from "../bindings/ErrorView";
import { tellConflict } from "../glossary/told";
import { hasText, type Params, t } from "../locale/text";

/** `silent`: the person did it and knows. `info`: nothing is wrong. `refused`: mend and try again. `failed`: worse. */
export type Severity = "silent" | "info" | "refused" | "failed";

export const ERRORS = {
  wrong_passphrase: "refused",
  wrong_device_secret: "refused",
  keychain_absent: "refused",
  keychain_locked: "refused",
  keychain_missing: "refused",
  keychain_wrong_value: "refused",
  keychain_changed: "refused",
  workspace_damaged: "failed",
  workspace_rolled_back: "failed",
  workspace_busy: "refused",
  workspace_not_found: "refused",
  workspace_exists: "refused",
  unsupported_version: "failed",
  weak_passphrase: "refused",
  wrong_recovery_key: "refused",
  locked: "info",
  query: "refused",
  label_missing: "refused",
  label_unknown: "refused",
  document_not_found: "refused",
  not_taken_in: "refused",
  portrait: "refused",
  entity_not_found: "refused",
  statement_not_found: "refused",
  suggestion_not_found: "refused",
  chart_not_found: "refused",
  style_sheet_not_found: "refused",
  style_sheet: "refused",
  concept_not_found: "refused",
  mapping_not_found: "refused",
  mapping_excluded: "refused",
  glossary: "refused",
  exchange: "refused",
  value_not_date: "refused",
  value_not_number: "refused",
  value_not_amount: "refused",
  period_backward: "refused",
  link_end: "refused",
  merge_kinds: "refused",
  chart_ambiguous: "refused",
  target_exists: "refused",
  target_in_workspace: "refused",
  target_not_plain: "refused",
  nothing_to_undo: "info",
  nothing_to_redo: "info",
  conflict: "refused",
  selection_gone: "refused",
  job_not_found: "info",
  invalid_argument: "failed",
  cancelled: "silent",
  io: "failed",
  worker_missing: "failed",
  internal: "failed",
} as const satisfies Record<ErrorView["code"], Severity>;

export type ErrorCode = keyof typeof ERRORS;

export interface Told {
  code: ErrorCode;
  severity: Severity;
  text: string;
  advice: string;
  /** Of what belongs in a report: the code and the shell's own message, which is always in English. */
  technical: string | null;
}

/** An error as a person is told of it, in the language of now. */
export function tell(error: ErrorView): Told {
  const code: ErrorCode = Object.hasOwn(ERRORS, error.code) ? (error.code as ErrorCode) : "internal";
  const { details } = error;
  const { text = "", from = "", to = "" } = details;
  const params: Params = { field: fieldName(details.field), text, from, to };
  const severity = ERRORS[code];
  const told = {
    code,
    severity,
    text: t(`error.${code}`, params),
    advice: t(`advice.${code}`, params),
    // Whoever made the file of a style sheet wants to know which line is wrong.
    technical: severity === "failed" || code === "style_sheet" ? `${error.code}: ${error.message}` : null,
  };
  const problem = `portrait.problem.${details.problem ?? ""}`;
  if (code === "portrait" && hasText(problem)) return { ...told, text: t(problem) };
  const excluded = tellConflict(error);
  if (excluded !== null) return { ...told, advice: excluded };
  return code === "query" ? { ...told, ...tellQuery(details) } : told;
}

/** Whether it says what is wrong with the system's keychain. */
export function isAboutKeychain(error: ErrorView | null): boolean {
  return error?.code.startsWith("keychain_") ?? false;
}

/** What is wrong with a query: the code says it in the user's language, the suggestions say what was meant. */
function tellQuery(details: ErrorView["details"]): Partial<Told> {
  const problem = `query.problem.${details.query_code ?? ""}`;
  return {
    ...(hasText(problem) && { text: t(problem) }),
    ...(details.suggestions && { advice: t("query.meant", { suggestions: details.suggestions }) }),
  };
}

function fieldName(field: string | undefined): string {
  const key = [`label.${field ?? ""}`, `field.${field ?? ""}`].find(hasText);
  return key ? t(key) : (field ?? "");
}
