import { beforeEach, describe, expect, it } from "vitest";
import type { Entity } from "../bindings/Entity";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";
import { Apart } from "./apart.svelte";
import { Types } from "./schema";

let host: MemoryHost;
let apart: Apart;
let read: string[];

const find = async (text: string): Promise<Entity[]> =>
  (await host.entities({ type: null, text, links: false }, 10, 0)).entities;

/** States something of an entity of the demo case without a passage. */
async function state(entity: Entity, organisation: string, ...says: [property: string, text: string][]) {
  await host.stateFacts({
    passage: null,
    organisation,
    purpose: "wpg_9",
    marking: null,
    grade: null,
    things: [
      {
        entity: entity.id,
        type: entity.type,
        says: says.map(([property, text]) => ({
          property,
          value: { text },
          valid_from: null,
          valid_to: null,
        })),
      },
    ],
    chart: null,
  });
}

beforeEach(async () => {
  host = memoryHost(0);
  const { given } = await host.places();
  await host.openWorkspace({ path: given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  const types = new Types(await host.schema());
  read = [];
  const entity = host.entity.bind(host);
  host.entity = (id) => {
    read.push(id);
    return entity(id);
  };
  apart = new Apart(host, () => types);
});

describe("what tells entities of one name apart", () => {
  it("reads only those that are called alike, and those once", async () => {
    const all = await find("");
    const alike = await find("rietvink");
    expect(alike.map(({ label }) => label).sort()).toEqual([
      "Autoverhuur De Rietvink",
      "autoverhuur De Rietvink",
    ]);
    await apart.look(all);
    await apart.look(all);
    expect(read.sort()).toEqual(alike.map(({ id }) => id).sort());
    for (const entity of all)
      expect(apart.of(entity) === null).toBe(!alike.some(({ id }) => id === entity.id));
  });

  it("tells who says anything of each", async () => {
    const alike = await find("rietvink");
    await apart.look(alike);
    const said = alike.map((entity) => [entity.label, apart.of(entity)?.organisations]);
    expect(said).toEqual([
      ["autoverhuur De Rietvink", ["politie"]],
      ["Autoverhuur De Rietvink", ["fiod"]],
    ]);
  });

  it("tells what is said of one and not of the other, identifying properties first", async () => {
    const [one, other] = (await find("rietvink")) as [Entity, Entity];
    await state(one, "politie", ["sector", "verhuur"], ["registrationNumber", "90000001"]);
    await state(other, "fiod", ["sector", "verhuur"], ["registrationNumber", "90000002"]);
    await apart.look(await find("rietvink"));
    // What is said of both does not tell them apart.
    expect(apart.of(one)?.says).toEqual([{ property: "registrationNumber", value: "90000001" }]);
    expect(apart.of(other)?.says).toEqual([{ property: "registrationNumber", value: "90000002" }]);
  });

  it("reads again after something was stated", async () => {
    const [one] = (await find("rietvink")) as [Entity];
    await apart.look(await find("rietvink"));
    await state(one, "douane", ["sector", "verhuur"]);
    apart.forget();
    expect(apart.of(one)).toBeNull();
    await apart.look(await find("rietvink"));
    expect(apart.of(one)?.organisations).toEqual(["douane", "politie"]);
    expect(apart.of(one)?.says).toEqual([{ property: "sector", value: "verhuur" }]);
  });
});
