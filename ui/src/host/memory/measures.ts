/** Measures, brokers and paths in memory: counted a moment later, as a job. */
import type { AnalysisUpdate } from "../../bindings/AnalysisUpdate";
import * as measuring from "../demo/measures";
import type { Host } from "../host";
import type { Shell } from "./shell";

export function measures(
  shell: Shell,
): Pick<Host, "startMeasures" | "startBrokers" | "startKeyPlayers" | "startPaths"> {
  /** Counts what is on a chart, or the whole case. */
  const analyse = async (
    chart: string | null,
    onUpdate: (update: AnalysisUpdate) => void,
    count: (network: measuring.Counted) => AnalysisUpdate,
  ) => {
    shell.demand();
    const on = chart === null ? null : new Set(shell.chart(chart).placements.map(({ entity }) => entity));
    const { nodes, links } = shell.network;
    const within = (id: string) => on === null || on.has(id);
    const network = {
      nodes: nodes.filter(({ id }) => within(id)),
      links: links.filter(({ source, target }) => within(source) && within(target)),
    };
    setTimeout(() => onUpdate(count(network)), shell.delay * 2);
    return crypto.randomUUID();
  };
  return {
    async startMeasures(chart, asked, onUpdate) {
      return analyse(chart, onUpdate, (network) => ({
        update: "measures",
        measures: measuring.measures(network, asked),
      }));
    },

    async startBrokers(chart, players, onUpdate) {
      return analyse(chart, onUpdate, (network) => ({
        update: "brokers",
        ranking: measuring.brokers(network, players),
      }));
    },

    async startKeyPlayers(chart, players, _types, onUpdate) {
      return analyse(chart, onUpdate, (network) => ({
        update: "key_players",
        players: measuring.brokers(network, players).key_players,
      }));
    },

    async startPaths(chart, request, onUpdate) {
      return analyse(chart, onUpdate, (network) => ({
        update: "paths",
        found: measuring.paths(network, request),
      }));
    },
  };
}
