/** What a person makes on a chart: entities and links that rest on no passage yet. */
import type { Recorded } from "../bindings/Recorded";
import type { Said } from "../bindings/Said";
import type { Stated } from "../bindings/Stated";
import type { ChartDesk } from "./chart.svelte";
import type { Place } from "./places";

/** States things for the remembered organisation and purpose; null where it was refused. */
async function state(chart: ChartDesk, things: Stated["things"], at: Place | null): Promise<string[] | null> {
  const { desk, id, standing } = chart;
  if (!standing) return null;
  let recorded: Recorded | null = null;
  const place =
    at && id !== null ? { chart: id, x: Math.round(at.x * 100), y: Math.round(at.y * 100) } : null;
  await desk.act(async () => {
    recorded = await desk.host.stateFacts({
      passage: null,
      organisation: standing.organisation,
      purpose: standing.purpose,
      marking: null,
      grade: null,
      things,
      chart: place,
    });
    return recorded.change;
  });
  return (recorded as Recorded | null)?.entities ?? null;
}

/** Makes an entity of this type and name at a place; the answer is its id. */
export async function makeEntity(
  chart: ChartDesk,
  kind: string,
  name: string,
  at: Place,
): Promise<string | null> {
  const property = chart.desk.facts.types.caption(kind)[0] ?? "name";
  const value: Said = { text: name };
  const says = [{ property, value, valid_from: null, valid_to: null }];
  const made = await state(chart, [{ entity: null, type: kind, says }], at);
  return made?.[0] ?? null;
}

/** Links two entities; the answer is the link's id. */
export async function makeLink(chart: ChartDesk, kind: string, source: string, target: string) {
  const ends = chart.desk.facts.types.ends(kind);
  if (!ends) return null;
  const end = (property: string, entity: string) => {
    const value: Said = { entity };
    return { property, value, valid_from: null, valid_to: null };
  };
  const says = [end(ends.source, source), end(ends.target, target)];
  const made = await state(chart, [{ entity: null, type: kind, says }], null);
  return made?.[0] ?? null;
}
