/** Draws a scene, in pieces: between two pieces the window may do something else, so that no frame waits for a large chart. */
import type { Scene } from "../bindings/Scene";
import type { SceneLink } from "../bindings/SceneLink";
import type { SceneNode } from "../bindings/SceneNode";
import type { Colours } from "./colours";
import { bounds } from "./curves";
import { drawLinkLabels, drawLinks, drawThin } from "./links";
import { ranks } from "./naming";
import { drawFrames, drawLabels, drawNodes, drawNotes, type PortraitOf } from "./nodes";
import { detail, LEADING } from "./rules";
import type { Box, Size, View } from "./viewport";
import { seen } from "./viewport";

/** From so many straight links on, pixels by hand are faster than paths. */
const PIXELS_FROM = 1200;
const PIXELS_IN_HASTE = 200;
/** So many links are looked at before somebody else may have the processor. */
const SIGHT_BATCH = 2000;
/** How far a label may reach beside its node. */
const LABEL_REACH = 160;

export interface Drawing {
  scene: Scene;
  colours: Colours;
  /** Ids of nodes and links. */
  chosen: ReadonlySet<string>;
  /** Nodes that are drawn elsewhere, with their links: those that are being dragged. */
  without: ReadonlySet<string>;
  /** The photo of a picture document, once it has come. */
  portrait?: PortraitOf;
}

const over = (a: Box, b: Box) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/**
 * Draws onto an empty picture of `size` CSS pixels, with `ratio` pixels each, what is seen of the scene in `view`. In haste many links become
 * straight thin lines, and words on links are left out.
 */
export function* draw(
  context: CanvasRenderingContext2D,
  { scene, colours, chosen, without, portrait }: Drawing,
  view: View,
  size: Size,
  ratio: number,
  haste = false,
): Generator<void> {
  const part = seen(view, size);
  const much = detail(view.scale);
  const nodes = scene.nodes.filter((node) => !without.has(node.id) && over(reach(node), part));
  yield;
  const links: SceneLink[] = [];
  for (let first = 0; first < scene.links.length; first += SIGHT_BATCH) {
    for (const link of scene.links.slice(first, first + SIGHT_BATCH)) {
      if (over(bounds(link), part) && !moves(scene, link, without)) links.push(link);
    }
    yield;
  }
  const isChosen = (link: SceneLink) => chosen.size > 0 && link.ids.some((id) => chosen.has(id));
  const inPixels = { scale: view.scale * ratio, dx: view.dx * ratio, dy: view.dy * ratio };
  const inChart = () => context.setTransform(inPixels.scale, 0, 0, inPixels.scale, inPixels.dx, inPixels.dy);
  if ((haste || !much.links) && links.length >= (haste ? PIXELS_IN_HASTE : PIXELS_FROM)) {
    const whole = { width: context.canvas.width, height: context.canvas.height };
    yield* drawThin(context, links, colours, isChosen, inPixels, whole);
    // The pixels replaced what was there: frames are pushed under them.
    inChart();
    context.globalCompositeOperation = "destination-over";
    drawFrames(context, scene.frames, colours, view.scale);
    context.globalCompositeOperation = "source-over";
  } else {
    inChart();
    drawFrames(context, scene.frames, colours, view.scale);
    yield* drawLinks(context, much.links ? links : links.map(thin(view.scale)), colours, isChosen);
  }
  if (much.linkLabels > 0 && !haste)
    yield* drawLinkLabels(context, links, colours, isChosen, much.linkLabels);
  yield* drawNodes(context, nodes, colours, chosen, much, portrait);
  const { scale } = view;
  yield* drawLabels(context, colours, { nodes, chosen, ranks: ranks(scene), near: much.labels, scale });
  if (much.labels > 0) drawNotes(context, scene.notes, colours);
}

/** Everything that a node draws, its label included. */
export function reach({ x, y, radius, label, attributes }: SceneNode): Box {
  const wide = Math.max(radius + 16, LABEL_REACH);
  return [x - wide, y - radius - 16, x + wide, y + radius + 8 + LEADING * (label.length + attributes.length)];
}

function moves(scene: Scene, { source, target }: SceneLink, without: ReadonlySet<string>): boolean {
  if (without.size === 0) return false;
  const [a, b] = [scene.nodes[source], scene.nodes[target]];
  return (a !== undefined && without.has(a.id)) || (b !== undefined && without.has(b.id));
}

/** The link as a straight line one pixel wide. */
function thin(scale: number) {
  return (link: SceneLink): SceneLink => ({
    ...link,
    control: [(link.from[0] + link.to[0]) / 2, (link.from[1] + link.to[1]) / 2],
    width: 1 / scale,
    arrow: false,
    back: false,
    hypothesis: false,
    line: "solid",
  });
}
