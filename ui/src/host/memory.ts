/**
 * The shell in memory: a small demo case that behaves as the desktop does, so that the window runs in an ordinary
 * browser, for screenshots and tests. Nothing is encrypted here because nothing is kept.
 */
import type { Act } from "../bindings/Act";
import type { ActKind } from "../bindings/ActKind";
import type { Change } from "../bindings/Change";
import type { ErrorView } from "../bindings/ErrorView";
import type { Filters } from "../bindings/Filters";
import type { Found } from "../bindings/Found";
import type { JobUpdate } from "../bindings/JobUpdate";
import type { Keychain } from "../bindings/Keychain";
import type { Labels } from "../bindings/Labels";
import type { LogEntry } from "../bindings/LogEntry";
import type { SavedSearch } from "../bindings/SavedSearch";
import type { Selection } from "../bindings/Selection";
import type { Summary } from "../bindings/Summary";
import { CODES } from "./demo/codes";
import { type DemoDocument, DOCUMENTS, dailyReports, phoneReport } from "./demo/documents";
import { watchFiles } from "./demo/files";
import { DemoImport } from "./demo/import";
import { passages } from "./demo/passages";
import { parse, words } from "./demo/query";
import { find } from "./demo/search";
import { type Shelved, shelve } from "./demo/shelf";
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

interface Step {
  act: Act;
  documents: string[];
  searches: boolean;
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
    return this.#do("search_saved", [], name, this.#shelving(saved, true), true);
  }

  async savedSearches() {
    return [...this.#searches];
  }

  async dropSearch(id: string) {
    await this.#work();
    const saved =
      this.#searches.find((search) => search.id === id) ?? refuse("invalid_argument", { field: "search" });
    return this.#do("search_dropped", [], saved.name, this.#shelving(saved, false), true);
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
    this.#done = [];
    this.#undone = [];
  }

  #fill() {
    this.#takeShelf(DEMO_PATH);
    for (const source of [...DOCUMENTS, phoneReport(), ...dailyReports(420)]) {
      this.#shelve(source);
      this.#clock += 700;
    }
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
    searches = false,
  ) {
    this.#demand();
    step.redo();
    const act = this.#record(kind, Math.max(1, documents.length), subject);
    this.#done.push({ act, documents, searches, ...step });
    this.#undone = [];
    return this.#tell({ act, documents, searches });
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

function pick({ documents, searches }: Step) {
  return { documents, searches };
}
