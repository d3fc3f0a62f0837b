/** The window as a whole: the shell it talks to, and the desk as long as a workspace is open. */
import { getContext, setContext } from "svelte";
import type { Codes } from "../bindings/Codes";
import type { ErrorView } from "../bindings/ErrorView";
import type { Places } from "../bindings/Places";
import type { Summary } from "../bindings/Summary";
import { errorView, type Host, type NewWorkspace, type OpenWorkspace, type RecoverWorkspace } from "../host";
import { preferences } from "../workspace/preferences.svelte";
import { Desk } from "./desk.svelte";

/** A person's activity is reported at most this often, in milliseconds. */
const ACTIVE_EVERY = 10_000;

/** By hand, after idleness, after the computer slept, or because the command line asked for it. */
const LOCK_CAUSES = ["hand", "idle", "sleep", "request"] as const;
export type LockCause = (typeof LOCK_CAUSES)[number];

export class App {
  readonly host: Host;
  places = $state.raw<Places | null>(null);
  codes = $state.raw<Codes | null>(null);
  desk = $state.raw<Desk | null>(null);
  /** The recovery key of a workspace just made, until the person has it on paper. */
  recovery = $state.raw<{ key: string; name: string; organisation: string } | null>(null);
  /** The workspace that was locked last, and why. */
  lockedPath = $state<string | null>(null);
  lockedCause = $state<LockCause | null>(null);
  /** Why the shell did not lock, after the window had let go. */
  lockFailure = $state.raw<ErrorView | null>(null);
  idleMinutes = $state(0);
  /** Characters that a passphrase has at least. */
  minPassphrase = $state(0);
  /** What kept the window from starting. */
  failure = $state.raw<unknown>(null);

  /** The preferences as the open workspace has them; none until they were read. */
  #keptPreferences: string | null = null;
  #lastActive = 0;
  /** The locking under way; opening waits for it, or would find the workspace still in use. */
  #locking: Promise<void> = Promise.resolve();
  #copied = false;

  constructor(host: Host) {
    this.host = host;
    host.on("locked", ({ cause }) => this.leave(LOCK_CAUSES.find((known) => known === cause) ?? "idle"));
  }

  async start() {
    try {
      const [codes, places, session] = await Promise.all([
        this.host.codes(),
        this.host.places(),
        this.host.session(),
      ]);
      this.codes = codes;
      this.places = places;
      this.idleMinutes = session.idleMinutes;
      this.minPassphrase = session.minPassphrase;
      if (session.summary) this.#enter(session.summary);
    } catch (thrown) {
      this.failure = errorView(thrown);
    }
  }

  async open(workspace: OpenWorkspace) {
    await this.#locking;
    this.#enter(await this.host.openWorkspace(workspace));
  }

  async recover(workspace: RecoverWorkspace) {
    await this.#locking;
    this.#enter(await this.host.recoverWorkspace(workspace));
  }

  /** Makes a workspace; its desk waits until the recovery key has been confirmed. */
  async create(workspace: NewWorkspace) {
    await this.#locking;
    const { recoveryKey } = await this.host.createWorkspace(workspace);
    this.recovery = { key: recoveryKey, name: workspace.name, organisation: workspace.organisation };
  }

  async confirmRecoveryKey() {
    this.recovery = null;
    const { summary } = await this.host.session();
    if (summary) this.#enter(summary);
  }

  /**
   * Locks by hand. The window lets go first: the shell may have to wait for an import, and what finds the workspace
   * locked meanwhile must not pass for the cause.
   */
  lock(): Promise<void> {
    this.leave("hand");
    this.#locking = this.host.lock("hand").catch((thrown) => {
      this.lockFailure = errorView(thrown);
    });
    return this.#locking;
  }

  /** Lets go of everything of the case. */
  leave(cause: LockCause) {
    const { desk } = this;
    this.recovery = null;
    this.lockFailure = null;
    if (!desk) return;
    this.lockedPath = desk.summary.path;
    this.lockedCause = cause;
    desk.dispose();
    this.desk = null;
    window.getSelection()?.removeAllRanges();
    if (this.#copied) void this.#clearClipboard();
    void this.#refreshPlaces();
  }

  /** Keeps the preferences in the open workspace, where they changed. */
  keepPreferences(text: string) {
    if (!this.desk || this.#keptPreferences === null || text === this.#keptPreferences) return;
    this.#keptPreferences = text;
    this.host.keepPreferences(text).catch(() => {
      // Not worth a message: they hold until the window closes.
    });
  }

  async #readPreferences() {
    this.#keptPreferences = null;
    try {
      const kept = await this.host.preferences();
      preferences.read(kept);
      this.#keptPreferences = kept ?? "";
    } catch {
      // Those of now hold.
    }
  }

  /** The person did something: the idle clock starts again. */
  active() {
    const now = Date.now();
    if (!this.desk || now - this.#lastActive < ACTIVE_EVERY) return;
    this.#lastActive = now;
    this.host.active().catch(() => {
      // Locked in the meantime; the event that tells so is on its way.
    });
  }

  /** Something of the case went to the clipboard. */
  copied() {
    if (this.desk || this.recovery) this.#copied = true;
  }

  async copy(text: string) {
    await navigator.clipboard.writeText(text);
    this.copied();
  }

  #enter(summary: Summary) {
    if (!this.codes) return;
    this.lockedCause = null;
    this.lockFailure = null;
    // A late answer to a desk that was left says nothing of the one of now.
    const desk = new Desk(this.host, this.codes, summary, () => {
      if (this.desk === desk) this.leave("idle");
    });
    this.desk = desk;
    void this.#readPreferences();
    const waiting = this.places?.waiting;
    if (waiting) desk.intake.offer(waiting);
  }

  async #clearClipboard() {
    this.#copied = false;
    try {
      await navigator.clipboard.writeText("");
    } catch {
      // The system allows it only to a window that has the focus; the shell clears it as well.
    }
  }

  async #refreshPlaces() {
    try {
      const places = await this.host.places();
      // Files named on the command line are offered once.
      this.places = { ...places, waiting: null };
    } catch {
      // The list of before still stands.
    }
  }
}

const APP = Symbol("app");

export const provideApp = (app: App) => setContext(APP, app);
export const useApp = (): App => getContext(APP);
