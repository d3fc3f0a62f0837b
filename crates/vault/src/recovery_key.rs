//! The recovery key: a second way into a workspace, printed once and kept on paper.

use std::fmt;

use zeroize::Zeroizing;

use crate::key::Key;

/// Crockford's base 32: no I, L, O and U, which are misread.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 13 groups of four symbols hold 260 bits: the key and four zero bits.
const GROUPS: usize = 13;
const DATA: usize = 4;
const GROUP: usize = DATA + 1;

/// 256 random bits that open a workspace without passphrase and device secret. Wiped from memory when dropped; cannot be printed by mistake.
pub struct RecoveryKey(Key);

/// Text that is no recovery key. What was typed is not repeated here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecoveryKeyError {
    /// Too little or too much.
    #[error("a recovery key has {} letters and digits; {found} were typed", GROUPS * GROUP)]
    Length {
        /// Letters and digits found.
        found: usize,
    },
    /// A character that no recovery key has.
    #[error("group {group} holds a character that no recovery key has")]
    Character {
        /// The group, counted from 1.
        group: usize,
    },
    /// A typing mistake.
    #[error("group {group} is mistyped, or in another place than on paper")]
    Mistyped {
        /// The group, counted from 1.
        group: usize,
    },
}

impl RecoveryKey {
    /// A new key from the operating system's random source.
    pub(crate) fn random() -> Self {
        Self(Key::random())
    }

    /// The key as it is printed: 13 groups of five, the last of each a check symbol.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * (GROUP + 1)));
        for group in 0..GROUPS {
            let symbols: [u8; DATA] = std::array::from_fn(|place| self.symbol(group * DATA + place));
            if group > 0 {
                text.push('-');
            }
            for symbol in symbols.into_iter().chain([check_symbol(group, symbols)]) {
                text.push(char::from(SYMBOLS[usize::from(symbol)]));
            }
        }
        text
    }

    /// The key that was typed, in capitals or not, with or without spaces and dashes, with O for 0 and I or L for 1.
    ///
    /// # Errors
    /// What is mistyped, and in which group.
    pub fn parse(text: &str) -> Result<Self, RecoveryKeyError> {
        let mut typed = Zeroizing::new([0; GROUPS * GROUP]);
        let mut count = 0;
        for character in text.chars().filter(|character| !is_separator(*character)) {
            if let Some(place) = typed.get_mut(count) {
                *place = value(character).ok_or(RecoveryKeyError::Character { group: count / GROUP + 1 })?;
            }
            count += 1;
        }
        if count != typed.len() {
            return Err(RecoveryKeyError::Length { found: count });
        }
        // The first 51 symbols are 255 bits, and the last one holds one more.
        let mut bytes = Zeroizing::new([0; 33]);
        let (groups, _) = typed.as_chunks::<GROUP>();
        for (group, [symbols @ .., check]) in groups.iter().enumerate() {
            if check_symbol(group, *symbols) != *check {
                return Err(RecoveryKeyError::Mistyped { group: group + 1 });
            }
            for (place, symbol) in symbols.iter().enumerate() {
                put_bits(&mut bytes, (group * DATA + place) * 5, *symbol);
            }
        }
        match bytes.split_last_chunk::<1>() {
            Some((key, [0])) => {
                let mut whole = Zeroizing::new([0; 32]);
                whole.copy_from_slice(key);
                Ok(Self(Key::from_bytes(&whole)))
            }
            _ => Err(RecoveryKeyError::Mistyped { group: GROUPS }),
        }
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }

    /// The five bits at `index`; beyond the key there are zeros.
    fn symbol(&self, index: usize) -> u8 {
        let bit = index * 5;
        let byte = |at: usize| u16::from(self.0.expose().get(at).copied().unwrap_or(0));
        let window = byte(bit / 8) << 8 | byte(bit / 8 + 1);
        (window >> (11 - bit % 8)) as u8 & 31
    }
}

/// Puts five bits at the place `bit`.
fn put_bits(bytes: &mut [u8; 33], bit: usize, symbol: u8) {
    let [high, low] = (u16::from(symbol) << (11 - bit % 8)).to_be_bytes();
    bytes[bit / 8] |= high;
    if let Some(next) = bytes.get_mut(bit / 8 + 1) {
        *next |= low;
    }
}

