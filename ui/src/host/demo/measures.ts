/** Measures, brokers and paths of the small demo network, counted plainly. */
import type { Broker } from "../../bindings/Broker";
import type { BrokerRanking } from "../../bindings/BrokerRanking";
import type { BrokerReason } from "../../bindings/BrokerReason";
import type { Convention } from "../../bindings/Convention";
import type { FoundPath } from "../../bindings/FoundPath";
import type { MeasureConvention } from "../../bindings/MeasureConvention";
import type { Measures } from "../../bindings/Measures";
import type { PathRequest } from "../../bindings/PathRequest";
import type { PathsFound } from "../../bindings/PathsFound";
import type { DemoLink, DemoNode } from "./network";
import { isA } from "./network";

export interface Counted {
  nodes: readonly DemoNode[];
  links: readonly DemoLink[];
}

const neighbours = ({ links }: Counted, id: string, without: string | null = null): string[] => [
  ...new Set(
    links.flatMap(({ source, target }) => {
      const other = source === id ? target : target === id ? source : null;
      return other === null || other === without ? [] : [other];
    }),
  ),
];

/** All shortest paths from an entity: distances, numbers of paths, and who comes before whom. */
function walk(network: Counted, from: string, without: string | null = null) {
  const far = new Map([[from, 0]]);
  const ways = new Map([[from, 1]]);
  const before = new Map<string, string[]>();
  const order = [from];
  for (const id of order) {
    for (const other of neighbours(network, id, without)) {
      if (!far.has(other)) {
        far.set(other, (far.get(id) ?? 0) + 1);
        order.push(other);
      }
      if (far.get(other) === (far.get(id) ?? 0) + 1) {
        ways.set(other, (ways.get(other) ?? 0) + (ways.get(id) ?? 0));
        before.set(other, [...(before.get(other) ?? []), id]);
      }
    }
  }
  return { far, ways, before, order };
}

function betweenness(network: Counted): Map<string, number> {
  const sum = new Map(network.nodes.map(({ id }) => [id, 0]));
  for (const { id: from } of network.nodes) {
    const { ways, before, order } = walk(network, from);
    const depends = new Map<string, number>();
    for (const id of order.toReversed()) {
      for (const earlier of before.get(id) ?? []) {
        const share = (ways.get(earlier) ?? 0) / (ways.get(id) ?? 1);
        depends.set(earlier, (depends.get(earlier) ?? 0) + share * (1 + (depends.get(id) ?? 0)));
      }
      if (id !== from) sum.set(id, (sum.get(id) ?? 0) + (depends.get(id) ?? 0) / 2);
    }
  }
  return sum;
}

/** The sizes of the pieces into which its part falls without an entity. */
function pieces(network: Counted, without: string): number[] {
  const left = new Set(neighbours(network, without));
  const sizes: number[] = [];
  for (const start of left) {
    const { order } = walk(network, start, without);
    for (const id of order) left.delete(id);
    sizes.push(order.length);
  }
  return sizes.sort((a, b) => b - a);
}

function powered(network: Counted, step: (own: number, around: number, degree: number) => number) {
  let now = new Map(network.nodes.map(({ id }) => [id, 1 / network.nodes.length]));
  const around = new Map(network.nodes.map(({ id }) => [id, neighbours(network, id)]));
  const size = (id: string) => around.get(id)?.length ?? 0;
  for (let round = 0; round < 100; round += 1) {
    const before = now;
    now = new Map(
      network.nodes.map(({ id }) => {
        const flow = (around.get(id) ?? []).map((other) =>
          step(before.get(other) ?? 0, size(other), size(id)),
        );
        return [id, flow.reduce((sum, one) => sum + one, 0)];
      }),
    );
  }
  return now;
}

function convention({ parallel, directed }: Convention): MeasureConvention {
  return {
    parallel,
    directed,
    self_loops: "degree_only",
    betweenness: { method: "exact" },
    normalised: "pairs_of_others",
    closeness: "wasserman_faust",
    eigenvector: { length: 1, converged: true },
    damping: 0.85,
    community: "leiden",
    seed: 1,
  };
}

