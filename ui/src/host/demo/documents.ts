/**
 * The documents of the demo case in memory: an invented port, invented people. Form feeds divide pages.
 * Texts are case material, not interface text.
 */

import type { Kind } from "../../bindings/Kind";
import type { Reason } from "../../bindings/Reason";

export interface DemoDocument {
  path: string;
  title: string;
  kind: Kind;
  organisation: string;
  source: string;
  purpose: string;
  marking: string | null;
  date: string | null;
  text: string;
  parent?: string;
  failure?: { reason: Reason; message: string };
  /** Its bytes were never taken in. */
  absent?: boolean;
}

const RENDEZVOUS = `PROCES-VERBAAL VAN BEVINDINGEN
Onderzoek    : LISDODDE
Eenheid      : Team Opsporing Kustdelta
Onderwerp    : waarnemingen rond expeditiebedrijf Pekelhof, Kraanhaven 14

Op grond van de melding van 22 januari is het terrein aan de Kraanhaven op zes avonden waargenomen. Het terrein grenst aan de kade van terminal Westerhoofd. Tussen 22.00 en 04.00 uur is er geen reguliere aanvoer.

Op 7 maart om 23.41 uur reed een grijze bestelbus met kenteken Q-481-XK het terrein op. De slagboom ging open zonder dat de bestuurder uitstapte. Om 00.26 uur reed dezelfde bus weg met gedoofde lichten. De bestuurder droeg handschoenen en een werkjas zonder opdruk.`;

const RENDEZVOUS_2 = `De bestelbus staat op naam van autoverhuur De Rietvink. Volgens de huurovereenkomst is de bus gehuurd door een eenmanszaak die volgens het handelsregister handelt in klokken en uurwerken. De huur is contant voldaan. Bij de overeenkomst is een kopie van een rijbewijs gevoegd dat niet op de genoemde persoon kan zijn afgegeven.

Op 14 maart is gezien dat twee mannen bij de bus een metalen koffer overdroegen aan een derde. De derde man is kort daarna herkend als werknemer van de planning van terminal Westerhoofd.

De container met nummer KLPU 204118 3 stond die nacht op stapel C, rij 12. In de douaneaangifte staat bevroren vruchtensap als lading. Het zegel bleek bij latere controle vervangen.`;

const RENDEZVOUS_3 = `BEELDMATERIAAL
Van de waarnemingen van 7, 14 en 21 maart zijn camerabeelden veiliggesteld. De beelden van 21 maart tonen dat de container in de nacht voor de aangifte is geopend. De tijd op de camera loopt elf minuten voor.

Op de beelden is de grijze bestelbus driemaal te zien. Eenmaal is zichtbaar dat de bestuurder een pincode op zijn telefoon toont aan de chauffeur van een vrachtwagen van transportbedrijf Molenwal.

CONCLUSIE
De waarnemingen passen bij het gebruik van uitgelekte pincodes om een container op te halen voor het bedrijf dat hem verwacht. Nader onderzoek naar de huurder van de bestelbus en naar de contante betalingen wordt voorgesteld.`;

const MAIL = `Van: H. Boterkooper
Aan: A. Winterdijk
Onderwerp: Samenhang met Lisdodde?

Auke,

Bijgaand de aangifte van mevrouw Grondsma over de aanslag van zondag. Team Grijsmonde-Haven behandelt het als een losse explosie, maar De Rietvink is het verhuurbedrijf van de grijze bestelbus uit maart. Die bus hebben we nooit uitgezocht.

Mevrouw noemt een rustige man die bestelt voor "het havenbedrijf". Er moet dus iemand zijn die gewoon doorgaat met huren. Zal ik alsnog de huurgegevens vorderen?

Groet,
Hidde`;

