//! Nodes and links, which GraphML, GEXF, CSV and ANX all have, to drafts and back.

mod read;
mod write;

pub(crate) use read::{GraphReader, RawLink, RawNode};
pub(crate) use write::{OutNode, lay_out, numeric};

/// Of a link whose direction is another than its type has: `true` or `false`.
pub(crate) const DIRECTED: &str = "directed";
/// Which properties hold the ends of a link whose type the schema does not have.
pub(crate) const SOURCE_PROPERTY: &str = "sourceProperty";
/// See [`SOURCE_PROPERTY`].
pub(crate) const TARGET_PROPERTY: &str = "targetProperty";

/// Of a link that goes no way, in a file whose other links do: networkx opens no file in which both are marked as such.
pub(crate) const UNDIRECTED: &str = "undirected";

/// Names of attributes that mean something of their own, in any case of letters. A property of such a name is written with
/// [`PROPERTY`] before it.
const RESERVED: [&str; 17] = [
    "id",
    "label",
    "type",
    "kind",
    "x",
    "y",
    "source",
    "target",
    "start",
    "end",
    "source_label",
    "target_label",
    "source_type",
    "target_type",
    "sourceproperty",
    "targetproperty",
    "undirected",
];
/// Stands before a property's name that would be misread.
const PROPERTY: &str = "property:";

/// The name of a property as an attribute.
fn attribute_name(property: &str) -> String {
    let plain = property.trim().to_lowercase();
    if RESERVED.contains(&plain.as_str()) || plain.starts_with(PROPERTY) || plain != property.to_lowercase() {
        format!("{PROPERTY}{property}")
    } else {
        property.to_owned()
    }
}

/// The opposite of [`attribute_name`].
fn property_name(attribute: &str) -> &str {
    attribute.strip_prefix(PROPERTY).unwrap_or(attribute)
}
