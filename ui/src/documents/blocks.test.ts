import { describe, expect, it } from "vitest";
import { blocks } from "./blocks";

describe("blocks", () => {
  it.each([
    ["empty", ""],
    ["one line", "een regel"],
    ["many lines", Array.from({ length: 500 }, (_, i) => `regel ${i}`).join("\n")],
    ["a line without an end", "x".repeat(50_000)],
    ["wide characters only", "\u{1D11E}".repeat(20_000)],
    ["long lines", `${"y".repeat(20_000)}\n${"z".repeat(20_000)}\n`],
  ])("add up to the text, and their offsets to its characters: %s", (_, text) => {
    const found = blocks(text);
    expect(found.map((block) => block.text).join("")).toBe(text);
    let at = 0;
    for (const block of found) {
      expect(block.start).toBe(at);
      expect(block.end - block.start).toBe([...block.text].length);
      at = block.end;
    }
  });

  it("cuts between lines where it can", () => {
    const found = blocks("regel\n".repeat(200));
    expect(found.length).toBeGreaterThan(1);
    expect(found.every((block) => block.text.endsWith("\n"))).toBe(true);
  });
});
