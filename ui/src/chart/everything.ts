/** Everything that a case holds, for a chart of all of it. */
import type { Host } from "../host";

/** More entities than one asks for are brought in by batches of so many. */
const BATCH = 1_000;

/** The ids of all entities of the case; links come onto a chart by themselves. */
export async function everything(host: Host): Promise<string[]> {
  const entities: string[] = [];
  let total = 1;
  while (entities.length < total) {
    const query = { type: null, text: null, links: false };
    const found = await host.entities(query, BATCH, entities.length);
    total = found.entities.length === 0 ? 0 : found.total;
    entities.push(...found.entities.map(({ id }) => id));
  }
  return entities;
}
