//! Tables of banks and telephone companies, in the columns that these use.

mod common;

use common::{assert_whole, find, fixture, said, schema};
use koplamp_interchange::{InterchangeError, Limits, Table, TableKind, map, propose, read_table};
use koplamp_model::{Draft, Exchange, MappedEntity, MappedLink, MappedProperty, Mapping};

fn table(bytes: &[u8], kind: TableKind) -> Table {
    read_table(bytes, kind, &Limits::default(), &mut |_| true).expect("a table")
}

fn mapped(table: &Table, mapping: &Mapping) -> Exchange {
    let exchange = map(table, mapping, &schema(), &Limits::default(), &mut |_| true).expect("a mapping");
    assert_whole(&exchange);
    exchange
}

fn links(exchange: &Exchange) -> Vec<&Draft> {
    exchange.drafts.iter().filter(|draft| schema().ends(&draft.kind).is_some()).collect()
}

const BANK: &str = "\"Datum\";\"Naam / Omschrijving\";\"Rekening\";\"Tegenrekening\";\"Af Bij\";\"Bedrag (EUR)\";\"Mededelingen\"\r\n\
    \"20251231\";\"Jansen\";\"NL91 ABNA 0417 1643 00\";\"NL20INGB0001234567\";\"Af\";\"1.234,56\";\"huur; januari\"\r\n\
    \"20251231\";\"Jansen\";\"NL91ABNA0417164300\";\"NL20INGB0001234567\";\"Bij\";\"12,50\";\"terug\"\r\n\
    \"20251231\";\"Jansen\";\"NL91ABNA0417164300\";\"NL20INGB0001234567\";\"Bij\";\"12,50\";\"terug\"\r\n\
    \"31-13-2025\";\"Jansen\";\"NL91ABNA0417164300\";\"NL20INGB0001234567\";\"Af\";\"1\";\"\"\r\n\
    \"2025-12-31\";\"Jansen\";\"NL91ABNA0417164300\";\"NL20INGB0001234567\";\"Af\";\"twaalf\";\"\"\r\n\
    \"2025-12-31\";\"Winkel\";\"NL91ABNA0417164300\";\"\";\"Af\";\"3,00\";\"pin\"\r\n\
    \"2025-12-31\";\"te kort\"\r\n";

#[test]
fn a_bank_statement() {
    let table = table(BANK.as_bytes(), TableKind::Csv);
    assert_eq!((table.len(), table.columns()[3].as_str()), (7, "Tegenrekening"));
    let mapping = propose(&table, &schema());
    let exchange = mapped(&table, &mapping);
    let payments = links(&exchange);
    assert_eq!((exchange.drafts.len(), payments.len()), (5, 3));
    let (own, other) = ("BankAccount/NL91ABNA0417164300", "BankAccount/NL20INGB0001234567");
    // Spaces in an account number tell nothing apart.
    assert_eq!(said(find(&exchange, own), "iban"), ["NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"]);
    assert_eq!(said(find(&exchange, other), "holder"), ["Jansen"]);
    let out = payments[0];
    assert_eq!((said(out, "payer"), said(out, "beneficiary")), (vec![own], vec![other]));
    assert_eq!(
        (said(out, "date"), said(out, "amount"), said(out, "purpose")),
        (vec!["2025-12-31"], vec!["1234.56"], vec!["huur; januari"])
    );
    assert_eq!((out.line, out.quote.ends_with("\"huur; januari\"")), (2, true));
    let back = payments[1];
    assert_eq!(
        (said(back, "payer"), said(back, "beneficiary"), said(back, "amount")),
        (vec![other], vec![own], vec!["12.50"])
    );
    // Two rows alike are two payments.
    assert_eq!(payments[2].key, format!("{}#2", back.key));
    let rejected: Vec<(u64, &str)> =
        exchange.rejected.iter().map(|rejected| (rejected.line, rejected.reason.as_str())).collect();
    assert_eq!(
        rejected,
        [
            (5, "column 'Datum': '31-13-2025' is not a date"),
            (6, "column 'Bedrag (EUR)': 'twaalf' is not an amount"),
            (7, "the Payment has no end: 'Tegenrekening' of the counterparty is empty"),
            (8, "2 cells, and there are 7 columns"),
        ]
    );
    // A second run, and one over a statement that has grown, give the same keys.
    assert_eq!(mapped(&table, &mapping), exchange);
    let longer = format!(
        "{BANK}\"2026-01-01\";\"Jansen\";\"NL91ABNA0417164300\";\"NL20INGB0001234567\";\"Af\";\"1\";\"nieuw\"\r\n"
    );
    let more = mapped(&self::table(longer.as_bytes(), TableKind::Csv), &mapping);
    assert_eq!(links(&more)[..3], payments[..]);
    assert_eq!(links(&more).len(), 4);
}

