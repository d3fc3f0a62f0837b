/** A statement of an account as a bank exports it, with three rows that cannot be right. */
export const COLUMNS = [
  "Datum",
  "Rekening",
  "Tegenrekening",
  "Naam tegenpartij",
  "Bedrag (EUR)",
  "Af Bij",
  "Omschrijving",
];

const OWN = "NL18KPBK0417164300";

export const ROWS: string[][] = [
  ["2024-11-04", OWN, "NL40ZWIN0417164300", "Pekelhof Expeditie", "18.500,00", "Af", "Factuur 2024-118"],
  ["2024-11-18", OWN, "NL07DELT0200112233", "Autoverhuur De Rietvink", "640,00", "Af", "Huur bestelbus"],
  ["2024-12-02", OWN, "NL40ZWIN0417164300", "Pekelhof Expeditie", "12.000,00", "Bij", "Retour voorschot"],
  ["2025-01-06", OWN, "NL40ZWIN0417164300", "Pekelhof Expeditie", "22.000,00", "Af", "Factuur 2025-004"],
  ["2025-01-20", OWN, "NL55KUST0300445566", "Zilverzwin Trading", "7.250,00", "Bij", "Lading 0412"],
  ["31 februari", OWN, "NL55KUST0300445566", "Zilverzwin Trading", "7.250,00", "Bij", "Lading 0413"],
  ["2025-02-11", OWN, "NL40ZWIN0417164300", "Pekelhof Expeditie", "9.750,00", "Af", "Factuur 2025-017"],
  ["2025-02-14", OWN, "NL07DELT0200112233", "Autoverhuur De Rietvink", "zie bon", "Af", "Borg"],
  ["2025-02-28", OWN, "", "Contante opname", "2.400,00", "Af", "Opname Kraanhaven"],
  ["2025-03-17", OWN, "NL40ZWIN0417164300", "Pekelhof Expeditie", "41.200,00", "Bij", "Afrekening maart"],
  ["2025-03-21", OWN, "NL55KUST0300445566", "Zilverzwin Trading", "15.900,00", "Af", "Lading 0431"],
  ["2025-03-24", OWN, "NL07DELT0200112233", "Autoverhuur De Rietvink", "640,00", "Af", "Huur bestelbus"],
];
