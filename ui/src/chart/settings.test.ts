import { describe, expect, it } from "vitest";
import { PLAIN } from "../host/demo/charts";
import {
  collapsedGroup,
  collapsing,
  flagged,
  grouped,
  NO_FILTER,
  named,
  toggled,
  typed,
  ungrouped,
  within,
} from "./settings";

describe("a filter", () => {
  it.each([
    ["nothing", NO_FILTER, 0],
    ["what is undated alone", { ...NO_FILTER, undated: true }, 0],
    ["types", { ...NO_FILTER, types: ["Person", "Company"] }, 1],
    ["a period", { ...NO_FILTER, from: "2025-01-01", to: "2025-12-31" }, 1],
    ["no evidence", { ...NO_FILTER, evidence: false }, 1],
    [
      "several",
      { ...NO_FILTER, degree: 2, text: "kade", grade: "B2", property: ["country", "NL"] as [string, string] },
      4,
    ],
  ])("says in how many ways it holds back: %s", (_, filter, count) => {
    expect(named(filter)).toBe(count);
  });

  it("takes a value into a list and out of it again", () => {
    const once = toggled(NO_FILTER, "types", "Person");
    expect(once.types).toEqual(["Person"]);
    expect(toggled(once, "types", "Person")).toEqual(NO_FILTER);
    expect(NO_FILTER.types).toEqual([]);
  });

  it("lets everything through for words that are empty", () => {
    expect(typed(NO_FILTER, "text", "  kade ").text).toBe("kade");
    expect(typed({ ...NO_FILTER, text: "kade" }, "text", " ").text).toBeNull();
  });

  it("says a period in whole days", () => {
    expect(within(NO_FILTER, 0, 20_161)).toMatchObject({
      from: "1970-01-01",
      to: "2025-03-14",
      undated: true,
    });
  });
});

describe("flags", () => {
  it("are put on all, and taken off once all have them", () => {
    const one = flagged(PLAIN, "check", ["a"]);
    const both = flagged(flagged(one, "important", ["a"]), "check", ["a", "b"]);
    expect(both.flags.map(({ entity, flag }) => `${entity} ${flag}`).sort()).toEqual([
      "a check",
      "a important",
      "b check",
    ]);
    expect(flagged(both, "check", ["b", "a"]).flags).toEqual([{ entity: "a", flag: "important" }]);
  });
});

describe("groups", () => {
  it("hold each entity once, and one alone is no group", () => {
    const first = grouped(PLAIN, "een", ["a", "b", "c"]);
    const second = grouped(first, "twee", ["b", "c", "d"]);
    expect(second.groups.map(({ name, entities }) => [name, entities])).toEqual([["twee", ["b", "c", "d"]]]);
  });

  it("collapse, and open again when all of them are collapsed", () => {
    const open = grouped(PLAIN, "een", ["a", "b"]);
    const closed = collapsing(open, new Set(["a"]));
    expect(closed && collapsedGroup(closed, "b")?.name).toBe("een");
    const again = closed && collapsing(closed, new Set(["b"]));
    expect(again?.groups[0]?.collapsed).toBe(false);
    expect(collapsing(open, new Set(["z"]))).toBeNull();
    expect(ungrouped(open, new Set(["b"])).groups).toEqual([]);
  });
});
