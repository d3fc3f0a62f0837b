//! The rules, each with its code and its words.

/// A rule that a file of concepts should keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: &'static str,
    /// Whether a file that breaks it is refused unless it is accepted on purpose: where the profile has a violation, not a warning.
    pub mandatory: bool,
    /// What is wrong and what to do; each `{}` stands for a parameter.
    pub text: &'static str,
}

macro_rules! rules {
    ($($name:ident = $code:literal $mandatory:literal $text:literal;)*) => {
        $(pub(super) const $name: Rule = Rule { code: $code, mandatory: $mandatory, text: $text };)*
        /// All rules of the profile, and the one on wider concepts that lead in a circle, which is ours.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    DEFINITION_MISSING = "definition-missing" true "'{}' has no definition: say what it means.";
    DEFINITION_LANGUAGE = "definition-language" true
        "The definition of '{}' does not say in which language it is: add it, for instance nl.";
    DEFINITION_NODE = "definition-node" true
        "The definition of '{}' refers to something else: write the definition itself there.";
    SCHEME_MISSING = "scheme-missing" true "'{}' is in no list of concepts: say in which scheme it stands.";
    SCHEME_UNKNOWN = "scheme-unknown" true
        "'{}' is in the scheme {}, and the file does not have that one: add the scheme with its title.";
    CONCEPT_UNTYPED = "concept-untyped" true
        "'{}' is used as a concept, and nothing says that it is one: give it the type skos:Concept.";
    CONCEPT_BLANK = "concept-blank" true
        "A concept has no name of its own on the web, so nothing can refer to it: give it one. Its definition begins '{}'.";
    CONCEPT_AND_SCHEME = "concept-and-scheme" true "'{}' is both a concept and a scheme: make it one of the two.";
    CONCEPT_AND_COLLECTION = "concept-and-collection" true
        "'{}' is both a concept and a collection: make it one of the two.";
    SCHEME_AND_COLLECTION = "scheme-and-collection" true
        "'{}' is both a scheme and a collection: make it one of the two.";
    SCHEME_TITLE = "scheme-title" false "The scheme {} has no title: say what it is called.";
    SCHEME_TITLE_LANGUAGE = "scheme-title-language" false
        "The title of the scheme {} does not say in which language it is: add it, for instance nl.";
    COLLECTION_LABEL = "collection-label" false "The collection {} has no name: say what it is called.";
    COLLECTION_MEMBER = "collection-member" false
        "The collection {} holds {}, which is no concept or collection of this file.";
    PREFERRED_MISSING = "preferred-missing" false "{} has no preferred term: choose the word to use for it.";
    PREFERRED_TWICE = "preferred-twice" false
        "'{}' has several preferred terms in one language ({}): keep one, and make the others alternatives.";
    PREFERRED_SHARED = "preferred-shared" false
        "'{}' is the preferred term of several concepts of one scheme, among them {}: tell them apart by another term.";
    LABEL_LANGUAGE = "label-language" false "The term '{}' does not say in which language it is: add it, for instance nl.";
    LABEL_CLASH = "label-clash" false "'{}' is the same concept's term in two ways: keep one of them.";
    NOTE_LANGUAGE = "note-language" false
        "A note on '{}' does not say in which language it is: add it, for instance nl.";
    SOURCE_TEXT = "source-text" false
        "The source of '{}' is written as a text: make it a document with a title or an address.";
    NOTATION_SHARED = "notation-shared" true "'{}' has the code {}, which another concept of the scheme has too: {}.";
    RELATED_AND_WIDER = "related-and-wider" false
        "'{}' and '{}' are said to be related and also wider or narrower: choose one.";
    RELATION_UNKNOWN = "relation-unknown" true
        "'{}' refers to {}, which is no concept of this file: add that concept, or take the reference out.";
    FINER_UNKNOWN = "finer-unknown" false
        "'{}' is said to be a kind, part or case of, or over, {}, which is no concept of this file.";
    TOP_UNKNOWN = "top-unknown" false "{} and {} are joined as scheme and topmost concept, and one of them is not in the file.";
    TOP_WITH_WIDER = "top-with-wider" true
        "'{}' is said to be topmost in its scheme and has a wider concept: take one of the two away.";
    WIDER_CYCLE = "wider-cycle" false "Wider concepts lead in a circle: {}. Take one of these steps out.";
    MATCH_EXCLUSIVE = "match-exclusive" true
        "'{}' and '{}' are mapped in two ways that exclude each other: choose one.";
    MATCH_WITHIN_SCHEME = "match-within-scheme" true
        "'{}' is mapped to '{}' of the same scheme: within a scheme say wider, narrower or related concept.";
    MATCH_UNKNOWN = "match-unknown" false
        "{} mappings go to concepts that are not in this file ({}): they are kept, and become of use when that glossary is there.";
    MORE = "more" false "{} more remarks by the rule '{}' are left out.";
}

impl Rule {
    /// Its words with these parameters.
    pub(super) fn say(&self, parameters: &[String]) -> String {
        let mut words = String::new();
        let mut parameters = parameters.iter();
        for (number, part) in self.text.split("{}").enumerate() {
            if number > 0 {
                words.push_str(parameters.next().map(String::as_str).unwrap_or_default());
            }
            words.push_str(part);
        }
        words
    }
}
