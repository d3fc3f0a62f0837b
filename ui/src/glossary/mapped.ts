/** Mappings in words. */
import type { Compound } from "../bindings/Compound";
import type { MappingView } from "../bindings/MappingView";
import { t } from "../locale/text";

/** Several words of a compound equivalent as one line. */
export function join(words: readonly string[], compound: Compound | null): string {
  return words.join(compound === "and" ? ` ${t("tie.and")} ` : compound === "or" ? ` ${t("tie.or")} ` : ", ");
}

/** The organisations that answer for a mapping. */
export function sides({ from_organisation, mapping }: MappingView): [string, string] {
  return [from_organisation, mapping.to_organisation];
}

/** Whether both sides say yes, and it is not agreed because one person said both, or judges what they proposed themselves. */
export function onePerson(view: MappingView): boolean {
  const accepts = (side: string) =>
    view.reviews.some(({ organisation, verdict }) => organisation === side && verdict === "accept");
  return view.status === "proposed" && sides(view).every(accepts);
}
