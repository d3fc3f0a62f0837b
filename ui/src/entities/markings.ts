/** Markings that a statement can be given: its own, and stricter ones. */
import type { Codes } from "../bindings/Codes";
import { inLanguage, markingName } from "../locale/codes";

/** As options of a list; a statement without a marking can get any. `-` stands for none. */
export function stricterMarkings(codes: Codes, own: string | null | undefined) {
  const rank = codes.markings.codes.find(({ code }) => code === own)?.rank ?? -1;
  const stricter = codes.markings.codes.filter((code) => code.rank > rank);
  return [
    { value: own ?? "-", label: markingName(codes, own ?? null), marking: own ?? "" },
    ...stricter.map((code) => ({ value: code.code, label: inLanguage(code), marking: code.code })),
  ];
}
