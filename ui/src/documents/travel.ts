/** Bringing a place of a document into view, while its page arrives and is measured. */

/** Moves a mark to the upper middle, unless it is in clear view; true when nothing had to move. */
export function settle(mark: HTMLElement | null): boolean {
  const viewport = mark?.closest<HTMLElement>("[data-scroller]");
  if (!mark || !viewport) return false;
  const [at, frame] = [mark.getBoundingClientRect(), viewport.getBoundingClientRect()];
  const margin = Math.min(80, frame.height / 5);
  if (at.top >= frame.top + margin && at.bottom <= frame.bottom - margin) return true;
  const before = viewport.scrollTop;
  viewport.scrollTop += at.top - frame.top - frame.height * 0.35;
  return viewport.scrollTop === before;
}

/** Settles until the mark stays where it is, or until the journey is no longer the newest. */
export async function arrive(mark: () => HTMLElement | null, newest: () => boolean) {
  let still = 0;
  for (let frame = 0; frame < 60 && still < 3 && newest(); frame += 1) {
    still = settle(mark()) ? still + 1 : 0;
    await new Promise(requestAnimationFrame);
  }
}
