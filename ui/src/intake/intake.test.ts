import { afterEach, describe, expect, it } from "vitest";
import type { JobUpdate } from "../bindings/JobUpdate";
import type { Selection } from "../bindings/Selection";
import { type Host, HostError } from "../host";
import { preferences } from "../workspace/preferences.svelte";
import { chosen } from "./chosen";
import { Intake, type Job } from "./intake.svelte";
import { pace } from "./progress";

const selection = (files: number, folders: number): Selection => ({ token: "t", files, folders, names: [] });

function progress(paused: boolean): JobUpdate {
  const counts = { done: 1, total: 9, failed: 0, rate: 2, seconds_left: 4, current: "a.txt" };
  return { update: "progress", progress: { ...counts, paused } };
}

/** A host that does what it is told and says nothing of it, until the test does. */
function quietHost(control: Host["controlJob"] = async () => {}) {
  let tell: (update: JobUpdate) => void = () => {};
  const host = {
    startImport: async (_token: string, _labels: unknown, onUpdate: typeof tell) => {
      tell = onUpdate;
      return "job-1";
    },
    controlJob: control,
  } as unknown as Host;
  return { host, tell: (update: JobUpdate) => tell(update) };
}

async function started(host: Host): Promise<{ intake: Intake; job: Job }> {
  const intake = new Intake(host, () => {});
  intake.offer(selection(9, 0));
  await intake.start();
  const [job] = intake.jobs;
  if (!job) throw new Error("no job after starting");
  return { intake, job };
}

describe("a job", () => {
  it("is paused as soon as the shell has answered, whatever progress was told last", async () => {
    const { host, tell } = quietHost();
    const { intake, job } = await started(host);
    tell(progress(false));
    await intake.control(job, "pause");
    expect(job.paused).toBe(true);
    expect(pace(job)).not.toContain("2");
    await intake.control(job, "resume");
    expect(job.paused).toBe(false);
    tell(progress(true));
    expect(job.paused).toBe(true);
  });

  it("is not paused when the shell refuses, or has no such job any more", async () => {
    for (const code of ["internal", "job_not_found"] as const) {
      const refused = new HostError({ code, message: "", details: {} });
      const { intake, job } = await started(quietHost(() => Promise.reject(refused)).host);
      await intake.control(job, "pause").catch(() => {});
      expect(job.paused).toBe(false);
    }
  });
});

describe("the organisation of an import", () => {
  it("is asked for, until an import of this sitting had one", async () => {
    const { host } = quietHost();
    const intake = new Intake(host, () => {});
    intake.offer(selection(1, 0));
    expect(intake.labels.organisation).toBe("");
    intake.labels.organisation = "douane";
    intake.sheet = false;
    intake.offer(selection(1, 0));
    expect(intake.labels.organisation).toBe("");
    intake.labels.organisation = "fiod";
    await intake.start();
    intake.offer(selection(2, 0));
    expect(intake.labels.organisation).toBe("fiod");
  });

  it("stays as it was filled in when other files are dropped on the sheet", () => {
    const intake = new Intake(quietHost().host, () => {});
    intake.offer(selection(1, 0));
    intake.labels.organisation = "douane";
    intake.offer(selection(3, 0));
    expect(intake.labels.organisation).toBe("douane");
  });
});

describe("chosen files", () => {
  afterEach(() => {
    preferences.language = "nl";
  });

  it.each([
    [3, 0, "3 bestanden", "3 files"],
    [0, 1, "1 map", "1 folder"],
    [3, 1, "3 bestanden en 1 map", "3 files and 1 folder"],
    [1, 2, "1 bestand en 2 mappen", "1 file and 2 folders"],
  ])("%i files and %i folders", (files, folders, dutch, english) => {
    expect(chosen(selection(files, folders))).toBe(dutch);
    preferences.language = "en";
    expect(chosen(selection(files, folders))).toBe(english);
  });
});
