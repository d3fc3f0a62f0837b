/** The icons of types: outlines of 24 by 24 with strokes of 2, in the manner of Lucide. */
const FILES = import.meta.glob<string>("../../../resources/icons/types/*.svg", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const ICON_SIDE = 24;

const texts = new Map(Object.entries(FILES).map(([path, text]) => [path.replace(/^.*\/|\.svg$/g, ""), text]));

/** The names of all icons. */
export const ICONS: readonly string[] = [...texts.keys()].sort();

/** What the icon of this name is drawn with; null where there is none, and the shape stands alone. */
export function drawing(name: string): Element | null {
  const text = texts.get(name);
  return text === undefined ? null : new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
}
