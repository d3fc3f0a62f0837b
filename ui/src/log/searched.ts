/** A search as a sentence: what was typed, how its words were read, what was looked for beside them and what was put aside. */
import type { Codes } from "../bindings/Codes";
import { organisationName } from "../locale/codes";
import { hasText, t } from "../locale/text";

/** The core writes what was typed on the first line, and then lines of codes with tabs between. */
export function searched(subject: string, codes?: Codes): string {
  const [asked = "", read, ...lines] = subject.split("\n");
  if (read === undefined) return asked;
  const [mode = "", lens = "", ...flags] = read.split("\t");
  const known = `logged.searched.${mode}`;
  const how = hasText(known) ? t(known, { organisation: name(lens, codes) }) : read;
  return [asked, how, ...flags.map(flag), ...lines.map((line) => beside(line, codes))].join("; ");
}

function flag(code: string): string {
  const known = `logged.searched.${code}`;
  return hasText(known) ? t(known) : code;
}

function beside(line: string, codes?: Codes): string {
  const [code = "", word, term, organisation, hits] = line.split("\t");
  const known = `logged.searched.${code}`;
  if (!hasText(known) || word === undefined || term === undefined || organisation === undefined) return line;
  return t(known, { word, term, organisation: name(organisation, codes), count: hits ?? "" });
}

function name(organisation: string, codes?: Codes): string {
  return codes ? organisationName(codes, organisation) : organisation;
}
