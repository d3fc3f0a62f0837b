//! Reading statements, entities, suggestions and charts.

use std::collections::{BTreeMap, BTreeSet};

use koplamp_model::{
    Chart, ChartId, DocumentId, EntityId, IdentifierKind, Mapping, MappingId, Placement, Statement, StatementId,
    StyleSheet, StyleSheetId, Suggestion, SuggestionId, Verdict,
};

use super::Vault;
use crate::VaultError;
use crate::store::{Fate, Merge, charts, choices, merges, statements, styles, suggestions};

impl Vault {
    /// Hands every statement of the case to `take`, in the order in which they were recorded.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn each_statement(&self, mut take: impl FnMut(Statement)) -> Result<(), VaultError> {
        self.store.read(|connection| statements::each(connection, &mut take))
    }

    /// The statements of these entities, not of those merged with them, in the order in which they were recorded.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn statements_of(&self, entities: &[EntityId]) -> Result<Vec<Statement>, VaultError> {
        self.store.read(|connection| statements::of(connection, entities))
    }

    /// The statements that rest on a passage of this document, in reading order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn statements_in(&self, document: DocumentId) -> Result<Vec<Statement>, VaultError> {
        self.store.read(|connection| statements::in_document(connection, document))
    }

    /// A statement, and whether it was withdrawn; none when it was never made.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn statement(&self, statement: StatementId) -> Result<Option<(Statement, bool)>, VaultError> {
        self.store.read(|connection| statements::find(connection, statement))
    }

    /// What became of each of these statements, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fates(&self, statements: &[StatementId]) -> Result<Vec<Fate>, VaultError> {
        self.store.read(|connection| statements::fates(connection, statements))
    }

    /// How many entities and links there are, merged ones counted once.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count_entities(&self) -> Result<u32, VaultError> {
        self.store.read(statements::count_entities)
    }

    /// For each merged entity, the one that stands for it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn canonical(&self) -> Result<BTreeMap<EntityId, EntityId>, VaultError> {
        self.store.read(merges::canonical)
    }

    /// The entity that stands for this one, and all that are one with it, itself among them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn one_with(&self, entity: EntityId) -> Result<(EntityId, Vec<EntityId>), VaultError> {
        self.store.read(|connection| merges::one_with(connection, entity))
    }

    /// Judgements in force that name this entity, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn merges_of(&self, entity: EntityId) -> Result<Vec<Merge>, VaultError> {
        self.store.read(|connection| merges::of(connection, entity))
    }

    /// All pairs that were judged not to be one, the lower id first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn distinctions(&self) -> Result<BTreeSet<(EntityId, EntityId)>, VaultError> {
        self.store.read(merges::distinctions)
    }

    /// Suggestions that wait for a judgement, `limit` of them from `offset`, and how many wait in all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn suggestions(
        &self,
        kind: Option<IdentifierKind>,
        limit: u32,
        offset: u32,
    ) -> Result<(u32, Vec<Suggestion>), VaultError> {
        self.store.read(|connection| suggestions::waiting(connection, kind, limit, offset))
    }

    /// How many suggestions wait of each kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn suggestion_counts(&self) -> Result<Vec<(IdentifierKind, u32)>, VaultError> {
        self.store.read(suggestions::counts)
    }

    /// A suggestion, judged or not.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSuggestion`].
    pub fn suggestion(&self, suggestion: SuggestionId) -> Result<Suggestion, VaultError> {
        let found = self.store.read(|connection| suggestions::find(connection, suggestion))?;
        found.ok_or(VaultError::NoSuchSuggestion(suggestion))
    }

    /// What was said of a suggestion.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verdict(&self, suggestion: SuggestionId) -> Result<Option<Verdict>, VaultError> {
        self.store.read(|connection| suggestions::verdict(connection, suggestion))
    }

    /// All places where a value stands and waits for a judgement.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn same_value(&self, kind: IdentifierKind, normal: &str) -> Result<Vec<Suggestion>, VaultError> {
        self.store.read(|connection| suggestions::same_value(connection, kind, normal))
    }

    /// In how many documents of the case a value stands, judged or not, by organisation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn spread(&self, kind: IdentifierKind, normal: &str) -> Result<Vec<(String, u32)>, VaultError> {
        self.store.read(|connection| suggestions::spread(connection, kind, normal))
    }

    /// All charts, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn charts(&self) -> Result<Vec<Chart>, VaultError> {
        self.store.read(charts::list)
    }

    /// A chart, and what stands where on it.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChart`].
    pub fn chart(&self, chart: ChartId) -> Result<(Chart, Vec<Placement>), VaultError> {
        self.store.read(|connection| {
            let found = charts::find(connection, chart)?.ok_or(VaultError::NoSuchChart(chart))?;
            Ok((found, charts::placements(connection, chart)?))
        })
    }

    /// Style sheets by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn style_sheets(&self) -> Result<Vec<StyleSheet>, VaultError> {
        self.store.read(styles::list)
    }

    /// A style sheet, if it is there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn style_sheet(&self, sheet: StyleSheetId) -> Result<Option<StyleSheet>, VaultError> {
        self.store.read(|connection| styles::find(connection, sheet))
    }

    /// The style sheet that was chosen for the workspace; it may have been dropped since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn chosen_style_sheet(&self) -> Result<Option<StyleSheetId>, VaultError> {
        self.store.read(styles::chosen)
    }

    /// Saved mappings of tables by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn mappings(&self) -> Result<Vec<(MappingId, String, Mapping)>, VaultError> {
        self.store.read(choices::mappings)
    }

    /// Code of the grading scheme, where one was chosen.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn grading(&self) -> Result<Option<String>, VaultError> {
        self.store.read(choices::grading)
    }
}
