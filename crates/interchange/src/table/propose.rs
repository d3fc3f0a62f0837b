//! A first guess of what a table's columns say, from their names.

use koplamp_model::{MappedEntity, MappedLink, MappedProperty, Mapping, Reversal, Schema};

use super::Table;
use crate::names::any_type;

/// Names of columns that mean the same, without spaces and signs, the surest first. They are those of the exports of Dutch banks (ING,
/// Rabobank, ABN AMRO, bunq, Triodos) and of the records that telephone companies hand over, and their English likes.
const ACCOUNT: &[&str] = &[
    "rekening",
    "rekeningnummer",
    "iban",
    "ibanbban",
    "eigenrekening",
    "vanrekening",
    "account",
    "accountnumber",
    "rekeningvan",
    "fromaccount",
    "payeraccount",
];
const COUNTER: &[&str] = &[
    "tegenrekening",
    "tegenrekeningibanbban",
    "tegenrekeningnummer",
    "ibantegenpartij",
    "rekeningtegenpartij",
    "naarrekening",
    "counterparty",
    "counterpartyaccount",
    "counterpartyiban",
    "toaccount",
    "beneficiaryaccount",
    "contrarekening",
    "rekeningnaar",
];
const COUNTER_NAME: &[&str] =
    &["naamtegenpartij", "naamomschrijving", "tegenpartij", "counterpartyname", "naamtegenrekening", "name", "naam"];
const DATE: &[&str] = &[
    "datum",
    "boekdatum",
    "transactiedatum",
    "boekingsdatum",
    "date",
    "rentedatum",
    "valutadatum",
    "transactiondate",
    "startdatum",
    "datumtijd",
    "begindatum",
];
const TIME: &[&str] = &["tijd", "tijdstip", "starttijd", "begintijd", "time", "starttime"];
const AMOUNT: &[&str] = &["bedrag", "bedrageur", "transactiebedrag", "amount", "amounteur", "bedragineuro"];
const TEXT: &[&str] =
    &["omschrijving", "mededelingen", "omschrijving1", "description", "mededeling", "betalingskenmerk", "remarks"];
const CURRENCY: &[&str] = &["munt", "valuta", "muntsoort", "currency", "munteenheid"];
const DIRECTION: &[&str] =
    &["afbij", "bijaf", "debetcredit", "debitcredit", "dc", "cd", "creditdebit", "creditdebet", "bijafschrijving"];
const CALLER: &[&str] = &[
    "anummer",
    "beller",
    "bellendnummer",
    "anumber",
    "caller",
    "callingnumber",
    "vannummer",
    "msisdna",
    "abonnee",
    "from",
    "van",
];
const CALLED: &[&str] =
    &["bnummer", "gebelde", "gebeldnummer", "bnumber", "callee", "callednumber", "naarnummer", "msisdnb", "to", "naar"];
const DURATION: &[&str] = &["duur", "gespreksduur", "duration", "duurseconden", "duursec", "seconds"];

/// Guesses a mapping: payments between accounts, calls between numbers, or else one thing a row that its first column tells from
/// others. It is a beginning for a person to mend, not a judgement.
///
/// In a statement of an account the money goes from the account to the other one; where a column says `Bij` or `C`, or the amount has
/// no minus while others may have one, it comes in.
pub fn propose(table: &Table, schema: &Schema) -> Mapping {
    let guess = Guess { table, schema };
    guess.payments().or_else(|| guess.calls()).unwrap_or_else(|| guess.things())
}

struct Guess<'a> {
    table: &'a Table,
    schema: &'a Schema,
}

