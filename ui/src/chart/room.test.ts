import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Types } from "../entities/schema";
import Window from "../frame/Window.svelte";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";

const find = <T extends HTMLElement>(testid: string) =>
  document.querySelector<T>(`[data-testid="${testid}"]`);
const all = (testid: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
const said = () => document.querySelector('.unseen[role="status"]')?.textContent ?? "";

let component: Record<string, unknown>;
let host: MemoryHost;

beforeEach(async () => {
  host = memoryHost(0);
  component = mount(Window, { target: document.body, props: { host } });
  await expect.poll(() => find("passphrase")).not.toBeNull();
  type("passphrase", DEMO_PASSPHRASE);
  find("unlock")?.click();
  await expect.poll(() => find("room-chart")).not.toBeNull();
  key("6", { ctrlKey: true });
  await expect.poll(() => find("chart-canvas")).not.toBeNull();
  find("chart-canvas")?.focus();
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

function key(key: string, with_: KeyboardEventInit = {}, target: Element | null = document.activeElement) {
  (target ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...with_ }),
  );
  flushSync();
}

function submit(testid: string) {
  find(testid)?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  flushSync();
}

/** Says for what statements are made here, as somebody does once. */
function choosePurpose() {
  key("W", {}, find("chart-purpose"));
}

describe("the chart room by keyboard", () => {
  it("has a table that is equal to the chart, in which one selects", async () => {
    key("t");
    await expect.poll(() => all("chart-table-entities-row").length).toBe(10);
    expect(all("chart-table-links-row").length).toBe(13);
    const bus = all("chart-table-entities-row").find((row) => row.textContent?.includes("Q-481-XK"));
    key("Enter", {}, bus);
    expect(bus?.getAttribute("aria-selected")).toBe("true");
    find("chart-canvas")?.focus();
    key("b");
    const chosen = all("chart-table-entities-row").filter(
      (row) => row.getAttribute("aria-selected") === "true",
    );
    expect(chosen).toHaveLength(4);
  });

  it("makes an entity and links it without a mouse, and undoes both", async () => {
    key("i");
    await expect.poll(() => document.activeElement).toBe(find("chart-create-name"));
    choosePurpose();
    type("chart-create-name", "Stille vennoot");
    submit("chart-create");
    await expect.poll(said).toContain("Stille vennoot");
    expect(document.activeElement).toBe(find("chart-canvas"));
    key("l");
    await expect.poll(() => document.activeElement).toBe(find("chart-link-target"));
    type("chart-link-target", "Klokken");
    await expect.poll(() => find("chart-link-target-option")).not.toBeNull();
    key("Enter");
    await expect.poll(() => document.activeElement).toBe(find("chart-link-submit"));
    submit("chart-link");
    await expect.poll(said).toBe("Relatie gelegd van Stille vennoot naar de Klokkenmaker");
    key("t");
    await expect.poll(() => all("chart-table-links-row").length).toBe(14);
    key("z", { ctrlKey: true });
    await expect.poll(() => all("chart-table-links-row").length).toBe(13);
    key("z", { ctrlKey: true });
    await expect.poll(() => all("chart-table-entities-row").length).toBe(10);
  });

  it("shows by what an entity could be expanded, and brings it in with Enter", async () => {
    key("t");
    await expect.poll(() => all("chart-table-entities-row").length).toBe(10);
    const bus = all("chart-table-entities-row").find((row) => row.textContent?.includes("Q-481-XK"));
    key("Enter", {}, bus);
    find("chart-canvas")?.focus();
    key("e");
    await expect.poll(() => find("chart-expand-go")).not.toBeNull();
    expect(find("chart-expand")?.textContent).toContain("Vervoer → Container: 1");
    await expect.poll(() => document.activeElement).toBe(find("chart-expand-go"));
    find("chart-expand-go")?.click();
    await expect.poll(() => all("chart-table-entities-row").length).toBe(11);
  });

  it("folds the chosen into one node by X, with the name that is asked for", async () => {
    key("t");
    await expect.poll(() => all("chart-table-entities-row").length).toBe(10);
    find("chart-canvas")?.focus();
    key("a", { ctrlKey: true });
    key("x");
    await expect.poll(() => find("chart-naming-words")).not.toBeNull();
    type("chart-naming-words", "Iedereen");
    find("chart-naming-words")
      ?.closest("form")
      ?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await expect.poll(() => all("chart-table-entities-row").length).toBe(1);
    expect(find("chart-table-entities-row")?.textContent).toContain("Iedereen");
    expect(find("chart-table-entities-row")?.getAttribute("aria-selected")).toBe("true");
  });

  it("goes through the passages of a chosen link by the plain keys", async () => {
    key("t");
    await expect.poll(() => all("chart-table-links-row").length).toBe(13);
    key("Enter", {}, all("chart-table-links-row")[0]);
    await expect.poll(() => find("link-ends")).not.toBeNull();
    find("chart-canvas")?.focus();
    key("n");
    await expect.poll(() => Number(find("passage-count")?.dataset.at)).toBe(0);
    expect(document.querySelector("[role=dialog]")).toBeNull();
  });

  it("filters, says how many are left out, and clears", async () => {
    key("f");
    await expect.poll(() => find("chart-filter-type-Person")).not.toBeNull();
    find("chart-filter-type-Person")?.click();
    await expect.poll(() => find("chart-filter-count")?.textContent).toContain("8 entiteiten niet getoond");
    find("chart-filter-clear")?.click();
    await expect.poll(() => find("chart-filter-count")?.textContent).toContain("Alles wordt getoond");
  });

  it("ranks brokers with their reasons, and a click shows them", async () => {
    key("s");
    await expect.poll(() => find("chart-brokers-start")).not.toBeNull();
    find("chart-brokers-start")?.click();
    await expect.poll(() => all("chart-broker").length).toBeGreaterThan(1);
    expect(find("chart-broker")?.textContent).toContain("Eenmanszaak klokken en uurwerken");
    expect(find("chart-broker-reason")?.textContent).toContain("Op de meeste kortste wegen");
    find("chart-broker")?.click();
    flushSync();
    expect(find("chart-broker")?.classList.contains("chosen")).toBe(true);
  });

  it("finds a path in words and opens a passage of it", async () => {
    key("P", { shiftKey: true });
    await expect.poll(() => find("chart-paths-from")).not.toBeNull();
    for (const [field, words] of [
      ["chart-paths-from", "Ruigwaard"],
      ["chart-paths-to", "Zwaanenburgh"],
    ] as const) {
      type(field, words);
      await expect.poll(() => find(`${field}-option`)).not.toBeNull();
      key("Enter", {}, find(field));
    }
    find("chart-paths-find")
      ?.closest("form")
      ?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await expect.poll(() => find("chart-paths-found")?.textContent).toBe("1 pad gevonden");
    expect(find("chart-path")?.textContent).toContain("L. Ruigwaard→de Klokkenmaker→Eenmanszaak");
    find("chart-path")?.click();
    await expect.poll(() => find("chart-passage")).not.toBeNull();
    find("chart-passage")?.click();
    await expect.poll(() => find("document-view")?.dataset.document).toBeDefined();
    expect(find("chart-path")?.getAttribute("aria-expanded"), "the panel outlives the document").toBe("true");
  });

  it("tells those of one name apart, on a path and among brokers, by who knows of each", async () => {
    const named = async (text: string) =>
      (await host.entities({ type: null, text, links: false }, 2, 0)).entities;
    const [one, other] = await named("Rietvink");
    const [container] = await named("KLPU");
    const ends = new Types(await host.schema()).ends("UnknownLink");
    const end = (property = "", entity = "") => ({
      property,
      value: { entity },
      valid_from: null,
      valid_to: null,
    });
    const link = (target: typeof one) => ({
      entity: null,
      type: "UnknownLink",
      says: [end(ends?.source, other?.id), end(ends?.target, target?.id)],
    });
    const standing = { organisation: "douane", purpose: "wpg_9", marking: null, grade: null };
    await host.stateFacts({ passage: null, ...standing, things: [link(one), link(container)], chart: null });
    key("P", { shiftKey: true });
    await expect.poll(() => find("chart-paths-from")).not.toBeNull();
    find("chart-paths-whole")?.click();
    for (const [field, at] of [
      ["chart-paths-from", 0],
      ["chart-paths-to", 1],
    ] as const) {
      type(field, "Rietvink");
      await expect.poll(() => all(`${field}-option`).length).toBe(2);
      if (at === 1) key("ArrowDown", {}, find(field));
      key("Enter", {}, find(field));
    }
    find("chart-paths-find")
      ?.closest("form")
      ?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await expect.poll(() => find("chart-path")?.textContent).toContain("utoverhuur De Rietvink (FIOD)");
    expect(find("chart-path")?.textContent).toContain("utoverhuur De Rietvink (Politie)");
    find("chart-canvas")?.focus();
    key("s");
    await expect.poll(() => find("chart-brokers-whole")).not.toBeNull();
    find("chart-brokers-whole")?.click();
    find("chart-brokers-start")?.click();
    const brokers = () =>
      all("chart-broker").flatMap(
        (broker) => /utoverhuur De Rietvink(\w+)/.exec(broker.textContent ?? "")?.[1] ?? [],
      );
    await expect.poll(() => brokers().sort()).toEqual(["FIOD", "Politie"]);
  });

  it("lists where organisations contradict each other, and leads to the page of each", async () => {
    key("o");
    await expect.poll(() => document.querySelector('[data-overlay="contradictions"]')).not.toBeNull();
    document.querySelector<HTMLElement>('[data-overlay="contradictions"]')?.click();
    await expect.poll(() => all("contradicted-value").length).toBe(2);
    const one = find("contradicted-one");
    expect(one?.textContent).toContain("L. Ruigwaard");
    expect(one?.textContent).toContain("Geboortedatum");
    const values = all("contradicted-value").map((value) => value.textContent?.replace(/\s+/g, " ").trim());
    expect(values).toEqual(["12 sep 1981 Koninklijke Marechaussee", "21 sep 1981 Politie"]);
    expect(find("contradicted-page")).toBeNull();
    one?.querySelector("button")?.click();
    await expect.poll(() => find("contradicted-page")).not.toBeNull();
    find("contradicted-page")?.click();
    await expect.poll(() => find("contradiction")?.dataset.property).toBe("birthDate");
  });

  it("shows types in its table and its lists as the style sheet of the chart has them", async () => {
    const [chart] = await host.charts();
    const { sheet } = await host.makeStyleSheet("Huisstijl", "politie", chart?.id ?? null);
    const views = await host.styleSheets();
    const made = views.find((view) => view.sheet.id === sheet)?.sheet;
    if (!made) throw new Error("no sheet");
    const red = { type: "Person", colour: "#c01020", shape: null, icon: null, line: null, width: null };
    await host.setStyleSheet({ ...made, types: [red] });
    key("5", { ctrlKey: true });
    key("6", { ctrlKey: true });
    await expect.poll(() => find("chart-canvas")).not.toBeNull();
    find("chart-canvas")?.focus();
    key("t");
    await expect.poll(() => all("chart-table-entities-row").length).toBe(10);
    const line = (within: Element | null | undefined) =>
      within?.querySelector<SVGElement>(".mark")?.style.getPropertyValue("--line");
    const person = () => all("chart-table-entities-row").find((row) => row.textContent?.includes("Persoon"));
    await expect.poll(() => line(person())).toBe("#c01020");
    key("f");
    await expect.poll(() => find("chart-filter-type-Person")).not.toBeNull();
    await expect.poll(() => line(find("chart-filter-type-Person")?.closest("label"))).toBe("#c01020");
  });

  it("measures under a convention that is said, and sorts", async () => {
    key("m");
    await expect.poll(() => find("chart-measures-start")).not.toBeNull();
    find("chart-measures-count")?.click();
    find("chart-measures-start")?.click();
    await expect
      .poll(() => find("chart-measures-convention")?.textContent)
      .toContain("Elke parallelle relatie telt");
    find("chart-sort-degree")?.click();
    flushSync();
    expect(find("chart-sort-degree")?.closest("[aria-sort]")?.getAttribute("aria-sort")).toBe("descending");
  });

  it("leaves text unselected while a box, a lasso or a period is drawn", () => {
    for (const testid of ["chart-canvas", "timeline-strip"]) {
      const press = new MouseEvent("mousedown", { bubbles: true, cancelable: true, shiftKey: true });
      find(testid)?.dispatchEvent(press);
      expect(press.defaultPrevented, testid).toBe(true);
    }
    expect(document.activeElement, "and it can be gone on with by keys").toBe(find("timeline-strip"));
  });

  it("says what to do where there is no chart, and where a chart is empty", async () => {
    key("Delete", { ctrlKey: true, shiftKey: true });
    await expect.poll(() => find("chart-none")?.textContent).toContain("Nog geen schema");
    find("chart-none-new")?.click();
    await expect.poll(() => find("chart-naming-words")).not.toBeNull();
    type("chart-naming-words", "Leeg blad");
    find("chart-naming-words")
      ?.closest("form")
      ?.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await expect.poll(() => find("chart-empty")?.textContent).toContain("Dit schema is leeg");
    expect(find("chart-name")?.textContent).toBe("Leeg blad");
  });
});
