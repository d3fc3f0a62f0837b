/** The ways to draw a chart that are compared. Each shows the whole scene and is then moved and scaled, frame by frame. */
import cytoscape from "cytoscape";
import Graph from "graphology";
import Sigma from "sigma";
import SigmaFour from "sigma4";
import type { Scene } from "../src/bindings/Scene";
import { colours } from "../src/chart/colours";
import { draw } from "../src/chart/draw";
import { Picture } from "../src/chart/picture";

/** Shows the scene moved by (x, y) pixels and scaled about the middle. */
export type Show = (x: number, y: number, scale: number) => void;
export type Contestant = (stage: HTMLElement, scene: Scene) => Show | Promise<Show>;

const WIDTH = 1200;
const HEIGHT = 700;
const COLOURS = ["#333", "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"];
const GREY = "#8a919c";

/** Scale and offset at which the whole scene is in view. */
function fit([left, top, right, bottom]: Scene["bounds"]) {
  const scale = Math.min(WIDTH / (right - left), HEIGHT / (bottom - top));
  return {
    scale,
    dx: WIDTH / 2 - ((left + right) / 2) * scale,
    dy: HEIGHT / 2 - ((top + bottom) / 2) * scale,
  };
}

function canvas(stage: HTMLElement, margin = 0): CanvasRenderingContext2D {
  const made = document.createElement("canvas");
  made.className = "own";
  made.width = WIDTH * (1 + 2 * margin);
  made.height = HEIGHT * (1 + 2 * margin);
  made.style.left = `${-margin * WIDTH}px`;
  made.style.top = `${-margin * HEIGHT}px`;
  stage.append(made);
  const context = made.getContext("2d");
  if (!context) throw new Error("no 2D canvas");
  return context;
}

function paint(context: CanvasRenderingContext2D, scene: Scene, scale: number, dx: number, dy: number) {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(scale, 0, 0, scale, dx, dy);
  context.strokeStyle = GREY;
  context.lineWidth = 1 / scale;
  context.beginPath();
  for (const { from, to } of scene.links) {
    context.moveTo(from[0], from[1]);
    context.lineTo(to[0], to[1]);
  }
  context.stroke();
  COLOURS.forEach((colour, place) => {
    context.fillStyle = colour;
    context.beginPath();
    for (const node of scene.nodes) {
      if (node.colour !== place) continue;
      context.moveTo(node.x + node.radius, node.y);
      context.arc(node.x, node.y, node.radius, 0, 7);
    }
    context.fill();
  });
}

/** The frame in which nothing is drawn: what everybody pays. */
const floor: Contestant = (stage) => {
  const context = canvas(stage);
  return (x) => {
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.fillRect(x + 600, 300, 1, 1);
  };
};

const canvas2d: Contestant = (stage, scene) => {
  const context = canvas(stage);
  const { scale, dx, dy } = fit(scene.bounds);
  return (x, y, by) =>
    paint(context, scene, scale * by, (dx - 600) * by + 600 + x, (dy - 350) * by + 350 + y);
};

const moved =
  (margin: number): Contestant =>
  (stage, scene) => {
    const context = canvas(stage, margin);
    const { scale, dx, dy } = fit(scene.bounds);
    paint(context, scene, scale, dx + margin * WIDTH, dy + margin * HEIGHT);
    return (x, y, by) => {
      context.canvas.style.transform = `matrix(${by}, 0, 0, ${by}, ${x}, ${y})`;
    };
  };

const drawn: Contestant = (stage, scene) => {
  const context = canvas(stage);
  const picture = document.createElement("canvas").getContext("2d");
  if (!picture) throw new Error("no 2D canvas");
  picture.canvas.width = WIDTH;
  picture.canvas.height = HEIGHT;
  const { scale, dx, dy } = fit(scene.bounds);
  paint(picture, scene, scale, dx, dy);
  return (x, y, by) => {
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.drawImage(picture.canvas, x, y, WIDTH * by, HEIGHT * by);
  };
};