#[test]
fn a_workbook() {
    let table = table(&fixture("bank.xlsx"), TableKind::Xlsx);
    assert_eq!(
        table.rows().map(|row| row.cell(3).to_owned()).collect::<Vec<_>>(),
        ["2025-12-31", "2026-01-01T09:30:00", "2026-01-02"]
    );
    let exchange = mapped(&table, &propose(&table, &schema()));
    let payments = links(&exchange);
    // A minus went out, no minus came in; a number of a sheet has a point, also with three decimals.
    let told: Vec<_> =
        payments.iter().map(|link| (said(link, "payer")[0].ends_with("300"), said(link, "amount")[0])).collect();
    assert_eq!(told, [(true, "12.5"), (false, "1234.125")]);
    assert_eq!(payments[0].quote, "NL91ABNA0417164300 | NL20INGB0001234567 | Jansen | 2025-12-31 | -12.5 | huur");
    assert_eq!(exchange.rejected.iter().map(|rejected| rejected.line).collect::<Vec<_>>(), [4]);
}

#[test]
fn calls() {
    let bytes = "A-nummer\tB-nummer\tDatum\tTijd\tDuur\n06-12345678\t0612345678\t01-02-2025\t09:30\t00:01:05\n06-12345678\t0201234567\t02-02-2025\t9u\t12\n";
    let table = table(bytes.as_bytes(), TableKind::Csv);
    let exchange = mapped(&table, &propose(&table, &schema()));
    let call = links(&exchange)[0];
    assert_eq!(
        (said(call, "caller"), said(call, "callee")),
        (vec!["PhoneNumber/0612345678"], vec!["PhoneNumber/0612345678"])
    );
    assert_eq!((said(call, "date"), said(call, "duration")), (vec!["2025-02-01T09:30:00"], vec!["65"]));
    assert_eq!(exchange.rejected[0].reason, "column 'Tijd': '9u' is not a date");
}

#[test]
fn encodings_and_separators() {
    for (bytes, columns, cell) in [
        (b"\xef\xbb\xbfnaam,plaats\nRen\xc3\xa9,Delft".as_slice(), ["naam", "plaats"], "René"),
        (b"naam;plaats\nRen\xe9;Delft", ["naam", "plaats"], "René"),
        (b"\xff\xfen\0;\0p\0\n\0\xac\x20;\0x\0", ["n", "p"], "€"),
        (b"naam\tplaats\n\n  \t\na, b; c\tx", ["naam", "plaats"], "a, b; c"),
        (b"naam,naam\n\"twee\nregels\",x", ["naam", "naam (2)"], "twee\nregels"),
        (b",plaats\nx,y", ["Column 1", "plaats"], "x"),
    ] {
        let table = table(bytes, TableKind::Csv);
        assert_eq!(table.columns(), columns);
        assert_eq!(table.rows().next().expect("a row").cell(0), cell);
    }
    let empty = table(b"", TableKind::Csv);
    assert!(empty.is_empty() && empty.columns().is_empty());
    assert_eq!(propose(&empty, &schema()), Mapping::default());
}

