/**
 * What is stated and judged in the demo case. Its state is never changed but replaced, so that undoing an act is going
 * back to the state before it.
 */
import type { Amendment } from "../../bindings/Amendment";
import type { Compared } from "../../bindings/Compared";
import type { Contradiction } from "../../bindings/Contradiction";
import type { Entity } from "../../bindings/Entity";
import type { EntityList } from "../../bindings/EntityList";
import type { EntityQuery } from "../../bindings/EntityQuery";
import type { EntityView } from "../../bindings/EntityView";
import type { Evidence } from "../../bindings/Evidence";
import type { IdentifierKind } from "../../bindings/IdentifierKind";
import type { LinkView } from "../../bindings/LinkView";
import type { Match } from "../../bindings/Match";
import type { MergeView } from "../../bindings/MergeView";
import type { Standing } from "../../bindings/Standing";
import type { Stated } from "../../bindings/Stated";
import type { Statement } from "../../bindings/Statement";
import type { Suggestion } from "../../bindings/Suggestion";
import type { SuggestionList } from "../../bindings/SuggestionList";
import type { Value } from "../../bindings/Value";
import { TYPE, Types } from "../../entities/schema";
import { SCHEMA } from "./schema";
import type { Shelved } from "./shelf";
import type { DemoEntity } from "./statements";
import { MEANINGS, suggest } from "./suggest";

export interface CaseState {
  statements: readonly Statement[];
  merges: readonly MergeView[];
  distinct: readonly (readonly [string, string])[];
  judged: ReadonlySet<string>;
  ignored: ReadonlySet<string>;
}

const CONTEXT = 70;
const types = new Types(SCHEMA);

export class DemoCase {
  state: CaseState;
  readonly #shelf: () => readonly Shelved[];
  readonly #by: string;
  #next = 1;
  #suggested: { texts: number; found: Suggestion[] } = { texts: -1, found: [] };

