/** The charts of the case and the one that is open: what is drawn of it, and every act upon it. */
import type { BrokerRanking } from "../bindings/BrokerRanking";
import type { Change } from "../bindings/Change";
import type { Chart } from "../bindings/Chart";
import type { ChartFilter } from "../bindings/ChartFilter";
import type { ChartSettings } from "../bindings/ChartSettings";
import type { ChartView } from "../bindings/ChartView";
import type { Entity } from "../bindings/Entity";
import type { ErrorView } from "../bindings/ErrorView";
import type { Measures } from "../bindings/Measures";
import type { Parallel } from "../bindings/Parallel";
import type { PathsFound } from "../bindings/PathsFound";
import type { PictureFormat } from "../bindings/PictureFormat";
import type { Placement } from "../bindings/Placement";
import type { Scene } from "../bindings/Scene";
import type { Desk } from "../frame/desk.svelte";
import { errorView } from "../host";
import { t, tn } from "../locale/text";
import { preferences } from "../workspace/preferences.svelte";
import { Arranging, type Layout } from "./arranging.svelte";
import type { Moved } from "./drag";
import { everything } from "./everything";
import { Expanding } from "./expanding.svelte";
import type { Tool } from "./gestures";
import { Analysis } from "./job.svelte";
import { Overlaying } from "./overlaying.svelte";
import { PathForm } from "./path-form.svelte";
import { type Place, placed, placements } from "./places";
import { remaining, withNeighbours } from "./selecting";
import { collapsedGroup, collapsing, grouped, NO_FILTER, NO_SCENE, ungrouped, within } from "./settings";
import { Styling } from "./styling.svelte";
import type { Period } from "./timeline";
import type { Canvas, Making, Naming, Panel, Seen } from "./types";

export type { Making, Naming, Panel };

export class ChartDesk {
  charts = $state.raw<Chart[]>([]);
  state = $state<"idle" | "busy" | "done" | "failed">("idle");
  error = $state.raw<ErrorView | null>(null);
  /** The chart that is open. */
  id = $state<string | null>(null);
  view = $state.raw<ChartView | null>(null);
  brush = $state.raw<Period | null>(null);
  panel = $state<Panel | null>(null);
  table = $state(false);
  timeline = $state(true);
  legend = $state(true);
  tool = $state<Tool>("move");
  naming = $state<Naming | null>(null);
  making = $state.raw<Making | null>(null);
  /** Whose statements new ones on the chart are, and for what: asked once, then remembered for this sitting. */
  standing = $state.raw<{ organisation: string; purpose: string } | null>(null);
  /** The type of the link that was made last. */
  lastLink = $state<string | null>(null);
  /** Where nodes are that the scene has elsewhere: just moved, or arranged for a look. */
  places = $state.raw<ReadonlyMap<string, Place>>(new Map());
  readonly expanding: Expanding;
  readonly arranging: Arranging;
  /** Who knows what: the rest is drawn faintly. */
  readonly overlaying: Overlaying;
  /** The style sheets, and which of them is used. */
  readonly styling: Styling;
  readonly paths: Analysis<PathsFound>;
  readonly pathForm = new PathForm();
  readonly brokers: Analysis<BrokerRanking>;
  readonly measures: Analysis<Measures>;

  canvas: Canvas | null = null;
  /** What was last seen of which chart, and selected in its room. */
  seen: (Seen & { id: string }) | null = null;
  seenChosen: ReadonlySet<string> | null = null;
  readonly desk: Desk;
  #loading: Promise<void> | null = null;
  #again = false;
  #placing: Promise<void> | null = null;
  #pending: Map<string, Place> | null = null;

  constructor(desk: Desk) {
    this.desk = desk;
    this.expanding = new Expanding(this);
    this.arranging = new Arranging(this);
    this.overlaying = new Overlaying(this);
    this.styling = new Styling(this);
    const { host } = desk;
    this.paths = new Analysis(host, (update) => (update.update === "paths" ? update.found : null));
    this.brokers = new Analysis(host, (update) => (update.update === "brokers" ? update.ranking : null));
    this.measures = new Analysis(host, (update) => (update.update === "measures" ? update.measures : null));
  }

  /** Breaks off what still runs. */
  dispose() {
    for (const job of [this.paths, this.brokers, this.measures]) job.clear();
  }

  readonly scene: Scene = $derived.by(() => {
    if (!this.view) return NO_SCENE;
    return this.overlaying.over(placed(this.view.scene, this.places), (id) => this.members(id));
  });

  get chart(): Chart | null {
    return this.view?.chart ?? null;
  }

