/** Edits of how a chart is shown. Each gives new settings; what is kept is said to the case as one act. */
import type { ChartFilter } from "../bindings/ChartFilter";
import type { ChartSettings } from "../bindings/ChartSettings";
import type { Group } from "../bindings/Group";
import type { Scene } from "../bindings/Scene";

/** Nothing is drawn. */
export const NO_SCENE: Scene = {
  bounds: [0, 0, 0, 0],
  links: [],
  nodes: [],
  frames: [],
  notes: [],
  legend: [],
};

/** Lets everything through. */
export const NO_FILTER: ChartFilter = {
  types: [],
  organisations: [],
  markings: [],
  sources: [],
  text: null,
  property: null,
  grade: null,
  from: null,
  to: null,
  undated: false,
  degree: null,
  evidence: null,
};

/** In how many ways a filter holds something back. */
export function named(filter: ChartFilter): number {
  const { undated, from, to, ...rest } = filter;
  const parts = Object.values(rest).filter((part) => (Array.isArray(part) ? part.length > 0 : part !== null));
  return parts.length + (from !== null || to !== null ? 1 : 0);
}

type Listed = "types" | "organisations" | "markings" | "sources";

/** With or without one value of a list. */
export function toggled(filter: ChartFilter, list: Listed, value: string): ChartFilter {
  const has = filter[list].includes(value);
  return { ...filter, [list]: has ? filter[list].filter((one) => one !== value) : [...filter[list], value] };
}

/** With a part as somebody typed it: empty words let everything through. */
export function typed<K extends "text" | "grade" | "from" | "to">(
  filter: ChartFilter,
  part: K,
  words: string,
) {
  const value = words.trim();
  return { ...filter, [part]: value === "" ? null : value };
}

/** Only what lies in these days. */
export function within(filter: ChartFilter, from: number, to: number): ChartFilter {
  const written = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  return { ...filter, from: written(from), to: written(to), undated: true };
}

/** The group that is drawn as this node. */
export function collapsedGroup(settings: ChartSettings, id: string): Group | null {
  return settings.groups.find(({ collapsed, entities }) => collapsed && entities.includes(id)) ?? null;
}

/** With these in a group of their own, and in no other; drawn as one where it is folded. */
export function grouped(
  settings: ChartSettings,
  name: string,
  entities: readonly string[],
  collapsed = false,
): ChartSettings {
  const inside = new Set(entities);
  const others = settings.groups
    .map((group) => ({ ...group, entities: group.entities.filter((id) => !inside.has(id)) }))
    .filter((group) => group.entities.length > 1);
  return { ...settings, groups: [...others, { name, entities: [...entities], collapsed }] };
}

/** Groups that hold one of these, collapsed or not: all collapse unless all are. */
export function collapsing(settings: ChartSettings, ids: ReadonlySet<string>): ChartSettings | null {
  const touched = (group: Group) => group.entities.some((id) => ids.has(id));
  const some = settings.groups.filter(touched);
  if (some.length === 0) return null;
  const collapsed = !some.every((group) => group.collapsed);
  return {
    ...settings,
    groups: settings.groups.map((group) => (touched(group) ? { ...group, collapsed } : group)),
  };
}

export function ungrouped(settings: ChartSettings, ids: ReadonlySet<string>): ChartSettings {
  return {
    ...settings,
    groups: settings.groups.filter(({ entities }) => !entities.some((id) => ids.has(id))),
  };
}

/** A flag on all of these, or, where all have it, on none of them. */
export function flagged(settings: ChartSettings, flag: string, ids: readonly string[]): ChartSettings {
  const has = (id: string) => settings.flags.some((one) => one.entity === id && one.flag === flag);
  const others = settings.flags.filter((one) => one.flag !== flag || !ids.includes(one.entity));
  const put = ids.every(has) ? [] : ids.map((entity) => ({ entity, flag }));
  return { ...settings, flags: [...others, ...put] };
}
