//! Several values in one field, in formats whose fields hold one; values as their properties hold them; and cells that a spreadsheet program would
//! run.

use koplamp_model::PropertyKind;

use crate::table::{Decimals, amount, date};

/// One field for these values: a single one stands as it is, several (or one that would be misread) as a JSON array of strings,
/// which Gephi's lists, networkx and people can read too. None when there are no values.
pub(crate) fn join(values: &[&str]) -> Option<String> {
    match values {
        [] => None,
        [one] if !one.is_empty() && list(one).is_none() => Some((*one).to_owned()),
        several => Some(serde_json::Value::from(several).to_string()),
    }
}

/// The values of a field: the opposite of [`join`]. An empty field has none.
pub(crate) fn split(field: &str) -> Vec<String> {
    match list(field) {
        Some(values) => values,
        None if field.is_empty() => Vec::new(),
        None => vec![field.to_owned()],
    }
}

fn list(field: &str) -> Option<Vec<String>> {
    field.starts_with('[').then(|| serde_json::from_str(field).ok())?
}

/// The number that these words are, as programs write it: `.` before decimals, perhaps an exponent. Finite, and not absurd.
pub(crate) fn number(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    (number.is_finite() && number.abs() <= 1e18).then_some(number)
}

/// A value as its property holds it: an amount with its decimals behind a point, a date with its year first. What cannot be read so stays as
/// it is, and whoever keeps it decides.
pub(crate) fn settled(kind: PropertyKind, text: &str) -> String {
    let read = match kind {
        PropertyKind::Amount | PropertyKind::Number => match number(text) {
            // Programs write large and small numbers with an exponent.
            Some(number) => text.contains(['e', 'E']).then(|| number.to_string()),
            None => amount(text, Decimals::Unknown),
        },
        PropertyKind::Date if !text.get(..5).is_some_and(|year| year.ends_with('-')) => date(text),
        _ => None,
    };
    read.unwrap_or_else(|| text.to_owned())
}

/// Whether a spreadsheet program takes a cell that begins so for a formula (OWASP, CSV injection). A plain number is none.
fn dangerous(cell: &str) -> bool {
    let number = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number(cell)
}

/// A cell that no spreadsheet program runs: an apostrophe stands before what it would take for a formula.
pub(crate) fn harmless(cell: String) -> String {
    if dangerous(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell }
}

/// The opposite of [`harmless`].
pub(crate) fn unharmed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if dangerous(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_of_other_programs_become_those_of_their_properties() {
        for (kind, text, settles) in [
            (PropertyKind::Amount, "1.500,00", "1500.00"),
            (PropertyKind::Amount, "12,5", "12.5"),
            (PropertyKind::Amount, "1500.0", "1500.0"),
            (PropertyKind::Amount, "2e3", "2000"),
            (PropertyKind::Amount, "veel", "veel"),
            (PropertyKind::Number, "NaN", "NaN"),
            (PropertyKind::Date, "31-12-2024", "2024-12-31"),
            (PropertyKind::Date, "2024-02-31", "2024-02-31"),
            (PropertyKind::Date, "2024-02-01T10:00:00+01:00", "2024-02-01T10:00:00+01:00"),
            (PropertyKind::Date, "2024", "2024"),
            (PropertyKind::Text, "1.500,00", "1.500,00"),
        ] {
            assert_eq!(settled(kind, text), settles, "{text}");
        }
    }

    #[test]
    fn formulas_are_made_harmless() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("-12.50", "-12.50"),
            ("+31612345678", "+31612345678"),
            ("'t Hof", "'t Hof"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(harmless(cell.to_owned()), safe);
            assert_eq!(unharmed(safe), cell);
        }
    }

    proptest! {
        #[test]
        fn fields_come_back(values in proptest::collection::vec("[\\[\\]\",a'=+ -]{0,6}", 0..4)) {
            let borrowed: Vec<&str> = values.iter().map(String::as_str).collect();
            prop_assert_eq!(split(&join(&borrowed).unwrap_or_default()), values.clone());
            for value in values {
                let safe = harmless(value.clone());
                prop_assert_eq!(unharmed(&safe), value);
            }
        }
    }
}
