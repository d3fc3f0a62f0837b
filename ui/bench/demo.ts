/** An invented chart of about sixty entities with everything that a scene can hold, for looking at. */
import type { Scene } from "../src/bindings/Scene";
import type { SceneLink } from "../src/bindings/SceneLink";
import type { SceneNode } from "../src/bindings/SceneNode";
import type { Shape } from "../src/bindings/Shape";
import { numbers } from "./graph";

type Kind = [kind: string, icon: string, shape: Shape, colour: number, names: string[]];

const KINDS: Kind[] = [
  [
    "person",
    "user-round",
    "circle",
    5,
    [
      "Joris Veenhof",
      "Karim Oudewater",
      "Lena Straatsma",
      "Milan Roos",
      "Sanne de Wit",
      "Bo Kranenborg",
      "Ilse Tack",
      "Ruud van Halm",
      "Dario Petrov",
      "Nadia Kuyt",
      "Wim Zeeman",
      "Olaf Brink",
      "Tess Maarsen",
      "Youssef Elmali",
      "Greet Poel",
      "Hugo Sterk",
      "Mara Lind",
      "Pim Overdijk",
    ],
  ],
  [
    "company",
    "building-2",
    "square",
    1,
    [
      "Havenzicht Logistiek B.V.",
      "Blauwe Golf Trading",
      "De Korenaar Holding",
      "Kadeservice Oost",
      "Vrachtunie NV",
      "Zilt & Zonen",
      "Noorderlicht Vastgoed",
    ],
  ],
  [
    "account",
    "landmark",
    "hexagon",
    3,
    [
      "NL12 KOPL 0417 1643 00",
      "NL80 KOPL 0900 1122 33",
      "BE71 0961 2345 6769",
      "NL55 KOPL 0555 0101 77",
      "LU28 0019 4006 4475",
    ],
  ],
  [
    "phone",
    "smartphone",
    "hexagon",
    2,
    ["06 1000 2001", "06 1000 2002", "06 1000 2003", "+32 470 00 00 01", "06 1000 2004", "06 1000 2005"],
  ],
  ["vehicle", "car", "diamond", 6, ["KL-001-P", "KL-002-P", "VT-17-KP", "Bestelbus 8-KLP-01"]],
  ["vessel", "ship", "diamond", 2, ["MS Amaryllis", "MS Dageraad"]],
  [
    "address",
    "map-pin",
    "triangle",
    7,
    ["Kade 12, Oosthaven", "Molenweg 4", "Loods 7", "Parklaan 88", "Rue du Quai 3"],
  ],
  [
    "event",
    "calendar-days",
    "octagon",
    4,
    [
      "Levering 3 maart",
      "Overboeking 12 april",
      "Ontmoeting station",
      "Inklaring container",
      "Controle A16",
      "Bezoek loods",
    ],
  ],
  ["container", "container", "diamond", 0, ["KOPU 101101-5", "KOPU 204417-3", "KOPU 550011-0"]],
];

