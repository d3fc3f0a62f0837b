/**
 * What every command of the shell in memory stands on: the open workspace, what it holds, the log of acts, undo and redo,
 * and the events. As in the desktop, an act is done by its `redo`, so that undoing and doing again are the same two ways.
 */
import type { Act } from "../../bindings/Act";
import type { ActKind } from "../../bindings/ActKind";
import type { Change } from "../../bindings/Change";
import type { ErrorView } from "../../bindings/ErrorView";
import type { LogEntry } from "../../bindings/LogEntry";
import { DemoCase } from "../demo/case";
import { DemoCharts } from "../demo/charts";
import type { DemoDocument } from "../demo/documents";
import { type Known, NOTHING } from "../demo/glossary";
import { DemoNetwork } from "../demo/network";
import { type Shelved, shelve } from "../demo/shelf";
import { HostError, type HostEvents, type JobAct } from "../host";

/** The two ways of an act. */
export interface Ways {
  undo: () => void;
  redo: () => void;
}

/** What of the window an act touches; what is left out it does not. */
type Touched = Partial<Omit<Change, "act">>;

interface Step extends Ways {
  change: Change;
}

/** What a workspace holds. */
interface Held {
  shelf: Shelved[];
  case: DemoCase;
  charts: DemoCharts;
  glossary: Known;
}

export interface OpenPlace {
  path: string;
  name: string;
  organisation: string;
  person: string;
}

const PERSON = "M. Zandwijk";

export class Shell {
  readonly log: LogEntry[] = [];
  readonly jobs = new Map<string, { control: (act: JobAct) => void }>();
  /** How long a command takes, in milliseconds. */
  readonly delay: number;
  readonly network = new DemoNetwork(() => this.case);
  open: OpenPlace | null = null;
  clock = Date.UTC(2026, 10, 18, 8, 12, 0);
  done: Step[] = [];
  undone: Step[] = [];
  readonly #all = new Map<string, Held>();
  readonly #listeners: { [E in keyof HostEvents]: Set<(payload: HostEvents[E]) => void> } = {
    dragging: new Set(),
    dropped: new Set(),
    locked: new Set(),
    changed: new Set(),
  };
  #held: Held = this.#fresh();

  constructor(delay: number) {
    this.delay = delay;
  }

  get case() {
    return this.#held.case;
  }

  set case(to: DemoCase) {
    this.#held.case = to;
  }

  get charts() {
    return this.#held.charts;
  }

  get glossary() {
    return this.#held.glossary;
  }

  set glossary(to: Known) {
    this.#held.glossary = to;
  }

  /** The documents that are there. */
  get kept() {
    return this.#held.shelf.filter(({ removed }) => !removed);
  }

  /** Takes what the workspace of this path holds; of a new one, nothing. */
  take(path: string) {
    this.#held = this.#all.get(path) ?? this.#fresh();
    this.#all.set(path, this.#held);
    this.done = [];
    this.undone = [];
  }

  shelve(source: DemoDocument): Shelved {
    const shelved = shelve(this.#held.shelf, source, this.clock);
    this.#held.shelf.push(shelved);
    return shelved;
  }

  document(id: string): Shelved {
    this.demand();
    return this.kept.find(({ document }) => document.id === id) ?? refuse("document_not_found");
  }

  chart(id: string) {
    this.demand();
    return this.charts.find(id) ?? refuse("chart_not_found");
  }

  demand() {
    if (!this.open) refuse("locked");
  }

  /** Takes as long as a command would, in units of the usual delay. */
  work(times = 1) {
    return new Promise<void>((resolve) => setTimeout(resolve, this.delay * times));
  }

  /** Does an act that can be undone; `count` is of what, for its sentence. */
  act(kind: ActKind, subject: string | null, ways: Ways, touched: Touched = {}, count = 1): Change {
    this.demand();
    ways.redo();
    const act = this.record(kind, Math.max(1, count), subject);
    const change = {
      act,
      documents: [],
      searches: false,
      entities: [],
      charts: [],
      suggestions: false,
      styles: false,
      glossary: false,
      ...touched,
    };
    this.done.push({ change, ...ways });
    this.undone = [];
    return this.#tell(change);
  }

  undo(): Change {
    const step = this.done.pop() ?? refuse("nothing_to_undo");
    step.undo();
    this.undone.push(step);
    return this.#again("undone", step);
  }

  redo(): Change {
    const step = this.undone.pop() ?? refuse("nothing_to_redo");
    step.redo();
    this.done.push(step);
    return this.#again("redone", step);
  }

  record(kind: ActKind, count: number, subject: string | null, compartment?: string): Act {
    this.clock += 41_000;
    const sequence = this.log.length + 1;
    const act = { transaction: `t${sequence}`, kind, count, subject, at: this.clock };
    const person = this.open?.person ?? PERSON;
    const signature = ((sequence * 2246822519) >>> 0).toString(16).padStart(8, "0");
    const where = compartment ?? this.open?.organisation ?? "politie";
    this.log.push({ act, person, compartment: where, stream: `a1.${where}`, sequence, signature });
    return act;
  }

  on<E extends keyof HostEvents>(event: E, listener: (payload: HostEvents[E]) => void) {
    this.#listeners[event].add(listener);
    return () => void this.#listeners[event].delete(listener);
  }

  /** Lets an event happen, as the desktop would. */
  emit<E extends keyof HostEvents>(event: E, payload: HostEvents[E]) {
    for (const listener of this.#listeners[event]) listener(payload);
  }

  #again(kind: "undone" | "redone", { change }: Step): Change {
    return this.#tell({ ...change, act: this.record(kind, change.act.count, change.act.subject) });
  }

  #tell(change: Change): Change {
    this.emit("changed", { change, origin: "memory" });
    return change;
  }

  #fresh(): Held {
    const shelf: Shelved[] = [];
    const shelved = () => shelf.filter(({ removed }) => !removed);
    return {
      shelf,
      case: new DemoCase(shelved, [], PERSON, this.clock),
      charts: new DemoCharts(this.network),
      glossary: NOTHING,
    };
  }
}

export function refuse(code: ErrorView["code"], details: Record<string, string> = {}): never {
  throw new HostError({ code, message: code.replaceAll("_", " "), details });
}
