/** What can be said of labels before they are sent. The core checks them again and has the last word. */
import type { ErrorView } from "../bindings/ErrorView";
import type { Labels } from "../bindings/Labels";
import { t } from "../locale/text";

export type LabelProblems = Partial<Record<keyof Labels, string>>;

/** The labels without which nothing is taken in. */
const DEMANDED = ["organisation", "source", "purpose"] as const;

export function missing(labels: Labels): LabelProblems {
  const problems: LabelProblems = {};
  for (const field of DEMANDED) if (labels[field].trim() === "") problems[field] = t("label.missing");
  return problems;
}

/** What the core refused, and the labels that it was asked to take. */
export interface Refusal {
  error: ErrorView;
  labels: Labels;
}

/**
 * What is wrong with these labels now: what is missing, once somebody tried to send them, and what the core refused,
 * as long as it has not been changed since.
 */
export function problems(labels: Labels, tried: boolean, refusal: Refusal | null): LabelProblems {
  return { ...(refusal && unchanged(refusal, labels)), ...(tried && missing(labels)) };
}

/** Whether a refusal still holds; one that is about a field does until that field is changed. */
export function stands(refusal: Refusal, labels: Labels): boolean {
  const about = Object.keys(refused(refusal.error));
  return about.length === 0 || Object.keys(unchanged(refusal, labels)).length > 0;
}

function unchanged({ error, labels: sent }: Refusal, labels: Labels): LabelProblems {
  const fields = Object.entries(refused(error)) as [keyof Labels, string][];
  return Object.fromEntries(fields.filter(([field]) => labels[field] === sent[field]));
}

/** The field that the core refused, where it is one of these. */
function refused(error: ErrorView): LabelProblems {
  const { field } = error.details;
  if (!field || !["organisation", "source", "purpose", "marking", "handling"].includes(field)) return {};
  if (error.code === "label_missing") return { [field]: t("label.missing") };
  if (error.code === "label_unknown") return { [field]: t("label.unknown") };
  return {};
}

/** The labels that all of these have in common; empty where they differ. */
export function common(all: Labels[]): Labels {
  const one = <K extends keyof Labels>(key: K, otherwise: Labels[K]) => {
    const first = all[0]?.[key];
    return first !== undefined && all.every((labels) => labels[key] === first) ? first : otherwise;
  };
  return {
    organisation: one("organisation", ""),
    source: one("source", ""),
    purpose: one("purpose", ""),
    marking: one("marking", null),
    handling: one("handling", null),
  };
}
