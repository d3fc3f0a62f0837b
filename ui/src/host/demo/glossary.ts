/** The glossary of the demo case: a few words that mean something else elsewhere, from the glossary that is built in. */
import type { Concept } from "../../bindings/Concept";
import type { ConceptMapping } from "../../bindings/ConceptMapping";
import type { MappingStatus } from "../../bindings/MappingStatus";
import type { Relation } from "../../bindings/Relation";
import type { Review } from "../../bindings/Review";
import type { Scheme } from "../../bindings/Scheme";
import type { Term } from "../../bindings/Term";
import type { TermKind } from "../../bindings/TermKind";
import type { Words } from "../../bindings/Words";

export interface Kept {
  concept: Concept;
  organisation: string;
  terms: Term[];
}

export interface Fixed {
  document: string;
  page: number;
  start: number;
  end: number;
  concept: string;
}

export interface Known {
  concepts: Kept[];
  mappings: ConceptMapping[];
  reviews: Review[];
  fixed: Fixed[];
}

export const NOTHING: Known = { concepts: [], mappings: [], reviews: [], fixed: [] };

export const dutch = (text: string): Words => ({ text, language: "nl" });

interface Written {
  id: string;
  preferred: string;
  other?: [TermKind, string][];
  definition: string;
  source: string;
  scope?: string;
  example?: string;
  notation?: string;
  hints?: string[];
}

const WRITTEN: Written[] = [
  {
    id: "politie:aangifte",
    preferred: "aangifte",
    other: [
      ["alternative", "strafaangifte"],
      ["hidden", "aangiften"],
    ],
    definition:
      "Mededeling aan een bevoegde opsporingsambtenaar dat een strafbaar feit is gepleegd, mondeling of schriftelijk gedaan en ondertekend.",
    source: "Wetboek van Strafvordering, artikelen 161 en 163",
    scope: "Ieder die van het feit weet mag aangifte doen; de aangever hoeft niet zelf benadeeld te zijn.",
    example: "De beveiliger van de terminal doet aangifte van de diefstal van zegels.",
    hints: ["strafbaar feit", "explosie", "slachtoffer"],
  },
  {
    id: "belastingdienst:aangifte",
    preferred: "aangifte",
    other: [
      ["alternative", "belastingaangifte"],
      ["jargon", "de biljetten"],
    ],
    definition:
      "Opgave van de belastingplichtige waaruit blijkt hoeveel belasting hij moet betalen, of waarop hij die zelf betaalt.",
    source: "Algemene wet inzake rijksbelastingen, artikelen 6 tot en met 8",
    scope: "Bij een aanslagbelasting volgt er een aanslag op, bij een aangiftebelasting betaling.",
    hints: ["vennootschapsbelasting", "belastingplichtige"],
  },
  {
    id: "douane:aangifte",
    preferred: "aangifte",
    other: [["alternative", "douaneaangifte"]],
    definition:
      "Handeling waarmee iemand de wens kenbaar maakt goederen onder een douaneregeling te plaatsen.",
    source: "Douanewetboek van de Unie, artikel 5, onder 12",
    hints: ["lading", "invoer", "zegel"],
  },
  {
    id: "politie:aanslag",
    preferred: "aanslag",
    definition: "Aanval op personen of goederen, met een explosief, brand of wapen.",
    source: "Wetboek van Strafrecht, artikel 157 (voor de ontploffing)",
    hints: ["explosie", "gevel"],
  },
  {
    id: "belastingdienst:aanslag",
    preferred: "aanslag",
    other: [["alternative", "belastingaanslag"]],
    definition: "Besluit van de inspecteur waarmee hij vaststelt hoeveel belasting iemand moet betalen.",
    source: "Algemene wet inzake rijksbelastingen, artikel 11",
    hints: ["inspecteur", "voorlopig"],
  },
  {
    id: "douane:controle",
    preferred: "controle",
    other: [["alternative", "douanecontrole"]],
    definition:
      "Handeling van de douane om na te gaan of de regels over goederen en andere voorschriften zijn nageleefd.",
    source: "Douanewetboek van de Unie, artikel 5, onder 3",
  },
  {
    id: "belastingdienst:controle",
    preferred: "controle",
    other: [["alternative", "boekenonderzoek"]],
    definition: "Toezicht op de naleving van de belastingwet, voordat er van een verdenking sprake is.",
    source: "Algemene wet inzake rijksbelastingen, artikelen 47 en 52",
    scope: "Wie gecontroleerd wordt moet meewerken.",
  },
  {
    id: "kmar:controle",
    preferred: "controle",
    other: [["alternative", "grenscontrole"]],
    definition: "Nagaan van reizigers, voertuigen of documenten door de marechaussee aan of bij de grens.",
    source: "Schengengrenscode, artikel 8",
  },
  {
    id: "om:onderzoek",
    preferred: "onderzoek",
    other: [["alternative", "opsporingsonderzoek"]],
    definition:
      "Onderzoek in verband met strafbare feiten onder gezag van de officier van justitie, met als doel beslissingen over strafvordering te nemen.",
    source: "Wetboek van Strafvordering, artikel 132a",
  },
  {
    id: "belastingdienst:onderzoek",
    preferred: "onderzoek",
    definition: "Bekijken van de administratie om vast te stellen of aangiften juist en volledig zijn.",
    source: "Algemene wet inzake rijksbelastingen, artikel 52",
  },
  {
    id: "om:verdachte",
    preferred: "verdachte",
    definition:
      "Persoon tegen wie feiten een redelijk vermoeden van schuld aan een strafbaar feit opleveren; daarna degene die vervolgd wordt.",
    source: "Wetboek van Strafvordering, artikel 27",
    scope: "Heeft het recht te zwijgen.",
    notation: "Person",
  },
  {
    id: "belastingdienst:belastingplichtige",
    preferred: "belastingplichtige",
    definition:
      "Persoon of lichaam op wie een belastingwet de plicht legt om belasting te voldoen of aangifte te doen.",
    source: "Algemene wet inzake rijksbelastingen, artikel 2",
    scope: "Moet inlichtingen geven (artikel 47).",
    notation: "Person",
  },
  {
    id: "politie:subject",
    preferred: "subject",
    definition: "Persoon die in een onderzoek de aandacht heeft, verdacht of niet.",
    source: "Werkwijze van de opsporing (voorstel)",
  },
  {
    id: "douane:vervoermiddel",
    preferred: "vervoermiddel",
    definition: "Alles waarmee goederen of personen over de grens worden gebracht.",
    source: "Algemene douanewet, artikel 1:3 (voorstel)",
    notation: "Vehicle",
  },
  {
    id: "douane:zending",
    preferred: "zending",
    other: [["alternative", "partij goederen"]],
    definition: "Goederen die onder één vervoersdocument van één afzender naar één ontvanger gaan.",
    source: "Werkwijze van de douane (voorstel)",
  },
];

