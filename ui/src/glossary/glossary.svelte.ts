/** The glossary room: what is on screen of the glossary, what is being written, and every act upon it. */
import type { AnalysisUpdate } from "../bindings/AnalysisUpdate";
import type { ConceptDraft } from "../bindings/ConceptDraft";
import type { ConceptView } from "../bindings/ConceptView";
import type { Coverage } from "../bindings/Coverage";
import type { ErrorView } from "../bindings/ErrorView";
import type { GlossaryReport } from "../bindings/GlossaryReport";
import type { MappingDraft } from "../bindings/MappingDraft";
import type { MappingStatus } from "../bindings/MappingStatus";
import type { MappingView } from "../bindings/MappingView";
import type { OfferView } from "../bindings/OfferView";
import type { ReviewVerdict } from "../bindings/ReviewVerdict";
import { Analysis } from "../chart/job.svelte";
import type { Desk } from "../frame/desk.svelte";
import { errorView } from "../host";
import { t, tn } from "../locale/text";
import { beside, type WordRow } from "./beside";
import { left } from "./coverage";

export type Tab = "concepts" | "review" | "coverage";
export const TABS: readonly Tab[] = ["concepts", "review", "coverage"];

/** Concepts fetched at a time. */
const BATCH = 500;
/** Words that coverage lists, of each kind. */
const LISTED = 1000;

/** What is being written: a concept, or how one relates to others. */
export type Writing =
  | { what: "concept"; concept: ConceptView | null; word: string; organisation: string }
  | {
      what: "mapping";
      from: ConceptView;
      to: ConceptView | null;
      relation: "same" | null;
      before: MappingView | null;
      /** What the other concept is looked for by. */
      word: string;
    };

export class GlossaryDesk {
  tab = $state<Tab>("concepts");
  /** What words must hold. */
  text = $state("");
  /** Rises with every wish to type in the field for it. */
  textWish = $state(0);
  state = $state<"idle" | "busy" | "done" | "failed">("idle");
  error = $state.raw<ErrorView | null>(null);
  concepts = $state.raw<readonly ConceptView[]>([]);
  mappings = $state.raw<readonly MappingView[]>([]);
  offers = $state.raw<readonly OfferView[]>([]);
  /** Only mappings that stand so are listed; none are all. */
  status = $state<MappingStatus | null>(null);
  /** The row and the column that the keyboard is on. */
  row = $state(0);
  column = $state(0);
  /** The concept or mapping that the inspector shows, by its id. */
  concept = $state<string | null>(null);
  mapping = $state<string | null>(null);
  writing = $state.raw<Writing | null>(null);
  readonly coverage: Analysis<Coverage>;
  readonly file: Analysis<GlossaryReport>;

