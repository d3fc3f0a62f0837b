//! A first guess of what a table's columns say: from their names, and from what their values look like.

use koplamp_model::{MappedEntity, MappedLink, MappedProperty, Mapping, Reversal, Schema};

use super::looks::Looks;
use super::{Table, direction};
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
    "vaniban",
    "ibanvan",
    "ibanopdrachtgever",
    "opdrachtgeveriban",
    "rekeningopdrachtgever",
    "rekeningbetaler",
    "ibanbetaler",
    "fromaccount",
    "fromiban",
    "ibanfrom",
    "payeraccount",
    "payeriban",
    "senderaccount",
    "senderiban",
    "debtoraccount",
    "debtoriban",
];
const COUNTER: &[&str] = &[
    "tegenrekening",
    "tegenrekeningibanbban",
    "tegenrekeningnummer",
    "ibantegenpartij",
    "ibantegenrekening",
    "rekeningtegenpartij",
    "naarrekening",
    "rekeningnaar",
    "naariban",
    "ibannaar",
    "ibanbegunstigde",
    "begunstigdeiban",
    "rekeningbegunstigde",
    "rekeningontvanger",
    "ibanontvanger",
    "contrarekening",
    "counterparty",
    "counterpartyaccount",
    "counterpartyiban",
    "toaccount",
    "toiban",
    "ibanto",
    "beneficiaryaccount",
    "beneficiaryiban",
    "payeeaccount",
    "payeeiban",
    "receiveraccount",
    "receiveriban",
    "creditoraccount",
    "creditoriban",
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

/// What columns are called that say something of a party, in words that are not the schema's.
const SHORT: &[(&str, &str)] = &[
    ("bsn", "idNumber"),
    ("kvk", "registrationNumber"),
    ("kvknummer", "registrationNumber"),
    ("rsin", "taxNumber"),
    ("telefoon", "phone"),
    ("mobiel", "phone"),
    ("phonenumber", "phone"),
    ("mail", "email"),
    ("emailadres", "email"),
    ("achternaam", "lastName"),
    ("voornaam", "firstName"),
    ("geboortedatum", "birthDate"),
    ("dateofbirth", "birthDate"),
    ("dob", "birthDate"),
    ("kenteken", "registrationNumber"),
    ("merk", "model"),
    ("kleur", "colour"),
];

/// Guesses a mapping: payments between accounts, calls between numbers, or else one thing a row. It is a beginning for a person to mend, not
/// a judgement.
///
/// A column counts as an account or number by its name, unless its values look like something else, and else by its values: account
/// numbers with right check digits are such under any name. A date, time or amount never tells one thing from another.
///
/// Columns whose names say from whom and to whom are believed, whatever the signs of the amounts: a minus is then a payment taken back. In a
/// statement of an account the money goes from the account to the other one; where a column says `Bij` or `C`, or the amount has no minus while
/// others have one, it comes in.
pub fn propose(table: &Table, schema: &Schema) -> Mapping {
    let looks = (0..table.columns().len()).map(|column| Looks::of(table, column)).collect();
    let guess = Guess { table, schema, looks };
    guess.payments().or_else(|| guess.calls()).unwrap_or_else(|| guess.things())
}

struct Guess<'a> {
    table: &'a Table,
    schema: &'a Schema,
    /// Of each column.
    looks: Vec<Looks>,
}

