/** Overlays (*brillen*) on the open chart: what one organisation knows, where they contradict each other, where they meet. */
import type { Codes } from "../bindings/Codes";
import type { ErrorView } from "../bindings/ErrorView";
import type { Meeting } from "../bindings/Meeting";
import type { Overlaid } from "../bindings/Overlaid";
import type { Overlay } from "../bindings/Overlay";
import type { Scene } from "../bindings/Scene";
import { errorView } from "../host";
import { organisationName } from "../locale/codes";
import { t } from "../locale/text";
import type { ChartDesk } from "./chart.svelte";
import { Contradicted } from "./contradicted.svelte";

export type OverlayName = Overlay["overlay"];
export const OVERLAYS: readonly OverlayName[] = ["only_one", "meetings", "contradictions", "without"];

export class Overlaying {
  /** The overlay that is on. */
  overlay = $state.raw<Overlay | null>(null);
  /** What it picked; none while it is worked out. */
  found = $state.raw<Overlaid | null>(null);
  error = $state.raw<ErrorView | null>(null);

  /** What is said otherwise by organisations, of what is listed. */
  readonly contradicted: Contradicted;

  readonly #chart: ChartDesk;
  #asked = 0;

  constructor(chart: ChartDesk) {
    this.#chart = chart;
    this.contradicted = new Contradicted(chart.desk);
  }

  /** Puts an overlay on; none takes it off. */
  async put(overlay: Overlay | null) {
    this.overlay = overlay;
    this.found = null;
    await this.refresh();
  }

  clear() {
    this.#asked += 1;
    this.overlay = null;
    this.found = null;
    this.error = null;
    this.contradicted.clear();
  }

  /** Works out anew what is picked, after the chart changed. */
  async refresh() {
    const asked = ++this.#asked;
    const { overlay } = this;
    const { id, desk } = this.#chart;
    this.error = null;
    if (!overlay || id === null) return;
    try {
      const found = await desk.host.overlay(id, overlay);
      if (asked === this.#asked) this.found = found;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.found = null;
      this.error = errorView(thrown);
      if (this.error.code === "locked") desk.report(thrown);
    }
  }

  /** The scene with what is not picked set back. A node that stands for a group is picked with any of its members. */
  over(scene: Scene, members: (id: string) => readonly string[]): Scene {
    const { found } = this;
    if (!found) return scene;
    const [entities, links] = [new Set(found.entities), new Set(found.links)];
    return {
      ...scene,
      nodes: scene.nodes.map((node) => ({
        ...node,
        dimmed: node.dimmed || !members(node.id).some((id) => entities.has(id)),
      })),
      links: scene.links.map((link) => ({
        ...link,
        dimmed: link.dimmed || !link.ids.some((id) => links.has(id)),
      })),
    };
  }

  /** Selects an entity or a link and brings it into the middle; of a group, the node that stands for it; of a link, its ends. */
  point(id: string) {
    const { scene } = this.#chart;
    const at = scene.nodes.filter((node) => this.#chart.members(node.id).includes(id));
    const ends = scene.links
      .filter(({ ids }) => ids.includes(id))
      .flatMap(({ source, target }) => [source, target].flatMap((place) => scene.nodes[place] ?? []));
    this.#chart.choose([id], id);
    this.#chart.canvas?.centre([...at, ...ends].map((node) => node.id));
  }

  /** Selects where organisations meet, with what meets there, and brings it into the middle. */
  show({ entity }: Meeting) {
    const { scene } = this.#chart;
    const links = new Set(this.found?.links);
    const place = scene.nodes.findIndex(({ id }) => this.#chart.members(id).includes(entity));
    const met = scene.links.filter(
      ({ ids, source, target }) =>
        // A hypothesis is a meeting itself.
        ids.includes(entity) || ((source === place || target === place) && ids.some((id) => links.has(id))),
    );
    const ends = met.flatMap(({ source, target }) => [scene.nodes[source]?.id, scene.nodes[target]?.id]);
    this.#chart.choose([entity, ...met.flatMap(({ ids }) => ids)], entity);
    this.#chart.canvas?.centre([entity, ...ends.flatMap((id) => id ?? [])]);
  }

  /** What is on, in words. */
  words(codes: Codes): string {
    const { overlay } = this;
    if (!overlay) return "";
    const organisation = "organisation" in overlay ? overlay.organisation : null;
    if (organisation === null) return t(`overlay.${overlay.overlay}`);
    const name = organisationName(codes, organisation);
    return overlay.overlay === "without"
      ? t("overlay.without.of", { organisation: name })
      : t("overlay.only_one.of", { organisation: name });
  }
}
