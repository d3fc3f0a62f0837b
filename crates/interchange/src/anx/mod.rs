//! i2 Analyst's Notebook Exchange (ANX) in.
//!
//! The format's own schema is not public. What is known of it here comes from programs that write files which Analyst's Notebook
//! opens: `anxwritter` (its builder and its reference of attributes), the Analyst's Notebook export of Lumify
//! (`io.lumify.analystsNotebook.model`), SnagL and ApertureJS; the test files were written by hand from these facts:
//!
//! - `Chart` has `EntityTypeCollection/EntityType` and `LinkTypeCollection/LinkType` (`Id`, `Name`),
//!   `AttributeClassCollection/AttributeClass` (`Id`, `Name`, `Type` of `AttText`, `AttNumber`, `AttTime`, `AttFlag`), and
//!   `ChartItemCollection/ChartItem`.
//! - A `ChartItem` has `Label`, `Description`, `XPosition`, `DateTime` with `DateSet` and `TimeSet`, `SourceReference`, `SourceType`, and
//!   `AttributeCollection/Attribute` (`AttributeClass` or `AttributeClassReference`, `Value`).
//! - An entity is `End` (`X`, `Y`) with `Entity` (`EntityId`, `Identity`) with a representation (`Icon/IconStyle`,
//!   `TextBlock/TextBlockStyle`, `Event/EventStyle`, `Theme/ThemeStyle`, ...) whose style has `Type` or `EntityTypeReference`.
//! - A link is `Link` with `End1Id` and `End2Id` (an `EntityId`), or `End1Reference` and `End2Reference` (the `Id` of the chart item), and
//!   `LinkStyle` with `Type` or `LinkTypeReference`, `ArrowStyle` (`ArrowNone`, `ArrowOnHead`, `ArrowOnTail`, `ArrowOnBoth`), `Strength`.
//! - `CardCollection/Card` has `Summary` and `Text`.

mod item;
mod read;

pub(crate) use read::read;
