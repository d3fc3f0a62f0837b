/** Scenes of the demo case: straight links, and parallel ones fanned out or drawn as one. The desktop draws finer ones. */
import type { ChartFilter } from "../../bindings/ChartFilter";
import type { ChartSettings } from "../../bindings/ChartSettings";
import type { Flag } from "../../bindings/Flag";
import type { LegendEntry } from "../../bindings/LegendEntry";
import type { Placement } from "../../bindings/Placement";
import type { Scene } from "../../bindings/Scene";
import type { SceneLink } from "../../bindings/SceneLink";
import type { SceneNode } from "../../bindings/SceneNode";
import type { StyleSheet } from "../../bindings/StyleSheet";
import { Types } from "../../entities/schema";
import type { DemoLink, DemoNetwork, DemoNode } from "./network";
import { isA } from "./network";
import { SCHEMA } from "./schema";

const RADIUS = 20;
const types = new Types(SCHEMA);
/** More parallel links than this become one. */
const FANNED = 5;

/** What has the same key, together, in the order in which it was met. */
export function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const sets = new Map<string, T[]>();
  for (const one of all) sets.set(key(one), [...(sets.get(key(one)) ?? []), one]);
  return sets;
}

export const typeOf = (kind: string) => SCHEMA.types.find(({ name }) => name === kind);

export interface Asked {
  network: DemoNetwork;
  placements: readonly Placement[];
  settings: ChartSettings;
  sheet: StyleSheet | null;
  language: "nl" | "en";
  brush: [number, number] | null;
}

/** The entities and links that the filter lets through. */
export function through(asked: Asked): { nodes: DemoNode[]; links: DemoLink[] } {
  const { network, placements, settings } = asked;
  const on = new Set(placements.filter(({ hidden }) => !hidden).map(({ entity }) => entity));
  const { filter } = settings;
  const entityTypes = filter.types.filter((type) => !typeOf(type)?.link);
  const linkTypes = filter.types.filter((type) => typeOf(type)?.link);
  const neighbours = (id: string) =>
    new Set(network.around(id).flatMap(({ other }) => (on.has(other) ? [other] : []))).size;
  const nodes = network.nodes.filter(
    (node) =>
      on.has(node.id) &&
      (entityTypes.length === 0 || entityTypes.some((type) => isA(node.kind, type))) &&
      lets(filter, node) &&
      (filter.text === null || node.label.toLowerCase().includes(filter.text.toLowerCase())) &&
      (filter.degree === null || neighbours(node.id) >= filter.degree),
  );
  const shown = new Set(nodes.map(({ id }) => id));
  const links = network.links.filter(
    (link) =>
      shown.has(link.source) &&
      shown.has(link.target) &&
      !settings.hidden_links.includes(link.id) &&
      (linkTypes.length === 0 || linkTypes.includes(link.kind)) &&
      lets(filter, link),
  );
  return { nodes, links };
}

function lets(filter: ChartFilter, item: DemoNode): boolean {
  const { organisations, evidence, from, to, undated } = filter;
  if (organisations.length > 0 && !item.organisations.some((code) => organisations.includes(code)))
    return false;
  if (evidence !== null && evidence !== item.rests) return false;
  if (from === null && to === null) return true;
  if (!item.days) return undated || !("source" in item);
  const bound = (date: string | null, open: number) => (date ? Date.parse(date) / 86_400_000 : open);
  return item.days[0] <= bound(to, Infinity) && item.days[1] >= bound(from, -Infinity);
}

export function scene(asked: Asked): Scene {
  const { network, placements, settings, brush } = asked;
  const { nodes: entities, links: relations } = through(asked);
  const placed = new Map(placements.map((placement) => [placement.entity, placement]));
  const groups = settings.groups.filter(({ collapsed }) => collapsed);
  const groupOf = (id: string) => groups.find((group) => group.entities.includes(id));
  const place = new Map<string, number>();
  const nodes: SceneNode[] = [];
  for (const entity of entities) {
    const group = groupOf(entity.id);
    const known = group && nodes.findIndex((node) => group.entities.includes(node.id) && node.count > 0);
    if (known !== undefined && known >= 0) {
      const node = nodes[known];
      if (node) node.count += 1;
      place.set(entity.id, known);
      continue;
    }
    place.set(entity.id, nodes.length);
    nodes.push(drawn(entity, placed.get(entity.id), group?.name ?? null, asked));
  }
  for (const node of nodes) {
    const outside = network.around(node.id).filter(({ other }) => !placed.has(other));
    node.more = outside.length;
  }
  const links = joined(relations, nodes, place, asked);
  if (brush) for (const node of nodes) dim(node, nodes, links);
  const half = ({ label }: SceneNode) => Math.max(60, ...label.map((line) => line.length * 3.6));
  const ys = nodes.map(({ y }) => y);
  const bounds: Scene["bounds"] =
    nodes.length === 0
      ? [0, 0, 0, 0]
      : [
          Math.min(...nodes.map((node) => node.x - half(node))),
          Math.min(...ys) - 40,
          Math.max(...nodes.map((node) => node.x + half(node))),
          Math.max(...ys) + 60,
        ];
  const notes = settings.notes.map(({ x, y, text }) => ({ x: x / 100, y: y / 100, text: text.split("\n") }));
  return {
    bounds,
    links,
    nodes,
    frames: frames(settings, nodes),
    notes,
    legend: legend(nodes, links, asked),
  };
}

