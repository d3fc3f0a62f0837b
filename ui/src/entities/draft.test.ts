import { describe, expect, it } from "vitest";
import type { Entity } from "../bindings/Entity";
import { SCHEMA } from "../host/demo/schema";
import { newOnes } from "./choices";
import { type Chosen, type Draft, missing, NO_TERMS, stated } from "./draft";
import { Types } from "./schema";

const types = new Types(SCHEMA);
const entity: Entity = { id: "e1", type: "Person", label: "L. Ruigwaard", statements: 3 };
const known: Chosen = { kind: "entity", entity };
const draft = (given: Partial<Draft>): Draft => ({
  what: known,
  lines: [],
  source: null,
  target: null,
  terms: NO_TERMS,
  ...given,
});
const place = { document: "d1", page: 1, start: 4, end: 9 };

describe("what is about to be stated", () => {
  it("is of a known entity", () => {
    const lines = [{ property: "birthDate", text: "12 september 1981" }];
    const { things, passage } = stated(draft({ lines }), types, place);
    expect(passage).toEqual(place);
    expect(things).toEqual([
      {
        entity: "e1",
        type: "Person",
        says: [{ property: "birthDate", value: { text: "1981-09-12" }, valid_from: null, valid_to: null }],
      },
    ]);
  });

  it("is a link between a known entity and a new one, which comes with its name", () => {
    const target: Chosen = { kind: "new", type: "Company", name: "Pekelhof" };
    const what: Chosen = { kind: "link", type: "Employment" };
    const { things } = stated(draft({ what, source: known, target }), types, null);
    expect(things.map(({ type }) => type)).toEqual(["Company", "Employment"]);
    expect(things[0]?.says.map(({ property, value }) => [property, value])).toEqual([
      ["name", { text: "Pekelhof" }],
    ]);
    expect(things[1]?.says.map(({ property, value }) => [property, value])).toEqual([
      ["employee", { entity: "e1" }],
      ["employer", { thing: 0 }],
    ]);
  });

  it("leaves out lines without words, and labels that the document has", () => {
    const lines = [
      { property: "name", text: "x" },
      { property: "alias", text: "  " },
    ];
    const { things, organisation, grade } = stated(draft({ lines }), types, place);
    expect(things[0]?.says).toHaveLength(1);
    expect([organisation, grade]).toEqual([null, null]);
  });

  it("says what is missing", () => {
    const lines = [{ property: "name", text: "x" }];
    expect(missing(draft({}), false)).toBe("value");
    expect(missing(draft({ lines }), false)).toBeNull();
    expect(missing(draft({ lines }), true)).toBe("purpose");
    expect(missing(draft({ what: { kind: "link", type: "Use" }, source: known }), false)).toBe("ends");
  });
});

describe("what is offered", () => {
  const facts = { types, recentTypes: ["Vehicle"] } as unknown as Parameters<typeof newOnes>[2];
  const offered = (text: string, range: string | null = null, links = true) =>
    newOnes(text, { range, links }, facts).map((one) => (one.kind === "entity" ? "" : one.type));

  it("is a type by its Dutch or English name, or a link by its verb", () => {
    expect(offered("pers")[0]).toBe("Person");
    expect(offered("bank account")[0]).toBe("BankAccount");
    expect(offered("is eigenaar")[0]).toBe("Ownership");
    expect(offered("owns")).toContain("Ownership");
  });

  it("is what was used last first, when nothing is typed", () => {
    expect(offered("")[0]).toBe("Vehicle");
  });

  it("takes words that name no type for a name, within what an end can be", () => {
    const found = newOnes("Rietvink", { range: "Organization", links: false }, facts);
    expect(found.every((one) => one.kind === "new" && types.isA(one.type, "Organization"))).toBe(true);
    expect(found[0]).toMatchObject({ name: "Rietvink" });
  });

  it("never is a type that only others extend", () => {
    expect(offered("").some((type) => types.find(type)?.abstract)).toBe(false);
  });
});
