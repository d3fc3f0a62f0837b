/** From presses, moves and releases of mouse, pen and fingers to what they mean on a chart. Points are in screen lengths. */
import type { Point } from "./viewport";

/** What lies under the pointer. */
export type Under = { on: "node"; id: string } | { on: "link"; ids: string[] } | { on: "ground" };

/** How a choice meets what is chosen already. */
export type Choosing = "replace" | "add" | "toggle";

/** What dragging the ground does without a key held. */
export type Tool = "move" | "box" | "lasso";

export interface Press extends Point {
  id: number;
  /** 0 the main button, 1 the middle one, 2 the other. */
  button: number;
  shift: boolean;
  alt: boolean;
  /** Control, or Command. */
  control: boolean;
}

/** What gestures do. */
export interface Doing {
  under(point: Point): Under;
  pan(x: number, y: number): void;
  zoom(factor: number, at: Point): void;
  choose(under: Under, how: Choosing): void;
  /** A line or a box that is being drawn; none when it is over. */
  band(points: readonly Point[], closed: "box" | "lasso"): void;
  banded(points: readonly Point[], closed: "box" | "lasso", how: Choosing): void;
  /** Whether this node, and what is chosen with it, may be dragged from here. */
  lift(id: string, how: Choosing): void;
  /** Moved by so much since it was lifted. */
  carry(x: number, y: number): void;
  drop(): void;
  /** Puts back what was lifted. */
  putBack(): void;
}

/** Screen pixels until a press becomes a drag. */
const SLOP = 4;

type State =
  | { is: "idle" }
  | { is: "pressed"; press: Press; under: Under }
  | { is: "panning"; last: Point }
  | { is: "pinching"; away: number; middle: Point }
  | { is: "carrying"; from: Point }
  | { is: "banding"; closed: "box" | "lasso"; points: Point[]; how: Choosing };

export class Gestures {
  tool: Tool = "move";
  /** Whether the space bar is held: everything pans. */
  space = false;
  /** Whether the last press was let go without a drag. */
  clicked = false;
  #state: State = { is: "idle" };
  #pointers = new Map<number, Point>();

  constructor(readonly doing: Doing) {}

  get busy(): boolean {
    return this.#state.is !== "idle";
  }

  get panning(): boolean {
    return this.#state.is === "panning";
  }

  down(press: Press) {
    this.#pointers.set(press.id, press);
    if (this.#pointers.size === 2) {
      this.cancel();
      this.#state = { is: "pinching", ...this.#pinch() };
      return;
    }
    if (this.#state.is !== "idle") return;
    if (press.button === 1 || (press.button === 0 && this.space)) {
      this.#state = { is: "panning", last: press };
    } else if (press.button === 0) {
      this.#state = { is: "pressed", press, under: this.doing.under(press) };
    }
  }

  move(id: number, to: Point) {
    if (this.#pointers.has(id)) this.#pointers.set(id, to);
    const state = this.#state;
    switch (state.is) {
      case "pressed":
        if (Math.hypot(to.x - state.press.x, to.y - state.press.y) > SLOP)
          this.#drag(state.press, state.under, to);
        break;
      case "panning":
        this.doing.pan(to.x - state.last.x, to.y - state.last.y);
        state.last = to;
        break;
      case "pinching": {
        if (this.#pointers.size < 2) break;
        const { away, middle } = this.#pinch();
        this.doing.pan(middle.x - state.middle.x, middle.y - state.middle.y);
        if (state.away > 0 && away > 0) this.doing.zoom(away / state.away, middle);
        this.#state = { is: "pinching", away, middle };
        break;
      }
      case "carrying":
        this.doing.carry(to.x - state.from.x, to.y - state.from.y);
        break;
      case "banding":
        if (state.closed === "box") state.points[1] = to;
        else state.points.push(to);
        this.doing.band(state.points, state.closed);
    }
  }

  up(id: number) {
    this.#pointers.delete(id);
    const state = this.#state;
    if (state.is === "pinching" && this.#pointers.size > 0) return;
    this.#state = { is: "idle" };
    this.clicked = state.is === "pressed";
    if (state.is === "pressed") this.doing.choose(state.under, choosing(state.press));
    if (state.is === "carrying") this.doing.drop();
    if (state.is === "banding") {
      this.doing.band([], state.closed);
      this.doing.banded(state.points, state.closed, state.how);
    }
  }

  /** Breaks off what is going on, as if it had not begun. */
  cancel() {
    const state = this.#state;
    this.#state = { is: "idle" };
    if (state.is === "carrying") this.doing.putBack();
    if (state.is === "banding") this.doing.band([], state.closed);
  }

  /** The pointer was taken away. */
  lost(id: number) {
    this.#pointers.delete(id);
    this.cancel();
  }

  #drag(press: Press, under: Under, to: Point) {
    const band = press.shift ? "box" : press.alt ? "lasso" : this.tool === "move" ? null : this.tool;
    if (under.on === "node" && !press.alt) {
      this.doing.lift(under.id, press.shift || press.control ? "add" : "replace");
      this.#state = { is: "carrying", from: press };
      this.doing.carry(to.x - press.x, to.y - press.y);
    } else if (band) {
      this.#state = {
        is: "banding",
        closed: band,
        points: [{ x: press.x, y: press.y }, to],
        how: press.control ? "add" : "replace",
      };
      this.doing.band([press, to], band);
    } else {
      this.#state = { is: "panning", last: to };
      this.doing.pan(to.x - press.x, to.y - press.y);
    }
  }

  #pinch(): { away: number; middle: Point } {
    const [a, b] = [...this.#pointers.values()];
    if (!a || !b) return { away: 0, middle: { x: 0, y: 0 } };
    return { away: Math.hypot(a.x - b.x, a.y - b.y), middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
  }
}

function choosing({ control, shift }: Press): Choosing {
  return control || shift ? "toggle" : "replace";
}

/** By how much a turn of the wheel scales. A touchpad's pinch comes as a turn with Control held, in smaller steps. */
export function wheelFactor({
  deltaY,
  deltaMode,
  ctrlKey,
}: Pick<WheelEvent, "deltaY" | "deltaMode" | "ctrlKey">) {
  const pixels = deltaMode === 1 ? deltaY * 32 : deltaMode === 2 ? deltaY * 400 : deltaY;
  const turned = Math.max(-400, Math.min(400, pixels));
  return Math.exp(-turned * (ctrlKey ? 0.008 : 0.0016));
}

/** What is chosen after choosing these. */
export function chosenAfter(before: ReadonlySet<string>, ids: readonly string[], how: Choosing): Set<string> {
  if (how === "replace") return new Set(ids);
  const after = new Set(before);
  // What is wholly chosen is let go; else all of it is chosen.
  const drop = how === "toggle" && ids.every((id) => before.has(id));
  for (const id of ids) {
    if (drop) after.delete(id);
    else after.add(id);
  }
  return after;
}
