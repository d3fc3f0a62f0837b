//! Reads what others wrote, from standard input to standard output, in a cage, and ends: a document, a file of another program, a file of
//! terms, a style sheet, a picture.
//!
//! Started by the program itself and of no use to a person. It composes the three rooms that parse, which do not know each other.

use std::io::{self, Write};
use std::process::ExitCode;

use koplamp_interchange::{Limits, task};
use koplamp_model::Schema;

fn main() -> ExitCode {
    koplamp_intake::serve(&[("exchange", exchange), ("glossary", glossary), ("style", style), ("portrait", portrait)])
}

/// A file of another program, to drafts.
fn exchange(request: &[u8], file: Vec<u8>, answer: &mut dyn Write) -> io::Result<()> {
    task::perform(request, file, Schema::built_in(), &Limits::default(), answer)
}

/// A file of terms, to a glossary.
fn glossary(request: &[u8], file: Vec<u8>, answer: &mut dyn Write) -> io::Result<()> {
    koplamp_glossary::task::perform(request, file, &koplamp_glossary::Limits::default(), answer)
}

/// A file of a style sheet, to the sheet.
fn style(_: &[u8], file: Vec<u8>, answer: &mut dyn Write) -> io::Result<()> {
    koplamp_interchange::style::perform(&file, answer)
}

/// A picture, to the pixels of its portrait.
fn portrait(_: &[u8], file: Vec<u8>, answer: &mut dyn Write) -> io::Result<()> {
    koplamp_intake::portrait::perform(&file, answer)
}
