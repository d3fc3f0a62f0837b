/** Chosen files in words. How many are in a folder is not known before it is read. */
import type { Selection } from "../bindings/Selection";
import { t, tn } from "../locale/text";

export function chosen({ files, folders }: Selection): string {
  if (folders === 0) return tn("count.files", files);
  if (files === 0) return tn("count.folders", folders);
  return t("intake.chosen.both", { files: tn("count.files", files), folders: tn("count.folders", folders) });
}
