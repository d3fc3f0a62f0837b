/** What the drawing surface says to those who use it. */
import type { Under } from "./gestures";
import type { Point } from "./viewport";

/** Something on the chart, and where it is on the page. */
export interface Spot {
  under: Under;
  /** In CSS pixels of the window. */
  page: Point;
  /** In chart lengths. */
  chart: Point;
}

/** The geometry as it is drawn, in CSS pixels of the surface; for tests that compare it with a print. */
export interface Drawn {
  scale: number;
  dx: number;
  dy: number;
  /** Whether the picture is finished and at rest. */
  settled: boolean;
  nodes: { id: string; x: number; y: number; radius: number }[];
  links: { ids: string[]; from: [number, number]; control: [number, number]; to: [number, number] }[];
}
