import { afterEach, describe, expect, it } from "vitest";
import type { RowRefusal } from "../bindings/RowRefusal";
import type { Violation } from "../bindings/Violation";
import { tell } from "../frame/errors";
import { en } from "../locale/en";
import { nl } from "../locale/nl";
import { preferences } from "../workspace/preferences.svelte";
import { leftOut, violated } from "./told";

/** The closed list of the core (`crates/glossary/src/exclusion.rs`). */
const CONFLICTS = [
  "unknown-concept",
  "mapping-to-itself",
  "mapping-within-scheme",
  "mapping-other-organisation",
  "mapping-parts-some-of-none",
  "mapping-parts-none-of-own",
  "mapping-parts-missing",
  "mapping-parts-twice",
  "mapping-parts-false-friends",
  "mapping-parts-only-one",
  "mapping-parts-unjoined",
  "mapping-no-difference",
  "mapping-already",
  "mapping-excluded",
];

const ROWS: RowRefusal[] = [
  { code: "cell_too_long", limit: 20_000 },
  { code: "no_language", cell: "Nederlands" },
  { code: "no_term" },
  { code: "no_name", cell: "geen adres" },
  { code: "double", first: 2 },
  { code: "no_status", cell: "misschien" },
  { code: "no_day", cell: "31 mei" },
  { code: "several", cell: "zaak" },
  { code: "nothing", cell: "zoiets" },
];

const broken = (rule: string, parameters: string[]): Violation => ({
  subject: "urn:x",
  rule,
  mandatory: true,
  message: "in English",
  parameters,
  line: null,
});

afterEach(() => {
  preferences.language = "nl";
});

describe("what is wrong with a file of terms", () => {
  it("is told in the language of the window, for every conflict of mappings", () => {
    for (const code of CONFLICTS) {
      const said = violated(broken(code, ["verdachte", "subject", "narrower", "same"]));
      expect(said).toMatch(/^‘verdachte’ – ‘subject’: /);
      expect(said).not.toContain("{");
      for (const texts of [nl, en]) expect(Object.hasOwn(texts, `conflict.${code}`)).toBe(true);
    }
    expect(violated(broken("mapping-excluded", ["a", "b", "narrower", "same"]))).toContain(
      nl["relation.narrower"],
    );
    expect(violated(broken("mapping-incomplete", ["operator"]))).toContain(nl["missing.operator"]);
    expect(violated(broken("later-rule", []))).toBe("in English");
  });

  it("is told of each row that was left out", () => {
    for (const language of ["nl", "en"] as const) {
      preferences.language = language;
      for (const why of ROWS) {
        const said = leftOut({ line: 3, reason: "in English", why });
        expect(said).not.toContain("{");
        if ("cell" in why) expect(said).toContain(why.cell);
      }
    }
  });
});

describe("a mapping that is refused", () => {
  it("says which other one excludes it", () => {
    const details = { problem: "mapping-excluded", there: "wider", new: "same" };
    const told = tell({ code: "mapping_excluded", message: "in English", details });
    expect(told.advice).toContain(nl["relation.wider"]);
    expect(told.advice).toContain(nl["relation.same"]);
    const other = tell({ code: "mapping_excluded", message: "in English", details: { problem: "later" } });
    expect(other.advice).toBe(nl["advice.mapping_excluded"]);
  });
});
