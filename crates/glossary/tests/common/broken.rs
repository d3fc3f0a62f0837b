//! A sound file, and for each rule of the profile what breaks it and no other.

/// What the files begin with.
pub const PREFIXES: &str = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
    @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n\
    @prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix sssom: <https://w3id.org/sssom/> .\n\
    @prefix iso: <http://purl.org/iso25964/skos-thes#> .\n@prefix g: <https://koplamp.example/ns/glossary#> .\n\
    @prefix : <http://example.org/> .\n";

/// Two schemes with two concepts each, in which nothing is wrong.
pub const SOUND: &str = ":s a skos:ConceptScheme ; dct:title \"S\"@nl ; g:organisation \"politie\" .\n\
    :t a skos:ConceptScheme ; dct:title \"T\"@nl ; g:organisation \"douane\" .\n\
    :a a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"a\"@nl ; skos:definition \"een a\"@nl .\n\
    :b a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"b\"@nl ; skos:definition \"een b\"@nl .\n\
    :x a skos:Concept ; skos:inScheme :t ; skos:prefLabel \"x\"@nl ; skos:definition \"een x\"@nl .\n\
    :y a skos:Concept ; skos:inScheme :t ; skos:prefLabel \"y\"@nl ; skos:definition \"een y\"@nl .\n";

/// Every rule of the profile, with a file that breaks it and no other.
pub const BROKEN: &[(&str, &str)] = &[
    ("definition-missing", ":c a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"c\"@nl ."),
    ("definition-language", ":a skos:definition \"een a\" ."),
    ("definition-node", ":a skos:definition :d ."),
    ("scheme-missing", ":c a skos:Concept ; skos:prefLabel \"c\"@nl ; skos:definition \"c\"@nl ."),
    ("scheme-unknown", ":a skos:inScheme :elders ."),
    ("concept-untyped", ":c skos:inScheme :s ; skos:prefLabel \"c\"@nl ; skos:definition \"c\"@nl ."),
    ("concept-blank", "[] a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"c\"@nl ; skos:definition \"c\"@nl ."),
    (
        "concept-and-scheme",
        ":c a skos:Concept , skos:ConceptScheme ; dct:title \"C\"@nl ; skos:inScheme :s ; skos:prefLabel \"c\"@nl ; skos:definition \"c\"@nl .",
    ),
    ("concept-and-collection", ":a a skos:Collection ."),
    ("scheme-and-collection", ":s a skos:Collection ; skos:prefLabel \"S\"@nl ."),
    ("scheme-title", ":u a skos:ConceptScheme ."),
    ("scheme-title-language", ":u a skos:ConceptScheme ; dct:title \"U\" ."),
    ("collection-label", ":k a skos:Collection ; skos:member :a ."),
    ("collection-member", ":k a skos:Collection ; skos:prefLabel \"k\"@nl ; skos:member :s ."),
    ("preferred-missing", ":c a skos:Concept ; skos:inScheme :s ; skos:definition \"c\"@nl ."),
    ("preferred-twice", ":a skos:prefLabel \"aa\"@nl ."),
    ("preferred-shared", ":c a skos:Concept ; skos:inScheme :s ; skos:prefLabel \"a\"@nl ; skos:definition \"c\"@nl ."),
    ("label-language", ":a skos:altLabel \"aa\" ."),
    ("label-clash", ":a skos:altLabel \"a\"@nl ."),
    ("note-language", ":a skos:scopeNote \"zo\" ."),
    ("source-text", ":a dct:source \"Sv 161\" ."),
    ("notation-shared", ":a skos:notation \"1\" . :b skos:notation \"1\" ."),
    ("related-and-wider", ":a skos:broader :b ; skos:related :b ."),
    ("relation-unknown", ":a skos:broader :elders ."),
    ("finer-unknown", ":a iso:broaderPartitive :elders ."),
    ("top-unknown", ":a skos:topConceptOf :elders ; skos:inScheme :s ."),
    ("top-with-wider", ":a skos:topConceptOf :s ; skos:broader :b ."),
    ("wider-cycle", ":a skos:broader :b . :a skos:narrower :b ."),
    ("match-exclusive", ":a skos:broadMatch :x ; skos:relatedMatch :x ."),
    ("match-within-scheme", ":a skos:exactMatch :b ."),
    ("match-unknown", ":a skos:exactMatch :elders ."),
];
