//! Web pages.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use koplamp_model::{Failure, Kind};

use super::{Reader, Source, refuse_long_text, text_pages};
use crate::detect::find;
use crate::{date, encoding, reading::Reading};

/// Bytes from the start in which a page may declare its encoding.
const DECLARATION_BYTES: usize = 4096;

/// A web page.
pub(super) struct Html;

impl Reader for Html {
    fn kind(&self) -> Kind {
        Kind::Html
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        refuse_long_text(source)?;
        let markup = encoding::decode(source.bytes, declared_encoding(source.bytes));
        let extract = extract(&markup);
        let mut reading = Reading::of_pages(Kind::Html, text_pages(&extract.text));
        reading.title = Some(extract.title);
        reading.author = extract.author;
        reading.date = extract.date;
        Ok(reading)
    }
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Extract {
    /// Its text, blocks on lines of their own.
    pub text: String,
    /// Its title.
    pub title: String,
    /// The author that its head names.
    pub author: Option<String>,
    /// The date that its head gives, `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// Names under which a page's head gives its date: the plain one, and Dublin Core's (RFC 5013) as pages write it.
const DATE_NAMES: [&str; 5] = ["date", "dc.date", "dcterms.date", "dcterms.created", "article:published_time"];

/// The label in the first `charset=` of the page's head.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(DECLARATION_BYTES))?;
    let lower = head.to_ascii_lowercase();
    let after = find(&lower, b"charset")? + b"charset".len();
    let rest = head.get(after..)?;
    let start = rest.iter().position(|byte| !matches!(byte, b'=' | b' ' | b'"' | b'\''))?;
    let label = rest.get(start..)?;
    let end =
        label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))).unwrap_or(label.len());
    label.get(..end)
}

/// The text and the title of a page.
pub(super) fn extract(markup: &str) -> Extract {
    let mut sink = Sink::default();
    // Events, not a tree: a million nested elements cost nothing.
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        sink.event(&event);
        None
    });
    // Otherwise the insides of scripts would be read as elements.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(markup, emitter) {
        let Ok(()) = token;
    }
    Extract { text: sink.text, title: sink.title, author: sink.author, date: sink.date }
}

#[derive(Default)]
struct Sink {
    text: String,
    title: String,
    in_title: bool,
    /// The element whose insides are not text (a script), while within it.
    silent: Option<Vec<u8>>,
    preformatted: usize,
    /// White space that is written before the next word, if one comes.
    pending: Option<Space>,
    /// Name and content of the `meta` element being read.
    meta: Option<(String, String)>,
    attribute: Vec<u8>,
    author: Option<String>,
    date: Option<String>,
}

impl Sink {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.meta = (*name == b"meta" && self.silent.is_none()).then(Default::default);
                self.start(name);
            }
            CallbackEvent::AttributeName { name } => self.attribute = name.to_vec(),
            CallbackEvent::AttributeValue { value } => self.meta_attribute(value),
            CallbackEvent::CloseStartTag { .. } => self.meta_end(),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.characters(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn start(&mut self, name: &[u8]) {
        if self.silent.is_some() {
            return;
        }
        match name {
            b"script" | b"style" => self.silent = Some(name.to_vec()),
            b"title" => self.in_title = true,
            b"br" => self.line_end(),
            b"td" | b"th" => self.want(Space::Tab),
            b"pre" | b"textarea" => {
                self.preformatted += 1;
                self.want(Space::Lines(1));
            }
            name if is_block(name) => self.want(Space::Lines(1)),
            _ => {}
        }
    }

    fn meta_attribute(&mut self, value: &[u8]) {
        let Some((name, content)) = &mut self.meta else { return };
        let value = String::from_utf8_lossy(value.get(..value.len().min(400)).unwrap_or_default());
        match self.attribute.as_slice() {
            b"name" | b"property" => *name = value.to_lowercase(),
            b"content" => *content = value.trim().to_owned(),
            _ => {}
        }
    }

    fn meta_end(&mut self) {
        let Some((name, content)) = self.meta.take() else { return };
        if content.is_empty() {
            return;
        }
        if name == "author" {
            self.author.get_or_insert(content);
        } else if DATE_NAMES.contains(&name.as_str()) && self.date.is_none() {
            self.date = date::from_iso(&content);
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
            return;
        }
        match name {
            b"title" => self.in_title = false,
            b"pre" | b"textarea" => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.want(Space::Lines(1));
            }
            name if is_block(name) => self.want(Space::Lines(1)),
            _ => {}
        }
    }

    fn characters(&mut self, value: &str) {
        if self.silent.is_some() {
            return;
        }
        if self.in_title {
            // An unclosed title would else be the whole page.
            if self.title.len() < 4096 {
                self.title.push_str(value);
            }
            return;
        }
        if self.preformatted > 0 {
            self.flush();
            self.text.push_str(value);
            return;
        }
        for c in value.chars() {
            // The non-breaking space is a character of the text; HTML's own white space is layout.
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                self.want(Space::Word);
            } else {
                self.flush();
                self.text.push(c);
            }
        }
    }

    /// Wants white space before the next word; the strongest wish of several counts.
    fn want(&mut self, space: Space) {
        self.pending = self.pending.max(Some(space));
    }

    /// A line end that the author wrote: two of them make an empty line.
    fn line_end(&mut self) {
        let lines = if let Some(Space::Lines(lines)) = self.pending { lines + 1 } else { 1 };
        self.pending = Some(Space::Lines(lines.min(2)));
    }

    fn flush(&mut self) {
        let Some(space) = self.pending.take() else { return };
        if self.text.is_empty() {
            return;
        }
        let begun = !self.text.ends_with('\n');
        match space {
            Space::Word if begun => self.text.push(' '),
            Space::Tab if begun => self.text.push('\t'),
            Space::Lines(lines) => (u8::from(!begun)..lines).for_each(|_| self.text.push('\n')),
            _ => {}
        }
    }
}