export function measures(network: Counted, asked: Convention): Measures {
  const n = network.nodes.length;
  const between = betweenness(network);
  const rank = powered(network, (value, degree) => (0.85 * value) / Math.max(1, degree));
  const eigen = powered(network, (value) => value / 4);
  const length = Math.hypot(...eigen.values()) || 1;
  const total = [...rank.values()].reduce((sum, one) => sum + one, 0) || 1;
  return {
    convention: convention(asked),
    entities: network.nodes.map(({ id, label }) => {
      const { far } = walk(network, id);
      const reached = far.size - 1;
      const sum = [...far.values()].reduce((all, one) => all + one, 0);
      const around = neighbours(network, id).length;
      const ends = network.links.filter(({ source, target }) => source === id || target === id).length;
      return {
        id,
        label,
        degree: asked.parallel === "count" ? ends : around,
        betweenness: between.get(id) ?? 0,
        betweenness_normalised: n > 2 ? (between.get(id) ?? 0) / (((n - 1) * (n - 2)) / 2) : 0,
        closeness: sum > 0 ? (reached / (n - 1)) * (reached / sum) : 0,
        eigenvector: (eigen.get(id) ?? 0) / length,
        pagerank: (rank.get(id) ?? 0) / total,
        core: Math.min(2, around),
        community: 0,
        articulation: pieces(network, id).length > 1,
        bridging: null,
      };
    }),
    links: network.links.map(({ id, source, target }) => ({
      id,
      source,
      target,
      betweenness: 0,
      bridge: false,
    })),
    modularity: 0,
  };
}

export function brokers(network: Counted, players: number): BrokerRanking {
  const { entities, convention } = measures(network, { parallel: "merge", directed: false });
  const kind = (id: string) => network.nodes.find((node) => node.id === id)?.kind ?? "";
  const ranked = entities.filter(({ id }) => isA(kind(id), "LegalEntity"));
  const most = Math.max(...ranked.map(({ betweenness }) => betweenness), 1e-9);
  const byBetweenness = [...ranked].sort((a, b) => b.betweenness - a.betweenness);
  const byDegree = [...ranked].sort((a, b) => b.degree - a.degree);
  const found = byBetweenness
    .filter(({ betweenness }) => betweenness > 0)
    .map((entity, index): Broker => {
      const fallen = pieces(network, entity.id);
      const whole = fallen.reduce((sum, size) => sum + size, 0);
      const pairs = (whole * (whole - 1) - fallen.reduce((sum, size) => sum + size * (size - 1), 0)) / 2;
      const place = byDegree.indexOf(entity) + 1;
      const reasons: BrokerReason[] = [
        { reason: "betweenness", place: index + 1, of: ranked.length, share: entity.betweenness_normalised },
        ...(entity.articulation ? [{ reason: "articulation" as const, pieces: fallen, pairs }] : []),
        ...(index < 3 && place > ranked.length / 4
          ? [
              {
                reason: "inconspicuous" as const,
                betweenness_place: index + 1,
                degree_place: place,
                degree: entity.degree,
              },
            ]
          : []),
      ];
      const parts = {
        betweenness: entity.betweenness / most,
        crossing: null,
        separation: pairs / (whole * whole || 1),
      };
      const score = (parts.betweenness + parts.separation) / 2;
      return { id: entity.id, label: entity.label, place: index + 1, score, parts, reasons };
    });
  const first = found.slice(0, players);
  return {
    convention,
    brokers: found,
    key_players: {
      method: "greedy",
      sets: [
        { entities: first.map(({ label }) => label), ids: first.map(({ id }) => id), fragmentation: 0.4 },
      ],
      ties: 1,
      fragmentation_before: 0,
    },
    entities: network.nodes.length,
    links: network.links.length,
  };
}

export function paths(network: Counted, request: PathRequest): PathsFound {
  const { kinds, min_amount } = request;
  const links = network.links.filter(
    ({ kind, amount }) =>
      (kinds.length === 0 || kinds.includes(kind)) &&
      (min_amount === null || (amount !== null && amount >= min_amount)),
  );
  const used = { nodes: network.nodes, links };
  const { before } = walk(used, request.from);
  const back = (id: string): string[][] =>
    id === request.from
      ? [[id]]
      : (before.get(id) ?? []).flatMap((one) => back(one).map((way) => [...way, id]));
  const label = (id: string) => network.nodes.find((node) => node.id === id)?.label ?? id;
  const found = back(request.to).map((entities): FoundPath => {
    const steps = entities.slice(1).map((to, place) => {
      const from = entities[place];
      const joins = ({ source, target }: DemoLink) =>
        (source === from && target === to) || (source === to && target === from);
      return links.filter(joins).map(({ id }) => id);
    });
    return { entities, labels: entities.map(label), steps };
  });
  return { paths: found.slice(0, request.k ?? request.limit), stopped: null };
}
