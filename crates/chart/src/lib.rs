//! Charts of Koplamp: graph, measures, paths, layouts, filters, and the scene that is drawn.

mod brokers;
mod colours;
mod fragments;
mod graph;
mod key_players;
mod measures;
mod overlay;
mod paths;
#[cfg(test)]
mod testing;
mod watch;

pub use brokers::{Broker, BrokerParts, BrokerReason, brokers};
pub use colours::{Concern, Ground, Vision, concerns};
pub use graph::{Convention, Graph, ParallelLinks};
pub use key_players::{KeyPlayerMethod, KeyPlayers, KeySet, key_players};
pub use measures::{
    Betweenness, BetweennessMethod, Bridging, Closeness, CommunityMethod, EigenvectorScale, EntityMeasures, Join,
    LinkMeasures, MeasureConvention, MeasureOptions, Measures, Normalised, SelfLoops, betweenness, measure,
    measure_with,
};
pub use overlay::{Meeting, Overlaid, Overlay, overlay};
pub use paths::{FoundPath, PathError, PathLimit, PathRequest, PathsFound, paths};
pub use watch::{Cancelled, Watch};

mod filter;
mod layout;
mod scene;

pub use filter::{Details, Matches, Sight, day};
pub use layout::{
    Axes, Extent, Force, LAYOUTS, LEASH, LINK_LENGTH, LayoutError, LayoutInfo, LayoutRequest, first_day, layout,
    remove_overlaps,
};
pub use scene::{
    Attributes, LINE, LINK_FONT, Language, NODE_FONT, RADIUS, SceneRequest, caption, extents, node_extent, reach,
    scene, text_width,
};
