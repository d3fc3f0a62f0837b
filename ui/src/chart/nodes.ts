/** Draws nodes: outline, icon, badges, label; frames and notes. */
import type { SceneFrame } from "../bindings/SceneFrame";
import type { SceneNode } from "../bindings/SceneNode";
import type { SceneNote } from "../bindings/SceneNote";
import type { Shape } from "../bindings/Shape";
import { ICON_SIDE } from "../entities/icons";
import { number } from "../locale/format";
import type { Colours } from "./colours";
import { lineOf, tintOf } from "./colours";
import { icon } from "./icons";
import { ground, length } from "./labels";
import { type Named, type Naming, named } from "./naming";
import {
  ATTRIBUTE,
  BADGE,
  BADGE_ASIDE,
  BADGE_TEXT,
  BORDER,
  type Detail,
  FACE,
  FAINT,
  FLAG_ICON,
  FRAME_CORNER,
  ICON,
  LEADING,
  NODE_DASH,
  NOTE_CORNER,
  NOTE_MARGIN,
  PHOTO,
  TEXT,
} from "./rules";
import { CORNERS, outline } from "./shapes";

type Context = CanvasRenderingContext2D;

const WORDS = `400 ${TEXT}px ${FACE}`;
const SMALL = `400 ${ATTRIBUTE}px ${FACE}`;

/** The photo of a picture document; null as long as it has not come. */
export type PortraitOf = (document: string) => CanvasImageSource | null;

/** Of so many nodes of a picture the photo is asked for: more are too small to be looked at. */
const PHOTOS = 250;

/** Nodes without their labels; the context is in chart lengths. */
export function* drawNodes(
  context: Context,
  nodes: readonly SceneNode[],
  colours: Colours,
  chosen: ReadonlySet<string>,
  much: Detail,
  portrait: PortraitOf = () => null,
): Generator<void> {
  if (!much.shapes) {
    yield* drawDiscs(context, nodes, colours, chosen);
    return;
  }
  let [drawn, photos] = [0, 0];
  for (const node of nodes) {
    const shown = node.photo !== null && much.icons > 0 && ++photos <= PHOTOS ? portrait(node.photo) : null;
    drawNode(context, node, colours, chosen.has(node.id), much, shown);
    if (++drawn % 20 === 0) yield;
  }
  context.globalAlpha = 1;
}

function drawNode(
  context: Context,
  node: SceneNode,
  colours: Colours,
  chosen: boolean,
  much: Detail,
  photo: CanvasImageSource | null,
) {
  const { x, y, radius } = node;
  const border = lineOf(colours, node.colour);
  const faint = node.dimmed ? FAINT : 1;
  const path = new Path2D();
  outline(path, node.shape, x, y, radius);
  // The links under a faint node do not show through.
  context.globalAlpha = 1;
  context.fillStyle = colours.surface;
  context.fill(path);
  if (chosen) {
    const ring = new Path2D();
    outline(ring, node.shape, x, y, radius + (node.shape === "triangle" ? 8 : 5));
    context.strokeStyle = colours.accent;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.stroke(ring);
  }
  context.globalAlpha = faint;
  context.fillStyle = tintOf(colours, node.colour);
  context.fill(path);
  context.strokeStyle = border;
  context.lineWidth = BORDER;
  context.lineJoin = "round";
  context.setLineDash(node.hypothesis ? NODE_DASH : []);
  context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = much.icons * faint;
  if (photo) round(context, photo, x, y, photoRadius(node.shape, radius));
  else if (much.icons > 0) sign(context, node.icon, x, y, radius * ICON, colours.ink2);
  if (much.badges === 0) return;
  context.globalAlpha = much.badges * faint;
  const aside = radius * BADGE_ASIDE;
  const { surface, ink2, line } = colours;
  if (node.count > 1) badge(context, number(node.count), x + aside, y + aside, ink2, surface, surface);
  if (node.more > 0) badge(context, `+${number(node.more)}`, x + aside, y - aside, surface, line, ink2);
  node.flags.forEach(({ icon, colour }, place) => {
    flag(context, icon, x - aside - place * BADGE, y + aside, colour, colours);
  });
  if (node.pinned) pin(context, x - radius * 0.7, y - radius * 0.7, colours);
}

/** Radius of the photo within a node. */
export function photoRadius(shape: Shape, radius: number): number {
  const corners = CORNERS[shape].length;
  return radius * (corners === 0 ? 1 : Math.cos(Math.PI / corners)) * PHOTO;
}

/** A photo, cut round. */
function round(context: Context, photo: CanvasImageSource, x: number, y: number, radius: number) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.clip();
  context.imageSmoothingQuality = "high";
  context.drawImage(photo, x - radius, y - radius, 2 * radius, 2 * radius);
  context.restore();
}

/** An icon with its middle at a place; of a name that is not known, nothing. */
function sign(context: Context, name: string, x: number, y: number, side: number, ink: string) {
  const path = icon(name);
  if (!path) return;
  context.save();
  context.translate(x - side / 2, y - side / 2);
  context.scale(side / ICON_SIDE, side / ICON_SIDE);
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.lineCap = context.lineJoin = "round";
  context.stroke(path);
  context.restore();
}

function flag(context: Context, name: string, x: number, y: number, colour: number, colours: Colours) {
  context.beginPath();
  context.arc(x, y, BADGE / 2, 0, 2 * Math.PI);
  context.fillStyle = colours.surface;
  context.fill();
  context.fillStyle = colours.tint[colour] ?? colours.surface;
  context.fill();
  context.strokeStyle = colours.border[colour] ?? colours.line;
  context.lineWidth = 1;
  context.stroke();
  sign(context, name, x, y, FLAG_ICON, colours.ink);
}

