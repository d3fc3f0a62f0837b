//! The text as the recognisers see it: one byte for one character.
//!
//! So the place of a byte is the place of its character in the page, a look-back costs nothing, and all white space and all dashes that
//! documents use are one. What the byte cannot tell (which letter with an accent it was) no identifier needs.

/// The euro sign.
pub(super) const EURO: u8 = 0x80;
/// The pound sign.
pub(super) const POUND: u8 = 0x81;
/// The underscore, which is part of mail and web addresses only.
pub(super) const UNDERSCORE: u8 = 0x82;
/// Any other character that is no letter or digit.
pub(super) const OTHER: u8 = 0xfe;
/// A letter or digit outside ASCII.
pub(super) const LETTER: u8 = 0xff;

/// Characters before an identifier in which a word may name it.
const BEFORE: usize = 60;
/// Characters after it.
const AFTER: usize = 15;

/// Words before a number that say that it numbers something else.
const OTHER_NUMBERS: &[&str] = &[
    "zaaknummer*",
    "zaaknr*",
    "zaak",
    "dossier*",
    "proces-verbaal*",
    "pv-nummer*",
    "parketnummer*",
    "kenmerk",
    "factuur*",
    "order*",
    "bestel*",
    "referentie*",
    "ref",
    "case",
    "invoice*",
    "reference*",
    "klantnummer*",
    "polis*",
    "artikelnummer*",
    "serienummer*",
    "offerte*",
    "incident*",
    "registratienummer*",
];

/// A page's text, folded.
pub(super) struct Text {
    bytes: Vec<u8>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self { bytes: text.chars().map(fold).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The character at this place; outside the text, a line end.
    pub(super) fn at(&self, place: usize) -> u8 {
        self.bytes.get(place).copied().unwrap_or(b'\n')
    }

    /// The character before this place.
    pub(super) fn before(&self, place: usize) -> u8 {
        place.checked_sub(1).map_or(b'\n', |place| self.at(place))
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &[u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The ASCII of a place; other characters are left out.
    pub(super) fn ascii(&self, start: usize, end: usize) -> String {
        self.slice(start, end).iter().filter(|byte| byte.is_ascii()).map(|byte| char::from(*byte)).collect()
    }

    /// Whether an identifier may begin here: on no white space, and not within a word.
    pub(super) fn can_start(&self, place: usize) -> bool {
        let here = self.at(place);
        here != b' ' && here != b'\n' && (!is_word(here) || !is_word(self.before(place)))
    }

    /// Whether no word goes on here.
    pub(super) fn ends(&self, place: usize) -> bool {
        !is_word(self.at(place))
    }

    /// Whether no letter or digit touches the place on either side, and no digit across a point, comma, dash or colon.
    pub(super) fn stands_alone(&self, start: usize, end: usize) -> bool {
        let joins = |byte| matches!(byte, b'.' | b',' | b'-' | b':');
        let joined_before = joins(self.before(start)) && self.before(start.saturating_sub(1)).is_ascii_digit();
        let joined_after = joins(self.at(end)) && self.at(end + 1).is_ascii_digit();
        !is_word(self.before(start)) && self.ends(end) && !joined_before && !joined_after
    }

    /// How many digits stand here, up to `most`.
    pub(super) fn digits(&self, start: usize, most: usize) -> usize {
        (0..most).take_while(|ahead| self.at(start + ahead).is_ascii_digit()).count()
    }

    /// The number at this place; at most nine digits are looked at.
    pub(super) fn number(&self, start: usize, end: usize) -> u32 {
        self.slice(start, end).iter().take(9).fold(0, |sum, byte| sum * 10 + u32::from(byte.wrapping_sub(b'0')))
    }

    /// Digits in groups of these lengths with one and the same space, point or dash between them: the digits, and the end.
    pub(super) fn grouped(&self, start: usize, shape: &[usize]) -> Option<(Vec<u8>, usize)> {
        let (mut place, mut digits, mut separator) = (start, Vec::new(), None);
        for (number, length) in shape.iter().enumerate() {
            if number > 0 {
                let here = self.at(place);
                if !matches!(here, b' ' | b'.' | b'-') || *separator.get_or_insert(here) != here {
                    return None;
                }
                place += 1;
            }
            if self.digits(place, length + 1) != *length {
                return None;
            }
            digits.extend_from_slice(self.slice(place, place + length));
            place += length;
        }
        Some((digits, place))
    }

    /// The first of these shapes in which digits stand here, by themselves.
    pub(super) fn any_grouped(&self, start: usize, shapes: &[&[usize]]) -> Option<(Vec<u8>, usize)> {
        let first = self.digits(start, 16);
        let fitting = shapes.iter().filter(|shape| shape.first() == Some(&first));
        let found = fitting.into_iter().find_map(|shape| self.grouped(start, shape))?;
        self.stands_alone(start, found.1).then_some(found)
    }

    /// The end of this word, in any case, if it stands here. A `*` at its end lets the word go on.
    pub(super) fn word(&self, start: usize, word: &str) -> Option<usize> {
        let (word, open) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
        let end = start + word.len();
        let stands = self.slice(start, end).eq_ignore_ascii_case(word.as_bytes());
        (stands && (open || !is_letter(self.at(end)))).then_some(end)
    }

    /// How far away the nearest of these words is: at most 60 characters before the place, or 15 after it in the same cell or line, which
    /// then counts as ten more, since a name mostly stands before what it names.
    pub(super) fn named(&self, start: usize, end: usize, words: &[&str]) -> Option<usize> {
        let behind = self.named_before(start, BEFORE, words);
        let ahead = (0..AFTER)
            .take_while(|ahead| !matches!(self.at(end + ahead), b'\n' | b'|' | b';'))
            .find(|ahead| self.begins(end + ahead, words).is_some());
        behind.into_iter().chain(ahead.map(|ahead| ahead + 10)).min()
    }

    /// How far before the place the nearest of these words ends, if it begins at most `reach` characters before.
    pub(super) fn named_before(&self, start: usize, reach: usize, words: &[&str]) -> Option<usize> {
        (1..=reach.min(start)).find_map(|back| {
            let end = self.begins(start - back, words).filter(|end| *end <= start)?;
            Some(start - end)
        })
    }

    /// Whether a word shortly before says that this number is a case's, an invoice's, an order's.
    pub(super) fn is_other_number(&self, start: usize) -> bool {
        self.named_before(start, 30, OTHER_NUMBERS).is_some_and(|distance| distance < 14)
    }

    fn begins(&self, place: usize, words: &[&str]) -> Option<usize> {
        if !is_letter(self.at(place)) || is_letter(self.before(place)) {
            return None;
        }
        words.iter().find_map(|word| self.word(place, word))
    }
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == LETTER
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == LETTER
}

fn fold(c: char) -> u8 {
    if c.is_ascii() {
        return match c as u8 {
            b'_' => UNDERSCORE,
            b'\t' | b'\r' | 0x0b | 0x0c => b' ',
            byte => byte,
        };
    }
    match c {
        '€' => EURO,
        '£' => POUND,
        '‘' | '’' => b'\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => b'-',
        c if c.is_whitespace() => b' ',
        c if c.is_alphanumeric() => LETTER,
        _ => OTHER,
    }
}
