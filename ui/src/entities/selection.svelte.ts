/**
 * The entities and links that are selected. One selection for the whole window: what is chosen in one room is seen in
 * the others. Documents are chosen in each room by itself; the inspector shows whichever was chosen last.
 */
import type { Entity } from "../bindings/Entity";
import type { Evidence } from "../bindings/Evidence";
import type { Room } from "../frame/rooms";

export class EntitySelection {
  /** All that are chosen, in the order in which they were given; holds `current` whenever there is one. */
  ids = $state.raw<ReadonlySet<string>>(new Set());
  /** The one that the inspector shows. */
  current = $state<string | null>(null);
  /** The room in which they were chosen; a room need not scroll to what was chosen in it. */
  from = $state<Room | null>(null);
  /** Whether the inspector shows them, because they were chosen after the last document was. */
  shown = $state(false);
  /** The shown one in one line, once it is read. */
  line = $state.raw<Entity | null>(null);
  /** The strictest marking of what is said of the shown one. */
  marking = $state<string | null>(null);
  /** The passages that the shown one rests on, in the order of its page. */
  passages = $state.raw<readonly Evidence[]>([]);
  /** Which of them is open; -1 is none. */
  at = $state(-1);

  choose(ids: Iterable<string>, from: Room, current: string | null = null) {
    this.ids = new Set(ids);
    const first = [...this.ids][0] ?? null;
    const now = current !== null && this.ids.has(current) ? current : first;
    if (now !== this.current) this.#forget();
    this.current = now;
    this.from = from;
    this.shown = this.ids.size > 0;
  }

  /** Keeps of each what is given for it, and nothing of those for which null is. What the inspector shows stays as far as it is kept. */
  keep(what: (id: string) => string | null) {
    const before = [...this.ids];
    const after = before.map(what);
    if (after.every((id, at) => id === before[at])) return;
    this.ids = new Set(after.filter((id) => id !== null));
    const current = this.current === null ? null : what(this.current);
    const now = current ?? [...this.ids][0] ?? null;
    if (now !== this.current) this.#forget();
    this.current = now;
    this.shown = this.shown && this.ids.size > 0;
  }

  /** Goes to the next or previous one of several. */
  step(by: 1 | -1) {
    const all = [...this.ids];
    const at = this.current === null ? -1 : all.indexOf(this.current);
    if (all.length < 2 || at < 0) return;
    this.current = all[(at + by + all.length) % all.length] ?? null;
    this.#forget();
  }

  /** The passage after or before the one that is open; the first when none is. */
  passage(by: 1 | -1): Evidence | null {
    const count = this.passages.length;
    if (count === 0) return null;
    const next = this.at < 0 ? (by > 0 ? 0 : count - 1) : (this.at + by + count) % count;
    return this.passages[next] ?? null;
  }

  #forget() {
    this.line = null;
    this.marking = null;
    this.passages = [];
    this.at = -1;
  }
}

/** Whether two passages are the same place. */
export function samePlace(one: Evidence, other: Evidence): boolean {
  return (
    one.document === other.document &&
    one.page === other.page &&
    one.start === other.start &&
    one.end === other.end
  );
}
