//! Which statements of an entity cannot all be true.

use std::collections::BTreeMap;

use koplamp_model::{PropertyKind, Statement, TYPE, Value};

use crate::Contradiction;
use crate::days::days;
use crate::known::compared;

/// One value of a property, and who says so.
struct Said<'a> {
    text: &'a str,
    by: Vec<&'a Statement>,
}

/// Properties with one true value at one time, of which different things are said for the same time.
pub(crate) fn contradictions(kind: &str, statements: &[Statement]) -> Vec<Contradiction> {
    let schema = crate::schema();
    let mut by_property: BTreeMap<&str, Vec<Said<'_>>> = BTreeMap::new();
    for statement in statements {
        let fact = &statement.fact;
        let known = schema.property(kind, &fact.property);
        if fact.property != TYPE && !known.is_some_and(|property| property.single) {
            continue;
        }
        let Value::Text(text) = &fact.value else { continue };
        let words = known.map_or(PropertyKind::Text, |property| property.kind);
        let values = by_property.entry(&fact.property).or_default();
        match values.iter_mut().find(|said| agree(words, said.text, text)) {
            Some(said) => {
                said.by.push(statement);
                // Of those that agree the most precise one is what others are compared with.
                if text.len() > said.text.len() {
                    said.text = text;
                }
            }
            None => values.push(Said { text, by: vec![statement] }),
        }
    }
    by_property
        .into_iter()
        .filter_map(|(property, values)| {
            let changes = schema.property(kind, property).is_some_and(|known| known.changes);
            let values = if changes { at_one_time(values) } else { values };
            (values.len() > 1).then(|| Contradiction {
                property: property.to_owned(),
                values: values
                    .into_iter()
                    .map(|said| (said.text.to_owned(), said.by.iter().map(|statement| statement.fact.id).collect()))
                    .collect(),
            })
        })
        .collect()
}

/// Whether two values say the same, one perhaps more precisely than the other.
fn agree(kind: PropertyKind, one: &str, other: &str) -> bool {
    if compared(kind, one) == compared(kind, other) {
        return true;
    }
    match kind {
        PropertyKind::Date => match (days(one), days(other)) {
            // Two times of one day differ; a day without a time leaves it open.
            (Some(a), Some(b)) if one.contains('T') && other.contains('T') => {
                a == b && one.split('T').eq(other.split('T'))
            }
            (Some(a), Some(b)) => (a.0 <= b.0 && b.1 <= a.1) || (b.0 <= a.0 && a.1 <= b.1),
            _ => false,
        },
        PropertyKind::Amount | PropertyKind::Number => match (one.trim().parse::<f64>(), other.trim().parse::<f64>()) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        },
        _ => false,
    }
}