impl Guess<'_> {
    fn payments(&self) -> Option<Mapping> {
        let (account, counter) = (self.column(ACCOUNT)?, self.column(COUNTER)?);
        let number = self.property("BankAccount", &["iban", "accountNumber", "number", "name"]);
        let mut of_counter = vec![say(&number, &counter)];
        if let Some(name) = self.column(COUNTER_NAME) {
            of_counter.push(say(&self.property("BankAccount", &["holder", "holderName", "name"]), &name));
        }
        let mut properties = self.when("Payment");
        let amount = self.column(AMOUNT);
        for (property, column) in [
            (self.property("Payment", &["amount"]), amount.clone()),
            (self.property("Payment", &["currency"]), self.column(CURRENCY)),
            (self.property("Payment", &["purpose", "description", "summary"]), self.column(TEXT)),
        ] {
            properties.extend(column.map(|column| say(&property, &column)));
        }
        let said =
            self.column(DIRECTION).map(|column| Reversal { column, values: words(&["Bij", "C", "CR", "Credit"]) });
        let signed = || {
            let column = amount?;
            let place = self.table.column(&column)?;
            let is_signed =
                self.table.rows().any(|row| row.cell(place).contains('-') && !row.cell(place).ends_with(",-"));
            is_signed.then(|| Reversal { column, values: words(&["+"]) })
        };
        let payment =
            MappedLink { reversed: said.or_else(signed), ..link("Payment", "account", "counterparty", properties) };
        Some(Mapping {
            entities: vec![
                entity("account", "BankAccount", &account, vec![say(&number, &account)]),
                entity("counterparty", "BankAccount", &counter, of_counter),
            ],
            links: vec![payment],
        })
    }

    fn calls(&self) -> Option<Mapping> {
        let (caller, called) = (self.column(CALLER)?, self.column(CALLED)?);
        let number = self.property("PhoneNumber", &["number", "phone", "name"]);
        let mut properties = self.when("Call");
        if let Some(duration) = self.column(DURATION) {
            properties.push(say(&self.property("Call", &["duration"]), &duration));
        }
        Some(Mapping {
            entities: vec![
                entity("caller", "PhoneNumber", &caller, vec![say(&number, &caller)]),
                entity("called", "PhoneNumber", &called, vec![say(&number, &called)]),
            ],
            links: vec![link("Call", "caller", "called", properties)],
        })
    }

    fn things(&self) -> Mapping {
        let Some(first) = self.table.columns().first() else { return Mapping::default() };
        let kind = any_type(self.schema);
        let name = self.property(&kind, &["name"]);
        let said = self.table.columns().iter().enumerate().map(|(at, column)| {
            let known = self
                .schema
                .properties(&kind)
                .into_iter()
                .find(|known| [&known.name, &known.nl, &known.en].iter().any(|name| plain(name) == plain(column)));
            match known {
                Some(known) if at > 0 => say(&known.name, column),
                _ if at == 0 => say(&name, column),
                _ => say(column, column),
            }
        });
        Mapping { entities: vec![entity("thing", &kind, first, said.collect())], links: Vec::new() }
    }

    /// Date and time of a link.
    fn when(&self, kind: &str) -> Vec<MappedProperty> {
        let Some(date) = self.column(DATE) else { return Vec::new() };
        let property = self.property(kind, &["date", "startDate"]);
        let mut said = vec![say(&property, &date)];
        said.extend(self.column(TIME).map(|time| say(&property, &time)));
        said
    }

    /// The first column that has one of these names, the surest name first.
    fn column(&self, names: &[&str]) -> Option<String> {
        let called = |name: &&str| self.table.columns().iter().find(|column| plain(column) == **name);
        names.iter().find_map(called).cloned()
    }

    /// The first of these properties that the type has; the last when it has none.
    fn property(&self, kind: &str, names: &[&str]) -> String {
        let known = names.iter().find(|name| self.schema.property(kind, name).is_some());
        known.or(names.last()).map(|name| (*name).to_owned()).unwrap_or_default()
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn say(property: &str, column: &str) -> MappedProperty {
    MappedProperty { property: property.to_owned(), column: column.to_owned() }
}

fn entity(name: &str, kind: &str, key: &str, properties: Vec<MappedProperty>) -> MappedEntity {
    MappedEntity { name: name.to_owned(), kind: kind.to_owned(), key: vec![key.to_owned()], properties }
}

fn link(kind: &str, source: &str, target: &str, properties: Vec<MappedProperty>) -> MappedLink {
    let (kind, source, target) = (kind.to_owned(), source.to_owned(), target.to_owned());
    MappedLink { kind, key: Vec::new(), source, target, reversed: None, properties }
}
