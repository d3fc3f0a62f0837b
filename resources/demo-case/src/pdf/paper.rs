//! A whole document on paper: letterhead, title, text, and what stands above and below it on every page.

use super::{
    Fonts, Look,
    flow::{Flow, Measure, Type, Unsettable},
    sheet::{A4, Ink, Sheet},
    wrap,
};
use crate::{
    Language, Result, Source, dates,
    markdown::{Style, blocks, text, titled_blocks},
    organisations,
};

const PRINTED: Type = Type { size: 10.5, leading: 14.5, mono: false };
const TYPEWRITTEN: Type = Type { size: 9.5, leading: 14.0, mono: true };

/// The pages of `source`.
///
/// # Errors
/// A character that no font has, or a table row that is higher than a page.
pub fn lay_out(source: &Source, look: Look, fonts: &Fonts) -> Result<Vec<Sheet>> {
    let sheets = match look {
        Look::Official => official(source, fonts),
        Look::Typed => typed(source, fonts),
    };
    sheets.map_err(|error| source.unrenderable(error))
}

fn typed(source: &Source, fonts: &Fonts) -> Result<Vec<Sheet>, Unsettable> {
    let mut flow = Flow::new(fonts, TYPEWRITTEN);
    flow.blocks(&blocks(&source.body), Measure::PAGE)?;
    Ok(flow.sheets)
}

fn official(source: &Source, fonts: &Fonts) -> Result<Vec<Sheet>, Unsettable> {
    let mut flow = Flow::new(fonts, PRINTED);
    letterhead(&mut flow, source)?;
    flow.blocks(&titled_blocks(&source.title, &source.body), Measure::PAGE)?;
    number_pages(flow, source)
}

/// The name that the paper bears.
fn bearer(source: &Source) -> &str {
    source.letterhead.as_deref().unwrap_or_else(|| organisations::name(&source.organisation))
}

/// The name, a rule, and beneath it date, reference and author side by side.
fn letterhead(flow: &mut Flow, source: &Source) -> Result<(), Unsettable> {
    let ink = if source.letterhead.is_none() { Ink::Blue } else { Ink::Black };
    flow.put(&text(bearer(source), Style::BOLD), A4.left, 66.0, 17.0, ink)?;
    flow.bar(A4.left, 76.0, A4.right - A4.left, 1.5, ink);
    let labels = match source.language {
        Language::Nl => ["Datum", "Kenmerk", "Opgemaakt door"],
        Language::En => ["Date", "Reference", "Author"],
    };
    let values = [dates::written(source.date, source.language), source.reference.clone(), source.author.clone()];
    let columns = [(A4.left, 110.0), (A4.left + 125.0, 145.0), (A4.left + 285.0, A4.right - A4.left - 285.0)];
    let mut lowest = 0.0_f32;
    for ((label, value), (x, width)) in labels.into_iter().zip(values).zip(columns) {
        flow.put(&text(label, Style::default()), x, 93.0, 8.0, Ink::Grey)?;
        flow.y = 96.5;
        flow.lines(&text(value, Style::default()), Measure { left: x, right: x + width }, 9.5, 12.0)?;
        lowest = lowest.max(flow.y);
    }
    flow.y = lowest + 20.0;
    Ok(())
}

/// The running head from the second page on, and the foot of every page.
fn number_pages(mut flow: Flow, source: &Source) -> Result<Vec<Sheet>, Unsettable> {
    let sheets = std::mem::take(&mut flow.sheets);
    let count = sheets.len();
    let mut numbered = Vec::with_capacity(count);
    for (index, sheet) in sheets.into_iter().enumerate() {
        flow.sheets.push(sheet);
        if index > 0 {
            let head = format!("{} – {}", bearer(source), source.title);
            let head = shortened(&flow, head)?;
            edge(&mut flow, 56.0, &head, &source.reference)?;
            flow.bar(A4.left, 62.0, A4.right - A4.left, 0.5, Ink::Line);
        }
        let (page, of, notice) = match source.language {
            Language::Nl => ("Pagina", "van", "fictief demonstratiemateriaal"),
            Language::En => ("Page", "of", "fictitious demonstration material"),
        };
        flow.bar(A4.left, 788.0, A4.right - A4.left, 0.5, Ink::Line);
        let left = format!("{} – {notice}", source.reference);
        edge(&mut flow, 800.0, &left, &format!("{page} {} {of} {count}", index + 1))?;
        numbered.append(&mut flow.sheets);
    }
    Ok(numbered)
}

/// A line of small grey type with something on the left and something on the right.
fn edge(flow: &mut Flow, baseline: f32, left: &str, right: &str) -> Result<(), Unsettable> {
    const SIZE: f32 = 8.0;
    let right = text(right, Style::default());
    let wide = wrap::measure(flow.fonts, &right)? * SIZE;
    flow.put(&text(left, Style::default()), A4.left, baseline, SIZE, Ink::Grey)?;
    flow.put(&right, A4.right - wide, baseline, SIZE, Ink::Grey)
}

/// A running head that leaves room for the reference.
fn shortened(flow: &Flow, head: String) -> Result<String, Unsettable> {
    let lines = wrap::wrap(flow.fonts, &text(head.clone(), Style::default()), 8.0, 330.0)?;
    Ok(match lines.split_first() {
        Some((first, [_, ..])) => format!("{}…", crate::markdown::plain(first)),
        _ => head,
    })
}
