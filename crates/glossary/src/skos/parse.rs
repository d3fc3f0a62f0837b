//! Bytes to statements.

use std::borrow::Cow;
use std::cell::Cell;

use oxjsonld::{JsonLdErrorCode, JsonLdParseError, JsonLdParser};
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;
use oxttl::turtle::LowLevelTurtleParser;

use super::depth;
use super::encoding;
use super::graph::Graph;
use super::lines::{Lines, line_at};
use crate::{Format, GlossaryError, Limits, Watch};

/// What names that are not whole are completed with, so that they are found instead of being left out. No file can mean it.
const NO_BASE: &str = "koplamp-no-base:///";
/// Bytes without a statement after which more is given at a time.
const LONG: usize = 1 << 16;
/// Statements after which the watch is asked.
const ASK: u64 = 1_000;

/// What was read: the statements, and whether some stood in graphs with a name.
pub(super) struct Parsed {
    pub graph: Graph,
    pub named_graphs: bool,
}

/// Reads all statements of a file.
pub(super) fn parse(format: Format, bytes: &[u8], limits: &Limits, watch: Watch<'_>) -> Result<Parsed, GlossaryError> {
    let bytes = if format == Format::RdfXml { encoding::utf8(bytes)? } else { Cow::Borrowed(bytes) };
    let bytes = checked(&bytes)?;
    let line = Cell::new(0);
    let mut gather = Gather { graph: Graph::default(), limits, watch, count: 0 };
    let mut named_graphs = false;
    match format {
        Format::Turtle => {
            depth::turtle(bytes, limits)?;
            let parser = based(TurtleParser::new().with_base_iri(NO_BASE))?;
            turtle(parser.low_level(), bytes, &line, &mut gather)?;
        }
        Format::JsonLd => {
            depth::json(bytes, limits)?;
            let parser = based(JsonLdParser::new().with_base_iri(NO_BASE))?;
            for quad in parser.for_reader(Lines::new(bytes, &line)) {
                let quad = quad.map_err(|error| of_json_ld(&error, &line))?;
                named_graphs |= !quad.graph_name.is_default_graph();
                gather.take(Triple::new(quad.subject, quad.predicate, quad.object), line.get())?;
            }
        }
        Format::RdfXml => {
            depth::xml(bytes, limits)?;
            let parser = based(RdfXmlParser::new().with_base_iri(NO_BASE))?;
            for triple in parser.for_reader(Lines::new(bytes, &line)) {
                gather.take(triple.map_err(|error| malformed(&line, &error.to_string()))?, line.get())?;
            }
        }
        Format::Csv | Format::Sssom => return Err(GlossaryError::OnlyWritten { format }),
    }
    Ok(Parsed { graph: gather.graph.sorted(), named_graphs })
}

/// Reads Turtle, a line at a time, so that what comes is told to its line; of a text that goes on and on more at a time, because the parser
/// begins anew with it each time.
fn turtle(
    mut parser: LowLevelTurtleParser,
    bytes: &[u8],
    line: &Cell<u64>,
    gather: &mut Gather<'_>,
) -> Result<(), GlossaryError> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    // Bytes that were given since the last statement.
    let mut since = 0;
    loop {
        while let Some(triple) = parser.parse_next() {
            since = 0;
            let triple = triple.map_err(|error| {
                line.set(error.location().start.line + 1);
                malformed(line, error.message())
            })?;
            gather.take(triple, line.get())?;
        }
        if parser.is_end() {
            return Ok(());
        }
        let mut given = 0;
        let wanted = if since > LONG { since } else { 1 };
        while given < wanted {
            let Some(next) = lines.next() else {
                parser.end();
                break;
            };
            parser.extend_from_slice(next);
            line.set(line.get() + 1);
            given += next.len();
        }
        since += given;
    }
}

/// The bytes without the mark of UTF-8, which Turtle and JSON-LD are always in.
fn checked(bytes: &[u8]) -> Result<&[u8], GlossaryError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (at, reason) = match std::str::from_utf8(bytes) {
        Err(error) => (error.valid_up_to(), "a byte that is not UTF-8"),
        Ok(text) => match text.find('\0') {
            Some(at) => (at, "a NUL character: this is no text"),
            None => return Ok(bytes),
        },
    };
    Err(GlossaryError::Malformed { line: line_at(bytes, at), reason: reason.to_owned() })
}

/// A parser with the base that stands for none.
fn based<P, E: std::fmt::Display>(parser: Result<P, E>) -> Result<P, GlossaryError> {
    parser.map_err(|error| GlossaryError::Malformed { line: 1, reason: error.to_string() })
}

fn malformed(line: &Cell<u64>, reason: &str) -> GlossaryError {
    // In one line, and no longer than can be read: it may quote the file.
    let reason = reason.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    GlossaryError::Malformed { line: line.get().max(1), reason }
}

fn of_json_ld(error: &JsonLdParseError, line: &Cell<u64>) -> GlossaryError {
    if let JsonLdParseError::Syntax(error) = error {
        let remote = matches!(
            error.code(),
            Some(JsonLdErrorCode::LoadingRemoteContextFailed | JsonLdErrorCode::LoadingDocumentFailed)
        );
        if remote {
            return GlossaryError::RemoteContext { line: line.get().max(1) };
        }
        if let Some(at) = error.location() {
            line.set(at.start.line + 1);
        }
    }
    malformed(line, &error.to_string())
}

/// Takes statements, within the limits.
struct Gather<'a> {
    graph: Graph,
    limits: &'a Limits,
    watch: Watch<'a>,
    count: u64,
}

impl Gather<'_> {
    fn take(&mut self, triple: Triple, line: u64) -> Result<(), GlossaryError> {
        self.count += 1;
        if self.count > self.limits.statements {
            return Err(GlossaryError::TooMany { line, what: "statements", limit: self.limits.statements });
        }
        if self.count.is_multiple_of(ASK) && !(self.watch)(self.count) {
            return Err(GlossaryError::Stopped);
        }
        if let NamedOrBlankNode::NamedNode(node) = &triple.subject {
            self.check_name(node.as_str(), line)?;
        }
        self.check_name(triple.predicate.as_str(), line)?;
        match &triple.object {
            Term::NamedNode(node) => self.check_name(node.as_str(), line)?,
            Term::Literal(literal) => {
                self.check_text(literal.value(), line)?;
                self.check_name(literal.datatype().as_str(), line)?;
                if literal.value().contains('\0') {
                    let reason = "a text with a NUL character in it".to_owned();
                    return Err(GlossaryError::Malformed { line, reason });
                }
            }
            Term::BlankNode(_) => {}
        }
        self.graph.insert(triple, line);
        Ok(())
    }

    fn check_name(&self, name: &str, line: u64) -> Result<(), GlossaryError> {
        match name.strip_prefix(NO_BASE) {
            Some(name) => Err(GlossaryError::NoBase { line, name: name.chars().take(100).collect() }),
            None => self.check_text(name, line),
        }
    }

    fn check_text(&self, text: &str, line: u64) -> Result<(), GlossaryError> {
        if self.limits.is_long(text) {
            let limit = self.limits.value as u64;
            return Err(GlossaryError::TooMany { line, what: "characters in one text", limit });
        }
        Ok(())
    }
}
