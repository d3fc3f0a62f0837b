/** The demo case as it is when the window starts: its documents, its statements, its chart, and a log of some weeks. */
import type { Shell } from "../memory/shell";
import { DemoCase } from "./case";
import { CHARTED } from "./chart-statements";
import { DOCUMENTS, dailyReports, phoneReport } from "./documents";
import { builtIn } from "./glossary";
import { ENTITIES } from "./statements";

export const DEMO_PATH = "/home/analist/Koplamp/Lisdodde.koplamp";

export function fill(shell: Shell) {
  shell.take(DEMO_PATH);
  for (const source of [...DOCUMENTS, phoneReport(), ...dailyReports(420)]) {
    shell.shelve(source);
    shell.clock += 700;
  }
  shell.case = new DemoCase(() => shell.kept, [...ENTITIES, ...CHARTED], "M. Zandwijk", shell.clock);
  shell.glossary = builtIn();
  shell.charts.begin("Pekelhof en de bestelbus");
  shell.record("workspace_created", 1, "Lisdodde", "politie");
  for (const [organisation, count] of [
    ["politie", 284],
    ["douane", 141],
    ["fiod", 3],
    ["om", 2],
  ] as const) {
    shell.record("documents_imported", count, null, organisation);
  }
  const queries = ["bestelbus", "Klokkenmaker AND pincode", '"grijze bestelbus"'];
  for (let i = 0; i < 60; i += 1) {
    shell.record("searched", 1, queries[i % 3] ?? "", "audit");
    shell.record("consulted", 1, DOCUMENTS[i % 13]?.title ?? "", "audit");
    if (i % 9 === 8) shell.record("locked", 1, "hand", "audit");
  }
}
