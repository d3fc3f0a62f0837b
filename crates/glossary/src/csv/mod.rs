//! A table with a concept a row, for organisations that keep their words in a spreadsheet.
//!
//! The first row has the headers, in Dutch or English and in any order; [`columns`] lists them. Separators are semicolon, comma or tab, as the
//! first row has them; text is UTF-8 or windows-1252. Several values in a cell are divided by `|` or stand on lines of their own.

mod columns;
mod rows;
mod table;

use koplamp_model::{Scheme, SchemeId, Words};

pub use columns::{Column, columns};

use crate::{GlossaryError, Limits, Read, Watch};

/// Reads a table as the concepts of this organisation.
pub(crate) fn read(bytes: &[u8], organisation: &str, limits: &Limits, watch: Watch<'_>) -> Result<Read, GlossaryError> {
    let table = table::read(bytes, limits, watch)?;
    let iri = format!("urn:koplamp:glossary:{}", rows::part(organisation));
    let scheme = Scheme {
        id: SchemeId::of(&[b"scheme", iri.as_bytes()]),
        iri,
        organisation: organisation.to_owned(),
        title: vec![Words { text: format!("Begrippen ({organisation})"), language: Some("nl".to_owned()) }],
        version: None,
        other: String::new(),
    };
    let rows::Taken { glossary, rejected, lines } = rows::take(&table, scheme, limits);
    if glossary.concepts.is_empty() && rejected.is_empty() {
        return Err(GlossaryError::Nothing { format: crate::Format::Csv });
    }
    let mut violations = crate::skos::check(&glossary)?;
    for violation in &mut violations {
        violation.line = lines.get(&violation.subject).copied();
    }
    Ok(Read { glossary, violations, rejected })
}
