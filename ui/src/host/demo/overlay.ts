/** Overlays on a demo chart: who knows what. The desktop's own look further for other ways between two ends. */
import type { Meeting } from "../../bindings/Meeting";
import type { Overlaid } from "../../bindings/Overlaid";
import type { Overlay } from "../../bindings/Overlay";
import type { Placement } from "../../bindings/Placement";
import type { DemoLink, DemoNetwork } from "./network";

/** `contradicted` is asked for contradictions only: whether organisations say different things of an entity or a link. */
export function overlaid(
  network: DemoNetwork,
  placements: readonly Placement[],
  overlay: Overlay,
  contradicted: (id: string) => boolean,
): Overlaid {
  const on = new Set(placements.map(({ entity }) => entity));
  const nodes = network.nodes.filter(({ id }) => on.has(id));
  const links = network.links.filter(({ source, target }) => on.has(source) && on.has(target));
  const picked = (test: (organisations: string[]) => boolean): Overlaid => ({
    entities: nodes.filter(({ organisations }) => test(organisations)).map(({ id }) => id),
    links: links.filter(({ organisations }) => test(organisations)).map(({ id }) => id),
    meetings: [],
  });
  switch (overlay.overlay) {
    case "only_one": {
      const wanted = overlay.organisation;
      return picked(([one, other]) => other === undefined && (wanted === null || one === wanted));
    }
    case "without":
      return picked((organisations) => organisations.some((code) => code !== overlay.organisation));
    case "contradictions":
      return {
        entities: nodes.map(({ id }) => id).filter(contradicted),
        links: links.map(({ id }) => id).filter(contradicted),
        meetings: [],
      };
    case "meetings":
      return meetings(nodes, links);
  }
}

function meetings(nodes: { id: string; label: string }[], links: readonly DemoLink[]): Overlaid {
  const found: Overlaid = { entities: [], links: [], meetings: [] };
  for (const { id, label } of nodes) {
    const around = links.filter(({ source, target }) => source === id || target === id);
    const codes = [...new Set(around.flatMap(({ organisations }) => organisations))].sort();
    const [one, other] = codes;
    if (one === undefined || other === undefined || codes.length !== 2) continue;
    const only = (code: string) => around.filter(({ organisations }) => organisations.join() === code);
    const [ours, theirs] = [only(one), only(other)];
    if (ours.length === 0 || theirs.length === 0) continue;
    const meeting: Meeting = {
      entity: id,
      label,
      organisations: [one, other],
      pairs: ours.length * theirs.length,
      nowhere_else: true,
    };
    found.meetings.push(meeting);
    for (const { id: link, source, target } of [...ours, ...theirs]) {
      found.links.push(link);
      found.entities.push(source, target);
    }
  }
  found.entities = [...new Set(found.entities)];
  return found;
}
