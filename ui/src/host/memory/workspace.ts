/** Workspaces in memory: which there are, opening and locking, keys, preferences. The demo workspace is filled from the beginning. */
import type { Summary } from "../../bindings/Summary";
import { CODES } from "../demo/codes";
import { DEMO_PATH } from "../demo/filled";
import type { Host } from "../host";
import { refuse, type Shell } from "./shell";

/** The passphrase of the demo case. */
export const DEMO_PASSPHRASE = "kraanhaven bij nacht";
const SHORTEST = 8;
const OTHER_PATH = "/home/analist/Koplamp/Zeilmaker.koplamp";
const RECOVERY_KEY = "7QWM-4KHT-XB2N-9RFD-3VYC-6PJE-8SAG-5UZL";

export function workspace(
  shell: Shell,
): Pick<
  Host,
  | "places"
  | "codes"
  | "session"
  | "keychain"
  | "chooseFolder"
  | "createWorkspace"
  | "openWorkspace"
  | "recoverWorkspace"
  | "changePassphrase"
  | "lock"
  | "active"
  | "preferences"
  | "keepPreferences"
  | "doctor"
> {
  const workspaces = [
    { name: "Lisdodde", path: DEMO_PATH },
    { name: "Zeilmaker", path: OTHER_PATH },
  ];
  let preferences: string | null = null;
  return {
    async places() {
      return {
        home: "/home/analist/Koplamp",
        workspaces: [...workspaces],
        given: DEMO_PATH,
        waiting: null,
      };
    },

    async codes() {
      return CODES;
    },

    async session() {
      return { summary: shell.open ? summary(shell) : null, idleMinutes: 10, minPassphrase: SHORTEST };
    },

    async keychain(path) {
      return { state: path === OTHER_PATH ? "missing" : "ok", file: false };
    },

    async chooseFolder(purpose) {
      return purpose === "workspace" ? "/media/stick/Rietkade.koplamp" : "/media/stick/koplamp.secret";
    },

    async createWorkspace({ name, organisation, person, passphrase, folder }) {
      await shell.work(4);
      if ([...passphrase].length < SHORTEST) refuse("weak_passphrase");
      const path = `${folder ?? "/home/analist/Koplamp"}/${name}.koplamp`;
      if (workspaces.some((place) => place.path === path)) refuse("workspace_exists", { path });
      workspaces.push({ name, path });
      shell.take(path);
      shell.open = { path, name, organisation, person };
      shell.record("workspace_created", 1, name, organisation);
      return { path, recoveryKey: RECOVERY_KEY };
    },

    async openWorkspace({ path, passphrase, deviceSecretFile }) {
      await shell.work(4);
      const place = workspaces.find((workspace) => workspace.path === path);
      if (!place) return refuse("workspace_not_found", { path });
      if (path === OTHER_PATH && !deviceSecretFile) refuse("keychain_missing");
      if (passphrase !== DEMO_PASSPHRASE) refuse("wrong_passphrase");
      shell.take(path);
      shell.open = { path, name: place.name, organisation: "politie", person: "M. Zandwijk" };
      shell.record("opened", 1, "passphrase", "audit");
      return summary(shell);
    },

    async recoverWorkspace(workspace) {
      await shell.work(4);
      if (
        workspace.recoveryKey.replace(/[^A-Za-z0-9]/g, "").toUpperCase() !== RECOVERY_KEY.replaceAll("-", "")
      ) {
        refuse("wrong_recovery_key");
      }
      return this.openWorkspace({ ...workspace, passphrase: DEMO_PASSPHRASE });
    },

    async changePassphrase(old, fresh) {
      await shell.work(4);
      if (old !== DEMO_PASSPHRASE) refuse("wrong_passphrase");
      if ([...fresh].length < SHORTEST) refuse("weak_passphrase");
      shell.record("keys_changed", 1, "passphrase set", "audit");
    },

    async lock(cause) {
      shell.record("locked", 1, cause, "audit");
      shell.open = null;
    },

    async active() {},

    async preferences() {
      return preferences;
    },

    async keepPreferences(fresh) {
      shell.demand();
      preferences = fresh;
    },

    async doctor() {
      await shell.work(6);
      return { ok: true, state_digest: "5d0c6f1e".repeat(8), problems: [] };
    },
  };
}

function summary(shell: Shell): Summary {
  const open = shell.open ?? refuse("locked");
  const documents = shell.kept.map(({ document }) => document);
  const rank = (code: string | null) =>
    CODES.markings.codes.find((marking) => marking.code === code)?.rank ?? -1;
  const strictest = documents.map(({ labels }) => labels.marking).sort((a, b) => rank(b) - rank(a))[0];
  return {
    id: "w1",
    ...open,
    documents: documents.length,
    failures: documents.filter((document) => document.failure).length,
    marking: strictest ?? null,
    undo: shell.done.at(-1)?.change.act ?? null,
    redo: shell.undone.at(-1)?.change.act ?? null,
    notices: [],
  };
}
