/** Values of properties as people read and write them. */
import type { PropertyKind } from "../bindings/PropertyKind";
import { day } from "../locale/format";
import { preferences } from "../workspace/preferences.svelte";

/** As it is shown: days and amounts as the language writes them, all else as it was stated. */
export function shown(kind: PropertyKind | null, text: string): string {
  if (kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text);
  if (kind === "amount" && /^-?\d+(\.\d+)?$/.test(text)) {
    const tag = preferences.language === "nl" ? "nl-NL" : "en-GB";
    return new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }).format(Number(text));
  }
  return text;
}

const MONTHS = [
  "jan",
  "feb",
  "maart|mrt|mar",
  "apr",
  "mei|may",
  "jun",
  "jul",
  "aug",
  "sep",
  "okt|oct",
  "nov",
  "dec",
];

/** A date as it stands in a text (`7 maart 2025`, `07-03-2025`) in the form that is kept; anything else as it is. */
export function asDate(text: string): string {
  const words = text.trim();
  const numbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(words);
  const named = /^(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})$/i.exec(words);
  const month = named
    ? MONTHS.findIndex((names) => new RegExp(`^(${names})`, "i").test(named[2] ?? "")) + 1
    : Number(numbers?.[2] ?? 0);
  const [date, year] = [Number((named ?? numbers)?.[1] ?? 0), (named ?? numbers)?.[3]];
  if (!year || month < 1 || month > 12 || date < 1 || date > 31) return words;
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** An amount as it stands in a text (`€ 18.500,00`) as a plain number; anything else as it is. */
export function asAmount(text: string): string {
  const digits = text.replace(/[^\d.,-]/g, "").replace(/[,.]-*$/, "");
  if (!/\d/.test(digits)) return text.trim();
  const at = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."));
  // What stands before exactly three digits divides thousands, unless another sign did before it.
  const other = digits[at] === "," ? "." : ",";
  const decimal = at >= 0 && (digits.length - at - 1 !== 3 || digits.slice(0, at).includes(other));
  const whole = (decimal ? digits.slice(0, at) : digits).replace(/[.,]/g, "");
  return decimal ? `${whole}.${digits.slice(at + 1)}` : whole;
}

/** What somebody marked or typed, in the form that a property of this kind is kept in. */
export function asKept(kind: PropertyKind | null, text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  if (kind === "date") return asDate(words);
  if (kind === "amount" || kind === "number") return asAmount(words);
  return words;
}
