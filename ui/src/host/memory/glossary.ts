/** The glossary in memory: looking up, editing, mapping, answering, senses in documents, files in and out. */
import type { ActKind } from "../../bindings/ActKind";
import type { AnalysisUpdate } from "../../bindings/AnalysisUpdate";
import type { ConceptView } from "../../bindings/ConceptView";
import type { LogEntry } from "../../bindings/LogEntry";
import type { Review } from "../../bindings/Review";
import type { Violation } from "../../bindings/Violation";
import { coverage } from "../demo/coverage";
import { builtIn, type Kept, type Known, schemeOf, term } from "../demo/glossary";
import { entryOf, labelOf, mappingView, meanings, pageSenses, textSenses } from "../demo/senses";
import type { Host } from "../host";
import { refuse, type Shell } from "./shell";

type GlossaryHost = Pick<
  Host,
  | "lookUp"
  | "lensLabels"
  | "concept"
  | "conceptHistory"
  | "concepts"
  | "conceptMappings"
  | "offeredMappings"
  | "setConcept"
  | "dropConcept"
  | "proposeMapping"
  | "dropConceptMapping"
  | "reviewMapping"
  | "pageSenses"
  | "textSenses"
  | "fixSense"
  | "startCoverage"
  | "startGlossaryImport"
  | "startGlossarySeed"
  | "exportGlossary"
>;

const RANK = { recheck: 0, disputed: 1, proposed: 2, agreed: 3 };
/** What breaks a rule of the profile in the file that the demo takes in. */
const VIOLATIONS: Violation[] = [
  {
    subject: "urn:example:klant",
    rule: "definition-missing",
    mandatory: true,
    message: "'klant' has no definition: write what it means",
    parameters: ["klant"],
    line: 14,
  },
];

