import { describe, expect, it } from "vitest";
import { pieces, toUtf16 } from "./offsets";

// A G clef and a rare surname character lie outside the basic plane: one character, two UTF-16 units.
const CLEF = "\u{1D11E}";

describe("offsets", () => {
  it.each([
    ["plain text counts the same", "bestelbus", [0, 3, 9], [0, 3, 9]],
    ["accents are one unit each", "café €", [3, 4, 6], [3, 4, 6]],
    ["two units for a character outside the basic plane", `a${CLEF}b`, [0, 1, 2, 3], [0, 1, 3, 4]],
    ["several of them add up", `${CLEF}${CLEF}x`, [1, 2, 3], [2, 4, 5]],
    ["past the end is the end", "ab", [1, 7], [1, 2]],
    ["past the end is the end with surrogates too", `${CLEF}`, [9], [2]],
    ["combining marks are characters of their own", "e\u0301!", [1, 2, 3], [1, 2, 3]],
  ])("%s", (_, text, points, units) => {
    expect(toUtf16(text, points)).toEqual(units);
  });

  it("agrees with the string's own iterator for every offset", () => {
    const text = `x${CLEF}é${CLEF}${CLEF} z`;
    const characters = [...text];
    const offsets = characters.map((_, i) => i);
    expect(toUtf16(text, offsets)).toEqual(offsets.map((i) => characters.slice(0, i).join("").length));
  });
});

describe("pieces", () => {
  const texts = (found: ReturnType<typeof pieces>) =>
    found.map(({ text, range }) => (range === null ? text : `[${text}]`)).join("");

  it("cuts out what matched, also after wide characters", () => {
    expect(texts(pieces(`${CLEF} de bus rijdt`, [[5, 8]]))).toBe(`${CLEF} de [bus] rijdt`);
  });

  it("takes offsets of the page for a quote from its middle", () => {
    expect(texts(pieces("grijze bestelbus", [[107, 116]], 100))).toBe("grijze [bestelbus]");
  });

  it("says which range a piece is, whatever their order", () => {
    expect(
      pieces("een twee", [
        [4, 8],
        [0, 3],
      ]).filter(({ range }) => range !== null),
    ).toEqual([
      { text: "een", range: 1 },
      { text: "twee", range: 0 },
    ]);
  });

  it.each([
    [
      "overlapping",
      [
        [0, 5],
        [3, 8],
      ],
    ],
    [
      "nested",
      [
        [0, 8],
        [2, 4],
      ],
    ],
    ["reversed", [[5, 2]]],
    [
      "outside",
      [
        [-3, 2],
        [90, 99],
      ],
    ],
    ["empty", [[3, 3]]],
  ] as const)("never loses or doubles text: %s", (_, ranges) => {
    const found = pieces("abcdefghij", ranges);
    expect(found.map(({ text }) => text).join("")).toBe("abcdefghij");
  });
});
