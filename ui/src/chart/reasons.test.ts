import { afterEach, describe, expect, it } from "vitest";
import type { BrokerReason } from "../bindings/BrokerReason";
import { CODES } from "../host/demo/codes";
import { preferences } from "../workspace/preferences.svelte";
import { list, reasonWords } from "./reasons";

afterEach(() => {
  preferences.language = "nl";
});

const CASES: [BrokerReason, string, string][] = [
  [
    { reason: "betweenness", place: 1, of: 24, share: 0.412 },
    "Op de meeste kortste wegen tussen anderen: 41% van alle paren, plaats 1 van 24.",
    "On most shortest ways between others: 41% of all pairs, place 1 of 24.",
  ],
  [
    { reason: "betweenness", place: 3, of: 24, share: 0.0125 },
    "Op 1,3% van de kortste wegen tussen anderen: plaats 3 van 24.",
    "On 1.3% of the shortest ways between others: place 3 of 24.",
  ],
  [
    { reason: "articulation", pieces: [11, 3, 1], pairs: 47 },
    "Zonder deze valt het netwerk in 3 delen (11, 3 en 1); 47 paren raken elkaar kwijt.",
    "Without this one the network falls into 3 pieces (11, 3 and 1); 47 pairs lose touch.",
  ],
  [
    { reason: "joins", organisations: ["fiod", "politie"], share: 0.5 },
    "Verbindt wat FIOD weet met wat Politie weet: 50% van de wegen hierdoor steekt over.",
    "Joins what Fiscal Intelligence and Investigation Service knows with what Police knows: 50% of the ways through here cross over.",
  ],
  [
    {
      reason: "key_player",
      with: ["Mirjam Kloosterziel"],
      fragmentation: 0.61,
      fragmentation_before: 0.1,
      method: "exact",
    },
    "Sleutelspeler samen met Mirjam Kloosterziel: zonder hen is 61% van de paren gescheiden in plaats van 10%. Alle mogelijkheden zijn nagegaan.",
    "Key player together with Mirjam Kloosterziel: without them 61% of the pairs are separated instead of 10%. Every possibility was tried.",
  ],
  [
    { reason: "key_player", with: [], fragmentation: 0.5, fragmentation_before: 0, method: "greedy" },
    "Sleutelspeler: zonder deze is 50% van de paren gescheiden in plaats van 0%. Stap voor stap gezocht: er kan een betere verzameling zijn.",
    "Key player: without this one 50% of the pairs are separated instead of 0%. Found step by step: there may be a better set.",
  ],
  [
    { reason: "inconspicuous", betweenness_place: 2, degree_place: 19, degree: 2 },
    "Onopvallend: maar 2 relaties (plaats 19), toch plaats 2 op de wegen tussen anderen.",
    "Inconspicuous: only 2 links (place 19), yet place 2 on the ways between others.",
  ],
  [
    { reason: "communities", communities: [0, 2, 5] },
    "Heeft relaties in 3 gemeenschappen.",
    "Has links into 3 communities.",
  ],
];

describe("the reasons of a broker", () => {
  it.each(CASES)("are said in both languages: $reason", (reason, dutch, english) => {
    expect(reasonWords(CODES, reason)).toBe(dutch);
    preferences.language = "en";
    expect(reasonWords(CODES, reason)).toBe(english);
  });

  it("count things as one says them", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(list)).toEqual(["", "a", "a en b", "a, b en c"]);
  });
});
