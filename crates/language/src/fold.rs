//! Folding: what is left of a word when case, accents and typography are taken away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: they are encoded bytes rather than words, and the index refuses terms of 64 KiB.
const MAX_BYTES: usize = 255;

/// The exact form of a word: lower case, without accents, ligatures, and the marks that joined its parts. Empty when the word
/// holds no letter and no digit. Folds by compatibility (NFKD, Unicode annex 15), so `ĳ` is `ij` and `ﬁ` is `fi`.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// [`fold`] into a string that is used again.
pub fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    } else {
        for c in word.nfkd().flat_map(char::to_lowercase) {
            match special(c) {
                Some(letters) => folded.push_str(letters),
                None if c.is_alphanumeric() && !is_combining_mark(c) => folded.push(c),
                None => {}
            }
        }
    }
    cut(folded);
}

/// The form that the stemmers take: lower case, accents kept and composed (`kopieën` needs its `ë`), marks that join left out.
pub(crate) fn lower(word: &str, lowered: &mut String) {
    lowered.clear();
    if word.is_ascii() {
        lowered.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    } else {
        let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c);
        lowered.extend(word.nfkc().flat_map(char::to_lowercase).filter(kept));
    }
    cut(lowered);
}

fn cut(word: &mut String) {
    if word.len() > MAX_BYTES {
        word.truncate(word.floor_char_boundary(MAX_BYTES));
    }
}

/// Letters that have no decomposition in Unicode, but a spelling in plain letters that people type.
const fn special(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_ligatures_and_joining_marks_go() {
        for (word, folded) in [
            ("Aangifte", "aangifte"),
            ("kopieën", "kopieen"),
            ("kopiee\u{308}n", "kopieen"),
            ("Ĳmuiden", "ijmuiden"),
            ("ofﬁcier", "officier"),
            ("foto's", "fotos"),
            ("e-mail", "email"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("NL91ABNA", "nl91abna"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("...", ""),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is_when_folded_again() {
        for word in ["Ångström", "Čapek", "Ǆ", "ﷺ", "½", "Ⅻ", "ǅ", "한국어"] {
            let once = fold(word);
            assert_eq!(fold(&once), once, "{word}");
        }
    }
}
