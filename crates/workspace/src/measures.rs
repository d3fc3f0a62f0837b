//! Measures of a chart or of the whole case: who holds it together, and by which ways two entities are joined. Kept for the auditor: each
//! combines what different organisations know.

use koplamp_chart::{
    Broker, Convention, KeyPlayers, MeasureConvention, Measures, PathRequest, PathsFound, brokers, key_players,
    measure, paths,
};
use koplamp_model::{Audit, ChartId, EntityId, Network};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::statements::invalid;
use crate::{ImportProgress, Job, Workspace, WorkspaceError};

/// Types that are ranked as brokers: people and organisations. A shared phone joins those who use it without doing anything.
const RANKED: [&str; 1] = ["LegalEntity"];
/// Most brokers that are listed.
const MOST_BROKERS: usize = 100;
/// Most entities that are listed when words name several.
const CANDIDATES: usize = 20;
/// Most members of a set of key players.
const MOST_PLAYERS: usize = 20;

/// The ranking of brokers, with the set of key players that it knows of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BrokerRanking {
    /// How the network was read.
    pub convention: MeasureConvention,
    /// The brokers, the first first.
    pub brokers: Vec<Broker>,
    /// The key players.
    pub key_players: KeyPlayers,
    /// How many entities and links were measured.
    pub entities: u32,
    /// How many links.
    pub links: u32,
}

impl Workspace {
    /// Measures a chart, or the whole case.
    ///
    /// # Errors
    /// When the chart is not there, or the job is cancelled.
    pub fn measures(
        &self,
        chart: Option<ChartId>,
        convention: Convention,
        job: &Job,
    ) -> Result<Measures, WorkspaceError> {
        let network = self.measured(chart, "measures")?;
        Ok(measure(&network, convention, &|share| job.share("measures", share))?)
    }

    /// Ranks people and organisations by how much they hold a chart or the whole case together.
    ///
    /// # Errors
    /// When the chart is not there, or the job is cancelled.
    pub fn brokers(&self, chart: Option<ChartId>, players: usize, job: &Job) -> Result<BrokerRanking, WorkspaceError> {
        let network = self.measured(chart, "brokers")?;
        let kinds = ranked(&network);
        let measures = measure(&network, Convention::default(), &|share| job.share("measures", share * 0.8))?;
        let key_players = key_players(&network, players.clamp(1, MOST_PLAYERS), &kinds, &|share| {
            job.share("key_players", 0.8 + share * 0.2)
        })?;
        let brokers = brokers(&network, &measures, Some(&key_players), &kinds, MOST_BROKERS);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(BrokerRanking {
            convention: measures.convention,
            brokers,
            key_players,
            entities: count(network.nodes.len()),
            links: count(network.links.len()),
        })
    }

    /// The sets of `players` entities without which a chart or the case falls apart most; of all types, or of these only.
    ///
    /// # Errors
    /// When the chart is not there, the number makes no sense, or the job is cancelled.
    pub fn key_players(
        &self,
        chart: Option<ChartId>,
        players: usize,
        kinds: &[String],
        job: &Job,
    ) -> Result<KeyPlayers, WorkspaceError> {
        if !(1..=MOST_PLAYERS).contains(&players) {
            return Err(invalid("k", &format!("1 to {MOST_PLAYERS} are expected")));
        }
        let network = self.measured(chart, "key_players")?;
        Ok(key_players(&network, players, kinds, &|share| job.share("key_players", share))?)
    }

    /// Paths between two entities on a chart, or in the whole case.
    ///
    /// # Errors
    /// When the chart or an entity is not there, or the job is cancelled.
    pub fn paths(
        &self,
        chart: Option<ChartId>,
        request: &PathRequest,
        job: &Job,
    ) -> Result<PathsFound, WorkspaceError> {
        if let Some(amount) = request.min_amount.filter(|amount| !(amount.is_finite() && *amount >= 0.0)) {
            return Err(invalid("min_amount", &format!("{amount} is no amount of 0 or more")));
        }
        if request.k == Some(0) {
            return Err(invalid("k", "at least 1 path is asked for"));
        }
        let network = self.measured(chart, "paths")?;
        let stands = |entity: EntityId| self.with_known(|known| known.stands(entity));
        let request = PathRequest { from: stands(request.from)?, to: stands(request.to)?, ..request.clone() };
        if request.from == request.to {
            return Err(invalid("to", "a path needs two different entities"));
        }
        Ok(paths(&network, &request, &|share| job.share("paths", share))?)
    }

