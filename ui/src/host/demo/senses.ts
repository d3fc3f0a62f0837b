/**
 * What words mean in the demo: enough of looking up, senses and expanding to try the window without the desktop. The
 * real ones are the core's; nothing outside the demo may rest on this.
 */
import type { Card } from "../../bindings/Card";
import type { Entry } from "../../bindings/Entry";
import type { EntryMapping } from "../../bindings/EntryMapping";
import type { Folded } from "../../bindings/Folded";
import type { FoldedWhy } from "../../bindings/FoldedWhy";
import type { MappingView } from "../../bindings/MappingView";
import type { PageSenses } from "../../bindings/PageSenses";
import type { Relation } from "../../bindings/Relation";
import type { SenseAsk } from "../../bindings/SenseAsk";
import type { SenseExpansion } from "../../bindings/SenseExpansion";
import type { TextSenses } from "../../bindings/TextSenses";
import { type Kept, type Known, statusOf } from "./glossary";
import type { Shelved } from "./shelf";

const FLIPPED: Partial<Record<Relation, Relation>> = { wider: "narrower", narrower: "wider" };
const WEIGHTS: Partial<Record<Relation, number>> = {
  same: 1000,
  nearly_same: 800,
  narrower: 700,
  wider: 500,
  related: 300,
};

export const labelOf = (kept: Kept | undefined) =>
  kept?.terms.find(({ kind }) => kind === "preferred")?.form.text ?? "";

const find = (known: Known, id: string) => known.concepts.find(({ concept }) => concept.id === id);
const organisationOf = (known: Known, id: string) => find(known, id)?.organisation ?? "";

/** The concepts that have this word as a term; the plural of some words counts. */
export function meanings(known: Known, word: string): Kept[] {
  const folded = word.toLowerCase().replace(/s$|n$/, "");
  const is = (text: string) => text.toLowerCase().replace(/s$|n$/, "") === folded;
  return known.concepts.filter(({ terms }) => terms.some(({ form }) => is(form.text)));
}

export function mappingView(known: Known, id: string): MappingView | null {
  const mapping = known.mappings.find((one) => one.id === id);
  if (!mapping) return null;
  return {
    mapping,
    status: statusOf(known, mapping),
    from_organisation: organisationOf(known, mapping.from.concept),
    from_label: labelOf(find(known, mapping.from.concept)),
    to_labels: mapping.to.map(({ concept }) => labelOf(find(known, concept))),
    missing: [],
    reviews: known.reviews.filter((review) => review.mapping === id),
  };
}

export function entryOf(known: Known, { concept, organisation, terms }: Kept): Entry {
  const rank = ({ relation }: EntryMapping) => (relation === "false_friend" ? 0 : 1);
  return {
    concept: concept.id,
    iri: concept.iri,
    organisation,
    used_by: concept.used_by ?? [],
    terms: terms.filter(({ kind }) => kind !== "hidden").map(({ form, kind }) => ({ form, kind })),
    definitions: concept.definitions,
    scope_notes: concept.scope_notes,
    sources: concept.sources,
    status: concept.status,
    mappings: ties(known, concept.id).sort((a, b) => rank(a) - rank(b)),
  };
}

function ties(known: Known, id: string): EntryMapping[] {
  return known.mappings.flatMap((mapping) => {
    const forth = mapping.from.concept === id;
    if (!forth && !mapping.to.some(({ concept }) => concept === id)) return [];
    const others = forth ? mapping.to.map(({ concept }) => concept) : [mapping.from.concept];
    const back = organisationOf(known, mapping.from.concept);
    return [
      {
        mapping: mapping.id,
        relation: forth ? mapping.relation : (FLIPPED[mapping.relation] ?? mapping.relation),
        status: statusOf(known, mapping),
        organisation: forth ? mapping.to_organisation : back,
        others: others.map((concept) => ({ concept, term: labelOf(find(known, concept)) })),
        compound: mapping.compound,
        valid_from: mapping.valid_from ?? null,
        valid_to: mapping.valid_to,
        difference: mapping.difference,
        consequence: mapping.consequence,
      },
    ];
  });
}

function cardOf(known: Known, word: string, kept: Kept, lens: string): Card {
  const there = entryOf(known, kept);
  const here = meanings(known, word)
    .filter((other) => other.organisation === lens && other.concept.id !== kept.concept.id)
    .map((other) => ({
      entry: entryOf(known, other),
      mapping:
        there.mappings.find(({ others }) => others.some(({ concept }) => concept === other.concept.id)) ??
        null,
    }));
  const called = there.mappings.filter(
    ({ organisation, relation }) => organisation === lens && relation !== "false_friend",
  );
  return { there, here, called };
}

/** The words of the glossary on a page. */
export function pageSenses(
  known: Known,
  { document, source }: Shelved,
  page: number,
  lens: string,
): PageSenses {
  const text = source.text.split("\f")[page - 1] ?? "";
  const { organisation } = document.labels;
  return { page, organisation, ...marked(known, text, organisation, { document: document.id, page }, lens) };
}

/** The words of the glossary in a text that somebody wrote. */
export function textSenses(known: Known, text: string, organisation: string, lens: string): TextSenses {
  return marked(known, text, organisation, { document: "", page: 0 }, lens);
}

