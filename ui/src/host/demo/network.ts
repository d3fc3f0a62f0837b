/** The demo case as a network: its entities, and the links between them. */
import type { Entity } from "../../bindings/Entity";
import type { Statement } from "../../bindings/Statement";
import { TYPE } from "../../entities/schema";
import type { CaseState, DemoCase } from "./case";
import { SCHEMA } from "./schema";

export interface DemoNode {
  id: string;
  kind: string;
  label: string;
  organisations: string[];
  /** First and last day in days since 1970. */
  days: [number, number] | null;
  /** Whether it rests on a passage; else it is a hypothesis. */
  rests: boolean;
  /** The documents it rests on. */
  documents: string[];
  /** Properties and what is said of them in words. */
  values: [property: string, text: string][];
}

export interface DemoLink extends DemoNode {
  source: string;
  target: string;
  amount: number | null;
}

interface Read {
  of: CaseState;
  nodes: DemoNode[];
  links: DemoLink[];
}

export class DemoNetwork {
  readonly #case: () => DemoCase;
  #read: Read | null = null;

  constructor(of: () => DemoCase) {
    this.#case = of;
  }

  get nodes(): DemoNode[] {
    return this.#now().nodes;
  }

  get links(): DemoLink[] {
    return this.#now().links;
  }

  item(id: string): DemoNode | DemoLink | null {
    return this.nodes.find((one) => one.id === id) ?? this.links.find((one) => one.id === id) ?? null;
  }

  /** Links of an entity with their other ends. */
  around(id: string): { link: DemoLink; other: string }[] {
    return this.links
      .filter(({ source, target }) => source === id || target === id)
      .map((link) => ({ link, other: link.source === id ? link.target : link.source }));
  }

  /** What the case says now; read once a state. */
  #now(): Read {
    const held = this.#case();
    if (this.#read?.of === held.state) return this.#read;
    const nodes: DemoNode[] = [];
    const links: DemoLink[] = [];
    const all = held.entities({ type: null, text: null, links: true }, Number.MAX_SAFE_INTEGER, 0).entities;
    for (const entity of all) {
      const view = held.entity(entity.id);
      if (!view) continue;
      const node = described(entity, view.statements);
      if (view.ends) {
        const [source, target] = view.ends;
        const amount = Number(text(view.statements, "amount") ?? Number.NaN);
        const paid = Number.isFinite(amount) ? amount : null;
        links.push({ ...node, source: source.id, target: target.id, amount: paid });
      } else if (!SCHEMA.types.find(({ name }) => name === entity.type)?.link) nodes.push(node);
    }
    const byId = (one: DemoNode, other: DemoNode) => one.id.localeCompare(other.id);
    this.#read = { of: held.state, nodes: nodes.sort(byId), links: links.sort(byId) };
    return this.#read;
  }
}

function described({ id, type, label }: Entity, statements: readonly Statement[]): DemoNode {
  const documents = statements.flatMap(({ evidence }) => (evidence ? [evidence.document] : []));
  const first = text(statements, "date") ?? text(statements, "startDate");
  const last = text(statements, "endDate") ?? first;
  const day = (date: string) => Math.round(Date.parse(date) / 86_400_000);
  return {
    id,
    kind: type,
    label,
    organisations: [...new Set(statements.map(({ organisation }) => organisation))],
    days: first && last ? [day(first), day(last)] : null,
    rests: documents.length > 0,
    documents: [...new Set(documents)],
    values: statements.flatMap(({ property, value }) =>
      "text" in value && property !== TYPE ? [[property, value.text] as [string, string]] : [],
    ),
  };
}

function text(statements: readonly Statement[], property: string): string | null {
  const value = statements.find((statement) => statement.property === property)?.value;
  return value && "text" in value ? value.text : null;
}

export function isA(kind: string, wanted: string): boolean {
  if (kind === wanted) return true;
  const type = SCHEMA.types.find(({ name }) => name === kind);
  return type?.extends.some((parent) => isA(parent, wanted)) ?? false;
}
