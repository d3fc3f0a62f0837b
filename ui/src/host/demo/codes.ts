import markings from "../../../../resources/codes/markings.json";
import organisations from "../../../../resources/codes/organisations.json";
import purposes from "../../../../resources/codes/purposes.json";
import type { Codes } from "../../bindings/Codes";

interface Read {
  version: string;
  codes: { code: string; nl: string; en: string; rank?: number }[];
}

const list = ({ version, codes }: Read) => ({ version, codes: codes.map((code) => ({ rank: 0, ...code })) });

/** The same lists that the desktop ships. */
export const CODES: Codes = {
  organisations: list(organisations),
  purposes: list(purposes),
  markings: list(markings),
};