function marked(
  known: Known,
  text: string,
  organisation: string,
  place: { document: string; page: number },
  lens: string,
): TextSenses {
  const found: TextSenses = { words: [], cards: [] };
  const cards = new Map<string, number>();
  let points = 0;
  let units = 0;
  for (const match of text.matchAll(/\p{L}+/gu)) {
    points += [...text.slice(units, match.index)].length;
    units = match.index;
    const [word] = match;
    const meant = meanings(known, word);
    if (meant.length === 0) continue;
    const [start, end] = [points, points + [...word].length];
    const { kept, basis, because } = sense(known, meant, { ...place, start }, text, organisation);
    const name = `${word.toLowerCase()} ${kept.concept.id}`;
    const card = cards.get(name) ?? found.cards.push(cardOf(known, word, kept, lens)) - 1;
    cards.set(name, card);
    found.words.push({
      start,
      end,
      sense: { concept: kept.concept.id, basis, because },
      ambiguous: meant.length > 1,
      card,
    });
  }
  return found;
}

function sense(
  known: Known,
  meant: Kept[],
  place: { document: string; page: number; start: number },
  text: string,
  organisation: string,
) {
  const [first] = meant as [Kept, ...Kept[]];
  const said = known.fixed.find(
    (one) => one.document === place.document && one.page === place.page && one.start === place.start,
  );
  const fixed = meant.find(({ concept }) => concept.id === said?.concept);
  if (fixed) return { kept: fixed, basis: "person" as const, because: [] };
  if (meant.length === 1) return { kept: first, basis: "only" as const, because: [] };
  const own = meant.find((kept) => kept.organisation === organisation);
  if (own) return { kept: own, basis: "organisation" as const, because: [] };
  const hinted = meant
    .map((kept) => ({
      kept,
      because: kept.concept.hints.filter((hint) => text.toLowerCase().includes(hint)),
    }))
    .sort((a, b) => b.because.length - a.because.length)[0];
  if (hinted && hinted.because.length > 0) return { ...hinted, basis: "context" as const };
  return { kept: first, basis: "unsure" as const, because: [] };
}

function whyAside(known: Known, mine: readonly Kept[], concept: string): FoldedWhy {
  const all = mine.flatMap((kept) => ties(known, kept.concept.id));
  const tie = all.find(({ others }) => others.some((other) => other.concept === concept));
  if (!tie) return { code: "other_sense" };
  const says = tie.difference[0]?.text ?? tie.consequence[0]?.text ?? "";
  return { code: "mapped", relation: tie.relation, status: tie.status, says };
}

export interface Reading {
  expansions: SenseExpansion[];
  /** None where nothing is put aside. */
  folded?: Folded[];
  /** Documents that count, and the words that are marked in them. */
  counts: (one: Shelved) => boolean;
  words: string[];
}

/** What a query of one word becomes; none where the glossary has no say in it. */
export function read(
  known: Known,
  shelf: readonly Shelved[],
  word: string,
  ask: SenseAsk,
  own: string,
): Reading | null {
  const lens = ask.lens ?? own;
  const meant = meanings(known, word);
  const mine = meant.filter(({ organisation }) => organisation === lens);
  if (meant.length < 2 || mine.length === 0) return null;
  const means = (one: Shelved, concept: string) =>
    one.source.text
      .split("\f")
      .some((_, n) =>
        pageSenses(known, one, n + 1, lens).words.some((mark) => mark.sense.concept === concept),
      );
  const says = (one: Shelved, form: string) => one.source.text.toLowerCase().includes(form.toLowerCase());
  const hits = (test: (one: Shelved) => boolean) => shelf.filter(test).length;
  const isAside = (one: Shelved, concept: string) =>
    means(one, concept) && !mine.some((kept) => means(one, kept.concept.id));
  if (ask.mode === "warn") {
    const folded = meant
      .filter((kept) => !mine.includes(kept))
      .map((kept) => ({
        word,
        organisation: kept.organisation,
        sense: labelOf(kept),
        concept: kept.concept.id,
        definition: kept.concept.definitions[0]?.text ?? "",
        why: whyAside(known, mine, kept.concept.id),
        hits: hits((one) => isAside(one, kept.concept.id)),
      }))
      .filter(({ hits }) => hits > 0);
    const { unfold } = ask;
    return {
      expansions: [],
      folded,
      counts: (one) =>
        unfold ? isAside(one, unfold.concept) : mine.some((kept) => means(one, kept.concept.id)),
      words: [word],
    };
  }
  const expansions: SenseExpansion[] = [];
  const add = (kept: Kept, weight: number, because: SenseExpansion["because"]) => {
    for (const { form } of kept.terms) {
      if (form.text === word) continue;
      const off = ask.off.some(({ concept, term }) => concept === kept.concept.id && term === form.text);
      const { organisation } = kept;
      const found = hits((one) => says(one, form.text));
      expansions.push({
        word,
        term: form.text,
        concept: kept.concept.id,
        organisation,
        because,
        weight,
        off,
        hits: found,
      });
    }
  };
  for (const kept of mine) add(kept, 1000, null);
  const reached: string[] = [];
  if (ask.mode === "bridge") {
    for (const tie of mine.flatMap((kept) => ties(known, kept.concept.id))) {
      const weight = WEIGHTS[tie.relation];
      const holds = tie.status === "agreed" || (ask.proposed && tie.status !== "disputed");
      if (weight === undefined || !holds || (tie.relation === "related" && !ask.related)) continue;
      for (const { concept } of tie.others) {
        const kept = find(known, concept);
        if (!kept) continue;
        reached.push(concept);
        add(kept, weight, { relation: tie.relation, status: tie.status });
      }
    }
  }
  const on = expansions.filter(({ off }) => !off);
  const wanted = [...mine.map(({ concept }) => concept.id), ...reached];
  return {
    expansions,
    counts: (one) => wanted.some((id) => means(one, id)) || on.some(({ term }) => says(one, term)),
    words: [word, ...on.map(({ term }) => term)],
  };
}
