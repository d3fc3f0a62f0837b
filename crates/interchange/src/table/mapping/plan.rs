//! A mapping, made ready: columns by their places, properties with what the schema says of them.

use koplamp_model::{MappedProperty, Mapping, PropertyKind, Reversal, Schema};

use crate::InterchangeError;
use crate::table::amount::Decimals;
use crate::table::{Table, TableKind};

/// A mapping made ready for one table.
pub(super) struct Plan {
    pub entities: Vec<PlannedEntity>,
    pub links: Vec<PlannedLink>,
}

pub(super) struct PlannedEntity {
    pub kind: String,
    pub key: Vec<KeyColumn>,
    pub properties: Vec<PlannedProperty>,
}

pub(super) struct PlannedLink {
    pub kind: String,
    pub key: Vec<KeyColumn>,
    /// Places in the entities of the plan.
    pub source: usize,
    pub target: usize,
    /// Their names in the mapping, for reasons and keys.
    pub names: (String, String),
    /// The properties that hold the ends.
    pub ends: (String, String),
    pub reversed: Option<(usize, Vec<String>)>,
    pub properties: Vec<PlannedProperty>,
}

/// A column that tells one from another.
pub(super) struct KeyColumn {
    pub column: usize,
    /// Whether it holds an identifier, of which spaces, dashes and points do not count, nor the case of letters.
    pub is_identifier: bool,
}

pub(super) struct PlannedProperty {
    pub property: String,
    pub column: usize,
    /// The column's name, for reasons.
    pub name: String,
    pub kind: PropertyKind,
    pub decimals: Decimals,
}

impl Plan {
    pub fn new(table: &Table, mapping: &Mapping, schema: &Schema) -> Result<Self, InterchangeError> {
        let column = |name: &String| {
            table.column(name).ok_or_else(|| InterchangeError::Mapping { what: "column", name: name.clone() })
        };
        let planned = |kind: &str, properties: &[MappedProperty]| -> Result<Vec<PlannedProperty>, InterchangeError> {
            properties
                .iter()
                .map(|mapped| {
                    let column = column(&mapped.column)?;
                    let known = schema.property(kind, &mapped.property).map_or(PropertyKind::Text, |known| known.kind);
                    let decimals = match known {
                        PropertyKind::Amount | PropertyKind::Number => decimals(table, column),
                        _ => Decimals::Unknown,
                    };
                    let (property, name) = (mapped.property.clone(), mapped.column.clone());
                    Ok(PlannedProperty { property, column, name, kind: known, decimals })
                })
                .collect()
        };
        let keys = |names: &[String], properties: &[PlannedProperty]| -> Result<Vec<KeyColumn>, InterchangeError> {
            let key = |name| {
                let column = column(name)?;
                let is_identifier = properties.iter().any(|property| {
                    let kinds = [PropertyKind::Identifier, PropertyKind::Phone, PropertyKind::Email];
                    property.column == column && kinds.contains(&property.kind)
                });
                Ok(KeyColumn { column, is_identifier })
            };
            names.iter().map(key).collect()
        };
        let mut entities = Vec::new();
        for mapped in &mapping.entities {
            let properties = planned(&mapped.kind, &mapped.properties)?;
            let key = keys(&mapped.key, &properties)?;
            entities.push(PlannedEntity { kind: mapped.kind.clone(), key, properties });
        }
        let place = |name: &String| {
            let place = mapping.entities.iter().position(|entity| entity.name == *name);
            place.ok_or_else(|| InterchangeError::Mapping { what: "entity", name: name.clone() })
        };
        let mut links = Vec::new();
        for mapped in &mapping.links {
            let properties = planned(&mapped.kind, &mapped.properties)?;
            let ends = schema
                .ends(&mapped.kind)
                .map_or(("subject".to_owned(), "object".to_owned()), |ends| (ends.source.clone(), ends.target.clone()));
            let reversed = match &mapped.reversed {
                Some(Reversal { column: name, values }) => Some((column(name)?, values.clone())),
                None => None,
            };
            links.push(PlannedLink {
                kind: mapped.kind.clone(),
                key: keys(&mapped.key, &properties)?,
                source: place(&mapped.source)?,
                target: place(&mapped.target)?,
                names: (mapped.source.clone(), mapped.target.clone()),
                ends,
                reversed,
                properties,
            });
        }
        Ok(Self { entities, links })
    }
}

/// How a column writes its decimals. Numbers of a sheet have a point.
fn decimals(table: &Table, column: usize) -> Decimals {
    match Decimals::of(table.rows().map(|row| row.cell(column))) {
        Decimals::Unknown if table.kind() == TableKind::Xlsx => Decimals::Point,
        found => found,
    }
}
