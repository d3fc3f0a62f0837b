//! Which of our types other programs' words for them are.

use koplamp_model::{Draft, DraftValue, EntityType, PropertyKind, Schema};

/// A link of which nothing is known but that it is one (FollowTheMoney's name).
pub(crate) const UNKNOWN_LINK: &str = "UnknownLink";

/// Properties that hold the two ends of a link in FollowTheMoney's schema (its edges, version 4.11) and in lists of links: what a type
/// that we do not know is likely to have.
const ENDS: [(&str, &str); 18] = [
    ("owner", "asset"),
    ("director", "organization"),
    ("member", "organization"),
    ("employee", "employer"),
    ("person", "relative"),
    ("person", "associate"),
    ("payer", "beneficiary"),
    ("debtor", "creditor"),
    ("subject", "object"),
    ("agent", "client"),
    ("successor", "predecessor"),
    ("supplier", "authority"),
    ("participant", "project"),
    ("holder", "authority"),
    ("emitters", "recipients"),
    ("caller", "callee"),
    ("source", "target"),
    ("from", "to"),
];

/// Words of other programs for entities, and our types for them, the best first. Beside the names of FollowTheMoney and the schema's
/// own Dutch and English words they are those of the standard icons of Analyst's Notebook, in English and Dutch.
const ENTITIES: &[(&[&str], &[&str])] = &[
    (
        &[
            "persoon",
            "person",
            "man",
            "male",
            "woman",
            "female",
            "vrouw",
            "suspect",
            "verdachte",
            "victim",
            "slachtoffer",
            "individual",
            "anonymous",
            "boy",
            "girl",
            "adult",
            "contact",
            "human",
            "people",
        ],
        &["Person"],
    ),
    (
        &[
            "company",
            "bedrijf",
            "business",
            "onderneming",
            "firm",
            "vennootschap",
            "bv",
            "nv",
            "shop",
            "winkel",
            "office",
            "kantoor",
        ],
        &["Company", "Organization"],
    ),
    (
        &[
            "organisation",
            "organisatie",
            "organization",
            "group",
            "groep",
            "gang",
            "bende",
            "stichting",
            "foundation",
            "vereniging",
        ],
        &["Organization"],
    ),
    (
        &[
            "account",
            "bankaccount",
            "rekening",
            "bankrekening",
            "bankrekeningnummer",
            "rekeningnummer",
            "accountnumber",
            "iban",
            "bankaccountnumber",
        ],
        &["BankAccount"],
    ),
    (
        &[
            "car",
            "auto",
            "vehicle",
            "voertuig",
            "van",
            "bus",
            "truck",
            "lorry",
            "vrachtwagen",
            "vrachtauto",
            "bestelbus",
            "motorcycle",
            "motorbike",
            "motor",
            "personenauto",
            "scooter",
            "kenteken",
            "licenceplate",
            "licenseplate",
            "plate",
            "trailer",
            "aanhanger",
        ],
        &["Vehicle"],
    ),
    (&["ship", "schip", "boat", "boot", "vessel", "vaartuig", "yacht", "jacht"], &["Vessel", "Vehicle"]),
    (&["airplane", "aeroplane", "aircraft", "plane", "vliegtuig", "helicopter"], &["Airplane", "Vehicle"]),
    (
        &[
            "address",
            "adres",
            "house",
            "huis",
            "location",
            "locatie",
            "place",
            "plaats",
            "home",
            "woning",
            "pand",
            "building",
            "gebouw",
            "city",
            "stad",
            "postcode",
            "warehouse",
            "loods",
        ],
        &["Address"],
    ),
    (
        &[
            "telephone",
            "telefoon",
            "phone",
            "mobilephone",
            "mobile",
            "mobiel",
            "mobieletelefoon",
            "cellphone",
            "cellularphone",
            "telefoonnummer",
            "phonenumber",
            "telephonenumber",
            "msisdn",
            "simcard",
            "simkaart",
        ],
        &["PhoneNumber"],
    ),
    (&["email", "emailaddress", "mail", "mailaddress", "mailadres", "emailadres", "mailbox"], &["MailAddress"]),
    (&["container", "zeecontainer", "shippingcontainer"], &["Container"]),
    (&["wallet", "cryptowallet", "cryptoadres", "bitcoinaddress", "bitcoin", "bitcoinadres"], &["CryptoWallet"]),
    (&["event", "gebeurtenis", "meeting", "ontmoeting", "incident", "crime", "misdrijf", "bijeenkomst"], &["Event"]),
    (&["thing", "object", "voorwerp", "ding", "entity", "entiteit", "node"], &["Thing"]),
];

