/**
 * The shell in memory: a small demo case that behaves as the desktop does, so that the window runs in an ordinary
 * browser, for screenshots and tests. Nothing is encrypted here because nothing is kept.
 */
import type { Act } from "../bindings/Act";
import type { ActKind } from "../bindings/ActKind";
import type { Amendment } from "../bindings/Amendment";
import type { AnalysisUpdate } from "../bindings/AnalysisUpdate";
import type { Arrangement } from "../bindings/Arrangement";
import type { Change } from "../bindings/Change";
import type { ChartSettings } from "../bindings/ChartSettings";
import type { Convention } from "../bindings/Convention";
import type { EntityQuery } from "../bindings/EntityQuery";
import type { ErrorView } from "../bindings/ErrorView";
import type { Filters } from "../bindings/Filters";
import type { Found } from "../bindings/Found";
import type { IdentifierKind } from "../bindings/IdentifierKind";
import type { JobUpdate } from "../bindings/JobUpdate";
import type { Keychain } from "../bindings/Keychain";
import type { Labels } from "../bindings/Labels";
import type { LogEntry } from "../bindings/LogEntry";
import type { Mapping } from "../bindings/Mapping";
import type { PathRequest } from "../bindings/PathRequest";
import type { Placement } from "../bindings/Placement";
import type { SavedSearch } from "../bindings/SavedSearch";
import type { Selection } from "../bindings/Selection";
import type { Stated } from "../bindings/Stated";
import type { Summary } from "../bindings/Summary";
import { type CaseState, DemoCase } from "./demo/case";
import { CHARTED } from "./demo/chart-statements";
import { DemoCharts } from "./demo/charts";
import { CODES } from "./demo/codes";
import { type DemoDocument, DOCUMENTS, dailyReports, phoneReport } from "./demo/documents";
import { DemoExchange } from "./demo/exchange";
import { watchFiles } from "./demo/files";
import { DemoImport } from "./demo/import";
import * as measuring from "./demo/measures";
import { DemoNetwork } from "./demo/network";
import { passages } from "./demo/passages";
import { parse, words } from "./demo/query";
import { GRADINGS, SCHEMA } from "./demo/schema";
import { find } from "./demo/search";
import { type Shelved, shelve } from "./demo/shelf";
import { ENTITIES } from "./demo/statements";
import {
  type Host,
  HostError,
  type HostEvents,
  type JobAct,
  type NewWorkspace,
  type OpenWorkspace,
} from "./host";

/** The passphrase of the demo case. */
export const DEMO_PASSPHRASE = "kraanhaven bij nacht";
const SHORTEST = 8;
const DEMO_PATH = "/home/analist/Koplamp/Lisdodde.koplamp";
const OTHER_PATH = "/home/analist/Koplamp/Zeilmaker.koplamp";
const RECOVERY_KEY = "7QWM-4KHT-XB2N-9RFD-3VYC-6PJE-8SAG-5UZL";

/** Putting what was stated on a chart, as a part of the act of stating. */
type Placing = Pick<Step, "undo" | "redo"> & { chart: string };

interface Step {
  act: Act;
  documents: string[];
  searches: boolean;
  entities: string[];
  charts: string[];
  suggestions: boolean;
  undo: () => void;
  redo: () => void;
}

