import type { Codes } from "../bindings/Codes";
import type { Desk } from "./desk.svelte";

/** The marking to show above, and of what it is. */
export interface Marking {
  code: string | null;
  of: "document" | "documents" | "entity" | "chart" | "case";
}

/** Of the selected document or entity, else the strictest in the case. */
export function markingOf(desk: Desk): Marking {
  const { codes, chart, entity, selected, selectedHit } = desk;
  // The chart is on screen whole, whatever of it is selected.
  if (desk.room === "chart" && chart.view) {
    const beside = [selected?.labels.marking ?? null, entity.shown ? entity.marking : null];
    return { code: strictest(codes, [chart.view.marking, ...beside]), of: "chart" };
  }
  if (entity.shown) return { code: entity.marking, of: "entity" };
  if (desk.selection.documents.size > 1) {
    const known = [...desk.selection.documents].flatMap(
      (id) => desk.documents.find(id) ?? desk.failures.find(id) ?? [],
    );
    const markings = known.map((document) => document.labels.marking);
    return { code: strictest(codes, markings), of: "documents" };
  }
  if (selected) return { code: selected.labels.marking, of: "document" };
  if (selectedHit) return { code: selectedHit.marking, of: "document" };
  return { code: desk.summary.marking, of: "case" };
}

/** The strictest of these markings; one that is on no list is stricter than all, for nobody knows how far it may go. */
export function strictest(codes: Codes, markings: readonly (string | null)[]): string | null {
  const rank = (marking: string | null) =>
    marking === null
      ? -1
      : (codes.markings.codes.find(({ code }) => code === marking)?.rank ?? Number.POSITIVE_INFINITY);
  return markings.reduce((strict, marking) => (rank(marking) > rank(strict) ? marking : strict), null);
}