interface Mapped {
  from: string;
  relation: Relation;
  to: string;
  difference?: string;
  consequence?: string;
  agreed?: boolean;
  disputed?: string;
}

const MAPPED: Mapped[] = [
  {
    from: "politie:aangifte",
    relation: "false_friend",
    to: "belastingdienst:aangifte",
    consequence:
      "Wie in een politieverslag leest dat iemand aangifte deed en aan belasting denkt, houdt een slachtoffer of getuige voor iemand die een fiscale plicht vervulde. Andersom lijkt een nette belastingaangifte een beschuldiging.",
  },
  {
    from: "politie:aangifte",
    relation: "false_friend",
    to: "douane:aangifte",
    consequence:
      "Een zoekvraag naar aangiften van een bedrijf mengt strafbare feiten met gewone invoer. Wie telt hoe vaak een bedrijf in aangiften voorkomt, telt twee dingen op.",
  },
  {
    from: "belastingdienst:aangifte",
    relation: "related",
    to: "douane:aangifte",
    consequence:
      "Beide komen van de partij die een plicht heeft, maar gaan over iets anders: inkomen of omzet tegenover een zending goederen.",
    agreed: true,
  },
  {
    from: "politie:aanslag",
    relation: "false_friend",
    to: "belastingdienst:aanslag",
    consequence: "“De aanslag van juni” kan een brief of een ontploffing zijn.",
    agreed: true,
  },
  {
    from: "douane:controle",
    relation: "nearly_same",
    to: "kmar:controle",
    difference: "De douane kijkt naar goederen, de marechaussee naar personen en hun papieren.",
    consequence:
      "Een reiziger die de marechaussee controleerde, kan ongeopende goederen bij zich hebben gehad.",
  },
  {
    from: "belastingdienst:controle",
    relation: "false_friend",
    to: "douane:controle",
    disputed: "Ook bij ons gaat toezicht vooraf aan een verdenking; dit is eerder ‘hangt samen’.",
    consequence: "Bevoegdheden en rechten verschillen; vraag na onder welke wet er is gecontroleerd.",
  },
  {
    from: "om:verdachte",
    relation: "related",
    to: "belastingdienst:belastingplichtige",
    consequence:
      "Wie van belastingplichtige verdachte wordt, gaat van een plicht tot meewerken naar het recht te zwijgen. Leg het moment vast.",
  },
];

