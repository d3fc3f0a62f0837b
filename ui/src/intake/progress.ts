/** How far an import is, in words. */
import type { ImportProgress } from "../bindings/ImportProgress";
import { duration } from "../locale/format";
import { t } from "../locale/text";
import type { Job } from "./intake.svelte";

export function fraction(progress: ImportProgress | null): number {
  return progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
}

export function pace({ progress, paused }: Pick<Job, "progress" | "paused">): string {
  if (paused) return t("job.paused");
  if (!progress) return "";
  const rate = t("job.rate", { rate: progress.rate });
  if (progress.seconds_left === null) return rate;
  return t("job.pace", { rate, left: t("job.left", { time: duration(progress.seconds_left) }) });
}
