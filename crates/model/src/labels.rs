//! The labels that every document carries: whose it is, where it came from, what it may be used for, how far it may travel.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CodeList, Codes};

/// Labels of a document, asked once per import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Labels {
    /// Code of the originating organisation, the controller of the data.
    pub organisation: String,
    /// The system or person it came from, in free text.
    pub source: String,
    /// Code of the purpose under which it was received.
    pub purpose: String,
    /// Code of the marking; none means that nobody has marked it yet.
    pub marking: Option<String>,
    /// Handling code as the supplier gave it, in free text.
    #[serde(default)]
    pub handling: Option<String>,
}

/// Why labels are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// A label that every document must have is empty.
    #[error("no {0} given; every document carries one")]
    Missing(&'static str),
    /// Text that cannot be a code.
    #[error("'{code}' is not a code for {list}: letters, digits and -_.:+ are expected; known are: {known}")]
    Malformed {
        /// Which list.
        list: &'static str,
        /// What was given.
        code: String,
        /// What the list has.
        known: String,
    },
    /// A code that is well-formed, and of nobody.
    #[error("there is no {list} '{code}' here; there are: {known}")]
    Unknown {
        /// Which list.
        list: &'static str,
        /// What was given.
        code: String,
        /// Which there are.
        known: String,
    },
}

impl Labels {
    /// The labels as they are kept: names are turned into codes, empty optional ones are left out.
    ///
    /// A code that the list does not have is kept as it is: lists differ by organisation and by year, and a newer one may have it
    /// ([`Labels::unlisted`] tells). What cannot be a code is refused.
    ///
    /// # Errors
    /// When organisation, source or purpose is missing, or something cannot be a code.
    pub fn checked(&self, codes: &Codes) -> Result<Self, LabelError> {
        let marking = self.marking.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let handling = self.handling.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let source = self.source.trim();
        if source.is_empty() {
            return Err(LabelError::Missing("source"));
        }
        Ok(Self {
            organisation: code("organisation", &self.organisation, &codes.organisations)?,
            source: source.to_owned(),
            purpose: code("purpose", &self.purpose, &codes.purposes)?,
            marking: marking.map(|text| code("marking", text, &codes.markings)).transpose()?,
            handling: handling.map(str::to_owned),
        })
    }

    /// The codes that their lists do not have, each with its list's name: likely a slip, so the user is told.
    pub fn unlisted(&self, codes: &Codes) -> Vec<(&'static str, &str)> {
        let given = [
            ("organisation", Some(&self.organisation), &codes.organisations),
            ("purpose", Some(&self.purpose), &codes.purposes),
            ("marking", self.marking.as_ref(), &codes.markings),
        ];
        let mut unlisted = Vec::new();
        for (list, code, known) in given {
            if let Some(code) = code
                && !known.contains(code)
            {
                unlisted.push((list, code.as_str()));
            }
        }
        unlisted
    }
}

/// The code that `text` is, or names in either language, whatever its capitals.
///
/// # Errors
/// When it is empty, or cannot be a code.
pub(crate) fn code(list: &'static str, text: &str, known: &CodeList) -> Result<String, LabelError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LabelError::Missing(list));
    }
    let wanted = text.to_lowercase();
    let listed = known
        .codes
        .iter()
        .find(|entry| [&entry.code, &entry.nl, &entry.en].into_iter().any(|name| name.to_lowercase() == wanted));
    if let Some(entry) = listed {
        return Ok(entry.code.clone());
    }
    let fits = wanted.len() <= 64 && wanted.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:+".contains(c));
    if fits {
        return Ok(wanted);
    }
    let known: Vec<&str> = known.codes.iter().map(|entry| entry.code.as_str()).collect();
    Err(LabelError::Malformed { list, code: text.to_owned(), known: known.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn codes() -> Codes {
        let list = |code: &str, nl: &str| CodeList {
            version: "2026-01-01".into(),
            codes: vec![Code { code: code.into(), nl: nl.into(), en: nl.into(), rank: 0 }],
        };
        Codes {
            organisations: list("politie", "Politie"),
            purposes: list("wpg-8", "Dagelijks"),
            markings: list("tlp:red", "TLP:RED"),
        }
    }

    fn labels() -> Labels {
        Labels {
            organisation: "POLITIE".into(),
            source: " BVH ".into(),
            purpose: "dagelijks".into(),
            marking: Some(String::new()),
            handling: None,
        }
    }

    #[test]
    fn names_become_codes_and_empty_labels_go() {
        let checked = labels().checked(&codes()).unwrap();
        assert_eq!((checked.organisation.as_str(), checked.purpose.as_str()), ("politie", "wpg-8"));
        assert_eq!((checked.source.as_str(), checked.marking), ("BVH", None));
    }

    #[test]
    fn a_missing_label_is_named() {
        for (field, labels) in [
            ("organisation", Labels { organisation: " ".into(), ..labels() }),
            ("source", Labels { source: String::new(), ..labels() }),
            ("purpose", Labels { purpose: String::new(), ..labels() }),
        ] {
            assert_eq!(labels.checked(&codes()), Err(LabelError::Missing(field)));
        }
    }

    #[test]
    fn a_code_of_a_newer_list_is_kept_and_told() {
        let newer = Labels { purpose: "wpg-99".into(), ..labels() }.checked(&codes()).unwrap();
        assert_eq!(newer.unlisted(&codes()), [("purpose", "wpg-99")]);
        assert!(Labels { purpose: "zo maar iets".into(), ..labels() }.checked(&codes()).is_err());
    }
}
