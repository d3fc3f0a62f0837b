import { afterEach, describe, expect, it } from "vitest";
import type { ActKind } from "../bindings/ActKind";
import { preferences } from "../workspace/preferences.svelte";
import { sentence, who } from "./sentence";

const say = (kind: ActKind, subject: string | null) =>
  sentence({ transaction: "t", kind, count: 1, subject, at: 0 });

/** What the core writes as the subject of acts upon the workspace itself. */
const CODES: [ActKind, string][] = [
  ["locked", "hand"],
  ["locked", "idle"],
  ["locked", "sleep"],
  ["locked", "request"],
  ["locked", "end"],
  ["locked", "replaced"],
  ["opened", "passphrase"],
  ["opened", "recovery"],
  ["keys_changed", "passphrase set"],
  ["keys_changed", "passphrase and device secret set with the recovery key"],
  ["keys_changed", "went on from an older copy: the database is older: it has seen 4 acts, its witness 9"],
  ["open_failed", "wrong_passphrase"],
  ["open_failed", "wrong_device_secret"],
  ["open_failed", "wrong_recovery_key"],
  ["open_failed", "no_such_slot"],
  ["open_failed", "tampered"],
  ["open_failed", "out_of_memory"],
  ["open_failed", "unreadable"],
  ["combined", "measures"],
  ["combined", "paths"],
  ["combined", "key_players"],
  ["combined", "brokers"],
  ["combined", "matches"],
  ["combined", "coverage"],
  ["grading_chosen", "admiralty"],
  ["grading_chosen", "europol"],
  ["disclosed", "ftm"],
  ["disclosed", "graphml"],
  ["disclosed", "gexf"],
  ["disclosed", "csv"],
  ["disclosed", "turtle"],
  ["disclosed", "jsonld"],
  ["disclosed", "sssom"],
  ["disclosed", "svg"],
  ["disclosed", "pdf"],
  ["disclosed", "png"],
  ["disclosed", "style"],
  ["disclosed", "results_csv"],
  ["disclosed", "results_json"],
];

afterEach(() => {
  preferences.language = "nl";
});

describe("an act in the log", () => {
  it.each(CODES)("has words for a code: %s, %s", (kind, code) => {
    const dutch = say(kind, code);
    expect(dutch).not.toContain(`: ${code}`);
    preferences.language = "en";
    const english = say(kind, code);
    expect(english).not.toBe(dutch);
    expect(english).not.toContain(`: ${code}`);
  });

  it("tells how the words of a search were read in words", () => {
    const read = "warn\tpolitie\naside\taangifte\tbelastingaangifte\tbelastingdienst\t4";
    const subject = `aangifte\n${read}\nunfolded\taangifte\tdouaneaangifte\tdouane\t1`;
    expect(say("searched", subject)).toBe(
      "Gezocht naar aangifte; met een waarschuwing bij wat politie er niet onder verstaat; " +
        "apart gehouden: aangifte als belastingaangifte (belastingdienst): 4; getoond: aangifte als douaneaangifte (douane): 1",
    );
    expect(say("searched", "strict\tpolitie")).toBe("Gezocht naar strict\tpolitie");
    const bridged = say(
      "searched",
      "aangifte\nbridge\tpolitie\tproposed\trelated\nalso\ta\tb\tom\t2\noff\ta\tc\tom\t0",
    );
    preferences.language = "en";
    expect(
      say("searched", "aangifte\nbridge\tpolitie\tproposed\trelated\nalso\ta\tb\tom\t2\noff\ta\tc\tom\t0"),
    ).not.toBe(bridged);
    expect(bridged).not.toMatch(/bridge|proposed|related|also|off/);
    expect(say("searched", "aangifte\nnew_mode\tpolitie\nnew_line")).toContain("new_line");
  });

  it("shows a code that it does not know as it is", () => {
    expect(say("locked", "eclipse")).toBe("Vergrendeld: eclipse");
    expect(say("open_failed", "bad_moon")).toBe("Openen mislukt: bad_moon");
  });

  it("takes a name for a name, also when it reads like a code", () => {
    expect(say("consulted", "hand")).toBe("Geraadpleegd: hand");
    expect(say("documents_removed", "passphrase")).toBe("passphrase verwijderd");
  });

  it("says so when nobody knows who it was", () => {
    expect(who("")).toBe("onbekend");
    expect(who("A. de Tester")).toBe("A. de Tester");
    preferences.language = "en";
    expect(who("")).toBe("unknown");
  });
});
