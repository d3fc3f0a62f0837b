//! GEXF in (1.1 to 1.3) and out (1.2).
//!
//! Facts about the format: the primer and XML schemas at <https://gexf.net>. Visual properties other than the place are left out.

mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;
