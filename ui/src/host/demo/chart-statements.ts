/** More links of the demo case, so that its chart has something to show. Case material, not interface text. */
import { SCHEMA } from "./schema";
import type { DemoEntity, DemoFact } from "./statements";

const OBSERVED = "politie/pv-bevindingen-kraanhaven.pdf";
const ACCOUNT = "fiod/rekeningafschrift-2025.csv";
const TIP = "politie/melding-2024-0118.txt";
const VAN = "een grijze bestelbus met kenteken Q-481-XK";

function link(
  key: string,
  type: string,
  ends: [string, string],
  rests: [string, string] | null,
  says: DemoFact[] = [],
) {
  const known = SCHEMA.types.find(({ name }) => name === type)?.link;
  if (!known) throw new Error(`${type} is no link`);
  const [path, quote] = rests ?? [undefined, undefined];
  const end = (property: string, at: string): DemoFact => [property, `=${at}`, path, quote];
  const facts = says.map(([property, value]): DemoFact => [property, value, path, quote]);
  return { key, type, facts: [end(known.source, ends[0]), end(known.target, ends[1]), ...facts] };
}

const paid = (key: string, ends: [string, string], date: string, amount: string, quote: string) =>
  link(
    key,
    "Payment",
    ends,
    [ACCOUNT, quote],
    [
      ["amount", amount],
      ["currency", "EUR"],
      ["date", date],
    ],
  );

export const CHARTED: DemoEntity[] = [
  link("seen", "Sighting", ["bus", "pekelhof"], [OBSERVED, VAN], [["date", "2025-03-07"]]),
  link("carried", "Transport", ["container", "bus"], [OBSERVED, "KLPU 204118 3"], [["date", "2025-03-21"]]),
  link(
    "stacked",
    "Sighting",
    ["container", "terminal"],
    [OBSERVED, "terminal Westerhoofd"],
    [["date", "2025-03-14"]],
  ),
  link(
    "known",
    "Associate",
    ["klokkenmaker", "ruigwaard"],
    [TIP, "de Klokkenmaker"],
    [["startDate", "2024-01-22"]],
  ),
  paid("advice-2", ["pekelhof", "shop"], "2025-03-04", "18500.00", "advieskosten februari"),
  paid("rental-2", ["shop", "rietvink"], "2025-03-07", "412.50", "huur bestelbus week 10"),
  paid("rental-3", ["shop", "rietvink"], "2025-03-21", "412.50", "huur bestelbus week 12"),
  paid("credit-1", ["shop", "zilverling"], "2025-04-01", "4900.00", "aankoop tegoed"),
  paid("credit-2", ["shop", "zilverling"], "2025-04-02", "4900.00", "Wisselkantoor Zilverling"),
];
