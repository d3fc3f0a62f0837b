/** Judging whether entities are one. */
import type { Match } from "../bindings/Match";
import type { Desk } from "../frame/desk.svelte";
import { t } from "../locale/text";

/** Why they are one, as the explanation says it; what the log and the page of the entity keep. */
export function reason(desk: Desk, match: Match): string {
  const names = match.agrees.map(({ property, one }) => {
    const name = desk.facts.types.propertyName(match.one.type, property);
    return t("match.reason.pair", { property: name, value: one });
  });
  return names.length > 0 ? t("match.reason", { what: names.join(", ") }) : t("match.reason.none");
}

/** Judges that entities are one; the first stands for all. */
export async function merge(desk: Desk, entities: string[], why: string): Promise<boolean> {
  const change = await desk.act(() => desk.host.mergeEntities(entities, why));
  if (!change) return false;
  const gone = entities.slice(1);
  if (gone.some((id) => desk.entities.has(id))) desk.chooseEntity(entities[0] ?? []);
  desk.told(change, () => t("match.merged"));
  return true;
}

/** Judges that two entities are not one. */
export async function distinguish(desk: Desk, one: string, other: string): Promise<boolean> {
  const change = await desk.act(() => desk.host.distinguishEntities(one, other, true));
  if (change) desk.told(change, () => t("match.distinguished"));
  return change !== null;
}