const STATEMENT = `datum;tegenrekening;naam;omschrijving;bedrag
2025-02-03;NL00DEMO0000012345;Autoverhuur De Rietvink;huur bestelbus week 6;-412,50
2025-02-11;NL00DEMO0000067890;Pekelhof Expeditie BV;advieskosten januari;18500,00
2025-02-12;NL00DEMO0000024680;Notariskantoor Zwaanenburgh;storting derdengelden;-17900,00
2025-03-04;NL00DEMO0000067890;Pekelhof Expeditie BV;advieskosten februari;18500,00
2025-03-05;NL00DEMO0000024680;Notariskantoor Zwaanenburgh;storting derdengelden;-17900,00
2025-03-07;NL00DEMO0000012345;Autoverhuur De Rietvink;huur bestelbus week 10;-412,50
2025-03-21;NL00DEMO0000012345;Autoverhuur De Rietvink;huur bestelbus week 12;-412,50
2025-04-01;NL00DEMO0000013579;Wisselkantoor Zilverling;aankoop tegoed;-4900,00
2025-04-02;NL00DEMO0000013579;Wisselkantoor Zilverling;aankoop tegoed;-4900,00`;

const TAX = `AANGIFTE VENNOOTSCHAPSBELASTING 2024
Belastingplichtige : Pekelhof Expeditie BV
Vestigingsplaats   : Grijsmonde

Toelichting bij de aangifte
De omzet steeg van 1,2 naar 3,9 miljoen euro, terwijl het aantal afgehandelde zendingen gelijk bleef. De aangifte noemt als reden "advies aan derden". Facturen van dat advies ontbreken.

De inspecteur heeft op 11 juni een controle aangekondigd. De aanslag is voorlopig vastgesteld.`;

const CUSTOMS = `AANGIFTE TEN INVOER
Kantoor van binnenkomst : Grijsmonde
Container               : KLPU 204118 3
Lading volgens aangifte : vruchtensap, bevroren, 21.400 kg
Ontvanger               : Pekelhof Expeditie BV

De lading is op 15 maart vrijgegeven na een scan zonder bijzonderheden. Bij een hercontrole op 18 maart bleek het zegel niet overeen te komen met het nummer in de aangifte. Het gewicht week 340 kg af.

De ambtenaar merkt op dat de container bij aankomst was omgestapeld op verzoek van de planning van terminal Westerhoofd.`;

const MINUTES = `NOTULEN STUURPLOEG LISDODDE
Aanwezig: Politie, OM, Belastingdienst, Douane, FIOD, KMar

1. Stand van zaken
Politie meldt dat de huurder van de grijze bestelbus nog niet bekend is. FIOD vult aan dat de eenmanszaak in klokken ook voorkomt in een melding van een ongebruikelijke transactie.

2. Begrippen
Afgesproken is dat "aangifte" in dit verslag telkens met een toevoeging wordt gebruikt: aangifte van een strafbaar feit, belastingaangifte of douaneaangifte. Het woord "controle" leidde tweemaal tot misverstand.

3. Actiepunten
- Douane: zegelregister over maart.
- FIOD: betalingen van Pekelhof aan notariskantoor Zwaanenburgh.
- KMar: reisbewegingen van de twee chauffeurs.`;

const TIP = `MELDLIJN ANONIEM KUSTDELTA - DOORZENDING AAN POLITIE
Meldingnummer : 2024-0118
Gemeente      : Grijsmonde
Beoordeling   : E-4

De melder zegt het volgende. In de haven van Grijsmonde worden containers "omgekat". De chauffeurs weten van niets, die krijgen een pincode en rijden. Wie een pincode nodig heeft moet bij de Klokkenmaker zijn. Overdag repareert hij oude klokken, daar komt die naam vandaan.

De grote baas van het expeditiebedrijf schreeuwt het hardst, maar zonder de Klokkenmaker staat er geen enkele container op de goede plek. Hij rijdt telkens in een andere huurauto.`;

const KMAR = `REGISTRATIE GRENSPASSAGE
Twee chauffeurs van transportbedrijf Molenwal passeerden op 20 maart de luchthavengrens. Beiden reisden zonder ruimbagage en keerden binnen 26 uur terug. Een van hen voerde 9.800 euro contant geld mee, dat juist onder de grens voor de aangifte liquide middelen blijft.

Op de vraag naar de herkomst van het geld verklaarde de man dat hij een klok had verkocht. Hij legitimeerde zich als L. Ruigwaard, geboren op 12 september 1981.`;

