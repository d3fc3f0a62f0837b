/**
 * What the window asks of the desktop shell: one method a command, with the command's own name and types.
 * The window knows no file, no socket and no storage but this.
 */
import type { Amendment } from "../bindings/Amendment";
import type { AnalysisUpdate } from "../bindings/AnalysisUpdate";
import type { Arrangement } from "../bindings/Arrangement";
import type { Change } from "../bindings/Change";
import type { Chart } from "../bindings/Chart";
import type { ChartSettings } from "../bindings/ChartSettings";
import type { ChartView } from "../bindings/ChartView";
import type { Codes } from "../bindings/Codes";
import type { ConceptDraft } from "../bindings/ConceptDraft";
import type { ConceptList } from "../bindings/ConceptList";
import type { ConceptView } from "../bindings/ConceptView";
import type { Convention } from "../bindings/Convention";
import type { Created } from "../bindings/Created";
import type { DocumentList } from "../bindings/DocumentList";
import type { DocumentView } from "../bindings/DocumentView";
import type { DryRun } from "../bindings/DryRun";
import type { EntityList } from "../bindings/EntityList";
import type { EntityQuery } from "../bindings/EntityQuery";
import type { EntityView } from "../bindings/EntityView";
import type { ErrorView } from "../bindings/ErrorView";
import type { Expansion } from "../bindings/Expansion";
import type { Filters } from "../bindings/Filters";
import type { Found } from "../bindings/Found";
import type { GradingScheme } from "../bindings/GradingScheme";
import type { Health } from "../bindings/Health";
import type { IdentifierKind } from "../bindings/IdentifierKind";
import type { JobUpdate } from "../bindings/JobUpdate";
import type { Keychain } from "../bindings/Keychain";
import type { Labels } from "../bindings/Labels";
import type { LogCheck } from "../bindings/LogCheck";
import type { LogEntry } from "../bindings/LogEntry";
import type { LogPage } from "../bindings/LogPage";
import type { LookUp } from "../bindings/LookUp";
import type { MadeChart } from "../bindings/MadeChart";
import type { MadeConcept } from "../bindings/MadeConcept";
import type { MadeMapping } from "../bindings/MadeMapping";
import type { MadeSheet } from "../bindings/MadeSheet";
import type { Mapping } from "../bindings/Mapping";
import type { MappingDraft } from "../bindings/MappingDraft";
import type { MappingStatus } from "../bindings/MappingStatus";
import type { MappingView } from "../bindings/MappingView";
import type { Match } from "../bindings/Match";
import type { OfferView } from "../bindings/OfferView";
import type { Overlaid } from "../bindings/Overlaid";
import type { Overlay } from "../bindings/Overlay";
import type { Page } from "../bindings/Page";
import type { PageSenses } from "../bindings/PageSenses";
import type { PathRequest } from "../bindings/PathRequest";
import type { PictureFormat } from "../bindings/PictureFormat";
import type { Placement } from "../bindings/Placement";
import type { Places } from "../bindings/Places";
import type { Recorded } from "../bindings/Recorded";
import type { ResultFormat } from "../bindings/ResultFormat";
import type { ReviewVerdict } from "../bindings/ReviewVerdict";
import type { SavedMapping } from "../bindings/SavedMapping";
import type { SavedSearch } from "../bindings/SavedSearch";
import type { Schema } from "../bindings/Schema";
import type { Selection } from "../bindings/Selection";
import type { SenseAsk } from "../bindings/SenseAsk";
import type { Session } from "../bindings/Session";
import type { SheetChoice } from "../bindings/SheetChoice";
import type { SheetReport } from "../bindings/SheetReport";
import type { SheetView } from "../bindings/SheetView";
import type { Stated } from "../bindings/Stated";
import type { Statement } from "../bindings/Statement";
import type { StyleSheet } from "../bindings/StyleSheet";
import type { SuggestionList } from "../bindings/SuggestionList";
import type { Summary } from "../bindings/Summary";
import type { TextSenses } from "../bindings/TextSenses";
import type { WrittenText } from "../bindings/WrittenText";

