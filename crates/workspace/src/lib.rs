//! The use cases of Koplamp: one method an act of the user. It composes the rooms and adds nothing of its own.
//!
//! Synchronous and thread-safe. Long work takes a [`Job`], which carries progress one way and pause and cancel the other. This crate
//! knows no window, no command line and no format; it opens no file for writing, because only the vault does.

mod charts;
mod codes;
mod contradictions;
mod days;
mod documents;
mod drawing;
mod entities;
mod error;
mod exchange;
mod glossary;
mod health;
mod import;
mod index;
mod job;
mod keys;
mod known;
mod lines;
mod matching;
mod measures;
mod overlays;
mod photos;
mod pictures;
mod places;
mod record;
mod report;
mod results;
mod schema;
mod search;
mod statements;
mod styles;
mod suggestions;
mod target;
mod values;
mod workspace;

pub use charts::{Arrangement, ChartView, Expansion, Span};
pub use codes::codes;
pub use entities::{Contradiction, EntityList, EntityQuery, EntityView, LinkView, MergeView};
pub use error::{ErrorCode, WorkspaceError};
pub use exchange::{DryRun, ExchangeReport, ExportReport, Incoming, SavedMapping};
pub use glossary::{
    ConceptDraft, ConceptList, ConceptView, GlossaryReport, LookUp, MappingDraft, MappingView, MarkedWord, OfferView,
    PageSenses, SenseAsk, SwitchedOff, TermDraft, TextSenses, Unfolded, WrittenText,
};
pub use import::{ImportRequest, Selected, select};
pub use job::{Job, JobId};
pub use keys::{DeviceSecretSource, KeychainView, SHORTEST_PASSPHRASE, keychain};
pub use matching::{Compared, Match};
pub use measures::BrokerRanking;
pub use pictures::{PictureFormat, PictureRequest};
pub use record::{NamedMerge, NamedThing, OneOrMore, RecordReport, Script, StatedPassage};
pub use report::{
    DocumentList, DocumentView, FailedFile, Found, Health, Hit, ImportProgress, ImportReport, ImportedDocument,
    KeptMarking, LogPage, Notice, Summary,
};
pub use results::ResultFormat;
pub use schema::{gradings, schema};
pub use search::SearchRequest;
pub use statements::{Amendment, OnChart, PassagePlace, Recorded, Said, Say, Stated, Thing};
pub use styles::{SheetReport, SheetView};
pub use suggestions::{SuggestionList, SuggestionView};
pub use target::Target;
pub use values::Unfit;
pub use workspace::{Created, NewWorkspace, Unlock, Workspace, lock_requested, request_lock};

pub use koplamp_chart::{
    Concern, Convention, Ground, KeyPlayers, LAYOUTS, Language, LayoutInfo, Measures, Overlaid, Overlay, ParallelLinks,
    PathRequest, PathsFound, Vision,
};
pub use koplamp_glossary::{Card, Coverage, Entry, Format as GlossaryFormat};
pub use koplamp_intake::Worker;
pub use koplamp_interchange::Format;
pub use koplamp_search::{Facets, Filters};
pub use koplamp_vault::{DocumentFilter, KdfParameters, KeychainState, harden_process, is_workspace};
