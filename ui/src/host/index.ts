/** The only folder that may import `@tauri-apps`. */
import { isTauri } from "@tauri-apps/api/core";
import type { Host } from "./host";

export {
  errorView,
  type Host,
  HostError,
  type HostEvents,
  type JobAct,
  type NewWorkspace,
  type OpenWorkspace,
  type RecoverWorkspace,
} from "./host";

/** The desktop shell where there is one; else a small demo case in memory, for browsers and screenshots. */
export async function chooseHost(): Promise<Host> {
  if (isTauri()) return (await import("./tauri")).tauriHost;
  return (await import("./memory")).memoryHost();
}
