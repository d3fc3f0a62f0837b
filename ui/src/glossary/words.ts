/** Words of the glossary in the language of the window, where they have them. */
import type { Words } from "../bindings/Words";
import { t } from "../locale/text";
import { preferences } from "../workspace/preferences.svelte";

/** Those in the language of the window; else those in Dutch, the language of the work; else what there is. */
export function inWords(words: readonly Words[]): string {
  const of = (language: string) => words.filter((one) => one.language?.startsWith(language));
  const [wanted, dutch] = [of(preferences.language), of("nl")];
  const found = wanted.length > 0 ? wanted : dutch.length > 0 ? dutch : words;
  return found.map(({ text }) => text).join("\n");
}

const REGISTERS = ["formal", "everyday", "colloquial", "technical"] as const;

/** Where a term is used, in words; a file may have its own. */
export function registerName(register: string): string {
  const known = REGISTERS.find((one) => one === register);
  return known ? t(`register.${known}`) : register;
}

/** Where something stands, for a card: without the addresses on the web that follow, and each once. */
export function cited(words: readonly Words[]): string {
  const named = inWords(words)
    .split("\n")
    .map((source) => source.replace(/[\s,;]*\bhttps?:\/\/\S+\s*$/, "").trim());
  return [...new Set(named)].filter((source) => source !== "").join("; ");
}
