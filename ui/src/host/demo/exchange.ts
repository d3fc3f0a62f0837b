/** Files of other programs and tables in the demo case: one table that is really mapped, and one file that always says the same. */
import type { AnalysisUpdate } from "../../bindings/AnalysisUpdate";
import type { Change } from "../../bindings/Change";
import type { DryRun } from "../../bindings/DryRun";
import type { Labels } from "../../bindings/Labels";
import type { MappedProperty } from "../../bindings/MappedProperty";
import type { Mapping } from "../../bindings/Mapping";
import type { Refusal } from "../../bindings/Refusal";
import type { Rejected } from "../../bindings/Rejected";
import type { SavedMapping } from "../../bindings/SavedMapping";
import type { Statement } from "../../bindings/Statement";
import { TYPE, Types } from "../../entities/schema";
import type { JobAct } from "../host";
import type { CaseState } from "./case";
import { SCHEMA } from "./schema";
import { COLUMNS, ROWS } from "./transactions";

const TICK = 150;
const STEPS = 12;

/** What a bank's statement becomes; the desktop finds the same from the names of the columns. */
const PROPOSED: Mapping = {
  entities: [
    {
      name: "account",
      type: "BankAccount",
      key: ["Rekening"],
      properties: [{ property: "iban", column: "Rekening" }],
    },
    {
      name: "counterparty",
      type: "BankAccount",
      key: ["Tegenrekening"],
      properties: [
        { property: "iban", column: "Tegenrekening" },
        { property: "name", column: "Naam tegenpartij" },
      ],
    },
  ],
  links: [
    {
      type: "Payment",
      key: [],
      source: "account",
      target: "counterparty",
      reversed: { column: "Af Bij", values: ["Bij", "C", "CR", "Credit"] },
      properties: [
        { property: "date", column: "Datum" },
        { property: "amount", column: "Bedrag (EUR)" },
        { property: "purpose", column: "Omschrijving" },
      ],
    },
  ],
};

const DATES = new Set(["date", "startDate", "endDate"]);
const AMOUNTS = new Set(["amount", "amountEur", "amountUsd"]);

const types = new Types(SCHEMA);

/** An entity or link of a file: its key there, and what is said of it; `=KEY` is another one of the file. */
interface Draft {
  key: string;
  type: string;
  says: [property: string, value: string][];
}

/** The sentence of the core stands beside the code; the window shows its own. */
const left = (line: number, why: Refusal): Rejected => ({ line, reason: why.code, why });

interface Drafts {
  drafts: Draft[];
  merged: number;
  rejected: Rejected[];
}

/** What the rows give: things by key, and the rows that cannot be read. */
function mapped(mapping: Mapping): Drafts {
  const [entities, links] = [new Map<string, Draft>(), new Map<string, Draft>()];
  const rejected: Rejected[] = [];
  let merged = 0;
  const take = (into: Map<string, Draft>, draft: Draft) => {
    if (into.has(draft.key)) merged += 1;
    else into.set(draft.key, draft);
  };
  ROWS.forEach((row, at) => {
    const cell = (column: string) => row[COLUMNS.indexOf(column)] ?? "";
    const key = (type: string, columns: string[]) => {
      const cells = columns.map(cell);
      return cells.every((text) => text === "") ? null : `${type}/${cells.join("/")}`;
    };
    const says = (properties: MappedProperty[]) =>
      properties.map(({ property, column }): [string, string] => [property, cell(column)]);
    const ends = new Map(mapping.entities.map(({ name, type, key: columns }) => [name, key(type, columns)]));
    const why = wrong(
      [...mapping.entities, ...mapping.links].flatMap(({ properties }) => properties),
      cell,
    );
    const loose = mapping.links.flatMap(({ type, source, target }) => [
      { type, name: source, code: "no_beginning" as const },
      { type, name: target, code: "no_end" as const },
    ]);
    const missing = loose.find(({ name }) => !ends.get(name));
    if (why) rejected.push(left(at + 2, why));
    else if (missing) {
      const columns = mapping.entities.find(({ name }) => name === missing.name)?.key.join("', '") ?? "";
      rejected.push(left(at + 2, { code: missing.code, kind: missing.type, columns, entity: missing.name }));
    }
    if (why || missing) return;
    for (const { name, type, properties } of mapping.entities) {
      const own = ends.get(name);
      if (own) take(entities, { key: own, type, says: says(properties) });
    }
    for (const { type, key: columns, source, target, reversed, properties } of mapping.links) {
      const own = columns.length > 0 ? key(type, columns) : `${type}/${at}/${row.join("/")}`;
      if (!own) continue;
      const turned = reversed?.values.some(
        (word) => word.toLowerCase() === cell(reversed.column).toLowerCase(),
      );
      const [from, to] = turned ? [target, source] : [source, target];
      const names = types.ends(type) ?? { source: "subject", target: "object" };
      const joins: Draft["says"] = [
        [names.source, `=${ends.get(from)}`],
        [names.target, `=${ends.get(to)}`],
      ];
      take(links, { key: own, type, says: [...joins, ...says(properties)] });
    }
  });
  return { drafts: [...entities.values(), ...links.values()], merged, rejected };
}

function wrong(properties: MappedProperty[], cell: (column: string) => string): Refusal | null {
  for (const { property, column } of properties) {
    const text = cell(column);
    if (text === "") continue;
    if (DATES.has(property) && !/^\d{4}-\d{2}-\d{2}$/.test(text))
      return { code: "not_a_date", column, cell: text };
    if (AMOUNTS.has(property) && !/^[-+]?[\d.]+(,\d+)?$/.test(text))
      return { code: "not_an_amount", column, cell: text };
  }
  return null;
}