  /** `shelf` gives the documents that are there; `entities` what is stated from the beginning. */
  constructor(shelf: () => readonly Shelved[], entities: readonly DemoEntity[], by: string, at: number) {
    this.#shelf = shelf;
    this.#by = by;
    this.state = { statements: [], merges: [], distinct: [], judged: new Set(), ignored: new Set() };
    const ids = new Map(entities.map(({ key }) => [key, this.#id("e")]));
    const statements = entities.flatMap(({ key, type, facts, grade }) => {
      const first = facts[0];
      return [[TYPE, type, first?.[2], first?.[3]] as const, ...facts].map(
        ([property, value, path, quote]) => {
          const evidence = path && quote ? this.#quoted(path, quote) : null;
          const said: Value = value.startsWith("=")
            ? { entity: ids.get(value.slice(1)) ?? "" }
            : { text: value };
          const standing = { ...this.#standing(evidence), grade: grade ?? null };
          return this.#statement(ids.get(key) ?? "", property, said, evidence, standing, at);
        },
      );
    });
    this.state = { ...this.state, statements };
  }

  entities({ type, text, links }: EntityQuery, limit: number, offset: number): EntityList {
    const words = text?.trim().toLowerCase() ?? "";
    const found = this.#all().filter((entity) => {
      if (type !== null && !types.isA(entity.type, type)) return false;
      if (!links && type === null && types.isLink(entity.type)) return false;
      return (
        words === "" ||
        entity.label.toLowerCase().includes(words) ||
        this.#said(entity.id).some(({ value }) => "text" in value && value.text.toLowerCase().includes(words))
      );
    });
    found.sort((one, other) => one.label.localeCompare(other.label, "nl"));
    return { total: found.length, entities: found.slice(offset, offset + limit) };
  }

  entity(id: string): EntityView | null {
    const stands = this.#stands(id);
    const statements = this.#said(stands);
    if (statements.length === 0) return null;
    const entity = this.#line(stands);
    const links = this.#all().flatMap((link): LinkView[] => {
      const ends = this.#ends(link.id);
      if (!ends || (ends[0] !== stands && ends[1] !== stands)) return [];
      const outgoing = ends[0] === stands;
      const passages = new Set(
        this.#said(link.id).flatMap(({ evidence }) => (evidence ? [JSON.stringify(evidence)] : [])),
      );
      return [{ link, other: this.#line(outgoing ? ends[1] : ends[0]), outgoing, passages: passages.size }];
    });
    const ends = this.#ends(stands);
    return {
      entity,
      statements,
      contradictions: contradictions(entity.type, statements),
      links,
      ends: ends ? [this.#line(ends[0]), this.#line(ends[1])] : null,
      merges: this.state.merges.filter((merge) => merge.entities.some((one) => this.#stands(one) === stands)),
    };
  }

  statementsIn(document: string): Statement[] {
    const found = this.state.statements.filter(({ evidence }) => evidence?.document === document);
    return found.sort(
      (a, b) =>
        (a.evidence?.page ?? 0) - (b.evidence?.page ?? 0) || start(a) - start(b) || a.recorded - b.recorded,
    );
  }

  /** The state after facts were stated; null where something in it is not there. */
  stating(stated: Stated, at: number): { state: CaseState; entities: string[] } | null {
    const evidence = stated.passage ? this.#passage(stated.passage) : null;
    if (stated.passage && !evidence) return null;
    const standing = {
      ...this.#standing(evidence),
      ...(stated.organisation && { organisation: stated.organisation }),
      ...(stated.purpose && { purpose: stated.purpose }),
      ...(stated.marking && { marking: stated.marking }),
      grade: stated.grade,
    };
    const entities = stated.things.map(({ entity }) => entity ?? this.#id("e"));
    const statements = stated.things.flatMap((thing, i) => {
      const entity = entities[i] ?? "";
      const type: Value = { text: thing.type };
      const made = thing.entity ? [] : [this.#statement(entity, TYPE, type, evidence, standing, at)];
      const says = thing.says.map(({ property, value, valid_from, valid_to }) => ({
        ...this.#statement(
          entity,
          property,
          "thing" in value ? { entity: entities[value.thing] ?? "" } : value,
          evidence,
          standing,
          at,
        ),
        valid_from,
        valid_to,
      }));
      return [...made, ...says];
    });
    return { state: { ...this.state, statements: [...this.state.statements, ...statements] }, entities };
  }

  withdrawing(ids: readonly string[]): { state: CaseState; entities: string[] } {
    const gone = this.state.statements.filter(({ id }) => ids.includes(id));
    const statements = this.state.statements.filter(({ id }) => !ids.includes(id));
    return { state: { ...this.state, statements }, entities: [...new Set(gone.map(({ entity }) => entity))] };
  }

  amending(id: string, amendment: Partial<Amendment>): { state: CaseState; entities: string[] } | null {
    const old = this.state.statements.find((statement) => statement.id === id);
    if (!old) return null;
    const { text, marking, grade, valid_from, valid_to } = amendment;
    const or = (given: string | null | undefined, kept: string | null | undefined) =>
      given === null || given === undefined ? (kept ?? null) : given === "" ? null : given;
    const fresh: Statement = {
      ...old,
      id: this.#id("s"),
      value: text && "text" in old.value ? { text } : old.value,
      marking: marking ?? old.marking,
      grade: or(grade, old.grade),
      valid_from: or(valid_from, old.valid_from),
      valid_to: or(valid_to, old.valid_to),
    };
    const statements = this.state.statements.map((statement) => (statement.id === id ? fresh : statement));
    return { state: { ...this.state, statements }, entities: [old.entity] };
  }

  merging(entities: string[], reason: string): CaseState {
    return { ...this.state, merges: [...this.state.merges, { id: this.#id("m"), entities, reason }] };
  }

  unmerging(id: string): { state: CaseState; entities: string[] } | null {
    const merge = this.state.merges.find((one) => one.id === id);
    if (!merge) return null;
    const merges = this.state.merges.filter((one) => one.id !== id);
    return { state: { ...this.state, merges }, entities: merge.entities };
  }

  distinguishing(one: string, other: string, distinct: boolean): CaseState {
    const rest = this.state.distinct.filter((pair) => !(pair.includes(one) && pair.includes(other)));
    return { ...this.state, distinct: distinct ? [...rest, [one, other]] : rest };
  }

  /** Pairs of one type that share a value or a word of their names. */
  matches(entity: string | null, limit: number): Match[] {
    const all = this.#all().filter(({ type }) => !types.isLink(type));
    const stands = entity === null ? null : this.#stands(entity);
    const found = all.flatMap((one, i) =>
      all.slice(i + 1).flatMap((other): Match[] => {
        if (one.type !== other.type || (stands !== null && one.id !== stands && other.id !== stands))
          return [];
        if (this.state.distinct.some((pair) => pair.includes(one.id) && pair.includes(other.id))) return [];
        const match = this.#compare(one, other);
        return match ? [match] : [];
      }),
    );
    return found.sort((one, other) => other.score - one.score).slice(0, limit);
  }

  suggestions(kind: IdentifierKind | null, limit: number, offset: number): SuggestionList {
    const waiting = this.#waiting();
    const counts = new Map<IdentifierKind, number>();
    for (const one of waiting) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
    const wanted = kind === null ? waiting : waiting.filter((one) => one.kind === kind);
    const known = this.#identified();
    const suggestions = wanted.slice(offset, offset + limit).map((suggestion) => {
      const { document, source } = this.#shelved(suggestion.document);
      const text = [...(source.text.split("\f")[suggestion.page - 1] ?? "")];
      const entity = known.get(`${suggestion.kind}:${suggestion.normal}`);
      return {
        ...suggestion,
        title: document.title,
        organisation: document.labels.organisation,
        marking: document.labels.marking,
        before: text.slice(Math.max(0, suggestion.start - CONTEXT), suggestion.start).join(""),
        after: text.slice(suggestion.end, suggestion.end + CONTEXT).join(""),
        known: entity ? this.#line(entity) : null,
        spread: this.#spread(suggestion),
      };
    });
    return { total: wanted.length, counts: [...counts], suggestions };
  }

  /** Each suggestion becomes a statement of the entity that has its value, else of a new one; with `into`, of that one. */
  accepting(ids: string[], into: string | null, at: number): { state: CaseState; entities: string[] } {
    const known = this.#identified();
    const fresh: Statement[] = [];
    const entities = this.#suggestions(ids).map((suggestion) => {
      const [type, property] = MEANINGS[suggestion.kind] ?? ["Event", "summary"];
      const evidence = this.#passage(suggestion);
      const standing = { ...this.#standing(evidence), grade: null };
      const key = `${suggestion.kind}:${suggestion.normal}`;
      const target = into ?? known.get(key) ?? this.#id("e");
      if (into === null && !known.has(key))
        fresh.push(this.#statement(target, TYPE, { text: type }, evidence, standing, at));
      known.set(key, target);
      fresh.push(this.#statement(target, property, { text: suggestion.normal }, evidence, standing, at));
      return target;
    });
    const judged = new Set([...this.state.judged, ...ids]);
    return { state: { ...this.state, judged, statements: [...this.state.statements, ...fresh] }, entities };
  }

  rejecting(ids: string[]): CaseState {
    return { ...this.state, judged: new Set([...this.state.judged, ...ids]) };
  }

  ignoring(ids: string[]): CaseState {
    const values = this.#suggestions(ids).map(({ kind, normal }) => `${kind}:${normal}`);
    return { ...this.state, ignored: new Set([...this.state.ignored, ...values]) };
  }

  /** The text that a suggestion stands for, for the log. */
  normal(id: string): string | null {
    return this.#suggestions([id])[0]?.normal ?? null;
  }

  label(id: string): string {
    return this.#line(this.#stands(id)).label;
  }

  #suggestions(ids: string[]): Suggestion[] {
    const wanted = new Set(ids);
    return this.#found().filter(({ id }) => wanted.has(id));
  }

  #found(): Suggestion[] {
    const shelf = this.#shelf();
    if (this.#suggested.texts !== shelf.length)
      this.#suggested = { texts: shelf.length, found: suggest(shelf) };
    return this.#suggested.found;
  }

  #waiting(): Suggestion[] {
    const { judged, ignored } = this.state;
    return this.#found().filter(
      ({ id, kind, normal }) => !judged.has(id) && !ignored.has(`${kind}:${normal}`),
    );
  }

  #spread({ kind, normal }: Suggestion): [string, number][] {
    const documents = new Map<string, Set<string>>();
    for (const one of this.#found().filter((other) => other.kind === kind && other.normal === normal)) {
      const { organisation } = this.#shelved(one.document).document.labels;
      documents.set(organisation, (documents.get(organisation) ?? new Set()).add(one.document));
    }
    return [...documents].map(([organisation, ids]) => [organisation, ids.size]);
  }

  /** The entity that each identifying value belongs to. */
  #identified(): Map<string, string> {
    const found = new Map<string, string>();
    for (const [kind, [type, property]] of Object.entries(MEANINGS)) {
      if (type === "Event") continue;
      for (const statement of this.state.statements)
        if (statement.property === property && "text" in statement.value)
          found.set(`${kind}:${statement.value.text}`, this.#stands(statement.entity));
    }
    return found;
  }

  #compare(one: Entity, other: Entity): Match | null {
    const values = (id: string) => {
      const found = new Map<string, string>();
      for (const { property, value } of this.#said(id))
        if (property !== TYPE && "text" in value && !found.has(property)) found.set(property, value.text);
      return found;
    };
    const [mine, theirs] = [values(one.id), values(other.id)];
    const result: Record<"agrees" | "clashes" | "missing", Compared[]> = {
      agrees: [],
      clashes: [],
      missing: [],
    };
    for (const property of new Set([...mine.keys(), ...theirs.keys()])) {
      const [here, there] = [mine.get(property) ?? "", theirs.get(property) ?? ""];
      const pair = { property, one: here, other: there };
      if (here === "" || there === "") result.missing.push(pair);
      else if (here.toLowerCase() === there.toLowerCase()) result.agrees.push(pair);
      else if (types.property(one.type, property)?.single) result.clashes.push(pair);
    }
    if (result.agrees.length === 0) return null;
    const others = (id: string) => new Set(this.entity(id)?.links.map((link) => link.other.id));
    const theirOthers = others(other.id);
    const shared = [...others(one.id)].filter((id) => theirOthers.has(id)).map((id) => this.#line(id));
    const score = Math.max(10, Math.min(95, 55 + 20 * result.agrees.length - 25 * result.clashes.length));
    return { one, other, score, ...result, shared };
  }

  #all(): Entity[] {
    const ids = new Set(this.state.statements.map(({ entity }) => this.#stands(entity)));
    return [...ids].map((id) => this.#line(id));
  }

  #line(id: string): Entity {
    const said = this.#said(id);
    const text = (property: string) => {
      const found = said.find((one) => one.property === property && "text" in one.value)?.value;
      return found && "text" in found ? found.text : null;
    };
    const type = text(TYPE) ?? "Thing";
    const label = types
      .caption(type)
      .map(text)
      .find((name) => name !== null);
    return { id, type, label: label ?? types.find(type)?.nl ?? type, statements: said.length };
  }

  #ends(id: string): [string, string] | null {
    const said = this.#said(id);
    const type = said.find((one) => one.property === TYPE)?.value;
    const ends = type && "text" in type ? types.ends(type.text) : null;
    if (!ends) return null;
    const end = (property: string) => {
      const value = said.find((one) => one.property === property)?.value;
      return value && "entity" in value ? this.#stands(value.entity) : null;
    };
    const [source, target] = [end(ends.source), end(ends.target)];
    return source !== null && target !== null ? [source, target] : null;
  }

  #said(id: string): Statement[] {
    return this.state.statements.filter(({ entity }) => this.#stands(entity) === id);
  }

  /** The entity that stands for this one, after all merges. */
  #stands(id: string): string {
    let stands = id;
    for (const { entities } of this.state.merges)
      if (entities.includes(stands)) stands = entities[0] ?? stands;
    return stands;
  }

  #shelved(id: string): Shelved {
    const found = this.#shelf().find(({ document }) => document.id === id);
    if (!found) throw new Error(`no document ${id} in the demo case`);
    return found;
  }

  #quoted(path: string, quote: string): Evidence | null {
    const shelved = this.#shelf().find(({ source }) => source.path === path);
    const pages = shelved?.source.text.split("\f") ?? [];
    const page = pages.findIndex((text) => text.includes(quote));
    if (!shelved || page < 0) return null;
    const start = [...(pages[page] ?? "").split(quote, 1).join("")].length;
    return { document: shelved.document.id, page: page + 1, start, end: start + [...quote].length, quote };
  }

  #passage({ document, page, start, end }: NonNullable<Stated["passage"]>): Evidence | null {
    const text = this.#shelved(document).source.text.split("\f")[page - 1] ?? "";
    const quote = [...text].slice(start, end).join("");
    return quote === "" ? null : { document, page, start, end, quote };
  }

  #standing(evidence: Evidence | null): Omit<Standing, "grade"> {
    const labels = evidence ? this.#shelved(evidence.document).document.labels : null;
    return {
      organisation: labels?.organisation ?? "politie",
      purpose: labels?.purpose ?? "covenant-analyse",
      marking: labels?.marking ?? null,
    };
  }

  #statement(
    entity: string,
    property: string,
    value: Value,
    evidence: Evidence | null,
    standing: Standing,
    recorded: number,
  ): Statement {
    const id = this.#id("s");
    const dates = { valid_from: null, valid_to: null };
    return { id, entity, property, value, evidence, ...dates, ...standing, recorded, by: this.#by };
  }

  #id(kind: "e" | "s" | "m"): string {
    this.#next += 1;
    return `${{ e: "e", s: "5", m: "3" }[kind]}${this.#next.toString(16).padStart(31, "0")}`;
  }
}

const start = ({ evidence }: Statement) => evidence?.start ?? 0;

function contradictions(type: string, statements: Statement[]): Contradiction[] {
  const found = new Map<string, Map<string, string[]>>();
  for (const { id, property, value } of statements) {
    if (!("text" in value) || (property !== TYPE && !types.property(type, property)?.single)) continue;
    const values = found.get(property) ?? new Map<string, string[]>();
    values.set(value.text, [...(values.get(value.text) ?? []), id]);
    found.set(property, values);
  }
  return [...found]
    .filter(([, values]) => values.size > 1)
    .map(([property, values]) => ({ property, values: [...values] }));
}
