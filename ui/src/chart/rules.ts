/** The measures by which a scene is drawn, beside those that the scene itself says. A print uses the same. Pixels at scale 1. */
import type { Line } from "../bindings/Line";

export const FACE = '"IBM Plex Sans", "Noto Sans", "DejaVu Sans", sans-serif';
/** Words, but for those on links and in badges, and the distance of their baselines. */
export const TEXT = 12;
export const LEADING = 15;
/** Between a node's edge and the top of its label. */
export const LABEL_GAP = 4;
export const LINK_LABEL = 11;
/** Lines of attributes under a label. */
export const ATTRIBUTE = 11;
/** The light ground behind words: wider than they are by this, and higher than they are by this factor. */
export const GROUND_WIDER = 6;
export const GROUND_HIGHER = 1.3;
export const GROUND_CORNER = 3;
export const GROUND_ALPHA = 0.8;
export const BADGE_TEXT = 10;
export const BADGE = 14;
/** Badges stand this many radii from the centre, in both directions. */
export const BADGE_ASIDE = 0.8;
/** Side of the icon of a flag; flags themselves are as large as badges. */
export const FLAG_ICON = 9;
export const BORDER = 1.5;
/** Side of the icon in radii. */
export const ICON = 1.1;
/** The part of the room within a node that its photo takes. */
export const PHOTO = 0.94;
/** Without the line's width. */
export const ARROW_LENGTH = 9;
export const ARROW_WIDTH = 7;
/** A hypothesis: drawn, left out. */
export const NODE_DASH = [4, 3];
export const LINK_DASH = [6, 4];
/** Lines of what rests on a passage, by their style. */
export const LINE_DASH: Record<Line, number[]> = { solid: [], dashed: [14, 5], dotted: [2, 4] };
/** What the filter sets back keeps this much of its strength. */
export const FAINT = 0.25;
export const FRAME_CORNER = 6;
export const NOTE_MARGIN = 5;
export const NOTE_CORNER = 4;

/** Letters are never smaller than this on the screen, those of what is chosen than the second; what then finds no room is left out. */
export const LEAST_TEXT = 9.5;
export const LEAST_CHOSEN_TEXT = 11;

/** How much of the detail is drawn at a scale: 0 none, 1 all, between them it fades. */
export interface Detail {
  labels: number;
  linkLabels: number;
  icons: number;
  badges: number;
  /** Arrow heads, curves, dashes, widths; else every link is a straight thin line. */
  links: boolean;
  /** Outlines and borders; else every node is a disc. */
  shapes: boolean;
}

/** Below these scales words on links would be under seven pixels, numbers in badges under five, icons under eight, arrow heads two. */
export function detail(scale: number): Detail {
  const fade = (from: number, to: number) => Math.min(1, Math.max(0, (scale - from) / (to - from)));
  return {
    labels: fade(0.24, 0.34),
    linkLabels: fade(0.6, 0.75),
    icons: fade(0.32, 0.42),
    badges: fade(0.5, 0.62),
    links: scale >= 0.24,
    shapes: scale >= 0.14,
  };
}
