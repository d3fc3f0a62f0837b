//! Charts: making them, putting entities on them, arranging them, and what is drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use koplamp_chart::{Language, LayoutRequest, layout};
use koplamp_model::{Change, Chart, ChartId, ChartSettings, DocumentId, EntityId, Operation, Placement, Scene};
use koplamp_vault::VaultError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::statements::invalid;
use crate::{Workspace, WorkspaceError};

/// Most entities that one chart holds.
pub(crate) const MOST_PLACED: usize = 100_000;
/// Longest name of a chart, in characters.
const MAX_NAME: usize = 200;
/// Hundredths of a pixel in one.
const HUNDREDTHS: f64 = 100.0;
/// How far apart entities are put that go on the chart by hand, in pixels.
const BESIDE: f64 = 110.0;

/// A chart as the window shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChartView {
    /// The chart.
    pub chart: Chart,
    /// What stands where, hidden ones among them.
    pub placements: Vec<Placement>,
    /// What is drawn.
    pub scene: Scene,
    /// When what is on the chart was: for the timeline beside it.
    pub spans: Vec<Span>,
    /// How many entities and links of the chart have no date.
    pub undated: u32,
    /// How many entities are hidden by hand.
    pub hidden: u32,
    /// How many entities the filter takes out of sight.
    pub filtered: u32,
    /// Code of the strictest marking of what is drawn.
    pub marking: Option<String>,
    /// Properties that entities of the chart have values of, by name, and how many have one.
    pub properties: Vec<(String, u32)>,
}

/// When an entity or link was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Span {
    /// Which.
    #[ts(type = "string")]
    pub id: EntityId,
    /// First day, in days since 1970-01-01.
    pub from: i32,
    /// Last day.
    pub to: i32,
}

/// What an entity could be expanded by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Expansion {
    /// Type of the links.
    pub link: String,
    /// Type of the entities at their other ends.
    pub other: String,
    /// How many such links there are.
    pub links: u32,
    /// How many entities they lead to.
    pub entities: u32,
    /// How many of those are not on the chart.
    pub fresh: u32,
}

/// How a chart is to be arranged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Arrangement {
    /// The layout: `force`, `hierarchy`, `radial`, `circle`, `grid`, `lanes`.
    pub layout: String,
    /// The same seed gives the same picture.
    #[ts(type = "number")]
    pub seed: u64,
    /// The entity in the middle, where the layout has one.
    #[ts(type = "string | null")]
    pub centre: Option<EntityId>,
    /// Rounds of the layouts that have them; none takes as many as it needs.
    pub iterations: Option<u32>,
    /// Whether to begin at the places where entities stand.
    pub from_here: bool,
}

