/** Documents in memory: an import that reads nothing, the list, the view, and the acts on them. */
import { dailyReports } from "../demo/documents";
import { DemoImport } from "../demo/import";
import { passages } from "../demo/passages";
import { parse, words } from "../demo/query";
import { read } from "../demo/senses";
import type { Shelved } from "../demo/shelf";
import type { Host } from "../host";
import { refuse, type Shell } from "./shell";

export function documents(
  shell: Shell,
): Pick<
  Host,
  | "chooseImport"
  | "startImport"
  | "controlJob"
  | "documents"
  | "openDocument"
  | "documentPages"
  | "exportOriginal"
  | "renameDocument"
  | "labelDocuments"
  | "removeDocuments"
> {
  let imported = 0;
  return {
    async chooseImport(what) {
      const names = ["dagrapport-0931.txt", "dagrapport-0932.txt", "facturen-pekelhof.zip", "oude-scan.pdf"];
      if (what === "files") return { token: "files", files: names.length, folders: 0, names };
      return { token: "folder", files: 0, folders: 1, names: ["inbeslagname-2026-11"] };
    },

    async startImport(token, labels, onUpdate) {
      await shell.work();
      const id = `job-${shell.jobs.size + 1}`;
      const total = token === "folder" ? 1240 : 48;
      const fresh = dailyReports(total).map((document) => ({
        ...document,
        path: `import-${imported + 1}/${document.path}`,
        organisation: labels.organisation,
        source: labels.source,
        purpose: labels.purpose,
        marking: labels.marking,
      }));
      imported += 1;
      const job = new DemoImport(fresh, onUpdate, (taken) => {
        const shelved = taken.map((source) => shell.shelve(source));
        const documents = shelved.map(({ document }) => document.id);
        if (documents.length > 0)
          shell.act("documents_imported", null, removal(shelved, false), { documents }, documents.length);
        return shelved.map(({ document }) => ({ id: document.id, path: document.path, kind: document.kind }));
      });
      shell.jobs.set(id, job);
      return id;
    },

    async controlJob(job, act) {
      const running = shell.jobs.get(job) ?? refuse("job_not_found");
      running.control(act);
    },

    async documents(failed, limit, offset) {
      await shell.work();
      shell.demand();
      const all = shell.kept
        .map(({ document }) => document)
        .filter((document) => !failed || document.failure);
      return { total: all.length, documents: structuredClone(all.slice(offset, offset + limit)) };
    },

    async openDocument(id, query, senses = null) {
      await shell.work();
      const own = shell.open?.organisation ?? "";
      const reading = query && senses ? read(shell.glossary, shell.kept, query, senses, own) : null;
      const { source, document } = shell.document(id);
      shell.record("consulted", 1, document.title, "audit");
      return structuredClone({
        document,
        parent: shell.kept.find((other) => other.document.id === document.parent)?.document ?? null,
        children: shell.kept.filter((other) => other.document.parent === id).map((other) => other.document),
        matches: query ? passages(source.text, reading?.words ?? words(parse(query))) : [],
      });
    },

    async documentPages(id, from, to) {
      await shell.work();
      const { source } = shell.document(id);
      return source.text
        .split("\f")
        .map((text, index) => ({ number: index + 1, label: null, text }))
        .slice(from - 1, to);
    },

    async exportOriginal(id) {
      await shell.work();
      shell.record("exported", 1, shell.document(id).document.title, "audit");
      return true;
    },

    async renameDocument(id, title) {
      await shell.work();
      const { document, source } = shell.document(id);
      const [before, after] = [document.title, title ?? source.title];
      return shell.act(
        "document_renamed",
        after,
        {
          undo: () => {
            document.title = before;
          },
          redo: () => {
            document.title = after;
          },
        },
        { documents: [id] },
      );
    },

    async labelDocuments(ids, labels) {
      await shell.work();
      const documents = ids.map((id) => shell.document(id).document);
      const before = documents.map((document) => document.labels);
      return shell.act(
        "documents_labelled",
        documents.length === 1 ? (documents[0]?.title ?? null) : null,
        {
          undo: () => {
            documents.forEach((document, i) => {
              document.labels = before[i] ?? document.labels;
            });
          },
          redo: () => {
            for (const document of documents) document.labels = { ...labels };
          },
        },
        { documents: ids },
        ids.length,
      );
    },

    async removeDocuments(ids) {
      await shell.work();
      const shelved = ids.map((id) => shell.document(id));
      const title = shelved.length === 1 ? (shelved[0]?.document.title ?? null) : null;
      return shell.act("documents_removed", title, removal(shelved, true), { documents: ids }, ids.length);
    },
  };
}

function removal(shelved: Shelved[], removed: boolean) {
  const set = (value: boolean) => () => {
    for (const one of shelved) one.removed = value;
  };
  return { undo: set(!removed), redo: set(removed) };
}