export function demo(): Scene {
  const next = numbers(5);
  const nodes: SceneNode[] = [];
  for (const [kind, icon, shape, colour, names] of KINDS) {
    for (const name of names) {
      const i = nodes.length;
      nodes.push({
        id: `e${i}`,
        kind,
        icon,
        shape,
        colour,
        photo: null,
        x: (next() - 0.5) * 1500,
        y: (next() - 0.5) * 900,
        radius: kind === "person" && i < 3 ? 30 : kind === "company" && i === 18 ? 28 : 22,
        name,
        label: i % 7 === 0 ? [name, "broker 0,41"] : [name],
        attributes: i % 6 === 1 ? [`Geboortedatum: 19${60 + i}-05-03`, "Land: NL"] : [],
        flags:
          i % 8 === 1
            ? [
                { words: "Gezocht", icon: "siren", colour: 6 },
                { words: "Nog nagaan", icon: "search", colour: 5 },
              ]
            : [],
        count: i === 21 ? 12 : 1,
        pinned: i % 11 === 4,
        hypothesis: i % 13 === 6,
        dimmed: i % 9 === 8,
        more: i % 5 === 1 ? 3 + i : 0,
      });
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 1; i < nodes.length; i++) {
    pairs.push([i, Math.floor(next() ** 2 * Math.min(i, 24))]);
    if (next() < 0.4) pairs.push([Math.floor(next() * nodes.length), i]);
  }
  spread(nodes, pairs);
  const links = pairs
    .filter(([a, b]) => a !== b)
    .map(([a, b], i) => link(nodes, a, b, i, i % 6 === 0 ? 26 : 0));
  links.push(link(nodes, 0, 18, 900, 40), link(nodes, 0, 18, 901, -40), link(nodes, 18, 0, 902, 90));
  const box = (part: SceneNode[]) => ({
    left: Math.min(...part.map((node) => node.x)) - 70,
    top: Math.min(...part.map((node) => node.y)) - 50,
    right: Math.max(...part.map((node) => node.x)) + 70,
    bottom: Math.max(...part.map((node) => node.y)) + 70,
  });
  const all = box(nodes);
  const framed = nodes.filter((node) => node.x > all.right - 1000 && node.y < all.top + 620);
  const frame = box(framed);
  return {
    bounds: [all.left, all.top, all.right, all.bottom],
    nodes,
    links,
    frames:
      framed.length > 0
        ? [{ name: "Oosthaven", bounds: [frame.left, frame.top, frame.right, frame.bottom] }]
        : [],
    notes: [{ x: all.left + 10, y: all.bottom - 70, text: ["Nagaan: wie huurde loods 7", "voor 3 maart?"] }],
    legend: [],
  };
}

/** A plain spring layout, good enough to look at. */
function spread(nodes: SceneNode[], pairs: [number, number][]) {
  for (let round = 0; round < 400; round++) {
    const heat = 22 * (1 - round / 400);
    const push = nodes.map(() => ({ x: 0, y: 0 }));
    const force = (i: number, j: number, size: (away: number) => number) => {
      const [a, b, p, q] = [nodes[i], nodes[j], push[i], push[j]];
      if (!a || !b || !p || !q) return;
      const [x, y] = [a.x - b.x, a.y - b.y];
      const away = Math.hypot(x, y) || 1;
      const by = size(away) / away;
      p.x += x * by;
      p.y += y * by;
      q.x -= x * by;
      q.y -= y * by;
    };
    for (let i = 0; i < nodes.length; i++) for (let j = 0; j < i; j++) force(i, j, (away) => 16000 / away);
    for (const [i, j] of pairs) force(i, j, (away) => -(away * away) / 130);
    nodes.forEach((node, i) => {
      const { x, y } = push[i] ?? { x: 0, y: 0 };
      const length = Math.hypot(x, y * 1.35) || 1;
      node.x += (x / length) * Math.min(length, heat) - node.x * 0.002;
      node.y += (y / length) * Math.min(length, heat) - node.y * 0.006;
    });
  }
}

const WORDS = ["belt 14×", "eigenaar van", "€ 48.250 in 3", "woont op", "bestuurder van", "gebruikt"];

function link(nodes: SceneNode[], source: number, target: number, i: number, bend: number): SceneLink {
  const [a, b] = [nodes[source], nodes[target]];
  if (!a || !b) throw new Error("no such node");
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const control: [number, number] = [(a.x + b.x) / 2 - uy * bend * 2, (a.y + b.y) / 2 + ux * bend * 2];
  const cut = (node: SceneNode): [number, number] => {
    const away = Math.hypot(control[0] - node.x, control[1] - node.y) || 1;
    const to = node.radius + 1;
    return [node.x + ((control[0] - node.x) / away) * to, node.y + ((control[1] - node.y) / away) * to];
  };
  return {
    ids: [`l${i}`],
    kind: "link",
    source,
    target,
    from: cut(a),
    control,
    to: cut(b),
    arrow: i % 2 === 0,
    back: i % 8 === 0,
    width: i % 7 === 0 ? 4 : 1.5,
    colour: i % 10 === 3 ? 6 : null,
    line: "solid",
    label: i % 5 === 0 ? (WORDS[i % WORDS.length] ?? "") : "",
    label_at: i % 5 === 0 ? 0.5 : null,
    hypothesis: i % 6 === 5,
    dimmed: a.dimmed || b.dimmed,
  };
}
