import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Coverage } from "../bindings/Coverage";
import Window from "../frame/Window.svelte";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";
import { beside } from "./beside";
import { left } from "./coverage";
import { begun } from "./draft";

const find = <T extends HTMLElement>(testid: string, with_ = "") =>
  document.querySelector<T>(`[data-testid="${testid}"]${with_}`);
const all = (testid: string, with_ = "") => [
  ...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]${with_}`),
];

let component: Record<string, unknown>;
let host: MemoryHost;

beforeEach(async () => {
  host = memoryHost(0);
  component = mount(Window, { target: document.body, props: { host } });
  await expect.poll(() => find("passphrase")).not.toBeNull();
  type("passphrase", DEMO_PASSPHRASE);
  find("unlock")?.click();
  await expect.poll(() => find("room-glossary")).not.toBeNull();
});

afterEach(async () => {
  await unmount(component);
  document.body.innerHTML = "";
});

function type(testid: string, value: string) {
  const field = find<HTMLInputElement>(testid);
  if (!field) throw new Error(`no field ${testid}`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function key(key: string, target: Element | null = document.activeElement) {
  (target ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
  flushSync();
}

async function search(query: string) {
  type("search-query", query);
  find("search-submit")?.click();
  await expect.poll(() => find("hit-count")).not.toBeNull();
}

const found = () => Number(find("hit-count")?.dataset.total);

async function look(organisation: string) {
  find("lens")?.dispatchEvent(
    new PointerEvent("pointerdown", { bubbles: true, button: 0, pointerType: "mouse" }),
  );
  flushSync();
  await expect.poll(() => find("lens-option", `[data-organisation=${organisation}]`)).not.toBeNull();
  find("lens-option", `[data-organisation=${organisation}]`)?.click();
  await expect.poll(() => find("lens")?.dataset.lens).toBe(organisation);
}

describe("a search", () => {
  it("puts other senses aside with their number, and a click shows them", async () => {
    await search("aangifte");
    await expect.poll(() => all("folded").length).toBe(2);
    const kept = found();
    const tax = find("folded", "[data-organisation=belastingdienst]");
    const hits = Number(tax?.dataset.hits);
    expect(hits).toBeGreaterThan(0);
    tax?.querySelector<HTMLElement>("[data-testid=folded-show]")?.click();
    await expect.poll(found).toBe(hits);
    expect(find("folded", "[data-organisation=belastingdienst]")?.dataset.shown).toBe("true");
    find("folded", "[data-organisation=belastingdienst] [data-testid=folded-show]")?.click();
    await expect.poll(found).toBe(kept);
  });

  it("leads to what others call it; a chip switches that off, and the document marks the same", async () => {
    await look("belastingdienst");
    await search("aangifte");
    find("sense-mode", "[data-mode=bridge]")?.click();
    const chip = () => find("expansion", '[data-term="douaneaangifte"]');
    await expect.poll(() => find("expansion")).not.toBeNull();
    expect(chip()).toBeNull();
    find("sense-related")?.click();
    await expect.poll(chip).not.toBeNull();
    expect(chip()?.dataset.relation).toBe("related");
    const asked: unknown[] = [];
    const openDocument = host.openDocument.bind(host);
    host.openDocument = (document, query, senses) => {
      asked.push(senses);
      return openDocument(document, query, senses);
    };
    chip()?.click();
    await expect.poll(() => chip()?.dataset.off).toBe("true");
    // The list itself draws no rows here, but has the keyboard.
    const grid = document.querySelector<HTMLElement>("[role=grid]");
    key("Home", grid);
    key("Enter", grid);
    await expect.poll(() => asked.length).toBe(1);
    expect(asked[0]).toEqual({
      mode: "bridge",
      lens: "belastingdienst",
      proposed: false,
      related: true,
      off: [{ concept: "douane:aangifte", term: "douaneaangifte" }],
      unfold: null,
    });
  });

  it("follows proposed mappings only when asked", async () => {
    await look("om");
    await search("onderzoek");
    find("sense-mode", "[data-mode=bridge]")?.click();
    await expect.poll(() => find("expansion", '[data-term="opsporingsonderzoek"]')).not.toBeNull();
    const { mapping } = await host.proposeMapping({
      mapping: null,
      from: "om:onderzoek",
      relation: "related",
      to: ["belastingdienst:controle"],
      compound: null,
      to_organisation: null,
      difference: [],
      consequence: [],
      justification: "expert",
      proposed_by: "om",
      valid_from: null,
      valid_to: null,
    });
    expect(mapping).not.toBe("");
    const bridged = () => find("expansion", '[data-term="boekenonderzoek"]');
    await expect.poll(() => find("sense-bar")?.textContent).toContain("nog niet is afgesproken");
    expect(bridged()).toBeNull();
    find("sense-related")?.click();
    await expect.poll(() => find<HTMLInputElement>("sense-related")?.checked).toBe(true);
    expect(bridged()).toBeNull();
    find("sense-proposed")?.click();
    await expect.poll(bridged).not.toBeNull();
  });
});

describe("the lens", () => {
  it("makes no search that nobody looks at; who comes back is told, and asks again", async () => {
    await search("aangifte");
    const asked = vi.spyOn(host, "search");
    find("room-glossary")?.click();
    flushSync();
    await look("douane");
    await look("belastingdienst");
    expect(asked).not.toHaveBeenCalled();
    find("room-search")?.click();
    flushSync();
    expect(document.body.textContent).toContain("door een andere bril");
    expect(asked).not.toHaveBeenCalled();
    // Who looks at the hits sees them change.
    await look("douane");
    await expect.poll(() => asked.mock.calls.length).toBe(1);
  });

  it("calls types as an organisation calls them", async () => {
    const schema = await host.schema();
    const person = schema.types.find(({ name }) => name === "Person")?.nl_plural ?? "";
    find("room-chart")?.click();
    await expect.poll(() => find("chart-legend-fold")).not.toBeNull();
    find("chart-legend-fold")?.click();
    const legend = () => find("chart-legend")?.textContent ?? "";
    await expect.poll(legend).toContain(person);
    await look("belastingdienst");
    await expect.poll(legend).toContain("Belastingplichtige");
    await look("politie");
    await expect.poll(legend).toContain(person);
  });
});

describe("the glossary room", () => {
  beforeEach(async () => {
    find("room-glossary")?.click();
    await expect.poll(() => find("glossary-words")).not.toBeNull();
  });

  /** Goes to a word and opens what an organisation means by it; the rows are not drawn here, but have the keyboard. */
  async function open(word: string, organisation: string) {
    type("glossary-filter", word);
    await expect.poll(() => find("glossary-count")?.dataset.total).toBe("1");
    await look(organisation);
    key("Home", find("glossary-words"));
    key("Enter", find("glossary-words"));
    await expect.poll(() => find("concept-card")).not.toBeNull();
  }

  it("shows words side by side, and a concept whole", async () => {
    await open("belastingaangifte", "belastingdienst");
    expect(find("concept-card")?.dataset.concept).toBe("belastingdienst:aangifte");
    expect(find("concept-card")?.textContent).toContain("onder collega’s");
    expect(find("concept-card")?.textContent).toContain("artikelen 6 tot en met 8");
    expect(all("mapping-line")).toHaveLength(2);
  });

  it("underlines a word of several meanings in what is written, and its card says what it means there and here", async () => {
    await open("strafaangifte", "politie");
    const word = () => find("written-sense", '[data-concept="politie:aangifte"]');
    await expect.poll(word).not.toBeNull();
    expect(word()?.textContent).toBe("aangifte");
    expect(word()?.closest("[data-testid=concept-card]")).not.toBeNull();
    await look("belastingdienst");
    // Read again through other eyes, a card that was open closes.
    await expect
      .poll(() => {
        if (!find("sense-card")) key("Enter", word());
        return find("sense-card")?.dataset.relation;
      })
      .toBe("false_friend");
    expect(find("sense-card")?.parentElement?.parentElement).toBe(document.body);
    expect(find("sense-option")).toBeNull();
    key("Escape", find("sense-card"));
    await expect.poll(() => find("sense-card")).toBeNull();
    expect(document.activeElement).toBe(word());
  });

  it("takes a mapping from proposed through disputed to agreed", async () => {
    await open("opsporingsonderzoek", "om");
    find("concept-map")?.click();
    await expect.poll(() => find("mapping-sheet")).not.toBeNull();
    find("relation-nearly_same")?.click();
    type("mapping-to", "onderzoek");
    await expect
      .poll(() => find("mapping-to-option", "[data-concept='belastingdienst:onderzoek']"))
      .not.toBeNull();
    find("mapping-to-option", "[data-concept='belastingdienst:onderzoek']")?.click();
    find("mapping-propose")?.click();
    await expect.poll(() => find("mapping-sheet")?.textContent).toContain("Zeg wat er verschilt.");
    type("mapping-difference", "Het ene is opsporing, het andere toezicht.");
    find("mapping-propose")?.click();
    await expect.poll(() => find("mapping-card")?.dataset.status).toBe("proposed");
    const side = (organisation: string, testid: string) =>
      find("verdict", `[data-organisation=${organisation}] [data-testid=${testid}]`);
    side("belastingdienst", "verdict-dispute")?.click();
    await expect.poll(() => find("verdict-reason")).not.toBeNull();
    type("verdict-reason", "Bij ons is er nog geen verdenking.");
    find("verdict-send")?.click();
    await expect.poll(() => find("mapping-card")?.dataset.status).toBe("disputed");
    side("belastingdienst", "verdict-accept")?.click();
    await expect.poll(() => find("mapping-card")?.dataset.status).toBe("proposed");
    side("om", "verdict-accept")?.click();
    await expect.poll(() => find("mapping-card")?.dataset.status).toBe("agreed");
    expect(side("om", "verdict-who")?.textContent).toContain(
      "ingevoerd door M. Zandwijk voor Openbaar Ministerie",
    );
    const named = async (organisation: string, name: string, status: string) => {
      side(organisation, "verdict-withdraw")?.click();
      await expect.poll(() => side(organisation, "verdict-who")).toBeNull();
      const field = side(organisation, "verdict-reviewer") as HTMLInputElement;
      field.value = name;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      side(organisation, "verdict-accept")?.click();
      await expect.poll(() => side(organisation, "verdict-who")?.textContent).toContain(name);
      expect(find("mapping-card")?.dataset.status).toBe(status);
    };
    await named("om", "P. Pieters", "agreed");
    await named("belastingdienst", "p. pieters", "proposed");
    expect(find("mapping-card")?.textContent).toContain("Eén persoon voor beide kanten");
  });

  it("puts mappings to the question when a meaning changes", async () => {
    await open("aanslag", "politie");
    find("concept-edit")?.click();
    await expect.poll(() => find("concept-definition-field")).not.toBeNull();
    type("concept-definition-field", "Aanval met een explosief.");
    expect(find("concept-rechecks")?.textContent).toContain("1 verband");
    find("concept-keep")?.click();
    await expect.poll(() => find("concept-sheet")).toBeNull();
    await expect.poll(() => find("concept-card")?.textContent).toContain("versie 2");
    expect(find("mapping-status")?.dataset.status).toBe("recheck");
  });

  it("says what is missing, and makes a concept of an unknown word", async () => {
    find("glossary-tab-coverage")?.click();
    await expect.poll(() => find("coverage-unknown")).not.toBeNull();
    expect(find("coverage-unmapped")).not.toBeNull();
    key("Home", find("coverage-unknown"));
    key("Enter", find("coverage-unknown"));
    await expect.poll(() => find<HTMLInputElement>("concept-term")?.value).toBe("nummer");
  });

  it("asks how a shared word relates that nobody compared", async () => {
    const { concepts } = await host.concepts(null, null, 500, 0);
    const view = concepts.find((one) => one.organisation === "douane" && one.label === "controle");
    if (!view) throw new Error("the demo has no such concept");
    await host.setConcept({ ...begun(view, "", "om"), concept: null, organisation: "om" });
    find("glossary-tab-coverage")?.click();
    await expect.poll(() => find("coverage-unmapped")).not.toBeNull();
    key("Home", find("coverage-unmapped"));
    key("Enter", find("coverage-unmapped"));
    await expect.poll(() => find("mapping-sheet")?.textContent).toContain("Belastingdienst");
    expect(find("mapping-sheet")?.textContent).toContain("Openbaar Ministerie");
  });

  it("asks what a shared word means where it is not explained, with the word filled in", async () => {
    find("glossary-tab-coverage")?.click();
    await expect.poll(() => find("coverage-unmapped")).not.toBeNull();
    key("Home", find("coverage-unmapped"));
    key("Enter", find("coverage-unmapped"));
    await expect.poll(() => find<HTMLInputElement>("concept-term")?.value).toBe("controle");
    expect(find("concept-organisation")?.dataset.value).toBe("om");
  });

  it("takes a gap off the list once it is closed", async () => {
    await forget("politie", "belastingdienst");
    const { concepts, ...rest } = await gaps();
    const word = rest.unmapped.find((one) => one.word === "aangifte");
    expect(word?.between).toContainEqual(["belastingdienst", "politie"]);
    const of = (organisation: string) =>
      concepts.find((view) => view.organisation === organisation && view.label === "aangifte")?.concept.id;
    await host.proposeMapping({
      mapping: null,
      from: of("belastingdienst") ?? "",
      relation: "false_friend",
      to: [of("politie") ?? ""],
      compound: null,
      to_organisation: null,
      difference: [],
      consequence: [],
      justification: "expert",
      proposed_by: "politie",
      valid_from: null,
      valid_to: null,
    });
    const now = await host.concepts(null, null, 500, 0);
    const closed = left(rest, now.concepts, await host.conceptMappings(null));
    const still = closed.unmapped.find((one) => one.word === "aangifte")?.between ?? [];
    expect(still).not.toContainEqual(["belastingdienst", "politie"]);
    expect(closed.unmapped.filter((one) => one.word !== "aangifte")).toEqual(
      rest.unmapped.filter((one) => one.word !== "aangifte"),
    );
  });

  it("says which meanings of a word with several at one organisation are compared with nothing", async () => {
    const { concepts } = await host.concepts(null, null, 500, 0);
    const view = concepts.find((one) => one.organisation === "politie" && one.label === "aanslag");
    if (!view) throw new Error("the demo has no such concept");
    const draft = { ...begun(view, "", "politie"), concept: null, hints: [] };
    const definitions = [{ text: "Aantikken van een toets bij digitaal sporenonderzoek.", language: "nl" }];
    const { concept } = await host.setConcept({ ...draft, definitions });
    const { several } = await gaps();
    expect(several).toEqual([{ word: "aanslag", organisation: "politie", unmapped: [concept] }]);
    find("glossary-tab-coverage")?.click();
    await expect.poll(() => find("coverage-several")).not.toBeNull();
    key("Home", find("coverage-several"));
    key("Enter", find("coverage-several"));
    // The other side is looked for by the word.
    await expect.poll(() => find<HTMLInputElement>("mapping-to")?.value).toBe("aanslag");
    expect(all("mapping-to-option").length).toBeGreaterThan(0);
  });

  it("leads from a gap to the passages", async () => {
    find("glossary-tab-coverage")?.click();
    await expect.poll(() => find("coverage-unmapped")).not.toBeNull();
    key("Home", find("coverage-unmapped"));
    key("z", find("coverage-unmapped"));
    await expect.poll(() => find("hit-count")).not.toBeNull();
    expect(find<HTMLInputElement>("search-query")?.value).toBe('"controle"');
    expect(found()).toBeGreaterThan(0);
  });

  it("refuses a file that breaks a rule, in words, and takes it in when that is accepted", async () => {
    find("glossary-import")?.click();
    await expect.poll(() => find("terms-choose")).not.toBeNull();
    find("terms-choose")?.click();
    await expect.poll(() => find<HTMLButtonElement>("terms-take")?.disabled).toBe(false);
    find("terms-take")?.click();
    await expect.poll(() => find("terms-refused")).not.toBeNull();
    expect(find("violation")?.textContent).toContain("‘klant’ heeft geen definitie");
    expect(find<HTMLButtonElement>("terms-take")?.disabled).toBe(true);
    find("terms-accept")?.click();
    flushSync();
    find("terms-take")?.click();
    await expect.poll(() => find("terms-done")).not.toBeNull();
  });
});

/** Drops what was said of how a word of one organisation relates to one of another. */
async function forget(from: string, to: string) {
  const mappings = await host.conceptMappings(null);
  const found = mappings.find((one) => one.from_organisation === from && one.mapping.to_organisation === to);
  await host.dropConceptMapping(found?.mapping.id ?? "");
}

/** What coverage finds now, with the concepts that are there. */
async function gaps() {
  const { concepts } = await host.concepts(null, null, 500, 0);
  const coverage = await new Promise<Coverage>((done) => {
    void host.startCoverage(1000, (update) => update.update === "coverage" && done(update.coverage));
  });
  return { concepts, ...coverage };
}

describe("words side by side", () => {
  it("tells a word that two organisations use and nobody compared from one that somebody did", async () => {
    const { concepts } = await host.concepts(null, null, 500, 0);
    const rows = new Map(beside(concepts, "").map((row) => [row.word, row]));
    expect(rows.get("aanslag")).toMatchObject({ friends: true, open: false });
    expect(rows.get("onderzoek")).toMatchObject({ friends: false, open: true });
    const called = rows.get("verdachte")?.cells.find(({ own }) => !own);
    expect(called).toMatchObject({ relation: "related" });
    expect(called?.view.label).toBe("belastingplichtige");
  });

  it("warns of one that shares the word as another term and means something else", async () => {
    const { concepts } = await host.concepts(null, null, 500, 0);
    const police = concepts.find(
      ({ label, organisation }) => label === "aangifte" && organisation === "politie",
    );
    const tax = concepts.find(({ concept }) => concept.id === "belastingdienst:aangifte");
    if (!police || !tax) throw new Error("the demo case has both");
    const also = { ...tax, label: "belastingaangifte" };
    const [row] = beside([police, also], "").filter(({ word }) => word === "aangifte");
    expect(row).toMatchObject({ friends: true });
    const cell = row?.cells.find(({ own }) => !own);
    expect(cell).toMatchObject({ shares: true, relation: "false_friend" });
  });
});

describe("an overlay", () => {
  it("shows where organisations meet, sets the rest back, and says so in the legend", async () => {
    find("room-chart")?.click();
    await expect.poll(() => find("chart-overlay")).not.toBeNull();
    await expect.poll(() => find<HTMLButtonElement>("chart-overlay")?.disabled).toBe(false);
    find("chart-overlay")?.click();
    await expect.poll(() => find("overlay", "[data-overlay=meetings]")).not.toBeNull();
    find("overlay", "[data-overlay=meetings]")?.click();
    await expect.poll(() => find("meetings")).not.toBeNull();
    expect(find("overlay-legend")?.textContent).toContain("Waar organisaties elkaar raken");
    const count = find("overlay-count")?.dataset;
    expect(Number(count?.entities)).toBeGreaterThan(1);
    find("overlay-off")?.click();
    await expect.poll(() => find("overlay-legend")).toBeNull();
  });
});