const FIOD = `MEMO VERDACHTE TRANSACTIES
Op de rekening van de eenmanszaak komen maandelijks bedragen binnen van Pekelhof Expeditie BV onder de noemer advieskosten. Een dag later gaat vrijwel hetzelfde bedrag naar de derdenrekening van notariskantoor Zwaanenburgh. De eenmanszaak deed geen belastingaangifte over 2023.

Vanaf april worden kleinere bedragen omgezet bij wisselkantoor Zilverling. De bedragen blijven telkens onder 5.000 euro. De patronen sluiten aan op de huur van de bestelbus bij De Rietvink.`;

const ENGLISH = `LIAISON REPORT
Subject: reefer container KLPU 204118 3

The container left the port of loading with a seal that differs from the one recorded on arrival. The shipping agent states that the booking was changed twice by e-mail from an address that resembles that of the forwarder Pekelhof.

The agent also remembers a caller who spoke Dutch, asked for the release pin code and knew the stack position before the terminal had published it.`;

const VERDICT = `REQUISITOIR (CONCEPT)
Het Openbaar Ministerie neemt het standpunt in dat de organisatie bestond uit een kern en wisselende uitvoerders. De rol van de Klokkenmaker is die van schakel: hij kent de planning, de chauffeurs en de verhuurder, die elkaar niet kennen.

Het onderzoek naar de geldstroom wijst op vermenging met de derdenrekening. De verdediging betwist dat de waarnemingen van maart rechtmatig zijn.`;

const WITNESS = `PROCES-VERBAAL VAN VERHOOR GETUIGE
De getuige verklaart: "Ik verhuur auto's, ik vraag niet waar ze heen gaan. Hij betaalde altijd contant en bracht de bestelbus schoon terug. Hij vroeg altijd om de grijze. Hij had zwarte vingers van de olie, van uurwerken zei hij."

Vraag: Herkent u deze man?
Antwoord: "Dat zou hem kunnen zijn. Hij is rustiger dan op de foto. Op het contract stond L. Ruigwaard, geboren 21 september 1981."`;

