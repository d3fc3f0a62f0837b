import { expect, it } from "vitest";
import { preferences } from "./preferences.svelte";

it("go out and come back the same", () => {
  const before = preferences.text;
  preferences.theme = "dark";
  preferences.panes = { room: 420 };
  const { text } = preferences;
  preferences.read(before);
  expect(preferences.theme).toBe("system");
  preferences.read(text);
  expect(preferences.text).toBe(text);
  preferences.read(before);
});

it.each([
  ["nothing", null],
  ["no JSON", "{"],
  ["no object", "7"],
  ["values of another kind", '{"theme":7,"language":"fy","inspector":"yes","panes":{"room":"wide"}}'],
])("are left as they are by %s", (_, text) => {
  preferences.panes = {};
  const before = preferences.text;
  preferences.read(text);
  expect(preferences.text).toBe(before);
});