impl Guess<'_> {
    fn payments(&self) -> Option<Mapping> {
        let (account, counter) = self.pair(ACCOUNT, COUNTER, Looks::Iban)?;
        let number = self.property("BankAccount", &["iban", "accountNumber", "number", "name"]);
        let mut of_counter = vec![say(&number, &counter)];
        if let Some(name) = self.column(COUNTER_NAME).filter(|name| *name != counter) {
            of_counter.push(say(&self.property("BankAccount", &["holder", "holderName", "name"]), &name));
        }
        let mut properties = self.when("Payment");
        let amount = self.column(AMOUNT).or_else(|| self.only(Looks::Amount));
        for (property, column) in [
            (self.property("Payment", &["amount"]), amount.clone()),
            (self.property("Payment", &["currency"]), self.column(CURRENCY)),
            (self.property("Payment", &["purpose", "description", "summary"]), self.column(TEXT)),
        ] {
            properties.extend(column.map(|column| say(&property, &column)));
        }
        let reversed = if direction::is_said(&account, &counter) { None } else { self.reversal(&counter, amount) };
        let payment = MappedLink { reversed, ..link("Payment", "account", "counterparty", properties) };
        Some(Mapping {
            entities: vec![
                entity("account", "BankAccount", &account, vec![say(&number, &account)]),
                entity("counterparty", "BankAccount", &counter, of_counter),
            ],
            links: vec![payment],
        })
    }

    /// In which rows of the statement of an account the money comes in: a column says so, or the sign of the amount does. The sign says nothing where
    /// neither account is the other one's counterparty.
    fn reversal(&self, counter: &str, amount: Option<String>) -> Option<Reversal> {
        let said = self.column(DIRECTION);
        if let Some(column) = said {
            return Some(Reversal { column, values: words(&["Bij", "C", "CR", "Credit"]) });
        }
        let column = amount.filter(|_| direction::is_counterparty(counter))?;
        let place = self.table.column(&column)?;
        let is_signed = self.table.rows().any(|row| row.cell(place).contains('-') && !row.cell(place).ends_with(",-"));
        is_signed.then(|| Reversal { column, values: words(&["+"]) })
    }

    fn calls(&self) -> Option<Mapping> {
        let (caller, called) = self.pair(CALLER, CALLED, Looks::Phone)?;
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
        let columns = self.table.columns();
        let Some(key) = self.key().and_then(|key| columns.get(key)) else { return Mapping::default() };
        let kind = self.kind(key);
        let own = match self.looks(key) {
            Some(Looks::Iban) => self.property(&kind, &["iban", "name"]),
            Some(Looks::Plate) => self.property(&kind, &["registrationNumber", "name"]),
            Some(Looks::Phone) => self.property(&kind, &["phone", "number", "name"]),
            Some(Looks::Email) => self.property(&kind, &["email", "name"]),
            _ => self.known(&kind, key).unwrap_or_else(|| self.property(&kind, &["name"])),
        };
        let said = columns.iter().filter(|column| *column != key);
        let said = said.map(|column| say(&self.known(&kind, column).unwrap_or_else(|| column.clone()), column));
        let properties = std::iter::once(say(&own, key)).chain(said).collect();
        Mapping { entities: vec![entity("thing", &kind, key, properties)], links: Vec::new() }
    }

    /// The column that tells one thing from another: one of identifiers, else one of words that differ in every row, else the first that is no
    /// date, time or amount; a table of nothing else is told apart by its first column.
    fn key(&self) -> Option<usize> {
        let columns = || self.looks.iter().enumerate();
        let identifies = |looks: &Looks| matches!(looks, Looks::Iban | Looks::Plate | Looks::Phone | Looks::Email);
        let differs = |column: usize| {
            let mut seen = std::collections::HashSet::new();
            self.table.rows().map(|row| row.cell(column)).all(|cell| !cell.is_empty() && seen.insert(cell))
        };
        let found = columns().find(|(column, looks)| looks.may_be_key() && !identifies(looks) && differs(*column));
        let found = found.or_else(|| columns().find(|(_, looks)| identifies(looks)));
        let found = found.or_else(|| columns().find(|(_, looks)| looks.may_be_key()));
        found.or_else(|| columns().next()).map(|(column, _)| column)
    }

    /// The type of which most columns say something of its own; else the one that the key looks like.
    fn kind(&self, key: &str) -> String {
        let own = |kind: &str| {
            let common = self.schema.properties("Thing");
            let known = self.table.columns().iter().filter_map(|column| self.known(kind, column));
            known.filter(|known| !common.iter().any(|property| property.name == *known)).count()
        };
        let looked = match self.looks(key) {
            Some(Looks::Iban) => Some("BankAccount"),
            Some(Looks::Plate) => Some("Vehicle"),
            Some(Looks::Phone) => Some("PhoneNumber"),
            Some(Looks::Email) => Some("MailAddress"),
            _ => None,
        };
        if let Some(looked) = looked.filter(|looked| self.schema.find(looked).is_some()) {
            return looked.to_owned();
        }
        let choosable =
            self.schema.types.iter().filter(|known| !known.is_abstract && self.schema.ends(&known.name).is_none());
        let mut best = (0, any_type(self.schema));
        for known in choosable {
            let count = own(&known.name);
            if count > best.0 {
                best = (count, known.name.clone());
            }
        }
        best.1
    }

    /// The property of this type that a column is called after.
    fn known(&self, kind: &str, column: &str) -> Option<String> {
        let column = plain(column);
        let properties = self.schema.properties(kind);
        let called = properties
            .iter()
            .find(|known| [&known.name, &known.nl, &known.en].iter().any(|name| plain(name) == column));
        let short = || {
            let (_, property) = SHORT.iter().find(|(short, _)| *short == column)?;
            properties.iter().find(|known| known.name == *property)
        };
        called.or_else(short).map(|known| known.name.clone())
    }

    /// Date and time of a link.
    fn when(&self, kind: &str) -> Vec<MappedProperty> {
        let dated = |column: &String| !matches!(self.looks(column), Some(Looks::Iban | Looks::Phone | Looks::Email));
        let date = self.column_that(DATE, dated).or_else(|| self.only(Looks::Date));
        let Some(date) = date else { return Vec::new() };
        let property = self.property(kind, &["date", "startDate"]);
        let mut said = vec![say(&property, &date)];
        said.extend(self.column(TIME).map(|time| say(&property, &time)));
        said
    }

    /// Two columns that are joined: by their names, where their values may be such; else by their values.
    fn pair(&self, from: &[&str], to: &[&str], looks: Looks) -> Option<(String, String)> {
        let may_be = |column: &String| {
            let found = self.looks(column);
            found == Some(looks)
                || found.is_some_and(|found| matches!(found, Looks::Words | Looks::Nothing))
                || (looks == Looks::Phone && found == Some(Looks::Amount))
        };
        let named = |names: &[&str]| self.column_that(names, may_be);
        if let (Some(from), Some(to)) = (named(from), named(to)) {
            return Some((from, to));
        }
        let alike = self.table.columns().iter().filter(|column| self.looks(column) == Some(looks));
        let alike: Vec<&String> = alike.collect();
        match alike.as_slice() {
            [one, other, ..] if direction::is_backward(one, other) => Some(((*other).clone(), (*one).clone())),
            [one, other, ..] => Some(((*one).clone(), (*other).clone())),
            _ => None,
        }
    }

    fn looks(&self, column: &str) -> Option<Looks> {
        self.looks.get(self.table.column(column)?).copied()
    }

    /// The column of these values, where it is the only one.
    fn only(&self, looks: Looks) -> Option<String> {
        let mut found = self.table.columns().iter().filter(|column| self.looks(column) == Some(looks));
        found.next().filter(|_| found.next().is_none()).cloned()
    }

    /// The first column that has one of these names, the surest name first.
    fn column(&self, names: &[&str]) -> Option<String> {
        self.column_that(names, |_| true)
    }

    fn column_that(&self, names: &[&str], fits: impl Fn(&String) -> bool) -> Option<String> {
        let called = |name: &&str| self.table.columns().iter().find(|column| plain(column) == **name && fits(column));
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
