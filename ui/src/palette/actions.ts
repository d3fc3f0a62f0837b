/** Every action of the window, in one place: the palette, the shortcuts and the tooltips read it here. */
import type { ResultFormat } from "../bindings/ResultFormat";
import { CHART_ACTIONS } from "../chart/actions";
import type { App } from "../frame/app.svelte";
import type { Desk } from "../frame/desk.svelte";
import type { Room } from "../frame/rooms";
import { GLOSSARY_ACTIONS } from "../glossary/actions";
import type { Key } from "../locale/text";
import { preferences } from "../workspace/preferences.svelte";

export interface Action {
  id: string;
  title: Key;
  group: "go" | "search" | "chart" | "document" | "entities" | "glossary" | "case" | "window";
  shortcut: string;
  /** Other keys that do the same. */
  also?: string;
  /** The only room in which it is done; there its keys go before those of others. */
  where?: Room;
  enabled?: (desk: Desk) => boolean;
  run: (desk: Desk, app: App) => void | Promise<void>;
}

const selected = (desk: Desk) => [...desk.selection.documents];
const hasSelection = (desk: Desk) => desk.selection.document !== null;
/** What was never taken in has nothing to export. */
const hasOriginal = (desk: Desk) => hasSelection(desk) && desk.selected?.sha256 !== "";
const hasOne = (desk: Desk) => desk.selection.documents.size === 1 && desk.selected !== null;

const hasMatches = (desk: Desk) => desk.reader.matches.length > 0;
/** An entity that was chosen after the document: its passages go before matches of a query. */
const hasPassages = (desk: Desk) => desk.entity.shown && desk.entity.passages.length > 0;

function room(room: Room, shortcut: string): Action {
  return {
    id: `go.${room}`,
    title: `action.go.${room}`,
    group: "go",
    shortcut,
    run: (desk) => desk.go(room),
  };
}

function results(format: ResultFormat, shortcut: string): Action {
  return {
    id: `search.export.${format}`,
    title: `action.search.export.${format}`,
    group: "search",
    shortcut,
    enabled: (desk) => desk.search.asked !== null && desk.search.total > 0,
    run: (desk) => desk.exportResults(format),
  };
}

