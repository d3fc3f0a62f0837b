/**
 * What the window asks of the desktop shell: one method a command, with the command's own name and types.
 * The window knows no file, no socket and no storage but this.
 */
import type { Change } from "../bindings/Change";
import type { Codes } from "../bindings/Codes";
import type { Created } from "../bindings/Created";
import type { DocumentList } from "../bindings/DocumentList";
import type { DocumentView } from "../bindings/DocumentView";
import type { ErrorView } from "../bindings/ErrorView";
import type { Filters } from "../bindings/Filters";
import type { Found } from "../bindings/Found";
import type { Health } from "../bindings/Health";
import type { JobUpdate } from "../bindings/JobUpdate";
import type { Keychain } from "../bindings/Keychain";
import type { Labels } from "../bindings/Labels";
import type { LogCheck } from "../bindings/LogCheck";
import type { LogPage } from "../bindings/LogPage";
import type { Page } from "../bindings/Page";
import type { Places } from "../bindings/Places";
import type { SavedSearch } from "../bindings/SavedSearch";
import type { Selection } from "../bindings/Selection";
import type { Session } from "../bindings/Session";
import type { Summary } from "../bindings/Summary";

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
  search(query: string, filters: Filters, limit: number, offset: number): Promise<Found>;
  documents(failed: boolean, limit: number, offset: number): Promise<DocumentList>;
  openDocument(document: string, query: string | null): Promise<DocumentView>;
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
