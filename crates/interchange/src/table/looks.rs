//! What the values of a column look like, whatever it is called.

use koplamp_model::modulo_97;

use super::amount::{Decimals, amount};
use super::date::{clock, date};
use super::{Row, Table};

/// Cells of a column that are looked at: those of the first rows that have one.
const LOOKED_AT: usize = 200;

/// Whether a cell is of a kind.
type Is = fn(&str) -> bool;

/// What most values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// Account numbers whose check digits are right (ISO 13616).
    Iban,
    /// Mail addresses.
    Email,
    /// Dutch number plates: six letters and digits in three groups.
    Plate,
    /// Telephone numbers: of the Netherlands, or with a country code.
    Phone,
    /// Dates, with or without a time.
    Date,
    /// Times of day, or durations.
    Time,
    /// Amounts, and other numbers.
    Amount,
    /// Words.
    Words,
    /// No row has a value.
    Nothing,
}

impl Looks {
    /// What nine in ten of the values of a column are.
    pub(super) fn of(table: &Table, column: usize) -> Self {
        let cells = table.rows().map(|row: Row<'_>| row.cell(column)).filter(|cell| !cell.is_empty());
        let cells: Vec<&str> = cells.take(LOOKED_AT).collect();
        if cells.is_empty() {
            return Self::Nothing;
        }
        let most = |is: Is| cells.iter().filter(|cell| is(cell)).count() * 10 >= cells.len() * 9;
        let kinds: [(Self, Is); 7] = [
            (Self::Iban, iban),
            (Self::Email, email),
            (Self::Plate, plate),
            // Before phone: `20251231` and `01-02-2025` are digits too.
            (Self::Date, |cell| date(cell).is_some() && cell.len() > 5),
            (Self::Time, |cell| clock(cell).is_some()),
            (Self::Phone, phone),
            (Self::Amount, |cell| amount(cell, Decimals::Unknown).is_some()),
        ];
        kinds.into_iter().find(|(_, is)| most(*is)).map_or(Self::Words, |(looks, _)| looks)
    }

    /// Whether the values may tell one thing from another: a date, a time and an amount do not.
    pub(super) fn may_be_key(self) -> bool {
        !matches!(self, Self::Date | Self::Time | Self::Amount | Self::Nothing)
    }
}

fn iban(cell: &str) -> bool {
    let plain: Vec<u8> = cell.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let (Some(country), Some(check), Some(rest)) = (plain.get(..2), plain.get(2..4), plain.get(4..)) else {
        return false;
    };
    (15..=34).contains(&plain.len())
        && country.iter().all(u8::is_ascii_alphabetic)
        && check.iter().all(u8::is_ascii_digit)
        && rest.iter().all(u8::is_ascii_alphanumeric)
        && modulo_97(&[rest, country, check].concat()) == 1
}

fn email(cell: &str) -> bool {
    let Some((name, domain)) = cell.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    plain(name) && plain(domain) && domain.trim_matches('.').contains('.')
}

fn plate(cell: &str) -> bool {
    let groups: Vec<&str> = cell.split(['-', ' ']).collect();
    let one_kind = |group: &&str| {
        (1..=3).contains(&group.len())
            && (group.bytes().all(|byte| byte.is_ascii_digit()) || group.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    let letters = cell.chars().any(|c| c.is_ascii_alphabetic());
    groups.len() == 3
        && groups.iter().map(|group| group.len()).sum::<usize>() == 6
        && groups.iter().all(one_kind)
        && letters
        && cell.chars().any(|c| c.is_ascii_digit())
}

fn phone(cell: &str) -> bool {
    let signs = |c: char| matches!(c, ' ' | '-' | '(' | ')' | '.' | '/');
    if !cell.chars().all(|c| c.is_ascii_digit() || signs(c) || c == '+') || cell.trim_start_matches('+').contains('+') {
        return false;
    }
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    // `(0)` behind a country code is written and not dialled.
    let abroad = cell.starts_with('+') || cell.starts_with("00");
    (abroad && (9..=16).contains(&digits))
        || (cell.starts_with('0') && digits == 10)
        // As telephone companies write it: a country code without its sign.
        || (cell.starts_with("31") && digits == 11 && !cell.contains(signs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, TableKind, read_table};

    #[test]
    fn table() {
        for (cells, expected) in [
            (["NL91 ABNA 0417 1643 00", "BE68539007547034"], Looks::Iban),
            (["NL92 ABNA 0417 1643 00", "NL91ABNA0417164301"], Looks::Words),
            (["06-12345678", "+31 20 123 45 67"], Looks::Phone),
            (["31612345678", "0031612345678"], Looks::Phone),
            (["Q-481-XK", "12-AB-34"], Looks::Plate),
            (["01-02-2025", "31-12-2024 23:10"], Looks::Date),
            (["20251231", "20240101"], Looks::Date),
            (["12-03-25", "13-03-25"], Looks::Words),
            (["09:30", "23:59:01"], Looks::Time),
            (["1.234,56", "-12,50"], Looks::Amount),
            (["2024", "2025"], Looks::Amount),
            (["k@posthoorn.example", "a.b@x.example"], Looks::Email),
            (["Jansen", "De Vries"], Looks::Words),
            (["", ""], Looks::Nothing),
        ] {
            let text = format!("a;b\n{};x\n{};x\n", cells[0], cells[1]);
            let table = read_table(text.as_bytes(), TableKind::Csv, &Limits::default(), &mut |_| true).unwrap();
            assert_eq!(Looks::of(&table, 0), expected, "{cells:?}");
        }
    }
}
