/**
 * How strong a passphrase is, by its length alone: length is what a guesser pays for, and rules about signs and
 * figures mostly make people write it down. What is too short is for the core to say; more is advised.
 */
export type Strength = "short" | "weak" | "fair" | "good" | "strong";

/** `shortest`: the characters without which the core refuses it. */
export function strength(passphrase: string, shortest: number): Strength {
  const length = [...passphrase].length;
  const different = new Set(passphrase).size;
  if (length < shortest) return "short";
  if (length < 12) return "weak";
  // A row of the same few letters is long and no better for it.
  if (length < 16 || different < 6) return "fair";
  return length < 22 ? "good" : "strong";
}
