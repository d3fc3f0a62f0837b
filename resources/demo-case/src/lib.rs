//! The demo case: readable sources, and the real files that are rendered from them.
//!
//! A source is a text file with TOML front matter between two lines `+++` and a Markdown body. [`load`] reads all sources
//! of a case and checks that they fit together, [`render`] writes the files that an organisation would have delivered, and
//! [`answers`] reads the answer key. The same sources always give the same bytes, so that tests can compare digests.

mod archive;
mod case;
mod checks;
mod dates;
mod docx;
mod eml;
mod error;
mod html;
mod markdown;
mod organisations;
mod pdf;
mod plain;
mod reference;
mod render;
mod scan;
mod source;

pub use case::{Answers, Delivery, DemoCase, answers, load};
pub use error::{Error, Result};
pub use render::{Rendered, render};
pub use source::{Kind, Language, Source};
