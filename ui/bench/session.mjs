/** The engine that the window uses, driven from outside: Xvfb, WebKitWebDriver, and the MiniBrowser that comes with WebKitGTK. */
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { build, preview } from "vite";

const BROWSER = process.env.MINIBROWSER ?? "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const DISPLAY = process.env.BENCH_DISPLAY ?? ":93";
const PORT = Number(process.env.BENCH_PORT ?? 4793);

/** Builds and serves the pages of this folder; `work` gets `session(page, work)`. */
export async function withPages(work) {
  const configFile = `${import.meta.dirname}/vite.config.ts`;
  await build({ configFile, logLevel: "error" });
  const pages = await preview({
    configFile,
    preview: { port: PORT + 1, strictPort: true, host: "127.0.0.1" },
  });
  const started = [
    spawn("Xvfb", [DISPLAY, "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], { stdio: "ignore" }),
  ];
  try {
    await pause(1000);
    started.push(
      spawn("WebKitWebDriver", [`--port=${PORT}`], { stdio: "ignore", env: { ...process.env, DISPLAY } }),
    );
    await pause(1000);
    return await work(session);
  } finally {
    for (const child of started.reverse()) child.kill();
    await pages.close();
  }
}

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
  });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function session(page, work) {
  const { sessionId } = await ask("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        browserName: "MiniBrowser",
        "webkitgtk:browserOptions": { binary: BROWSER, args: ["--automation"] },
      },
    },
  });
  const at = `/session/${sessionId}`;
  try {
    await ask("POST", `${at}/timeouts`, { script: 300_000 });
    await ask("POST", `${at}/window/rect`, { x: 0, y: 0, width: 1280, height: 840 });
    await ask("POST", `${at}/url`, { url: `http://127.0.0.1:${PORT + 1}/${page}` });
    return await work({
      run: (script, ...args) => ask("POST", `${at}/execute/async`, { script, args }),
      actions: (...actions) => ask("POST", `${at}/actions`, { actions }),
      picture: async () => Buffer.from(await ask("GET", `${at}/screenshot`), "base64"),
    });
  } finally {
    await ask("DELETE", at).catch(() => {});
  }
}
