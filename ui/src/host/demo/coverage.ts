/** Where the demo's glossary has gaps: words that no organisation explains, and words that nobody mapped. */
import type { Coverage } from "../../bindings/Coverage";
import type { Known } from "./glossary";
import { meanings } from "./senses";
import type { Shelved } from "./shelf";

/** Words too common to explain. */
const COMMON = new Set(
  "deze door voor naar niet werd werden heeft zijn haar deed over nadat kort tegen later geen meer altijd waar zich juist hebben maar moest onder tussen wordt daarna bleek".split(
    " ",
  ),
);

export function coverage(known: Known, shelf: readonly Shelved[], most: number): Coverage {
  const counts = new Map<string, { count: number; organisations: Set<string> }>();
  for (const { source } of shelf)
    for (const [word] of source.text.toLowerCase().matchAll(/\p{L}{5,}/gu)) {
      if (COMMON.has(word)) continue;
      const one = counts.get(word) ?? { count: 0, organisations: new Set() };
      one.count += 1;
      one.organisations.add(source.organisation);
      counts.set(word, one);
    }
  const all = [...counts].sort(([a, one], [b, other]) => other.count - one.count || a.localeCompare(b));
  const unknown = all
    .filter(([word]) => meanings(known, word).length === 0)
    .slice(0, most)
    .map(([word, { count, organisations }]) => ({ word, count, organisations: [...organisations].sort() }));
  const unmapped = all.flatMap(([word, { count, organisations }]) => {
    if (meanings(known, word).length === 0) return [];
    const codes = [...organisations].sort();
    const pairs = codes.flatMap((one, n) =>
      codes.slice(n + 1).map((other): [string, string] => [one, other]),
    );
    const between = pairs.filter(([one, other]) => !mapped(known, word, one, other));
    return between.length > 0 ? [{ word, count, between }] : [];
  });
  const tied = new Set(known.mappings.flatMap(({ from, to }) => [from, ...to].map(({ concept }) => concept)));
  const several = all.flatMap(([word]) => {
    const senses = meanings(known, word);
    return [...new Set(senses.map(({ organisation }) => organisation))].flatMap((organisation) => {
      const own = senses
        .filter((kept) => kept.organisation === organisation)
        .map(({ concept }) => concept.id);
      const unmapped = own.filter((id) => !tied.has(id));
      return own.length > 1 && unmapped.length > 0 ? [{ word, organisation, unmapped }] : [];
    });
  });
  several.sort((a, b) => a.word.localeCompare(b.word) || a.organisation.localeCompare(b.organisation));
  return { unknown, unmapped: unmapped.slice(0, most), several: several.slice(0, most) };
}

function mapped(known: Known, word: string, one: string, other: string): boolean {
  const ids = new Set(meanings(known, word).map(({ concept }) => concept.id));
  return known.mappings.some(({ from, to, to_organisation }) => {
    const back = known.concepts.find(({ concept }) => concept.id === from.concept)?.organisation;
    const both = [back, to_organisation];
    return (
      both.includes(one) && both.includes(other) && [from, ...to].some(({ concept }) => ids.has(concept))
    );
  });
}
