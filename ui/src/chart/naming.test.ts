import { describe, expect, it } from "vitest";
import { link, node, scene } from "./made";
import { type Named, named, ranks } from "./naming";
import { LEADING } from "./rules";

const CURVE = { from: [0, 0], control: [0, 0], to: [0, 0] } as const;
const linked = (id: string, source: number, target: number) =>
  link(id, source, target, { from: [...CURVE.from], control: [...CURVE.control], to: [...CURVE.to] });

/** A star of 900 in rows, its middle the last of them. */
const CROWD = scene(
  Array.from({ length: 900 }, (_, i) => node(`n${i}`, (i % 30) * 70, Math.floor(i / 30) * 70)),
  Array.from({ length: 899 }, (_, i) => linked(`l${i}`, i, 899)),
);
const width = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length * 7));

function shown(scale: number, near: number, chosen: string[] = [], of = CROWD): Named[] {
  const asked = { nodes: of.nodes, chosen: new Set(chosen), ranks: ranks(of), near, scale, width };
  return [...named(asked)].filter((one) => one !== null);
}

function box({ node, lines, top, zoom }: Named) {
  const half = (width(lines) * zoom) / 2;
  return [node.x - half, top, node.x + half, top + lines.length * LEADING * zoom] as const;
}

function apart(names: Named[]) {
  const boxes = names.map(box);
  return boxes.every((a, i) =>
    boxes.slice(i + 1).every((b) => a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]),
  );
}

describe("which labels are shown", () => {
  it("far away those of the most important, apart from each other", () => {
    for (const scale of [0.02, 0.1, 0.2, 0.3]) {
      const names = shown(scale, scale < 0.24 ? 0 : 0.6);
      expect(names[0]?.node.id, "most links").toBe("n899");
      expect(names.length, `at ${scale}`).toBeGreaterThan(0);
      expect(names.length).toBeLessThan(900);
      expect(apart(names), `at ${scale}`).toBe(true);
    }
    expect(shown(0.2, 0).length, "there is room for many").toBeGreaterThan(8);
    const nearer = [0, 0.5, 0.9].map((near) => shown(0.25, near).length);
    expect(nearer[0], "more and more as one comes nearer").toBeLessThan(nearer[1] ?? 0);
    expect(nearer[1]).toBeLessThan(nearer[2] ?? 0);
  });

  it("near by everybody's", () => {
    expect(shown(1.2, 1)).toHaveLength(900);
  });

  it("what is chosen goes first", () => {
    const names = shown(0.1, 0, ["n7"]);
    expect(names[0]?.node.id).toBe("n7");
    expect(apart(names)).toBe(true);
  });

  it("larger ones go before those with more links, and faint ones last", () => {
    const nodes = [node("many", 0, 0), node("large", 10, 0, 30), node("faint", 20, 0, 40)];
    nodes[2] = { ...node("faint", 20, 0, 40), dimmed: true };
    const order = ranks(scene(nodes, [linked("l", 0, 1), linked("m", 0, 2)]));
    expect([...order.keys()]).toEqual(["large", "many", "faint"]);
  });

  it("a name that is cut to its first line says so", () => {
    const long = { ...node("long", 0, 0), label: ["rustige man uit het,", "grijze huis"] };
    const both = scene([long, { ...node("short", 900, 0), label: ["Pekelhof"] }], []);
    const lines = (scale: number) => shown(scale, 1, [], both).map(({ lines }) => lines);
    expect(lines(1)).toEqual([["rustige man uit het,", "grijze huis"], ["Pekelhof"]]);
    expect(lines(0.4)).toEqual([["rustige man uit het…"], ["Pekelhof"]]);
  });

  it("letters are never too small to read", () => {
    for (const one of shown(0.05, 0)) expect(one.zoom * 12 * 0.05).toBeCloseTo(9.5);
  });
});
