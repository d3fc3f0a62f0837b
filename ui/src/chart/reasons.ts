/** Why somebody is a broker, in words. */
import type { BrokerReason } from "../bindings/BrokerReason";
import type { Codes } from "../bindings/Codes";
import { organisationName } from "../locale/codes";
import { number, percent } from "../locale/format";
import { t, tn } from "../locale/text";

export function reasonWords(codes: Codes, reason: BrokerReason): string {
  switch (reason.reason) {
    case "betweenness": {
      const { place, of, share } = reason;
      const key = place === 1 ? "chart.reason.betweenness.first" : "chart.reason.betweenness";
      return t(key, { place, of, share: percent(share) });
    }
    case "articulation": {
      const { pieces, pairs } = reason;
      const sizes = list(pieces.map((size) => number(size)));
      return tn("chart.reason.articulation", pairs, { pieces: pieces.length, sizes });
    }
    case "joins": {
      const [one, other] = reason.organisations.map((code) => organisationName(codes, code));
      return t("chart.reason.joins", { one: one ?? "", other: other ?? "", share: percent(reason.share) });
    }
    case "key_player": {
      const { fragmentation_before, fragmentation, method } = reason;
      const params = { before: percent(fragmentation_before), after: percent(fragmentation) };
      const how = t(`chart.reason.keyPlayer.${method}`);
      if (reason.with.length === 0) return `${t("chart.reason.keyPlayer.alone", params)} ${how}`;
      return `${t("chart.reason.keyPlayer", { ...params, with: list(reason.with) })} ${how}`;
    }
    case "inconspicuous": {
      const { betweenness_place, degree_place, degree } = reason;
      return tn("chart.reason.inconspicuous", degree, { between: betweenness_place, place: degree_place });
    }
    case "communities":
      return tn("chart.reason.communities", reason.communities.length);
  }
}

/** Words with commas and, before the last, "and". */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return t("chart.list", { first: words.slice(0, -1).join(", "), last: words.at(-1) ?? "" });
}
