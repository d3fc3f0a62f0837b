import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AST, parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { nl } from "./nl";

const ROOT = join(import.meta.dirname, "..");

function sources(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "bindings" ? [] : sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

const keys = Object.keys(nl);
const files = sources().filter((path) => !/locale\/(nl|en)\.ts$/.test(path));
const code = files.map((path) => readFileSync(path, "utf8")).join("\n");

describe("the texts", () => {
  it("are the same ones in both languages", () => {
    expect(Object.keys(en)).toEqual(keys);
  });

  it("are never empty", () => {
    expect(
      keys.filter(
        (key) => nl[key as keyof typeof nl].trim() === "" || en[key as keyof typeof nl].trim() === "",
      ),
    ).toEqual([]);
  });

  it("have the same places to fill in both languages", () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const differ = keys.filter((key) => {
      const [dutch, english] = [nl[key as keyof typeof nl], en[key as keyof typeof nl]];
      return places(dutch).join() !== places(english).join();
    });
    expect(differ).toEqual([]);
  });

  it("have a form for one and a form for many, or neither", () => {
    const stems = (form: string) =>
      keys.filter((key) => key.endsWith(form)).map((key) => key.slice(0, -form.length));
    expect(stems(".one").sort()).toEqual(stems(".other").sort());
  });

  it("are all used", () => {
    const literal = new Set([...code.matchAll(/"([a-z][\w.+]*)"/gi)].map(([, key]) => key));
    const patterns = [...code.matchAll(/`([a-z][\w.]*\.)\$\{[^}]*\}([\w.]*)`/gi)].map(
      ([, start, end]) => [start, end] as const,
    );
    const used = (key: string) =>
      literal.has(key) ||
      literal.has(key.replace(/\.(one|other)$/, "")) ||
      patterns.some(([start = "", end = ""]) => key.startsWith(start) && key.endsWith(end));
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });
});

describe("components", () => {
  const components = files.filter((path) => path.endsWith(".svelte"));
  const SPOKEN = new Set(["title", "aria-label", "placeholder", "alt", "label", "text", "description"]);

  it.each(components.map((path) => [path.slice(ROOT.length + 1), path]))(
    "hold no text of their own: %s",
    (_, path) => {
      const tree = parse(readFileSync(path, "utf8"), { modern: true });
      expect(texts(tree.fragment)).toEqual([]);
    },
  );

  /** Letters that stand in the markup, or in an attribute that people read or hear. */
  function texts(fragment: AST.Fragment): string[] {
    const found: string[] = [];
    const visit = (node: unknown) => {
      if (Array.isArray(node)) node.forEach(visit);
      else if (typeof node === "object" && node !== null && "type" in node) {
        const { type } = node;
        if (type === "StyleDirective") return;
        if (type === "Attribute") {
          const { name, value } = node as AST.Attribute;
          const literal = Array.isArray(value) ? value.filter((part) => part.type === "Text") : [];
          if (SPOKEN.has(name))
            found.push(...literal.map((part) => part.data).filter((text) => /\p{L}/u.test(text)));
          if (value !== true && !Array.isArray(value)) visit(value);
          return;
        }
        if (type === "Text" && "data" in node && /\p{L}/u.test(String(node.data)))
          found.push(String(node.data).trim());
        for (const [key, child] of Object.entries(node))
          if (key !== "expression" && key !== "metadata") visit(child);
      }
    };
    visit(fragment.nodes);
    return found;
  }
});
