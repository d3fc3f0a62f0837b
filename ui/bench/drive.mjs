/**
 * Measures how fast the chart is drawn, in the engine that the window uses: `npm run bench` in this folder, after `npm ci` here and in `ui`
 * (`npm run bench -- 'floor|Koplamp'` for some of them only, `ENTITIES=5000` and `ROUNDS=1` in the environment for less).
 * Prints a table: median and 95th percentile of the milliseconds between frames, the best of three rounds.
 */
import { withPages } from "./session.mjs";

const SIZES = [
  [300, 600],
  [1000, 2000],
  [5000, 20000],
].filter(([entities]) => !process.env.ENTITIES || process.env.ENTITIES === String(entities));
const FRAMES = 80;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** The page's script may come after the page. */
const READY =
  "new Promise((ready) => { const look = () => (window.bench ? ready() : setTimeout(look, 50)); look(); })";
const only = process.argv[2];

const part = (sorted, of) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))];
/** The best of the rounds: what else the machine does only ever makes it slower. */
const best = (rounds, of) => Math.min(...rounds.map((round) => of(round))).toFixed(0);
const cell = (rounds) =>
  ["pan", "zoom"]
    .map(
      (what) =>
        `${what} ${[0.5, 0.95].map((of) => best(rounds, (round) => part(round[what], of))).join(" / ")}`,
    )
    .concat(`start ${best(rounds, ({ start }) => start)}`)
    .join(", ");

await withPages(async (session) => {
  const { engine, contestants } = await session("", ({ run }) =>
    run(
      `const done = arguments[0]; ${READY}.then(() => done({ engine: bench.engine(), contestants: bench.contestants }))`,
    ),
  );
  process.stdout.write(
    `${JSON.stringify(engine)}\n| | ${SIZES.map((size) => size.join("/")).join(" | ")} |\n`,
  );
  // Round by round, so that whatever else the machine does meets all alike.
  const rounds = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const contestant of contestants.filter((name) => !only || new RegExp(only).test(name))) {
      for (const [entities, links] of SIZES) {
        const asked = { contestant, entities, links, frames: FRAMES };
        const measure = `const [asked, done] = arguments; ${READY}
          .then(() => bench.measure(asked)).then(done, (error) => done({ wrong: String(error) }))`;
        const figures = await session("", ({ run }) => run(measure, asked));
        if (figures.wrong) throw new Error(`${contestant}: ${figures.wrong}`);
        const key = `${contestant} ${entities}`;
        rounds.set(key, [...(rounds.get(key) ?? []), figures]);
        process.stderr.write(`${key}: ${cell([figures])}\n`);
      }
    }
  }
  for (const contestant of contestants) {
    const cells = SIZES.map(([entities]) => rounds.get(`${contestant} ${entities}`)).filter(Boolean);
    if (cells.length > 0) process.stdout.write(`| ${contestant} | ${cells.map(cell).join(" | ")} |\n`);
  }
});