export const DOCUMENTS: DemoDocument[] = [
  {
    path: "politie/pv-bevindingen-kraanhaven.pdf",
    title: "Proces-verbaal van bevindingen, waarnemingen Kraanhaven",
    kind: "pdf",
    organisation: "politie",
    source: "Team Opsporing Kustdelta",
    purpose: "wpg-9",
    marking: "tlp:amber+strict",
    date: "2025-03-24",
    text: [RENDEZVOUS, RENDEZVOUS_2, RENDEZVOUS_3].join("\f"),
  },
  {
    path: "politie/mail-boterkooper.eml",
    title: "Samenhang met Lisdodde?",
    kind: "eml",
    organisation: "politie",
    source: "Mailbox Team Opsporing Kustdelta",
    purpose: "wpg-9",
    marking: "tlp:amber",
    date: "2025-09-16",
    text: MAIL,
  },
  {
    path: "politie/mail-boterkooper.eml/aangifte-explosie-rietvink.pdf",
    title: "Aangifte explosie autoverhuur De Rietvink",
    kind: "pdf",
    organisation: "politie",
    source: "Mailbox Team Opsporing Kustdelta",
    purpose: "wpg-9",
    marking: "tlp:amber",
    date: "2025-09-15",
    parent: "politie/mail-boterkooper.eml",
    text: `AANGIFTE VAN EEN STRAFBAAR FEIT
Aangeefster verklaart dat zondagnacht een explosief is afgegaan bij de gevel van autoverhuur De Rietvink. Twee huurauto's en een grijze bestelbus raakten beschadigd.

Zij noemt een vaste huurder die contant betaalt en nooit een bon wil. De man huurde ook na juni door.`,
  },
  {
    path: "politie/melding-2024-0118.txt",
    title: "Anonieme melding 2024-0118: pincodes containers Kraanhaven",
    kind: "txt",
    organisation: "politie",
    source: "Meldlijn Anoniem Kustdelta",
    purpose: "wpg-8",
    marking: "tlp:amber",
    date: "2024-01-22",
    text: TIP,
  },
  {
    path: "politie/pv-verhoor-getuige.docx",
    title: "Verhoor getuige autoverhuur De Rietvink",
    kind: "docx",
    organisation: "politie",
    source: "Team Opsporing Kustdelta",
    purpose: "wpg-9",
    marking: "tlp:amber+strict",
    date: "2025-09-22",
    text: WITNESS,
  },
  {
    path: "fiod/memo-transacties.docx",
    title: "Memo verdachte transacties eenmanszaak klokken en uurwerken",
    kind: "docx",
    organisation: "fiod",
    source: "Analyse financieel, team 3",
    purpose: "sv-opsporing",
    marking: "tlp:amber",
    date: "2025-05-12",
    text: FIOD,
  },
  {
    path: "fiod/rekeningafschrift-2025.csv",
    title: "Rekeningafschrift eenmanszaak, februari tot en met april 2025",
    kind: "csv",
    organisation: "fiod",
    source: "Vordering bank, zaak Lisdodde",
    purpose: "sv-opsporing",
    marking: "tlp:amber",
    date: "2025-04-30",
    text: STATEMENT,
  },
  {
    path: "belastingdienst/vpb-aangifte-pekelhof-2024.pdf",
    title: "Aangifte vennootschapsbelasting 2024 Pekelhof Expeditie BV",
    kind: "pdf",
    organisation: "belastingdienst",
    source: "Dossier vennootschapsbelasting",
    purpose: "awr-toezicht",
    marking: "tlp:amber",
    date: "2025-06-02",
    text: TAX,
  },
  {
    path: "douane/aangifte-invoer-klpu2041183.html",
    title: "Aangifte ten invoer, container KLPU 204118 3",
    kind: "html",
    organisation: "douane",
    source: "Aangiftesysteem kantoor Grijsmonde",
    purpose: "douane-toezicht",
    marking: "tlp:green",
    date: "2025-03-15",
    text: CUSTOMS,
  },
  {
    path: "om/requisitoir-concept.docx",
    title: "Requisitoir Lisdodde (concept)",
    kind: "docx",
    organisation: "om",
    source: "Parket Kustdelta",
    purpose: "sv-opsporing",
    marking: "tlp:red",
    date: "2026-02-03",
    text: VERDICT,
  },
  {
    path: "om/notulen-stuurploeg-2025-05.md",
    title: "Notulen stuurploeg Lisdodde, mei 2025",
    kind: "md",
    organisation: "om",
    source: "Secretariaat stuurploeg",
    purpose: "covenant-analyse",
    marking: "tlp:amber",
    date: "2025-05-20",
    text: MINUTES,
  },
  {
    path: "kmar/grenspassage-2025-03-20.txt",
    title: "Registratie grenspassage 20 maart 2025",
    kind: "txt",
    organisation: "kmar",
    source: "Grensbewaking luchthaven",
    purpose: "wpg-8",
    marking: "tlp:green",
    date: "2025-03-21",
    text: KMAR,
  },
  {
    path: "douane/liaison-report-reefer.pdf",
    title: "Liaison report: reefer container KLPU 204118 3",
    kind: "pdf",
    organisation: "douane",
    source: "Liaison officer",
    purpose: "douane-toezicht",
    marking: "tlp:amber",
    date: "2025-04-08",
    text: ENGLISH,
  },
  {
    path: "belastingdienst/boekenonderzoek-zwaanenburgh.pdf",
    title: "boekenonderzoek-zwaanenburgh.pdf",
    kind: "pdf",
    organisation: "belastingdienst",
    source: "Dossier notariskantoor",
    purpose: "awr-toezicht",
    marking: "tlp:amber",
    date: null,
    text: "",
    failure: { reason: "encrypted", message: "the file asks for a password" },
  },
  {
    path: "politie/brief-onbekende-afzender.png",
    title: "brief-onbekende-afzender.png",
    kind: "image",
    organisation: "politie",
    source: "Team Opsporing Kustdelta",
    purpose: "wpg-9",
    marking: null,
    date: null,
    text: "",
    failure: { reason: "no_text", message: "the picture holds no text layer" },
  },
  {
    path: "douane/zegelregister-maart.docx",
    title: "zegelregister-maart.docx",
    kind: "docx",
    organisation: "douane",
    source: "Kantoor Grijsmonde",
    purpose: "douane-toezicht",
    marking: "tlp:green",
    date: null,
    text: "",
    failure: { reason: "damaged", message: "the archive ends before its directory" },
  },
  {
    path: "fiod/export-telefoon.bin",
    title: "export-telefoon.bin",
    kind: "unknown",
    organisation: "fiod",
    source: "Digitale recherche",
    purpose: "sv-opsporing",
    marking: "tlp:amber",
    date: null,
    text: "",
    failure: { reason: "unsupported", message: "no reader knows these bytes" },
  },
  {
    path: "fiod/schijfkopie-kantoor.dd",
    title: "schijfkopie-kantoor.dd",
    kind: "unknown",
    organisation: "fiod",
    source: "Digitale recherche",
    purpose: "sv-opsporing",
    marking: "tlp:amber",
    date: null,
    text: "",
    failure: { reason: "too_large", message: "the file has 4096 MB" },
    absent: true,
  },
];

