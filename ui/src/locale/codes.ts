/** Names of codes in the language of the window. A code that is on no list is shown as it is. */
import type { Code } from "../bindings/Code";
import type { CodeList } from "../bindings/CodeList";
import type { Codes } from "../bindings/Codes";
import { preferences } from "../workspace/preferences.svelte";
import { t } from "./text";

export function codeName(list: CodeList, code: string): string {
  const entry = list.codes.find((entry) => entry.code === code);
  return entry ? inLanguage(entry) : code;
}

export function inLanguage(code: Code): string {
  return preferences.language === "nl" ? code.nl : code.en;
}

export function organisationName(codes: Codes, code: string): string {
  return codeName(codes.organisations, code);
}

export function markingName(codes: Codes, code: string | null): string {
  return code === null ? t("marking.none") : codeName(codes.markings, code);
}
