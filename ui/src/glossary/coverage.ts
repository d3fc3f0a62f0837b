/** Gaps in the glossary: what of them was mended since they were counted, and the way to the documents that show them. */
import type { ConceptView } from "../bindings/ConceptView";
import type { Coverage } from "../bindings/Coverage";
import type { MappingView } from "../bindings/MappingView";
import type { Desk } from "../frame/desk.svelte";
import { folded } from "./beside";
import { sides } from "./mapped";

export function searchFor(desk: Desk, word: string) {
  desk.search.query = `"${word}"`;
  desk.go("search");
  void desk.search.submit();
}

const has = (view: ConceptView, word: string) => view.terms.some(({ form }) => folded(form.text) === word);

/** The concept that an organisation means by a word: its own, or one of another that it uses. */
export function meant(
  concepts: readonly ConceptView[],
  word: string,
  organisation: string,
): ConceptView | null {
  const wanted = folded(word);
  const having = concepts.filter((view) => has(view, wanted));
  const own = having.find((view) => view.organisation === organisation);
  return own ?? having.find(({ concept }) => concept.used_by?.includes(organisation)) ?? null;
}

/** What is still missing of what was counted, now that these concepts and mappings are there. */
export function left(
  { unknown, unmapped, several }: Coverage,
  concepts: readonly ConceptView[],
  mappings: readonly MappingView[],
): Coverage {
  const terms = new Set(concepts.flatMap((view) => view.terms.map(({ form }) => folded(form.text))));
  const ends = ({ mapping: { from, to } }: MappingView) => [from, ...to].map(({ concept }) => concept);
  const tied = new Set(mappings.flatMap(ends));
  const related = (word: string, pair: readonly [string, string]) => {
    const wanted = folded(word);
    const senses = new Set(concepts.filter((view) => has(view, wanted)).map(({ concept }) => concept.id));
    return mappings.some((view) => {
      const both = sides(view);
      return pair.every((code) => both.includes(code)) && ends(view).some((id) => senses.has(id));
    });
  };
  return {
    unknown: unknown.filter(({ word }) => !terms.has(folded(word))),
    unmapped: unmapped
      .map((one) => ({ ...one, between: one.between.filter((pair) => !related(one.word, pair)) }))
      .filter(({ between }) => between.length > 0),
    several: several
      .map((one) => ({ ...one, unmapped: one.unmapped.filter((id) => !tied.has(id)) }))
      .filter(({ unmapped }) => unmapped.length > 0),
  };
}
