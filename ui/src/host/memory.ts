/**
 * The shell in memory: a small demo case that behaves as the desktop does, so that the window runs in an ordinary
 * browser, for screenshots and tests. Nothing is encrypted here because nothing is kept. One room a file in `memory/`.
 */
import { watchFiles } from "./demo/files";
import { fill } from "./demo/filled";
import type { Host } from "./host";
import { chart } from "./memory/chart";
import { documents } from "./memory/documents";
import { entities } from "./memory/entities";
import { glossary } from "./memory/glossary";
import { interchange } from "./memory/interchange";
import { log } from "./memory/log";
import { measures } from "./memory/measures";
import { review } from "./memory/review";
import { search } from "./memory/search";
import { Shell } from "./memory/shell";
import { styles } from "./memory/styles";
import { workspace } from "./memory/workspace";

export { DEMO_PASSPHRASE } from "./memory/workspace";

export type MemoryHost = Host & Pick<Shell, "emit">;

/** `delay` is how long a command takes, in milliseconds. */
export function memoryHost(delay = 120): MemoryHost {
  const shell = new Shell(delay);
  fill(shell);
  const host: MemoryHost = {
    ...workspace(shell),
    ...documents(shell),
    ...search(shell),
    ...log(shell),
    ...entities(shell),
    ...review(shell),
    ...chart(shell),
    ...styles(shell),
    ...measures(shell),
    ...interchange(shell),
    ...glossary(shell),
    on: (event, listener) => shell.on(event, listener),
    emit: (event, payload) => shell.emit(event, payload),
  };
  if (typeof window !== "undefined") watchFiles(host);
  return host;
}
