import type { Codes } from "../bindings/Codes";

/** The strictest of these markings; one that is on no list is stricter than all, for nobody knows how far it may go. */
export function strictest(codes: Codes, markings: readonly (string | null)[]): string | null {
  const rank = (marking: string | null) =>
    marking === null
      ? -1
      : (codes.markings.codes.find(({ code }) => code === marking)?.rank ?? Number.POSITIVE_INFINITY);
  return markings.reduce((strict, marking) => (rank(marking) > rank(strict) ? marking : strict), null);
}
