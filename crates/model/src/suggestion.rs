//! Suggestions: what a machine found in a text and a person has yet to judge. They lie outside the case until then.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{DocumentId, EntityId, SuggestionId};

/// The kinds of identifier that are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum IdentifierKind {
    /// Bank account number (ISO 13616).
    Iban,
    /// Dutch citizen service number.
    Bsn,
    /// Number in the Dutch trade register.
    Kvk,
    /// Dutch number of legal entities and partnerships.
    Rsin,
    /// Dutch VAT identification number.
    VatId,
    /// Dutch number plate.
    Plate,
    /// Telephone number.
    Phone,
    /// Mail address.
    Email,
    /// Web address.
    Url,
    /// Internet address (IPv4 or IPv6).
    Ip,
    /// Freight container (ISO 6346).
    Container,
    /// Ship (IMO number).
    Imo,
    /// Bitcoin or Ethereum address.
    Crypto,
    /// Mobile device.
    Imei,
    /// Vehicle identification number (ISO 3779).
    Vin,
    /// Amount of money.
    Amount,
    /// Date.
    Date,
}

impl IdentifierKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 17] = [
        Self::Iban,
        Self::Bsn,
        Self::Kvk,
        Self::Rsin,
        Self::VatId,
        Self::Plate,
        Self::Phone,
        Self::Email,
        Self::Url,
        Self::Ip,
        Self::Container,
        Self::Imo,
        Self::Crypto,
        Self::Imei,
        Self::Vin,
        Self::Amount,
        Self::Date,
    ];

    /// The code under which it is stored: the one it has in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Iban => "iban",
            Self::Bsn => "bsn",
            Self::Kvk => "kvk",
            Self::Rsin => "rsin",
            Self::VatId => "vat_id",
            Self::Plate => "plate",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Container => "container",
            Self::Imo => "imo",
            Self::Crypto => "crypto",
            Self::Imei => "imei",
            Self::Vin => "vin",
            Self::Amount => "amount",
            Self::Date => "date",
        }
    }

    /// The kind of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An identifier found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is.
    pub kind: IdentifierKind,
    /// Its first character in the page's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// As it stands there.
    pub value: String,
    /// In its one normal form: equal identifiers have equal ones.
    pub normal: String,
    /// How sure it is, 0 to 100: a check digit that is right, a word before it that names it.
    pub confidence: u8,
}

/// A found identifier that waits for a judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Suggestion {
    /// Follows from document, page, place and kind: the same find has the same id after a rebuild.
    #[ts(type = "string")]
    pub id: SuggestionId,
    /// What it is.
    pub kind: IdentifierKind,
    /// As it stands in the text.
    pub value: String,
    /// In its one normal form.
    pub normal: String,
    /// The document.
    #[ts(type = "string")]
    pub document: DocumentId,
    /// The page, from 1.
    pub page: u32,
    /// First character in the page's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// How sure it is, 0 to 100.
    pub confidence: u8,
}

/// What a person says of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "verdict")]
#[ts(export)]
pub enum Verdict {
    /// It is so, and stands in the case with this entity.
    Accepted {
        /// The entity.
        #[ts(type = "string")]
        entity: EntityId,
    },
    /// It is not so, here.
    Rejected,
}
