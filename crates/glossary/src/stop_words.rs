//! Words that say nothing by themselves: *de*, *van*, *the*. The lists are those of stopwords-iso.

/// The Dutch and the English ones, in lower case.
pub(crate) fn stop_words() -> impl Iterator<Item = &'static str> {
    ["nl", "en"].into_iter().filter_map(stop_words::lookup).flatten().copied()
}

/// Dutch words of the calendar and of telling, asking and knowing, in lower case: they are in every kind of text, and no organisation has a
/// meaning of its own for them.
pub(crate) fn everyday_words() -> impl Iterator<Item = &'static str> {
    EVERYDAY.split_ascii_whitespace()
}

const EVERYDAY: &str = "
    januari februari maart april juni juli augustus september oktober november december
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    gisteren vandaag morgen overmorgen ochtend middag avond nacht weekend dagen week weken maand maanden jaar jaren uren minuten
    zegt zeggen zeiden gezegd vertelt vertelde vertelden verteld vertellen verklaart verklaarde verklaarden
    vraagt vragen vroeg vroegen gevraagd antwoordt antwoordde antwoordden geantwoord
    weet weten wist wisten geweten denkt denken dacht dachten gedacht ziet zien zagen gezien hoort horen hoorde gehoord
    staat staan stond stonden gestaan gaat gaan ging gingen gegaan komt komen kwam kwamen gekomen
    krijgt krijgen kreeg kregen gekregen geeft geven gaven gegeven neemt nemen namen genomen blijft blijven bleef bleven gebleven
    maakt maken maakte maakten gemaakt doet doen deed deden gedaan laat laten liet lieten gelaten heet heten heette
    ligt liggen lagen gelegen zitten gezeten houdt houden hield hielden gehouden brengt brengen bracht brachten gebracht
    wordt worden werd werden geworden moet moeten moest moesten kunnen konden willen wilde wilden zullen zouden mogen mocht mochten
    twee drie vier vijf zeven acht negen tien eerste tweede derde
";
