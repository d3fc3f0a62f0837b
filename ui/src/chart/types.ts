/** What the drawing surface says to those who use it, and what it can be told. */
import type { Under } from "./gestures";
import type { Place } from "./places";
import type { Point, Size, View } from "./viewport";

/** Something on the chart, and where it is on the page. */
export interface Spot {
  under: Under;
  /** In CSS pixels of the window. */
  page: Point;
  /** In chart lengths. */
  chart: Point;
}

/** What the drawing surface can be told. */
export interface Canvas {
  fit(): void;
  /** What lies over the surface came, went or changed its size. */
  uncover(): void;
  centre(ids: Iterable<string>): void;
  reveal(ids: Iterable<string>): void;
  zoom(factor: number): void;
  focus(): void;
  worldToScreen(x: number, y: number): Point;
  screenToWorld(x: number, y: number): Point;
  middle(): Point;
}

/** What of a chart is on screen, and on how large a surface. */
export interface Seen {
  view: View;
  size: Size;
  /** Whether it is the whole chart, which is then still shown whole on a larger or smaller surface. */
  whole: boolean;
}

/** The geometry as it is drawn, in CSS pixels of the surface; for tests that compare it with a print. */
export interface Drawn {
  scale: number;
  dx: number;
  dy: number;
  /** Whether the picture is finished and at rest. */
  settled: boolean;
  nodes: { id: string; x: number; y: number; radius: number; dimmed: boolean }[];
  links: {
    ids: string[];
    from: [number, number];
    control: [number, number];
    to: [number, number];
    dimmed: boolean;
  }[];
}

/** What stands beside the chart. */
export type Panel = "filter" | "style" | "paths" | "brokers" | "measures" | "hidden" | "overlay";
/** What is asked for by one line of words. */
export type Naming = "new" | "everything" | "rename" | "snapshot" | "group" | "fold" | "note" | "filter";
/** What is being made on the chart. */
export type Making =
  | { what: "entity"; at: Place | null }
  | { what: "link"; source: string; target: string | null };
