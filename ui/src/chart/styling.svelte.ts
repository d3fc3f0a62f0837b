/** The style sheets of the workspace, which of them the open chart uses, and every act upon them. */
import type { SheetChoice } from "../bindings/SheetChoice";
import type { SheetView } from "../bindings/SheetView";
import type { StyleSheet } from "../bindings/StyleSheet";
import type { TypeStyle } from "../bindings/TypeStyle";
import { t } from "../locale/text";
import type { ChartDesk } from "./chart.svelte";

/** Says nothing of a type. */
const nothing = (type: string): TypeStyle => ({
  type,
  colour: null,
  shape: null,
  icon: null,
  line: null,
  width: null,
});

/** A sheet that says this of a type; of one of which it then says nothing, it does not speak. */
export function styled(sheet: StyleSheet, type: string, part: Partial<TypeStyle>): StyleSheet {
  const before = sheet.types.find((style) => style.type === type) ?? nothing(type);
  const after = { ...before, ...part };
  const empty = Object.entries(after).every(([name, value]) => name === "type" || value === null);
  const at = sheet.types.findIndex((style) => style.type === type);
  if (at < 0) return empty ? sheet : { ...sheet, types: [...sheet.types, after] };
  const types = empty
    ? sheet.types.filter((style) => style.type !== type)
    : sheet.types.map((style, place) => (place === at ? after : style));
  return { ...sheet, types };
}

export class Styling {
  views = $state.raw<SheetView[]>([]);
  /** Whether they were read. */
  read = false;
  readonly #chart: ChartDesk;
  /** Acts one after the other: each begins with what the one before it made. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(chart: ChartDesk) {
    this.#chart = chart;
  }

  get #desk() {
    return this.#chart.desk;
  }

  /** What the open chart says of its sheet. */
  get choice(): SheetChoice {
    return this.#chart.settings?.sheet ?? "workspace";
  }

  /** The sheet of the workspace. */
  get usual(): SheetView | null {
    return this.views.find(({ chosen }) => chosen) ?? null;
  }

  /** The sheet that the open chart is drawn with. */
  get current(): SheetView | null {
    const { choice } = this;
    if (choice === "none") return null;
    const named = typeof choice === "string" ? undefined : this.find(choice.sheet);
    return named ?? this.usual;
  }

  find(id: string): SheetView | undefined {
    return this.views.find(({ sheet }) => sheet.id === id);
  }

  /** Reads them anew, once somebody asked for them. */
  async refresh(first = false) {
    if (!this.read && !first) return;
    await this.#desk.attempt(async () => {
      this.views = await this.#desk.host.styleSheets();
      this.read = true;
    });
  }

  /** Has the open chart use a sheet. */
  async use(choice: SheetChoice) {
    const { id } = this.#chart;
    if (id !== null) await this.#desk.act(() => this.#desk.host.useStyleSheet(choice, id));
  }

  /** Has all charts that name none use this sheet, or none. */
  async useForAll(sheet: string | null) {
    const choice: SheetChoice = sheet === null ? "none" : { sheet };
    await this.#desk.act(() => this.#desk.host.useStyleSheet(choice, null));
  }

  async make(name: string) {
    const { id, desk } = this.#chart;
    if (id === null) return;
    const { organisation } = desk.summary;
    await desk.act(async () => (await desk.host.makeStyleSheet(name, organisation, id)).change);
  }

  /** Has a sheet say this of a type. */
  style(id: string, type: string, part: Partial<TypeStyle>) {
    return this.change(id, (sheet) => styled(sheet, type, part));
  }

  change(id: string, to: (sheet: StyleSheet) => StyleSheet): Promise<unknown> {
    this.#last = this.#last.then(async () => {
      const view = this.find(id);
      if (view) await this.#desk.act(() => this.#desk.host.setStyleSheet(to($state.snapshot(view.sheet))));
    });
    return this.#last;
  }

  async drop(id: string) {
    await this.#desk.act(() => this.#desk.host.dropStyleSheet(id));
  }

  /** Takes in a file that somebody chooses, and has the open chart use it. */
  async import() {
    const { desk } = this.#chart;
    await desk.attempt(async () => {
      const selection = await desk.host.chooseImport("files");
      if (!selection) return;
      const report = await desk.host.importStyleSheet(selection.token);
      const { change, view } = report;
      if (change) await desk.act(async () => change);
      await this.use({ sheet: view.sheet.id });
      const key = report.replaced ? "chart.sheet.replaced" : "chart.sheet.imported";
      const { name } = view.sheet;
      desk.toasts.show({ text: () => t(key, { name }), severity: "info" });
    });
  }

  async export(id: string) {
    const { desk } = this.#chart;
    await desk.attempt(async () => {
      if (await desk.host.exportStyleSheet(id))
        desk.toasts.show({ text: () => t("chart.sheet.exported"), severity: "info" });
    });
  }
}