  get settings(): ChartSettings | null {
    return this.chart?.settings ?? null;
  }

  get selection(): ReadonlySet<string> {
    return this.desk.entities;
  }

  /** The selected entities that are drawn, in the order in which they were chosen. */
  readonly chosen: string[] = $derived.by(() => {
    const { selection } = this;
    if (selection.size === 0) return [];
    const drawn = new Set(this.scene.nodes.map(({ id }) => id));
    return [...selection].filter((id) => drawn.has(id));
  });

  /** The selected entities that are drawn, each in one line. */
  get chosenEntities(): Entity[] {
    const drawn = new Map(this.scene.nodes.map((node) => [node.id, node]));
    const chosen = this.chosen.flatMap((id) => drawn.get(id) ?? []);
    return chosen.map(({ id, kind, name }) => ({ id, type: kind, label: name, statements: 0 }));
  }

  get chosenLinks(): string[] {
    return this.scene.links.flatMap(({ ids }) => ids.filter((id) => this.selection.has(id)));
  }

  label(id: string): string {
    return this.scene.nodes.find((node) => node.id === id)?.name ?? id;
  }

  // Reading.

  /** Reads the list, and the open chart; the first one where none is open. */
  async refresh() {
    this.state = this.state === "done" ? "done" : "busy";
    try {
      this.charts = await this.desk.host.charts();
      if (!this.charts.some(({ id }) => id === this.id)) this.#choose(this.charts.at(-1)?.id ?? null);
      await this.refreshView();
      this.state = "done";
      this.error = null;
    } catch (thrown) {
      this.error = errorView(thrown);
      this.state = "failed";
      if (this.error.code === "locked") this.desk.report(thrown);
    }
  }

  /** Reads what is drawn: one request under way, and one after it for all that came meanwhile. */
  refreshView(): Promise<void> {
    if (this.#loading) {
      this.#again = true;
      return this.#loading;
    }
    this.#loading = this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load() {
    do {
      this.#again = false;
      const { id } = this;
      if (id === null) {
        this.view = null;
        return;
      }
      const { brush } = this;
      const period: [number, number] | null = brush ? [brush.from, brush.to] : null;
      const { host, lens } = this.desk;
      const view = await host.chartView(id, preferences.language, period, lens.organisation);
      if (this.id !== id) this.#again = true;
      else {
        const before = this.view?.scene;
        this.view = view;
        if (before) this.#letGo(before);
      }
      await this.overlaying.refresh();
    } while (this.#again);
  }

  /** What was drawn and no longer is, is no longer selected; of a group that was folded, its node is. */
  #letGo(before: Scene) {
    const { desk, settings, view } = this;
    if (desk.room === "chart" && view)
      desk.entity.keep(remaining(before, view.scene, settings?.groups ?? []));
  }

  /** Reads anew what an act changed. */
  async take(change: Change) {
    if (this.state === "idle") return;
    if (change.styles || change.charts.length > 0) await this.styling.refresh();
    const known = new Set(this.charts.map(({ id }) => id));
    if (change.charts.length > 0) {
      await this.refresh();
      // A chart that came back by undoing is the one to look at.
      const back = change.charts.find((id) => !known.has(id) && this.charts.some((chart) => chart.id === id));
      if (back !== undefined && back !== this.id && change.act.kind === "undone") await this.open(back);
    } else if (change.entities.length > 0 || change.styles) await this.refreshView();
  }

