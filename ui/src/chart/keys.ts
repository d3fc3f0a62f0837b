/** What the keys do on a chart. */

export type Command =
  | { do: "pan"; x: number; y: number }
  | { do: "nudge"; x: number; y: number }
  | { do: "zoom"; factor: number }
  | { do: "fit" | "next" | "previous" | "open" | "toggle" | "all" | "none" | "expand" | "menu" };

/** Screen pixels a press of an arrow key pans. */
const PAN = 64;
/** Chart lengths a press of an arrow key moves what is chosen. */
const NUDGE = 10;

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

export function command({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): Command | null {
  if (ctrlKey || metaKey) return key.toLowerCase() === "a" && !altKey ? { do: "all" } : null;
  if (altKey) return null;
  const arrow = ARROWS[key];
  if (arrow) {
    const [x, y] = arrow;
    return shiftKey ? { do: "nudge", x: x * NUDGE, y: y * NUDGE } : { do: "pan", x: -x * PAN, y: -y * PAN };
  }
  switch (key) {
    case "+":
    case "=":
      return { do: "zoom", factor: 1.25 };
    case "-":
    case "_":
      return { do: "zoom", factor: 0.8 };
    case "0":
      return { do: "fit" };
    case "Tab":
      return { do: shiftKey ? "previous" : "next" };
    case "Enter":
      return { do: shiftKey ? "expand" : "open" };
    case " ":
      return { do: "toggle" };
    case "Escape":
      return { do: "none" };
    case "ContextMenu":
      return { do: "menu" };
    case "F10":
      return shiftKey ? { do: "menu" } : null;
    default:
      return null;
  }
}
