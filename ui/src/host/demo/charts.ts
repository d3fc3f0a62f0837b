/** The charts of the demo case: who stands where, and what is drawn of it. */
import type { Arrangement } from "../../bindings/Arrangement";
import type { Chart } from "../../bindings/Chart";
import type { ChartSettings } from "../../bindings/ChartSettings";
import type { ChartView } from "../../bindings/ChartView";
import type { Expansion } from "../../bindings/Expansion";
import type { Placement } from "../../bindings/Placement";
import type { StyleSheet } from "../../bindings/StyleSheet";
import { NO_FILTER } from "../../chart/settings";
import type { DemoNetwork } from "./network";
import { grouped, scene, through, typeOf } from "./scene";

export interface Step {
  undo: () => void;
  redo: () => void;
}

interface Kept {
  chart: Chart;
  placements: Placement[];
}

export const PLAIN: ChartSettings = {
  parallel: "auto",
  sheet: "workspace",
  rules: [],
  filter: NO_FILTER,
  filters: [],
  groups: [],
  hidden_links: [],
  notes: [],
  layout: null,
  attributes: [],
  flags: [],
};

export class DemoCharts {
  kept: Kept[] = [];
  /** The style sheets by their ids, and the one of the workspace. */
  sheets = new Map<string, StyleSheet>();
  chosen: string | null = null;
  readonly network: DemoNetwork;
  #made = 0;

  constructor(network: DemoNetwork) {
    this.network = network;
  }

  /** The chart that the case begins with: all of it but the last two. */
  begin(name: string) {
    const ids = this.network.nodes.map(({ id }) => id);
    this.#add(name, ids.slice(0, -2)).redo();
  }

