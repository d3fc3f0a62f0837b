/**
 * A picture that is larger than the surface it is seen on. While the view moves, the finished picture is only carried along (a transform,
 * which costs the same however large the chart is); a new one is drawn behind it, in slices between frames, and takes its place when it is
 * done: once the view rests, or when the old one no longer covers the surface. Where drawing turns out to be quick it is drawn in every frame.
 */
import type { Point, Size, View } from "./viewport";
import { carried, covers, pan } from "./viewport";

/** Draws onto an empty context what `view` shows of the chart in a picture of this size; in haste it may leave out detail. */
export type Painter = (
  context: CanvasRenderingContext2D,
  view: View,
  size: Size,
  ratio: number,
  haste: boolean,
) => Generator<void>;

/** The picture's margin, as a part of the surface on each side. */
const MARGIN = 0.25;
/** Milliseconds of a frame that may go into drawing: while the view moves, and while it rests. */
const SLICE = 8;
const SLICE_AT_REST = 32;
/** After so many milliseconds without a move the view rests. */
const REST = 110;
/** A drawing that took less than this many milliseconds is quick. */
const QUICK = 5;
/** A drawing that took more is made in haste while the view moves. */
const SLOW = 50;
/** Scaled by more than this, a picture is drawn anew although it covers the surface. */
const BLUR = 1.9;

interface Layer {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
}

interface Work {
  steps: Generator<void>;
  view: View;
  haste: boolean;
  /** Milliseconds so far. */
  took: number;
}

export class Picture {
  #front: Layer;
  #back: Layer;
  #drawn: View | null = null;
  /** Whether what is seen was drawn in haste. */
  #rough = false;
  #view: View = { scale: 1, dx: 0, dy: 0 };
  #size: Size = { width: 0, height: 0 };
  #margin: Point = { x: 0, y: 0 };
  #ratio = 1;
  #work: Work | null = null;
  #stale = true;
  #moved = -Infinity;
  #took = Infinity;
  #frame = 0;

  private constructor(
    host: HTMLElement,
    front: Layer,
    back: Layer,
    readonly paint: Painter,
    readonly clock: () => number,
  ) {
    this.#front = front;
    this.#back = back;
    host.append(front.canvas);
  }

  /** A picture within an element; null where there is no canvas to draw on. */
  static on(host: HTMLElement, paint: Painter, clock = () => performance.now()): Picture | null {
    const [front, back] = [layer(), layer()];
    return front && back ? new Picture(host, front, back, paint, clock) : null;
  }

  /** Milliseconds that the last whole drawing took. */
  get took(): number {
    return this.#took;
  }

  /** Whether what is seen is what was last asked for. */
  get settled(): boolean {
    return !this.#stale && !this.#work && !this.#rough && this.#drawn === this.#view;
  }

  resize(size: Size, ratio: number) {
    this.#size = size;
    this.#ratio = ratio;
    // Whole pixels, so that the picture at rest lies on the screen's own.
    this.#margin = {
      x: Math.ceil(size.width * MARGIN * ratio) / ratio,
      y: Math.ceil(size.height * MARGIN * ratio) / ratio,
    };
    this.change();
  }

  /** Shows the chart from here. */
  show(view: View) {
    if (same(view, this.#view)) return;
    this.#view = view;
    this.#moved = this.clock();
    this.#next();
  }

  /** What is drawn has changed. */
  change() {
    this.#stale = true;
    this.#work = null;
    this.#next();
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    this.#front.canvas.remove();
    this.#back.canvas.remove();
  }

  #next() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    this.#frame = 0;
    if (this.#size.width < 1 || this.#size.height < 1) return;
    const resting = this.clock() - this.#moved >= REST;
    if (!this.#work && this.#due(resting)) this.#begin(!resting && this.#took > SLOW && this.#drawn !== null);
    if (this.#work) this.#go(this.#work, resting || !this.#drawn ? SLICE_AT_REST : SLICE);
    this.#lay();
    if (!this.settled) this.#next();
  }

  #due(resting: boolean): boolean {
    if (!this.#drawn || this.#stale) return true;
    if (same(this.#drawn, this.#view)) {
      this.#drawn = this.#view;
      return this.#rough && resting;
    }
    if (resting || this.#took < QUICK) return true;
    const by = this.#view.scale / this.#drawn.scale;
    return by > BLUR || by < 1 / BLUR || !covers(this.#laid(this.#drawn), this.#picture(), this.#size, 24);
  }

  #begin(haste: boolean) {
    const { canvas, context } = this.#back;
    const { width, height } = this.#picture();
    const [w, h] = [Math.round(width * this.#ratio), Math.round(height * this.#ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      canvas.style.width = `${w / this.#ratio}px`;
      canvas.style.height = `${h / this.#ratio}px`;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.clearRect(0, 0, w, h);
    const view = this.#view;
    const within = pan(view, this.#margin.x, this.#margin.y);
    this.#stale = false;
    const steps = this.paint(context, within, this.#picture(), this.#ratio, haste);
    this.#work = { steps, view, haste, took: 0 };
  }

  #go(work: Work, budget: number) {
    const began = this.clock();
    let now = began;
    let done = false;
    while (!done && now - began < budget) {
      done = work.steps.next().done ?? false;
      now = this.clock();
    }
    work.took += now - began;
    if (!done) return;
    if (!work.haste) this.#took = work.took;
    this.#rough = work.haste;
    this.#drawn = work.view;
    this.#work = null;
    const old = this.#front;
    this.#front = this.#back;
    this.#back = old;
    this.#lay();
    old.canvas.replaceWith(this.#front.canvas);
  }

  #lay() {
    if (!this.#drawn) return;
    const { scale, x, y } = this.#laid(this.#drawn);
    this.#front.canvas.style.transform = `matrix(${scale}, 0, 0, ${scale}, ${x}, ${y})`;
  }

  #laid(drawn: View) {
    return carried(drawn, this.#view, this.#margin);
  }

  #picture(): Size {
    const { width, height } = this.#size;
    return { width: width + 2 * this.#margin.x, height: height + 2 * this.#margin.y };
  }
}

function same(a: View, b: View): boolean {
  return a.scale === b.scale && a.dx === b.dx && a.dy === b.dy;
}

function layer(): Layer | null {
  const canvas = document.createElement("canvas");
  canvas.style.cssText =
    "position:absolute;left:0;top:0;transform-origin:0 0;will-change:transform;pointer-events:none";
  const context = canvas.getContext("2d");
  return context ? { canvas, context } : null;
}