export function glossary(shell: Shell): GlossaryHost {
  const own = (lens: string | null) => lens ?? shell.open?.organisation ?? "politie";
  const find = (id: string) =>
    shell.glossary.concepts.find(({ concept }) => concept.id === id) ?? refuse("concept_not_found");
  const view = (kept: Kept): ConceptView => ({
    ...kept,
    label: labelOf(kept),
    mappings: shell.glossary.mappings
      .filter(({ from, to }) => [from, ...to].some(({ concept }) => concept === kept.concept.id))
      .flatMap(({ id }) => mappingView(shell.glossary, id) ?? []),
  });
  const change = (kind: ActKind, subject: string | null, to: Partial<Known>, documents: string[] = []) => {
    const before = shell.glossary;
    const after = { ...before, ...to };
    const set = (state: Known) => () => {
      shell.glossary = state;
    };
    return shell.act(kind, subject, { undo: set(before), redo: set(after) }, { glossary: true, documents });
  };
  const said = (id: string) => {
    const found = mappingView(shell.glossary, id) ?? refuse("mapping_not_found");
    return `${found.from_label} – ${found.to_labels.join(", ")}`;
  };
  const job = (update: () => AnalysisUpdate, onUpdate: (update: AnalysisUpdate) => void) => {
    shell.demand();
    setTimeout(() => onUpdate(update()), shell.delay * 2);
    return `glossary-${shell.log.length}`;
  };
  return {
    async lookUp(word, lens) {
      await shell.work();
      const mine = own(lens);
      const found = meanings(shell.glossary, word).map((kept) => entryOf(shell.glossary, kept));
      return {
        word,
        senses: found.sort((a, b) => Number(b.organisation === mine) - Number(a.organisation === mine)),
      };
    },

    async lensLabels(lens) {
      await shell.work();
      const mine = shell.glossary.concepts.filter(({ organisation }) => organisation === lens);
      const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
      return Object.fromEntries(
        mine.flatMap((kept) =>
          kept.concept.notation ? [[kept.concept.notation, capital(labelOf(kept))]] : [],
        ),
      );
    },

    async concept(id) {
      await shell.work();
      return structuredClone(view(find(id)));
    },

    async conceptHistory(id) {
      await shell.work();
      const label = labelOf(find(id));
      const about = ({ act }: LogEntry) =>
        ["glossary_changed", "mapping_reviewed"].includes(act.kind) &&
        (act.subject ?? "").split(" – ").includes(label);
      return structuredClone(shell.log.filter(about)).reverse();
    },

    async concepts(text, organisation, limit, offset) {
      await shell.work();
      const wanted = text?.trim().toLowerCase() ?? "";
      const found = shell.glossary.concepts
        .filter((kept) => organisation === null || kept.organisation === organisation)
        .filter(({ terms }) => terms.some(({ form }) => form.text.toLowerCase().includes(wanted)))
        .map(view)
        .sort((a, b) => a.label.localeCompare(b.label, "nl") || a.organisation.localeCompare(b.organisation));
      const schemes = [...new Set(shell.glossary.concepts.map((kept) => kept.organisation))].map(schemeOf);
      return structuredClone({ total: found.length, concepts: found.slice(offset, offset + limit), schemes });
    },

    async conceptMappings(status) {
      await shell.work();
      const all = shell.glossary.mappings.flatMap(({ id }) => mappingView(shell.glossary, id) ?? []);
      return structuredClone(
        all
          .filter((one) => status === null || one.status === status)
          .sort((a, b) => RANK[a.status] - RANK[b.status] || a.from_label.localeCompare(b.from_label, "nl")),
      );
    },

    async offeredMappings() {
      await shell.work();
      return offers(shell.glossary);
    },

    async setConcept({ concept: id, organisation, terms, ...draft }) {
      await shell.work();
      const before = id === null ? null : find(id);
      const name = id ?? `${organisation}:${crypto.randomUUID()}`;
      const changed = JSON.stringify(before?.concept.definitions) !== JSON.stringify(draft.definitions);
      const version = before ? before.concept.version + Number(changed) : 1;
      const scheme = `scheme:${organisation}`;
      const links = { broader: [], narrower: [], related: [], used_by: [], default_for: [], other: "" };
      const kept: Kept = {
        concept: { ...links, ...draft, id: name, scheme, iri: `urn:koplamp:concept:${name}`, version },
        organisation: before?.organisation ?? organisation,
        terms: terms.map((draft) => ({ ...term(name, draft.kind, draft.form.text), ...draft })),
      };
      const others = shell.glossary.concepts.filter(({ concept }) => concept.id !== name);
      return {
        concept: name,
        change: change("glossary_changed", labelOf(kept), { concepts: [...others, kept] }),
      };
    },

    async dropConcept(id) {
      await shell.work();
      const label = labelOf(find(id));
      const { concepts, mappings } = shell.glossary;
      return change("glossary_changed", label, {
        concepts: concepts.filter(({ concept }) => concept.id !== id),
        mappings: mappings.filter(({ from, to }) => ![from, ...to].some(({ concept }) => concept === id)),
      });
    },

    async proposeMapping(draft) {
      await shell.work();
      const at = (id: string) => ({ concept: id, version: find(id).concept.version });
      const [first] = draft.to;
      if (draft.relation === "nearly_same" && draft.difference.length === 0)
        refuse("invalid_argument", { field: "difference" });
      if (excluded(shell.glossary, draft.mapping, draft.from, first)) refuse("mapping_excluded");
      const { mapping, from, to, to_organisation, proposed_by, ...rest } = draft;
      const id = mapping ?? `m${shell.glossary.mappings.length}-${shell.log.length}`;
      const made = {
        ...rest,
        id,
        from: at(from),
        to: to.map(at),
        to_organisation: first ? find(first).organisation : (to_organisation ?? ""),
        proposed_by: own(proposed_by),
        other: "",
      };
      const mappings = [...shell.glossary.mappings.filter((one) => one.id !== id), made];
      const reviews = shell.glossary.reviews.filter((review) => review.mapping !== id);
      const subject = [labelOf(find(from)), ...to.map((one) => labelOf(find(one)))].join(" – ");
      return { mapping: id, change: change("glossary_changed", subject, { mappings, reviews }) };
    },

    async dropConceptMapping(id) {
      await shell.work();
      const subject = said(id);
      const mappings = shell.glossary.mappings.filter((mapping) => mapping.id !== id);
      return change("glossary_changed", subject, { mappings });
    },

    async reviewMapping(id, organisation, verdict, named, reason) {
      await shell.work();
      const subject = said(id);
      if (verdict === "dispute" && reason.trim() === "") refuse("invalid_argument", { field: "reason" });
      const mapping = shell.glossary.mappings.find((one) => one.id === id) ?? refuse("mapping_not_found");
      const ends = [mapping.from, ...mapping.to];
      const versions = ends.map(({ concept }) => find(concept).concept.version);
      const others = shell.glossary.reviews.filter(
        (review) => review.mapping !== id || review.organisation !== organisation,
      );
      const person = shell.open?.person ?? "";
      const reviewer = organisation === shell.open?.organisation ? person : (named ?? undefined);
      const fresh: Review[] = verdict
        ? [{ mapping: id, organisation, verdict, reason, ...(reviewer && { reviewer }), person, versions }]
        : [];
      // Who looks at it again looks at the concepts as they are now.
      const at = ends.map((end, n) => ({ ...end, version: versions[n] ?? end.version }));
      const now = { ...mapping, from: at[0] ?? mapping.from, to: at.slice(1) };
      const mappings = shell.glossary.mappings.map((one) => (one.id === id ? now : one));
      return change("mapping_reviewed", subject, { mappings, reviews: [...others, ...fresh] });
    },

    async pageSenses(id, from, to, lens) {
      await shell.work();
      const shelved = shell.document(id);
      const last = Math.min(to, shelved.source.text.split("\f").length);
      const numbers = Array.from({ length: Math.max(0, last - from + 1) }, (_, n) => from + n);
      return numbers.map((page) => pageSenses(shell.glossary, shelved, page, own(lens)));
    },

    async textSenses(texts, lens) {
      await shell.work();
      return texts.map(({ text, organisation }) => textSenses(shell.glossary, text, organisation, own(lens)));
    },

    async fixSense(document, place, concept) {
      await shell.work();
      if (concept !== null) find(concept);
      const others = shell.glossary.fixed.filter(
        (one) => one.document !== document || one.page !== place.page || one.start !== place.start,
      );
      const fixed = concept === null ? others : [...others, { document, ...place, concept }];
      const text = shell.document(document).source.text.split("\f")[place.page - 1] ?? "";
      const word = [...text].slice(place.start, place.end).join("");
      return change("sense_fixed", word, { fixed });
    },

    async startCoverage(limit, onUpdate) {
      const found = () => coverage(shell.glossary, shell.kept, limit);
      return job(() => ({ update: "coverage", coverage: found() }), onUpdate);
    },

    async startGlossaryImport(_token, organisation, _format, acceptViolations, onUpdate) {
      const report = { concepts: 1, terms: 2, mappings: 0, violations: VIOLATIONS, rejected: [] };
      return job(() => {
        if (!acceptViolations) {
          const none = { ...report, concepts: 0, terms: 0, refused: true, change: null };
          return { update: "glossary", report: none };
        }
        const id = `${organisation}:klant`;
        const [model] = builtIn().concepts;
        if (!model) return { update: "glossary", report: { ...report, refused: false, change: null } };
        const concept = { ...model.concept, id, definitions: [], sources: [], scope_notes: [], examples: [] };
        const terms = [term(id, "preferred", "klant"), term(id, "alternative", "relatie")];
        const concepts = [...shell.glossary.concepts, { concept, organisation, terms }];
        const made = change("glossary_changed", "klant", { concepts });
        return { update: "glossary", report: { ...report, refused: false, change: made } };
      }, onUpdate);
    },

    async startGlossarySeed(onUpdate) {
      return job(() => {
        const { concepts, mappings, reviews } = builtIn();
        const count = { concepts: concepts.length, terms: concepts.length, mappings: mappings.length };
        const made = change("glossary_changed", null, { concepts, mappings, reviews });
        const report = { ...count, violations: [], rejected: [], refused: false, change: made };
        return { update: "glossary", report };
      }, onUpdate);
    },

    async exportGlossary(format) {
      await shell.work();
      shell.record("disclosed", 1, format, "audit");
      return true;
    },
  };
}

