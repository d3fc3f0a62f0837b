/** The documents that the demo case holds, as the core would describe them. */
import type { Document } from "../../bindings/Document";
import type { DemoDocument } from "./documents";

export interface Shelved {
  source: DemoDocument;
  document: Document;
  removed: boolean;
}

/** Describes a document that comes to a shelf; its parent must be there before it. */
export function shelve(shelf: readonly Shelved[], source: DemoDocument, at: number): Shelved {
  const number = shelf.length + 1;
  const { path, title, kind, date, organisation, purpose, marking, text, absent } = source;
  const parent = source.parent && shelf.find((other) => other.source.path === source.parent);
  return {
    source,
    removed: false,
    document: {
      id: number.toString(16).padStart(32, "0"),
      parent: parent ? parent.document.id : null,
      path,
      title,
      kind,
      size: 2048 + text.length * (kind === "pdf" ? 97 : 3),
      sha256: absent ? "" : (number * 2654435761).toString(16).padStart(8, "a").slice(0, 8).repeat(8),
      labels: { organisation, source: source.source, purpose, marking, handling: null },
      date,
      pages: text === "" ? 0 : text.split("\f").length,
      imported_at: at,
      failure: source.failure ?? null,
    },
  };
}
