//! How much of a file is read.

use crate::InterchangeError;

/// Is told how many records were read so far, about every thousand; `false` stops the reading.
pub type Watch<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Above this nesting nothing is read, whatever the limits say: elements are built by recursion.
const DEEPEST: usize = 256;

/// How much of a file is read. Above it the whole file is an error, but for what concerns one record: that is rejected alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file (of a workbook: unpacked).
    pub bytes: u64,
    /// Entities.
    pub nodes: u64,
    /// Links.
    pub links: u64,
    /// Values of one record; more reject it.
    pub attributes: usize,
    /// Elements within each other (XML; at most 256). JSON has a fixed limit of 128.
    pub depth: usize,
    /// Characters of one value, or of a key; more reject the record.
    pub value: usize,
}

impl Default for Limits {
    /// 1 GiB, 2 million entities, 5 million links, 1,000 values a record, 64 deep, 100,000 characters a value.
    fn default() -> Self {
        Self { bytes: 1 << 30, nodes: 2_000_000, links: 5_000_000, attributes: 1_000, depth: 64, value: 100_000 }
    }
}

impl Limits {
    /// An error when there are more bytes.
    pub(crate) fn check_bytes(&self, found: usize) -> Result<(), InterchangeError> {
        let found = found as u64;
        if found > self.bytes {
            return Err(InterchangeError::TooLarge { found, limit: self.bytes });
        }
        Ok(())
    }

    /// The nesting that is allowed.
    pub(crate) fn deepest(&self) -> usize {
        self.depth.min(DEEPEST)
    }
}
