//! What can be said of style sheets.

use std::path::PathBuf;

use clap::Subcommand;

/// What `style` can do.
#[derive(Debug, Subcommand)]
pub enum StyleAct {
    /// List the style sheets, and what is to be said of their colours
    List,
    /// Take in the file of a style sheet; one of the same name of the same organisation says then what the file says
    Import {
        /// The file (JSON)
        file: PathBuf,
    },
    /// Write a style sheet to a file, to hand it to others
    Export {
        /// Its name or id
        name: String,
        /// The file
        #[arg(value_parser = super::written)]
        file: PathBuf,
        /// Replace the file when there is one
        #[arg(long)]
        overwrite: bool,
    },
    /// Have a chart use a style sheet, or, without --chart, all charts that name none
    Use {
        /// Its name or id
        #[arg(required_unless_present_any = ["none", "workspace"], conflicts_with_all = ["none", "workspace"])]
        name: Option<String>,
        /// The chart's name or id; none is the workspace
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// Use none: types look as the schema has them
        #[arg(long, conflicts_with = "workspace")]
        none: bool,
        /// Use the one of the workspace again
        #[arg(long, requires = "chart")]
        workspace: bool,
    },
    /// Drop a style sheet
    Drop {
        /// Its name or id
        name: String,
    },
}