/** Whether something is said of the pair already. */
function excluded(known: Known, but: string | null, from: string, to: string | undefined): boolean {
  return known.mappings.some((mapping) => {
    const ends = [mapping.from.concept, ...mapping.to.map(({ concept }) => concept)];
    return to !== undefined && mapping.id !== but && ends.includes(from) && ends.includes(to);
  });
}

/** Chains of two agreed "the same". */
function offers(known: Known) {
  const same = known.mappings.filter(
    (one) => one.relation === "same" && mappingView(known, one.id)?.status === "agreed",
  );
  const pairs = same.flatMap(({ id, from, to }) => {
    const other = to[0]?.concept ?? "";
    return [
      { id, one: from.concept, other },
      { id, one: other, other: from.concept },
    ];
  });
  const kept = (id: string) => known.concepts.find(({ concept }) => concept.id === id);
  return pairs.flatMap((first) =>
    pairs
      .filter((next) => next.one === first.other && next.other > first.one)
      .filter((next) => !excluded(known, null, first.one, next.other))
      .map((next) => ({
        from: first.one,
        from_organisation: kept(first.one)?.organisation ?? "",
        from_label: labelOf(kept(first.one)),
        to: next.other,
        to_organisation: kept(next.other)?.organisation ?? "",
        to_label: labelOf(kept(next.other)),
        through: [first.id, next.id],
      })),
  );
}