export const ACTIONS = [
  room("search", "Ctrl+1"),
  room("documents", "Ctrl+2"),
  room("failures", "Ctrl+3"),
  room("log", "Ctrl+4"),
  room("review", "Ctrl+5"),
  room("chart", "Ctrl+6"),
  room("entities", "Ctrl+7"),
  room("glossary", "Ctrl+8"),
  ...CHART_ACTIONS,
  ...GLOSSARY_ACTIONS,
  {
    id: "search.focus",
    title: "action.search.focus",
    group: "search",
    shortcut: "/",
    also: "Ctrl+F",
    run: (desk) => {
      desk.go("search");
      desk.queryWish += 1;
    },
  },
  {
    id: "search.save",
    title: "action.search.save",
    group: "search",
    shortcut: "Ctrl+S",
    enabled: (desk) => desk.search.asked !== null,
    run: (desk) => {
      desk.overlay = "save-search";
    },
  },
  results("csv", "Ctrl+Shift+K"),
  results("json", "Ctrl+Shift+H"),
  {
    id: "search.clearFilters",
    title: "action.search.clearFilters",
    group: "search",
    shortcut: "Ctrl+Shift+X",
    enabled: (desk) => desk.search.filtered > 0,
    run: (desk) => desk.search.clearFilters(),
  },
  {
    id: "search.facets",
    title: "action.search.facets",
    group: "search",
    shortcut: "Ctrl+Shift+F",
    run: () => {
      preferences.facets = !preferences.facets;
    },
  },
  {
    id: "match.next",
    title: "action.match.next",
    group: "document",
    shortcut: "N",
    also: "F3",
    enabled: (desk) => hasMatches(desk) || hasPassages(desk),
    run: (desk) => (hasPassages(desk) ? desk.stepPassage(1) : desk.reader.step(1)),
  },
  {
    id: "match.previous",
    title: "action.match.previous",
    group: "document",
    shortcut: "P",
    also: "Shift+F3",
    enabled: (desk) => hasMatches(desk) || hasPassages(desk),
    run: (desk) => (hasPassages(desk) ? desk.stepPassage(-1) : desk.reader.step(-1)),
  },
  {
    id: "sense.next",
    title: "action.sense.next",
    group: "document",
    shortcut: "G",
    enabled: (desk) => desk.reader.view !== null,
    run: (desk) => desk.stepSense(1),
  },
  {
    id: "sense.previous",
    title: "action.sense.previous",
    group: "document",
    shortcut: "Shift+G",
    enabled: (desk) => desk.reader.view !== null,
    run: (desk) => desk.stepSense(-1),
  },
  {
    id: "document.close",
    title: "action.document.close",
    group: "document",
    shortcut: "Ctrl+W",
    enabled: (desk) => desk.reader.id !== null,
    run: (desk) => desk.reader.close(),
  },
  {
    id: "document.rename",
    title: "action.document.rename",
    group: "document",
    shortcut: "F2",
    enabled: hasOne,
    run: (desk) => {
      desk.showInspector(true);
      desk.renaming = true;
    },
  },
  {
    id: "document.label",
    title: "action.document.label",
    group: "document",
    shortcut: "Ctrl+E",
    enabled: hasSelection,
    run: (desk) => {
      desk.overlay = "labels";
    },
  },
  {
    id: "document.export",
    title: "action.document.export",
    group: "document",
    shortcut: "Ctrl+Shift+S",
    enabled: hasOriginal,
    run: async (desk) => {
      if (desk.selection.document !== null) await desk.exportOriginal(desk.selection.document);
    },
  },
  {
    id: "document.remove",
    title: "action.document.remove",
    group: "document",
    shortcut: "Delete",
    enabled: hasSelection,
    run: (desk) => desk.remove(selected(desk)),
  },
  {
    id: "document.fixedPitch",
    title: "action.document.fixedPitch",
    group: "document",
    shortcut: "Ctrl+Shift+M",
    run: () => {
      preferences.fixedPitch = !preferences.fixedPitch;
    },
  },
  {
    id: "statement.state",
    title: "action.statement.state",
    group: "case",
    shortcut: "S",
    enabled: (desk) => desk.reader.passage !== null,
    run: (desk) => desk.state(),
  },
  {
    id: "statement.hypothesis",
    title: "action.statement.hypothesis",
    group: "case",
    shortcut: "Shift+S",
    run: (desk) => desk.state({ bare: true }),
  },
  {
    id: "chart.add",
    title: "entity.toChart",
    group: "case",
    shortcut: "Ctrl+Shift+A",
    enabled: (desk) => desk.onAddToChart !== null && (desk.entities.size > 0 || hasSelection(desk)),
    run: (desk) => desk.addToChart(desk.entities, desk.entity.shown ? [] : selected(desk)),
  },
  {
    id: "import",
    title: "action.import",
    group: "case",
    shortcut: "Ctrl+I",
    run: (desk) => desk.intake.offer(null),
  },
  {
    id: "jobs",
    title: "action.jobs",
    group: "case",
    shortcut: "Ctrl+J",
    enabled: (desk) => desk.intake.jobs.length > 0,
    run: (desk) => {
      desk.intake.panel = !desk.intake.panel;
    },
  },
  {
    id: "entities.filter",
    title: "action.entities.filter",
    group: "entities",
    shortcut: "Ctrl+H",
    run: (desk) => {
      desk.go("entities");
      desk.entityRows.filterWish += 1;
    },
  },
  {
    id: "entities.mark",
    title: "action.entities.mark",
    group: "entities",
    shortcut: "X",
    where: "entities",
    enabled: (desk) => desk.room === "entities" && desk.entityRows.current !== null,
    run: (desk) => {
      const { current } = desk.entityRows;
      if (current) desk.entityRows.toggle(current);
    },
  },
  {
    id: "entities.merge",
    title: "action.entities.merge",
    group: "entities",
    shortcut: "M",
    where: "entities",
    enabled: (desk) => desk.room === "entities" && desk.entityRows.marked.size > 1,
    run: (desk) => {
      desk.overlay = "merge";
    },
  },
  {
    id: "entities.chart",
    title: "action.entities.chart",
    group: "entities",
    shortcut: "K",
    where: "entities",
    enabled: (desk) =>
      desk.room === "entities" && desk.onAddToChart !== null && desk.entityRows.meant.length > 0,
    run: (desk) => desk.addToChart(desk.entityRows.meant.map(({ id }) => id)),
  },
  {
    id: "entities.links",
    title: "action.entities.links",
    group: "entities",
    shortcut: "L",
    where: "entities",
    enabled: (desk) => desk.room === "entities",
    run: (desk) => desk.entityRows.filter({ links: !desk.entityRows.links }),
  },
  {
    id: "exchange.import",
    title: "action.exchange.import",
    group: "case",
    shortcut: "Ctrl+Shift+I",
    run: (desk) => {
      desk.overlay = "exchange";
    },
  },
  {
    id: "exchange.table",
    title: "action.exchange.table",
    group: "case",
    shortcut: "Ctrl+U",
    run: (desk) => {
      desk.overlay = "table";
    },
  },
  {
    id: "exchange.export",
    title: "action.exchange.export",
    group: "case",
    shortcut: "Ctrl+O",
    run: (desk) => {
      desk.overlay = "export";
    },
  },
  {
    id: "grading",
    title: "action.grading",
    group: "case",
    shortcut: "Ctrl+G",
    run: (desk) => {
      desk.overlay = "settings";
    },
  },
  {
    id: "undo",
    title: "action.undo",
    group: "case",
    shortcut: "Ctrl+Z",
    enabled: (desk) => desk.summary.undo !== null,
    run: (desk) => desk.undo(),
  },
  {
    id: "redo",
    title: "action.redo",
    group: "case",
    shortcut: "Ctrl+Shift+Z",
    also: "Ctrl+Y",
    enabled: (desk) => desk.summary.redo !== null,
    run: (desk) => desk.redo(),
  },
  {
    id: "log.verify",
    title: "action.log.verify",
    group: "case",
    shortcut: "Ctrl+Shift+G",
    run: async (desk) => {
      desk.go("log");
      await desk.attempt(() => desk.log.verify());
    },
  },
  {
    id: "workspace.check",
    title: "action.workspace.check",
    group: "case",
    shortcut: "Ctrl+Shift+D",
    run: (desk) => {
      desk.overlay = "check";
    },
  },
  {
    id: "workspace.passphrase",
    title: "action.workspace.passphrase",
    group: "case",
    shortcut: "Ctrl+Shift+P",
    run: (desk) => {
      desk.overlay = "passphrase";
    },
  },
  {
    id: "lock",
    title: "action.lock",
    group: "case",
    shortcut: "Ctrl+L",
    run: (_, app) => app.lock(),
  },
  {
    id: "palette",
    title: "action.palette",
    group: "window",
    shortcut: "Ctrl+K",
    run: (desk) => {
      desk.overlay = "palette";
    },
  },
  {
    id: "shortcuts",
    title: "action.shortcuts",
    group: "window",
    shortcut: "?",
    also: "F1",
    run: (desk) => {
      desk.overlay = "shortcuts";
    },
  },
  {
    id: "settings",
    title: "action.settings",
    group: "window",
    shortcut: "Ctrl+,",
    run: (desk) => {
      desk.overlay = "settings";
    },
  },
  {
    id: "lens",
    title: "action.lens",
    group: "window",
    shortcut: "Ctrl+Shift+B",
    run: (desk) => {
      desk.lens.choosing = true;
    },
  },
  {
    id: "inspector",
    title: "action.inspector",
    group: "window",
    shortcut: "Ctrl+B",
    run: (desk) => desk.showInspector(!desk.inspector),
  },
  {
    id: "language",
    title: "action.language",
    group: "window",
    shortcut: "Ctrl+Shift+L",
    run: () => preferences.nextLanguage(),
  },
  {
    id: "theme",
    title: "action.theme",
    group: "window",
    shortcut: "Ctrl+Shift+T",
    run: () => preferences.nextTheme(),
  },
  {
    id: "density",
    title: "action.density",
    group: "window",
    shortcut: "Ctrl+Shift+Y",
    run: () => preferences.nextDensity(),
  },
] satisfies Action[] as Action[];

export const GROUPS: readonly Action["group"][] = [
  "search",
  "chart",
  "document",
  "entities",
  "glossary",
  "case",
  "go",
  "window",
];

export function action(id: string): Action {
  const found = ACTIONS.find((action) => action.id === id);
  if (!found) throw new Error(`no such action: ${id}`);
  return found;
}

export function isEnabled(action: Action, desk: Desk): boolean {
  return action.enabled?.(desk) ?? true;
}
