/** A search over the demo case: hits with their passages, and facets that each leave their own choice out of account. */
import type { Document } from "../../bindings/Document";
import type { FacetCount } from "../../bindings/FacetCount";
import type { Filters } from "../../bindings/Filters";
import type { Found } from "../../bindings/Found";
import type { Hit } from "../../bindings/Hit";
import { passages } from "./passages";
import { type DemoQuery, matches, words } from "./query";
import type { Reading } from "./senses";
import type { Shelved } from "./shelf";

export function find(
  shelf: readonly Shelved[],
  query: DemoQuery,
  filters: Filters,
  limit: number,
  offset: number,
  reading: Reading | null = null,
): Found {
  const all = shelf.filter((one) => (reading ? reading.counts(one) : matches(one.source, query)));
  const passes = ({ document }: Shelved, but?: keyof Filters) =>
    (but === "organisation" || allows(filters.organisation, document.labels.organisation)) &&
    (but === "kind" || allows(filters.kind, document.kind)) &&
    (but === "year" || allows(filters.year, yearOf(document)));
  const facet = (name: keyof Filters, value: (document: Document) => string) =>
    count(all.filter((shelved) => passes(shelved, name)).map(({ document }) => value(document)));
  const terms = reading?.words ?? words(query);
  const hits = all.filter((shelved) => passes(shelved)).map((shelved) => hitOf(shelved, terms));
  hits.sort((a, b) => b.score - a.score);
  return {
    total: hits.length,
    hits: hits.slice(offset, offset + limit),
    facets: {
      organisation: facet("organisation", (document) => document.labels.organisation),
      kind: facet("kind", (document) => document.kind),
      year: facet("year", (document) => String(yearOf(document))).filter(({ value }) => value !== "0"),
    },
    expansions: reading?.expansions ?? [],
    ...(reading?.folded && { folded: reading.folded }),
  };
}

function hitOf({ source, document }: Shelved, terms: string[]): Hit {
  const found = passages(source.text, terms);
  const { id, path, title, labels, kind, date } = document;
  return {
    document: id,
    path,
    title,
    organisation: labels.organisation,
    marking: labels.marking,
    kind,
    date,
    score: found.reduce((sum, passage) => sum + passage.highlights.length, 0),
    passages: found.slice(0, 3),
  };
}

/** The year of its date; 0 where it has none. */
function yearOf(document: Document): number {
  return Number(document.date?.slice(0, 4) ?? 0);
}

function allows<T>(chosen: T[], value: T): boolean {
  return chosen.length === 0 || chosen.includes(value);
}

function count(values: string[]): FacetCount[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
