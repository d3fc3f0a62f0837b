//! The names that files use: SKOS, SKOS-XL, Dublin Core, SSSOM, and our own for what these have no word for.

use koplamp_model::{Compound, ConceptStatus, Justification, Relation, TermKind};
use oxrdf::NamedNodeRef;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $base:literal $local:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($base, $local));
    )*};
}

names! {
    CONCEPT = "http://www.w3.org/2004/02/skos/core#" "Concept";
    SCHEME = "http://www.w3.org/2004/02/skos/core#" "ConceptScheme";
    COLLECTION = "http://www.w3.org/2004/02/skos/core#" "Collection";
    ORDERED_COLLECTION = "http://www.w3.org/2004/02/skos/core#" "OrderedCollection";
    MEMBER = "http://www.w3.org/2004/02/skos/core#" "member";
    IN_SCHEME = "http://www.w3.org/2004/02/skos/core#" "inScheme";
    TOP_CONCEPT_OF = "http://www.w3.org/2004/02/skos/core#" "topConceptOf";
    HAS_TOP_CONCEPT = "http://www.w3.org/2004/02/skos/core#" "hasTopConcept";
    PREFERRED = "http://www.w3.org/2004/02/skos/core#" "prefLabel";
    ALTERNATIVE = "http://www.w3.org/2004/02/skos/core#" "altLabel";
    HIDDEN = "http://www.w3.org/2004/02/skos/core#" "hiddenLabel";
    DEFINITION = "http://www.w3.org/2004/02/skos/core#" "definition";
    SCOPE_NOTE = "http://www.w3.org/2004/02/skos/core#" "scopeNote";
    EXAMPLE = "http://www.w3.org/2004/02/skos/core#" "example";
    EDITORIAL_NOTE = "http://www.w3.org/2004/02/skos/core#" "editorialNote";
    CHANGE_NOTE = "http://www.w3.org/2004/02/skos/core#" "changeNote";
    HISTORY_NOTE = "http://www.w3.org/2004/02/skos/core#" "historyNote";
    NOTATION = "http://www.w3.org/2004/02/skos/core#" "notation";
    BROADER = "http://www.w3.org/2004/02/skos/core#" "broader";
    NARROWER = "http://www.w3.org/2004/02/skos/core#" "narrower";
    RELATED = "http://www.w3.org/2004/02/skos/core#" "related";
    EXACT_MATCH = "http://www.w3.org/2004/02/skos/core#" "exactMatch";
    CLOSE_MATCH = "http://www.w3.org/2004/02/skos/core#" "closeMatch";
    BROAD_MATCH = "http://www.w3.org/2004/02/skos/core#" "broadMatch";
    NARROW_MATCH = "http://www.w3.org/2004/02/skos/core#" "narrowMatch";
    RELATED_MATCH = "http://www.w3.org/2004/02/skos/core#" "relatedMatch";

    XL_LABEL = "http://www.w3.org/2008/05/skos-xl#" "Label";
    XL_PREFERRED = "http://www.w3.org/2008/05/skos-xl#" "prefLabel";
    XL_ALTERNATIVE = "http://www.w3.org/2008/05/skos-xl#" "altLabel";
    XL_HIDDEN = "http://www.w3.org/2008/05/skos-xl#" "hiddenLabel";
    LITERAL_FORM = "http://www.w3.org/2008/05/skos-xl#" "literalForm";

    TITLE = "http://purl.org/dc/terms/" "title";
    SOURCE = "http://purl.org/dc/terms/" "source";
    CITATION = "http://purl.org/dc/terms/" "bibliographicCitation";
    OLD_TITLE = "http://purl.org/dc/elements/1.1/" "title";
    COMMENT = "http://www.w3.org/2000/01/rdf-schema#" "comment";
    LABEL = "http://www.w3.org/2000/01/rdf-schema#" "label";
    PAGE = "http://xmlns.com/foaf/0.1/" "page";
    VERSION_INFO = "http://www.w3.org/2002/07/owl#" "versionInfo";
    DEPRECATED = "http://www.w3.org/2002/07/owl#" "deprecated";

    MAPPING = "https://w3id.org/sssom/" "Mapping";
    PREDICATE_MODIFIER = "https://w3id.org/sssom/" "predicate_modifier";
    NO_TERM_FOUND = "https://w3id.org/sssom/" "NoTermFound";
    OBJECT_SOURCE = "https://w3id.org/sssom/" "object_source";
    ANNOTATED_SOURCE = "http://www.w3.org/2002/07/owl#" "annotatedSource";
    ANNOTATED_PROPERTY = "http://www.w3.org/2002/07/owl#" "annotatedProperty";
    ANNOTATED_TARGET = "http://www.w3.org/2002/07/owl#" "annotatedTarget";

    /// Code of the organisation whose words a scheme has.
    ORGANISATION = "https://koplamp.example/ns/glossary#" "organisation";
    /// How far an owner stands behind a concept, or where a mapping stands.
    STATUS = "https://koplamp.example/ns/glossary#" "status";
    /// The version of a concept.
    VERSION = "https://koplamp.example/ns/glossary#" "version";
    /// Who answers for a concept.
    OWNER = "https://koplamp.example/ns/glossary#" "owner";
    /// From when a concept or a mapping holds.
    VALID_FROM = "https://koplamp.example/ns/glossary#" "validFrom";
    /// Until when a concept or a mapping holds.
    VALID_TO = "https://koplamp.example/ns/glossary#" "validUntil";
    /// A node with words that speak for a concept.
    HINT = "https://koplamp.example/ns/glossary#" "hint";
    /// A word that speaks for a concept: of a hint, or of the concept itself.
    CONTEXT = "https://koplamp.example/ns/glossary#" "context";
    /// Code of an organisation that means a concept too, without one of its own.
    USED_BY = "https://koplamp.example/ns/glossary#" "usedBy";
    /// Code of an organisation that means a concept when nothing nearby speaks for another: of a hint, or of the concept itself.
    DEFAULT_FOR = "https://koplamp.example/ns/glossary#" "defaultFor";
    /// How a label is used, where SKOS has fewer kinds.
    LABEL_KIND = "https://koplamp.example/ns/glossary#" "labelKind";
    /// Where a label is said.
    REGISTER = "https://koplamp.example/ns/glossary#" "register";
    /// In which region a label is said.
    REGION = "https://koplamp.example/ns/glossary#" "region";
    /// The same word with another meaning.
    FALSE_FRIEND = "https://koplamp.example/ns/glossary#" "falseFriend";
    /// The other organisation has no such concept.
    NO_EQUIVALENT = "https://koplamp.example/ns/glossary#" "noEquivalent";
    /// What differs between two concepts.
    DIFFERENCE = "https://koplamp.example/ns/glossary#" "difference";
    /// What goes wrong when one takes the one for the other.
    CONSEQUENCE = "https://koplamp.example/ns/glossary#" "consequence";
    /// What a mapping rests on.
    JUSTIFICATION = "https://koplamp.example/ns/glossary#" "justification";
    /// Code of the organisation that proposed a mapping.
    PROPOSED_BY = "https://koplamp.example/ns/glossary#" "proposedBy";
    /// Code of the organisation on the other side, where no concept or scheme tells.
    TO_ORGANISATION = "https://koplamp.example/ns/glossary#" "toOrganisation";
    /// Code of the organisation whose concept a mapping is from, where that concept is not in the file.
    FROM_ORGANISATION = "https://koplamp.example/ns/glossary#" "fromOrganisation";
    /// The version of the concept that a mapping is from.
    FROM_VERSION = "https://koplamp.example/ns/glossary#" "fromVersion";
    /// The version of the concept that a mapping is to.
    TO_VERSION = "https://koplamp.example/ns/glossary#" "toVersion";
    /// Several concepts that together are the equivalent.
    COMPOUND = "https://koplamp.example/ns/glossary#" "Compound";
    /// How the parts of a compound go together: `and`, `or`.
    OPERATOR = "https://koplamp.example/ns/glossary#" "operator";
    /// A part of a compound.
    PART = "https://koplamp.example/ns/glossary#" "part";
}

