/** How far an import is, in words. */
import type { ImportProgress } from "../bindings/ImportProgress";
import { duration } from "../locale/format";
import { t } from "../locale/text";

export function fraction(progress: ImportProgress | null): number {
  return progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
}

export function pace(progress: ImportProgress): string {
  if (progress.paused) return t("job.paused");
  const rate = t("job.rate", { rate: progress.rate });
  if (progress.seconds_left === null) return rate;
  return t("job.pace", { rate, left: t("job.left", { time: duration(progress.seconds_left) }) });
}
