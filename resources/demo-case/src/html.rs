//! A plain web page, as a records system exports it.

use crate::{
    Source,
    markdown::{OPTIONS, blocks, opens_with_title},
};
use pulldown_cmark::{Event, Parser};

const STYLE: &str = "body{font-family:Verdana,Arial,sans-serif;font-size:10pt;margin:2em;max-width:60em}\
    table{border-collapse:collapse}td,th{border:1px solid #999;padding:2px 6px;text-align:left;vertical-align:top}";

/// The page, in UTF-8.
pub fn render(source: &Source) -> Vec<u8> {
    let title = escaped(&source.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"author\" content=\"{}\">\n<meta name=\"date\" content=\"{}\">\n<style>{STYLE}</style>\n</head>\n<body>\n",
        source.language.code(),
        escaped(&source.author),
        source.date,
    );
    if !opens_with_title(&blocks(&source.body)) {
        page.push_str(&format!("<h1>{title}</h1>\n"));
    }
    let events = Parser::new_ext(&source.body, OPTIONS).map(|event| match event {
        // The same as on paper: a new line of the source is a new line of the page.
        Event::SoftBreak => Event::HardBreak,
        event => event,
    });
    pulldown_cmark::html::push_html(&mut page, events);
    page.push_str("</body>\n</html>\n");
    page.into_bytes()
}

/// Text that stands for itself in XML and HTML, also within an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
