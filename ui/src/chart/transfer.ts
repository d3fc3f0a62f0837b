/** What is dragged onto a chart, from whatever room. */
export const CARRIED = "application/x-koplamp";

export interface Carried {
  entities: string[];
  documents: string[];
}

export function carries(data: DataTransfer | null): boolean {
  return data?.types.includes(CARRIED) ?? false;
}

/** What is in it; null when it is nothing of ours. */
export function carried(data: DataTransfer): Carried | null {
  try {
    const read: unknown = JSON.parse(data.getData(CARRIED));
    if (typeof read !== "object" || read === null) return null;
    const ids = (value: unknown) =>
      Array.isArray(value) ? value.filter((id): id is string => typeof id === "string") : [];
    const { entities, documents } = read as Record<string, unknown>;
    const found = { entities: ids(entities), documents: ids(documents) };
    return found.entities.length + found.documents.length > 0 ? found : null;
  } catch {
    // Nothing, or not ours.
    return null;
  }
}