/// Words of other programs for links, and our types for them.
const LINKS: &[(&[&str], &[&str])] = &[
    (
        &["owner", "owns", "eigenaar", "bezit", "ownership", "shareholder", "aandeelhouder", "eigendom", "heeft"],
        &["Ownership"],
    ),
    (
        &["director", "directs", "bestuurder", "bestuurt", "directorship", "directeur", "officer", "functionaris"],
        &["Directorship"],
    ),
    (
        &[
            "family",
            "familie",
            "relative",
            "familielid",
            "married",
            "gehuwd",
            "getrouwd",
            "spouse",
            "partner",
            "sibling",
            "broer",
            "zus",
            "parent",
            "ouder",
            "child",
            "kind",
            "brother",
            "sister",
            "father",
            "mother",
            "vader",
            "moeder",
            "husband",
            "wife",
        ],
        &["Family"],
    ),
    (
        &[
            "associate",
            "associated",
            "friend",
            "vriend",
            "kent",
            "knows",
            "bekende",
            "acquaintance",
            "compagnon",
            "medeverdachte",
        ],
        &["Associate"],
    ),
    (
        &[
            "payment",
            "betaling",
            "transaction",
            "transactie",
            "transfer",
            "overboeking",
            "overschrijving",
            "pays",
            "betaalt",
        ],
        &["Payment"],
    ),
    (
        &["call", "calls", "oproep", "gesprek", "belt", "telephonecall", "phonecall", "telefoongesprek", "called"],
        &["Call"],
    ),
    (
        &["employee", "employment", "werknemer", "employer", "werkgever", "worksfor", "werktvoor", "dienstverband"],
        &["Employment"],
    ),
    (&["member", "membership", "lid", "lidmaatschap", "memberof", "lidvan"], &["Membership"]),
];

/// Our type for these words on an entity. None when it is not known.
pub(crate) fn entity_type(words: &str, schema: &Schema) -> Option<String> {
    if schema.find(words).is_some() {
        return Some(words.to_owned());
    }
    let plain = plain(words);
    let called = |known: &&EntityType| {
        schema.ends(&known.name).is_none()
            && [&known.name, &known.nl, &known.en, &known.nl_plural, &known.en_plural]
                .iter()
                .any(|name| self::plain(name) == plain)
    };
    schema.types.iter().find(called).map(|known| known.name.clone()).or_else(|| listed(ENTITIES, &plain, schema))
}

/// Our type for these words on a link. None when it is not known.
pub(crate) fn link_type(words: &str, schema: &Schema) -> Option<String> {
    if schema.ends(words).is_some() {
        return Some(words.to_owned());
    }
    let plain = plain(words);
    let called = |known: &&EntityType| {
        schema.ends(&known.name).is_some_and(|ends| {
            [&known.name, &known.nl, &known.en, &known.nl_plural, &known.en_plural, &ends.nl, &ends.en]
                .iter()
                .any(|name| self::plain(name) == plain)
        })
    };
    let found = schema.types.iter().find(called).map(|known| known.name.clone());
    found.or_else(|| listed(LINKS, &plain, schema).filter(|name| schema.ends(name).is_some()))
}

fn listed(list: &[(&[&str], &[&str])], plain: &str, schema: &Schema) -> Option<String> {
    let (_, types) = list.iter().find(|(words, _)| words.contains(&plain))?;
    types.iter().find(|name| schema.find(name).is_some_and(|known| !known.is_abstract)).map(|name| (*name).to_owned())
}

/// The type of an entity of which the file says none: the widest that somebody may choose.
pub fn any_type(schema: &Schema) -> String {
    let widest = ["Thing", "LegalEntity"].into_iter();
    let choosable = |name: &&str| schema.find(name).is_some_and(|known| !known.is_abstract);
    widest.clone().find(choosable).or_else(|| widest.clone().next()).unwrap_or_default().to_owned()
}

/// Lower case letters and digits only: `Bank account` and `bank-account` are alike.
fn plain(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a property of this name is likely an end, of a type that we do not know.
pub(crate) fn is_end(property: &str) -> bool {
    ENDS.iter().any(|(source, target)| property == *source || property == *target)
}

/// Whether a property may hold entities: the schema says so of this type, or the schema does not have it there and nowhere says that it holds
/// something else. Then words in it that are a key of the file are that key.
pub(crate) fn may_refer(kind: &str, property: &str, schema: &Schema) -> bool {
    match schema.property(kind, property) {
        Some(known) => known.kind == PropertyKind::Entity,
        None if schema.find(kind).is_none() && is_end(property) => true,
        None => {
            let mut elsewhere = schema.types.iter().flat_map(|known| &known.properties);
            elsewhere.all(|known| known.name != property || known.kind == PropertyKind::Entity)
        }
    }
}

/// What FollowTheMoney calls `type`, and we call otherwise: our `type` says what type the entity has.
const SUBTYPES: [(&str, &str); 3] =
    [("Vehicle", "vehicleType"), ("Identification", "documentType"), ("Contract", "contractType")];
/// What a `type` of other types is kept as.
const SUBTYPE: &str = "type_";

/// Our name for a property of FollowTheMoney.
pub(crate) fn from_ftm<'a>(kind: &str, property: &'a str, schema: &Schema) -> &'a str {
    match property {
        "type" => SUBTYPES.into_iter().find(|(of, _)| schema.is_a(kind, of)).map_or(SUBTYPE, |(_, ours)| ours),
        property => property,
    }
}

/// The opposite of [`from_ftm`].
pub(crate) fn to_ftm<'a>(kind: &str, property: &'a str, schema: &Schema) -> &'a str {
    let ours = SUBTYPES.into_iter().any(|(of, ours)| property == ours && schema.is_a(kind, of));
    if ours || property == SUBTYPE { "type" } else { property }
}

/// The properties that hold the two ends of a draft of a type that we do not know, when it joins others.
pub(crate) fn ends_of(draft: &Draft) -> Option<(&'static str, &'static str)> {
    let joins = |property: &str| {
        let values = draft.properties.get(property);
        values
            .is_some_and(|values| !values.is_empty() && values.iter().all(|value| matches!(value, DraftValue::Key(_))))
    };
    ENDS.into_iter().find(|(source, target)| joins(source) && joins(target))
}
