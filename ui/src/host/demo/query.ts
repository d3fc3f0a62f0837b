/**
 * Enough of the query language to try the window without the desktop: words, phrases, AND, OR, NOT, fields, dates.
 * The real one is the search engine's; nothing outside the demo may rest on this.
 */
import { HostError } from "../host";
import type { DemoDocument } from "./documents";

interface Term {
  field: string | null;
  value: string;
  negated: boolean;
}

/** Alternatives, each of which is a list of terms that must all hold. */
export type DemoQuery = Term[][];

const FIELDS = [
  "title",
  "titel",
  "organisation",
  "organisatie",
  "kind",
  "soort",
  "source",
  "bron",
  "date",
  "datum",
];

export function parse(query: string): DemoQuery {
  const refuse = (start: number, end: number, problem: string, suggestions: string): never => {
    throw new HostError({
      code: "query",
      message: `query refused: ${problem}`,
      details: { start: String(start), end: String(end), query_code: problem, suggestions },
    });
  };
  const alternatives: DemoQuery = [[]];
  let negated = false;
  for (const token of query.matchAll(/(?:([a-z]+):)?(?:"([^"]*)("?)|([^\s"()]+))/gi)) {
    const [whole, field, phrase, closed, word] = token;
    const start = [...query.slice(0, token.index)].length;
    const end = start + [...whole].length;
    if (phrase !== undefined && !closed) refuse(start, end, "unclosed_quote", "");
    if (field && !FIELDS.includes(field.toLowerCase())) {
      refuse(start, start + field.length, "unknown_field", "title, organisation, kind, source, date");
    }
    const upper = field ? "" : (word ?? "").toUpperCase();
    if (upper === "AND" || upper === "EN") continue;
    if (upper === "NOT" || upper === "NIET") negated = true;
    else if (upper === "OR" || upper === "OF") alternatives.push([]);
    else {
      const value = (phrase ?? word ?? "").toLowerCase().replace(/[*~=]/g, "");
      alternatives.at(-1)?.push({ field: field?.toLowerCase() ?? null, value, negated });
      negated = false;
    }
  }
  if (alternatives.some((terms) => terms.length === 0)) refuse(0, [...query].length, "nothing_after", "");
  return alternatives;
}

export function matches(document: DemoDocument, query: DemoQuery): boolean {
  return query.some((terms) => terms.every((term) => holds(document, term) !== term.negated));
}

function holds(document: DemoDocument, { field, value }: Term): boolean {
  switch (field) {
    case "title":
    case "titel":
      return document.title.toLowerCase().includes(value);
    case "organisation":
    case "organisatie":
      return document.organisation === value;
    case "kind":
    case "soort":
      return document.kind === value;
    case "source":
    case "bron":
      return document.source.toLowerCase().includes(value);
    case "date":
    case "datum":
      return within(document.date, value);
    default:
      return document.text.toLowerCase().includes(value) || document.title.toLowerCase().includes(value);
  }
}

function within(date: string | null, range: string): boolean {
  if (!date) return false;
  const [from, to] = range.includes("..") ? range.split("..") : [range, range];
  return (!from || date >= from) && (!to || date.slice(0, to.length) <= to);
}

/** The words to highlight. */
export function words(query: DemoQuery): string[] {
  return query
    .flat()
    .filter((term) => !term.negated && term.field === null)
    .map((term) => term.value);
}
