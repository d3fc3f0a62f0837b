/** The texts of the window in the chosen language. Reading one in a component makes it follow the language. */
import { preferences } from "../workspace/preferences.svelte";
import { en } from "./en";
import { number } from "./format";
import { nl } from "./nl";

export type Key = keyof typeof nl;
/** Keys that have a form for one and a form for many. */
export type CountedKey = Key extends infer K ? (K extends `${infer Stem}.one` ? Stem : never) : never;
export type Params = Record<string, string | number>;

const texts: Record<typeof preferences.language, Record<Key, string>> = { nl, en };

export function t(key: Key, params: Params = {}): string {
  return fill(texts[preferences.language][key], params);
}

/** The form that fits `count`, which is also the parameter of that name. */
export function tn(key: CountedKey, count: number, params: Params = {}): string {
  const form = new Intl.PluralRules(preferences.language).select(count) === "one" ? "one" : "other";
  return t(`${key}.${form}` as Key, { count, ...params });
}

/** Whether there is a text for a key that was put together. */
export function hasText(key: string): key is Key {
  return Object.hasOwn(nl, key);
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}