/** A long document, with a phrase on page 200 that stands nowhere else. */
export function phoneReport(): DemoDocument {
  const pages = Array.from({ length: 220 }, (_, i) => {
    const lines = Array.from({ length: 8 + ((i * 7) % 30) }, (_, n) => {
      const minute = String((i * 13 + n * 5) % 60).padStart(2, "0");
      return `${String((i + n) % 24).padStart(2, "0")}:${minute}  uitgaand  nummer ${(i * 31 + n * 17) % 97}  duur ${(i + n * 3) % 240} seconden`;
    });
    if (i === 199)
      lines.splice(
        4,
        0,
        "Notitie: sleutel van de loods ligt onder de blauwe boei, zeg niets tegen Pekelhof.",
      );
    return `GESPREKKEN, BLAD ${i + 1}\n${lines.join("\n")}`;
  });
  return {
    path: "politie/uitlezen-telefoon-ruigwaard.pdf",
    title: "Uitlezen telefoon Ruigwaard, gespreksoverzicht",
    kind: "pdf",
    organisation: "politie",
    source: "Digitale recherche Kustdelta",
    purpose: "wpg-9",
    marking: "tlp:amber",
    date: "2025-04-02",
    text: pages.join("\f"),
  };
}

/** Enough like documents to make a long list: the daily reports of a harbour team. */
export function dailyReports(count: number): DemoDocument[] {
  const places = ["Kraanhaven", "Westerhoofd", "Molenwal", "Teerhaven", "Zeilmakersweg", "Rietkade"];
  const facts = [
    "Een grijze bestelbus stond onverlicht langs de kade. De bestuurder gaf een huurovereenkomst van De Rietvink af.",
    "Bij controle van de poort bleek een pincode tweemaal gebruikt. De chauffeur had de container al meegenomen.",
    "Geen bijzonderheden. De camera aan de noordzijde is gestoord; de beheerder is ingelicht.",
    "Een medewerker van de planning meldt dat een container is omgestapeld zonder opdracht.",
    "Twee personen verlieten het terrein te voet. In de berm lag een gebroken zegel.",
    "Op de parkeerplaats is contant geld geteld in een huurauto. De inzittenden gaven geen verklaring.",
  ];
  const organisations = ["politie", "politie", "douane", "politie", "kmar", "douane"];
  return Array.from({ length: count }, (_, i) => {
    const place = places[i % places.length] ?? "";
    const day = new Date(Date.UTC(2024, 0, 8 + i * 2)).toISOString().slice(0, 10);
    const organisation = organisations[(i * 5 + 1) % organisations.length] ?? "politie";
    const text = `DAGRAPPORT HAVENTEAM
Locatie : ${place}
Datum   : ${day}

${facts[(i * 7) % facts.length]}

${facts[(i * 3 + 2) % facts.length]}`;
    return {
      path: `dagrapporten/${day.slice(0, 4)}/${day}-${place.toLowerCase()}.txt`,
      title: `Dagrapport havenzone ${place}, ${day}`,
      kind: i % 4 === 3 ? "pdf" : "txt",
      organisation,
      source: "Dagrapportage havenzone",
      purpose: organisation === "douane" ? "douane-toezicht" : "wpg-8",
      marking: i % 5 === 0 ? "tlp:green" : "tlp:amber",
      date: day,
      text,
    };
  });
}
