/** Searching in memory, and saved searches. */
import type { SavedSearch } from "../../bindings/SavedSearch";
import { parse } from "../demo/query";
import { find } from "../demo/search";
import { read } from "../demo/senses";
import type { Host } from "../host";
import { refuse, type Shell } from "./shell";

export function search(
  shell: Shell,
): Pick<Host, "search" | "exportResults" | "saveSearch" | "savedSearches" | "dropSearch"> {
  let searches: SavedSearch[] = [
    { id: "s1", name: "Grijze bestelbus", query: '"grijze bestelbus"' },
    { id: "s2", name: "Pincodes en containers, 2025", query: "pincode AND container date:2025" },
  ];
  const shelving = (saved: SavedSearch, kept: boolean) => {
    const put = () => void searches.push(saved);
    const take = () => {
      searches = searches.filter(({ id }) => id !== saved.id);
    };
    return kept ? { undo: take, redo: put } : { undo: put, redo: take };
  };
  return {
    async search(query, filters, limit, offset, senses = null) {
      await shell.work(2);
      shell.demand();
      const parsed = parse(query);
      shell.record("searched", 1, query, "audit");
      const reading =
        senses && read(shell.glossary, shell.kept, query, senses, shell.open?.organisation ?? "");
      return find(shell.kept, parsed, filters, limit, offset, reading);
    },

    async exportResults(query, _filters, _senses, format) {
      await shell.work();
      parse(query);
      shell.record("disclosed", 1, `results_${format}`, "audit");
      return true;
    },

    async saveSearch(name, query) {
      await shell.work();
      const saved = { id: crypto.randomUUID(), name, query };
      return shell.act("search_saved", name, shelving(saved, true), { searches: true });
    },

    async savedSearches() {
      return [...searches];
    },

    async dropSearch(id) {
      await shell.work();
      const saved =
        searches.find((search) => search.id === id) ?? refuse("invalid_argument", { field: "search" });
      return shell.act("search_dropped", saved.name, shelving(saved, false), { searches: true });
    },
  };
}