  #choose(id: string | null) {
    if (id === this.id) return;
    this.id = id;
    this.view = null;
    this.brush = null;
    this.places = new Map();
    this.making = null;
    this.expanding.close();
    this.overlaying.clear();
    // What was counted is about the chart that was open.
    for (const job of [this.paths, this.brokers, this.measures]) job.clear();
  }

  async open(id: string) {
    this.#choose(id);
    await this.desk.attempt(() => this.refreshView());
  }

  async choosePeriod(brush: Period | null) {
    this.brush = brush;
    await this.desk.attempt(() => this.refreshView());
  }

  choose(ids: Iterable<string>, current: string | null = null) {
    this.desk.chooseEntity(ids, current);
  }

  /** Selects these and brings them into the middle. */
  show(ids: Iterable<string>) {
    const all = [...ids];
    this.choose(all);
    this.canvas?.centre(all);
  }

  // Charts.

  async make(name: string, entities: string[] = []) {
    await this.#opened(() => this.desk.host.makeChart(name, entities));
  }

  /** Everything of the case, on a chart of its own. */
  async makeOfAll(name: string) {
    await this.desk.attempt(async () => this.make(name, await everything(this.desk.host)));
  }

  async snapshot(name: string) {
    const { id } = this;
    if (id === null) return;
    await this.desk.act(async () => (await this.desk.host.snapshotChart(id, name)).change);
    this.#say(() => t("chart.said.snapshot", { name }));
  }

  async #opened(make: () => Promise<{ chart: string; change: Change }>) {
    await this.desk.attempt(async () => {
      const { chart, change } = await make();
      this.state = this.state === "idle" ? "busy" : this.state;
      this.#choose(chart);
      await this.desk.act(async () => change);
    });
  }

  async rename(name: string) {
    const { id, settings } = this;
    if (id !== null && settings) await this.desk.act(() => this.desk.host.setChart(id, name, settings));
  }

  async drop() {
    const { id } = this;
    if (id === null) return;
    const { name = "" } = this.chart ?? {};
    if (await this.desk.act(() => this.desk.host.dropChart(id)))
      this.#say(() => t("chart.said.dropped", { name }));
  }

  /** Shows the chart differently; one act. */
  async set(settings: ChartSettings) {
    const { chart } = this;
    if (chart) await this.desk.act(() => this.desk.host.setChart(chart.id, chart.name, settings));
  }

  async filter(filter: ChartFilter) {
    if (this.settings) await this.set({ ...this.settings, filter });
  }

  async parallel(parallel: Parallel) {
    if (this.settings) await this.set({ ...this.settings, parallel });
  }

  /** Takes the chosen period into the filter: what lies outside is no longer shown. */
  async onlyPeriod() {
    const { brush, settings } = this;
    if (!brush || !settings) return;
    await this.filter(within(settings.filter, brush.from, brush.to));
    await this.choosePeriod(null);
  }

  async clearFilter() {
    await this.filter(NO_FILTER);
  }

  // What stands on it.

  /** Moves nodes. They are shown there at once; the case is told one act at a time, what was moved meanwhile in the next. */
  move(moved: readonly Moved[]): Promise<void> {
    const places = new Map(this.places);
    this.#pending ??= new Map();
    for (const { id, x, y } of moved) {
      places.set(id, { x, y });
      this.#pending.set(id, { x, y });
    }
    this.places = places;
    this.#placing ??= this.#place().finally(() => {
      this.#placing = null;
    });
    return this.#placing;
  }

  async #place() {
    while (this.#pending) {
      const { id, view } = this;
      const pending = this.#pending;
      this.#pending = null;
      if (id === null || !view) break;
      const now = placements(view.scene, view.placements, pending, (node) => this.members(node));
      await this.desk.act(() => this.desk.host.placeOnChart(id, now, []));
      // What the case has now is what the scene says; what failed goes back.
      const left = new Map(this.places);
      for (const [node, at] of pending) if (left.get(node) === at || !this.#waits(node)) left.delete(node);
      this.places = left;
    }
  }

  #waits(node: string): boolean {
    return this.#pending?.has(node) ?? false;
  }

  /** The entities that a drawn node stands for. */
  members(id: string): readonly string[] {
    return (this.settings && collapsedGroup(this.settings, id)?.entities) ?? [id];
  }

  /** The placements of the selected, all members of groups among them. */
  #standing(): Placement[] {
    const ids = new Set(this.chosen.flatMap((id) => this.members(id)));
    return this.view?.placements.filter(({ entity }) => ids.has(entity)) ?? [];
  }

  async #put(placed: Placement[], taken: string[], said: (count: number) => string) {
    const { id } = this;
    const count = placed.length + taken.length;
    if (id === null || count === 0) return;
    if (await this.desk.act(() => this.desk.host.placeOnChart(id, placed, taken)))
      this.#say(() => said(count));
  }

  /** Pins what is selected; lets it go when all of it is pinned. */
  async pin() {
    const standing = this.#standing();
    const pinned = !standing.every((placement) => placement.pinned);
    const placed = standing.map((placement) => ({ ...placement, pinned }));
    await this.#put(placed, [], (count) => tn(pinned ? "chart.said.pinned" : "chart.said.unpinned", count));
  }

  async hide() {
    const links = this.chosenLinks;
    const placed = this.#standing().map((placement) => ({ ...placement, hidden: true }));
    if (placed.length === 0 && links.length > 0 && this.settings) {
      const hidden_links = [...new Set([...this.settings.hidden_links, ...links])];
      await this.set({ ...this.settings, hidden_links });
      this.choose([]);
      return;
    }
    await this.#put(placed, [], (count) => tn("chart.said.hidden", count));
  }

  /** Brings hidden entities back: these, or all. */
  async unhide(ids: readonly string[] | null) {
    const wanted = ids && new Set(ids);
    const hidden = this.view?.placements.filter(
      ({ hidden, entity }) => hidden && (!wanted || wanted.has(entity)),
    );
    const placed = (hidden ?? []).map((placement) => ({ ...placement, hidden: false }));
    await this.#put(placed, [], (count) => tn("chart.said.back", count));
  }

  async unhideLinks() {
    if (this.settings) await this.set({ ...this.settings, hidden_links: [] });
  }

  /** Takes what is selected off the chart; it stays in the case. */
  async takeOff() {
    const taken = this.#standing().map(({ entity }) => entity);
    await this.#put([], taken, (count) => tn("chart.said.taken", count));
  }

  /** Puts entities, and what documents say, on the chart; at a place in chart lengths, or near what they are linked to. */
  async add(entities: string[], documents: string[] = [], at: Place | null = null) {
    if (this.id === null) await this.refresh();
    if (this.id === null) await this.make(t("chart.new.name"));
    const { id } = this;
    if (id === null) return;
    const place: [number, number] | null = at && [Math.round(at.x * 100), Math.round(at.y * 100)];
    const fresh = await this.bring(
      () => this.desk.host.addToChart(id, entities, documents, place),
      at === null,
    );
    const name = this.chart?.name ?? "";
    if (fresh !== null) this.#say(() => tn("chart.said.added", fresh, { name }));
  }

  /** An act that brings entities onto the chart; they are brought into sight, if wanted. Says how many; null when it failed. */
  async bring(run: () => Promise<Change>, reveal = true): Promise<number | null> {
    const before = new Set(this.view?.placements.map(({ entity }) => entity));
    if (!(await this.desk.act(run))) return null;
    const fresh = this.view?.placements.filter(({ entity }) => !before.has(entity)) ?? [];
    if (reveal) this.canvas?.reveal(fresh.map(({ entity }) => entity));
    return fresh.length;
  }

  async group(name: string, folded = false) {
    const ids = this.#standing().map(({ entity }) => entity);
    if (this.settings && ids.length > 1) await this.set(grouped(this.settings, name, ids, folded));
  }

  async ungroup() {
    const ids = new Set(this.chosen);
    if (this.settings) await this.set(ungrouped(this.settings, ids));
  }

  async collapse() {
    const members = this.chosen.flatMap((id) => this.members(id));
    const next = this.settings && collapsing(this.settings, new Set(this.chosen));
    if (!next) return;
    await this.set(next);
    // Who unfolds a group has chosen all that was in it.
    const { nodes } = this.scene;
    this.choose(members.filter((id) => nodes.some((node) => node.id === id)));
  }

  /** Words on the chart, in the middle of what is seen. */
  async note(text: string) {
    const { settings, canvas } = this;
    if (!settings) return;
    const { x, y } = canvas?.middle() ?? { x: 0, y: 0 };
    const note = { x: Math.round(x * 100), y: Math.round(y * 100), text };
    await this.set({ ...settings, notes: [...settings.notes, note] });
  }

  async dropNote(place: number) {
    const { settings } = this;
    if (settings) await this.set({ ...settings, notes: settings.notes.filter((_, at) => at !== place) });
  }

  // Selecting.

  selectAll() {
    this.choose(this.scene.nodes.map(({ id }) => id));
  }

  invert() {
    const { selection } = this;
    this.choose(this.scene.nodes.filter(({ id }) => !selection.has(id)).map(({ id }) => id));
  }

  /** What is selected, and whatever is linked to it on the chart. */
  neighbours() {
    this.choose(withNeighbours(this.scene, this.chosen), this.desk.entity.current);
  }

  /** Arranges the chart. */
  async arrange(layout: Layout) {
    await this.arranging.to(layout);
  }

  // Out.

  async exportPicture(format: PictureFormat, whole: boolean) {
    const { id, desk } = this;
    if (id === null) return;
    const selection = whole ? [] : this.chosen.flatMap((node) => this.members(node));
    const { language } = preferences;
    await desk.attempt(async () => {
      const boxes = await desk.host.exportPicture(id, format, selection, language, desk.lens.organisation);
      const letters = [...(boxes ?? "")].join(" ");
      if (letters) desk.toasts.show({ text: () => t("chart.said.boxes", { letters }), severity: "refused" });
      else if (boxes !== null) desk.toasts.show({ text: () => t("chart.said.exported"), severity: "info" });
    });
  }

  #say(words: () => string) {
    this.desk.announcement = words;
  }
}