function drawn(entity: DemoNode, at: Placement | undefined, name: string | null, asked: Asked): SceneNode {
  const type = typeOf(entity.kind);
  const own = asked.sheet?.types.find((style) => style.type === entity.kind);
  const rule = asked.settings.rules.findLast(
    ({ matches }) =>
      (matches.types.length === 0 || matches.types.some((wanted) => isA(entity.kind, wanted))) &&
      lets(matches, entity),
  );
  return {
    id: entity.id,
    kind: entity.kind,
    icon: own?.icon ?? type?.icon ?? "shapes",
    shape: rule?.shape ?? own?.shape ?? type?.shape ?? "circle",
    colour: rule?.colour ?? own?.colour ?? type?.colour ?? 0,
    photo: null,
    x: (at?.x ?? 0) / 100,
    y: (at?.y ?? 0) / 100,
    radius: RADIUS * (name ? 1.4 : 1) * ((rule?.size ?? 100) / 100),
    name: name ?? entity.label,
    label: [name ?? entity.label],
    attributes: name === null ? beneath(entity, asked) : [],
    flags: borne(entity, asked),
    count: 1,
    pinned: at?.pinned ?? false,
    hypothesis: !entity.rests,
    dimmed: false,
    more: 0,
  };
}

function beneath(entity: DemoNode, { settings, language }: Asked): string[] {
  return settings.attributes.flatMap((property) => {
    const said = entity.values.filter(([name, text]) => name === property && text !== entity.label);
    const [first] = said;
    const name = types.property(entity.kind, property)?.[language] ?? property;
    return first ? [`${name}: ${first[1]}${said.length > 1 ? ` (+${said.length - 1})` : ""}`] : [];
  });
}

function borne(entity: DemoNode, { settings, language }: Asked): SceneNode["flags"] {
  const bears = ({ name, property, value }: Flag) =>
    property === null
      ? settings.flags.some(({ entity: id, flag }) => id === entity.id && flag === name)
      : entity.values.some(([said, text]) => said === property && (value === null || text === value));
  return SCHEMA.flags.filter(bears).map((flag) => ({ ...flag, words: flag[language] }));
}

function joined(
  relations: readonly DemoLink[],
  nodes: readonly SceneNode[],
  place: ReadonlyMap<string, number>,
  { settings, sheet, language, brush }: Asked,
): SceneLink[] {
  const pairs = grouped(relations, ({ source, target }) =>
    [place.get(source), place.get(target)].sort().join(),
  );
  return [...pairs.values()].flatMap((several) => {
    const bundle =
      settings.parallel === "bundle" || (settings.parallel === "auto" && several.length > FANNED);
    const sets = bundle
      ? [...grouped(several, ({ kind, source }) => `${kind} ${source}`).values()]
      : several.map((link) => [link]);
    return sets.flatMap((set, number) => {
      const first = set[0];
      const source = first && place.get(first.source);
      const target = first && place.get(first.target);
      if (!first || source === undefined || target === undefined || source === target) return [];
      const side = number - (sets.length - 1) / 2;
      const curve = bent(nodes[source], nodes[target], source < target ? side * 34 : -side * 34);
      const type = typeOf(first.kind);
      const own = sheet?.types.find((style) => style.type === first.kind);
      const sum = set.reduce((all, { amount }) => all + (amount ?? 0), 0);
      const words = language === "nl" ? type?.nl : type?.en;
      const money = sum > 0 ? ` € ${new Intl.NumberFormat(language).format(sum)}` : "";
      const link: SceneLink = {
        ids: set.map(({ id }) => id),
        kind: first.kind,
        source,
        target,
        ...curve,
        arrow: type?.link?.directed ?? true,
        back: false,
        width: Math.min(6, 1.2 + set.length * 0.6) * ((own?.width ?? 100) / 100),
        colour: own?.colour ?? null,
        line: own?.line ?? "solid",
        label: `${set.length > 1 ? `${set.length} × ` : ""}${words ?? first.kind}${money}`,
        label_at: 0.5,
        hypothesis: set.every(({ rests }) => !rests),
        dimmed: brush !== null && !set.some(({ days }) => days && days[0] <= brush[1] && days[1] >= brush[0]),
      };
      return [link];
    });
  });
}

