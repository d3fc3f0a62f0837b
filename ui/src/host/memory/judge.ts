/** An act that puts another state in the place of the case's; every way of stating and judging is one. */
import type { ActKind } from "../../bindings/ActKind";
import type { Change } from "../../bindings/Change";
import type { CaseState } from "../demo/case";
import type { Shell, Ways } from "./shell";

interface Judged {
  subject?: string | null;
  entities?: string[];
  /** Of how many things; usually of the entities. */
  count?: number;
  /** Whether suggestions were judged. */
  suggestions?: boolean;
  /** Putting what was stated on a chart, as a part of the same act. */
  placed?: (Ways & { chart: string }) | null;
}

export function judge(shell: Shell, kind: ActKind, state: CaseState, judged: Judged = {}): Change {
  const { subject = null, entities = [], count = entities.length, suggestions = false, placed } = judged;
  const held = shell.case;
  const before = held.state;
  const set = (to: CaseState) => {
    held.state = to;
  };
  const ways = {
    undo: () => {
      placed?.undo();
      set(before);
    },
    redo: () => {
      set(state);
      placed?.redo();
    },
  };
  const charts = placed ? [placed.chart] : [];
  return shell.act(kind, subject, ways, { entities: [...new Set(entities)], suggestions, charts }, count);
}
