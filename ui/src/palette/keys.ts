/** Shortcuts as text (`Ctrl+Shift+Z`, `F2`, `?`), matched against the keyboard and shown as caps. */
import { hasText, t } from "../locale/text";

interface Chord {
  ctrl: boolean;
  shift: boolean;
  key: string;
}

function parse(shortcut: string): Chord {
  const parts = shortcut.split("+");
  const key = parts.at(-1) ?? "";
  return { ctrl: parts.includes("Ctrl"), shift: parts.includes("Shift"), key: key.toLowerCase() };
}

export function pressed(event: KeyboardEvent, shortcut: string): boolean {
  const { ctrl, shift, key } = parse(shortcut);
  // A sign such as `?` needs Shift on one keyboard and not on another; letters and named keys say so themselves.
  const named = /^[a-z]$/.test(key) || key.length > 1;
  const control = event.ctrlKey || event.metaKey;
  return (
    control === ctrl &&
    !event.altKey &&
    event.key.toLowerCase() === key &&
    (!named || event.shiftKey === shift)
  );
}

/** Whether a shortcut is a plain key, which must not be taken from somebody who types. */
export function isPlain(shortcut: string): boolean {
  return !shortcut.startsWith("Ctrl+") && !/^F\d+$/.test(shortcut);
}

/** Keys that edit the text that is being typed belong to the field. */
export function editsText(shortcut: string): boolean {
  return isPlain(shortcut) || ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+A"].includes(shortcut);
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "range"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** The caps of a shortcut, in the words of the user's language. */
export function caps(shortcut: string): string[] {
  return shortcut.split("+").map((part) => {
    const key = `key.${part.toLowerCase()}`;
    return hasText(key) ? t(key) : part;
  });
}

/** As `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: string): string {
  return shortcut.replace("Ctrl", "Control");
}
