/** What the drawing surface of a chart shows and does, apart from the elements it is shown with. */
import type { Scene } from "../bindings/Scene";
import type { SceneNode } from "../bindings/SceneNode";
import { type Moved, placesAfter, withMoved } from "./drag";
import { type Choosing, chosenAfter, type Doing, Gestures, type Tool, type Under } from "./gestures";
import { inBox, inLasso, linkAt, nodeAt, readingOrder } from "./hit";
import type { Command } from "./keys";
import type { PortraitOf } from "./nodes";
import { LEAST_TEXT, TEXT } from "./rules";
import type { Drawn, Seen, Spot } from "./types";
import * as viewport from "./viewport";

export interface SurfaceProps {
  scene: Scene;
  /** Ids of nodes and links. */
  selection: ReadonlySet<string>;
  /** What it is called, for the ear. */
  name: string;
  /** What dragging the ground does; Shift always draws a box, Alt a lasso. */
  tool?: Tool;
  /** A node in words, for the ear; its label and its number of links if this is left out. */
  describe?: (node: SceneNode) => string;
  /** What was seen when it was last shown: that is what it begins with. The whole chart if this is left out. */
  start?: Seen | null;
  /** What lies over the surface, as boxes of its CSS pixels: what is brought into view is not put under it. */
  covered?: () => viewport.Box[];
  /** The photo of a picture document, once it has come; `arrived` changes when one does. */
  portrait?: PortraitOf;
  arrived?: number;
  onselect?: (ids: Set<string>) => void;
  /** Nodes were moved. Until the promise is fulfilled they are shown where they were put. */
  onmove?: (moved: Moved[]) => unknown;
  /** Enter on a node. */
  onopen?: (id: string) => void;
  /** Double click, or Shift+Enter, on a node. */
  onexpand?: (id: string) => void;
  /** A link was clicked: the links that it stands for. */
  onlink?: (ids: string[]) => void;
  onmenu?: (spot: Spot) => void;
  /** What the pointer rests on; null when it is nothing any more. */
  onhover?: (spot: Spot | null) => void;
  /** Something was dropped here; the place is in chart lengths. */
  ondropitem?: (data: DataTransfer, x: number, y: number) => void;
  /** Somebody, or something for somebody, has chosen what is seen. */
  onview?: (seen: Seen) => void;
}

/** Screen pixels around a link or a node that still count as on it. */
const NEAR = 5;
/** Milliseconds until a move by keys is taken to be over. */
const NUDGED = 450;
/** Screen pixels between words and the edge of the surface, where all of the chart is shown. */
const WORDS_ASIDE = 4;
/** Width of a letter in heights of the typeface. */
const LETTER = 0.55;
/** What is brought into the middle is at least this large, if it fits. */
const READABLE = 0.7;

export const NONE: ReadonlySet<string> = new Set();

export class Surface implements Doing {
  view = $state.raw<viewport.View>({ scale: 1, dx: 0, dy: 0 });
  size = $state.raw<viewport.Size>({ width: 0, height: 0 });
  /** Nodes that are elsewhere than the scene says, and by how much. */
  moved = $state.raw<ReadonlySet<string>>(NONE);
  by = $state.raw<viewport.Point>({ x: 0, y: 0 });
  /** The node that the keyboard is at. */
  focused = $state<string | null>(null);
  /** Whether the keyboard was used last. */
  keyboard = $state(false);
  hovered = $state.raw<Under>({ on: "ground" });
  shownBand = $state.raw<{ points: readonly viewport.Point[]; closed: "box" | "lasso" } | null>(null);
  readonly gestures: Gestures;

  readonly #read: () => SurfaceProps;
  /** Whether a person, or somebody who uses this, has chosen what is seen. */
  #placed = false;
  /** Whether the whole chart was brought into view, and nothing else since. */
  #whole = false;
  #nudging: ReturnType<typeof setTimeout> | undefined;
  #dropped = 0;

  constructor(props: () => SurfaceProps) {
    this.#read = props;
    this.gestures = new Gestures(this);
    const { start } = props();
    if (!start) return;
    this.#placed = true;
    this.view = start.view;
    this.size = start.size;
    this.#whole = start.whole;
  }

