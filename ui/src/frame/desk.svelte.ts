/**
 * The desk: everything that the window holds of an open case. It comes when a workspace opens and is let go when it
 * locks, whole, so that nothing of the case can stay behind in a store somewhere.
 */
import { getContext, setContext } from "svelte";
import type { Change } from "../bindings/Change";
import type { Codes } from "../bindings/Codes";
import type { Document } from "../bindings/Document";
import type { Entity } from "../bindings/Entity";
import type { Evidence } from "../bindings/Evidence";
import type { Hit } from "../bindings/Hit";
import type { Labels } from "../bindings/Labels";
import type { Passage } from "../bindings/Passage";
import type { Recorded } from "../bindings/Recorded";
import type { SenseAsk } from "../bindings/SenseAsk";
import type { Stated } from "../bindings/Stated";
import type { Summary } from "../bindings/Summary";
import { ChartDesk } from "../chart/chart.svelte";
import { DocumentList } from "../documents/list.svelte";
import { Reader } from "../documents/reader.svelte";
import { Facts } from "../entities/facts.svelte";
import { EntityRows } from "../entities/list.svelte";
import { EntitySelection, samePlace } from "../entities/selection.svelte";
import { GlossaryDesk } from "../glossary/glossary.svelte";
import { errorView, type Host } from "../host";
import { Intake } from "../intake/intake.svelte";
import { changeOf, type ExchangeJob, Interchange } from "../interchange/interchange.svelte";
import { t, tn } from "../locale/text";
import { Log } from "../log/log.svelte";
import { Review } from "../review/review.svelte";
import { Search } from "../search/search.svelte";
import { preferences } from "../workspace/preferences.svelte";
import { tell } from "./errors";
import { Lens } from "./lens.svelte";
import { type Marking, markingOf } from "./marking";
import { type Overlay, ROOMS, type Room } from "./rooms";
import { Selection } from "./selection.svelte";
import { Toasts } from "./toasts.svelte";

/** Acts after which a search may find other documents than it did. */
const MOVES = new Set(["documents_removed", "documents_restored", "undone", "redone"]);

/** What somebody is about to state: of which passage, and of what, where that is chosen already. */
export interface Stating {
  passage: Evidence | null;
  about: Entity | null;
  /** The marking of the passage's document. */
  marking: string | null;
}

export class Desk {
  readonly host: Host;
  readonly codes: Codes;
  readonly toasts = new Toasts();
  readonly search: Search;
  readonly documents: DocumentList;
  readonly failures: DocumentList;
  readonly intake: Intake;
  readonly log: Log;
  readonly chart: ChartDesk;
  readonly facts: Facts;
  readonly review: Review;
  readonly entityRows: EntityRows;
  readonly interchange: Interchange;
  readonly glossary: GlossaryDesk;
  readonly lens: Lens;

  summary = $state.raw<Summary>() as Summary;
  room = $state<Room>("search");
  overlay = $state<Overlay>(null);
  /** Whether the title of the selected document is being edited. */
  renaming = $state(false);
  /** Said to those who listen rather than look; called when said, so that it follows the language. */
  announcement = $state.raw<(() => string) | null>(null);
  /** Whether the window is too narrow for the inspector beside the centre; then it lies over it, when asked for. */
  narrow = $state(false);
  inspectorOver = $state(false);
  /** Where there is no room for both: whether the open document is shown, or the room that was gone to since. */
  documentFirst = $state(false);
  /** Rises with every wish to type in the search field. */
  queryWish = $state(0);
  /** The entities and links that are selected, in all rooms alike. */
  readonly entity = new EntitySelection();
  /** Puts entities and documents on the chart that is open; none as long as no room has charts. */
  onAddToChart = $state.raw<((entities: string[], documents: string[]) => void | Promise<void>) | null>(null);
  /** What is being stated, while the statement sheet is open. */
  stating = $state.raw<Stating | null>(null);
  /** Rises with every act that stated, withdrew or judged something: what shows entities reads them again. */
  factsChanged = $state(0);
  /** What the last of those acts said something of; the ends of a new link are not among them. */
  changedEntities = $state.raw<ReadonlySet<string>>(new Set());
  /** Rises with every act that changed a chart. */
  chartsChanged = $state(0);

  readonly #onLocked: () => void;
  /** What each room has chosen and opened: no room shows what belongs to another, and whoever comes back finds it again. */
  readonly #rooms: Record<Room, { selection: Selection; reader: Reader }>;
  /** The rooms whose open document changed while they were out of sight. Reading it again is an act that the log keeps. */
  readonly #outdated = new Set<Room>();
  /** The refreshing that each act of this sitting caused, by its transaction. */
  readonly #refreshed = new Map<string, Promise<void>>();
  readonly #stops: (() => void)[];
  #undoToast: number | null = null;