/// White space, from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    /// Between words.
    Word,
    /// Between the cells of a row.
    Tab,
    /// So many line ends.
    Lines(u8),
}

fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 43] = [
        b"address",
        b"article",
        b"aside",
        b"blockquote",
        b"body",
        b"caption",
        b"center",
        b"dd",
        b"details",
        b"dialog",
        b"dir",
        b"div",
        b"dl",
        b"dt",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"header",
        b"hr",
        b"legend",
        b"li",
        b"main",
        b"menu",
        b"nav",
        b"ol",
        b"option",
        b"p",
        b"section",
        b"summary",
        b"table",
        b"tbody",
        b"thead",
        b"tfoot",
        b"tr",
        b"ul",
    ];
    BLOCKS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, text: &str) {
        assert_eq!(extract(markup).text, text, "{markup}");
    }

    #[test]
    fn the_head_names_author_and_date() {
        let page = "<meta name=Author content='J. Jansen'><meta content=\"2025-09-15T10:00\" name='dc.date'><p>x";
        let extract = extract(page);
        assert_eq!((extract.author.as_deref(), extract.date.as_deref()), (Some("J. Jansen"), Some("2025-09-15")));
        assert_eq!(super::extract("<meta name=date content='soon'>").date, None);
    }

    #[test]
    fn blocks_cells_and_spaces() {
        check("<p>Een\n  twee<b>drie</b></p><p>vier", "Een tweedrie\nvier");
        check("<div><div><div>a</div></div></div>b", "a\nb");
        check("<table><tr><th>naam<th>bedrag<tr><td>Jansen</td> <td>12</td></tr></table>", "naam\tbedrag\nJansen\t12");
        check("a<br>b<br><br>c", "a\nb\n\nc");
        check("<pre>a\n  b</pre>c", "a\n  b\nc");
        check("caf&eacute; &#8364;&nbsp;2", "café €\u{a0}2");
        check("<ul><li>een<li>twee</ul>", "een\ntwee");
        check("a &lt;b&gt; c <!-- weg --> d", "a <b> c d");
    }

    #[test]
    fn scripts_and_styles_are_silent() {
        check("<style>p { x }</style>a<script>if (a < b) '<p>x</p>'</script>b", "ab");
        let extract = extract("<html><head><title>De  titel</title></head><body>tekst");
        assert_eq!((extract.title.as_str(), extract.text.as_str()), ("De  titel", "tekst"));
    }

    #[test]
    fn encodings() {
        for (bytes, text) in [
            (&b"<meta charset=\"iso-8859-2\"><p>\xb1\xe6"[..], "ąć\n"),
            (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>\xcf\xf0\xe8", "При\n"),
            (b"<meta charset=unicode>gewoon", "gewoon\n"),
            ("<meta charset=windows-1252>één".as_bytes(), "één\n"),
        ] {
            let reading = Html.read(&Source { name: "a.html", bytes }).expect("reads");
            assert_eq!(reading.pages[0].text, text);
        }
    }

    #[test]
    fn depth_and_width_cost_nothing() {
        let deep = format!("{}x{}", "<div>".repeat(200_000), "</div>".repeat(200_000));
        check(&deep, "x");
        let wide = format!("<p {}>x", (0..50_000).map(|n| format!("a{n}=b ")).collect::<String>());
        check(&wide, "x");
    }
}