  /** The sheet that a chart is drawn with. */
  #sheet({ sheet }: ChartSettings): StyleSheet | null {
    if (sheet === "none") return null;
    const named = sheet === "workspace" ? undefined : this.sheets.get(sheet.sheet);
    return named ?? (this.chosen === null ? null : (this.sheets.get(this.chosen) ?? null));
  }

  find(id: string): Kept | null {
    return this.kept.find(({ chart }) => chart.id === id) ?? null;
  }

  make(name: string, entities: string[]): { chart: string; step: Step } {
    const step = this.#add(name, entities);
    return { chart: `c${this.#made}`, step };
  }

  snapshot(of: Kept, name: string): { chart: string; step: Step } {
    const { chart, step } = this.make(name, []);
    return {
      chart,
      step: {
        ...step,
        redo: () => {
          step.redo();
          const copy = this.find(chart);
          if (!copy) return;
          copy.chart = {
            ...copy.chart,
            snapshot_of: of.chart.id,
            settings: structuredClone(of.chart.settings),
          };
          copy.placements = structuredClone(of.placements);
        },
      },
    };
  }

  set(kept: Kept, name: string, settings: ChartSettings): Step {
    const [before, after] = [kept.chart, { ...kept.chart, name, settings: structuredClone(settings) }];
    const put = (chart: Chart) => () => {
      kept.chart = chart;
    };
    return { undo: put(before), redo: put(after) };
  }

  drop(kept: Kept): Step {
    return {
      undo: () => void this.kept.push(kept),
      redo: () => {
        this.kept = this.kept.filter((other) => other !== kept);
      },
    };
  }

  place(kept: Kept, placed: readonly Placement[], taken: readonly string[]): Step {
    const before = kept.placements;
    const now = new Map(before.map((placement) => [placement.entity, placement]));
    for (const placement of placed) now.set(placement.entity, placement);
    for (const entity of taken) now.delete(entity);
    const put = (placements: Placement[]) => () => {
      kept.placements = placements;
    };
    return { undo: put(before), redo: put([...now.values()]) };
  }

  add(kept: Kept, entities: readonly string[], at: [number, number] | null): Step {
    const wanted = entities.flatMap((id) => {
      const item = this.network.item(id);
      return item && "source" in item ? [item.source, item.target] : item ? [id] : [];
    });
    const fresh = [...new Set(wanted)].filter((id) => !kept.placements.some(({ entity }) => entity === id));
    return this.put(kept, fresh, at ?? this.#free(kept));
  }

  /** Puts these around a place, also those that are only being stated. */
  put(kept: Kept, fresh: readonly string[], [x, y]: [number, number]): Step {
    return this.place(kept, around(fresh, x, y), []);
  }

  expansions(kept: Kept, entity: string): Expansion[] {
    const on = new Set(kept.placements.map(({ entity }) => entity));
    const kinds = grouped(
      this.network.around(entity),
      ({ link, other }) => `${link.kind} ${this.network.item(other)?.kind}`,
    );
    return [...kinds].map(([key, links]) => {
      const [link = "", other = ""] = key.split(" ");
      const others = new Set(links.map(({ other }) => other));
      const fresh = [...others].filter((id) => !on.has(id)).length;
      return { link, other, links: links.length, entities: others.size, fresh };
    });
  }

  expand(kept: Kept, entity: string, by: readonly [string, string][], limit: number): Step {
    const on = new Set(kept.placements.map(({ entity }) => entity));
    const reached = this.network
      .around(entity)
      .filter(({ link, other }) => {
        const kind = this.network.item(other)?.kind;
        const fits = by.length === 0 || by.some(([l, o]) => l === link.kind && o === kind);
        return fits && !on.has(other);
      })
      .map(({ other }) => other);
    const from = kept.placements.find((placement) => placement.entity === entity);
    const fresh = [...new Set(reached)].slice(0, limit);
    return this.place(kept, around(fresh, (from?.x ?? 0) + 12_000, (from?.y ?? 0) + 9_000), []);
  }

  /** Places by simple rules; pinned ones stay. */
  arrange(kept: Kept, { layout, centre }: Arrangement): Placement[] {
    const all = kept.placements;
    const kind = (id: string) => this.network.item(id)?.kind ?? "";
    const sorted = [...all].sort((a, b) => kind(a.entity).localeCompare(kind(b.entity)));
    const wide = Math.ceil(Math.sqrt(all.length));
    const at = (place: number, placement: Placement): [number, number] => {
      const turn = (2 * Math.PI * place) / Math.max(1, all.length);
      if (layout === "grid") return [(place % wide) * 140, Math.floor(place / wide) * 110];
      if (layout === "lanes") return [place * 90, [...kinds].indexOf(kind(placement.entity)) * 110];
      if (layout === "hierarchy")
        return [place * 70, this.network.around(placement.entity).length > 2 ? 0 : 220];
      if (placement.entity === centre) return [0, 0];
      const far = layout === "force" || layout === "radial" ? 190 + (place % 3) * 95 : 60 + all.length * 22;
      return [Math.cos(turn) * far, Math.sin(turn) * far * 0.8];
    };
    const kinds = new Set(sorted.map(({ entity }) => kind(entity)));
    return sorted.map((placement, place) => {
      if (placement.pinned) return placement;
      const [x, y] = at(place, placement);
      return { ...placement, x: Math.round(x * 100), y: Math.round(y * 100) };
    });
  }

  view(kept: Kept, language: "nl" | "en", brush: [number, number] | null): ChartView {
    const { chart, placements } = kept;
    const sheet = this.#sheet(chart.settings);
    const asked = { network: this.network, placements, settings: chart.settings, sheet, language, brush };
    const unfiltered = { ...asked, settings: { ...chart.settings, filter: PLAIN.filter } };
    const all = through(unfiltered);
    const items = [...all.nodes, ...all.links];
    const spans = items.flatMap(({ id, days }) => (days ? [{ id, from: days[0], to: days[1] }] : []));
    const said = all.nodes.flatMap(({ values }) => [...new Set(values.map(([property]) => property))]);
    const properties = grouped(said, (property) => property);
    return structuredClone({
      chart,
      placements,
      scene: scene(asked),
      spans,
      undated: items.length - spans.length,
      hidden: placements.filter(({ hidden }) => hidden).length,
      filtered: all.nodes.length - through(asked).nodes.length,
      marking: all.nodes.length > 0 ? "tlp:amber" : null,
      properties: [...properties].map(([property, set]) => [property, set.length] as [string, number]),
    });
  }

  #add(name: string, entities: string[]): Step {
    this.#made += 1;
    const known = entities.filter((id) => typeOf(this.network.item(id)?.kind ?? "") !== undefined);
    const chart: Chart = {
      id: `c${this.#made}`,
      name,
      snapshot_of: null,
      made: Date.UTC(2026, 10, 18, 9, this.#made),
      settings: structuredClone({ ...PLAIN, layout: "force" }),
    };
    const kept: Kept = { chart, placements: around(known, 0, 0) };
    kept.placements = this.arrange(kept, {
      layout: "force",
      seed: 1,
      centre: null,
      iterations: null,
      from_here: false,
    });
    return {
      undo: () => {
        this.kept = this.kept.filter((other) => other !== kept);
      },
      redo: () => void this.kept.push(kept),
    };
  }

  #free({ placements }: Kept): [number, number] {
    if (placements.length === 0) return [0, 0];
    return [Math.max(...placements.map(({ x }) => x)) + 12_000, 0];
  }
}

function around(entities: readonly string[], x: number, y: number): Placement[] {
  return entities.map((entity, place) => {
    const ring = place === 0 ? 0 : 11_000 * Math.ceil(place / 6);
    const turn = (place * Math.PI) / 3;
    return {
      entity,
      x: Math.round(x + Math.cos(turn) * ring),
      y: Math.round(y + Math.sin(turn) * ring),
      pinned: false,
      hidden: false,
    };
  });
}
