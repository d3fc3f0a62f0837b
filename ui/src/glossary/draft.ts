/** A concept and a mapping as somebody writes them: in the language of the window, with words in other languages kept. */
import type { ConceptDraft } from "../bindings/ConceptDraft";
import type { ConceptView } from "../bindings/ConceptView";
import type { TermDraft } from "../bindings/TermDraft";
import type { Words } from "../bindings/Words";
import { preferences } from "../workspace/preferences.svelte";

const isHere = ({ language }: Words) =>
  language === undefined || language === null || language.startsWith(preferences.language);

/** What a field shows: one text a line, where there are several. */
export function shown(words: readonly Words[]): string {
  return words
    .filter(isHere)
    .map(({ text }) => text)
    .join("\n");
}

/** What a field says, with the words in other languages as they were. */
export function written(text: string, before: readonly Words[], several: boolean): Words[] {
  if (text.trim() === shown(before).trim()) return [...before];
  const texts = several ? text.split("\n") : [text];
  const said = texts.map((one) => one.trim()).filter((one) => one !== "");
  const fresh = said.map((one) => ({ text: one, language: preferences.language }));
  return [...fresh, ...before.filter((words) => !isHere(words))];
}

export function termDraft(text: string, kind: TermDraft["kind"]): TermDraft {
  return { form: { text, language: preferences.language }, kind, register: null, region: null, source: null };
}

/** Where a concept begins: as it is, or new with a word. */
export function begun(view: ConceptView | null, word: string, organisation: string): ConceptDraft {
  if (!view) {
    return {
      concept: null,
      organisation,
      terms: [termDraft(word, "preferred")],
      definitions: [],
      sources: [],
      scope_notes: [],
      examples: [],
      notes: [],
      notation: null,
      status: "proposed",
      owner: null,
      valid_from: null,
      valid_to: null,
      hints: [],
    };
  }
  const {
    definitions,
    sources,
    scope_notes,
    examples,
    notes,
    notation,
    status,
    owner,
    valid_from,
    valid_to,
    hints,
  } = view.concept;
  const terms = view.terms.map(({ form, kind, register, region, source }) => ({
    form,
    kind,
    register,
    region,
    source,
  }));
  return {
    concept: view.concept.id,
    organisation: view.organisation,
    terms,
    definitions,
    sources,
    scope_notes,
    examples,
    notes,
    notation,
    status,
    owner,
    valid_from,
    valid_to,
    hints,
  };
}

/** Empty is nothing. */
export const orNone = (text: string): string | null => (text.trim() === "" ? null : text.trim());
