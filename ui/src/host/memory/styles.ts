/** Style sheets in memory. What colours do to readers is worked out by the desktop: here none is told. */
import type { SheetChoice } from "../../bindings/SheetChoice";
import type { SheetView } from "../../bindings/SheetView";
import type { StyleSheet } from "../../bindings/StyleSheet";
import { typeOf } from "../demo/scene";
import type { Host } from "../host";
import { refuse, type Shell, type Ways } from "./shell";

export function styles(
  shell: Shell,
): Pick<
  Host,
  | "styleSheets"
  | "makeStyleSheet"
  | "setStyleSheet"
  | "dropStyleSheet"
  | "useStyleSheet"
  | "importStyleSheet"
  | "exportStyleSheet"
> {
  let made = 0;

  const there = (id: string) => shell.charts.sheets.get(id) ?? refuse("style_sheet_not_found");

  const put = (id: string, sheet: StyleSheet | undefined): Ways => {
    const before = shell.charts.sheets.get(id);
    const set = (to: StyleSheet | undefined) => () => {
      if (to) shell.charts.sheets.set(id, to);
      else shell.charts.sheets.delete(id);
    };
    return { undo: set(before), redo: set(sheet) };
  };

  const use = (choice: SheetChoice, chart: string | null): Ways => {
    if (chart !== null) {
      const kept = shell.chart(chart);
      return shell.charts.set(kept, kept.chart.name, { ...kept.chart.settings, sheet: choice });
    }
    const [before, after] = [shell.charts.chosen, typeof choice === "string" ? null : choice.sheet];
    const set = (to: string | null) => () => {
      shell.charts.chosen = to;
    };
    return { undo: set(before), redo: set(after) };
  };

  const view = (sheet: StyleSheet): SheetView => ({
    sheet: structuredClone(sheet),
    chosen: shell.charts.chosen === sheet.id,
    charts: shell.charts.kept.flatMap(({ chart }) => {
      const { sheet: choice } = chart.settings;
      return typeof choice !== "string" && choice.sheet === sheet.id ? [chart.id] : [];
    }),
    concerns: [],
    unknown_types: sheet.types.flatMap(({ type }) => (typeOf(type) ? [] : [type])),
    unknown_icons: [],
  });

  return {
    async styleSheets() {
      await shell.work();
      shell.demand();
      const sheets = [...shell.charts.sheets.values()];
      return sheets.sort((a, b) => a.name.localeCompare(b.name)).map(view);
    },

    async makeStyleSheet(name, organisation, chart) {
      await shell.work();
      if (name.trim() === "") refuse("style_sheet");
      made += 1;
      const id = `s${made}`;
      const [kept, used] = [
        put(id, { id, name: name.trim(), organisation, types: [] }),
        use({ sheet: id }, chart),
      ];
      const ways: Ways = {
        undo: () => {
          used.undo();
          kept.undo();
        },
        redo: () => {
          kept.redo();
          used.redo();
        },
      };
      const charts = chart === null ? [] : [chart];
      return { sheet: id, change: shell.act("style_sheet_set", name, ways, { styles: true, charts }) };
    },

    async setStyleSheet(sheet) {
      await shell.work();
      there(sheet.id);
      return shell.act("style_sheet_set", sheet.name, put(sheet.id, structuredClone(sheet)), {
        styles: true,
      });
    },

    async dropStyleSheet(sheet) {
      await shell.work();
      const { name } = there(sheet);
      return shell.act("style_sheet_dropped", name, put(sheet, undefined), { styles: true });
    },

    async useStyleSheet(choice, chart) {
      await shell.work();
      const name = typeof choice === "string" ? null : there(choice.sheet).name;
      const ways = use(choice, chart);
      return chart === null
        ? shell.act("style_sheet_chosen", name, ways, { styles: true })
        : shell.act("chart_set", shell.chart(chart).chart.name, ways, { charts: [chart] });
    },

    async importStyleSheet() {
      await shell.work();
      return refuse("style_sheet");
    },

    async exportStyleSheet(sheet) {
      await shell.work();
      there(sheet);
      shell.record("disclosed", 1, "style", "audit");
      return true;
    },
  };
}
