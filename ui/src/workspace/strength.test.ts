import { expect, it } from "vitest";
import { strength } from "./strength";

it.each([
  ["", "short"],
  ["elf tekens!", "short"],
  ["twaalf teken", "fair"],
  ["aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "fair"],
  ["zestien tekens!!", "good"],
  ["zeven grijze bussen op de kade", "strong"],
  ["\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}", "short"],
])("%s is %s", (passphrase, expected) => {
  expect(strength(passphrase)).toBe(expected);
});
