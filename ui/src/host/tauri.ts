/** The desktop shell. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { type EventCallback, listen } from "@tauri-apps/api/event";
import type { JobUpdate } from "../bindings/JobUpdate";
import { errorView, type Host, HostError, type HostEvents } from "./host";

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw new HostError(errorView(thrown));
  }
}

/** Listens now; the answer stops it, also when it has not begun yet. */
function hear<T>(event: string, listener: EventCallback<T>): () => void {
  const listening = listen<T>(event, listener);
  return () => void listening.then((stop) => stop());
}

const events: { [E in keyof HostEvents]: (listener: (payload: HostEvents[E]) => void) => () => void } = {
  dragging: (listener) => {
    const stops = [
      hear("tauri://drag-enter", () => listener(true)),
      hear("tauri://drag-leave", () => listener(false)),
      hear("tauri://drag-drop", () => listener(false)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
  dropped: (listener) =>
    hear("koplamp://dropped", (event) => listener(event.payload as HostEvents["dropped"])),
  locked: (listener) => hear("koplamp://locked", (event) => listener(event.payload as HostEvents["locked"])),
  changed: (listener) =>
    hear("koplamp://changed", (event) => listener(event.payload as HostEvents["changed"])),
};

export const tauriHost: Host = {
  places: () => call("places"),
  codes: () => call("codes"),
  session: () => call("session"),
  keychain: (path) => call("keychain", { path }),
  chooseFolder: (purpose) => call("choose_folder", { purpose }),
  createWorkspace: (workspace) => call("create_workspace", { ...workspace }),
  openWorkspace: (workspace) => call("open_workspace", { ...workspace }),
  recoverWorkspace: (workspace) => call("recover_workspace", { ...workspace }),
  changePassphrase: (old, fresh) => call("change_passphrase", { old, new: fresh }),
  lock: (cause) => call("lock", { cause }),
  active: () => call("active"),
  chooseImport: (what) => call("choose_import", { what }),
  startImport: (token, labels, onUpdate) => {
    const channel = new Channel<JobUpdate>();
    channel.onmessage = onUpdate;
    return call("start_import", { token, labels, channel });
  },
  controlJob: (job, act) => call("control_job", { job, act }),
  search: (query, filters, limit, offset) => call("search", { query, filters, limit, offset }),
  documents: (failed, limit, offset) => call("documents", { failed, limit, offset }),
  openDocument: (document, query) => call("open_document", { document, query }),
  documentPages: (document, from, to) => call("document_pages", { document, from, to }),
  exportOriginal: (document) => call("export_original", { document }),
  renameDocument: (document, title) => call("rename_document", { document, title }),
  labelDocuments: (documents, labels) => call("label_documents", { documents, labels }),
  removeDocuments: (documents) => call("remove_documents", { documents }),
  undo: () => call("undo"),
  redo: () => call("redo"),
  saveSearch: (name, query) => call("save_search", { name, query }),
  savedSearches: () => call("saved_searches"),
  dropSearch: (search) => call("drop_search", { search }),
  logEntries: (before, limit) => call("log_entries", { before, limit }),
  verifyLog: () => call("verify_log"),
  doctor: () => call("doctor"),
  preferences: () => call("preferences"),
  keepPreferences: (preferences) => call("keep_preferences", { preferences }),
  on: (event, listener) => events[event](listener),
};
