//! How words that mean different things are looked for.

use clap::{Args, ValueEnum};
use koplamp_model::{ConceptId, SenseMode};
use koplamp_workspace::{SenseAsk, SwitchedOff, Unfolded};

use crate::output::Failed;

/// The senses of a query's words.
#[derive(Debug, Clone, Args)]
pub struct SenseArguments {
    /// Look for words in the sense of an organisation: only that one, also what the others call it, or all with other senses put aside
    #[arg(long)]
    sense: Option<Sense>,
    /// The organisation through whose eyes words are read (without it: the workspace's own)
    #[arg(long, requires = "sense")]
    lens: Option<String>,
    /// Let mappings that are only proposed count, too
    #[arg(long, requires = "sense")]
    proposed: bool,
    /// Look for what only has to do with a word, too
    #[arg(long, requires = "sense")]
    related: bool,
    /// Do not look for this expansion: the concept's id, a colon, the term
    #[arg(long, requires = "sense", value_name = "CONCEPT:TERM")]
    off: Vec<String>,
    /// Show what is put aside because of this sense instead: the concept's id, a colon, the word of the query
    #[arg(long, requires = "sense", value_name = "CONCEPT:WORD")]
    unfold: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sense {
    Strict,
    Bridge,
    Warn,
}

impl SenseArguments {
    /// What is asked of the workspace; none when no senses were asked for.
    pub fn ask(&self) -> Result<Option<SenseAsk>, Failed> {
        let Some(sense) = self.sense else { return Ok(None) };
        let off = self.off.iter().map(|text| {
            let (concept, term) = pair(text, "CONCEPT:TERM", "expansions")?;
            Ok(SwitchedOff { concept, term })
        });
        let unfold = self.unfold.as_ref().map(|text| -> Result<Unfolded, Failed> {
            let (concept, word) = pair(text, "CONCEPT:WORD", "folded")?;
            Ok(Unfolded { concept, word })
        });
        let mode = match sense {
            Sense::Strict => SenseMode::Strict,
            Sense::Bridge => SenseMode::Bridge,
            Sense::Warn => SenseMode::Warn,
        };
        Ok(Some(SenseAsk {
            mode,
            lens: self.lens.clone(),
            proposed: self.proposed,
            related: self.related,
            off: off.collect::<Result<_, Failed>>()?,
            unfold: unfold.transpose()?,
        }))
    }
}

/// A concept's id and what follows its colon.
fn pair(text: &str, form: &str, key: &str) -> Result<(ConceptId, String), Failed> {
    let wrong = || Failed::Usage(format!("'{text}' is not {form}, such as --json gives under {key}"));
    let (concept, said) = text.split_once(':').ok_or_else(wrong)?;
    let concept = concept.parse().map_err(|error| Failed::Usage(format!("{error}")))?;
    Ok((concept, said.to_owned()))
}
