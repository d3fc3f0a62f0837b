//! Markdown.

use koplamp_model::{Failure, Kind};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Reader, Source, html, refuse_long_text, text_pages};
use crate::{encoding, reading::Reading};

/// Markdown, its marks taken off.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn kind(&self) -> Kind {
        Kind::Md
    }

    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        refuse_long_text(source)?;
        let mut sink = Sink::default();
        let markdown = encoding::decode(source.bytes, None);
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(&markdown, options) {
            sink.event(event);
        }
        let mut reading = Reading::of_pages(Kind::Md, text_pages(sink.text.trim_end()));
        reading.title = Some(sink.title);
        Ok(reading)
    }
}

#[derive(Default)]
struct Sink {
    text: String,
    title: String,
    in_title: bool,
    /// Markup of a block of HTML, while within one.
    markup: Option<String>,
    /// Where links lead, while within them.
    links: Vec<String>,
}

impl Sink {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.write(&text),
            Event::Html(markup) => match &mut self.markup {
                Some(block) => block.push_str(&markup),
                None => self.write(&html::extract(&markup).text),
            },
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.write("\n"),
            Event::FootnoteReference(name) => self.write(&format!("[{name}]")),
            Event::SoftBreak | Event::HardBreak => self.write("\n"),
            Event::Rule => self.block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.block();
                self.in_title = level == HeadingLevel::H1 && self.title.is_empty();
            }
            Tag::HtmlBlock => self.markup = Some(String::new()),
            Tag::Link { dest_url, .. } => self.links.push(dest_url.into_string()),
            Tag::FootnoteDefinition(name) => {
                self.block();
                self.write(&format!("[{name}] "));
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::Table(_) => self.block(),
            Tag::Item => self.line(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.in_title = false;
                self.line();
            }
            TagEnd::HtmlBlock => {
                if let Some(markup) = self.markup.take() {
                    self.block();
                    self.write(&html::extract(&markup).text);
                }
            }
            TagEnd::Link => {
                // The address stands in the source for all to read, so it can be searched.
                if let Some(address) = self.links.pop()
                    && !address.is_empty()
                    && !self.text.ends_with(&address)
                {
                    self.write(&format!(" ({address})"));
                }
            }
            TagEnd::TableCell => self.write("\t"),
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock => self.line(),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        self.text.push_str(text);
        if self.in_title {
            self.title.push_str(text);
        }
    }

    /// Ends the line, if one is begun.
    fn line(&mut self) {
        while self.text.ends_with(['\t', ' ']) {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Leaves one line empty, except at the start and within a list.
    fn block(&mut self) {
        self.line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_and_text_stays() {
        let markdown = "# De *titel*\n\nEen **vet** [woord](https://example.org/x) en\nmeer.\n\n- een\n- twee\n\n\
            | naam | bedrag |\n|---|---|\n| Jansen | 12 |\n\n```\ncode <p>\n```\n\n<div>blok</div>\n\n<https://example.org/y>\n";
        let reading = Markdown.read(&Source { name: "a.md", bytes: markdown.as_bytes() }).expect("reads");
        assert_eq!(reading.title.as_deref(), Some("De titel"));
        assert_eq!(
            reading.pages[0].text,
            "De titel\n\nEen vet woord (https://example.org/x) en\nmeer.\neen\ntwee\n\nnaam\tbedrag\nJansen\t12\n\n\
             code <p>\n\nblok\n\nhttps://example.org/y\n"
        );
    }
}
