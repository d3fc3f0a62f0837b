/**
 * How strong a passphrase is, by its length alone: length is what a guesser pays for, and rules about signs and
 * figures mostly make people write it down. The core has the last word on what is too weak.
 */
export const SHORTEST = 12;

export type Strength = "short" | "fair" | "good" | "strong";

export function strength(passphrase: string): Strength {
  const length = [...passphrase].length;
  const different = new Set(passphrase).size;
  if (length < SHORTEST) return "short";
  // A row of the same few letters is long and no better for it.
  if (length < 16 || different < 6) return "fair";
  return length < 22 ? "good" : "strong";
}
