/**
 * What lies over the text of a page beside its matches: passages that statements rest on, and the place that is being
 * marked. They may overlap in any way; here they become pieces that do not.
 */
import type { Statement } from "../bindings/Statement";
import type { Range } from "../search/offsets";
import type { Match } from "./reader.svelte";

export interface Segment {
  start: number;
  end: number;
  /** The entities that something is stated of here. */
  entities: readonly string[];
  marked: boolean;
}

/** In reading order, without gaps only where passages touch. Offsets are characters of the page. */
export function segments(statements: readonly Statement[], page: number, marked: Match | null): Segment[] {
  const passages = statements.flatMap(({ entity, evidence }) =>
    evidence && evidence.page === page ? [{ start: evidence.start, end: evidence.end, entity }] : [],
  );
  const own = marked && marked.page === page ? [{ start: marked.start, end: marked.end, entity: null }] : [];
  const all = [...passages, ...own];
  const cuts = [...new Set(all.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const found: Segment[] = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    const here = all.filter((one) => one.start < end && one.end > start);
    if (here.length === 0) continue;
    const entities = [...new Set(here.flatMap(({ entity }) => entity ?? []))];
    found.push({ start, end, entities, marked: here.some(({ entity }) => entity === null) });
  }
  return found;
}

/** What lies within a stretch of text. */
export function within<T extends { start: number; end: number }>(
  all: readonly T[],
  start: number,
  end: number,
): T[] {
  return all.filter((one) => one.start < end && one.end > start);
}

export function ranges(all: readonly { start: number; end: number }[]): Range[] {
  return all.map(({ start, end }) => [start, end] as const);
}