#[test]
fn keys_of_links() {
    let say =
        |property: &str, column: &str| MappedProperty { property: property.to_owned(), column: column.to_owned() };
    let entity = |name: &str, column: &str| MappedEntity {
        name: name.to_owned(),
        kind: "Person".to_owned(),
        key: vec![column.to_owned()],
        properties: vec![say("name", column)],
    };
    let mapping = Mapping {
        entities: vec![entity("a", "van"), entity("b", "naar")],
        links: vec![MappedLink {
            kind: "UnknownLink".to_owned(),
            key: vec!["nr".to_owned()],
            source: "a".to_owned(),
            target: "b".to_owned(),
            reversed: None,
            properties: vec![say("role", "rol")],
        }],
    };
    let table =
        table(b"nr,van,naar,rol\n1,Jan,Piet,kent\n1,Jan,Piet,belt\n1,Jan,Kees,kent\n,Jan,Piet,kent\n", TableKind::Csv);
    let exchange = mapped(&table, &mapping);
    let link = find(&exchange, "UnknownLink/1");
    assert_eq!(
        (said(link, "role"), said(link, "subject"), exchange.merged),
        (vec!["kent", "belt"], vec!["Person/Jan"], 1)
    );
    let reasons: Vec<&str> = exchange.rejected.iter().map(|rejected| rejected.reason.as_str()).collect();
    assert_eq!(reasons, ["'UnknownLink/1' joins others here than on row 2", "the key of the UnknownLink is empty"]);
    // Kees was only in a row that was rejected.
    assert_eq!(exchange.drafts.len(), 3);
    let wrong = |mapping: &Mapping| map(&table, mapping, &schema(), &Limits::default(), &mut |_| true);
    let mut other = mapping.clone();
    other.links[0].source = "c".to_owned();
    assert_eq!(wrong(&other), Err(InterchangeError::Mapping { what: "entity", name: "c".to_owned() }));
    let mut other = mapping.clone();
    other.entities[0].key = vec!["xx".to_owned()];
    assert_eq!(wrong(&other), Err(InterchangeError::Mapping { what: "column", name: "xx".to_owned() }));
}

#[test]
fn no_workbook() {
    for bytes in [b"PK\x03\x04".as_slice(), b"", b"naam,plaats"] {
        let error = read_table(bytes, TableKind::Xlsx, &Limits::default(), &mut |_| true).expect_err("no workbook");
        assert!(error.to_string().starts_with("the workbook cannot be read: "), "{error}");
    }
    let limits = Limits { bytes: 6_000, ..Limits::default() };
    let unpacked = read_table(&fixture("bank.xlsx"), TableKind::Xlsx, &limits, &mut |_| true);
    assert_eq!(unpacked, Err(InterchangeError::TooLarge { found: 6_001, limit: 6_000 }));
}

/// The guess for a table, as type and key of each entity and the type of the link.
fn guessed(text: &str) -> (Vec<(String, String)>, Option<String>) {
    let table = table(text.as_bytes(), TableKind::Csv);
    let mapping = propose(&table, koplamp_model::Schema::built_in());
    let entities = mapping.entities.into_iter().map(|entity| (entity.kind, entity.key.join("+"))).collect();
    (entities, mapping.links.into_iter().next().map(|link| link.kind))
}

#[test]
fn a_guess_looks_at_names_and_values() {
    let pair = |kind: &str, one: &str, other: &str| {
        vec![(kind.to_owned(), one.to_owned()), (kind.to_owned(), other.to_owned())]
    };
    let row = "01-03-2025;NL91ABNA0417164300;NL20INGB0001234567;12,50;huur\n";
    for (head, one, other) in [
        ("Datum;Van IBAN;Naar IBAN;Bedrag;Omschrijving", "Van IBAN", "Naar IBAN"),
        ("Datum;Naar IBAN;Van IBAN;Bedrag;Omschrijving", "Van IBAN", "Naar IBAN"),
        ("Date;From IBAN;To IBAN;Amount;Description", "From IBAN", "To IBAN"),
        ("Boekdag;Rek. A;Rek. B;Som;Tekst", "Rek. A", "Rek. B"),
        ("Boekdag;Gaat naar;Komt uit;Som;Tekst", "Komt uit", "Gaat naar"),
        ("Datum;Payer IBAN;Payee IBAN;Bedrag;Omschrijving", "Payer IBAN", "Payee IBAN"),
    ] {
        let found = guessed(&format!("{head}\n{row}"));
        assert_eq!(found, (pair("BankAccount", one, other), Some("Payment".to_owned())), "{head}");
    }
    let table = table(format!("Boekdag;Rek. A;Rek. B;Som;Tekst\n{row}").as_bytes(), TableKind::Csv);
    let payment = propose(&table, koplamp_model::Schema::built_in()).links.remove(0);
    let said: Vec<(String, String)> = payment.properties.into_iter().map(|said| (said.property, said.column)).collect();
    assert_eq!(said, [("date".to_owned(), "Boekdag".to_owned()), ("amount".to_owned(), "Som".to_owned())]);

    let calls = "Start;Nummer 1;Nummer 2;Seconden\n01-03-2025 09:30;06-12345678;+31201234567;12\n";
    assert_eq!(guessed(calls), (pair("PhoneNumber", "Nummer 1", "Nummer 2"), Some("Call".to_owned())));
    let headed = "van;naar;datum\n0612345678;0687654321;01-03-2025\n";
    assert_eq!(guessed(headed), (pair("PhoneNumber", "van", "naar"), Some("Call".to_owned())));
}