/// The finer relations of ISO 25964 that the profile knows.
pub(crate) const ISO_RELATIONS: [&str; 6] = [
    "http://purl.org/iso25964/skos-thes#broaderGeneric",
    "http://purl.org/iso25964/skos-thes#broaderInstantial",
    "http://purl.org/iso25964/skos-thes#broaderPartitive",
    "http://purl.org/iso25964/skos-thes#narrowerGeneric",
    "http://purl.org/iso25964/skos-thes#narrowerInstantial",
    "http://purl.org/iso25964/skos-thes#narrowerPartitive",
];

/// The prefixes of the files that are written.
pub(crate) const PREFIXES: [(&str, &str); 9] = [
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("g", "https://koplamp.example/ns/glossary#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("skosxl", "http://www.w3.org/2008/05/skos-xl#"),
    ("sssom", "https://w3id.org/sssom/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The relations that files name, the five of SKOS first.
pub(crate) const RELATIONS: [(Relation, NamedNodeRef<'static>); 7] = [
    (Relation::Same, EXACT_MATCH),
    (Relation::NearlySame, CLOSE_MATCH),
    (Relation::Wider, BROAD_MATCH),
    (Relation::Narrower, NARROW_MATCH),
    (Relation::Related, RELATED_MATCH),
    (Relation::FalseFriend, FALSE_FRIEND),
    (Relation::NoEquivalent, NO_EQUIVALENT),
];

/// The labels of SKOS, each with that of SKOS-XL.
pub(crate) const LABELS: [(TermKind, NamedNodeRef<'static>, NamedNodeRef<'static>); 3] = [
    (TermKind::Preferred, PREFERRED, XL_PREFERRED),
    (TermKind::Alternative, ALTERNATIVE, XL_ALTERNATIVE),
    (TermKind::Hidden, HIDDEN, XL_HIDDEN),
];

/// The name of a relation.
pub(crate) fn of_relation(relation: Relation) -> NamedNodeRef<'static> {
    RELATIONS.into_iter().find(|(known, _)| *known == relation).map_or(NO_EQUIVALENT, |(_, name)| name)
}

/// The relation of a name.
pub(crate) fn relation(name: NamedNodeRef<'_>) -> Option<Relation> {
    RELATIONS.into_iter().find(|(_, known)| *known == name).map(|(relation, _)| relation)
}

/// The names of a kind of label: that of SKOS, and that of SKOS-XL.
pub(crate) fn of_kind(kind: TermKind) -> (NamedNodeRef<'static>, NamedNodeRef<'static>) {
    match kind {
        TermKind::Preferred => (PREFERRED, XL_PREFERRED),
        TermKind::Alternative | TermKind::Jargon => (ALTERNATIVE, XL_ALTERNATIVE),
        TermKind::Hidden | TermKind::Deprecated => (HIDDEN, XL_HIDDEN),
    }
}

/// Values that stand in a file by a word, each with it.
pub(crate) trait Coded: Copy + PartialEq + 'static {
    /// All values.
    const CODES: &'static [(Self, &'static str)];

    /// The word of this value.
    fn code(self) -> &'static str {
        Self::CODES.iter().find(|(value, _)| *value == self).map(|(_, code)| *code).unwrap_or_default()
    }

    /// The value of a word.
    fn from_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(value, _)| *value)
    }
}

impl Coded for TermKind {
    const CODES: &'static [(Self, &'static str)] = &[
        (Self::Preferred, "preferred"),
        (Self::Alternative, "alternative"),
        (Self::Hidden, "hidden"),
        (Self::Jargon, "jargon"),
        (Self::Deprecated, "deprecated"),
    ];
}

impl Coded for ConceptStatus {
    // The first word of a value is the one that is written.
    const CODES: &'static [(Self, &'static str)] = &[
        (Self::Proposed, "proposed"),
        (Self::Accepted, "agreed"),
        (Self::Accepted, "accepted"),
        (Self::Deprecated, "withdrawn"),
        (Self::Deprecated, "deprecated"),
    ];
}

impl Coded for Justification {
    const CODES: &'static [(Self, &'static str)] =
        &[(Self::Law, "law"), (Self::Expert, "expert"), (Self::Practice, "practice"), (Self::Lexical, "lexical")];
}

impl Coded for Compound {
    const CODES: &'static [(Self, &'static str)] = &[(Self::And, "and"), (Self::Or, "or")];
}
