/** Measures one way of drawing at one size; the driver asks and writes down. */
import "../src/theme/tokens.css";
import "../src/theme/chart.css";
import { CONTESTANTS } from "./contestants";
import { graph } from "./graph";

interface Asked {
  contestant: string;
  entities: number;
  links: number;
  frames: number;
}

interface Figures {
  /** Milliseconds until it was set up. */
  start: number;
  /** Milliseconds between frames, sorted. */
  pan: number[];
  zoom: number[];
}

const frame = () => new Promise<number>((done) => requestAnimationFrame(done));

async function run(frames: number, step: (i: number) => void): Promise<number[]> {
  for (let i = 0; i < 5; i++) await frame();
  const gaps: number[] = [];
  let before = await frame();
  for (let i = 0; i < frames; i++) {
    step(i);
    const now = await frame();
    gaps.push(now - before);
    before = now;
  }
  return gaps.sort((a, b) => a - b);
}

async function measure({ contestant, entities, links, frames }: Asked): Promise<Figures> {
  const stage = document.getElementById("stage");
  const make = CONTESTANTS[contestant];
  if (!stage || !make) throw new Error(`no ${contestant}`);
  const scene = graph(entities, links);
  const began = performance.now();
  const show = await make(stage, scene);
  await frame();
  await frame();
  const start = performance.now() - began;
  const pan = await run(frames, (i) => show(250 * Math.sin(i / 20), 100 * Math.sin(i / 13), 1));
  const zoom = await run(frames, (i) => show(0, 0, 1.25 + 0.25 * Math.sin(i / 12)));
  return { start, pan, zoom };
}

function engine() {
  const gl = document.createElement("canvas").getContext("webgl2");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  return {
    agent: navigator.userAgent,
    webgl: gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : "none",
    offscreen: typeof OffscreenCanvas,
    transfer: typeof HTMLCanvasElement.prototype.transferControlToOffscreen,
    ratio: devicePixelRatio,
  };
}

/** What goes wrong in a frame is told, and not waited for. */
const broken = new Promise<never>((_, fail) =>
  addEventListener("error", ({ message }) => fail(new Error(message))),
);
broken.catch(() => {});
const told = (asked: Asked) => Promise.race([measure(asked), broken]);

Object.assign(window, { bench: { measure: told, engine, contestants: Object.keys(CONTESTANTS) } });
