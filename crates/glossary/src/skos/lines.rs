//! A file handed out a line at a time, so that what comes of it can be told to a line.

use std::cell::Cell;
use std::io::{self, Read};

/// Gives at most one line a call, and counts them.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    line: &'a Cell<u64>,
    /// Whether the last byte that was given ended a line.
    ended: bool,
}

impl<'a> Lines<'a> {
    /// `line` is set to the number of the line that was given last, from 1.
    pub fn new(bytes: &'a [u8], line: &'a Cell<u64>) -> Self {
        line.set(0);
        Self { rest: bytes, line, ended: true }
    }
}

impl Read for Lines<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() || into.is_empty() {
            return Ok(0);
        }
        if self.ended {
            self.line.set(self.line.get() + 1);
        }
        let most = self.rest.get(..self.rest.len().min(into.len())).unwrap_or_default();
        let end = most.iter().position(|byte| *byte == b'\n').map_or(most.len(), |at| at + 1);
        let (given, rest) = self.rest.split_at(end);
        into.iter_mut().zip(given).for_each(|(to, from)| *to = *from);
        self.ended = given.last() == Some(&b'\n');
        self.rest = rest;
        Ok(end)
    }
}

/// The line of a byte, from 1.
pub(super) fn line_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(..at.min(bytes.len())).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() as u64 + 1
}