export interface NewWorkspace {
  name: string;
  organisation: string;
  person: string;
  passphrase: string;
  /** Where the workspace's folder is made; none is the user's documents. */
  folder: string | null;
  deviceSecretFile: string | null;
}

export interface OpenWorkspace {
  path: string;
  passphrase: string;
  deviceSecretFile: string | null;
  /** Goes on from a copy that is older than the workspace itself says it should be; the log keeps that this was chosen. */
  acceptOlderCopy?: boolean;
}

export interface RecoverWorkspace extends OpenWorkspace {
  recoveryKey: string;
}

export type JobAct = "pause" | "resume" | "cancel";

export interface HostEvents {
  /** Files are held over the window (true), or left it again (false). */
  dragging: boolean;
  /** Files were let go over the window. */
  dropped: Selection;
  locked: { cause: string };
  changed: { change: Change; origin: string };
}

export interface Host {
  places(): Promise<Places>;
  codes(): Promise<Codes>;
  session(): Promise<Session>;
  keychain(path: string | null): Promise<Keychain>;
  chooseFolder(purpose: "workspace" | "device_secret"): Promise<string | null>;
  createWorkspace(workspace: NewWorkspace): Promise<Created>;
  openWorkspace(workspace: OpenWorkspace): Promise<Summary>;
  recoverWorkspace(workspace: RecoverWorkspace): Promise<Summary>;
  changePassphrase(old: string, fresh: string): Promise<void>;
  lock(cause: "hand" | "idle"): Promise<void>;
  active(): Promise<void>;
  chooseImport(what: "files" | "folder"): Promise<Selection | null>;
  startImport(token: string, labels: Labels, onUpdate: (update: JobUpdate) => void): Promise<string>;
  controlJob(job: string, act: JobAct): Promise<void>;
  /** Searches; with `senses`, words are looked for in the sense of an organisation. */
  search(
    query: string,
    filters: Filters,
    limit: number,
    offset: number,
    senses?: SenseAsk | null,
  ): Promise<Found>;
  /** Writes all that a search finds where the person says; false when nothing was chosen. */
  exportResults(
    query: string,
    filters: Filters,
    senses: SenseAsk | null,
    format: ResultFormat,
    language: "nl" | "en",
  ): Promise<boolean>;
  documents(failed: boolean, limit: number, offset: number): Promise<DocumentList>;
  openDocument(document: string, query: string | null, senses?: SenseAsk | null): Promise<DocumentView>;
  documentPages(document: string, from: number, to: number): Promise<Page[]>;
  exportOriginal(document: string): Promise<boolean>;
  renameDocument(document: string, title: string | null): Promise<Change>;
  labelDocuments(documents: string[], labels: Labels): Promise<Change>;
  removeDocuments(documents: string[]): Promise<Change>;
  undo(): Promise<Change>;
  redo(): Promise<Change>;
  saveSearch(name: string, query: string): Promise<Change>;
  savedSearches(): Promise<SavedSearch[]>;
  dropSearch(search: string): Promise<Change>;
  logEntries(before: number | null, limit: number): Promise<LogPage>;
  verifyLog(): Promise<LogCheck>;
  doctor(): Promise<Health>;
  /** What the person prefers of the window, as the window wrote it; kept in the open workspace, encrypted. */
  preferences(): Promise<string | null>;
  keepPreferences(preferences: string): Promise<void>;
  /** Types of entity and link, and the schemes by which sources and information are graded. */
  schema(): Promise<Schema>;
  gradings(): Promise<GradingScheme[]>;
  grading(): Promise<string>;
  chooseGrading(scheme: string): Promise<Change>;
  entities(query: EntityQuery, limit: number, offset: number): Promise<EntityList>;
  entity(entity: string): Promise<EntityView>;
  statementsIn(document: string): Promise<Statement[]>;
  stateFacts(stated: Stated): Promise<Recorded>;
  withdrawStatements(statements: string[]): Promise<Change>;
  amendStatement(statement: string, amendment: Partial<Amendment>): Promise<Change>;
  /** The first stands for all. */
  mergeEntities(entities: string[], reason: string): Promise<Change>;
  unmergeEntities(merge: string): Promise<Change>;
  distinguishEntities(one: string, other: string, distinct: boolean): Promise<Change>;
  /** A picture document as the photo of an entity. */
  choosePhoto(entity: string, document: string): Promise<Change>;
  /** The bytes of a small square JPEG, made of a picture document. */
  portrait(document: string): Promise<ArrayBuffer>;
  entityMatches(entity: string | null, limit: number): Promise<Match[]>;
  suggestions(kind: IdentifierKind | null, limit: number, offset: number): Promise<SuggestionList>;
  acceptSuggestions(suggestions: string[], into: string | null): Promise<Change>;
  rejectSuggestions(suggestions: string[]): Promise<Change>;
  /** Their values are never suggested again. */
  ignoreSuggestions(suggestions: string[]): Promise<Change>;
  charts(): Promise<Chart[]>;
  makeChart(name: string, entities: string[]): Promise<MadeChart>;
  snapshotChart(chart: string, name: string): Promise<MadeChart>;
  setChart(chart: string, name: string, settings: ChartSettings): Promise<Change>;
  dropChart(chart: string): Promise<Change>;
  /**
   * `brush` is a period in days since 1970-01-01: what lies outside is faint. Types of link are called as the
   * organisation `lens` calls them; none is the workspace's own.
   */
  chartView(
    chart: string,
    language: "nl" | "en",
    brush: [number, number] | null,
    lens?: string | null,
  ): Promise<ChartView>;
  /** Which entities and links of a chart an overlay picks. */
  overlay(chart: string, overlay: Overlay): Promise<Overlaid>;
  placeOnChart(chart: string, placed: Placement[], taken: string[]): Promise<Change>;
  /** `at` is in hundredths of a pixel at scale 1; none finds places near what they are linked to. */
  addToChart(
    chart: string,
    entities: string[],
    documents: string[],
    at: [number, number] | null,
  ): Promise<Change>;
  chartExpansions(chart: string, entity: string): Promise<Expansion[]>;
  /** `by` are pairs of a type of link and a type of entity; none are all. */
  expandOnChart(chart: string, entity: string, by: [string, string][], limit: number): Promise<Change>;
  /** Where everything would stand; nothing is kept. */
  arrangeChart(chart: string, arrangement: Arrangement): Promise<Placement[]>;
  /** The characters that are an empty box in it, for want of a font; null when the person went back. */
  exportPicture(
    chart: string,
    format: PictureFormat,
    selection: string[],
    language: "nl" | "en",
    lens: string | null,
  ): Promise<string | null>;
  /** The style sheets by name, with what is to be said of each. */
  styleSheets(): Promise<SheetView[]>;
  /** A sheet that says nothing yet, used by this chart, or by the workspace. */
  makeStyleSheet(name: string, organisation: string, chart: string | null): Promise<MadeSheet>;
  setStyleSheet(sheet: StyleSheet): Promise<Change>;
  dropStyleSheet(sheet: string): Promise<Change>;
  /** Without a chart it is the sheet of all charts that name none. */
  useStyleSheet(choice: SheetChoice, chart: string | null): Promise<Change>;
  /** Takes in the chosen file of a sheet. */
  importStyleSheet(token: string): Promise<SheetReport>;
  exportStyleSheet(sheet: string): Promise<boolean>;
  /** These begin a job and answer its name; without a chart it is about the whole case. */
  startMeasures(
    chart: string | null,
    convention: Convention,
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  startBrokers(
    chart: string | null,
    players: number,
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  startKeyPlayers(
    chart: string | null,
    players: number,
    types: string[],
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  startPaths(
    chart: string | null,
    request: PathRequest,
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  /** Takes in a chosen file of another program; `format` is guessed when there is none. */
  startExchange(
    token: string,
    format: string | null,
    labels: Labels,
    chart: string | null,
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  startTable(
    token: string,
    mapping: Mapping,
    labels: Labels,
    chart: string | null,
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  tryTable(token: string, mapping: Mapping | null): Promise<DryRun>;
  mappings(): Promise<SavedMapping[]>;
  saveMapping(name: string, mapping: Mapping): Promise<Change>;
  dropMapping(mapping: string): Promise<Change>;
  exportExchange(format: string, chart: string | null): Promise<boolean>;
  /** What a word means at each organisation, those of `lens` (none: the workspace's own) first. */
  lookUp(word: string, lens: string | null): Promise<LookUp>;
  /** What an organisation calls types of entity and link, by the type's name; only where it says something else. */
  lensLabels(lens: string, language: "nl" | "en"): Promise<Record<string, string>>;
  concept(concept: string): Promise<ConceptView>;
  /** What was done to a concept, its terms and its mappings, the newest first. */
  conceptHistory(concept: string): Promise<LogEntry[]>;
  concepts(
    text: string | null,
    organisation: string | null,
    limit: number,
    offset: number,
  ): Promise<ConceptList>;
  conceptMappings(status: MappingStatus | null): Promise<MappingView[]>;
  /** What chains of "the same" would give: offered, never kept by themselves. */
  offeredMappings(): Promise<OfferView[]>;
  setConcept(draft: ConceptDraft): Promise<MadeConcept>;
  dropConcept(concept: string): Promise<Change>;
  proposeMapping(draft: MappingDraft): Promise<MadeMapping>;
  dropConceptMapping(mapping: string): Promise<Change>;
  /**
   * Without a verdict the organisation's word is taken back. The reviewer is named for another organisation than that of
   * who works here, or is somebody unnamed there; a dispute needs a reason.
   */
  reviewMapping(
    mapping: string,
    organisation: string,
    verdict: ReviewVerdict | null,
    reviewer: string | null,
    reason: string,
  ): Promise<Change>;
  /** The words of the glossary on these pages, with what their cards say; at most 50 pages at once. */
  pageSenses(document: string, from: number, to: number, lens: string | null): Promise<PageSenses[]>;
  /** The words of the glossary in texts that people wrote. */
  textSenses(texts: WrittenText[], lens: string | null): Promise<TextSenses[]>;
  /** `start` and `end` are characters of the page's text; without a concept what was said before is taken back. */
  fixSense(
    document: string,
    place: { page: number; start: number; end: number },
    concept: string | null,
  ): Promise<Change>;
  /** These begin a job and answer its name. */
  startCoverage(limit: number, onUpdate: (update: AnalysisUpdate) => void): Promise<string>;
  startGlossaryImport(
    token: string,
    organisation: string,
    format: string | null,
    acceptViolations: boolean,
    onUpdate: (update: AnalysisUpdate) => void,
  ): Promise<string>;
  /** Takes in the glossary that is built in. */
  startGlossarySeed(onUpdate: (update: AnalysisUpdate) => void): Promise<string>;
  exportGlossary(format: string, organisation: string | null): Promise<boolean>;
  /** Listens until the returned function is called. */
  on<E extends keyof HostEvents>(event: E, listener: (payload: HostEvents[E]) => void): () => void;
}

/** A command that was refused or failed. */
export class HostError extends Error {
  readonly view: ErrorView;

  constructor(view: ErrorView) {
    super(view.message);
    this.view = view;
  }
}

/** What a rejected command says, whatever was thrown. */
export function errorView(thrown: unknown): ErrorView {
  if (thrown instanceof HostError) return thrown.view;
  if (isErrorView(thrown)) return thrown;
  return {
    code: "internal",
    message: thrown instanceof Error ? thrown.message : String(thrown),
    details: {},
  };
}

function isErrorView(thrown: unknown): thrown is ErrorView {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "details" in thrown;
}