impl Workspace {
    /// Charts, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn charts(&self) -> Result<Vec<Chart>, WorkspaceError> {
        Ok(self.vault().charts()?)
    }

    /// The chart of this id, else the only one of this name.
    ///
    /// # Errors
    /// When there is none, or there are several.
    pub fn chart_named(&self, name: &str) -> Result<Chart, WorkspaceError> {
        if let Some(chart) = self.chart_called(name)? {
            return Ok(chart);
        }
        let charts = self.vault().charts()?;
        let names = charts.iter().map(|chart| format!("'{}'", chart.name)).collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { "none" } else { &names };
        Err(invalid("chart", &format!("there is no chart '{name}'; there are: {names}")))
    }

    /// As [`Workspace::chart_named`], but none where there is none.
    pub(crate) fn chart_called(&self, name: &str) -> Result<Option<Chart>, WorkspaceError> {
        let name = name.trim();
        let mut charts = self.vault().charts()?;
        if let Some(place) = charts.iter().position(|chart| chart.id.to_string() == name) {
            return Ok(Some(charts.swap_remove(place)));
        }
        charts.retain(|chart| chart.name == name);
        if charts.len() > 1 {
            let charts = charts.iter().map(|chart| chart.id.to_string()).collect();
            return Err(WorkspaceError::ChartAmbiguous { name: name.to_owned(), charts });
        }
        Ok(charts.pop())
    }

    /// Makes a chart with these entities on it, arranged.
    ///
    /// # Errors
    /// When the name is empty, or an entity is not there.
    pub fn make_chart(&self, name: &str, entities: &[EntityId]) -> Result<(ChartId, Change), WorkspaceError> {
        let (chart, name) = (ChartId::random(), checked_name(name)?);
        let settings = Box::new(ChartSettings { layout: Some("force".into()), ..ChartSettings::default() });
        let mut operations = vec![Operation::ChartSet { chart, name, snapshot_of: None, settings }];
        if !entities.is_empty() {
            let placed = self.beside(&ChartSettings::default(), &[], entities)?;
            operations.push(Operation::ChartPlaced { chart, placed, taken: Vec::new() });
        }
        Ok((chart, self.change(operations)?))
    }

    /// Renames a chart, or shows it differently.
    ///
    /// # Errors
    /// When it is not there, or its name is empty.
    pub fn set_chart(&self, chart: ChartId, name: &str, settings: &ChartSettings) -> Result<Change, WorkspaceError> {
        let (before, _) = self.vault().chart(chart)?;
        let (snapshot_of, settings) = (before.snapshot_of, Box::new(settings.clone()));
        self.change(vec![Operation::ChartSet { chart, name: checked_name(name)?, snapshot_of, settings }])
    }

    /// Drops a chart. Its entities stay in the case.
    ///
    /// # Errors
    /// When it is not there.
    pub fn drop_chart(&self, chart: ChartId) -> Result<Change, WorkspaceError> {
        self.vault().chart(chart)?;
        self.change(vec![Operation::ChartDropped { chart }])
    }

    /// Keeps a chart as it is now, under a name of its own.
    ///
    /// # Errors
    /// When it is not there, or the name is empty.
    pub fn snapshot_chart(&self, chart: ChartId, name: &str) -> Result<(ChartId, Change), WorkspaceError> {
        let (before, placed) = self.vault().chart(chart)?;
        let (snapshot, name) = (ChartId::random(), checked_name(name)?);
        let settings = Box::new(before.settings);
        let change = self.change(vec![
            Operation::ChartSet { chart: snapshot, name, snapshot_of: Some(chart), settings },
            Operation::ChartPlaced { chart: snapshot, placed, taken: Vec::new() },
        ])?;
        Ok((snapshot, change))
    }

    /// Puts entities on a chart where they are told, moves those that are on it, and takes others off.
    ///
    /// # Errors
    /// When the chart or an entity is not there.
    pub fn place(&self, chart: ChartId, placed: &[Placement], taken: &[EntityId]) -> Result<Change, WorkspaceError> {
        if placed.len() > MOST_PLACED || taken.len() > MOST_PLACED {
            return Err(invalid("placed", &format!("a chart holds at most {MOST_PLACED} entities")));
        }
        self.with_known(|known| {
            let missing = placed.iter().find(|placement| known.item(placement.entity).is_none());
            missing.map_or(Ok(()), |placement| Err(VaultError::NoSuchEntity(placement.entity)))
        })??;
        self.change(vec![Operation::ChartPlaced { chart, placed: placed.to_vec(), taken: taken.to_vec() }])
    }

    /// Puts entities on a chart: around a place (in hundredths of a pixel), or else near what they are linked to. Of a link, its ends.
    ///
    /// # Errors
    /// When the chart or an entity is not there.
    pub fn add_to_chart(
        &self,
        chart: ChartId,
        entities: &[EntityId],
        at: Option<(i32, i32)>,
    ) -> Result<Change, WorkspaceError> {
        let (on, there) = self.vault().chart(chart)?;
        let wanted = self.with_known(|known| {
            let mut wanted = BTreeSet::new();
            for entity in entities {
                if known.item(*entity).is_none() {
                    return Err(VaultError::NoSuchEntity(*entity));
                }
                match known.ends(*entity) {
                    Some((source, target)) => wanted.extend([source, target]),
                    None => {
                        wanted.insert(known.stands(*entity));
                    }
                }
            }
            Ok(wanted)
        })??;
        let fresh: Vec<EntityId> =
            wanted.into_iter().filter(|entity| !there.iter().any(|placement| placement.entity == *entity)).collect();
        let placed = match at {
            Some((x, y)) => around(&fresh, x, y),
            None => self.beside(&on.settings, &there, &fresh)?,
        };
        self.change(vec![Operation::ChartPlaced { chart, placed, taken: Vec::new() }])
    }

    /// The entities that statements resting on these documents are about.
    ///
    /// # Errors
    /// When a document is not there.
    pub fn entities_in(&self, documents: &[DocumentId]) -> Result<Vec<EntityId>, WorkspaceError> {
        let mut named = BTreeSet::new();
        for document in documents {
            named.extend(self.statements_in(*document)?.into_iter().map(|statement| statement.fact.entity));
        }
        self.with_known(|known| {
            named.into_iter().map(|entity| known.stands(entity)).collect::<BTreeSet<_>>().into_iter().collect()
        })
    }

    /// What an entity could be expanded by, with numbers, before anything is put on the chart.
    ///
    /// # Errors
    /// When the chart or the entity is not there.
    pub fn expansions(&self, chart: ChartId, entity: EntityId) -> Result<Vec<Expansion>, WorkspaceError> {
        let on_chart = self.on_chart(chart)?;
        self.with_known(|known| {
            let mut counted: BTreeMap<(String, String), (u32, BTreeSet<EntityId>)> = BTreeMap::new();
            known.item(entity).ok_or(VaultError::NoSuchEntity(entity))?;
            for (link, other, _) in known.links_of(entity) {
                if let (Some(link), Some(item)) = (known.item(link), known.item(other)) {
                    let (links, others) = counted.entry((link.kind.clone(), item.kind.clone())).or_default();
                    *links += 1;
                    others.insert(other);
                }
            }
            let expansions = counted.into_iter().map(|((link, other), (links, others))| Expansion {
                link,
                other,
                links,
                entities: count(others.len()),
                fresh: count(others.iter().filter(|entity| !on_chart.contains(entity)).count()),
            });
            Ok(expansions.collect())
        })?
    }

    /// Puts what an entity is linked to on the chart: only by these types of link and of entity, when any are named, and at most `limit` of
    /// them, those with most links first.
    ///
    /// # Errors
    /// When the chart or the entity is not there.
    pub fn expand(
        &self,
        chart: ChartId,
        entity: EntityId,
        by: &[(String, String)],
        limit: u32,
    ) -> Result<Change, WorkspaceError> {
        let (on, there) = self.vault().chart(chart)?;
        let on_chart = self.on_chart(chart)?;
        let fresh = self.with_known(|known| {
            known.item(entity).ok_or(VaultError::NoSuchEntity(entity))?;
            let fits = |link: EntityId, other: EntityId| {
                let (Some(link), Some(other)) = (known.item(link), known.item(other)) else { return false };
                by.is_empty() || by.iter().any(|(of_link, of_other)| *of_link == link.kind && *of_other == other.kind)
            };
            let reached: BTreeSet<EntityId> = known
                .links_of(entity)
                .into_iter()
                .filter(|(link, other, _)| !on_chart.contains(other) && fits(*link, *other))
                .map(|(_, other, _)| other)
                .collect();
            let mut reached: Vec<EntityId> = reached.into_iter().collect();
            reached.sort_by_cached_key(|other| (std::cmp::Reverse(known.links_of(*other).len()), *other));
            reached.truncate(limit as usize);
            Ok::<_, VaultError>(reached)
        })??;
        let placed = self.beside(&on.settings, &there, &fresh)?;
        self.change(vec![Operation::ChartPlaced { chart, placed, taken: Vec::new() }])
    }

    /// Where everything on a chart would stand, without putting it there: the window shows it at once, refines it, and keeps the last one by
    /// [`Workspace::place`]. Pinned entities stay where they are.
    ///
    /// # Errors
    /// When the chart or the layout is not there.
    pub fn arrange(&self, chart: ChartId, arrangement: &Arrangement) -> Result<Vec<Placement>, WorkspaceError> {
        let (chart, there) = self.vault().chart(chart)?;
        self.arranged(&chart.settings, &there, &[], arrangement)
    }

    /// Where everything of the case would stand.
    ///
    /// # Errors
    /// When the layout is not there.
    pub fn arrange_everything(&self, arrangement: &Arrangement) -> Result<Vec<Placement>, WorkspaceError> {
        let all = self.with_known(|known| {
            let nodes = known.items().filter(|(_, item)| item.ends.is_empty());
            nodes.map(|(entity, _)| Placement { entity, x: 0, y: 0, pinned: false, hidden: false }).collect::<Vec<_>>()
        })?;
        self.arranged(&ChartSettings::default(), &all, &[], arrangement)
    }

    /// What is drawn of a chart, types, links and properties called as the organisation `lens` calls them; none calls them as the schema does.
    ///
    /// # Errors
    /// When it is not there, or `lens` cannot be a code.
    pub fn chart_view(
        &self,
        chart: ChartId,
        language: Language,
        lens: Option<&str>,
        brush: Option<(i32, i32)>,
    ) -> Result<ChartView, WorkspaceError> {
        let (chart, placements) = self.vault().chart(chart)?;
        let drawing = self.drawing(&placements)?;
        let sheet = self.sheet_of(&chart.settings)?;
        let schema = self.schema_through(lens, language)?;
        let scene = drawing.scene(&chart.settings, sheet.as_ref(), &schema, self.grading()?, language, brush);
        let network = &drawing.network;
        let dated = network.nodes.iter().map(|node| (node.id, node.days));
        let dated: Vec<_> = dated.chain(network.links.iter().map(|link| (link.id, link.days))).collect();
        let spans: Vec<Span> =
            dated.iter().filter_map(|(id, days)| days.map(|(from, to)| Span { id: *id, from, to })).collect();
        let hidden = placements.iter().filter(|placement| placement.hidden).count();
        let drawn: u32 = scene.nodes.iter().map(|node| node.count).sum();
        let marking = drawing.markings(&scene).into_iter().next();
        let properties = drawing.properties();
        Ok(ChartView {
            undated: count(dated.len() - spans.len()),
            filtered: count(network.nodes.len() - hidden.min(network.nodes.len())).saturating_sub(drawn),
            hidden: count(hidden),
            chart,
            placements: drawing.placements,
            scene,
            spans,
            marking,
            properties,
        })
    }

    fn on_chart(&self, chart: ChartId) -> Result<BTreeSet<EntityId>, WorkspaceError> {
        let (_, there) = self.vault().chart(chart)?;
        self.with_known(|known| there.iter().map(|placement| known.stands(placement.entity)).collect())
    }

    /// Places for `fresh` beside those that are there.
    pub(crate) fn beside(
        &self,
        settings: &ChartSettings,
        there: &[Placement],
        fresh: &[EntityId],
    ) -> Result<Vec<Placement>, WorkspaceError> {
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        self.arranged(settings, there, fresh, &Arrangement { layout: "force".into(), ..Arrangement::default() })
    }

    /// Places for `fresh`, and for those that are there already unless there is something fresh: then they stay.
    fn arranged(
        &self,
        settings: &ChartSettings,
        there: &[Placement],
        fresh: &[EntityId],
        arrangement: &Arrangement,
    ) -> Result<Vec<Placement>, WorkspaceError> {
        let mut all = there.to_vec();
        all.extend(fresh.iter().map(|entity| Placement { entity: *entity, x: 0, y: 0, pinned: false, hidden: false }));
        if all.len() > MOST_PLACED {
            return Err(invalid("placed", &format!("a chart holds at most {MOST_PLACED} entities")));
        }
        let drawing = self.drawing(&all)?;
        let is_fresh: BTreeSet<EntityId> = fresh.iter().copied().collect();
        let beside = !is_fresh.is_empty() && !there.is_empty();
        let of: HashMap<EntityId, &Placement> =
            drawing.placements.iter().map(|placement| (placement.entity, placement)).collect();
        let nodes = &drawing.network.nodes;
        let start = nodes.iter().map(|node| {
            let placement = of.get(&node.id).filter(|_| !is_fresh.contains(&node.id))?;
            (beside || arrangement.from_here || placement.pinned)
                .then_some((f64::from(placement.x) / HUNDREDTHS, f64::from(placement.y) / HUNDREDTHS))
        });
        let fixed =
            |id: &EntityId| !is_fresh.contains(id) && (beside || of.get(id).is_some_and(|placement| placement.pinned));
        let centre = arrangement.centre.and_then(|centre| nodes.iter().position(|node| node.id == centre));
        let request = LayoutRequest {
            name: if arrangement.layout.is_empty() { "force".into() } else { arrangement.layout.clone() },
            seed: arrangement.seed,
            centre: centre.map(count),
            iterations: arrangement.iterations,
            start: start.collect(),
            pinned: nodes.iter().map(|node| fixed(&node.id)).collect(),
            extents: drawing.extents(settings),
        };
        let places = layout(&drawing.network, &request, &|_| true)?;
        let placed = nodes.iter().zip(places).filter_map(|(node, (x, y))| {
            let before = of.get(&node.id)?;
            let moved = Placement { x: hundredths(x), y: hundredths(y), ..**before };
            (!beside || is_fresh.contains(&node.id)).then_some(moved)
        });
        Ok(placed.collect())
    }
}

