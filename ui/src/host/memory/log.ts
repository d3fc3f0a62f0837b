/** The log in memory: its entries, undo and redo. */
import type { Host } from "../host";
import type { Shell } from "./shell";

export function log(shell: Shell): Pick<Host, "undo" | "redo" | "logEntries" | "verifyLog"> {
  return {
    async undo() {
      await shell.work();
      return shell.undo();
    },

    async redo() {
      await shell.work();
      return shell.redo();
    },

    async logEntries(before, limit) {
      await shell.work();
      const end = before ?? shell.log.length;
      const start = Math.max(0, end - limit);
      return { entries: shell.log.slice(start, end).reverse(), next: start > 0 ? start : null };
    },

    async verifyLog() {
      await shell.work(6);
      return { ok: true, entries: shell.log.length, broken: null };
    },
  };
}
