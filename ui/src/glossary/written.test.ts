import { describe, expect, it } from "vitest";
import type { WrittenText } from "../bindings/WrittenText";
import type { Host } from "../host";
import { WrittenSenses } from "./written.svelte";

function host() {
  const asked: { texts: WrittenText[]; lens: string | null }[] = [];
  const textSenses: Host["textSenses"] = async (texts, lens) => {
    asked.push({ texts, lens });
    return texts.map(() => ({ words: [], cards: [] }));
  };
  return { asked, host: { textSenses } as unknown as Host };
}

const text = (text: string) => ({ text, organisation: "politie" });

describe("words in what people write", () => {
  it("are asked for together, each text once", async () => {
    const { asked, host: real } = host();
    const written = new WrittenSenses(real, () => "douane");
    await Promise.all([
      written.want(text("een")),
      written.want(text("twee")),
      written.want(text("een")),
      written.want(text(" ")),
    ]);
    expect(asked).toEqual([{ texts: [text("een"), text("twee")], lens: "douane" }]);
    expect(written.of(text("twee"))).not.toBeNull();
    expect(written.of({ text: "twee", organisation: "fiod" })).toBeNull();
  });

  it("are asked for again when the glossary changed, and shown until then", async () => {
    const { asked, host: real } = host();
    const written = new WrittenSenses(real, () => "douane");
    await written.want(text("een"));
    written.outdate();
    expect(written.of(text("een"))).not.toBeNull();
    await written.want(text("een"));
    expect(asked).toHaveLength(2);
  });
});