function badge(
  context: Context,
  text: string,
  x: number,
  y: number,
  ground: string,
  line: string,
  ink: string,
) {
  context.font = `600 ${BADGE_TEXT}px ${FACE}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const width = Math.max(BADGE, length(context, text) + 8);
  context.beginPath();
  context.roundRect(x - width / 2, y - BADGE / 2, width, BADGE, BADGE / 2);
  context.fillStyle = ground;
  context.fill();
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = ink;
  context.fillText(text, x, y + 3.5);
}

/** Only on the screen: layouts leave it where it is. */
function pin(context: Context, x: number, y: number, colours: Colours) {
  context.beginPath();
  context.arc(x, y, 3.5, 0, 2 * Math.PI);
  context.fillStyle = colours.ink2;
  context.fill();
  context.strokeStyle = colours.surface;
  context.lineWidth = 1.5;
  context.stroke();
}

/** Far away: filled discs, all of one colour as one path. */
function* drawDiscs(
  context: Context,
  nodes: readonly SceneNode[],
  colours: Colours,
  chosen: ReadonlySet<string>,
): Generator<void> {
  const alike = new Map<string, SceneNode[]>();
  for (const node of nodes) {
    const key = chosen.has(node.id) ? "chosen" : `${node.colour},${node.dimmed}`;
    const list = alike.get(key);
    if (list) list.push(node);
    else alike.set(key, [node]);
  }
  for (const [key, list] of alike) {
    const is = key === "chosen";
    for (let first = 0; first < list.length; first += 500) {
      context.globalAlpha = !is && list[0]?.dimmed ? FAINT : 1;
      context.fillStyle = is ? colours.accent : lineOf(colours, list[0]?.colour ?? 0);
      context.beginPath();
      for (const { x, y, radius } of list.slice(first, first + 500)) {
        const size = is ? radius * 1.5 : radius;
        context.moveTo(x + size, y);
        context.arc(x, y, size, 0, 2 * Math.PI);
      }
      context.fill();
      yield;
    }
  }
  context.globalAlpha = 1;
}

/** Labels of nodes, those that {@link named} chooses; the context is in chart lengths. */
export function* drawLabels(
  context: Context,
  colours: Colours,
  asked: Omit<Naming, "width">,
): Generator<void> {
  context.font = WORDS;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  let drawn = 0;
  for (const one of named({ ...asked, width: (lines, beneath) => widest(context, lines, beneath) })) {
    if (one) label(context, one, colours);
    if (++drawn % 20 === 0) yield;
  }
  context.globalAlpha = 1;
}

function widest(context: Context, lines: readonly string[], beneath: readonly string[]): number {
  const wide = Math.max(0, ...lines.map((line) => length(context, line)));
  if (beneath.length === 0) return wide;
  context.font = SMALL;
  const wider = Math.max(wide, ...beneath.map((line) => length(context, line)));
  context.font = WORDS;
  return wider;
}

function label(context: Context, { node, lines, beneath, top, zoom, strength }: Named, colours: Colours) {
  context.save();
  context.translate(node.x, top);
  context.scale(zoom, zoom);
  lines.forEach((line, place) => {
    ground(context, line, 0, TEXT + place * LEADING, TEXT, colours.surface, strength);
  });
  context.globalAlpha = strength;
  context.fillStyle = colours.ink;
  lines.forEach((line, place) => {
    context.fillText(line, 0, TEXT + place * LEADING);
  });
  if (beneath.length > 0) attributes(context, beneath, TEXT + lines.length * LEADING, strength, colours);
  context.restore();
}

/** Lines of attributes, the first on this baseline. */
function attributes(
  context: Context,
  lines: readonly string[],
  baseline: number,
  strength: number,
  colours: Colours,
) {
  context.font = SMALL;
  lines.forEach((line, place) => {
    ground(context, line, 0, baseline + place * LEADING, ATTRIBUTE, colours.surface, strength);
  });
  context.globalAlpha = strength;
  context.fillStyle = colours.ink2;
  lines.forEach((line, place) => {
    context.fillText(line, 0, baseline + place * LEADING);
  });
}

export function drawFrames(context: Context, frames: readonly SceneFrame[], colours: Colours, scale: number) {
  for (const { name, bounds } of frames) {
    const [left, top, right, bottom] = bounds;
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, FRAME_CORNER);
    context.fillStyle = colours.frame;
    context.fill();
    context.strokeStyle = colours.line;
    context.lineWidth = Math.max(1, 0.8 / scale);
    context.stroke();
    // The name is readable from further away than labels: it is what tells groups apart.
    const size = Math.max(TEXT, Math.min(TEXT / scale, TEXT * 3));
    context.font = `600 ${size}px ${FACE}`;
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.fillStyle = colours.ink2;
    context.fillText(name, left, top - 5);
  }
}

export function drawNotes(context: Context, notes: readonly SceneNote[], colours: Colours) {
  context.font = WORDS;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.lineWidth = 1;
  for (const { x, y, text } of notes) {
    const width = Math.max(0, ...text.map((line) => length(context, line))) + 2 * NOTE_MARGIN;
    const height = text.length * LEADING + 2 * NOTE_MARGIN;
    context.beginPath();
    context.roundRect(x - NOTE_MARGIN, y - NOTE_MARGIN, width, height, NOTE_CORNER);
    context.fillStyle = colours.note;
    context.fill();
    context.globalAlpha = 0.4;
    context.strokeStyle = colours.noteLine;
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = colours.ink;
    text.forEach((line, place) => {
      context.fillText(line, x, y + TEXT - 1 + place * LEADING);
    });
  }
}
