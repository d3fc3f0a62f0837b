//! Identifiers made by chance, in surroundings and notations made by chance: valid ones are found, wrong ones are not. The seed of a
//! failure is printed by the test runner. Check digits are computed here anew, from the standards and not with the code under test.

use koplamp_intake::identifiers::find;
use koplamp_model::IdentifierKind;
use proptest::prelude::*;

/// Weighted sum of digits.
fn weighted(digits: &str, weights: &[i64]) -> i64 {
    digits.bytes().zip(weights).map(|(digit, weight)| i64::from(digit - b'0') * weight).sum()
}

/// Dutch account number of this bank with its check digits (ISO 13616: letters as two digits, country and zeros at the end).
fn iban(bank: &str, account: u64) -> String {
    let rest = format!("{bank}{account:010}");
    let number: String = format!("{rest}NL00").chars().map(|c| c.to_digit(36).expect("base 36").to_string()).collect();
    let remainder = number.bytes().fold(0u64, |rest, digit| (rest * 10 + u64::from(digit - b'0')) % 97);
    format!("NL{:02}{rest}", 98 - remainder)
}

/// Nine digits that pass the eleven-test, if these eight can begin such a number.
fn bsn(eight: u64) -> Option<String> {
    let eight = format!("{eight:08}");
    let check = weighted(&eight, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (check < 10).then(|| format!("{eight}{check}"))
}

/// The remainder that gives the check digit of ISO 6346, from its table of letters.
fn container_remainder(code: &str) -> u64 {
    const LETTERS: [u64; 26] =
        [10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38];
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u64::from(byte - b'0'),
        _ => LETTERS[usize::from(byte - b'A')],
    };
    code.bytes().take(10).enumerate().map(|(place, byte)| value(byte) * 2u64.pow(place as u32)).sum::<u64>() % 11
}

/// The last digit by Luhn.
fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The text with another digit at one of the places where it has one.
fn with_another_digit(text: &str, at: prop::sample::Index, by: u8) -> String {
    let places: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = places[at.index(places.len())];
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
    String::from_utf8(bytes).expect("digits")
}

/// The code in groups of four with this between them.
fn in_fours(code: &str, between: &str) -> String {
    code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(between)
}

fn has(text: &str, kind: IdentifierKind, normal: &str) -> bool {
    find(text).iter().any(|found| found.kind == kind && found.normal == normal)
}

fn none(text: &str, kind: IdentifierKind) -> bool {
    find(text).iter().all(|found| found.kind != kind)
}

/// Words around an identifier that are none and do not touch it.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zéë ,]{0,40} ",
        "[a-zà-ü]{1,9}[.;:] ".prop_map(|word| word),
        Just("De loods aan de Kade; ".to_owned()),
        Just("\n| Soort | ".to_owned()),
    ]
}

