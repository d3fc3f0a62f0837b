/** Files of other programs and tables in memory. */
import type { Labels } from "../../bindings/Labels";
import { DemoExchange } from "../demo/exchange";
import type { Host } from "../host";
import { judge } from "./judge";
import { refuse, type Shell } from "./shell";

export function interchange(
  shell: Shell,
): Pick<
  Host,
  "startExchange" | "startTable" | "tryTable" | "mappings" | "saveMapping" | "dropMapping" | "exportExchange"
> {
  const exchange = new DemoExchange({
    held: () => shell.case.state,
    keep: (state, entities) => judge(shell, "facts_recorded", state, { entities }),
    by: () => ({ person: shell.open?.person ?? "", at: shell.clock }),
    jobs: shell.jobs,
  });
  return {
    async startExchange(_token, _format, labels, _chart, onUpdate) {
      await shell.work();
      demandLabels(labels);
      return exchange.startFile(labels, onUpdate);
    },

    async startTable(_token, mapping, labels, _chart, onUpdate) {
      await shell.work();
      demandLabels(labels);
      return exchange.startTable(mapping, labels, onUpdate);
    },

    async tryTable(_token, mapping) {
      await shell.work();
      return exchange.try(mapping);
    },

    async mappings() {
      await shell.work();
      return exchange.saved;
    },

    async saveMapping(name, mapping) {
      await shell.work();
      return shell.act("mapping_saved", name, exchange.save({ id: crypto.randomUUID(), name, mapping }));
    },

    async dropMapping(id) {
      await shell.work();
      const name = exchange.saved.find((saved) => saved.id === id)?.name ?? null;
      const step = exchange.drop(id) ?? refuse("invalid_argument", { field: "mapping" });
      return shell.act("mapping_dropped", name, step);
    },

    async exportExchange(format, _chart) {
      await shell.work();
      shell.record("disclosed", 1, format, "audit");
      return true;
    },
  };
}

function demandLabels(labels: Labels) {
  for (const field of ["organisation", "source", "purpose"] as const)
    if (labels[field].trim() === "") refuse("label_missing", { field });
}
