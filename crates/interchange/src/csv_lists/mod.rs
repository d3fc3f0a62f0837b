//! CSV lists of links (`source,target[,type,date,amount]`) and of entities (`id,label,type,...`), in and out.
//!
//! Separator and encoding are found out (see [`crate::read_table`]); out it is comma and UTF-8. A cell that a spreadsheet program would
//! run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and is no plain number) is written with an
//! apostrophe before it, and read without; an apostrophe of its own stays (a second one is set before it).

mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write_edges;
pub use write::{rows, write_nodes};