  readonly #desk: Desk;
  #reading = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { host } = desk;
    this.coverage = new Analysis(host, (update) => (update.update === "coverage" ? update.coverage : null));
    this.file = new Analysis(host, (update) => (update.update === "glossary" ? update.report : null));
  }

  /** Breaks off what still runs. */
  dispose() {
    this.coverage.clear();
    this.file.clear();
  }

  /** Organisations, a column each: the reader's own first, then the others in the order of the list. */
  get columns(): string[] {
    const own = this.#desk.lens.organisation;
    const codes = this.#desk.codes.organisations.codes.map(({ code }) => code);
    const known = new Set([...codes, ...this.concepts.map(({ organisation }) => organisation)]);
    known.delete(own);
    return [own, ...known];
  }

  /** The words, a row each, as far as they hold what is asked for. */
  readonly rows: WordRow[] = $derived.by(() => beside(this.concepts, this.text));

  readonly queue: MappingView[] = $derived.by(() =>
    this.mappings.filter(({ status }) => this.status === null || status === this.status),
  );

  get shownConcept(): ConceptView | null {
    return this.concepts.find(({ concept }) => concept.id === this.concept) ?? null;
  }

  get shownMapping(): MappingView | null {
    return this.mappings.find(({ mapping }) => mapping.id === this.mapping) ?? null;
  }

  find(concept: string): ConceptView | null {
    return this.concepts.find((one) => one.concept.id === concept) ?? null;
  }

  // Reading.

  async read() {
    const reading = ++this.#reading;
    if (this.state !== "done") this.state = "busy";
    try {
      const { host } = this.#desk;
      const concepts: ConceptView[] = [];
      let total = 1;
      while (concepts.length < total) {
        const found = await host.concepts(null, null, BATCH, concepts.length);
        if (reading !== this.#reading) return;
        total = found.concepts.length === 0 ? 0 : found.total;
        concepts.push(...found.concepts);
      }
      const [mappings, offers] = await Promise.all([host.conceptMappings(null), host.offeredMappings()]);
      if (reading !== this.#reading) return;
      [this.concepts, this.mappings, this.offers] = [concepts, mappings, offers];
      this.state = "done";
      this.error = null;
    } catch (thrown) {
      if (reading !== this.#reading) return;
      this.error = errorView(thrown);
      this.state = "failed";
      if (this.error.code === "locked") this.#desk.report(thrown);
    }
  }

  /** Reads again what was read. */
  async refresh() {
    if (this.state !== "idle") await this.read();
  }

  /** Where the gaps are, as they were counted, without what was explained or mapped since. */
  readonly gaps: Coverage | null = $derived.by(() => {
    const { result } = this.coverage;
    return result && left(result, this.concepts, this.mappings);
  });

  count() {
    void this.coverage.start((onUpdate) => this.#desk.host.startCoverage(LISTED, onUpdate));
  }

  // What is seen.

  /** Shows a concept, from whatever room. */
  async show(concept: string) {
    this.#desk.go("glossary");
    this.tab = "concepts";
    if (this.state !== "done") await this.read();
    this.look({ concept });
    const at = this.rows.findIndex((row) => row.cells.some((cell) => cell.view.concept.id === concept));
    if (at < 0) this.text = "";
    this.row = Math.max(
      0,
      this.rows.findIndex((row) => row.cells.some((cell) => cell.view.concept.id === concept)),
    );
    const own = this.find(concept)?.organisation;
    this.column = Math.max(0, own === undefined ? 0 : this.columns.indexOf(own));
  }

  /** What the inspector shows. */
  look(at: { concept: string } | { mapping: string }) {
    this.concept = "concept" in at ? at.concept : null;
    this.mapping = "mapping" in at ? at.mapping : null;
    this.#desk.entity.shown = false;
    this.#desk.showInspector(true);
  }

  /** Words of the case, side by side. */
  compare(word: string) {
    this.tab = "concepts";
    this.text = word;
    this.row = 0;
  }

  // Writing.

  /** A concept, or a new one with a word: of the organisation, else of the one whose column the keyboard is on. */
  write(concept: ConceptView | null, word = "", organisation?: string) {
    const own = concept?.organisation ?? organisation;
    const of = own ?? this.columns[this.column] ?? this.#desk.lens.organisation;
    this.writing = { what: "concept", concept, word, organisation: of };
  }

  /** Says how a concept relates to another; anew, of one that is there. */
  map(from: ConceptView, to: ConceptView | null = null, before: MappingView | null = null, word = "") {
    this.writing = { what: "mapping", from, to, relation: null, before, word };
  }

  /** What a chain of agreements leads to, for a person to propose. */
  take(offer: OfferView) {
    const [from, to] = [this.find(offer.from), this.find(offer.to)];
    if (from && to) this.writing = { what: "mapping", from, to, relation: "same", before: null, word: "" };
  }

  /** These throw what is refused: the sheet that is open says so. */
  async setConcept(draft: ConceptDraft) {
    const { concept, change } = await this.#desk.host.setConcept(draft);
    await this.#desk.act(async () => change);
    this.look({ concept });
    this.writing = null;
  }

  async propose(draft: MappingDraft) {
    const { mapping, change } = await this.#desk.host.proposeMapping(draft);
    await this.#desk.act(async () => change);
    this.look({ mapping });
    this.writing = null;
    this.#desk.told(change, () => t("tie.proposed"));
  }

  async dropConcept({ concept, label }: ConceptView) {
    const change = await this.#desk.act(() => this.#desk.host.dropConcept(concept.id));
    if (change) this.#desk.told(change, () => t("concept.dropped", { word: label }));
  }

  async dropMapping({ mapping }: MappingView) {
    const change = await this.#desk.act(() => this.#desk.host.dropConceptMapping(mapping.id));
    if (change) this.#desk.told(change, () => t("tie.dropped"));
  }

  /** What an organisation says of a mapping; without a verdict it takes its word back. */
  async answer(
    mapping: string,
    organisation: string,
    verdict: ReviewVerdict | null,
    { reviewer = null, reason = "" }: { reviewer?: string | null; reason?: string } = {},
  ) {
    const { host } = this.#desk;
    return this.#desk.act(() => host.reviewMapping(mapping, organisation, verdict, reviewer, reason));
  }

  // In and out.

  import(token: string, organisation: string, accept: boolean) {
    const { host } = this.#desk;
    return this.file.start((onUpdate) =>
      host.startGlossaryImport(token, organisation, null, accept, (update) => this.#took(update, onUpdate)),
    );
  }

  seed() {
    return this.file.start((onUpdate) =>
      this.#desk.host.startGlossarySeed((update) => this.#took(update, onUpdate)),
    );
  }

  #took(update: AnalysisUpdate, onUpdate: (update: AnalysisUpdate) => void) {
    onUpdate(update);
    if (update.update !== "glossary") return;
    const { change, concepts } = update.report;
    if (change) void this.#desk.act(async () => change);
    this.#desk.announcement = () => tn("terms.done", concepts);
  }
}
