import { describe, expect, it } from "vitest";
import { asAmount, asDate, asKept } from "./values";

describe("a value as it stands in a text", () => {
  it.each([
    ["7 maart 2025", "2025-03-07"],
    ["12 september 1981", "1981-09-12"],
    ["1 May 2024", "2024-05-01"],
    ["07-03-2025", "2025-03-07"],
    ["7/3/2025", "2025-03-07"],
    ["2025-03-07", "2025-03-07"],
    ["2025", "2025"],
    ["31-13-2025", "31-13-2025"],
    ["zondagnacht", "zondagnacht"],
  ])("is a date where it says one: %s", (text, date) => {
    expect(asDate(text)).toBe(date);
  });

  it.each([
    ["€ 18.500,00", "18500.00"],
    ["18.500", "18500"],
    ["EUR 1,234.50", "1234.50"],
    ["412,50", "412.50"],
    ["-412,50", "-412.50"],
    ["9.800 euro", "9800"],
    ["1.234.567", "1234567"],
    ["€ 500,-", "500"],
    ["veel", "veel"],
  ])("is an amount where it says one: %s", (text, amount) => {
    expect(asAmount(text)).toBe(amount);
  });

  it("keeps words as they are, without the ends of lines", () => {
    expect(asKept("name", "Pekelhof\n  Expeditie BV ")).toBe("Pekelhof Expeditie BV");
    expect(asKept("identifier", "KLPU 204118 3")).toBe("KLPU 204118 3");
    expect(asKept(null, "x")).toBe("x");
  });
});
