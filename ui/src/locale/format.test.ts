import { afterEach, describe, expect, it } from "vitest";
import { preferences } from "../workspace/preferences.svelte";
import { bytes, day, duration, number } from "./format";
import { t, tn } from "./text";

afterEach(() => {
  preferences.language = "nl";
});

/** Intl separates with spaces that do not break. */
const plain = (text: string) => text.replace(/\s/g, " ");

describe("in Dutch and in English", () => {
  it("numbers have the language's signs", () => {
    expect(number(12345.6)).toBe("12.345,6");
    preferences.language = "en";
    expect(number(12345.6)).toBe("12,345.6");
  });

  it("days are written out, and what is no date stays as it came", () => {
    expect(day("2025-03-24")).toBe("24 mrt 2025");
    expect(day("onbekend")).toBe("onbekend");
    preferences.language = "en";
    expect(day("2025-03-24")).toBe("24 Mar 2025");
  });

  it("sizes take the unit that fits", () => {
    expect(plain(bytes(0))).toBe("0 byte");
    expect(plain(bytes(1500))).toBe("1,5 kB");
    expect(plain(bytes(2_500_000))).toBe("2,5 MB");
  });

  it("time left never promises too much", () => {
    expect(plain(duration(0.2))).toBe("1 seconde");
    expect(plain(duration(61))).toBe("2 minuten");
    expect(plain(duration(3601))).toBe("1,1 uur");
  });

  it("one has a form of its own", () => {
    expect(tn("count.documents", 1)).toBe("1 document");
    expect(tn("count.documents", 1204)).toBe("1.204 documenten");
    expect(tn("count.documents", 0)).toBe("0 documenten");
  });

  it("a text is filled in, and a text that is filled in is not filled in again", () => {
    expect(t("open.title", { name: "{name}" })).toBe("{name} openen");
  });
});
