/** Dragging entities and documents from a list onto a chart. */
export const DRAGGED = "application/x-koplamp";

export interface Dragged {
  entities: string[];
  documents: string[];
}

export function drag(event: DragEvent, { entities = [], documents = [] }: Partial<Dragged>) {
  if (!event.dataTransfer) return;
  event.dataTransfer.setData(DRAGGED, JSON.stringify({ entities, documents } satisfies Dragged));
  event.dataTransfer.effectAllowed = "copy";
}

/** What was let go, where it came from a list of this window. */
export function dropped(event: DragEvent): Dragged | null {
  try {
    const read: unknown = JSON.parse(event.dataTransfer?.getData(DRAGGED) || "null");
    if (typeof read !== "object" || read === null) return null;
    const { entities, documents } = read as Partial<Record<keyof Dragged, unknown>>;
    const ids = (list: unknown) => (Array.isArray(list) ? list.filter((id) => typeof id === "string") : []);
    return { entities: ids(entities), documents: ids(documents) };
  } catch {
    return null;
  }
}
