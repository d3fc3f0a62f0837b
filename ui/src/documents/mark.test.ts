import { describe, expect, it } from "vitest";
import type { Statement } from "../bindings/Statement";
import { pieces } from "../search/offsets";
import { ranges, segments } from "./layers";
import { step, stretch } from "./mark";

const TEXT = "Aan: A. Winterdijk 🚢 vertrok";
const words = (place: { start: number; end: number } | null) =>
  place && [...TEXT].slice(place.start, place.end).join("");

describe("marking word by word", () => {
  it("goes from word to word and stops at the ends", () => {
    let place = step(TEXT, null, 1, 1);
    const seen = [words(place)];
    for (let i = 0; i < 4; i += 1) {
      place = step(TEXT, place, 1, 1);
      seen.push(words(place));
    }
    expect(seen).toEqual(["Aan", "A", "Winterdijk", "vertrok", "vertrok"]);
    expect(words(step(TEXT, place, 1, -1))).toBe("Winterdijk");
  });

  it("grows and shrinks at either side, and never below a word", () => {
    const one = { page: 1, start: 5, end: 6 };
    const two = stretch(TEXT, one, "end", 1);
    expect(words(two)).toBe("A. Winterdijk");
    expect(words(stretch(TEXT, two, "end", 1))).toBe("A. Winterdijk 🚢 vertrok");
    expect(words(stretch(TEXT, two, "end", -1))).toBe("A");
    expect(words(stretch(TEXT, one, "end", -1))).toBe("A");
    expect(words(stretch(TEXT, two, "start", -1))).toBe("Aan: A. Winterdijk");
    expect(words(stretch(TEXT, two, "start", 1))).toBe("Winterdijk");
  });
});

describe("what lies over a text", () => {
  const statement = (entity: string, start: number, end: number, page = 1) =>
    ({ entity, evidence: { document: "d", page, start, end, quote: "" } }) as Statement;

  it("is cut into pieces that do not overlap and know whose they are", () => {
    const over = segments(
      [statement("a", 0, 10), statement("b", 5, 18), statement("b", 5, 18), statement("c", 0, 4, 2)],
      1,
      { page: 1, start: 8, end: 12 },
    );
    expect(over.map(({ start, end, entities, marked }) => [start, end, entities.join(), marked])).toEqual([
      [0, 5, "a", false],
      [5, 8, "a,b", false],
      [8, 10, "a,b", true],
      [10, 12, "b", true],
      [12, 18, "b", false],
    ]);
    expect(
      pieces(TEXT, ranges(over))
        .map(({ text }) => text)
        .join(""),
    ).toBe(TEXT);
  });

  it("is nothing where nothing is stated", () => {
    expect(segments([statement("a", 0, 3, 2)], 1, null)).toEqual([]);
  });
});
