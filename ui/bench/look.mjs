/** Takes pictures of the drawing surface in the engine of the window: `npm run look -- FOLDER`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { withPages } from "./session.mjs";

const folder = process.argv[2] ?? "/tmp/koplamp-look";
const PAGES = {
  light: "look.html?theme=light&brush",
  dark: "look.html?theme=dark",
  contrast: "look.html?theme=contrast",
  large: "look.html?entities=5000",
};

mkdirSync(folder, { recursive: true });
await withPages(async (session) => {
  for (const [name, page] of Object.entries(PAGES)) {
    if (process.argv[3] && process.argv[3] !== name) continue;
    await session(page, async ({ run, picture }) => {
      const settled = async () => {
        for (let i = 0; i < 100; i++) {
          await pause(100);
          const now = await run(
            "arguments[0](document.querySelector('[data-testid=chart-canvas]')?.koplampChart.settled ?? false)",
          );
          if (now) return;
        }
      };
      await settled();
      writeFileSync(`${folder}/${name}.png`, await picture());
      await run("chart().zoom(2.2); arguments[0]()");
      await settled();
      writeFileSync(`${folder}/${name}-near.png`, await picture());
    });
  }
});
