import { expect, it } from "vitest";
import { strength } from "./strength";

it.each([
  ["", "short"],
  ["zeven t", "short"],
  ["acht tek", "weak"],
  ["elf tekens!", "weak"],
  ["twaalf teken", "fair"],
  ["aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "fair"],
  ["zestien tekens!!", "good"],
  ["zeven grijze bussen op de kade", "strong"],
  ["\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}\u{1D11E}", "short"],
])("%s is %s", (passphrase, expected) => {
  expect(strength(passphrase, 8)).toBe(expected);
});

it("refuses what the core refuses, whatever else it would say", () => {
  expect(strength("zestien tekens!!", 20)).toBe("short");
});