const pixels: Contestant = (stage, scene) => {
  const context = canvas(stage);
  const image = context.createImageData(WIDTH, HEIGHT);
  const words = new Uint32Array(image.data.buffer);
  const { scale, dx, dy } = fit(scene.bounds);
  return (x, y, by) => {
    words.fill(0);
    const s = scale * by;
    const [ox, oy] = [(dx - 600) * by + 600 + x, (dy - 350) * by + 350 + y];
    for (const { from, to } of scene.links) {
      const [ax, ay] = [from[0] * s + ox, from[1] * s + oy];
      const [bx, by2] = [to[0] * s + ox, to[1] * s + oy];
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by2 - ay))));
      for (let i = 0; i <= steps; i++) {
        const px = (ax + ((bx - ax) * i) / steps) | 0;
        const py = (ay + ((by2 - ay) * i) / steps) | 0;
        if (px >= 0 && py >= 0 && px < WIDTH && py < HEIGHT) words[py * WIDTH + px] = 0xff9c918a;
      }
    }
    for (const node of scene.nodes) {
      const r = Math.max(1, node.radius * s);
      const [cx, cy] = [node.x * s + ox, node.y * s + oy];
      for (let py = Math.max(0, Math.ceil(cy - r)); py <= Math.min(HEIGHT - 1, cy + r); py++) {
        const half = Math.sqrt(Math.max(0, r * r - (py - cy) ** 2));
        words.fill(
          0xff733e00,
          py * WIDTH + Math.min(WIDTH, Math.max(0, Math.round(cx - half))),
          py * WIDTH + Math.min(WIDTH, Math.max(0, Math.round(cx + half))),
        );
      }
    }
    context.putImageData(image, 0, 0);
  };
};

function sigma(Kind: typeof Sigma): Contestant {
  return (stage, scene) => {
    const made = new Graph({ multi: true });
    for (const node of scene.nodes) {
      made.addNode(node.id, {
        x: node.x,
        y: -node.y,
        size: 3,
        color: COLOURS[Number(node.colour)],
        label: node.label[0],
      });
    }
    for (const link of scene.links) {
      made.addEdge(scene.nodes[link.source]?.id, scene.nodes[link.target]?.id, { color: GREY, size: 1 });
    }
    const renderer = new Kind(made, stage, { allowInvalidContainer: true });
    const camera = renderer.getCamera();
    return (x, y, by) =>
      camera.setState({ x: 0.5 - x / WIDTH, y: 0.5 + y / HEIGHT, ratio: 1 / by, angle: 0 });
  };
}

const cyto: Contestant = (stage, scene) => {
  const made = cytoscape({
    container: stage,
    elements: [
      ...scene.nodes.map((node) => ({
        data: { id: node.id, colour: COLOURS[Number(node.colour)] },
        position: { x: node.x, y: node.y },
      })),
      ...scene.links.map((link, i) => ({
        data: { id: `k${i}`, source: scene.nodes[link.source]?.id, target: scene.nodes[link.target]?.id },
      })),
    ],
    layout: { name: "preset" },
    style: [
      { selector: "node", style: { width: 40, height: 40, "background-color": "data(colour)" } },
      { selector: "edge", style: { width: 1.5, "line-color": GREY, "curve-style": "straight" } },
    ],
    hideEdgesOnViewport: false,
    textureOnViewport: false,
  });
  made.fit();
  const [zoom, pan] = [made.zoom(), { ...made.pan() }];
  return (x, y, by) =>
    made.viewport({
      zoom: zoom * by,
      pan: { x: (pan.x - 600) * by + 600 + x, y: (pan.y - 350) * by + 350 + y },
    });
};

/** What the window has: pictures carried along, drawn in slices. `by` sets how near it is. */
const koplamp =
  (by: number): Contestant =>
  async (stage, scene) => {
    const how = { scene, colours: colours(stage), chosen: new Set<string>(), without: new Set<string>() };
    const picture = Picture.on(stage, (context, view, size, ratio, haste) =>
      draw(context, how, view, size, ratio, haste),
    );
    if (!picture) throw new Error("no 2D canvas");
    picture.resize({ width: WIDTH, height: HEIGHT }, devicePixelRatio);
    const whole = fit(scene.bounds);
    const near = (x: number, y: number, factor: number) => ({
      scale: whole.scale * factor,
      dx: (whole.dx - 600) * factor + 600 + x,
      dy: (whole.dy - 350) * factor + 350 + y,
    });
    picture.show(near(0, 0, by));
    while (!picture.settled) await new Promise(requestAnimationFrame);
    return (x, y, factor) => picture.show(near(x, y, by * factor));
  };

export const CONTESTANTS: Record<string, Contestant> = {
  floor,
  "sigma.js 3": sigma(Sigma),
  "sigma.js 4": sigma(SigmaFour as unknown as typeof Sigma),
  "cytoscape.js": cyto,
  "2D canvas": canvas2d,
  "own pixels": pixels,
  "picture drawn": drawn,
  "picture moved": moved(0),
  "picture moved, margin 25%": moved(0.25),
  "picture moved, margin 50%": moved(0.5),
  "Koplamp, all in view": koplamp(1),
  "Koplamp, four times nearer": koplamp(4),
};
