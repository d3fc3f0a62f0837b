import { describe, expect, it } from "vitest";
import { ROOMS } from "../frame/rooms";
import { ACTIONS, type Action } from "./actions";
import { caps, editsText, pressed } from "./keys";

const press = (key: string, modifiers: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, ...modifiers });

describe("actions", () => {
  it("have names of their own", () => {
    const ids = ACTIONS.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("all have a shortcut, and none shares one within a room", () => {
    const keys = (actions: Action[]) =>
      actions.flatMap(({ shortcut, also }) => (also ? [shortcut, also] : [shortcut]));
    expect(keys(ACTIONS).every((shortcut) => shortcut !== "")).toBe(true);
    for (const room of [undefined, ...ROOMS]) {
      const shortcuts = keys(ACTIONS.filter(({ where }) => where === room));
      expect(shortcuts.filter((shortcut, i) => shortcuts.indexOf(shortcut) !== i)).toEqual([]);
    }
  });

  it("of a room take plain keys and few others from those of the whole window", () => {
    const whole = ACTIONS.filter(({ where }) => where === undefined);
    const shared = ACTIONS.filter(({ where }) => where !== undefined).filter(({ shortcut }) =>
      whole.some((action) => action.shortcut === shortcut || action.also === shortcut),
    );
    expect(shared.filter(({ shortcut }) => shortcut.startsWith("Ctrl")).map(({ id }) => id)).toEqual([]);
  });

  it("answer to their own keys and to no other action's", () => {
    for (const { id, shortcut, where } of ACTIONS) {
      const parts = shortcut.split("+");
      const shift = parts.includes("Shift");
      const last = parts.at(-1) ?? "";
      const key =
        shift && last.length === 1 ? last.toUpperCase() : last.length === 1 ? last.toLowerCase() : last;
      const event = press(key, { ctrlKey: parts.includes("Ctrl"), shiftKey: shift });
      const answering = ACTIONS.filter(
        (action) => action.where === where && pressed(event, action.shortcut),
      ).map((action) => action.id);
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