const FILE: Drafts = {
  drafts: [
    { key: "n1", type: "Person", says: [["name", "Barend Oeverloos"]] },
    { key: "n2", type: "Company", says: [["name", "Molenwal Transport"]] },
    { key: "n3", type: "PhoneNumber", says: [["phone", "+31655667788"]] },
    {
      key: "e1",
      type: "Directorship",
      says: [
        ["director", "=n1"],
        ["organization", "=n2"],
      ],
    },
  ],
  merged: 1,
  rejected: [
    left(14, { code: "no_such_end", from: "n3", to: "n9", missing: "n9" }),
    left(31, { code: "link_without_ends" }),
  ],
};

export interface DemoStep {
  undo: () => void;
  redo: () => void;
}

/** What the demo case is to a file that comes in. */
export interface Taker {
  held: () => CaseState;
  keep: (state: CaseState, entities: string[]) => Change;
  by: () => { person: string; at: number };
  /** The jobs that run, by name. */
  jobs: Map<string, { control: (act: JobAct) => void }>;
}

export class DemoExchange {
  #saved: SavedMapping[] = [];
  readonly #taker: Taker;
  #begun = 0;

  constructor(taker: Taker) {
    this.#taker = taker;
  }

  try(mapping: Mapping | null): DryRun {
    const tried = mapping ?? PROPOSED;
    const { drafts, rejected } = mapped(tried);
    const links = drafts.filter(({ type }) => types.isLink(type)).length;
    return structuredClone({
      columns: COLUMNS,
      rows: ROWS.slice(0, 8),
      total: ROWS.length,
      mapping: tried,
      guessed: mapping === null,
      entities: drafts.length - links,
      links,
      rejected,
    });
  }

  startFile(labels: Labels, onUpdate: (update: AnalysisUpdate) => void): string {
    return this.#begin(onUpdate, FILE, labels);
  }

  startTable(mapping: Mapping, labels: Labels, onUpdate: (update: AnalysisUpdate) => void): string {
    return this.#begin(onUpdate, mapped(mapping), labels);
  }

  get saved(): SavedMapping[] {
    return structuredClone(this.#saved);
  }

  /** One of the same name is replaced. */
  save(saved: SavedMapping): DemoStep {
    const before = this.#saved;
    const after = [...before.filter(({ name }) => name !== saved.name), structuredClone(saved)];
    return this.#set(
      before,
      after.sort((a, b) => a.name.localeCompare(b.name)),
    );
  }

  drop(id: string): DemoStep | null {
    const before = this.#saved;
    const after = before.filter((saved) => saved.id !== id);
    return after.length < before.length ? this.#set(before, after) : null;
  }

  #set(before: SavedMapping[], after: SavedMapping[]): DemoStep {
    return {
      undo: () => {
        this.#saved = before;
      },
      redo: () => {
        this.#saved = after;
      },
    };
  }

  #begin(onUpdate: (update: AnalysisUpdate) => void, file: Drafts, labels: Labels): string {
    this.#begun += 1;
    const job = `exchange-${this.#begun}`;
    let done = 0;
    const end = () => {
      clearInterval(timer);
      this.#taker.jobs.delete(job);
    };
    const timer = setInterval(() => {
      done += 1;
      onUpdate({
        update: "progress",
        progress: {
          done,
          total: STEPS,
          failed: 0,
          rate: 1000 / TICK,
          seconds_left: ((STEPS - done) * TICK) / 1000,
          current: "exchange",
          paused: false,
        },
      });
      if (done < STEPS) return;
      end();
      onUpdate({ update: "exchanged", report: this.#take(file, labels) });
    }, TICK);
    const control = (act: JobAct) => {
      if (act !== "cancel") return;
      end();
      onUpdate({ update: "failed", error: { code: "cancelled", message: "it was cancelled", details: {} } });
    };
    this.#taker.jobs.set(job, { control });
    return job;
  }

  /** What was not there yet comes in; the same records of the same source are the same entities. */
  #take({ drafts, merged, rejected }: Drafts, { organisation, source, purpose, marking }: Labels) {
    const state = this.#taker.held();
    const { person, at } = this.#taker.by();
    const id = (key: string) => `${organisation}/${source}/${key}`;
    const known = new Set(state.statements.map(({ entity }) => entity));
    const fresh = drafts.filter(({ key }) => !known.has(id(key)));
    const statements = fresh.flatMap(({ key, type, says }) =>
      [[TYPE, type] as const, ...says.filter(([, value]) => value !== "")].map(
        ([property, value]): Statement => ({
          id: `${id(key)}/${property}`,
          entity: id(key),
          property,
          value: value.startsWith("=") ? { entity: id(value.slice(1)) } : { text: value },
          evidence: null,
          valid_from: null,
          valid_to: null,
          organisation,
          purpose,
          marking,
          grade: null,
          recorded: at,
          by: person,
        }),
      ),
    );
    const links = fresh.filter(({ type }) => types.isLink(type)).length;
    const all = { ...state, statements: [...state.statements, ...statements] };
    const change =
      fresh.length > 0
        ? this.#taker.keep(
            all,
            fresh.map(({ key }) => id(key)),
          )
        : null;
    const counted = {
      entities: fresh.length - links,
      links,
      merged,
      restored: 0,
      raised: false,
      stricter: null,
    };
    return { ...counted, rejected, change };
  }
}