/// Places around a point, in rings.
fn around(entities: &[EntityId], x: i32, y: i32) -> Vec<Placement> {
    let placed = entities.iter().enumerate().map(|(place, entity)| {
        // The ring, and the place on it: one in the middle, then six more a ring.
        let (mut ring, mut on) = (0_usize, place);
        while on >= (6 * ring).max(1) {
            on -= (6 * ring).max(1);
            ring += 1;
        }
        let angle = std::f64::consts::TAU * on as f64 / (6 * ring).max(1) as f64;
        let far = BESIDE * ring as f64;
        Placement {
            entity: *entity,
            x: x.saturating_add(hundredths(far * angle.cos())),
            y: y.saturating_add(hundredths(far * angle.sin())),
            pinned: false,
            hidden: false,
        }
    });
    placed.collect()
}

fn hundredths(pixels: f64) -> i32 {
    // A number too large stops at the edge; layouts give none.
    (pixels * HUNDREDTHS).round() as i32
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Workspace {
    /// Whether a chart can have this name.
    ///
    /// # Errors
    /// When it is empty or too long.
    pub fn check_chart_name(name: &str) -> Result<(), WorkspaceError> {
        checked_name(name).map(drop)
    }
}

pub(crate) fn checked_name(name: &str) -> Result<String, WorkspaceError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(invalid("name", "a chart has a name: it is empty"));
    }
    if name.chars().count() > MAX_NAME {
        return Err(invalid("name", &format!("a chart has a name of at most {MAX_NAME} characters")));
    }
    Ok(name.to_owned())
}
