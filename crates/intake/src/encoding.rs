//! Bytes of unknown encoding to characters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are shown to the statistical detector, from the first one that is not ASCII: enough, and bounded.
const DETECTOR_BYTES: usize = 4 << 20;
/// Bytes in which NULs are counted to recognise UTF-16 without a mark.
const NUL_SAMPLE: usize = 64 << 10;

/// The characters of these bytes.
///
/// The order is: byte order mark, UTF-16 by its NUL bytes, valid UTF-8, the encoding that the document `declared`, statistics.
/// Bytes that mean nothing become U+FFFD.
pub(crate) fn decode(bytes: &[u8], declared: Option<&[u8]>) -> String {
    let (encoding, mark) = detect(bytes, declared);
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    text.into_owned()
}

/// The encoding, and the length of the byte order mark.
pub(crate) fn detect(bytes: &[u8], declared: Option<&[u8]>) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(bytes) {
        return found;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, 0);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => return (UTF_8, 0),
        Err(error) => error.valid_up_to(),
    };
    // ASCII compatible bytes that are not valid UTF-8 cannot be UTF-16, whatever the document says of itself.
    if let Some(encoding) = declared.and_then(Encoding::for_label)
        && ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
    {
        return (encoding, 0);
    }
    // A long text in UTF-8 with a few damaged bytes stays UTF-8: statistics would turn all its accents into mojibake.
    if mostly_utf8(bytes) {
        return (UTF_8, 0);
    }
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(valid);
    let end = bytes.len().min(start.saturating_add(DETECTOR_BYTES));
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(start..end).unwrap_or_default(), true);
    // No hint of the country: with "nl", Polish and Turkish come out as Western European.
    (detector.guess(None, Utf8Detection::Allow), 0)
}

/// UTF-16 of a Latin script has a NUL in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(NUL_SAMPLE) & !1).unwrap_or_default();
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.get(1) == Some(&0));
    }
    let many = |count: usize| count * 10 > pairs * 3;
    let few = |count: usize| count * 20 <= pairs;
    if many(odd) && few(even) {
        Some(UTF_16LE)
    } else if many(even) && few(odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes hold at least twenty times as many whole multi-byte characters as bytes that fit no character.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken > 0 && whole >= 20 * broken
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUTCH: &str = "De verdachte reed in een geïmporteerde auto naar café De Kroon en betaalde één koffie à € 2,50. \
        Hij sprak met een coöperatieve notaris over financiële reünies.";
    const POLISH: &str = "Zażółć gęślą jaźń. Właściciel spółki z siedzibą w Łodzi przekazał gotówkę kierowcy ciężarówki \
        podczas spotkania w Gdańsku; świadek widział też żółtą teczkę.";
    const RUSSIAN: &str = "Владелец компании передал наличные деньги водителю грузовика во время встречи в порту. \
        Свидетель видел жёлтую папку и двух мужчин у склада.";

    /// The encoders are iconv's tables as `encoding_rs` has them; that the detector finds its way back is what is tested.
    #[test]
    fn table() {
        for (label, text) in [
            ("utf-8", DUTCH),
            ("utf-8", RUSSIAN),
            ("windows-1252", DUTCH),
            ("iso-8859-2", POLISH),
            ("windows-1250", POLISH),
            ("windows-1251", RUSSIAN),
            ("koi8-r", RUSSIAN),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect(label);
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{label} can hold the sample");
            assert_eq!(decode(&bytes, None), text, "{label}");
        }
        // ISO-8859-1 has no euro sign; what it has, windows-1252 has at the same place.
        let latin1 = DUTCH.replace('€', "EUR");
        let bytes: Vec<u8> = latin1.chars().map(|c| c as u8).collect();
        assert_eq!(decode(&bytes, None), latin1, "iso-8859-1");
    }

    #[test]
    fn unicode_marks_and_their_absence() {
        for text in [DUTCH, "ja", "€ 1.000,-\r\nnaar Łódź"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decode(&little, None), text, "UTF-16LE without mark");
            assert_eq!(decode(&big, None), text, "UTF-16BE without mark");
            assert_eq!(decode(&[&[0xff, 0xfe], little.as_slice()].concat(), None), text, "UTF-16LE");
            assert_eq!(decode(&[&[0xfe, 0xff], big.as_slice()].concat(), None), text, "UTF-16BE");
            assert_eq!(decode(&[&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(), None), text, "UTF-8 with mark");
        }
    }

    #[test]
    fn declarations_count_only_where_bytes_leave_room() {
        assert_eq!(decode("één".as_bytes(), Some(b"windows-1252")), "één", "valid UTF-8 wins");
        assert_eq!(decode(b"\xe9\xe9n", Some(b"utf-16")), "één", "a lie about UTF-16 is ignored");
        assert_eq!(decode(b"\xb1\xb1", Some(b"iso-8859-2")), "ąą");
    }

    #[test]
    fn a_broken_byte_does_not_spoil_a_text() {
        let mut bytes = DUTCH.repeat(10).into_bytes();
        bytes.push(0xff);
        assert!(decode(&bytes, None).starts_with(DUTCH));
    }
}
