//! Words: where they are in a text, and when two are the same.
//!
//! The *exact* form keeps a word as it was typed, folded: lower case, no accents, no ligatures. The *stems* bring the inflections of a
//! word together, by the Dutch (Kraaij-Pohlmann) and the English (Porter 2) rules at once, because reports quote mails in the other
//! language within one page. Search and glossary both stand on it, so that a word that the one finds is one that the other knows.

mod fold;
mod stems;
mod words;

pub use fold::{fold, fold_into};
pub use stems::Stems;
pub use words::{Word, Words, words};