  constructor(host: Host, codes: Codes, summary: Summary, onLocked: () => void) {
    this.host = host;
    this.codes = codes;
    this.summary = summary;
    this.#onLocked = onLocked;
    this.lens = new Lens(host, summary.organisation);
    this.search = new Search(host, () => this.lens.organisation);
    const chosen = () => {
      this.entity.shown = false;
    };
    const room = () => ({
      selection: new Selection(chosen),
      reader: new Reader(host, () => this.lens.organisation),
    });
    this.#rooms = {
      search: room(),
      chart: room(),
      documents: room(),
      entities: room(),
      review: room(),
      glossary: room(),
      failures: room(),
      log: room(),
    };
    this.documents = new DocumentList(host, false);
    this.failures = new DocumentList(host, true);
    this.log = new Log(host);
    this.chart = new ChartDesk(this);
    this.onAddToChart = (entities, documents) => this.chart.add(entities, documents);
    this.facts = new Facts(host, () => this.lens.labels);
    this.glossary = new GlossaryDesk(this);
    this.review = new Review(this);
    this.entityRows = new EntityRows(host, () => this.facts.types);
    this.interchange = new Interchange(host, (job) => this.#exchanged(job));
    this.intake = new Intake(host, ({ report }) => {
      this.intake.panel = true;
      if (report) this.announcement = () => tn("intake.report.imported", report.imported);
    });
    this.#stops = [
      host.on("changed", ({ change }) => void this.attempt(() => this.#take(change))),
      host.on("dropped", (selection) => this.intake.offer(selection)),
      host.on("dragging", (dragging) => {
        this.intake.dragging = dragging;
      }),
    ];
    void this.attempt(() => this.search.refreshSaved());
    void this.attempt(() => this.facts.load());
    void this.attempt(() => this.review.count());
    void this.attempt(() => this.lens.refresh());
  }

  dispose() {
    for (const stop of this.#stops) stop();
    for (const { reader } of Object.values(this.#rooms)) reader.close();
    this.search.clear();
    this.entityRows.dispose();
    this.interchange.dispose();
    this.glossary.dispose();
    this.chart.dispose();
  }

  /** What is selected in the room on screen. */
  get selection(): Selection {
    return this.#rooms[this.room].selection;
  }

  /** The document that is open in the room on screen. */
  get reader(): Reader {
    return this.#rooms[this.room].reader;
  }

  /** Does something that may fail, and tells the person when it does. The answer is whether it worked. */
  async attempt(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (thrown) {
      this.report(thrown);
      return false;
    }
  }

  report(thrown: unknown) {
    const error = errorView(thrown);
    if (error.code === "locked") {
      this.#onLocked();
      return;
    }
    const { severity, technical } = tell(error);
    if (severity === "silent") return;
    this.toasts.show({ text: () => tell(error).text, advice: () => tell(error).advice, technical, severity });
  }

  /** Carries out an act that changes the case, and refreshes what it changed. */
  async act(run: () => Promise<Change>): Promise<Change | null> {
    try {
      const change = await run();
      await this.#take(change);
      return change;
    } catch (thrown) {
      this.report(thrown);
      return null;
    }
  }

  async undo() {
    await this.act(() => this.host.undo());
  }

  async redo() {
    await this.act(() => this.host.redo());
  }

  async rename(document: string, title: string | null) {
    return (await this.act(() => this.host.renameDocument(document, title))) !== null;
  }

  async label(documents: string[], labels: Labels) {
    return (await this.act(() => this.host.labelDocuments(documents, labels))) !== null;
  }

  /** Removes documents, and offers to take that back. */
  async remove(documents: string[]) {
    if (documents.length === 0) return;
    const change = await this.act(() => this.host.removeDocuments(documents));
    if (!change) return;
    this.told(change, () => tn("documents.removed", documents.length));
  }

  /** Tells what an act did, and offers to take it back as long as nothing else was done. */
  told(change: Change, text: () => string) {
    const { transaction } = change.act;
    if (this.#undoToast !== null) this.toasts.close(this.#undoToast);
    this.#undoToast = this.toasts.show({
      text,
      severity: "info",
      action: {
        label: () => t("action.undo"),
        testid: "toast-undo",
        // Only that act: after another one, Undo would take back something else.
        run: () => {
          if (this.summary.undo?.transaction === transaction) void this.undo();
        },
      },
    });
  }

  async exportOriginal(document: string) {
    await this.attempt(async () => {
      if (await this.host.exportOriginal(document)) {
        this.toasts.show({ text: () => t("documents.exported"), severity: "info" });
      }
    });
  }

  async dropSearch(search: string) {
    await this.act(() => this.host.dropSearch(search));
  }

  /** Opens a document beside the room that is on screen. */
  async open(
    document: string,
    passage: Passage | null = null,
    query: string | null = null,
    senses: SenseAsk | null = null,
  ) {
    if (!this.selection.documents.has(document)) this.selection.choose(document, passage);
    this.selection.document = document;
    this.selection.passage = passage;
    this.documentFirst = true;
    await this.reader.open(document, query, passage, senses);
  }

  /** The selected entities and links; the same in every room. */
  get entities(): ReadonlySet<string> {
    return this.entity.ids;
  }

  /** Selects entities and links, in whatever room; `current` is the one that the inspector shows. */
  chooseEntity(ids: string | Iterable<string>, current: string | null = null) {
    this.entity.choose(typeof ids === "string" ? [ids] : ids, this.room, current);
  }

  /** Opens the document of a passage beside the room, with the passage highlighted. The inspector keeps what it shows. */
  async openEvidence(evidence: Evidence) {
    const { shown } = this.entity;
    const { document, page, start, end, quote } = evidence;
    const passage: Passage = { page, start, end, quote, highlights: [[start, end]] };
    this.entity.at = this.entity.passages.findIndex((one) => samePlace(one, evidence));
    if (!this.selection.documents.has(document)) this.selection.choose(document, passage);
    this.selection.document = document;
    this.selection.passage = passage;
    this.entity.shown = shown;
    this.documentFirst = true;
    await this.reader.show(document, passage);
  }

  /** Opens the card of the next or previous word of the open document that has several meanings. */
  async stepSense(by: 1 | -1) {
    await this.attempt(async () => {
      if (!(await this.reader.stepSense(by)))
        this.toasts.show({ text: () => t("sense.nowhere"), severity: "info" });
    });
  }

  /** Opens the next or previous passage of the shown entity or link. */
  async stepPassage(by: 1 | -1) {
    const evidence = this.entity.passage(by);
    if (evidence) await this.openEvidence(evidence);
  }

  /**
   * Opens the statement sheet: of the passage that is marked in the open document, or that its current match is; of
   * none when nothing is, or when `bare`.
   */
  state({ about = null, bare = false }: { about?: Entity | null; bare?: boolean } = {}) {
    const passage = bare ? null : this.reader.passage;
    const marking = passage ? (this.reader.document?.labels.marking ?? null) : null;
    this.stating = { passage, about, marking };
    this.showInspector(true);
  }

  /** States facts, and refreshes what they changed. */
  async record(stated: Stated): Promise<Recorded> {
    const recorded = await this.host.stateFacts(stated);
    await this.#take(recorded.change);
    return recorded;
  }

  /** Puts entities and documents on the chart that is open. */
  async addToChart(entities: Iterable<string>, documents: Iterable<string> = []) {
    const [found, read] = [[...entities], [...documents]];
    if (this.onAddToChart && found.length + read.length > 0)
      await this.attempt(async () => this.onAddToChart?.(found, read));
  }

  /** Reads the case through the eyes of an organisation. */
  async lookThrough(organisation: string) {
    this.lens.organisation = organisation;
    for (const room of ROOMS) this.#rooms[room].reader.senses.outdate();
    const { search } = this;
    // Searching again is an act that the log keeps: it is done for who looks at the hits, and offered to who comes back to them.
    const looked = this.room === "search" && search.asked !== null;
    search.outdated = looked || search.asked === null ? null : "lens";
    await this.attempt(() =>
      Promise.all([this.lens.refresh(), looked ? search.seen() : null, this.chart.refreshView()]),
    );
  }

  get inspector(): boolean {
    return this.narrow ? this.inspectorOver : preferences.inspector;
  }

  showInspector(shown: boolean) {
    if (this.narrow) this.inspectorOver = shown;
    else preferences.inspector = shown;
  }

  go(room: Room) {
    this.room = room;
    this.stating = null;
    this.documentFirst = false;
    this.renaming = false;
    if (this.#outdated.delete(room)) void this.#refreshOpen(room);
  }

  /** The selected document, where the window knows it. */
  get selected(): Document | null {
    const id = this.selection.document;
    if (id === null) return null;
    if (this.reader.document?.id === id) return this.reader.document;
    return this.documents.find(id) ?? this.failures.find(id);
  }

  /** What a hit tells of the selected document, where that is all that is known of it. */
  get selectedHit(): Hit | null {
    return this.search.hits.find((hit) => hit.document === this.selection.document) ?? null;
  }

  get marking(): Marking {
    return markingOf(this);
  }

  async refreshSummary() {
    const { summary } = await this.host.session();
    if (summary) this.summary = summary;
    else this.#onLocked();
  }

  /** Refreshes what an act changed, once: the answer and the event tell of the same one, in either order. */
  #take(change: Change): Promise<void> {
    const { transaction } = change.act;
    const under = this.#refreshed.get(transaction) ?? this.#refresh(change);
    this.#refreshed.set(transaction, under);
    return under;
  }

  async #refresh(change: Change) {
    const { kind } = change.act;
    if (this.#undoToast !== null) this.toasts.close(this.#undoToast);
    this.#undoToast = null;
    const ids = new Set(change.documents);
    if (kind === "documents_removed") {
      this.search.drop(ids);
      for (const room of ROOMS) this.#drop(room, ids);
    }
    const work: Promise<unknown>[] = [this.refreshSummary()];
    if (change.searches) work.push(this.search.refreshSaved());
    if (ids.size > 0) {
      for (const list of [this.documents, this.failures])
        if (list.state !== "idle") work.push(list.refresh());
      work.push(this.#refreshSearch(kind, ids));
      for (const room of ROOMS) {
        const { id } = this.#rooms[room].reader;
        if (id === null || !ids.has(id)) continue;
        if (room === this.room) work.push(this.#refreshOpen(room));
        else this.#outdated.add(room);
      }
    }
    if (change.entities.length > 0) {
      this.changedEntities = new Set(change.entities);
      this.factsChanged += 1;
      if (this.entityRows.state !== "idle") work.push(this.entityRows.refresh());
    }
    if (change.suggestions || ids.size > 0) this.review.outdate();
    if (kind === "grading_chosen" || kind === "undone" || kind === "redone")
      work.push(this.facts.refreshGrading());
    if (change.charts.length > 0) this.chartsChanged += 1;
    if (change.glossary) {
      for (const room of ROOMS) this.#rooms[room].reader.senses.outdate();
      work.push(this.glossary.refresh(), this.lens.refresh());
      // Searching again is an act that the log keeps: it is offered, not done.
      if (this.search.asked !== null) this.search.outdated = "words";
    }
    work.push(this.chart.take(change));
    if (this.room === "log") work.push(this.log.refresh());
    await Promise.all(work);
  }

  /** A file of another program came in, or did not: who closed the sheet meanwhile is told. */
  #exchanged(job: ExchangeJob) {
    const { report, error, kind } = job;
    if (error?.code === "locked") this.#onLocked();
    const change = changeOf(job);
    if (change) void this.act(async () => change);
    if (report) this.announcement = () => tn("exchange.done", report.entities + report.links);
    const sheet = kind === "file" ? "exchange" : "table";
    if (this.overlay === sheet || error?.code === "cancelled" || error?.code === "locked") return;
    this.toasts.show({
      text: () =>
        report
          ? tn("exchange.done", report.entities + report.links)
          : t("exchange.failed", { file: job.file }),
      severity: report ? "info" : "refused",
      action: {
        label: () => t("exchange.report.open"),
        testid: "toast-exchange",
        run: () => {
          this.overlay = sheet;
        },
      },
    });
  }

  async #refreshSearch(kind: string, ids: Set<string>) {
    if (this.search.asked === null) return;
    if (kind === "documents_imported") this.search.stale = true;
    else if (MOVES.has(kind) || this.search.hits.some((hit) => ids.has(hit.document)))
      await this.search.again();
  }

  /** Reads the open document of a room again; one that is gone is closed. */
  async #refreshOpen(room: Room) {
    const { reader } = this.#rooms[room];
    const { id } = reader;
    await reader.refresh();
    if (id !== null && reader.id === id && reader.error?.code === "document_not_found")
      this.#drop(room, new Set([id]));
  }

  /** Takes documents out of a room. The one that is still open is then the selected one: what is read is what is described. */
  #drop(room: Room, documents: ReadonlySet<string>) {
    const { selection, reader } = this.#rooms[room];
    if (reader.id !== null && documents.has(reader.id)) reader.close();
    const before = selection.document;
    selection.drop(documents);
    if (before !== null && selection.documents.size === 0) selection.choose(reader.id);
  }
}

const DESK = Symbol("desk");

export const provideDesk = (desk: Desk) => setContext(DESK, desk);
export const useDesk = (): Desk => getContext(DESK);
