import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../frame/app.svelte";
import type { Desk } from "../frame/desk.svelte";
import { HostError } from "../host";
import { DEMO_PASSPHRASE, type MemoryHost, memoryHost } from "../host/memory";

let host: MemoryHost;
let desk: Desk;

beforeEach(async () => {
  host = memoryHost(0);
  const app = new App(host);
  await app.start();
  await app.open({ path: app.places?.given ?? "", passphrase: DEMO_PASSPHRASE, deviceSecretFile: null });
  if (!app.desk) throw new Error("no desk after opening");
  desk = app.desk;
  desk.go("review");
  await desk.review.start();
});

describe("the queue of suggestions", () => {
  it("counts by kind, and shows one kind", async () => {
    const { review } = desk;
    expect(review.waiting).toBe(review.total);
    await review.filter("container");
    expect(review.items.map(({ kind }) => kind)).toEqual(["container", "container", "container"]);
    expect(review.items[0]?.spread.length).toBeGreaterThan(1);
    expect(review.items[0]?.known?.type).toBe("Container");
  });

  it("takes a judged row out at once and goes to the next, and undo brings it back", async () => {
    const { review } = desk;
    const [first, second] = review.items;
    const { total } = review;
    const judged = review.judge("accept");
    expect(review.items.some(({ id }) => id === first?.id)).toBe(false);
    expect([review.current, review.total]).toEqual([second?.id, total - 1]);
    await judged;
    await desk.undo();
    await expect.poll(() => review.items.some(({ id }) => id === first?.id)).toBe(true);
    expect(review.total).toBe(total);
  });

  it("judges a hundred rows one after the other", async () => {
    const { review } = desk;
    const { total } = review;
    const judged: Promise<unknown>[] = [];
    const seen = new Set<string>();
    for (let i = 0; i < 100; i += 1) {
      if (review.current !== null) seen.add(review.current);
      judged.push(review.judge(i % 2 === 0 ? "reject" : "accept"));
    }
    await Promise.all(judged);
    expect(seen.size).toBe(100);
    await expect.poll(async () => (await host.suggestions(null, 0, 0)).total).toBe(total - 100);
    await expect.poll(() => review.total).toBe(total - 100);
  });

  it("marks all of the filter, also what was not fetched yet, and judges it in one act", async () => {
    const { review } = desk;
    await review.filter("date");
    const { total } = review;
    expect(review.items.length).toBeLessThan(total);
    await review.markAll();
    expect(review.marked.size).toBe(total);
    const change = await review.judge("reject");
    expect(change?.act.count).toBe(total);
    expect((await host.suggestions("date", 1, 0)).total).toBe(0);
    await desk.undo();
    expect((await host.suggestions("date", 1, 0)).total).toBe(total);
  });

  it("takes out every row of a value that is never to be suggested again", async () => {
    const { review } = desk;
    await review.filter("container");
    await review.judge("never");
    expect((await host.suggestions("container", 10, 0)).total).toBe(0);
    expect(review.items).toEqual([]);
  });

  it("brings a row back when its judgement failed", async () => {
    const { review } = desk;
    const first = review.current;
    host.rejectSuggestions = () =>
      Promise.reject(new HostError({ code: "suggestion_not_found", message: "", details: {} }));
    await review.judge("reject");
    await expect.poll(() => review.items.some(({ id }) => id === first)).toBe(true);
    expect(desk.toasts.list.at(-1)?.severity).toBe("refused");
  });

  it("accepts into a known entity", async () => {
    const { review } = desk;
    const { entities } = await host.entities({ type: "Vehicle", text: null, links: false }, 1, 0);
    const bus = entities[0]?.id ?? "";
    const before = (await host.entity(bus)).statements.length;
    await review.filter("plate");
    await review.judge("accept", bus);
    expect((await host.entity(bus)).statements.length).toBe(before + 1);
  });
});

describe("pairs that may be one", () => {
  it("are merged and taken apart exactly", async () => {
    const [match] = await host.entityMatches(null, 10);
    if (!match) throw new Error("the demo case has a pair");
    const before = await host.entity(match.other.id);
    await desk.act(() => host.mergeEntities([match.one.id, match.other.id], "dezelfde naam"));
    const merged = await host.entity(match.other.id);
    expect(merged.entity.id).toBe(match.one.id);
    expect(merged.merges.map(({ reason }) => reason)).toEqual(["dezelfde naam"]);
    await desk.act(() => host.unmergeEntities(merged.merges[0]?.id ?? ""));
    expect(await host.entity(match.other.id)).toEqual(before);
  });

  it("that were judged not to be one are suggested no more", async () => {
    const [match] = await host.entityMatches(null, 10);
    await desk.act(() => host.distinguishEntities(match?.one.id ?? "", match?.other.id ?? "", true));
    const pairs = (await host.entityMatches(null, 10)).map(({ one, other }) => `${one.id}${other.id}`);
    expect(pairs).not.toContain(`${match?.one.id}${match?.other.id}`);
  });
});