fn after() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", ".", ", en verder", ";", " |", "\nvolgende regel", ") dus", " is ü"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn account_numbers(
        bank in prop::sample::select(vec!["ABNA", "INGB", "RABO", "KOPL", "ZWNX"]),
        account in 0u64..10_000_000_000,
        between in prop::sample::select(vec!["", " ", "\u{a0}", ".", "-", "\u{202f}", "\n"]),
        before in words(), after in after(), at: prop::sample::Index, by in 1u8..10,
    ) {
        let code = iban(bank, account);
        // One break at most: a column of fours is no account number.
        let written = if between == "\n" { format!("{}\n{}", &code[..8], &code[8..]) } else { in_fours(&code, between) };
        let text = format!("{before}{written}{after}");
        prop_assert!(has(&text, IdentifierKind::Iban, &code), "{text:?}");
        let wrong = with_another_digit(&written, at, by);
        prop_assert!(none(&format!("{before}{wrong}{after}"), IdentifierKind::Iban), "{wrong}");
    }

    #[test]
    fn people_entities_and_taxpayers(eight in 1u64..100_000_000, suffix in 1u32..100, before in words(), after in after(), at: prop::sample::Index, by in 1u8..10) {
        let Some(number) = bsn(eight) else { return Ok(()) };
        for (word, kind) in [("BSN ", IdentifierKind::Bsn), ("RSIN: ", IdentifierKind::Rsin)] {
            for written in [number.clone(), format!("{}.{}.{}", &number[..4], &number[4..6], &number[6..])] {
                let text = format!("{before}{word}{written}{after}");
                prop_assert!(has(&text, kind, &number), "{text:?}");
                let wrong = with_another_digit(&written, at, by);
                prop_assert!(none(&format!("{before}{word}{wrong}{after}"), kind), "{wrong}");
            }
        }
        let vat = format!("NL{number}B{suffix:02}");
        let text = format!("{before}{vat}{after}");
        prop_assert!(has(&text, IdentifierKind::VatId, &vat), "{text:?}");
    }

    #[test]
    fn containers(owner in "[A-Z]{3}U", serial in 0u32..1_000_000, notation in 0usize..4, before in words(), after in after(), at: prop::sample::Index, by in 1u8..10) {
        let code = format!("{owner}{serial:06}");
        let remainder = container_remainder(&code);
        // A remainder of 10 is written as 0, so that some errors go unseen: owners are told not to use such numbers.
        prop_assume!(remainder < 10);
        let written = match notation {
            0 => format!("{code}{remainder}"),
            1 => format!("{owner} {serial:06}-{remainder}"),
            2 => format!("{owner} {serial:06} {remainder}"),
            _ => format!("{owner}-{serial:06}/{remainder}"),
        };
        let text = format!("{before}{written}{after}");
        prop_assert!(has(&text, IdentifierKind::Container, &format!("{code}{remainder}")), "{text:?}");
        let wrong = with_another_digit(&written, at, by);
        let plain: String = wrong.chars().filter(char::is_ascii_alphanumeric).collect();
        prop_assume!(container_remainder(&plain) < 10);
        prop_assert!(none(&format!("{before}{wrong}{after}"), IdentifierKind::Container), "{wrong}");
    }

    #[test]
    fn ships_and_devices(six in 0u32..1_000_000, fourteen in 1u64..100_000_000_000_000, before in words(), after in after(), at: prop::sample::Index, by in 1u8..10) {
        let digits = format!("{six:06}");
        let number = format!("{digits}{}", weighted(&digits, &[7, 6, 5, 4, 3, 2]) % 10);
        let text = format!("{before}IMO {number}{after}");
        prop_assert!(has(&text, IdentifierKind::Imo, &number), "{text:?}");
        // The sum does not see every error: twice five is ten.
        let wrong = with_another_digit(&number, at, by);
        let seen = weighted(&wrong[..6], &[7, 6, 5, 4, 3, 2]) % 10 != i64::from(wrong.as_bytes()[6] - b'0');
        prop_assert_eq!(none(&format!("{before}IMO {wrong}{after}"), IdentifierKind::Imo), seen);

        let digits = format!("{fourteen:014}");
        let number = format!("{digits}{}", luhn(&digits));
        for written in [number.clone(), format!("{}-{}-{}-{}", &number[..2], &number[2..8], &number[8..14], &number[14..])] {
            prop_assert!(has(&format!("{before}IMEI {written}{after}"), IdentifierKind::Imei, &number), "{written}");
            let wrong = with_another_digit(&written, at, by);
            prop_assert!(none(&format!("{before}IMEI {wrong}{after}"), IdentifierKind::Imei), "{wrong}");
        }
    }

    #[test]
    fn telephones(number in 10_000_000u32..100_000_000, notation in 0usize..7, before in words(), after in after()) {
        let digits = number.to_string();
        let written = match notation {
            0 => format!("06{digits}"),
            1 => format!("06-{digits}"),
            2 => format!("06-{} {}", &digits[..4], &digits[4..]),
            3 => format!("+31 6 {digits}"),
            4 => format!("+31 (0)6 {}", in_fours(&digits, " ")),
            5 => format!("0031 6{digits}"),
            _ => format!("06 {} {} {} {}", &digits[..2], &digits[2..4], &digits[4..6], &digits[6..]),
        };
        let text = format!("{before}tel. {written}{after}");
        prop_assert!(has(&text, IdentifierKind::Phone, &format!("+316{digits}")), "{text:?}");
    }

    #[test]
    fn days_and_sums(year in 1900i32..2201, month in 1u8..13, day in 1u8..32, cents in 0u64..100_000_000_000, before in words(), after in after()) {
        let month = time::Month::try_from(month).expect("a month");
        let exists = time::Date::from_calendar_date(year, month, day).is_ok();
        let month = u8::from(month);
        let normal = format!("{year:04}-{month:02}-{day:02}");
        for written in [format!("{day}-{month}-{year}"), format!("{day:02}/{month:02}/{year}"), format!("{day:02}.{month:02}.{year}"), normal.clone()] {
            let text = format!("{before}op {written}{after}");
            // The thirteenth of the fifth may be read the other way round, but never as a day that does not exist.
            prop_assert_eq!(has(&text, IdentifierKind::Date, &normal), exists, "{:?}", text);
        }
        let (whole, part) = (cents / 100, cents % 100);
        let thousands = |sign: &str| {
            let digits = whole.to_string();
            let first = (digits.len() - 1) % 3 + 1;
            let rest = digits.as_bytes()[first..].chunks(3).map(String::from_utf8_lossy).fold(String::new(), |all, group| all + sign + &group);
            format!("{}{rest}", &digits[..first])
        };
        for written in [
            format!("€ {},{part:02}", thousands(".")),
            format!("EUR {}.{part:02}", thousands(",")),
            format!("{},{part:02} euro", thousands(".")),
            format!("€{whole},{part:02}"),
        ] {
            let text = format!("{before}som {written}{after}");
            prop_assert!(has(&text, IdentifierKind::Amount, &format!("EUR {whole}.{part:02}")), "{text:?}");
        }
    }

    /// Whatever the text: no panic, places in order and apart, values as they stand there.
    #[test]
    fn any_text(text in "(?s)[-0-9A-Z.,/:@()+€ \\n_'éBCNL]{0,200}|.{0,100}") {
        let characters: Vec<char> = text.chars().collect();
        let mut passed = 0;
        for found in find(&text) {
            prop_assert!(passed <= found.start && found.start < found.end && found.confidence <= 100);
            prop_assert_eq!(characters[found.start as usize..found.end as usize].iter().collect::<String>(), found.value);
            prop_assert!(!found.normal.is_empty());
            passed = found.end;
        }
    }
}
