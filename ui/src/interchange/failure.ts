/** What is wrong with a file of another program, told in the person's language. The core names the problem and the line. */
import type { ErrorView } from "../bindings/ErrorView";
import type { Refusal } from "../bindings/Refusal";
import { hasText, t } from "../locale/text";

/** Why a record was left out, in the person's language; `typeName` says what a type is called in it. */
export function rejection(why: Refusal, typeName: (type: string) => string): string {
  const { code, ...about } = why;
  const typed = Object.entries(about).map(([name, value]) =>
    (name === "kind" || name === "other") && typeof value === "string"
      ? [name, typeName(value)]
      : [name, value],
  );
  return t(`rejected.${code}`, Object.fromEntries(typed));
}

export interface ToldExchange {
  text: string;
  advice: string;
  /** From 1; null where the file has no lines, or the problem is of the whole. */
  line: number | null;
}

/** Null for an error that is not about such a file. */
export function tellExchange(error: ErrorView): ToldExchange | null {
  const code: string = error.code;
  if (code !== "exchange") return null;
  const { problem = "", line = "", name = "", limit = "" } = error.details;
  const known = `exchange.problem.${problem}`;
  const advice = `exchange.advice.${problem}`;
  const number = Number(line);
  return {
    text: hasText(known) ? t(known, { name, limit: Number(limit) || limit }) : t("exchange.problem.unknown"),
    advice: hasText(advice) ? t(advice) : t("exchange.advice.unknown"),
    line: line !== "" && Number.isInteger(number) && number > 0 ? number : null,
  };
}
