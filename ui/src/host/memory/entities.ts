/** What is stated in memory: the schema, entities, statements, merges. */
import type { Stated } from "../../bindings/Stated";
import { GRADINGS, SCHEMA } from "../demo/schema";
import type { Host } from "../host";
import { judge } from "./judge";
import { refuse, type Shell } from "./shell";

export function entities(
  shell: Shell,
): Pick<
  Host,
  | "schema"
  | "gradings"
  | "grading"
  | "chooseGrading"
  | "entities"
  | "entity"
  | "statementsIn"
  | "stateFacts"
  | "withdrawStatements"
  | "amendStatement"
  | "mergeEntities"
  | "unmergeEntities"
  | "distinguishEntities"
  | "choosePhoto"
  | "portrait"
  | "entityMatches"
> {
  let grading = "admiralty";
  return {
    async schema() {
      return SCHEMA;
    },

    async gradings() {
      return GRADINGS;
    },

    async grading() {
      return grading;
    },

    async chooseGrading(scheme) {
      await shell.work();
      if (!GRADINGS.some(({ code }) => code === scheme)) refuse("invalid_argument", { field: "scheme" });
      const before = grading;
      const set = (code: string) => () => {
        grading = code;
      };
      return shell.act("grading_chosen", scheme, { undo: set(before), redo: set(scheme) });
    },

    async entities(query, limit, offset) {
      await shell.work();
      shell.demand();
      return shell.case.entities(query, limit, offset);
    },

    async entity(entity) {
      await shell.work();
      shell.demand();
      const view = shell.case.entity(entity) ?? refuse("entity_not_found");
      shell.record("entity_consulted", 1, null, "audit");
      return view;
    },

    async statementsIn(document) {
      await shell.work();
      shell.document(document);
      return shell.case.statementsIn(document);
    },

    async stateFacts(stated) {
      await shell.work();
      const made =
        shell.case.stating(stated, shell.clock) ?? refuse("invalid_argument", { field: "passage" });
      const subject = made.entities.length > 0 ? said(stated) : null;
      const count = stated.things.reduce((sum, thing) => sum + thing.says.length, 0);
      const placed = placing(shell, stated, made.entities);
      return {
        change: judge(shell, "facts_recorded", made.state, {
          subject,
          entities: made.entities,
          count,
          placed,
        }),
        entities: made.entities,
      };
    },

    async withdrawStatements(statements) {
      await shell.work();
      const { state, entities } = shell.case.withdrawing(statements);
      if (entities.length === 0) refuse("statement_not_found");
      return judge(shell, "statements_withdrawn", state, { entities, count: statements.length });
    },

    async amendStatement(statement, amendment) {
      await shell.work();
      const made = shell.case.amending(statement, amendment) ?? refuse("statement_not_found");
      return judge(shell, "facts_recorded", made.state, {
        subject: amendment.text ?? null,
        entities: made.entities,
      });
    },

    async mergeEntities(entities, reason) {
      await shell.work();
      if (new Set(entities).size < 2) refuse("invalid_argument", { field: "entities" });
      return judge(shell, "entities_merged", shell.case.merging(entities, reason), {
        subject: reason,
        entities,
      });
    },

    async unmergeEntities(merge) {
      await shell.work();
      const made = shell.case.unmerging(merge) ?? refuse("invalid_argument", { field: "merge" });
      return judge(shell, "merge_withdrawn", made.state, { entities: made.entities });
    },

    async distinguishEntities(one, other, distinct) {
      await shell.work();
      const state = shell.case.distinguishing(one, other, distinct);
      return judge(shell, "entities_distinguished", state, { entities: [one, other] });
    },

    async choosePhoto() {
      await shell.work();
      // There are no picture documents in memory.
      return refuse("portrait");
    },

    async portrait() {
      await shell.work();
      return refuse("portrait");
    },

    async entityMatches(entity, limit) {
      await shell.work();
      shell.demand();
      shell.record("combined", 1, "matches", "audit");
      return shell.case.matches(entity, limit);
    },
  };
}

/** What the log calls an act of stating by: the first words that it says. */
function said(stated: Stated): string | null {
  const words = stated.things.flatMap(({ says }) => says).find(({ value }) => "text" in value)?.value;
  return words && "text" in words ? words.text : null;
}

/** New entities of an act on the chart that it names; links come by themselves. */
function placing(shell: Shell, stated: Stated, ids: readonly string[]) {
  const { chart, things } = stated;
  if (!chart) return null;
  const fresh = ids.filter((_, at) => {
    const thing = things[at];
    return thing?.entity === null && !SCHEMA.types.find(({ name }) => name === thing.type)?.link;
  });
  const ways = shell.charts.put(shell.chart(chart.chart), fresh, [chart.x, chart.y]);
  return { ...ways, chart: chart.chart };
}
