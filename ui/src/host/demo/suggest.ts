/** Finds some identifiers in the texts of the demo case. The desktop knows many more, and checks their digits. */
import type { IdentifierKind } from "../../bindings/IdentifierKind";
import type { Suggestion } from "../../bindings/Suggestion";
import type { Shelved } from "./shelf";

const KINDS: { kind: IdentifierKind; pattern: RegExp; normal: (value: string) => string; sure: number }[] = [
  { kind: "iban", pattern: /\bNL\d{2}[A-Z]{4}\d{10}\b/g, normal: (value) => value, sure: 96 },
  { kind: "plate", pattern: /\b[A-Z]-\d{3}-[A-Z]{2}\b/g, normal: (value) => value, sure: 82 },
  {
    kind: "container",
    pattern: /\b[A-Z]{3}U \d{6} \d\b/g,
    normal: (value) => value.replaceAll(" ", ""),
    sure: 98,
  },
  { kind: "date", pattern: /\b20\d{2}-[01]\d-[0-3]\d\b/g, normal: (value) => value, sure: 74 },
];

/** The property that holds such a value, and the type of entity that has it. */
export const MEANINGS: Partial<Record<IdentifierKind, readonly [type: string, property: string]>> = {
  iban: ["BankAccount", "iban"],
  plate: ["Vehicle", "registrationNumber"],
  container: ["Container", "containerNumber"],
  date: ["Event", "date"],
};

/** In reading order: by document, page and place. */
export function suggest(shelf: readonly Shelved[]): Suggestion[] {
  return shelf.flatMap(({ source, document }) =>
    source.text.split("\f").flatMap((text, index) => onPage(text, document.id, index + 1)),
  );
}

function onPage(text: string, document: string, page: number): Suggestion[] {
  const found = KINDS.flatMap(({ kind, pattern, normal, sure }) =>
    [...text.matchAll(pattern)].map((match): Suggestion => {
      const [value] = match;
      const start = [...text.slice(0, match.index)].length;
      return {
        id: `${document}-${page}-${start}-${kind}`,
        kind,
        value,
        normal: normal(value),
        document,
        page,
        start,
        end: start + [...value].length,
        confidence: sure,
      };
    }),
  );
  return found.sort((one, other) => one.start - other.start);
}
