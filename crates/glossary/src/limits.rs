//! How much of a file is read.

use crate::GlossaryError;

/// Is told how many statements or rows were read so far, about every thousand; `false` stops the reading.
pub type Watch<'a> = &'a mut dyn FnMut(u64) -> bool;

/// How much of a file is read. Above it the whole file is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: u64,
    /// Statements (triples), or rows of a table.
    pub statements: u64,
    /// Things within each other: brackets, elements.
    pub depth: u32,
    /// Characters of one text or name.
    pub value: usize,
}

impl Default for Limits {
    /// 256 MiB, 2 million statements, 100 deep, 100,000 characters a text.
    fn default() -> Self {
        Self { bytes: 256 << 20, statements: 2_000_000, depth: 100, value: 100_000 }
    }
}

impl Limits {
    /// An error when there are more bytes.
    pub(crate) fn check_bytes(&self, found: usize) -> Result<(), GlossaryError> {
        let found = found as u64;
        if found > self.bytes {
            return Err(GlossaryError::TooLarge { found, limit: self.bytes });
        }
        Ok(())
    }

    /// Whether a text has more characters than it may.
    pub(crate) fn is_long(&self, text: &str) -> bool {
        text.len() > self.value && text.chars().count() > self.value
    }
}
