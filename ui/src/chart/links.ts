/** Draws links: curves, arrow heads, dashes, words. */
import type { Paint } from "../bindings/Paint";
import type { SceneLink } from "../bindings/SceneLink";
import type { Colours } from "./colours";
import { channels, lineOf } from "./colours";
import { arrow, at } from "./curves";
import { ground } from "./labels";
import { Pixels } from "./pixels";
import { ARROW_LENGTH, FACE, FAINT, LINE_DASH, LINK_DASH, LINK_LABEL } from "./rules";
import type { Box, Size, View } from "./viewport";
import { overlap } from "./viewport";

/** So many are drawn before somebody else may have the processor. */
const BATCH = 100;
const PIXEL_BATCH = 500;

type Context = CanvasRenderingContext2D;
type Chosen = (link: SceneLink) => boolean;

function colour(link: SceneLink, colours: Colours, chosen: boolean): string {
  if (chosen) return colours.accent;
  return link.colour === null ? colours.line : lineOf(colours, link.colour);
}

/** Links in full; the context is in chart lengths. */
export function* drawLinks(
  context: Context,
  links: readonly SceneLink[],
  colours: Colours,
  chosen: Chosen,
): Generator<void> {
  // Those that look alike are one path.
  const alike = new Map<string, SceneLink[]>();
  for (const link of links) {
    const key = [chosen(link), link.colour, link.width, link.line, link.hypothesis, link.dimmed].join();
    const list = alike.get(key);
    if (list) list.push(link);
    else alike.set(key, [link]);
  }
  for (const list of alike.values()) {
    for (let first = 0; first < list.length; first += BATCH) {
      stroke(context, list.slice(first, first + BATCH), colours, chosen);
      yield;
    }
  }
  context.globalAlpha = 1;
}

function stroke(context: Context, links: readonly SceneLink[], colours: Colours, chosen: Chosen) {
  const [model] = links;
  if (!model) return;
  const is = chosen(model);
  context.globalAlpha = model.dimmed ? FAINT : 1;
  context.strokeStyle = context.fillStyle = colour(model, colours, is);
  context.lineWidth = model.width + (is ? 1.5 : 0);
  context.lineCap = "butt";
  context.setLineDash(model.hypothesis ? LINK_DASH : LINE_DASH[model.line]);
  const curves = new Path2D();
  const heads = new Path2D();
  for (const link of links) {
    // Else the blunt end of the line would stick out at the tip.
    const from = link.back ? short(link.from, link.control) : link.from;
    const to = link.arrow ? short(link.to, link.control) : link.to;
    curves.moveTo(from[0], from[1]);
    curves.quadraticCurveTo(link.control[0], link.control[1], to[0], to[1]);
    for (const tip of [link.arrow && link.to, link.back && link.from]) {
      if (!tip) continue;
      const [a, b, c] = arrow(tip, link.control, link.width);
      heads.moveTo(a.x, a.y);
      heads.lineTo(b.x, b.y);
      heads.lineTo(c.x, c.y);
      heads.closePath();
    }
  }
  context.stroke(curves);
  context.setLineDash([]);
  context.fill(heads);
}

/** Where the line ends at a tip: within the head. */
function short(tip: readonly [number, number], control: readonly [number, number]): [number, number] {
  const away = Math.hypot(tip[0] - control[0], tip[1] - control[1]) || 1;
  const part = Math.min(0.5, (ARROW_LENGTH - 1.5) / away);
  return [tip[0] + (control[0] - tip[0]) * part, tip[1] + (control[1] - tip[1]) * part];
}

/** Where along a link its words may stand that have no place, the best first. */
const PLACES = [0.5, 0.38, 0.62, 0.26, 0.74];
/** Of more chosen links than this the words would cover everything. */
const MOST_CHOSEN = 300;

/**
 * Words of links where there is room for them, and of chosen ones where those leave room, on a ground of their own; the context is in chart lengths.
 */
export function* drawLinkLabels(
  context: Context,
  links: readonly SceneLink[],
  colours: Colours,
  chosen: Chosen,
  alpha: number,
): Generator<void> {
  context.font = `400 ${LINK_LABEL}px ${FACE}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  let drawn = 0;
  // Those that have a place have it to themselves; the others, which are chosen, take what is left.
  const placed = links.filter((link) => link.label !== "" && link.label_at !== null);
  const others = links.filter((link) => link.label !== "" && link.label_at === null && chosen(link));
  others.length = Math.min(others.length, MOST_CHOSEN);
  const taken: Box[] = [];
  for (const link of [...placed, ...others]) {
    const half = others.length > 0 ? context.measureText(link.label).width / 2 : 0;
    const boxes = (link.label_at === null ? PLACES : [link.label_at]).map((part) => {
      const { x, y } = at(link, part);
      return { x, y, box: [x - half, y - LINK_LABEL / 2, x + half, y + LINK_LABEL / 2] as Box };
    });
    const free = boxes.find(
      ({ box }) => link.label_at !== null || !taken.some((other) => overlap(box, other)),
    );
    if (!free) continue;
    const { x, y, box } = free;
    taken.push(box);
    const baseline = y + LINK_LABEL * 0.35;
    const strength = alpha * (link.dimmed ? FAINT : 1);
    ground(context, link.label, x, baseline, LINK_LABEL, colours.surface, strength);
    context.globalAlpha = strength;
    context.fillStyle = colours.ink2;
    context.fillText(link.label, x, baseline);
    if (++drawn % 60 === 0) yield;
  }
  context.globalAlpha = 1;
}

/** Links as straight thin lines in pixels of the picture, which they replace; `view` is in pixels, too. */
export function* drawThin(
  context: Context,
  links: readonly SceneLink[],
  colours: Colours,
  chosen: Chosen,
  view: View,
  { width, height }: Size,
): Generator<void> {
  const pixels = new Pixels(width, height);
  const grey = channels(colours.line);
  const accent = channels(colours.accent);
  const tones = new Map<Paint, [number, number, number]>();
  const tone = (paint: Paint) => {
    const known = tones.get(paint) ?? channels(lineOf(colours, paint));
    tones.set(paint, known);
    return known;
  };
  // The more lines there are, the fainter each is, so that what is dense can be told from what is empty.
  const usual = Math.round(255 * Math.min(1, Math.max(0.35, 1.2 - Math.log10(1 + links.length) / 5)));
  const { scale, dx, dy } = view;
  let drawn = 0;
  for (const link of links) {
    const is = chosen(link);
    const shade = is ? accent : link.colour === null ? grey : tone(link.colour);
    const alpha = is ? 255 : link.dimmed ? usual * FAINT : usual;
    const { from, to } = link;
    pixels.line(
      from[0] * scale + dx,
      from[1] * scale + dy,
      to[0] * scale + dx,
      to[1] * scale + dy,
      shade,
      alpha,
    );
    if (++drawn % PIXEL_BATCH === 0) yield;
  }
  context.putImageData(pixels.image, 0, 0);
  yield;
}
