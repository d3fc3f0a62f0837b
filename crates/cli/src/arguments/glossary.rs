//! What `glossary` can do.

use std::path::PathBuf;

use clap::Subcommand;

/// What `glossary` can do.
#[derive(Debug, Subcommand)]
pub enum GlossaryAct {
    /// Take in a file of terms; the concepts in it then say what the file says
    Import {
        /// The file: SKOS in Turtle, JSON-LD or RDF/XML, or a table (CSV)
        file: PathBuf,
        /// The organisation whose words they are, where the file does not say
        #[arg(long, value_name = "ORG")]
        organisation: String,
        /// Its format: turtle, jsonld, rdfxml, csv; guessed when it is not given
        #[arg(long)]
        format: Option<String>,
        /// Take it in although it breaks mandatory rules
        #[arg(long)]
        accept_violations: bool,
    },
    /// Write the glossary as a file
    Export {
        /// The file
        #[arg(value_parser = super::written)]
        file: PathBuf,
        /// Its format: turtle, jsonld, or sssom (the mappings alone)
        #[arg(long)]
        format: String,
        /// Only what is of this organisation, with the mappings that it is in
        #[arg(long, value_name = "ORG")]
        organisation: Option<String>,
        /// Replace the file when there is one
        #[arg(long)]
        overwrite: bool,
    },
    /// Take in the glossary that is built in: a first proposal for six organisations
    Seed,
    /// Tell what a word means at each organisation
    LookUp {
        /// The word, or several in quotes
        word: String,
        /// The organisation whose senses come first; none is that of the workspace
        #[arg(long, value_name = "ORG")]
        lens: Option<String>,
    },
    /// Propose how a concept relates to one of another organisation
    Map {
        /// The concept: its id or IRI, or ORG:WORD
        from: String,
        /// same, nearly_same, wider, narrower, related (or as SKOS has them: exactMatch, ...), false_friend or no_equivalent
        relation: String,
        /// The concept on the other side, or several with --compound; for no_equivalent: the organisation that has none
        #[arg(required = true)]
        to: Vec<String>,
        /// What differs; must be said of nearly_same
        #[arg(long, value_name = "TEXT", default_value = "")]
        difference: String,
        /// What goes wrong when somebody takes the one for the other
        #[arg(long, value_name = "TEXT", default_value = "")]
        consequence: String,
        /// What it rests on: law, expert, practice, lexical
        #[arg(long, default_value = "expert")]
        justification: String,
        /// How several concepts on the other side go together: and, or
        #[arg(long, value_name = "and|or")]
        compound: Option<String>,
        /// The organisation that proposes it; none is that of the workspace
        #[arg(long, value_name = "ORG")]
        organisation: Option<String>,
        /// The organisation on the other side, when it uses a concept of another; none follows from the concepts
        #[arg(long, value_name = "ORG")]
        side: Option<String>,
        /// From when it holds
        #[arg(long, value_name = "YYYY-MM-DD")]
        valid_from: Option<String>,
        /// Until when it holds
        #[arg(long, value_name = "YYYY-MM-DD")]
        valid_to: Option<String>,
    },
    /// Answer a mapping for an organisation; it is agreed when both sides accept
    Review {
        /// The mapping's id
        mapping: String,
        /// It holds
        #[arg(long, conflicts_with = "dispute", required_unless_present = "dispute")]
        accept: bool,
        /// It does not hold; --reason says why, so that the other side can answer
        #[arg(long)]
        dispute: bool,
        /// The organisation that answers
        #[arg(long, value_name = "ORG")]
        organisation: String,
        /// Whose judgement it is, where it is another organisation's than that of who works here; none is somebody unnamed
        #[arg(long, value_name = "NAME")]
        reviewer: Option<String>,
        /// Why
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
    },
    /// List the mappings, those first that wait for somebody, and what chains of "the same" offer
    Mappings {
        /// Only those that stand so: proposed, disputed, agreed, recheck
        #[arg(long)]
        status: Option<String>,
    },
    /// Drop a concept with its terms and mappings, or a mapping
    Drop {
        /// The concept (id, IRI or ORG:WORD), or the mapping's id
        what: String,
    },
    /// Tell which words of the documents no glossary knows, and which two organisations use and nobody mapped
    Coverage {
        /// At most so many of each
        #[arg(long, default_value_t = 100)]
        limit: usize,
    },
    /// Say which sense a word has where it stands (none takes that back)
    Sense {
        /// The document's id
        document: String,
        /// The page, from 1
        page: u32,
        /// First character of the word in the page's text, from 0
        start: u32,
        /// One past its last character
        end: u32,
        /// The concept: its id or IRI, or ORG:WORD
        concept: Option<String>,
    },
}
