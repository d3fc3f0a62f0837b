/** Mappings of the demo in memory: proposed, answered, and where they stand. */
import type { ConceptMapping } from "../../bindings/ConceptMapping";
import type { ConceptView } from "../../bindings/ConceptView";
import type { MappingDraft } from "../../bindings/MappingDraft";
import type { MappingStatus } from "../../bindings/MappingStatus";
import type { MappingView } from "../../bindings/MappingView";
import type { Review } from "../../bindings/Review";
import type { ReviewVerdict } from "../../bindings/ReviewVerdict";
import type { Term } from "../../bindings/Term";

/** Whether a word of a text is this term. */
export function is(term: Term, word: string): boolean {
  return term.form.text.toLowerCase() === word.toLowerCase();
}

/** Whether a concept stands on either side. */
export function touches(mapping: ConceptMapping, concept: string): boolean {
  return [mapping.from, ...mapping.to].some((end) => end.concept === concept);
}

export function proposed(
  draft: MappingDraft,
  find: (concept: string) => ConceptView,
  by: string,
): MappingView {
  const at = ({ concept }: ConceptView) => ({ concept: concept.id, version: concept.version });
  const from = find(draft.from);
  const to = draft.to.map(find);
  return {
    mapping: {
      ...draft,
      id: draft.mapping ?? crypto.randomUUID().replaceAll("-", ""),
      from: at(from),
      to: to.map(at),
      to_organisation: to[0]?.organisation ?? draft.to_organisation ?? "",
      proposed_by: by,
      other: "",
    },
    status: "proposed",
    from_organisation: from.organisation,
    from_label: from.label,
    to_labels: to.map(({ label }) => label),
    missing: [],
    reviews: [],
  };
}

/** A mapping with what an organisation says of it; without a verdict its word is taken back. */
export function reviewed(
  view: MappingView,
  organisation: string,
  verdict: ReviewVerdict | null,
  reason: string,
  person: string,
): MappingView {
  const others = view.reviews.filter((review) => review.organisation !== organisation);
  const versions = [view.mapping.from, ...view.mapping.to].map(({ version }) => version);
  const mapping = view.mapping.id;
  const said: Review[] = verdict ? [{ mapping, organisation, verdict, reason, person, versions }] : [];
  const reviews = [...others, ...said];
  return { ...view, reviews, status: status(view, reviews) };
}

function status(view: MappingView, reviews: Review[]): MappingStatus {
  if (reviews.some(({ verdict }) => verdict === "dispute")) return "disputed";
  const sides = [view.from_organisation, view.mapping.to_organisation];
  const agreed = sides.every((side) => reviews.some(({ organisation }) => organisation === side));
  return agreed ? "agreed" : "proposed";
}
