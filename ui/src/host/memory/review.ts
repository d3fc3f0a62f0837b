/** The review queue in memory. */
import type { Host } from "../host";
import { judge } from "./judge";
import type { Shell } from "./shell";

export function review(
  shell: Shell,
): Pick<Host, "suggestions" | "acceptSuggestions" | "rejectSuggestions" | "ignoreSuggestions"> {
  return {
    async suggestions(kind, limit, offset) {
      await shell.work();
      shell.demand();
      return shell.case.suggestions(kind, limit, offset);
    },

    async acceptSuggestions(suggestions, into) {
      await shell.work();
      const { state, entities } = shell.case.accepting(suggestions, into, shell.clock);
      return judge(shell, "suggestions_accepted", state, {
        entities,
        count: suggestions.length,
        suggestions: true,
      });
    },

    async rejectSuggestions(suggestions) {
      await shell.work();
      const state = shell.case.rejecting(suggestions);
      return judge(shell, "suggestions_rejected", state, { count: suggestions.length, suggestions: true });
    },

    async ignoreSuggestions(suggestions) {
      await shell.work();
      const subject = suggestions.length === 1 ? shell.case.normal(suggestions[0] ?? "") : null;
      const state = shell.case.ignoring(suggestions);
      return judge(shell, "value_ignored", state, { subject, count: suggestions.length, suggestions: true });
    },
  };
}
