/** Which paths are asked for; kept while the panel is out of sight. */
import type { Entity } from "../bindings/Entity";
import type { PathRequest } from "../bindings/PathRequest";

/** Most links of a path when dates are looked at, and most paths that are given. */
const LONGEST = 20;
const MOST = 200;

export class PathForm {
  from = $state.raw<Entity | null>(null);
  to = $state.raw<Entity | null>(null);
  /** Whether the whole case is searched, not only the chart. */
  whole = $state(true);
  /** How many, as text; `shortest` is all that are as short as the shortest. */
  many = $state("shortest");
  directed = $state(false);
  ordered = $state(false);
  undated = $state(true);
  gap = $state("");
  amount = $state("");
  kinds = $state.raw<readonly string[]>([]);
  /** The path that is shown, by its place. */
  opened = $state<number | null>(null);

  /** Whether there is something to look for. */
  get ready(): boolean {
    return this.from !== null && this.to !== null && this.from.id !== this.to.id;
  }

  get request(): PathRequest | null {
    const { from, to } = this;
    if (!from || !to || from.id === to.id) return null;
    const gap = positive(this.gap);
    return {
      from: from.id,
      to: to.id,
      k: this.many === "shortest" ? null : Number(this.many),
      kinds: [...this.kinds],
      directed: this.directed,
      time_ordered: this.ordered,
      max_gap: gap === null ? null : Math.round(gap),
      undated: this.undated,
      min_amount: positive(this.amount),
      currency: null,
      longest: LONGEST,
      limit: MOST,
    };
  }

  /** Takes what is selected for the ends. */
  prefill(chosen: readonly Entity[]) {
    const [one, other] = chosen;
    if (one && other) {
      this.from = one;
      this.to = other;
    } else if (one && one.id !== this.to?.id) this.from = one;
    this.opened = null;
  }
}

/** A number as somebody typed it; null when it is none. */
export function positive(words: string): number | null {
  const value = Number(words.trim().replace(",", "."));
  return words.trim() !== "" && Number.isFinite(value) && value >= 0 ? value : null;
}
