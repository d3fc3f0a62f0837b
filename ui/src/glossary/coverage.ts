/** From a gap in the glossary to the documents that show it. */
import type { Desk } from "../frame/desk.svelte";

export function searchFor(desk: Desk, word: string) {
  desk.search.query = `"${word}"`;
  desk.go("search");
  void desk.search.submit();
}
