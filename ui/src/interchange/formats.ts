/** The formats of other programs, by the codes of the core. */

export const READ = ["ftm", "graphml", "gexf", "csv", "anx"] as const;
/** i2's charts are only read. */
export const WRITTEN = ["ftm", "graphml", "gexf", "csv"] as const;
export type Written = (typeof WRITTEN)[number];