export class MemoryHost implements Host {
  readonly #listeners: { [E in keyof HostEvents]: Set<(payload: HostEvents[E]) => void> } = {
    dragging: new Set(),
    dropped: new Set(),
    locked: new Set(),
    changed: new Set(),
  };
  readonly #log: LogEntry[] = [];
  readonly #jobs = new Map<string, DemoImport>();
  readonly #delay: number;
  /** The documents of each workspace, by its path; `#shelf` is that of the open one. */
  readonly #shelves = new Map<string, Shelved[]>();
  #shelf: Shelved[] = [];
  #searches: SavedSearch[] = [];
  /** What is stated in each workspace, by its path; `#case` is that of the open one. */
  readonly #cases = new Map<string, DemoCase>();
  #case = new DemoCase(() => [], [], "", 0);
  readonly #network = new DemoNetwork(() => this.#case);
  readonly #charted = new Map<string, DemoCharts>();
  #charts = new DemoCharts(this.#network);
  #grading = "admiralty";
  readonly #exchange = new DemoExchange({
    held: () => this.#case.state,
    keep: (state, entities) => this.#judge("facts_recorded", state, null, entities),
    by: () => ({ person: this.#open?.person ?? "", at: this.#clock }),
  });
  #done: Step[] = [];
  #undone: Step[] = [];
  #open: { path: string; name: string; organisation: string; person: string } | null = null;
  #workspaces = [
    { name: "Lisdodde", path: DEMO_PATH },
    { name: "Zeilmaker", path: OTHER_PATH },
  ];
  #clock = Date.UTC(2026, 10, 18, 8, 12, 0);
  #imported = 0;
  #preferences: string | null = null;

  /** `delay` is how long a command takes, in milliseconds. */
  constructor(delay = 120) {
    this.#delay = delay;
    this.#fill();
    if (typeof window !== "undefined") watchFiles(this);
  }

  async places() {
    return {
      home: "/home/analist/Koplamp",
      workspaces: [...this.#workspaces],
      given: DEMO_PATH,
      waiting: null,
    };
  }

  async codes() {
    return CODES;
  }

  async session() {
    return { summary: this.#open ? this.#summary() : null, idleMinutes: 10, minPassphrase: SHORTEST };
  }

  async keychain(path: string | null): Promise<Keychain> {
    return { state: path === OTHER_PATH ? "missing" : "ok", file: false };
  }

  async chooseFolder(purpose: "workspace" | "device_secret") {
    return purpose === "workspace" ? "/media/stick/Rietkade.koplamp" : "/media/stick/koplamp.secret";
  }

  async createWorkspace({ name, organisation, person, passphrase, folder }: NewWorkspace) {
    await this.#work(4);
    if ([...passphrase].length < SHORTEST) refuse("weak_passphrase");
    const path = `${folder ?? "/home/analist/Koplamp"}/${name}.koplamp`;
    if (this.#workspaces.some((place) => place.path === path)) refuse("workspace_exists", { path });
    this.#workspaces.push({ name, path });
    this.#takeShelf(path);
    this.#open = { path, name, organisation, person };
    this.#record("workspace_created", 1, name, organisation);
    return { path, recoveryKey: RECOVERY_KEY };
  }

  async openWorkspace({ path, passphrase, deviceSecretFile }: OpenWorkspace) {
    await this.#work(4);
    const place = this.#workspaces.find((workspace) => workspace.path === path);
    if (!place) return refuse("workspace_not_found", { path });
    if (path === OTHER_PATH && !deviceSecretFile) refuse("keychain_missing");
    if (passphrase !== DEMO_PASSPHRASE) refuse("wrong_passphrase");
    this.#takeShelf(path);
    this.#open = { path, name: place.name, organisation: "politie", person: "M. Zandwijk" };
    this.#record("opened", 1, "passphrase", "audit");
    return this.#summary();
  }

  async recoverWorkspace(workspace: OpenWorkspace & { recoveryKey: string }) {
    await this.#work(4);
    if (
      workspace.recoveryKey.replace(/[^A-Za-z0-9]/g, "").toUpperCase() !== RECOVERY_KEY.replaceAll("-", "")
    ) {
      refuse("wrong_recovery_key");
    }
    return this.openWorkspace({ ...workspace, passphrase: DEMO_PASSPHRASE });
  }

  async changePassphrase(old: string, fresh: string) {
    await this.#work(4);
    if (old !== DEMO_PASSPHRASE) refuse("wrong_passphrase");
    if ([...fresh].length < SHORTEST) refuse("weak_passphrase");
    this.#record("keys_changed", 1, "passphrase set", "audit");
  }

  async lock(cause: "hand" | "idle") {
    this.#record("locked", 1, cause, "audit");
    this.#open = null;
  }

  async active() {}

  async chooseImport(what: "files" | "folder"): Promise<Selection> {
    const names = ["dagrapport-0931.txt", "dagrapport-0932.txt", "facturen-pekelhof.zip", "oude-scan.pdf"];
    if (what === "files") return { token: "files", files: names.length, folders: 0, names };
    return { token: "folder", files: 0, folders: 1, names: ["inbeslagname-2026-11"] };
  }

  async startImport(token: string, labels: Labels, onUpdate: (update: JobUpdate) => void) {
    await this.#work();
    const id = `job-${this.#jobs.size + 1}`;
    const total = token === "folder" ? 1240 : 48;
    const fresh = dailyReports(total).map((document) => ({
      ...document,
      path: `import-${this.#imported + 1}/${document.path}`,
      organisation: labels.organisation,
      source: labels.source,
      purpose: labels.purpose,
      marking: labels.marking,
    }));
    this.#imported += 1;
    const job = new DemoImport(fresh, onUpdate, (taken) => {
      const shelved = taken.map((source) => this.#shelve(source));
      const documents = shelved.map(({ document }) => document.id);
      if (documents.length > 0)
        this.#do("documents_imported", documents, null, this.#removal(shelved, false));
      return shelved.map(({ document }) => ({ id: document.id, path: document.path, kind: document.kind }));
    });
    this.#jobs.set(id, job);
    return id;
  }

  async controlJob(job: string, act: JobAct) {
    if (this.#exchange.control(job, act)) return;
    const running = this.#jobs.get(job);
    if (!running) return refuse("job_not_found");
    running.control(act);
  }

  async search(query: string, filters: Filters, limit: number, offset: number): Promise<Found> {
    await this.#work(2);
    this.#demand();
    const parsed = parse(query);
    this.#record("searched", 1, query, "audit");
    return find(this.#kept(), parsed, filters, limit, offset);
  }

  async documents(failed: boolean, limit: number, offset: number) {
    await this.#work();
    this.#demand();
    const all = this.#kept()
      .map(({ document }) => document)
      .filter((document) => !failed || document.failure);
    return { total: all.length, documents: structuredClone(all.slice(offset, offset + limit)) };
  }

  async openDocument(id: string, query: string | null) {
    await this.#work();
    const { source, document } = this.#find(id);
    this.#record("consulted", 1, document.title, "audit");
    return structuredClone({
      document,
      parent: this.#kept().find((other) => other.document.id === document.parent)?.document ?? null,
      children: this.#kept()
        .filter((other) => other.document.parent === id)
        .map((other) => other.document),
      matches: query ? passages(source.text, words(parse(query))) : [],
    });
  }

  async documentPages(id: string, from: number, to: number) {
    await this.#work();
    const { source } = this.#find(id);
    return source.text
      .split("\f")
      .map((text, index) => ({ number: index + 1, label: null, text }))
      .slice(from - 1, to);
  }

  async exportOriginal(id: string) {
    await this.#work();
    this.#record("exported", 1, this.#find(id).document.title, "audit");
    return true;
  }

  async renameDocument(id: string, title: string | null) {
    await this.#work();
    const { document, source } = this.#find(id);
    const [before, after] = [document.title, title ?? source.title];
    return this.#do("document_renamed", [id], after, {
      undo: () => {
        document.title = before;
      },
      redo: () => {
        document.title = after;
      },
    });
  }

  async labelDocuments(ids: string[], labels: Labels) {
    await this.#work();
    const documents = ids.map((id) => this.#find(id).document);
    const before = documents.map((document) => document.labels);
    return this.#do(
      "documents_labelled",
      ids,
      documents.length === 1 ? (documents[0]?.title ?? null) : null,
      {
        undo: () => {
          documents.forEach((document, i) => {
            document.labels = before[i] ?? document.labels;
          });
        },
        redo: () => {
          for (const document of documents) document.labels = { ...labels };
        },
      },
    );
  }

  async removeDocuments(ids: string[]) {
    await this.#work();
    const shelved = ids.map((id) => this.#find(id));
    const title = shelved.length === 1 ? (shelved[0]?.document.title ?? null) : null;
    return this.#do("documents_removed", ids, title, this.#removal(shelved, true));
  }

  async undo() {
    await this.#work();
    const step = this.#done.pop() ?? refuse("nothing_to_undo");
    step.undo();
    this.#undone.push(step);
    return this.#tell({ act: this.#record("undone", step.act.count, step.act.subject), ...pick(step) });
  }

  async redo() {
    await this.#work();
    const step = this.#undone.pop() ?? refuse("nothing_to_redo");
    step.redo();
    this.#done.push(step);
    return this.#tell({ act: this.#record("redone", step.act.count, step.act.subject), ...pick(step) });
  }

  async saveSearch(name: string, query: string) {
    await this.#work();
    const saved = { id: crypto.randomUUID(), name, query };
    return this.#do("search_saved", [], name, this.#shelving(saved, true), { searches: true });
  }

  async savedSearches() {
    return [...this.#searches];
  }

  async dropSearch(id: string) {
    await this.#work();
    const saved =
      this.#searches.find((search) => search.id === id) ?? refuse("invalid_argument", { field: "search" });
    return this.#do("search_dropped", [], saved.name, this.#shelving(saved, false), { searches: true });
  }

  async logEntries(before: number | null, limit: number) {
    await this.#work();
    const end = before ?? this.#log.length;
    const start = Math.max(0, end - limit);
    return { entries: this.#log.slice(start, end).reverse(), next: start > 0 ? start : null };
  }

  async verifyLog() {
    await this.#work(6);
    return { ok: true, entries: this.#log.length, broken: null };
  }

  async doctor() {
    await this.#work(6);
    return { ok: true, state_digest: "5d0c6f1e".repeat(8), problems: [] };
  }

  async preferences() {
    return this.#preferences;
  }

  async keepPreferences(preferences: string) {
    this.#demand();
    this.#preferences = preferences;
  }

  async schema() {
    return SCHEMA;
  }

  async gradings() {
    return GRADINGS;
  }

  async grading() {
    return this.#grading;
  }

  async chooseGrading(scheme: string) {
    await this.#work();
    if (!GRADINGS.some(({ code }) => code === scheme)) refuse("invalid_argument", { field: "scheme" });
    const before = this.#grading;
    const set = (code: string) => () => {
      this.#grading = code;
    };
    return this.#do("grading_chosen", [], scheme, { undo: set(before), redo: set(scheme) });
  }

  async entities(query: EntityQuery, limit: number, offset: number) {
    await this.#work();
    this.#demand();
    return this.#case.entities(query, limit, offset);
  }

  async entity(entity: string) {
    await this.#work();
    this.#demand();
    const view = this.#case.entity(entity) ?? refuse("entity_not_found");
    this.#record("entity_consulted", 1, null, "audit");
    return view;
  }

  async statementsIn(document: string) {
    await this.#work();
    this.#find(document);
    return this.#case.statementsIn(document);
  }

  async stateFacts(stated: Stated) {
    await this.#work();
    const made = this.#case.stating(stated, this.#clock) ?? refuse("invalid_argument", { field: "passage" });
    const subject = made.entities.length > 0 ? said(stated) : null;
    const count = stated.things.reduce((sum, thing) => sum + thing.says.length, 0);
    const placed = this.#placing(stated, made.entities);
    return {
      change: this.#judge("facts_recorded", made.state, subject, made.entities, count, false, placed),
      entities: made.entities,
    };
  }

  async withdrawStatements(statements: string[]) {
    await this.#work();
    const { state, entities } = this.#case.withdrawing(statements);
    if (entities.length === 0) refuse("statement_not_found");
    return this.#judge("statements_withdrawn", state, null, entities, statements.length);
  }

  async amendStatement(statement: string, amendment: Partial<Amendment>) {
    await this.#work();
    const made = this.#case.amending(statement, amendment) ?? refuse("statement_not_found");
    return this.#judge("facts_recorded", made.state, amendment.text ?? null, made.entities);
  }

  async mergeEntities(entities: string[], reason: string) {
    await this.#work();
    if (new Set(entities).size < 2) refuse("invalid_argument", { field: "entities" });
    return this.#judge("entities_merged", this.#case.merging(entities, reason), reason, entities);
  }

  async unmergeEntities(merge: string) {
    await this.#work();
    const made = this.#case.unmerging(merge) ?? refuse("invalid_argument", { field: "merge" });
    return this.#judge("merge_withdrawn", made.state, null, made.entities);
  }

  async distinguishEntities(one: string, other: string, distinct: boolean) {
    await this.#work();
    const state = this.#case.distinguishing(one, other, distinct);
    return this.#judge("entities_distinguished", state, null, [one, other]);
  }

  async entityMatches(entity: string | null, limit: number) {
    await this.#work();
    this.#demand();
    this.#record("combined", 1, "matches", "audit");
    return this.#case.matches(entity, limit);
  }

  async suggestions(kind: IdentifierKind | null, limit: number, offset: number) {
    await this.#work();
    this.#demand();
    return this.#case.suggestions(kind, limit, offset);
  }

  async acceptSuggestions(suggestions: string[], into: string | null) {
    await this.#work();
    const { state, entities } = this.#case.accepting(suggestions, into, this.#clock);
    return this.#judge("suggestions_accepted", state, null, entities, suggestions.length, true);
  }

  async rejectSuggestions(suggestions: string[]) {
    await this.#work();
    const state = this.#case.rejecting(suggestions);
    return this.#judge("suggestions_rejected", state, null, [], suggestions.length, true);
  }

  async ignoreSuggestions(suggestions: string[]) {
    await this.#work();
    const subject = suggestions.length === 1 ? this.#case.normal(suggestions[0] ?? "") : null;
    const state = this.#case.ignoring(suggestions);
    return this.#judge("value_ignored", state, subject, [], suggestions.length, true);
  }

  async charts() {
    await this.#work();
    this.#demand();
    return structuredClone(this.#charts.kept.map(({ chart }) => chart));
  }

  async makeChart(name: string, entities: string[]) {
    await this.#work();
    const { chart, step } = this.#charts.make(name, entities);
    return { chart, change: this.#do("chart_set", [], name, step, { charts: [chart] }) };
  }

  async snapshotChart(chart: string, name: string) {
    await this.#work();
    const made = this.#charts.snapshot(this.#chart(chart), name);
    const change = this.#do("chart_set", [], name, made.step, { charts: [made.chart] });
    return { chart: made.chart, change };
  }

  async setChart(chart: string, name: string, settings: ChartSettings) {
    await this.#work();
    const step = this.#charts.set(this.#chart(chart), name, settings);
    return this.#do("chart_set", [], name, step, { charts: [chart] });
  }

  async dropChart(chart: string) {
    await this.#work();
    const kept = this.#chart(chart);
    return this.#do("chart_dropped", [], kept.chart.name, this.#charts.drop(kept), {
      charts: [chart],
    });
  }

  async chartView(chart: string, language: "nl" | "en", brush: [number, number] | null) {
    await this.#work();
    return this.#charts.view(this.#chart(chart), language, brush);
  }

  async placeOnChart(chart: string, placed: Placement[], taken: string[]) {
    await this.#work();
    return this.#placed(chart, this.#charts.place(this.#chart(chart), placed, taken));
  }

  async addToChart(chart: string, entities: string[], documents: string[], at: [number, number] | null) {
    await this.#work();
    const told = this.#network.nodes.filter((node) => node.documents.some((id) => documents.includes(id)));
    return this.#placed(
      chart,
      this.#charts.add(this.#chart(chart), [...entities, ...told.map(({ id }) => id)], at),
    );
  }

  async chartExpansions(chart: string, entity: string) {
    await this.#work();
    return this.#charts.expansions(this.#chart(chart), entity);
  }

  async expandOnChart(chart: string, entity: string, by: [string, string][], limit: number) {
    await this.#work();
    return this.#placed(chart, this.#charts.expand(this.#chart(chart), entity, by, limit));
  }

  async arrangeChart(chart: string, arrangement: Arrangement) {
    await this.#work();
    return this.#charts.arrange(this.#chart(chart), arrangement);
  }

  async exportPicture(chart: string) {
    await this.#work();
    this.#record("disclosed", 1, this.#chart(chart).chart.name, "audit");
    return true;
  }

  async startMeasures(chart: string | null, asked: Convention, onUpdate: (update: AnalysisUpdate) => void) {
    return this.#analyse(chart, onUpdate, (network) => ({
      update: "measures",
      measures: measuring.measures(network, asked),
    }));
  }

  async startBrokers(chart: string | null, players: number, onUpdate: (update: AnalysisUpdate) => void) {
    return this.#analyse(chart, onUpdate, (network) => ({
      update: "brokers",
      ranking: measuring.brokers(network, players),
    }));
  }

  async startKeyPlayers(
    chart: string | null,
    players: number,
    _types: string[],
    onUpdate: (update: AnalysisUpdate) => void,
  ) {
    return this.#analyse(chart, onUpdate, (network) => ({
      update: "key_players",
      players: measuring.brokers(network, players).key_players,
    }));
  }

  async startPaths(chart: string | null, request: PathRequest, onUpdate: (update: AnalysisUpdate) => void) {
    return this.#analyse(chart, onUpdate, (network) => ({
      update: "paths",
      found: measuring.paths(network, request),
    }));
  }

  /** New entities of an act on the chart that it names; links come by themselves. */
  #placing(stated: Stated, ids: readonly string[]): Placing | null {
    const { chart, things } = stated;
    if (!chart) return null;
    const fresh = ids.filter((_, at) => {
      const thing = things[at];
      return thing?.entity === null && !SCHEMA.types.find(({ name }) => name === thing.type)?.link;
    });
    const step = this.#charts.put(this.#chart(chart.chart), fresh, [chart.x, chart.y]);
    return { ...step, chart: chart.chart };
  }

  #chart(id: string) {
    this.#demand();
    return this.#charts.find(id) ?? refuse("chart_not_found");
  }

  #placed(chart: string, step: Pick<Step, "undo" | "redo">) {
    return this.#do("chart_placed", [], this.#chart(chart).chart.name, step, { charts: [chart] });
  }

  /** Counts what is on a chart, or the whole case, a moment later. */
  async #analyse(
    chart: string | null,
    onUpdate: (update: AnalysisUpdate) => void,
    count: (network: measuring.Counted) => AnalysisUpdate,
  ) {
    this.#demand();
    const on = chart === null ? null : new Set(this.#chart(chart).placements.map(({ entity }) => entity));
    const { nodes, links } = this.#network;
    const within = (id: string) => on === null || on.has(id);
    const network = {
      nodes: nodes.filter(({ id }) => within(id)),
      links: links.filter(({ source, target }) => within(source) && within(target)),
    };
    setTimeout(() => onUpdate(count(network)), this.#delay * 2);
    return crypto.randomUUID();
  }

  async startExchange(
    _token: string,
    _format: string | null,
    labels: Labels,
    _chart: string | null,
    onUpdate: (update: AnalysisUpdate) => void,
  ) {
    await this.#work();
    demandLabels(labels);
    return this.#exchange.startFile(labels, onUpdate);
  }

  async startTable(
    _token: string,
    mapping: Mapping,
    labels: Labels,
    _chart: string | null,
    onUpdate: (update: AnalysisUpdate) => void,
  ) {
    await this.#work();
    demandLabels(labels);
    return this.#exchange.startTable(mapping, labels, onUpdate);
  }

  async tryTable(_token: string, mapping: Mapping | null) {
    await this.#work();
    return this.#exchange.try(mapping);
  }

  async mappings() {
    await this.#work();
    return this.#exchange.saved;
  }

  async saveMapping(name: string, mapping: Mapping) {
    await this.#work();
    return this.#do(
      "mapping_saved",
      [],
      name,
      this.#exchange.save({ id: crypto.randomUUID(), name, mapping }),
    );
  }

  async dropMapping(id: string) {
    await this.#work();
    const name = this.#exchange.saved.find((saved) => saved.id === id)?.name ?? null;
    const step = this.#exchange.drop(id) ?? refuse("invalid_argument", { field: "mapping" });
    return this.#do("mapping_dropped", [], name, step);
  }

  async exportExchange(format: string, _chart: string | null) {
    await this.#work();
    this.#record("disclosed", 1, format, "audit");
    return true;
  }

  on<E extends keyof HostEvents>(event: E, listener: (payload: HostEvents[E]) => void) {
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
  }

  /** Lets an event happen, as the desktop would. */
  emit<E extends keyof HostEvents>(event: E, payload: HostEvents[E]) {
    for (const listener of this.#listeners[event]) listener(payload);
  }

  #takeShelf(path: string) {
    this.#shelf = this.#shelves.get(path) ?? [];
    this.#shelves.set(path, this.#shelf);
    const fresh = () => new DemoCase(() => this.#kept(), [], "M. Zandwijk", this.#clock);
    this.#case = this.#cases.get(path) ?? fresh();
    this.#cases.set(path, this.#case);
    this.#charts = this.#charted.get(path) ?? new DemoCharts(this.#network);
    this.#charted.set(path, this.#charts);
    this.#done = [];
    this.#undone = [];
  }

  #fill() {
    this.#takeShelf(DEMO_PATH);
    for (const source of [...DOCUMENTS, phoneReport(), ...dailyReports(420)]) {
      this.#shelve(source);
      this.#clock += 700;
    }
    this.#case = new DemoCase(() => this.#kept(), [...ENTITIES, ...CHARTED], "M. Zandwijk", this.#clock);
    this.#cases.set(DEMO_PATH, this.#case);
    this.#charts.begin("Pekelhof en de bestelbus");
    this.#open = { path: DEMO_PATH, name: "Lisdodde", organisation: "politie", person: "M. Zandwijk" };
    this.#record("workspace_created", 1, "Lisdodde", "politie");
    for (const [organisation, count] of [
      ["politie", 284],
      ["douane", 141],
      ["fiod", 3],
      ["om", 2],
    ] as const) {
      this.#record("documents_imported", count, null, organisation);
    }
    for (let i = 0; i < 60; i += 1) {
      this.#record(
        "searched",
        1,
        ["bestelbus", "Klokkenmaker AND pincode", '"grijze bestelbus"'][i % 3] ?? "",
        "audit",
      );
      this.#record("consulted", 1, DOCUMENTS[i % 13]?.title ?? "", "audit");
      if (i % 9 === 8) this.#record("locked", 1, "hand", "audit");
    }
    this.#searches = [
      { id: "s1", name: "Grijze bestelbus", query: '"grijze bestelbus"' },
      { id: "s2", name: "Pincodes en containers, 2025", query: "pincode AND container date:2025" },
    ];
    this.#open = null;
  }

  #shelve(source: DemoDocument): Shelved {
    const shelved = shelve(this.#shelf, source, this.#clock);
    this.#shelf.push(shelved);
    return shelved;
  }

  #removal(shelved: Shelved[], removed: boolean) {
    const set = (value: boolean) => () => {
      for (const one of shelved) one.removed = value;
    };
    return { undo: set(!removed), redo: set(removed) };
  }

  #shelving(saved: SavedSearch, kept: boolean) {
    const put = () => void this.#searches.push(saved);
    const take = () => {
      this.#searches = this.#searches.filter(({ id }) => id !== saved.id);
    };
    return kept ? { undo: take, redo: put } : { undo: put, redo: take };
  }

  #do(
    kind: ActKind,
    documents: string[],
    subject: string | null,
    step: Pick<Step, "undo" | "redo">,
    also: Partial<Omit<Change, "act" | "documents">> = {},
    count = documents.length,
  ) {
    this.#demand();
    step.redo();
    const act = this.#record(kind, Math.max(1, count), subject);
    const changed = { documents, searches: false, entities: [], charts: [], suggestions: false, ...also };
    this.#done.push({ act, ...changed, ...step });
    this.#undone = [];
    return this.#tell({ act, ...changed });
  }

  /** An act that puts another state in the place of the case's. */
  #judge(
    kind: ActKind,
    state: CaseState,
    subject: string | null,
    entities: string[],
    count = entities.length,
    suggestions = false,
    placed: Placing | null = null,
  ) {
    const held = this.#case;
    const before = held.state;
    const set = (to: CaseState) => () => {
      held.state = to;
    };
    const also = { entities: [...new Set(entities)], suggestions, charts: placed ? [placed.chart] : [] };
    const undo = () => {
      placed?.undo();
      set(before)();
    };
    const redo = () => {
      set(state)();
      placed?.redo();
    };
    return this.#do(kind, [], subject, { undo, redo }, also, count);
  }

  #tell(change: Change): Change {
    this.emit("changed", { change, origin: "memory" });
    return change;
  }

  #record(kind: ActKind, count: number, subject: string | null, compartment?: string): Act {
    this.#clock += 41_000;
    const sequence = this.#log.length + 1;
    const act = { transaction: `t${sequence}`, kind, count, subject, at: this.#clock };
    const person = this.#open?.person ?? "M. Zandwijk";
    const signature = ((sequence * 2246822519) >>> 0).toString(16).padStart(8, "0");
    const where = compartment ?? this.#open?.organisation ?? "politie";
    this.#log.push({ act, person, compartment: where, stream: `a1.${where}`, sequence, signature });
    return act;
  }

  #summary(): Summary {
    const open = this.#open ?? refuse("locked");
    const documents = this.#kept().map(({ document }) => document);
    const rank = (code: string | null) =>
      CODES.markings.codes.find((marking) => marking.code === code)?.rank ?? -1;
    const strictest = documents.map(({ labels }) => labels.marking).sort((a, b) => rank(b) - rank(a))[0];
    return {
      id: "w1",
      ...open,
      documents: documents.length,
      failures: documents.filter((document) => document.failure).length,
      marking: strictest ?? null,
      undo: this.#done.at(-1)?.act ?? null,
      redo: this.#undone.at(-1)?.act ?? null,
      notices: [],
    };
  }

  #kept() {
    return this.#shelf.filter(({ removed }) => !removed);
  }

  #find(id: string): Shelved {
    this.#demand();
    return this.#kept().find(({ document }) => document.id === id) ?? refuse("document_not_found");
  }

  #demand() {
    if (!this.#open) refuse("locked");
  }

  /** Takes as long as a command would, in units of the usual delay. */
  #work(times = 1) {
    return new Promise<void>((resolve) => setTimeout(resolve, this.#delay * times));
  }
}

function refuse(code: ErrorView["code"], details: Record<string, string> = {}): never {
  throw new HostError({ code, message: code.replaceAll("_", " "), details });
}

/** What the log calls an act of stating by: the first words that it says. */
function said(stated: Stated): string | null {
  const words = stated.things.flatMap(({ says }) => says).find(({ value }) => "text" in value)?.value;
  return words && "text" in words ? words.text : null;
}

function demandLabels(labels: Labels) {
  for (const field of ["organisation", "source", "purpose"] as const)
    if (labels[field].trim() === "") refuse("label_missing", { field });
}

function pick({ documents, searches, entities, charts, suggestions }: Step) {
  return { documents, searches, entities, charts, suggestions };
}