/// The check symbol of a group: a Reed-Solomon symbol over GF(32), which shows every single wrong symbol, every two that changed
/// places, and every group in another's place.
fn check_symbol(group: usize, symbols: [u8; DATA]) -> u8 {
    let double = |value: u8| if value & 16 == 0 { value << 1 } else { (value << 1) ^ 0b10_0101 };
    double(symbols.iter().fold(group as u8, |sum, symbol| double(sum) ^ symbol))
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}')
}

fn value(character: char) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|symbol| char::from(*symbol) == character).map(|value| value as u8)
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn symbols(text: &str) -> Vec<char> {
        text.chars().filter(|character| *character != '-').collect()
    }

    #[test]
    fn the_printed_form_is_fixed() {
        // The bits by hand: 0x00 and 0xff in turn give 00000 00011 11111 10000 | 00001 11111 11000 00000 | ...
        let key = RecoveryKey(Key::from_bytes(&std::array::from_fn(|place| if place % 2 == 0 { 0 } else { 0xff })));
        let text = key.to_text();
        let groups: Vec<&str> = text.split('-').collect();
        assert_eq!(groups.len(), GROUPS);
        assert_eq!((&groups[0][..4], &groups[1][..4]), ("03ZG", "1ZR0"));
        assert!(groups.iter().all(|group| group.len() == GROUP));
    }

    #[test]
    fn it_does_not_show() {
        assert_eq!(format!("{:?}", RecoveryKey::random()), "RecoveryKey(..)");
    }

    #[test]
    fn lengths_and_foreign_characters_are_told() {
        let text = RecoveryKey::random().to_text();
        assert_eq!(RecoveryKey::parse("").err(), Some(RecoveryKeyError::Length { found: 0 }));
        assert_eq!(RecoveryKey::parse(&text[1..]).err(), Some(RecoveryKeyError::Length { found: 64 }));
        assert_eq!(RecoveryKey::parse(&format!("{}00", *text)).err(), Some(RecoveryKeyError::Length { found: 67 }));
        let foreign = text.replacen(|character: char| character != '-', "é", 7);
        assert_eq!(RecoveryKey::parse(&foreign).err(), Some(RecoveryKeyError::Character { group: 1 }));
    }

    proptest! {
        #[test]
        fn what_is_printed_can_be_typed_carelessly(bytes in any::<[u8; 32]>(), lower in any::<bool>()) {
            let key = RecoveryKey(Key::from_bytes(&bytes));
            let mut text = key.to_text().replace('-', " \u{2013} ").replace('0', "o").replace('1', "l");
            if lower {
                text = text.to_lowercase();
            }
            let typed = RecoveryKey::parse(&format!("\n{text}\t")).unwrap();
            prop_assert_eq!(typed.key().expose(), &bytes);
        }

        #[test]
        fn a_mistyped_symbol_is_told_with_its_group(bytes in any::<[u8; 32]>(), place in 0..65usize, other in 0..32usize) {
            let text = RecoveryKey(Key::from_bytes(&bytes)).to_text();
            let mut typed = symbols(&text);
            let other = char::from(SYMBOLS[other]);
            prop_assume!(typed[place] != other);
            typed[place] = other;
            let result = RecoveryKey::parse(&String::from_iter(typed));
            prop_assert_eq!(result.err(), Some(RecoveryKeyError::Mistyped { group: place / GROUP + 1 }));
        }

        #[test]
        fn symbols_and_groups_that_changed_places_are_told(bytes in any::<[u8; 32]>(), one in 0..65usize, two in 0..13usize) {
            let text = RecoveryKey(Key::from_bytes(&bytes)).to_text();
            let mut typed = symbols(&text);
            let next = one / GROUP * GROUP + (one + 1) % GROUP;
            typed.swap(one, next);
            if typed != symbols(&text) {
                let result = RecoveryKey::parse(&String::from_iter(typed));
                prop_assert_eq!(result.err(), Some(RecoveryKeyError::Mistyped { group: one / GROUP + 1 }));
            }
            let mut groups: Vec<&str> = text.split('-').collect();
            let three = one / GROUP;
            prop_assume!(two != three);
            groups.swap(two, three);
            prop_assert!(RecoveryKey::parse(&groups.concat()).is_err());
        }

        #[test]
        fn any_text_is_taken_or_refused(text in "\\PC{0,80}") {
            drop(RecoveryKey::parse(&text));
        }
    }
}