    /// The entities that these words name: one whose name they are, else those that stand between commas; a name with commas in it may stand in double
    /// quotes.
    ///
    /// # Errors
    /// When one of them names none, or more than one.
    pub fn all_named(&self, text: &str) -> Result<Vec<EntityId>, WorkspaceError> {
        let whole = text.trim().to_lowercase();
        let named = self.with_known(|known| {
            let called = known.items().filter(|(_, item)| item.ends.is_empty() && item.label.to_lowercase() == whole);
            called.map(|(id, _)| id).collect::<Vec<_>>()
        })?;
        if let [only] = named.as_slice() {
            return Ok(vec![*only]);
        }
        between_commas(text).iter().map(|name| self.named(name)).collect()
    }

    /// The entity that this id or these words name: an id, else the only one of that name, else the only one whose name or value holds them.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn named(&self, text: &str) -> Result<EntityId, WorkspaceError> {
        if let Ok(id) = text.parse::<EntityId>() {
            return Ok(id);
        }
        if text.trim().is_empty() {
            return Err(invalid("entity", &format!("'{text}' names none; give an id or a name")));
        }
        let query = crate::EntityQuery { text: Some(text.to_owned()), ..crate::EntityQuery::default() };
        let found = self.entities(&query, u32::MAX, 0)?.entities;
        let exact: Vec<_> =
            found.iter().filter(|entity| entity.label.to_lowercase() == text.trim().to_lowercase()).collect();
        match (exact.as_slice(), found.as_slice()) {
            ([only], _) => Ok(only.id),
            ([], [only]) => Ok(only.id),
            ([], []) => Err(invalid("entity", &format!("there is no entity '{text}'"))),
            _ => {
                let candidates: Vec<_> = if exact.is_empty() { found.iter().collect() } else { exact };
                let names =
                    candidates.iter().take(CANDIDATES).map(|entity| format!("{} ({})", entity.label, entity.id));
                let mut names = names.collect::<Vec<_>>().join(", ");
                if candidates.len() > CANDIDATES {
                    names.push_str(&format!(" and {} more", candidates.len() - CANDIDATES));
                }
                Err(invalid("entity", &format!("'{text}' names {} entities: {names}; give the id", candidates.len())))
            }
        }
    }

    pub(crate) fn measured(&self, chart: Option<ChartId>, what: &str) -> Result<Network, WorkspaceError> {
        let only = match chart {
            Some(chart) => {
                let shown = self.vault().chart(chart)?.1.into_iter().filter(|placement| !placement.hidden);
                Some(shown.map(|placement| placement.entity).collect::<Vec<_>>())
            }
            None => None,
        };
        let network = self.with_known(|known| known.network(crate::schema(), only.as_deref()))?;
        self.vault().audit(Audit::Combined { what: what.to_owned(), entities: network.nodes.len() as u64 })?;
        Ok(network)
    }
}

/// Divided by commas, but for those between double quotes.
fn between_commas(text: &str) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => parts.push(String::new()),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    parts
}

/// The types of a network that are ranked.
fn ranked(network: &Network) -> Vec<String> {
    let mut kinds: Vec<String> = network.nodes.iter().map(|node| node.kind.clone()).collect();
    kinds.sort();
    kinds.dedup();
    kinds.retain(|kind| RANKED.iter().any(|ranked| crate::schema().is_a(kind, ranked)));
    kinds
}

impl Job {
    /// Tells that so much of the work (0 to 1) is done. False when it was cancelled: stop then. Waits while it is paused.
    pub(crate) fn share(&self, what: &str, share: f64) -> bool {
        let progress = |paused| ImportProgress {
            done: (share.clamp(0.0, 1.0) * 1_000.0) as u32,
            total: 1_000,
            failed: 0,
            rate: 0.0,
            seconds_left: None,
            current: what.to_owned(),
            paused,
        };
        self.tell(|| progress(false));
        self.go_on(progress)
    }
}