export const PERSON = "M. Zandwijk";

/** The glossary that is built in, as far as the demo has it. */
export function builtIn(): Known {
  const concepts = WRITTEN.map(written);
  const at = (concept: string) => ({ concept, version: 1 });
  const mappings: ConceptMapping[] = MAPPED.map(({ from, relation, to, difference, consequence }, n) => ({
    id: `m${n}`,
    from: at(from),
    relation,
    to: [at(to)],
    compound: null,
    to_organisation: to.split(":")[0] ?? "",
    difference: difference ? [dutch(difference)] : [],
    consequence: consequence ? [dutch(consequence)] : [],
    justification: "law",
    proposed_by: from.split(":")[0] ?? "",
    valid_from: null,
    valid_to: null,
    other: "",
  }));
  const reviews = MAPPED.flatMap(({ from, to, agreed, disputed }, n): Review[] => {
    const [one = "", other = ""] = [from.split(":")[0], to.split(":")[0]];
    const said = { mapping: `m${n}`, reason: "", person: PERSON, versions: [1, 1] };
    if (disputed) return [{ ...said, organisation: other, verdict: "dispute", reason: disputed }];
    if (!agreed) return [];
    return [one, other].map((organisation) => ({ ...said, organisation, verdict: "accept" }));
  });
  return { concepts, mappings, reviews, fixed: [] };
}

function written(one: Written): Kept {
  const [organisation = ""] = one.id.split(":");
  const concept: Concept = {
    id: one.id,
    scheme: `scheme:${organisation}`,
    iri: `urn:koplamp:example:${one.id}`,
    version: 1,
    definitions: [dutch(one.definition)],
    sources: [dutch(one.source)],
    scope_notes: one.scope ? [dutch(one.scope)] : [],
    examples: one.example ? [dutch(one.example)] : [],
    notes: [],
    notation: one.notation ?? null,
    status: "proposed",
    owner: organisation,
    valid_from: null,
    valid_to: null,
    broader: [],
    narrower: [],
    related: [],
    used_by: [],
    default_for: [],
    hints: one.hints ?? [],
    other: "",
  };
  const forms: [TermKind, string][] = [["preferred", one.preferred], ...(one.other ?? [])];
  return { concept, organisation, terms: forms.map(([kind, form]) => term(one.id, kind, form)) };
}

export function term(concept: string, kind: TermKind, form: string): Term {
  const id = `${concept}/${kind}/${form}`;
  const none = { register: null, region: null, source: null, iri: null, other: "" };
  return { id, concept, form: dutch(form), kind, ...none };
}

export function schemeOf(organisation: string): Scheme {
  return {
    id: `scheme:${organisation}`,
    iri: `urn:koplamp:example:${organisation}`,
    organisation,
    title: [],
    version: "1",
    other: "",
  };
}

/** Where a mapping stands, as the desktop works it out: by what each side said last, of which versions. */
export function statusOf(known: Known, mapping: ConceptMapping): MappingStatus {
  const version = (id: string) => known.concepts.find(({ concept }) => concept.id === id)?.concept.version;
  const ends = [mapping.from, ...mapping.to];
  const said = known.reviews.filter((review) => review.mapping === mapping.id);
  const stale = (versions: number[]) => ends.some((end, n) => version(end.concept) !== versions[n]);
  if (stale(ends.map((end) => end.version)) || said.some(({ versions }) => stale(versions))) return "recheck";
  if (said.some(({ verdict }) => verdict === "dispute")) return "disputed";
  const sides = [mapping.from.concept.split(":")[0], mapping.to_organisation];
  const reviewers = sides.map((side) => said.find(({ organisation }) => organisation === side));
  const [one, other] = reviewers.map((review) => review?.reviewer?.toLowerCase());
  const two = one === undefined || one !== other;
  return reviewers.every((review) => review !== undefined) && two ? "agreed" : "proposed";
}