/** From edge to edge, bent to one side by so much. */
function bent(a: SceneNode | undefined, b: SceneNode | undefined, side: number) {
  const [from, to] = [a ?? { x: 0, y: 0, radius: 0 }, b ?? { x: 1, y: 0, radius: 0 }];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [nx, ny] = [-(to.y - from.y) / length, (to.x - from.x) / length];
  const control: [number, number] = [(from.x + to.x) / 2 + nx * side, (from.y + to.y) / 2 + ny * side];
  const edge = (node: typeof from): [number, number] => {
    const away = Math.hypot(control[0] - node.x, control[1] - node.y) || 1;
    return [
      node.x + ((control[0] - node.x) / away) * node.radius,
      node.y + ((control[1] - node.y) / away) * node.radius,
    ];
  };
  return { from: edge(from), control, to: edge(to) };
}

function dim(node: SceneNode, nodes: readonly SceneNode[], links: readonly SceneLink[]) {
  const place = nodes.indexOf(node);
  const own = links.filter(({ source, target }) => source === place || target === place);
  node.dimmed = own.length > 0 && own.every(({ dimmed }) => dimmed);
}

function frames(settings: ChartSettings, nodes: readonly SceneNode[]): Scene["frames"] {
  return settings.groups
    .filter(({ collapsed }) => !collapsed)
    .flatMap(({ name, entities }) => {
      const inside = nodes.filter(({ id }) => entities.includes(id));
      if (inside.length === 0) return [];
      const xs = inside.map(({ x }) => x);
      const ys = inside.map(({ y }) => y);
      return [
        {
          name,
          bounds: [Math.min(...xs) - 50, Math.min(...ys) - 36, Math.max(...xs) + 50, Math.max(...ys) + 52],
        } as Scene["frames"][number],
      ];
    });
}

function legend(nodes: SceneNode[], links: SceneLink[], { settings, sheet }: Asked): LegendEntry[] {
  const of = (kind: string) => sheet?.types.find((style) => style.type === kind);
  const entries: LegendEntry[] = [];
  for (const [kind, set] of grouped(nodes, ({ kind }) => kind)) {
    const type = typeOf(kind);
    const own = of(kind);
    const icon = own?.icon ?? type?.icon ?? "shapes";
    const shape = own?.shape ?? type?.shape ?? "circle";
    const colour = own?.colour ?? type?.colour ?? 0;
    entries.push({ of: "entity", kind, icon, shape, colour, count: set.length });
  }
  for (const [kind, set] of grouped(links, ({ kind }) => kind))
    entries.push({
      of: "link",
      kind,
      directed: set.some(({ arrow }) => arrow),
      colour: of(kind)?.colour ?? null,
      line: of(kind)?.line ?? "solid",
      width: 1.5 * ((of(kind)?.width ?? 100) / 100),
      count: set.reduce((all, { ids }) => all + ids.length, 0),
    });
  const hypotheses = [...nodes, ...links].filter(({ hypothesis }) => hypothesis).length;
  if (hypotheses > 0) entries.push({ of: "hypothesis", count: hypotheses });
  const bundles = links.filter(({ ids }) => ids.length > 1).length;
  if (bundles > 0) entries.push({ of: "bundle", count: bundles });
  for (const { name, colour, size, shape } of settings.rules)
    entries.push({ of: "rule", name, colour, size, shape });
  const flags = nodes.flatMap((node) => node.flags);
  for (const [words, set] of grouped(flags, (flag) => flag.words)) {
    const { icon = "", colour = 0 } = set[0] ?? {};
    entries.push({ of: "flag", words, icon, colour, count: set.length });
  }
  if (nodes.some(({ more }) => more > 0)) entries.push({ of: "more" });
  return entries;
}
