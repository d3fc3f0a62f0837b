//! Overlays: a chart seen by who knows what.

use std::collections::BTreeSet;

use koplamp_chart::{Overlaid, Overlay, overlay};
use koplamp_model::{ChartId, EntityId, Network, Statement};

use crate::contradictions::contradictions;
use crate::{Workspace, WorkspaceError};

impl Workspace {
    /// Which entities and links of a chart, or of the whole case, an overlay picks. Kept for the auditor: it brings together what several
    /// organisations know.
    ///
    /// # Errors
    /// When the chart is not there, or nobody knows the organisation.
    pub fn overlay(&self, chart: Option<ChartId>, which: &Overlay) -> Result<Overlaid, WorkspaceError> {
        let code = |text: &str| self.known_organisation(text);
        let which = match which {
            Overlay::OnlyOne { organisation } => {
                Overlay::OnlyOne { organisation: organisation.as_deref().map(code).transpose()? }
            }
            Overlay::Without { organisation } => Overlay::Without { organisation: code(organisation)? },
            which => which.clone(),
        };
        let network = self.measured(chart, "overlay")?;
        let contradicted = match which {
            Overlay::Contradictions => self.contradicted(&network)?,
            _ => BTreeSet::new(),
        };
        Ok(overlay(&network, &which, &|entity| contradicted.contains(&entity)))
    }

    /// The entities and links of which two organisations say different things that cannot both be true.
    fn contradicted(&self, network: &Network) -> Result<BTreeSet<EntityId>, WorkspaceError> {
        let several = |organisations: &[String]| organisations.len() > 1;
        let nodes = network.nodes.iter().filter(|node| several(&node.organisations)).map(|node| (node.id, &node.kind));
        let links = network.links.iter().filter(|link| several(&link.organisations)).map(|link| (link.id, &link.kind));
        let mut found = BTreeSet::new();
        for (entity, kind) in nodes.chain(links) {
            let statements = self.vault().statements_of(&self.vault().one_with(entity)?.1)?;
            let between = contradictions(kind, &statements).into_iter().any(|contradiction| {
                let by: BTreeSet<BTreeSet<&str>> = contradiction
                    .values
                    .iter()
                    .map(|(_, ids)| {
                        let said = |statement: &&Statement| ids.contains(&statement.fact.id);
                        statements.iter().filter(said).map(|one| one.standing.organisation.as_str()).collect()
                    })
                    .collect();
                // Two values that the same organisations say are a contradiction of their own, not one between organisations.
                by.len() > 1
            });
            if between {
                found.insert(entity);
            }
        }
        Ok(found)
    }
}
