import { describe, expect, it } from "vitest";
import type { Mapping } from "../bindings/Mapping";
import { Types } from "../entities/schema";
import { SCHEMA } from "../host/demo/schema";
import {
  columnsOf,
  complete,
  dropEntity,
  freeName,
  lacking,
  newEntity,
  newLink,
  offered,
  problems,
  renameEntity,
  retype,
  usesOf,
  wordsOf,
} from "./mapping";

const types = new Types(SCHEMA);

const calls = (): Mapping => ({
  entities: [
    { name: "caller", type: "PhoneNumber", key: ["A"], properties: [{ property: "phone", column: "A" }] },
    { name: "called", type: "PhoneNumber", key: ["B"], properties: [{ property: "phone", column: "B" }] },
  ],
  links: [
    {
      type: "Call",
      key: [],
      source: "caller",
      target: "called",
      reversed: { column: "Richting", values: ["in"] },
      properties: [{ property: "date", column: "Tijd" }],
    },
  ],
});

describe("what is wrong with a mapping", () => {
  it("is nothing when it is whole", () => {
    expect(problems(calls())).toEqual([]);
    expect(complete(calls())).toBe(true);
  });

  it.each<[string, (mapping: Mapping) => void, object]>([
    ["no entity", (mapping) => mapping.entities.splice(0), { problem: "nothing" }],
    [
      "a name that is empty",
      ({ entities: [one] }) => set(one, "name", " "),
      { problem: "entity_name", entity: 0 },
    ],
    [
      "a name that is there twice",
      ({ entities: [, two] }) => set(two, "name", "caller"),
      { problem: "entity_name_twice", entity: 1 },
    ],
    ["no key", ({ entities: [, two] }) => set(two, "key", []), { problem: "entity_key", entity: 1 }],
    ["no type", ({ entities: [one] }) => set(one, "type", ""), { problem: "entity_type", entity: 0 }],
    [
      "an end that is gone",
      ({ links: [one] }) => set(one, "target", "nobody"),
      { problem: "link_end", link: 0 },
    ],
    [
      "a direction without words",
      ({ links: [one] }) => set(one, "reversed", { column: "Richting", values: [] }),
      { problem: "reversal", link: 0 },
    ],
    [
      "a property that is not chosen",
      ({ links: [one] }) => one?.properties.push({ property: "", column: "Tijd" }),
      { problem: "property", link: 0 },
    ],
    [
      "a column that is not chosen",
      ({ entities: [one] }) => one?.properties.push({ property: "name", column: "" }),
      { problem: "property", entity: 0 },
    ],
  ])("is told: %s", (_, spoil, problem) => {
    const mapping = calls();
    spoil(mapping);
    expect(problems(mapping)).toContainEqual(problem);
    expect(complete(mapping)).toBe(false);
  });
});

describe("an entity of a mapping", () => {
  it("takes its links along under another name", () => {
    const mapping = calls();
    renameEntity(mapping, 0, "A-nummer");
    expect(mapping.links[0]).toMatchObject({ source: "A-nummer", target: "called" });
  });

  it("leaves links alone while two have the same name", () => {
    const mapping = calls();
    set(mapping.entities[1], "name", "caller");
    renameEntity(mapping, 1, "called");
    expect(mapping.links[0]).toMatchObject({ source: "caller", target: "called" });
  });

  it("takes its links away when it goes", () => {
    const mapping = calls();
    dropEntity(mapping, 1);
    expect(mapping.entities.map(({ name }) => name)).toEqual(["caller"]);
    expect(mapping.links).toEqual([]);
  });

  it("begins with a name and a column that nothing has yet", () => {
    const mapping = calls();
    const columns = ["A", "B", "Richting", "Tijd", "Mast"];
    mapping.entities.push(newEntity(mapping, columns, "Person"));
    mapping.entities.push(newEntity(mapping, columns, "Person"));
    expect(mapping.entities.slice(2)).toEqual([
      { name: "person", type: "Person", key: ["Mast"], properties: [] },
      { name: "person 2", type: "Person", key: ["A"], properties: [] },
    ]);
    expect(freeName(mapping, "Person")).toBe("person 3");
  });

  it("is at both ends of a new link when it is the only one", () => {
    const mapping = calls();
    dropEntity(mapping, 1);
    expect(newLink(mapping, "UnknownLink")).toMatchObject({
      source: "caller",
      target: "caller",
      reversed: null,
    });
  });

  it("loses what its new type cannot have, and keeps what no schema knows", () => {
    const [entity] = calls().entities;
    if (!entity) throw new Error("no entity");
    entity.properties.push(
      { property: "provider", column: "Net" },
      { property: "name", column: "Naam" },
      { property: "mast", column: "Mast" },
    );
    retype(entity, "Person", types);
    expect(entity).toMatchObject({
      type: "Person",
      properties: [{ property: "phone" }, { property: "name" }, { property: "mast" }],
    });
  });
});

describe("the columns of a mapping", () => {
  it("are each named once", () => {
    expect(columnsOf(calls())).toEqual(["A", "B", "Tijd", "Richting"]);
  });

  it("are missed where a table does not have them", () => {
    expect(lacking(calls(), ["A", "B", "Tijd"])).toEqual(["Richting"]);
    expect(lacking(calls(), ["Richting", "Tijd", "B", "A", "C"])).toEqual([]);
  });

  it("say what they are used for", () => {
    expect(usesOf(calls(), "A")).toEqual([
      { what: "entity", place: 0, as: "key" },
      { what: "entity", place: 0, as: "phone" },
    ]);
    expect(usesOf(calls(), "Richting")).toEqual([{ what: "link", place: 0, as: "reversed" }]);
    expect(usesOf(calls(), "Mast")).toEqual([]);
  });
});

describe("what is offered", () => {
  it("is no property that holds another entity", () => {
    const names = offered(types, "Payment").map(({ name }) => name);
    expect(names).toContain("amount");
    expect(names).not.toContain("payer");
  });

  it("parts entities from links", () => {
    const [entities, links] = [types.offered(false), types.offered(true)].map((all) =>
      all.map(({ name }) => name),
    );
    expect(entities).toContain("BankAccount");
    expect(entities).not.toContain("Payment");
    expect(entities).not.toContain("Thing");
    expect(links).toContain("Payment");
  });

  it("is words between commas", () => {
    expect(wordsOf(" Bij, C ,, C,+ ")).toEqual(["Bij", "C", "+"]);
    expect(wordsOf("  ")).toEqual([]);
  });
});

function set<T extends object, K extends keyof T>(target: T | undefined, key: K, value: T[K]) {
  if (!target) throw new Error("nothing to change");
  target[key] = value;
}
