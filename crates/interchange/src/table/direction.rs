//! What the names of two columns say of which way it goes.

/// Words in the name of a column of those from whom it comes.
const FROM: &[&str] = &[
    "van",
    "uit",
    "opdrachtgever",
    "betaler",
    "afzender",
    "beller",
    "bellend",
    "anummer",
    "from",
    "payer",
    "sender",
    "debtor",
    "ordering",
    "caller",
    "calling",
    "anumber",
];
/// Words in the name of a column of those to whom it goes.
const TO: &[&str] = &[
    "naar",
    "aan",
    "begunstigde",
    "ontvanger",
    "gebeld",
    "gebelde",
    "bnummer",
    "to",
    "beneficiary",
    "payee",
    "receiver",
    "recipient",
    "creditor",
    "callee",
    "called",
    "bnumber",
];
/// What the name of a column of the other side of a statement has in it: that is the other one, whichever way it goes.
const COUNTERPARTY: &[&str] = &["tegen", "contra", "counter"];

/// Whether the names of the columns say from whom and to whom: one of them does, and the other does not say otherwise.
pub(super) fn is_said(from: &str, to: &str) -> bool {
    (says(from, FROM) && !is_counterparty(to)) || says(to, TO)
}

/// Whether the first of two columns is that of those to whom it goes.
pub(super) fn is_backward(one: &str, other: &str) -> bool {
    let towards = |column: &str| says(column, TO) || is_counterparty(column);
    (towards(one) && !towards(other)) || (says(other, FROM) && !says(one, FROM))
}

/// Whether the column is that of the other side of a statement.
pub(super) fn is_counterparty(column: &str) -> bool {
    let plain = column.to_lowercase();
    COUNTERPARTY.iter().any(|word| plain.contains(word))
}

/// Whether the name has one of these words, alone (`Van IBAN`), or with `account`, `IBAN` and their likes written to it (`fromAccount`).
fn says(column: &str, words: &[&str]) -> bool {
    if is_counterparty(column) {
        return false;
    }
    let lower = column.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let joined = parts.concat();
    let bare = ["rekeningnummer", "rekening", "iban", "accountnumber", "account", "nummer", "number"]
        .iter()
        .find_map(|thing| joined.strip_prefix(thing).or_else(|| joined.strip_suffix(thing)))
        .unwrap_or(&joined);
    words.iter().any(|word| parts.contains(word) || bare == *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_from_and_to_or_they_do_not() {
        for (from, to, said) in [
            ("van rekening", "naar rekening", true),
            ("Van IBAN", "Naar IBAN", true),
            ("fromAccount", "toAccount", true),
            ("IBAN opdrachtgever", "IBAN begunstigde", true),
            ("Rekening", "Naar rekening", true),
            ("Rekening", "Tegenrekening", false),
            ("IBAN", "IBAN van tegenpartij", false),
            ("Van rekening", "Tegenrekening", false),
            ("Rek. A", "Rek. B", false),
            ("Account", "Counterparty account", false),
        ] {
            assert_eq!(is_said(from, to), said, "{from} / {to}");
        }
        assert!(is_backward("Gaat naar", "Komt uit") && is_backward("IBAN 1", "IBAN afzender"));
        assert!(!is_backward("Van IBAN", "Naar IBAN") && !is_backward("Rek. A", "Rek. B"));
    }
}
