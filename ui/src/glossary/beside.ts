/** Words side by side: a row a word, with what each organisation means by it or calls it. */
import type { ConceptView } from "../bindings/ConceptView";
import type { Relation } from "../bindings/Relation";
import { turned } from "./relations";

/** What stands in a row at an organisation. */
export interface Cell {
  view: ConceptView;
  /** Whether it goes by the word of the row itself. */
  own: boolean;
  /** Whether it has the word of the row among its terms, and goes by another. */
  shares: boolean;
  /** Of one that goes by another word: how it relates to a concept of the row, as somebody said. */
  relation: Relation | null;
}

export interface WordRow {
  word: string;
  cells: Cell[];
  /** Whether the same word means something else at two organisations, as somebody said. */
  friends: boolean;
  /** Whether two organisations use the word and nobody said how their meanings relate. */
  open: boolean;
}

/** Letters as they are compared. */
export const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The other ends of a concept's mappings, each with what it is seen from the concept. */
function ties({ concept, mappings }: ConceptView): { id: string; relation: Relation }[] {
  return mappings.flatMap(({ mapping }) =>
    mapping.from.concept === concept.id
      ? mapping.to.map((to) => ({ id: to.concept, relation: mapping.relation }))
      : [{ id: mapping.from.concept, relation: turned(mapping.relation) }],
  );
}

/** In the order of the words; where `text` is given, only words whose concepts have a term with these letters. */
export function beside(concepts: readonly ConceptView[], text: string): WordRow[] {
  const byId = new Map(concepts.map((view) => [view.concept.id, view]));
  const byWord = new Map<string, ConceptView[]>();
  const terms = new Map<string, ConceptView[]>();
  for (const view of concepts) {
    push(byWord, folded(view.label), view);
    for (const { form, kind } of view.terms) if (kind !== "hidden") push(terms, folded(form.text), view);
  }
  const wanted = folded(text.trim());
  const has = (view: ConceptView) => view.terms.some(({ form }) => folded(form.text).includes(wanted));
  const rows: WordRow[] = [];
  for (const [key, views] of byWord) {
    if (wanted !== "" && !views.some(has)) continue;
    const cells: Cell[] = views.map((view) => ({ view, own: true, shares: false, relation: null }));
    const there = new Set(views.map(({ concept }) => concept.id));
    const sharing = new Set((terms.get(key) ?? []).map(({ concept }) => concept.id));
    const add = (view: ConceptView | undefined, relation: Relation | null) => {
      if (!view || there.has(view.concept.id)) return;
      there.add(view.concept.id);
      cells.push({ view, own: false, shares: sharing.has(view.concept.id), relation });
    };
    // A false friend is said before all else.
    const tied = views.flatMap(ties).sort((a, b) => weight(a.relation) - weight(b.relation));
    for (const { id, relation } of tied) add(byId.get(id), relation);
    for (const view of terms.get(key) ?? []) add(view, null);
    const ids = new Set([...sharing, ...views.map(({ concept }) => concept.id)]);
    rows.push({
      word: views[0]?.label ?? key,
      cells,
      friends: tied.some(({ id, relation }) => relation === "false_friend" && ids.has(id)),
      open: unsaid(views),
    });
  }
  return rows.sort((a, b) => folded(a.word).localeCompare(folded(b.word), "nl"));
}

const weight = (relation: Relation) => (relation === "false_friend" ? 0 : 1);

function unsaid(views: readonly ConceptView[]): boolean {
  return views.some((one, at) =>
    views
      .slice(at + 1)
      .some(
        (other) =>
          other.organisation !== one.organisation && !ties(one).some(({ id }) => id === other.concept.id),
      ),
  );
}

function push(map: Map<string, ConceptView[]>, key: string, view: ConceptView) {
  const known = map.get(key);
  if (known) known.push(view);
  else map.set(key, [view]);
}
