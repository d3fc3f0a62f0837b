//! What can be said of charts, and of other programs' files.

use std::path::PathBuf;

use clap::Subcommand;

use super::LabelArguments;

/// What `chart` can do.
#[derive(Debug, Subcommand)]
pub enum ChartAct {
    /// List the charts
    List,
    /// Make a chart of these entities, or of everything
    New {
        /// Its name
        name: String,
        /// The entities (ids or names); none are all
        entities: Vec<String>,
    },
    /// Measure a chart, or the whole case
    Measures {
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// How parallel links are read: merge or count
        #[arg(long, default_value = "merge", value_parser = ["merge", "count"])]
        parallel: String,
        /// Directed links go one way only
        #[arg(long)]
        directed: bool,
    },
    /// Find paths between two entities: all shortest ones, or the k shortest
    Paths {
        /// Where they begin (id or name)
        from: String,
        /// Where they end (id or name)
        to: String,
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// So many, the shortest first
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        k: Option<u32>,
        /// Only through links of this type; may be given more than once
        #[arg(long = "type", value_name = "TYPE")]
        kinds: Vec<String>,
        /// Directed links go one way only
        #[arg(long)]
        directed: bool,
        /// Dates may not go back along the path
        #[arg(long)]
        time_ordered: bool,
        /// Most days between dated links that follow each other
        #[arg(long, value_name = "DAYS", allow_hyphen_values = true, value_parser = days)]
        max_gap: Option<u32>,
        /// Least amount of each link
        #[arg(long, value_name = "X", allow_hyphen_values = true, value_parser = amount)]
        min_amount: Option<f64>,
    },
    /// Find the entities without which a chart falls apart most
    Keyplayers {
        /// How many
        #[arg(long)]
        k: usize,
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// Only entities of this type; may be given more than once
        #[arg(long = "type", value_name = "TYPE")]
        kinds: Vec<String>,
    },
    /// Rank people and organisations by how much they hold a chart together, with the reasons
    Brokers {
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
    },
    /// See a chart by who knows what
    Overlay {
        /// Where organisations meet or contradict each other, what only one knows, or what remains without one
        #[arg(value_parser = ["meetings", "contradictions", "only-one", "without"])]
        overlay: String,
        /// The organisation: for `only-one` it may be left out, for `without` it may not
        #[arg(long)]
        organisation: Option<String>,
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
    },
    /// Say where everything would stand, without moving anything
    Layout {
        /// The layout: force, hierarchy, radial, circle, circles, grid, lanes
        #[arg(long)]
        name: String,
        /// The same seed gives the same picture
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
    },
}

fn days(text: &str) -> Result<u32, String> {
    text.trim().parse().map_err(|_| format!("a whole number of days is expected, 0 to {}", u32::MAX))
}

fn amount(text: &str) -> Result<f64, String> {
    let amount = text.trim().parse().ok().filter(|amount: &f64| amount.is_finite() && *amount >= 0.0);
    amount.ok_or_else(|| "an amount is expected, 0 or more, as 1234.56".to_owned())
}

/// What `interchange` can do.
#[derive(Debug, Subcommand)]
pub enum InterchangeAct {
    /// Take in a file of another program
    Import {
        /// The file
        file: PathBuf,
        /// Its format: ftm, graphml, gexf, csv, anx; guessed when it is not given
        #[arg(long)]
        format: Option<String>,
        /// Put what comes in on the chart of this name; it is made when there is none
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// The labels
        #[command(flatten)]
        labels: LabelArguments,
    },
    /// Write a chart, or the whole case, as a file of another program
    Export {
        /// The file
        #[arg(value_parser = super::written)]
        file: PathBuf,
        /// Its format: ftm, graphml, gexf, csv
        #[arg(long)]
        format: String,
        /// The chart's name or id; none is the whole case
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// Replace the file when there is one
        #[arg(long)]
        overwrite: bool,
    },
    /// Take in a table (CSV, XLSX): its rows become entities and links by a mapping
    Table {
        /// The file
        file: PathBuf,
        /// The mapping: the name of a saved one, or a JSON file; none is guessed from the names of the columns
        #[arg(long, value_name = "NAME|FILE")]
        mapping: Option<String>,
        /// Only say what would come in
        #[arg(long)]
        dry_run: bool,
        /// Keep the mapping under this name
        #[arg(long, value_name = "NAME")]
        save: Option<String>,
        /// Put what comes in on the chart of this name; it is made when there is none
        #[arg(long, value_name = "NAME")]
        chart: Option<String>,
        /// The labels
        #[command(flatten)]
        labels: LabelArguments,
    },
}