/// Of what may change in time, only the statements against which another speaks for the same time.
fn at_one_time(values: Vec<Said<'_>>) -> Vec<Said<'_>> {
    let periods: Vec<Vec<(i32, i32)>> =
        values.iter().map(|said| said.by.iter().map(|statement| period(statement)).collect()).collect();
    let clashes = |at: usize, mine: (i32, i32)| {
        periods.iter().enumerate().any(|(other, theirs)| other != at && theirs.iter().any(|their| meet(mine, *their)))
    };
    let kept = values.into_iter().enumerate().map(|(at, said)| {
        let mine = said.by.into_iter().filter(|statement| clashes(at, period(statement)));
        Said { text: said.text, by: mine.collect() }
    });
    kept.filter(|said| !said.by.is_empty()).collect()
}

/// The first and last day on which a statement holds; without a period, always.
fn period(statement: &Statement) -> (i32, i32) {
    let of = |text: &Option<String>| text.as_deref().and_then(days);
    let (from, to) = (of(&statement.fact.valid_from), of(&statement.fact.valid_to));
    (from.map_or(i32::MIN, |(first, _)| first), to.map_or(i32::MAX, |(_, last)| last))
}

/// Whether two periods have a time in common. One that ends on the day on which the other begins is followed by it.
fn meet(one: (i32, i32), other: (i32, i32)) -> bool {
    let (first, last) = (one.0.max(other.0), one.1.min(other.1));
    let is_day = |(first, last)| first == last;
    first < last || (first == last && (is_day(one) || is_day(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use koplamp_model::{EntityId, Fact, Standing, StatementId};

    fn said(number: u8, property: &str, text: &str, from: Option<&str>, to: Option<&str>) -> Statement {
        Statement {
            fact: Fact {
                id: StatementId::from_bytes([number; 16]),
                entity: EntityId::from_bytes([9; 16]),
                property: property.into(),
                value: Value::Text(text.into()),
                evidence: None,
                valid_from: from.map(str::to_owned),
                valid_to: to.map(str::to_owned),
            },
            standing: Standing { organisation: "om".into(), purpose: "wpg-8".into(), marking: None, grade: None },
            recorded: 0,
            by: String::new(),
        }
    }

    fn found(kind: &str, statements: &[Statement]) -> Vec<(String, Vec<(String, usize)>)> {
        let values = |found: Contradiction| found.values.into_iter().map(|(text, ids)| (text, ids.len())).collect();
        contradictions(kind, statements).into_iter().map(|one| (one.property.clone(), values(one))).collect()
    }

    #[test]
    fn what_never_changes_is_contradicted_whenever_it_is_said() {
        let [old, new] = [
            said(1, "birthDate", "1978-04-19", None, Some("2020")),
            said(2, "birthDate", "1987-04-19", Some("2021"), None),
        ];
        let expected = vec![("1978-04-19".into(), 1), ("1987-04-19".into(), 1)];
        assert_eq!(found("Person", &[old, new]), [("birthDate".to_owned(), expected)]);
    }

    #[test]
    fn a_state_is_contradicted_only_for_the_same_time() {
        let gone = |from| said(1, "status", "vertrokken", from, None);
        let lives = |to| said(2, "status", "woont hier", None, to);
        assert!(found("Person", &[gone(Some("2024-09-01")), lives(Some("2024-08"))]).is_empty());
        assert!(
            found("Person", &[gone(Some("2024-09-01")), lives(Some("2024-09-01"))]).is_empty(),
            "one follows the other"
        );
        assert_eq!(found("Person", &[gone(Some("2024-09-01")), lives(Some("2024-10-02"))]).len(), 1);
        assert_eq!(found("Person", &[gone(None), lives(None)]).len(), 1, "without a period it holds always");
        let third = said(3, "status", "geëmigreerd", Some("2030"), Some("2031"));
        let both = found("Person", &[gone(Some("2024-09-01")), lives(Some("2024-08")), third]);
        assert_eq!(both[0].1.len(), 2, "he who lived there before is not among them: {both:?}");
    }

    #[test]
    fn what_is_said_more_precisely_or_in_another_way_is_the_same() {
        for (kind, property, values) in [
            ("Person", "birthDate", ["1987", "1987-04-19"]),
            ("Payment", "startDate", ["2025-03-12", "2025-03-12T04:16"]),
            ("Payment", "amount", ["412350", "412350.00"]),
            ("Consignment", "weight", ["21480", "21480.0"]),
            ("Vehicle", "registrationNumber", ["Q-481-XK", "q481xk"]),
            ("Person", "nationality", ["NL", "BE"]),
            ("Vehicle", "colour", ["grijs", "zilver"]),
        ] {
            let statements = values.map(|text| said(1, property, text, None, None));
            assert_eq!(found(kind, &statements), [], "{kind}.{property} {values:?}");
        }
        for (kind, property, values) in [
            ("Payment", "startDate", ["2025-03-12T09:40", "2025-03-12T04:16"]),
            ("Goods", "amount", ["421350.00", "412350.00"]),
            ("Consignment", "demurrage", ["18500.00", "0.00"]),
            ("Vessel", "flag", ["PA", "LR"]),
        ] {
            let statements = values.map(|text| said(1, property, text, None, None));
            assert_eq!(found(kind, &statements).len(), 1, "{kind}.{property} {values:?}");
        }
    }
}
