/** Marking a place in the text of a page, with the mouse or word by word with the keyboard. Offsets are characters. */
import type { Match } from "./reader.svelte";

/** The words of a text. */
function words(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let units = 0;
  let points = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu)) {
    // A sign at the end of a word belongs to the sentence.
    const word = match[0].replace(/['’.-]+$/, "");
    points += [...text.slice(units, match.index)].length;
    units = match.index;
    found.push({ start: points, end: points + [...word].length });
  }
  return found;
}

/** One word further or back from a place; the first of the page when there is none. */
export function step(text: string, place: Match | null, page: number, by: 1 | -1): Match | null {
  const all = words(text);
  const found = !place
    ? all[0]
    : by > 0
      ? all.find(({ start }) => start >= place.end)
      : all.findLast(({ end }) => end <= place.start);
  return found ? { page, ...found } : place;
}

/** A place that ends, or begins, one word further or back; never shorter than a word. */
export function stretch(text: string, place: Match, side: "start" | "end", by: 1 | -1): Match {
  const all = words(text);
  if (side === "end") {
    const end =
      by > 0
        ? all.find((word) => word.end > place.end)?.end
        : all.findLast((word) => word.end < place.end && word.end > place.start)?.end;
    return { ...place, end: end ?? place.end };
  }
  const start =
    by < 0
      ? all.findLast((word) => word.start < place.start)?.start
      : all.find((word) => word.start > place.start && word.start < place.end)?.start;
  return { ...place, start: start ?? place.start };
}

/** The place that is selected in the window, where that is within the text of one page. Spaces around it are left off. */
export function selectedPlace(selection: Selection | null, body: HTMLElement): Match | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const first = blockOf(range.startContainer);
  if (!first || !body.contains(first)) return null;
  const page = first.closest<HTMLElement>("[data-page]");
  const last = blockOf(range.endContainer);
  const start = offset(first, range.startContainer, range.startOffset);
  // What ends beyond the page ends with the page: evidence lies on one page.
  const whole = last && last.closest("[data-page]") === page ? last : null;
  const end = whole ? offset(whole, range.endContainer, range.endOffset) : pageEnd(page);
  const text = [...(page?.querySelector("[data-text]")?.textContent ?? "")].slice(start, end);
  const before = text.findIndex((character) => character.trim() !== "");
  const after = text.findLastIndex((character) => character.trim() !== "");
  if (before < 0 || !page) return null;
  return { page: Number(page.dataset.page), start: start + before, end: start + after + 1 };
}

function blockOf(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-start]") ?? null;
}

/** Characters of the page before a point within a block. */
function offset(block: HTMLElement, node: Node, at: number): number {
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(node, at);
  return Number(block.dataset.start) + [...before.toString()].length;
}

function pageEnd(page: HTMLElement | null): number {
  return [...(page?.querySelector("[data-text]")?.textContent ?? "")].length;
}
