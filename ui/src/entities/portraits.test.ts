import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Portraits } from "./portraits.svelte";

const closed: string[] = [];
const turns = async (count = 8) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

/** A host that answers when it is told to. */
function host() {
  const waiting = new Map<string, (answer: ArrayBuffer | Error) => void>();
  const portrait = vi.fn(
    (document: string) =>
      new Promise<ArrayBuffer>((resolve, reject) => {
        waiting.set(document, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
  );
  return {
    portrait,
    answer: (document: string, answer: ArrayBuffer | Error) => waiting.get(document)?.(answer),
  };
}

beforeEach(() => {
  closed.length = 0;
  vi.stubGlobal("createImageBitmap", async (blob: Blob) => {
    const name = await blob.text();
    if (name === "broken") throw new Error("no picture");
    return { name, close: () => closed.push(name) };
  });
});

afterEach(() => vi.unstubAllGlobals());

const bytes = (name: string) => new TextEncoder().encode(name).buffer as ArrayBuffer;

describe("photos", () => {
  it("are asked for once, two at a time, and drawn when they come", async () => {
    const { portrait, answer } = host();
    const portraits = new Portraits({ portrait });
    for (const document of ["a", "b", "c", "a", "b", "c"]) expect(portraits.of(document)).toBeNull();
    expect(portrait.mock.calls.map(([document]) => document)).toEqual(["a", "b"]);
    answer("a", bytes("a"));
    await expect.poll(() => portraits.arrived).toBe(1);
    expect(portraits.of("a")).toMatchObject({ name: "a" });
    expect(portrait.mock.calls.map(([document]) => document)).toEqual(["a", "b", "c"]);
  });

  it("that cannot be had are not asked for again", async () => {
    const { portrait, answer } = host();
    const portraits = new Portraits({ portrait });
    portraits.of("a");
    portraits.of("b");
    answer("a", new Error("refused"));
    answer("b", bytes("broken"));
    await expect.poll(() => portraits.arrived).toBe(2);
    expect([portraits.of("a"), portraits.of("b")]).toEqual([null, null]);
    expect(portrait).toHaveBeenCalledTimes(2);
  });

  it("leave nothing behind when the workspace goes", async () => {
    const { portrait, answer } = host();
    const portraits = new Portraits({ portrait });
    portraits.of("a");
    answer("a", bytes("a"));
    await expect.poll(() => portraits.arrived).toBe(1);
    portraits.of("b");
    portraits.dispose();
    answer("b", bytes("b"));
    await turns(40);
    await expect.poll(() => closed).toEqual(["a", "b"]);
    expect(portraits.of("c")).toBeNull();
    expect(portrait).toHaveBeenCalledTimes(2);
  });
});
