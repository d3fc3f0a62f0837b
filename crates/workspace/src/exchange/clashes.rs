//! Records that cannot be what they say: with the key of something known that is of another type (they are not the same, whatever their key), ending
//! before they begin, or joining links. And values that their properties cannot hold.

use std::collections::{BTreeMap, HashSet};

use koplamp_interchange::any_type;
use koplamp_model::{Draft, DraftValue, Refusal, Rejected};

use super::incoming::{Intake, Received};
use crate::WorkspaceError;
use crate::statements::asked;
use crate::values::{Unfit, backward, clean, fits};

/// Which records of a file are left out for that, and what of others.
#[derive(Default)]
pub(super) struct Clashes {
    gone: HashSet<String>,
    pub(super) rejected: Vec<Rejected>,
}

impl Clashes {
    /// A draft without what it says of those that are left out, and without values that are none; nothing when it is left out itself.
    pub(super) fn allow(&self, mut draft: Draft) -> Option<Draft> {
        if self.gone.contains(&draft.key) {
            return None;
        }
        for (property, values) in &mut draft.properties {
            values.retain(|value| !self.names_gone(value) && unfit(&draft.kind, property, value).is_none());
        }
        draft.properties.retain(|_, values| !values.is_empty());
        Some(draft)
    }

    fn names_gone(&self, value: &DraftValue) -> bool {
        matches!(value, DraftValue::Key(key) if self.gone.contains(key))
    }

    /// A record that loses an end with what is left out: which one.
    fn lost_end<'a>(&self, draft: &'a Draft, ends: [&str; 2]) -> Option<&'a str> {
        ends.iter().find_map(|end| {
            let values = draft.properties.get(*end)?;
            let DraftValue::Key(key) = values.iter().find(|value| self.names_gone(value))? else { return None };
            values.iter().all(|value| self.names_gone(value)).then_some(key.as_str())
        })
    }
}

impl Intake<'_> {
    /// Whether this is the type of an entity in a list that does not say which it has: any other is as good.
    pub(super) fn is_unsaid(&self, kind: &str) -> bool {
        self.scope == super::LISTS && kind == any_type(crate::schema())
    }

    /// Looks which records cannot be taken in beside what is known and each other, and which links lose an end with them.
    pub(super) fn clashes(&self, received: &Received) -> Result<Clashes, WorkspaceError> {
        let schema = crate::schema();
        let mut found = Clashes::default();
        let mut links: HashSet<String> = HashSet::new();
        for draft in received.drafts() {
            let draft = draft?;
            if schema.ends(&draft.kind).is_some() {
                links.insert(draft.key);
            }
        }
        for draft in received.drafts() {
            let draft = draft?;
            for (property, value) in
                draft.properties.iter().flat_map(|(property, values)| values.iter().map(move |value| (property, value)))
            {
                if let Some(unfit) = unfit(&draft.kind, property, value) {
                    let (property, key) = (short(property), short(&draft.key));
                    let why = match unfit {
                        Unfit::Date { text, .. } => Refusal::ValueNotADate { property, key, cell: short(&text) },
                        Unfit::Number { text, .. } | Unfit::Amount { text, .. } => {
                            Refusal::ValueNotANumber { property, key, cell: short(&text) }
                        }
                        Unfit::Period { .. } | Unfit::LinkEnd { .. } => continue,
                    };
                    found.rejected.push(Rejected::new(draft.line, why));
                }
            }
            if let Some(why) = impossible(&draft, &links) {
                found.rejected.push(Rejected::new(draft.line, why));
                found.gone.insert(draft.key);
                continue;
            }
            let known =
                self.workspace.with_known(|known| known.item(self.entity(&draft.key)).map(|item| item.kind.clone()))?;
            if let Some(other) = known
                && !schema.is_a(&draft.kind, &other)
                && !schema.is_a(&other, &draft.kind)
                && !(self.is_unsaid(&draft.kind) && schema.ends(&other).is_none())
                && (!self.is_unsaid(&other) || draft.is_link(schema))
            {
                let (key, kind) = (short(&draft.key), short(&draft.kind));
                found.rejected.push(Rejected::new(draft.line, Refusal::KnownAs { key, kind, other: short(&other) }));
                found.gone.insert(draft.key);
            }
        }
        if found.gone.is_empty() {
            return Ok(found);
        }
        // Links may be ends of links: again, until nothing more goes.
        loop {
            let before = found.gone.len();
            for draft in received.drafts() {
                let draft = draft?;
                if found.gone.contains(&draft.key) || !draft.is_link(schema) {
                    continue;
                }
                let ends = schema.ends(&draft.kind);
                let ends = ends.map_or(["subject", "object"], |ends| [&ends.source, &ends.target]);
                if let Some(missing) = found.lost_end(&draft, ends) {
                    let why = Refusal::NoSuchEndOf { key: short(&draft.key), missing: short(missing) };
                    found.rejected.push(Rejected::new(draft.line, why));
                    found.gone.insert(draft.key);
                }
            }
            if found.gone.len() == before {
                break;
            }
        }
        let mut named: BTreeMap<u64, Vec<Refusal>> = BTreeMap::new();
        for draft in received.drafts() {
            let draft = draft?;
            if found.gone.contains(&draft.key) {
                continue;
            }
            for (property, values) in &draft.properties {
                for value in values.iter().filter(|value| found.names_gone(value)) {
                    let (DraftValue::Key(missing) | DraftValue::Text(missing)) = value;
                    let (property, key, missing) = (short(property), short(&draft.key), short(missing));
                    named.entry(draft.line).or_default().push(Refusal::NoSuchEntity { property, key, missing });
                }
            }
        }
        for (line, reasons) in named {
            found.rejected.extend(reasons.into_iter().map(|why| Rejected::new(line, why)));
        }
        Ok(found)
    }
}

/// What is wrong with a record in itself.
fn impossible(draft: &Draft, links: &HashSet<String>) -> Option<Refusal> {
    let texts = |property: &str| -> Vec<&str> {
        let values = draft.properties.get(property).map(Vec::as_slice).unwrap_or_default();
        let text = values.iter().filter_map(|value| match value {
            DraftValue::Text(text) => Some(text.as_str()),
            DraftValue::Key(_) => None,
        });
        text.collect()
    };
    if let Some((from, to)) = backward(&texts("startDate"), &texts("endDate")) {
        return Some(Refusal::PeriodBackward { key: short(&draft.key), from: short(from), to: short(to) });
    }
    let ends = crate::schema().ends(&draft.kind)?;
    let mut named = [&ends.source, &ends.target].into_iter().filter_map(|end| draft.properties.get(end)).flatten();
    let end = named.find_map(|value| match value {
        DraftValue::Key(key) if links.contains(key) => Some(key),
        _ => None,
    })?;
    Some(Refusal::LinkEnd { key: short(&draft.key), end: short(end) })
}

/// Why a value is not what its property holds.
fn unfit(kind: &str, property: &str, value: &DraftValue) -> Option<Unfit> {
    let DraftValue::Text(text) = value else { return None };
    let (kind, text) = (asked(Some(kind), property)?, clean(text));
    // Of words that nobody could see nothing is kept, and nothing is said.
    let text = text.trim();
    if text.is_empty() { None } else { fits(kind, property, text).err() }
}

/// At most 80 characters of it, for a reason.
fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
