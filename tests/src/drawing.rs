//! Random acts about entities and charts: stating, judging, merging, placing, arranging, showing differently, style sheets.

use std::fmt;

use koplamp_model::{
    Chart, ChartId, ChartSettings, Document, EntityId, Group, MergeId, Paint, Parallel, Placement, SheetChoice,
    StatementId, StyleRule, StyleSheet, StyleSheetId, SuggestionId, TypeStyle,
};
use koplamp_workspace::{
    Amendment, Arrangement, EntityQuery, Language, PassagePlace, Said, Say, Stated, Thing, Workspace, WorkspaceError,
};
use rand::RngExt;
use rand::rngs::StdRng;

use crate::seed;

/// An act to do.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is the method of the workspace of that name")]
pub enum Drawing {
    State(Stated),
    Withdraw(Vec<StatementId>),
    Amend(StatementId, Amendment),
    Merge(Vec<EntityId>),
    Unmerge(MergeId),
    Distinguish(EntityId, EntityId),
    Accept(Vec<SuggestionId>),
    Reject(Vec<SuggestionId>),
    Never(Vec<SuggestionId>),
    MakeChart(String, Vec<EntityId>),
    SetChart(ChartId, String, Box<ChartSettings>),
    Snapshot(ChartId),
    DropChart(ChartId),
    Place(ChartId, Vec<Placement>, Vec<EntityId>),
    Arrange(ChartId, String, u64),
    Grade(String),
    MakeSheet(String, Option<ChartId>),
    SetSheet(StyleSheet),
    DropSheet(StyleSheetId),
    UseSheet(SheetChoice, Option<ChartId>),
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = format!("{self:?}");
        f.write_str(whole.split(['(', '{']).next().unwrap_or_default())
    }
}

