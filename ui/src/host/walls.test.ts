import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.(svelte|ts)$/.test(path) && !path.endsWith(".test.ts") && !path.startsWith("bindings"),
);

function holding(pattern: RegExp): string[] {
  return files.filter((path) => pattern.test(readFileSync(join(ROOT, path), "utf8")));
}

describe("walls", () => {
  it("only host/ talks to the desktop", () => {
    expect(
      holding(/from "@tauri-apps|import\("@tauri-apps/).filter((path) => !path.startsWith("host/")),
    ).toEqual([]);
  });

  it("only the preferences are kept in web storage", () => {
    expect(holding(/localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([
      "workspace/preferences.svelte.ts",
    ]);
  });

  it("no text of a document becomes markup or code", () => {
    expect(holding(/\{@html|innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function\(/)).toEqual([]);
  });

  it("nothing is asked of a network", () => {
    expect(holding(/(?<![#\w])fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|https?:\/\//)).toEqual(
      [],
    );
  });
});
