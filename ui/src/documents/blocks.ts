/** Cuts the text of a page into blocks of whole lines, so that only those near the screen need to be laid out. */

export interface Block {
  text: string;
  /** The characters (code points) of the page before it. */
  start: number;
  /** One past its last character. */
  end: number;
}

const LINES = 60;
/** A line without an end, as some exports have, is not cut by lines but by length. */
const LONGEST = 12_000;

export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let at = 0;
  let start = 0;
  while (at < text.length) {
    const to = blockEnd(text, at);
    const part = text.slice(at, to);
    const end = start + points(part);
    found.push({ text: part, start, end });
    at = to;
    start = end;
  }
  return found;
}

function blockEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + LONGEST);
  let to = from;
  for (let line = 0; line < LINES; line += 1) {
    const newline = text.indexOf("\n", to);
    if (newline < 0) return whole(text, limit);
    if (newline >= limit) return to > from ? to : whole(text, limit);
    to = newline + 1;
  }
  return to;
}

/** Never between the two halves of one character. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return at < text.length && unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}

function points(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}
