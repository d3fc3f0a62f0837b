/** Dates, numbers and amounts as the chosen language writes them. */
import { preferences } from "../workspace/preferences.svelte";

const tag = () => (preferences.language === "nl" ? "nl-NL" : "en-GB");

export function number(value: number): string {
  return new Intl.NumberFormat(tag(), { maximumFractionDigits: 1 }).format(value);
}

/** A share from 0 to 1. */
export function percent(share: number): string {
  const maximumFractionDigits = share > 0 && share < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(tag(), { style: "percent", maximumFractionDigits }).format(share);
}

/** A value with so many digits that count. */
export function figures(value: number, digits = 3): string {
  return new Intl.NumberFormat(tag(), { maximumSignificantDigits: digits }).format(value);
}

/** A day without a time, from `YYYY-MM-DD`; a date that cannot be read is shown as it came. */
export function day(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time)) return date;
  const format = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(tag(), format).format(time);
}

/** A moment, from milliseconds since 1970. */
export function moment(at: number): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "medium", timeStyle: "short" }).format(at);
}

export function clock(at: number): string {
  return new Intl.DateTimeFormat(tag(), { timeStyle: "medium" }).format(at);
}

export function fullDay(at: number): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: "full" }).format(at);
}

/** Whether two moments fall on one day here. */
export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function bytes(size: number): string {
  const step = size < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  return new Intl.NumberFormat(tag(), {
    style: "unit",
    unit: UNITS[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(size / 1000 ** step);
}

/** A length of time in its largest unit, rounded up, so that it never promises too much. */
export function duration(seconds: number): string {
  const [value, unit] =
    seconds < 60
      ? [Math.ceil(seconds), "second" as const]
      : seconds < 3600
        ? [Math.ceil(seconds / 60), "minute" as const]
        : [Math.ceil(seconds / 360) / 10, "hour" as const];
  return new Intl.NumberFormat(tag(), { style: "unit", unit, unitDisplay: "long" }).format(value);
}
