/** What has been stated in the demo case, with the words of its documents that say so. Case material, not interface text. */

/** A fact: property, value (`=KEY` is another entity), and the document and words that it rests on; without those it is a hypothesis. */
export type DemoFact = [property: string, value: string, path?: string, quote?: string];

export interface DemoEntity {
  key: string;
  type: string;
  facts: DemoFact[];
  grade?: string;
}

const OBSERVED = "politie/pv-bevindingen-kraanhaven.pdf";
const ACCOUNT = "fiod/rekeningafschrift-2025.csv";
const MEMO = "fiod/memo-transacties.docx";
const TIP = "politie/melding-2024-0118.txt";
const WITNESS = "politie/pv-verhoor-getuige.docx";
const BORDER = "kmar/grenspassage-2025-03-20.txt";
const TAX = "belastingdienst/vpb-aangifte-pekelhof-2024.pdf";
const CUSTOMS = "douane/aangifte-invoer-klpu2041183.html";
const PLEA = "om/requisitoir-concept.docx";

const JANUARY = "2025-02-11;NL00DEMO0000067890;Pekelhof Expeditie BV;advieskosten januari;18500,00";
const FEBRUARY = "2025-02-12;NL00DEMO0000024680;Notariskantoor Zwaanenburgh;storting derdengelden;-17900,00";
const RENTAL = "2025-02-03;NL00DEMO0000012345;Autoverhuur De Rietvink;huur bestelbus week 6;-412,50";
const HIRED =
  "de bus gehuurd door een eenmanszaak die volgens het handelsregister handelt in klokken en uurwerken";

export const ENTITIES: DemoEntity[] = [
  {
    key: "pekelhof",
    type: "Company",
    grade: "A2",
    facts: [
      ["name", "Pekelhof Expeditie BV", TAX, "Pekelhof Expeditie BV"],
      ["name", "Pekelhof Expeditie BV", CUSTOMS, "Pekelhof Expeditie BV"],
      ["address", "Kraanhaven 14, Grijsmonde", OBSERVED, "expeditiebedrijf Pekelhof, Kraanhaven 14"],
    ],
  },
  {
    key: "bus",
    type: "Vehicle",
    grade: "A1",
    facts: [
      ["registrationNumber", "Q-481-XK", OBSERVED, "kenteken Q-481-XK"],
      ["description", "grijze bestelbus", OBSERVED, "grijze bestelbus"],
    ],
  },
  {
    key: "rietvink",
    type: "Company",
    grade: "A1",
    facts: [["name", "autoverhuur De Rietvink", OBSERVED, "autoverhuur De Rietvink"]],
  },
  {
    key: "rietvink-bank",
    type: "Company",
    grade: "B2",
    facts: [["name", "Autoverhuur De Rietvink", ACCOUNT, "Autoverhuur De Rietvink"]],
  },
  {
    key: "shop",
    type: "Organization",
    facts: [
      ["name", "Eenmanszaak klokken en uurwerken", OBSERVED, HIRED],
      ["sector", "klokken en uurwerken", OBSERVED, "handelt in klokken en uurwerken"],
    ],
  },
  {
    key: "klokkenmaker",
    type: "Person",
    grade: "E4",
    facts: [
      ["alias", "de Klokkenmaker", TIP, "de Klokkenmaker"],
      ["position", "schakel", PLEA, "De rol van de Klokkenmaker is die van schakel"],
    ],
  },
  {
    key: "ruigwaard",
    type: "Person",
    grade: "C3",
    facts: [
      ["name", "L. Ruigwaard", BORDER, "L. Ruigwaard"],
      ["birthDate", "1981-09-12", BORDER, "geboren op 12 september 1981"],
      ["birthDate", "1981-09-21", WITNESS, "geboren 21 september 1981"],
    ],
  },
  {
    key: "zwaanenburgh",
    type: "Organization",
    facts: [["name", "Notariskantoor Zwaanenburgh", MEMO, "notariskantoor Zwaanenburgh"]],
  },
  {
    key: "zilverling",
    type: "Company",
    facts: [["name", "Wisselkantoor Zilverling", MEMO, "wisselkantoor Zilverling"]],
  },
  {
    key: "account",
    type: "BankAccount",
    facts: [["iban", "NL00DEMO0000067890", ACCOUNT, "NL00DEMO0000067890"]],
  },
  {
    key: "container",
    type: "Container",
    facts: [["containerNumber", "KLPU2041183", CUSTOMS, "KLPU 204118 3"]],
  },
  {
    key: "terminal",
    type: "Location",
    facts: [["name", "Terminal Westerhoofd", OBSERVED, "terminal Westerhoofd"]],
  },
  {
    key: "registration",
    type: "Registration",
    facts: [
      ["registered", "=bus", OBSERVED, "De bestelbus staat op naam van autoverhuur De Rietvink"],
      ["holder", "=rietvink", OBSERVED, "De bestelbus staat op naam van autoverhuur De Rietvink"],
    ],
  },
  {
    key: "hire",
    type: "Use",
    facts: [
      ["user", "=shop", OBSERVED, HIRED],
      ["used", "=bus", OBSERVED, HIRED],
      ["summary", "huur bestelbus week 6", ACCOUNT, RENTAL],
    ],
  },
  {
    key: "advice",
    type: "Payment",
    facts: [
      ["payer", "=pekelhof", ACCOUNT, JANUARY],
      ["beneficiary", "=shop", ACCOUNT, JANUARY],
      ["amount", "18500.00", ACCOUNT, JANUARY],
      ["currency", "EUR", ACCOUNT, JANUARY],
      ["date", "2025-02-11", ACCOUNT, JANUARY],
    ],
  },
  {
    key: "deposit",
    type: "Payment",
    facts: [
      ["payer", "=shop", ACCOUNT, FEBRUARY],
      ["beneficiary", "=zwaanenburgh", ACCOUNT, FEBRUARY],
      ["amount", "17900.00", ACCOUNT, FEBRUARY],
      ["currency", "EUR", ACCOUNT, FEBRUARY],
      ["date", "2025-02-12", ACCOUNT, FEBRUARY],
    ],
  },
  {
    key: "owner",
    type: "Ownership",
    facts: [
      ["owner", "=pekelhof", ACCOUNT, JANUARY],
      ["asset", "=account", ACCOUNT, JANUARY],
    ],
  },
  {
    key: "guess",
    type: "UnknownLink",
    facts: [
      ["subject", "=klokkenmaker"],
      ["object", "=shop"],
      ["summary", "Zou de Klokkenmaker de eenmanszaak drijven?"],
    ],
  },
];