impl Drawing {
    /// An act that can be done now; none when there is nothing yet to do it to.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn choose(
        workspace: &Workspace,
        documents: &[Document],
        rng: &mut StdRng,
    ) -> Result<Option<Self>, WorkspaceError> {
        let all = EntityQuery { links: true, ..EntityQuery::default() };
        let entities = workspace.entities(&all, u32::MAX, 0)?.entities;
        let charts = workspace.charts()?;
        let things: Vec<EntityId> =
            workspace.entities(&EntityQuery::default(), u32::MAX, 0)?.entities.iter().map(|entity| entity.id).collect();
        let some = |rng: &mut StdRng, most: usize| -> Vec<EntityId> {
            (0..rng.random_range(1..=most)).map(|_| things[rng.random_range(0..things.len())]).collect()
        };
        Ok(match rng.random_range(0..100) {
            0..30 => state(workspace, documents, &things, rng)?,
            30..36 if !entities.is_empty() => {
                let entity = entities[rng.random_range(0..entities.len())].id;
                let statements = workspace.statements(entity)?;
                Some(Self::Withdraw(vec![statements[rng.random_range(0..statements.len())].fact.id]))
            }
            36..42 if !things.is_empty() => {
                let statements = workspace.statements(some(rng, 1)[0])?;
                let words = statements.iter().find(|statement| {
                    matches!(statement.fact.value, koplamp_model::Value::Text(_)) && statement.fact.property == "name"
                });
                words.map(|statement| {
                    let text = Some(format!("Anders {}", seed::word(rng, 4)));
                    Self::Amend(statement.fact.id, Amendment { text, grade: Some("B2".into()), ..Amendment::default() })
                })
            }
            42..50 if things.len() > 1 => {
                let mut chosen = some(rng, 3);
                chosen.sort_unstable();
                chosen.dedup();
                (chosen.len() > 1).then_some(Self::Merge(chosen))
            }
            50..54 if !things.is_empty() => {
                workspace.entity(some(rng, 1)[0])?.merges.first().map(|merge| Self::Unmerge(merge.id))
            }
            54..56 if things.len() > 1 => Some(Self::Distinguish(things[0], things[1])),
            56..66 => {
                let waiting = workspace.suggestions(None, 5, 0)?.suggestions;
                let ids: Vec<SuggestionId> = waiting.iter().map(|view| view.suggestion.id).collect();
                match rng.random_range(0..4) {
                    _ if ids.is_empty() => None,
                    0 => Some(Self::Reject(ids)),
                    1 => Some(Self::Never(vec![ids[0]])),
                    _ => Some(Self::Accept(ids)),
                }
            }
            66..74 if !things.is_empty() => {
                Some(Self::MakeChart(format!("Kaart {}", seed::word(rng, 4)), some(rng, 6)))
            }
            74..84 => Some(sheets(workspace, &charts, rng)?),
            84..100 if !charts.is_empty() => {
                let chart = &charts[rng.random_range(0..charts.len())];
                on_chart(workspace, chart.id, &chart.settings, &things, rng)?
            }
            _ => Some(Self::Grade(if rng.random_bool(0.7) { "admiralty" } else { "europol" }.into())),
        })
    }

    /// Does it. A judgement on what is one already, and the like, is refused, and is no act.
    ///
    /// # Errors
    /// As the method of the workspace.
    pub fn run(&self, workspace: &Workspace) -> Result<(), WorkspaceError> {
        match self {
            Self::State(stated) => workspace.state(stated).map(drop),
            Self::Withdraw(statements) => workspace.withdraw(statements).map(drop),
            Self::Amend(statement, amendment) => workspace.amend(*statement, amendment).map(drop),
            Self::Merge(entities) => workspace.merge(entities, "zelfde naam").map(drop),
            Self::Unmerge(merge) => workspace.unmerge(*merge).map(drop),
            Self::Distinguish(one, other) => workspace.distinguish(*one, *other, true).map(drop),
            Self::Accept(suggestions) => workspace.accept(suggestions, None).map(drop),
            Self::Reject(suggestions) => workspace.reject(suggestions).map(drop),
            Self::Never(suggestions) => workspace.never(suggestions).map(drop),
            Self::MakeChart(name, entities) => workspace.make_chart(name, entities).map(drop),
            Self::SetChart(chart, name, settings) => workspace.set_chart(*chart, name, settings).map(drop),
            Self::Snapshot(chart) => workspace.snapshot_chart(*chart, "Momentopname").map(drop),
            Self::DropChart(chart) => workspace.drop_chart(*chart).map(drop),
            Self::Place(chart, placed, taken) => workspace.place(*chart, placed, taken).map(drop),
            Self::Arrange(chart, layout, seed) => {
                let arrangement = Arrangement { layout: layout.clone(), seed: *seed, ..Arrangement::default() };
                let placed = workspace.arrange(*chart, &arrangement)?;
                workspace.place(*chart, &placed, &[]).map(drop)
            }
            Self::Grade(scheme) => workspace.choose_grading(scheme).map(drop),
            Self::MakeSheet(name, chart) => workspace.make_style_sheet(name, "politie", *chart).map(drop),
            Self::SetSheet(sheet) => workspace.set_style_sheet(sheet.clone()).map(drop),
            Self::DropSheet(sheet) => workspace.drop_style_sheet(*sheet).map(drop),
            Self::UseSheet(choice, chart) => workspace.use_style_sheet(*choice, *chart).map(drop),
        }
    }
}

/// A person or a link between two, most of them from a passage.
fn state(
    workspace: &Workspace,
    documents: &[Document],
    things: &[EntityId],
    rng: &mut StdRng,
) -> Result<Option<Drawing>, WorkspaceError> {
    let readable: Vec<&Document> = documents.iter().filter(|document| document.pages > 0).collect();
    let mut passage = None;
    if !readable.is_empty() && rng.random_bool(0.8) {
        let document = readable[rng.random_range(0..readable.len())].id;
        let pages = workspace.pages(document, 1, 1)?;
        let length = pages.first().map_or(0, |page| page.text.chars().count());
        if length > 4 {
            let start = rng.random_range(0..length - 3);
            let end = rng.random_range(start + 1..=length.min(start + 40));
            let place = |at| u32::try_from(at).expect("a page is short");
            passage = Some(PassagePlace { document, page: 1, start: place(start), end: place(end) });
        }
    }
    let say = |property: &str, value: Said| Say { property: property.into(), value, valid_from: None, valid_to: None };
    let named = |rng: &mut StdRng| {
        let kind = ["Person", "Company", "Vehicle"][rng.random_range(0..3)];
        let name = format!("{} {}", seed::word(rng, 3), seed::word(rng, 2));
        Thing { entity: None, kind: kind.into(), says: vec![say("name", Said::Text(name))] }
    };
    let mut list = vec![named(rng)];
    if rng.random_bool(0.6) {
        let other = match things {
            [] => Said::Thing(0),
            things => Said::Entity(things[rng.random_range(0..things.len())]),
        };
        let amount = rng.random_range(1..100_000).to_string();
        list.push(Thing {
            entity: None,
            kind: "Payment".into(),
            says: vec![
                say("payer", Said::Thing(0)),
                say("beneficiary", other),
                say("amount", Said::Text(amount)),
                say("currency", Said::Text("EUR".into())),
                say("date", Said::Text(format!("2025-{:02}-11", rng.random_range(1..13)))),
            ],
        });
    }
    let purpose = passage.is_none().then(|| "wpg-8".to_owned());
    Ok(Some(Drawing::State(Stated { passage, purpose, things: list, ..Stated::default() })))
}