#[test]
fn a_date_or_an_amount_is_never_taken_for_a_key() {
    for (text, kind, key) in [
        ("Datum;Naam;Bedrag\n01-03-2025;Jansen;12,50\n02-03-2025;De Vries;3,00\n", "Organization", "Naam"),
        ("Datum gezien;Kenteken;Kleur\n01-03-2025;Q-481-XK;grijs\n02-03-2025;Q-481-XK;grijs\n", "Vehicle", "Kenteken"),
        (
            "Geboortedatum;BSN;Achternaam\n19-04-1987;999991590;Vaalmeer\n27-09-1984;999990858;Kloosterziel\n",
            "Person",
            "Achternaam",
        ),
        ("Saldo;Rekeningnummer\n12,50;NL91ABNA0417164300\n", "BankAccount", "Rekeningnummer"),
        ("Datum;Bedrag\n01-03-2025;12,50\n", "Organization", "Datum"),
    ] {
        let (entities, link) = guessed(text);
        assert_eq!(link, None, "{text}");
        let key_found = entities.first().map(|(_, key)| key.as_str());
        assert_eq!(key_found, Some(key), "{text}");
        if kind != "Organization" {
            assert_eq!(entities[0].0, kind, "{text}");
        }
    }
    // A column by the name of an account that holds dates is none.
    let odd = "Rekening;Tegenrekening;Bedrag\n01-03-2025;NL20INGB0001234567;12,50\n";
    assert_eq!(guessed(odd).1, None);
}

#[test]
fn names_that_say_from_and_to_are_believed_whatever_the_signs() {
    let rows = "2024-01-05;NL67KOPL0041772008;NL50KOPL0063005808;1.234,56;huur\n\
                2024-01-06;NL67KOPL0041772008;NL50KOPL0063005808;-5,00;storno\n";
    let payments = |head: &str| -> Vec<(String, String, String)> {
        let table = table(format!("{head}\n{rows}").as_bytes(), TableKind::Csv);
        let exchange = mapped(&table, &propose(&table, &schema()));
        let end = |link: &Draft, property: &str| said(link, property)[0].to_owned();
        links(&exchange)
            .into_iter()
            .map(|link| (end(link, "payer"), end(link, "beneficiary"), end(link, "amount")))
            .collect()
    };
    let (one, other) = ("BankAccount/NL67KOPL0041772008".to_owned(), "BankAccount/NL50KOPL0063005808".to_owned());
    let goes = |amount: &str| (one.clone(), other.clone(), amount.to_owned());
    for head in [
        "datum;van rekening;naar rekening;bedrag;omschrijving",
        "Date;From;To;Amount;Text",
        "D;IBAN;IBAN ontvanger;Bedrag;T",
    ] {
        assert_eq!(payments(head), [goes("1234.56"), goes("-5.00")], "{head}");
    }
    // Two accounts of which neither is the other side of a statement: no sign turns a row round.
    assert_eq!(payments("D;Rek. A;Rek. B;Bedrag;T"), [goes("1234.56"), goes("-5.00")]);
    // The statement of an account: a minus went out, no minus came in.
    let comes = (other.clone(), one.clone(), "1234.56".to_owned());
    assert_eq!(payments("Datum;Rekening;Tegenrekening;Bedrag;T"), [comes, goes("5.00")]);
}
