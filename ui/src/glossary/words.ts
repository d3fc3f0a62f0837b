/** Words of the glossary in the language of the window, where they have them. */
import type { Words } from "../bindings/Words";
import { hasText, t } from "../locale/text";
import { preferences } from "../workspace/preferences.svelte";

/** Those in the language of the window; else those in Dutch, the language of the work; else what there is. */
export function inWords(words: readonly Words[]): string {
  const of = (language: string) => words.filter((one) => one.language?.startsWith(language));
  const [wanted, dutch] = [of(preferences.language), of("nl")];
  const found = wanted.length > 0 ? wanted : dutch.length > 0 ? dutch : words;
  return found.map(({ text }) => text).join("\n");
}

interface Term {
  kind: string;
  form: Words;
}

/** Terms, those in the language of the window first, then those in Dutch; within a language the preferred first. */
export function inOrder<T extends Term>(terms: readonly T[]): T[] {
  const place = ({ kind, form: { language } }: T) =>
    (language?.startsWith(preferences.language) ? 0 : language?.startsWith("nl") ? 2 : 4) +
    (kind === "preferred" ? 0 : 1);
  return [...terms].sort((one, other) => place(one) - place(other));
}

/** Where something stands, for a card: without the addresses on the web that follow, and each once. */
export function cited(words: readonly Words[]): string {
  const named = inWords(words)
    .split("\n")
    .map((source) => source.replace(/[\s,;]*\bhttps?:\/\/\S+\s*$/, "").trim());
  return [...new Set(named)].filter((source) => source !== "").join("; ");
}

/** How a term is used, where the window has a word for that; a register can be called anything. */
export function registerName(register: string): string {
  const key = `register.${register}`;
  return hasText(key) ? t(key) : register;
}

/** A language by its code (BCP 47). */
export function languageName(code: string): string {
  const key = `language.of.${code.split("-")[0]}`;
  return hasText(key) ? t(key) : code;
}
