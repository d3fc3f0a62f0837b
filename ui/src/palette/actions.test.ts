import { describe, expect, it } from "vitest";
import { ACTIONS } from "./actions";
import { caps, editsText, pressed } from "./keys";

const press = (key: string, modifiers: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, ...modifiers });

describe("actions", () => {
  it("have names of their own", () => {
    const ids = ACTIONS.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("all have a shortcut, and none shares one", () => {
    const shortcuts = ACTIONS.flatMap(({ shortcut, also }) => (also ? [shortcut, also] : [shortcut]));
    expect(shortcuts.every((shortcut) => shortcut !== "")).toBe(true);
    expect(shortcuts.filter((shortcut, i) => shortcuts.indexOf(shortcut) !== i)).toEqual([]);
  });

  it("answer to their own keys and to no other action's", () => {
    for (const { id, shortcut } of ACTIONS) {
      const parts = shortcut.split("+");
      const shift = parts.includes("Shift");
      const last = parts.at(-1) ?? "";
      const key =
        shift && last.length === 1 ? last.toUpperCase() : last.length === 1 ? last.toLowerCase() : last;
      const event = press(key, { ctrlKey: parts.includes("Ctrl"), shiftKey: shift });
      const answering = ACTIONS.filter((action) => pressed(event, action.shortcut)).map(
        (action) => action.id,
      );
      expect(answering, shortcut).toEqual([id]);
    }
  });
});

describe("keys", () => {
  it("take a sign wherever the keyboard has it", () => {
    expect(pressed(press("?", { shiftKey: true }), "?")).toBe(true);
    expect(pressed(press("?"), "?")).toBe(true);
  });

  it("tell Ctrl+Z from Ctrl+Shift+Z", () => {
    expect(pressed(press("Z", { ctrlKey: true, shiftKey: true }), "Ctrl+Z")).toBe(false);
    expect(pressed(press("z", { ctrlKey: true }), "Ctrl+Z")).toBe(true);
  });

  it("leave to a field what edits its text", () => {
    expect(["N", "Delete", "?", "Ctrl+Z"].map(editsText)).toEqual([true, true, true, true]);
    expect(["Ctrl+K", "Ctrl+L", "F2"].map(editsText)).toEqual([false, false, false]);
  });

  it("are shown as caps", () => {
    expect(caps("Ctrl+Shift+Z")).toEqual(["Ctrl", "Shift", "Z"]);
  });
});