/// A style sheet made, changed, dropped or chosen.
fn sheets(workspace: &Workspace, charts: &[Chart], rng: &mut StdRng) -> Result<Drawing, WorkspaceError> {
    let there = workspace.style_sheets()?;
    let chart = (!charts.is_empty() && rng.random_bool(0.6)).then(|| charts[rng.random_range(0..charts.len())].id);
    let chosen = (!there.is_empty()).then(|| there[rng.random_range(0..there.len())].sheet.clone());
    Ok(match (rng.random_range(0..6), chosen) {
        (0, Some(sheet)) => Drawing::DropSheet(sheet.id),
        (1..3, Some(mut sheet)) => {
            let kind = ["Person", "Company", "Zeppelin"][rng.random_range(0..3)];
            sheet.types.retain(|style| style.kind != kind);
            let colour = Some(Paint::Palette(rng.random_range(0..8)));
            let kind = kind.to_owned();
            sheet.types.push(TypeStyle { kind, colour, shape: None, icon: None, line: None, width: None });
            Drawing::SetSheet(sheet)
        }
        (3, Some(sheet)) => Drawing::UseSheet(SheetChoice::Sheet(sheet.id), chart),
        (4, _) => Drawing::UseSheet(SheetChoice::None, chart),
        _ => Drawing::MakeSheet(format!("Stijl {}", seed::word(rng, 4)), chart),
    })
}

fn on_chart(
    workspace: &Workspace,
    chart: ChartId,
    settings: &ChartSettings,
    things: &[EntityId],
    rng: &mut StdRng,
) -> Result<Option<Drawing>, WorkspaceError> {
    let there = workspace.chart_view(chart, Language::Nl, None, None)?.placements;
    Ok(match rng.random_range(0..10) {
        0 => Some(Drawing::DropChart(chart)),
        1 => Some(Drawing::Snapshot(chart)),
        2..5 => {
            let mut settings = settings.clone();
            match rng.random_range(0..4) {
                0 => settings.parallel = [Parallel::Auto, Parallel::Fan, Parallel::Bundle][rng.random_range(0..3)],
                1 => settings.filter.text = rng.random_bool(0.5).then(|| seed::word(rng, 1)),
                2 => settings.rules.push(StyleRule {
                    name: seed::word(rng, 4),
                    matches: koplamp_model::ChartFilter { types: vec!["Person".into()], ..Default::default() },
                    colour: Some(rng.random_range(0..8)),
                    size: Some(150),
                    shape: None,
                }),
                _ => settings.groups.push(Group {
                    name: seed::word(rng, 4),
                    entities: there.iter().take(3).map(|placement| placement.entity).collect(),
                    collapsed: rng.random_bool(0.5),
                }),
            }
            Some(Drawing::SetChart(chart, format!("Kaart {}", seed::word(rng, 4)), Box::new(settings)))
        }
        5..7 if !there.is_empty() => {
            let layout = ["force", "hierarchy", "radial", "circle", "circles", "grid", "lanes"][rng.random_range(0..7)];
            Some(Drawing::Arrange(chart, layout.into(), rng.random_range(0..5)))
        }
        _ if things.is_empty() => None,
        _ => {
            let entity = things[rng.random_range(0..things.len())];
            let mut at = || rng.random_range(-50_000..50_000);
            let (x, y) = (at(), at());
            let placed = vec![Placement { entity, x, y, pinned: rng.random_bool(0.2), hidden: rng.random_bool(0.1) }];
            let taken = there.first().map(|placement| placement.entity).filter(|taken| *taken != entity);
            Some(Drawing::Place(chart, placed, taken.filter(|_| rng.random_bool(0.3)).into_iter().collect()))
        }
    })
}
