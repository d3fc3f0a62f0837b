import { describe, expect, it } from "vitest";
import type { ErrorView } from "../bindings/ErrorView";
import { en } from "../locale/en";
import { nl } from "../locale/nl";
import { hasText } from "../locale/text";
import { preferences } from "../workspace/preferences.svelte";
import { ERRORS, tell } from "./errors";

/** The closed list of the shell. A code that it gains belongs here, in the table, and in both languages. */
const CODES = [
  "wrong_passphrase",
  "wrong_device_secret",
  "keychain_absent",
  "keychain_locked",
  "keychain_missing",
  "keychain_wrong_value",
  "keychain_changed",
  "workspace_damaged",
  "workspace_rolled_back",
  "workspace_busy",
  "workspace_not_found",
  "workspace_exists",
  "unsupported_version",
  "weak_passphrase",
  "wrong_recovery_key",
  "locked",
  "query",
  "label_missing",
  "label_unknown",
  "document_not_found",
  "not_taken_in",
  "portrait",
  "entity_not_found",
  "statement_not_found",
  "suggestion_not_found",
  "chart_not_found",
  "style_sheet_not_found",
  "style_sheet",
  "concept_not_found",
  "mapping_not_found",
  "mapping_excluded",
  "glossary",
  "exchange",
  "value_not_date",
  "value_not_number",
  "value_not_amount",
  "period_backward",
  "link_end",
  "merge_kinds",
  "chart_ambiguous",
  "target_exists",
  "target_in_workspace",
  "target_not_plain",
  "nothing_to_undo",
  "nothing_to_redo",
  "conflict",
  "selection_gone",
  "job_not_found",
  "invalid_argument",
  "cancelled",
  "io",
  "worker_missing",
  "internal",
];

/** What a query can be refused for. */
const PROBLEMS = [
  "empty",
  "too_long",
  "too_deep",
  "unclosed_quote",
  "unclosed_parenthesis",
  "unopened_parenthesis",
  "empty_parentheses",
  "nothing_before",
  "nothing_after",
  "unknown_field",
  "no_value",
  "bad_date",
  "reversed_range",
  "not_for_field",
  "no_word",
  "bad_wildcard",
  "bad_tilde",
  "not_supported",
];

describe("the table of errors", () => {
  it("has every code of the shell and no other", () => {
    expect(Object.keys(ERRORS).sort()).toEqual([...CODES].sort());
  });

  it.each(CODES)("says what is wrong and what to do: %s", (code) => {
    expect(hasText(`error.${code}`)).toBe(true);
    expect(hasText(`advice.${code}`)).toBe(true);
  });

  it.each(PROBLEMS)("names the fault in a query: %s", (problem) => {
    const told = tell({
      code: "query",
      message: "refused",
      details: { start: "0", end: "1", query_code: problem },
    });
    expect(told.text).not.toBe(tell({ code: "query", message: "refused", details: {} }).text);
  });

  it.each(["not_a_picture", "too_large", "damaged"])("says why there is no photo: %s", (problem) => {
    const told = (details: ErrorView["details"]) => tell({ code: "portrait", message: "", details }).text;
    expect(told({ problem })).not.toBe(told({}));
  });

  it("shows what is wrong in the file of a style sheet", () => {
    const told = tell({ code: "style_sheet", message: "line 4: 'red' is no colour", details: {} });
    expect(told.technical).toContain("line 4");
  });

  it("is silent about what the person cancelled", () => {
    expect(tell({ code: "cancelled", message: "", details: {} }).severity).toBe("silent");
  });

  it("takes a code of a newer shell for an internal error, with its message", () => {
    const told = tell(JSON.parse('{"code":"from_the_future","message":"flux 7","details":{}}'));
    expect(told.code).toBe("internal");
    expect(told.technical).toBe("from_the_future: flux 7");
  });

  it.each(CODES)("keeps the shell's English out of the sentences: %s", (code) => {
    for (const texts of [nl, en] as Record<string, string>[]) {
      expect(`${texts[`error.${code}`]} ${texts[`advice.${code}`]}`).not.toContain("{message}");
    }
    const told = tell({ code, message: "flux 7", details: { part: "the flux" } } as ErrorView);
    expect(`${told.text} ${told.advice}`).not.toContain("flux");
  });

  it("follows the language, and names a field in it", () => {
    const error: ErrorView = { code: "label_missing", message: "", details: { field: "purpose" } };
    preferences.language = "nl";
    expect(tell(error).text).toContain("Doel");
    preferences.language = "en";
    expect(tell(error).text).toContain("Purpose");
    preferences.language = "nl";
  });
});