  get #props(): SurfaceProps {
    return this.#read();
  }

  get #scene(): Scene {
    return this.#props.scene;
  }

  node(id: string | null): SceneNode | null {
    return id === null ? null : (this.#scene.nodes.find((node) => node.id === id) ?? null);
  }

  /** How many links a node has on the chart. */
  links(node: SceneNode): number {
    const place = this.#scene.nodes.indexOf(node);
    return this.#scene.links.filter(({ source, target }) => source === place || target === place).length;
  }

  /** What is on screen now. */
  get seen(): Seen {
    return { view: this.view, size: this.size, whole: this.#whole };
  }

  show(view: viewport.View, whole = false) {
    this.#placed = true;
    this.#whole = whole;
    this.view = view;
    this.#props.onview?.(this.seen);
  }

  /** There is more or less room: whoever looked at the whole chart still does, else the middle stays the middle, at the same scale. */
  resize(size: viewport.Size) {
    // A surface that is just coming or going has no size yet.
    if (size.width === 0 || size.height === 0) return;
    const before = this.size;
    this.size = size;
    if (!this.#placed || before.width === 0) return;
    if (this.#whole) this.showAll();
    else this.pan((size.width - before.width) / 2, (size.height - before.height) / 2);
  }

  /** The whole chart into view. */
  showAll() {
    this.show(this.#all(), this.#scene.nodes.length > 0);
  }

  /** Something lies over the surface, or does no longer: whoever looked at the whole chart still does. */
  uncover() {
    if (this.#whole) this.showAll();
  }

  /**
   * A view for the whole surface if none of these nodes lies under something there, else for the part of it that is free and shows them
   * largest. `view` makes it for a surface of a size.
   */
  #clear(nodes: readonly SceneNode[], view: (size: viewport.Size) => viewport.View): viewport.View {
    const covered = this.#props.covered?.() ?? [];
    const [whole, ...rest] = viewport.free(this.size, covered).map(([left, top, right, bottom]) => {
      const here = view({ width: right - left, height: bottom - top });
      return viewport.pan(here, left, top);
    });
    if (!whole || this.#hidden(nodes, whole, covered).length === 0) return whole ?? view(this.size);
    return rest.sort((one, other) => other.scale - one.scale)[0] ?? whole;
  }

  /** Those of these nodes that lie under something in a view. */
  #hidden(nodes: readonly SceneNode[], view: viewport.View, covered: readonly viewport.Box[]): SceneNode[] {
    if (covered.length === 0) return [];
    return nodes.filter((node) => {
      const box = withWords(node, view);
      return covered.some((one) => viewport.overlap(one, box));
    });
  }

  /** Until somebody chooses what is seen, all of it is. */
  showFirst() {
    if (this.#placed || this.size.width === 0 || this.#scene.nodes.length === 0) return;
    this.view = this.#all();
  }

  #all(): viewport.View {
    const { bounds, nodes } = this.#scene;
    return this.#clear(nodes, (size) => {
      const view = viewport.fitting(bounds, size);
      // Words do not shrink with the chart: at the sides they may need more room than the chart says.
      const words = viewport.around(nodes.map((node) => withWords(node, view)));
      const left = Math.max(0, WORDS_ASIDE - (words?.[0] ?? WORDS_ASIDE));
      const right = Math.max(0, (words?.[2] ?? 0) - (size.width - WORDS_ASIDE));
      if (left + right === 0 || left + right > size.width / 2) return view;
      return viewport.pan(viewport.fitting(bounds, { ...size, width: size.width - left - right }), left, 0);
    });
  }

  /** These into the middle, no smaller than they are now unless they would not fit. */
  centre(ids: Iterable<string>) {
    const wanted = this.#wanted(ids);
    const box = viewport.around(wanted.map(body));
    if (!box) return;
    const middle = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
    const view = this.#clear(wanted, (size) => {
      const most = viewport.fitting(box, size, 64).scale;
      return viewport.centred(middle, Math.min(most, Math.max(this.view.scale, READABLE)), size);
    });
    this.show(view);
  }

  #wanted(ids: Iterable<string>): SceneNode[] {
    const wanted = new Set(ids);
    return this.#scene.nodes.filter((node) => wanted.has(node.id));
  }

  /** These into the middle, where not all of them are in sight. */
  reveal(ids: Iterable<string>) {
    const wanted = this.#wanted(ids);
    const box = viewport.around(wanted.map(body));
    if (!box) return;
    const [left, top, right, bottom] = viewport.seen(this.view, this.size, 1);
    const outside = box[0] < left || box[1] < top || box[2] > right || box[3] > bottom;
    const under = this.#hidden(wanted, this.view, this.#props.covered?.() ?? []);
    if (outside || under.length > 0) this.centre(wanted.map(({ id }) => id));
  }

  // What gestures do.

  under({ x, y }: viewport.Point): Under {
    const point = viewport.toChart(this.view, x, y);
    const near = NEAR / this.view.scale;
    const node = nodeAt(this.#scene, point, near / 2);
    if (node) return { on: "node", id: node.id };
    const link = linkAt(this.#scene, point, near);
    return link ? { on: "link", ids: link.ids } : { on: "ground" };
  }

  pan(x: number, y: number) {
    this.show(viewport.pan(this.view, x, y));
  }

  zoom(factor: number, at?: viewport.Point) {
    const middle = { x: this.size.width / 2, y: this.size.height / 2 };
    this.show(viewport.zoomAt(this.view, factor, at ?? middle));
  }

  choose(what: Under, how: Choosing) {
    if (what.on === "node") this.focused = what.id;
    this.chooseAll(what.on === "ground" ? [] : what.on === "node" ? [what.id] : what.ids, how);
    if (what.on === "link" && how === "replace") this.#props.onlink?.(what.ids);
  }

  chooseAll(ids: readonly string[], how: Choosing) {
    const nothing = ids.length === 0 && (how !== "replace" || this.#props.selection.size === 0);
    if (!nothing) this.#props.onselect?.(chosenAfter(this.#props.selection, ids, how));
  }

  band(points: readonly viewport.Point[], closed: "box" | "lasso") {
    this.shownBand = points.length > 0 ? { points: [...points], closed } : null;
  }

  banded(points: readonly viewport.Point[], closed: "box" | "lasso", how: Choosing) {
    const corners = points.map((point) => viewport.toChart(this.view, point.x, point.y));
    const [a, b] = corners;
    const found = closed === "lasso" ? inLasso(this.#scene, corners) : a && b ? inBox(this.#scene, a, b) : [];
    this.chooseAll(
      found.map((node) => node.id),
      how,
    );
  }

  lift(id: string, how: Choosing) {
    this.endNudge();
    this.focused = id;
    const { selection } = this.#props;
    const chosen = this.#scene.nodes.filter((node) => selection.has(node.id)).map((node) => node.id);
    if (!selection.has(id)) this.chooseAll([id], how);
    this.moved = new Set(selection.has(id) ? chosen : how === "add" ? [...chosen, id] : [id]);
    this.by = { x: 0, y: 0 };
  }

  carry(x: number, y: number) {
    this.by = { x: x / this.view.scale, y: y / this.view.scale };
  }

  /** Hands on where the moved nodes are; they stay there until the scene says so, too. */
  async drop() {
    const mine = ++this.#dropped;
    const far = Math.hypot(this.by.x, this.by.y) * this.view.scale >= 0.5;
    try {
      if (far) await this.#props.onmove?.(placesAfter(this.#scene, this.moved, this.by.x, this.by.y));
    } finally {
      if (mine === this.#dropped) this.settle();
    }
  }

  putBack() {
    this.moved = NONE;
    this.by = { x: 0, y: 0 };
  }

  /** Everything is where the scene says, unless somebody is just moving it. */
  settle() {
    if (!this.gestures.busy && this.#nudging === undefined && this.moved !== NONE) this.putBack();
  }

  hover(what: Under, spot: () => Spot) {
    const name = (what: Under) => (what.on === "node" ? what.id : what.on === "link" ? what.ids.join() : "");
    if (what.on === this.hovered.on && name(what) === name(this.hovered)) return;
    this.hovered = what;
    this.#props.onhover?.(what.on === "ground" ? null : spot());
  }

  // What keys do.

  /** Does what a key says; false when it is not for the chart. */
  obey(what: Command, corner: viewport.Point): boolean {
    const { selection, onselect } = this.#props;
    switch (what.do) {
      case "pan":
        this.pan(what.x, what.y);
        return true;
      case "zoom":
        this.zoom(what.factor);
        return true;
      case "fit":
        this.showAll();
        return true;
      case "nudge":
        this.#nudge(what.x, what.y);
        return true;
      case "next":
      case "previous":
        return this.#step(what.do === "next" ? 1 : -1);
      case "all":
        onselect?.(new Set(this.#scene.nodes.map((node) => node.id)));
        return true;
      case "none":
        if (selection.size === 0) return false;
        onselect?.(new Set());
        return true;
      default:
        return this.#obeyAt(what.do, corner);
    }
  }

  #obeyAt(what: "open" | "toggle" | "expand" | "menu", corner: viewport.Point): boolean {
    const node = this.node(this.focused);
    if (!node) return false;
    const { id, x, y } = node;
    if (what === "open") this.#props.onopen?.(id);
    if (what === "expand") this.#props.onexpand?.(id);
    if (what === "toggle") this.chooseAll([id], "toggle");
    if (what === "menu") {
      const at = viewport.toScreen(this.view, x, y);
      const page = { x: corner.x + at.x, y: corner.y + at.y };
      this.#props.onmenu?.({ under: { on: "node", id }, page, chart: { x, y } });
    }
    return true;
  }

  /** To the next node in reading order; past the last, the focus leaves the chart. */
  #step(by: 1 | -1): boolean {
    const order = readingOrder(this.#scene);
    const now = order.findIndex((node) => node.id === this.focused);
    const node = order[now < 0 ? (by > 0 ? 0 : order.length - 1) : now + by];
    this.keyboard = true;
    this.focused = node?.id ?? null;
    if (!node) return false;
    this.show(viewport.reveal(this.view, body(node), this.size));
    return true;
  }

  #nudge(x: number, y: number) {
    const { selection } = this.#props;
    const ids = this.#scene.nodes.filter((node) => selection.has(node.id)).map((node) => node.id);
    if (ids.length === 0 && this.focused !== null) ids.push(this.focused);
    if (ids.length === 0 || this.gestures.busy) return;
    const going = this.#nudging !== undefined;
    clearTimeout(this.#nudging);
    this.#nudging = setTimeout(() => this.endNudge(), NUDGED);
    this.by = going ? { x: this.by.x + x, y: this.by.y + y } : { x, y };
    if (!going) this.moved = new Set(ids);
  }

  /** Moving by keys is over: the places are handed on. */
  endNudge() {
    if (this.#nudging === undefined) return;
    clearTimeout(this.#nudging);
    this.#nudging = undefined;
    this.drop();
  }

  /** The geometry as it is drawn now. */
  drawn(settled: boolean): Drawn {
    const { view } = this;
    const now = this.moved.size > 0 ? withMoved(this.#scene, this.moved, this.by.x, this.by.y) : this.#scene;
    const place = ([x, y]: readonly [number, number]): [number, number] => {
      const at = viewport.toScreen(view, x, y);
      return [at.x, at.y];
    };
    return {
      ...view,
      settled,
      nodes: now.nodes.map(({ id, x, y, radius, dimmed }) => ({
        id,
        dimmed,
        ...viewport.toScreen(view, x, y),
        radius: radius * view.scale,
      })),
      links: now.links.map(({ ids, from, control, to, dimmed }) => ({
        ids,
        dimmed,
        from: place(from),
        control: place(control),
        to: place(to),
      })),
    };
  }
}

/** A node with its label as they lie on the screen; the width of the words is that of their letters on average. */
function withWords(node: SceneNode, view: viewport.View): viewport.Box {
  const [left, top, right, bottom] = viewport.onScreen(view, body(node));
  const middle = (left + right) / 2;
  const letters = Math.max(0, ...node.label.map((line) => line.length));
  const half = Math.max((right - left) / 2, (letters * LETTER * Math.max(TEXT * view.scale, LEAST_TEXT)) / 2);
  return [middle - half, top, middle + half, bottom];
}

/** A node with its label. */
function body({ x, y, radius, label }: SceneNode): viewport.Box {
  return [x - radius, y - radius, x + radius, y + radius + 4 + 15 * label.length];
}
