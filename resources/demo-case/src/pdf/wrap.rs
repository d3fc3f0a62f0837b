//! Breaking text into lines: greedily, at spaces, and within a word only where the word alone is too wide.

use super::fonts::{Fonts, Run};
use crate::markdown::{Span, Style, Text};

/// The lines of `text` within `width`, in points at this font size; each is styled text without its last space.
///
/// # Errors
/// The first character that no font has.
pub fn wrap(fonts: &Fonts, text: &[Span], size: f32, width: f32) -> Result<Vec<Text>, char> {
    let mut lines = vec![Text::new()];
    let mut used = 0.0;
    let mut space: Option<Style> = None;
    for token in tokens(text) {
        match token {
            Token::Break => {
                lines.push(Text::new());
                (used, space) = (0.0, None);
            }
            Token::Space(style) => space = Some(style),
            Token::Word(word) => {
                let gap = match space.take().filter(|_| used > 0.0) {
                    Some(style) => Some((style, fonts.width(" ", style)? * size)),
                    None => None,
                };
                let mut wide = measure(fonts, &word)? * size;
                if used > 0.0 && used + gap.map_or(0.0, |gap| gap.1) + wide > width {
                    lines.push(Text::new());
                    used = 0.0;
                } else if let Some((style, gap)) = gap {
                    append(&mut lines, Span { text: " ".into(), style });
                    used += gap;
                }
                if wide > width {
                    wide = append_split(fonts, &mut lines, &word, size, width)?;
                } else {
                    word.into_iter().for_each(|span| append(&mut lines, span));
                }
                used += wide;
            }
        }
    }
    Ok(lines)
}

/// The runs to draw for one line, with neighbouring text of one style shaped together.
///
/// # Errors
/// The first character that no font has.
pub fn shape(fonts: &Fonts, line: &[Span]) -> Result<Vec<Run>, char> {
    let mut runs = Vec::new();
    for span in line {
        runs.extend(fonts.shape(&span.text, span.style)?);
    }
    Ok(runs)
}

/// The width of text on one line, in units of the font size.
///
/// # Errors
/// The first character that no font has.
pub fn measure(fonts: &Fonts, line: &[Span]) -> Result<f32, char> {
    line.iter().map(|span| fonts.width(&span.text, span.style)).sum()
}

/// The width of the widest word, in units of the font size.
///
/// # Errors
/// The first character that no font has.
pub fn widest_word(fonts: &Fonts, text: &[Span]) -> Result<f32, char> {
    let mut widest = 0.0_f32;
    for token in tokens(text) {
        if let Token::Word(word) = token {
            widest = widest.max(measure(fonts, &word)?);
        }
    }
    Ok(widest)
}

enum Token {
    Word(Text),
    Space(Style),
    Break,
}

fn tokens(text: &[Span]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for span in text {
        for character in span.text.chars() {
            match character {
                '\n' => tokens.push(Token::Break),
                ' ' => tokens.push(Token::Space(span.style)),
                _ => match tokens.last_mut() {
                    Some(Token::Word(word)) => push(word, character, span.style),
                    _ => tokens.push(Token::Word(vec![Span { text: character.into(), style: span.style }])),
                },
            }
        }
    }
    tokens
}

fn push(text: &mut Text, character: char, style: Style) {
    match text.last_mut() {
        Some(last) if last.style == style => last.text.push(character),
        _ => text.push(Span { text: character.into(), style }),
    }
}

fn append(lines: &mut [Text], span: Span) {
    if let Some(line) = lines.last_mut() {
        match line.last_mut() {
            Some(last) if last.style == span.style => last.text.push_str(&span.text),
            _ => line.push(span),
        }
    }
}

/// Appends a word that is wider than a line, and gives the width used on the last line.
fn append_split(fonts: &Fonts, lines: &mut Vec<Text>, word: &[Span], size: f32, width: f32) -> Result<f32, char> {
    let mut used = 0.0;
    for span in word {
        for character in span.text.chars() {
            let wide = fonts.width(character.encode_utf8(&mut [0; 4]), span.style)? * size;
            if used > 0.0 && used + wide > width {
                lines.push(Text::new());
                used = 0.0;
            }
            used += wide;
            append(lines, Span { text: character.into(), style: span.style });
        }
    }
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{plain, text};

    #[test]
    fn lines_fit_and_lose_no_character() {
        let fonts = Fonts::load().unwrap();
        let sentence =
            "De getuige verklaarde dat de container met een verlengdezekeringsoverdrachtsdocumentatie vertrok.";
        for width in [30.0, 90.0, 250.0] {
            let lines = wrap(&fonts, &text(sentence, Style::default()), 10.0, width).unwrap();
            for line in &lines {
                let measured = measure(&fonts, line).unwrap() * 10.0;
                assert!(measured < width + 1.0, "`{}` is {measured} wide, more than {width}", plain(line));
            }
            let kept: String = lines.iter().map(|line| plain(line)).collect();
            assert_eq!(kept.replace(' ', ""), sentence.replace(' ', ""));
        }
        let broken = wrap(&fonts, &text("een\ntwee", Style::BOLD), 10.0, 300.0).unwrap();
        assert_eq!(broken.len(), 2);
    }

    #[test]
    fn a_character_without_a_glyph_is_named() {
        let fonts = Fonts::load().unwrap();
        assert_eq!(fonts.width("a\u{1F9FF}b", Style::default()), Err('\u{1F9FF}'));
    }
}
