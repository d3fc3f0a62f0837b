/** The desktop shell. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { type EventCallback, listen } from "@tauri-apps/api/event";
import type { AnalysisUpdate } from "../bindings/AnalysisUpdate";
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

/** Begins a job whose news come through a channel. */
function begin(command: string, args: Record<string, unknown>, onUpdate: (update: AnalysisUpdate) => void) {
  const channel = new Channel<AnalysisUpdate>();
  channel.onmessage = onUpdate;
  return call<string>(command, { ...args, channel });
}

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
  search: (query, filters, limit, offset, senses = null) =>
    call("search", { request: { query, filters, limit, offset, facets: true, senses } }),
  documents: (failed, limit, offset) => call("documents", { failed, limit, offset }),
  openDocument: (document, query, senses = null) => call("open_document", { document, query, senses }),
  documentPages: (document, from, to) => call("document_pages", { document, from, to }),
  exportOriginal: (document) => call("export_original", { document }),
  renameDocument: (document, title) => call("rename_document", { document, title }),
  labelDocuments: (documents, labels) => call("label_documents", { documents, labels }),
  removeDocuments: (documents) => call("remove_documents", { documents }),
  undo: () => call("undo"),
  redo: () => call("redo"),
  exportResults: (query, filters, senses, format, language) =>
    call("export_results", {
      request: { query, filters, limit: 0, offset: 0, facets: false, senses },
      format,
      language,
    }),
  saveSearch: (name, query) => call("save_search", { name, query }),
  savedSearches: () => call("saved_searches"),
  dropSearch: (search) => call("drop_search", { search }),
  logEntries: (before, limit) => call("log_entries", { before, limit }),
  verifyLog: () => call("verify_log"),
  doctor: () => call("doctor"),
  preferences: () => call("preferences"),
  keepPreferences: (preferences) => call("keep_preferences", { preferences }),
  schema: () => call("schema"),
  gradings: () => call("gradings"),
  grading: () => call("grading"),
  chooseGrading: (scheme) => call("choose_grading", { scheme }),
  entities: (query, limit, offset) => call("entities", { query, limit, offset }),
  entity: (entity) => call("entity", { entity }),
  statementsIn: (document) => call("statements_in", { document }),
  stateFacts: (stated) => call("state_facts", { stated }),
  withdrawStatements: (statements) => call("withdraw_statements", { statements }),
  amendStatement: (statement, amendment) => call("amend_statement", { statement, amendment }),
  mergeEntities: (entities, reason) => call("merge_entities", { entities, reason }),
  unmergeEntities: (merge) => call("unmerge_entities", { merge }),
  distinguishEntities: (one, other, distinct) => call("distinguish_entities", { one, other, distinct }),
  choosePhoto: (entity, document) => call("choose_photo", { entity, document }),
  portrait: (document) => call("portrait", { document }),
  entityMatches: (entity, limit) => call("entity_matches", { entity, limit }),
  suggestions: (kind, limit, offset) => call("suggestions", { kind, limit, offset }),
  acceptSuggestions: (suggestions, into) => call("accept_suggestions", { suggestions, into }),
  rejectSuggestions: (suggestions) => call("reject_suggestions", { suggestions }),
  ignoreSuggestions: (suggestions) => call("ignore_suggestions", { suggestions }),
  charts: () => call("charts"),
  makeChart: (name, entities) => call("make_chart", { name, entities }),
  snapshotChart: (chart, name) => call("snapshot_chart", { chart, name }),
  setChart: (chart, name, settings) => call("set_chart", { chart, name, settings }),
  dropChart: (chart) => call("drop_chart", { chart }),
  chartView: (chart, language, brush, lens = null) => call("chart_view", { chart, language, brush, lens }),
  overlay: (chart, overlay) => call("overlay", { chart, overlay }),
  placeOnChart: (chart, placed, taken) => call("place_on_chart", { chart, placed, taken }),
  addToChart: (chart, entities, documents, at) => call("add_to_chart", { chart, entities, documents, at }),
  chartExpansions: (chart, entity) => call("chart_expansions", { chart, entity }),
  expandOnChart: (chart, entity, by, limit) => call("expand_on_chart", { chart, entity, by, limit }),
  arrangeChart: (chart, arrangement) => call("arrange_chart", { chart, arrangement }),
  exportPicture: (chart, format, selection, language, lens) =>
    call("export_picture", { chart, format, selection, language, lens }),
  styleSheets: () => call("style_sheets"),
  makeStyleSheet: (name, organisation, chart) => call("make_style_sheet", { name, organisation, chart }),
  setStyleSheet: (sheet) => call("set_style_sheet", { sheet }),
  dropStyleSheet: (sheet) => call("drop_style_sheet", { sheet }),
  useStyleSheet: (choice, chart) => call("use_style_sheet", { choice, chart }),
  importStyleSheet: (token) => call("import_style_sheet", { token }),
  exportStyleSheet: (sheet) => call("export_style_sheet", { sheet }),
  startMeasures: (chart, convention, onUpdate) => begin("start_measures", { chart, convention }, onUpdate),
  startBrokers: (chart, players, onUpdate) => begin("start_brokers", { chart, players }, onUpdate),
  startKeyPlayers: (chart, players, types, onUpdate) =>
    begin("start_key_players", { chart, players, types }, onUpdate),
  startPaths: (chart, request, onUpdate) => begin("start_paths", { chart, request }, onUpdate),
  startExchange: (token, format, labels, chart, onUpdate) =>
    begin("start_exchange", { token, format, labels, chart }, onUpdate),
  startTable: (token, mapping, labels, chart, onUpdate) =>
    begin("start_table", { token, mapping, labels, chart }, onUpdate),
  tryTable: (token, mapping) => call("try_table", { token, mapping }),
  mappings: () => call("mappings"),
  saveMapping: (name, mapping) => call("save_mapping", { name, mapping }),
  dropMapping: (mapping) => call("drop_mapping", { mapping }),
  exportExchange: (format, chart) => call("export_exchange", { format, chart }),
  lookUp: (word, lens) => call("look_up", { word, lens }),
  lensLabels: (lens, language) => call("lens_labels", { lens, language }),
  concept: (concept) => call("concept", { concept }),
  conceptHistory: (concept) => call("concept_history", { concept }),
  concepts: (text, organisation, limit, offset) => call("concepts", { text, organisation, limit, offset }),
  conceptMappings: (status) => call("concept_mappings", { status }),
  offeredMappings: () => call("offered_mappings"),
  setConcept: (draft) => call("set_concept", { draft }),
  dropConcept: (concept) => call("drop_concept", { concept }),
  proposeMapping: (draft) => call("propose_mapping", { draft }),
  dropConceptMapping: (mapping) => call("drop_concept_mapping", { mapping }),
  reviewMapping: (mapping, organisation, verdict, reviewer, reason) =>
    call("review_mapping", { mapping, organisation, verdict, reviewer, reason }),
  textSenses: (texts, lens) => call("text_senses", { texts, lens }),
  pageSenses: (document, from, to, lens) => call("page_senses", { document, from, to, lens }),
  fixSense: (document, { page, start, end }, concept) =>
    call("fix_sense", { document, page, start, end, concept }),
  startCoverage: (limit, onUpdate) => begin("start_coverage", { limit }, onUpdate),
  startGlossaryImport: (token, organisation, format, acceptViolations, onUpdate) =>
    begin("start_glossary_import", { token, organisation, format, acceptViolations }, onUpdate),
  startGlossarySeed: (onUpdate) => begin("start_glossary_seed", {}, onUpdate),
  exportGlossary: (format, organisation) => call("export_glossary", { format, organisation }),
  on: (event, listener) => events[event](listener),
};
