/** The log as rows: a heading a day, then its entries. */
import type { LogEntry } from "../bindings/LogEntry";
import { sameDay } from "../locale/format";

export type Row = { day: number } | { entry: LogEntry };

export function rows(entries: LogEntry[]): Row[] {
  return entries.flatMap((entry, i): Row[] => {
    const before = entries[i - 1];
    const heading = before === undefined || !sameDay(before.act.at, entry.act.at);
    return heading ? [{ day: entry.act.at }, { entry }] : [{ entry }];
  });
}
