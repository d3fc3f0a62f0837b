/** Days since 1970 as the chosen language writes them. */
import { preferences } from "../workspace/preferences.svelte";

const MS = 86_400_000;

function written(day: number, options: Intl.DateTimeFormatOptions): string {
  const tag = preferences.language === "nl" ? "nl-NL" : "en-GB";
  return new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options }).format(day * MS);
}

/** Day, month and year. */
export function fullDate(day: number): string {
  return written(day, { day: "numeric", month: "short", year: "numeric" });
}

/** As a mark on a strip of time whose marks are this far apart: the year stands where it changes. */
export function mark(day: number, apart: "day" | "month" | "year"): string {
  const at = new Date(day * MS);
  const january = at.getUTCMonth() === 0;
  if (apart === "year" || (apart === "month" && january)) return written(day, { year: "numeric" });
  if (apart === "month") return written(day, { month: "short" });
  if (at.getUTCDate() <= 7 && january)
    return written(day, { day: "numeric", month: "short", year: "numeric" });
  return written(day, { day: "numeric", month: "short" });
}
