//! GraphML in and out.
//!
//! Facts about the format: its XML schema 1.1 (<http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd>); of yEd's additions, files that
//! yEd writes. Visual properties other than the place, ports and hyperedges are left out.

mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;
