/** The rooms of the window, and what can lie over them. */
export type Room = "search" | "chart" | "documents" | "entities" | "review" | "glossary" | "failures" | "log";
export const ROOMS: readonly Room[] = [
  "search",
  "chart",
  "documents",
  "entities",
  "review",
  "glossary",
  "failures",
  "log",
];

/** What lies over the rooms, at most one at a time. */
export type Overlay =
  | "palette"
  | "shortcuts"
  | "settings"
  | "save-search"
  | "labels"
  | "passphrase"
  | "check"
  | "merge"
  | "exchange"
  | "table"
  | "export"
  | "terms"
  | "terms-out"
  | null;
