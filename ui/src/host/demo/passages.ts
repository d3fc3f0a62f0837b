/** Passages of a demo text: the lines that hold a word, with the places of the words in characters. */
import type { Passage } from "../../bindings/Passage";

export function passages(text: string, words: string[]): Passage[] {
  return text.split("\f").flatMap((page, index) => pagePassages(page, index + 1, words));
}

function pagePassages(page: string, number: number, words: string[]): Passage[] {
  const found: Passage[] = [];
  let lineStart = 0;
  for (const line of page.split("\n")) {
    const highlights = places(line, words);
    const [first, last] = [highlights[0], highlights.at(-1)];
    if (first && last) {
      const from = first[0] < 120 ? 0 : line.lastIndexOf(" ", first[0] - 80) + 1;
      const space = line.indexOf(" ", Math.min(line.length, last[1] + 100));
      const to = space < 0 ? line.length : space;
      const point = (offset: number) => [...page.slice(0, lineStart + offset)].length;
      found.push({
        page: number,
        start: point(from),
        end: point(to),
        quote: line.slice(from, to),
        highlights: highlights.map(([start, end]) => [point(start), point(end)]),
      });
    }
    lineStart += line.length + 1;
  }
  return found;
}

function places(line: string, words: string[]): [number, number][] {
  const lower = line.toLowerCase();
  const found: [number, number][] = [];
  for (const word of words.filter((word) => word !== "")) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      const rest = /^\p{L}*/u.exec(line.slice(at + word.length))?.[0].length ?? 0;
      found.push([at, at + word.length + rest]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.filter(([start], i) => i === 0 || start >= (found[i - 1]?.[1] ?? 0));
}
