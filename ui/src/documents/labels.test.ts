import { describe, expect, it } from "vitest";
import type { ErrorView } from "../bindings/ErrorView";
import type { Labels } from "../bindings/Labels";
import { problems, stands } from "./labels";

const EMPTY: Labels = { organisation: "", source: "", purpose: "", marking: null, handling: null };
const FULL: Labels = { ...EMPTY, organisation: "politie", source: "BVH", purpose: "wpg-8" };

const refusal = (code: ErrorView["code"], details: Record<string, string>, labels: Labels) => ({
  error: { code, message: "", details },
  labels,
});

describe("what is wrong with labels", () => {
  it("is nothing before somebody tried to send them", () => {
    expect(problems(EMPTY, false, null)).toEqual({});
  });

  it("goes field by field as they are filled in", () => {
    expect(Object.keys(problems(EMPTY, true, null))).toEqual(["organisation", "source", "purpose"]);
    expect(Object.keys(problems({ ...EMPTY, source: "BVH" }, true, null))).toEqual([
      "organisation",
      "purpose",
    ]);
    expect(problems(FULL, true, null)).toEqual({});
  });

  it("is what the core refused, until that field is changed", () => {
    const unknown = refusal("label_unknown", { field: "purpose" }, FULL);
    expect(Object.keys(problems(FULL, true, unknown))).toEqual(["purpose"]);
    expect(stands(unknown, FULL)).toBe(true);
    expect(stands(unknown, { ...FULL, source: "Summ-IT" })).toBe(true);
    const mended = { ...FULL, purpose: "wpg-9" };
    expect(problems(mended, true, unknown)).toEqual({});
    expect(stands(unknown, mended)).toBe(false);
  });

  it("is not about a field when the core refused for another reason, which then stands", () => {
    const conflict = refusal("conflict", {}, FULL);
    expect(problems({ ...FULL, source: "Summ-IT" }, true, conflict)).toEqual({});
    expect(stands(conflict, { ...FULL, source: "Summ-IT" })).toBe(true);
  });
});
