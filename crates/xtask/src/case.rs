//! How the files of the demo case are delivered: the little that this program reads of `resources/demo-case/case.toml`.
//!
//! A parser of all of TOML would take longer to compile than the rest of this program; anything that is not a table `[[delivery]]`
//! or a line `key = "text"` is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What one organisation handed over.
#[derive(Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Code of the organisation.
    pub organisation: String,
    /// Folder of the rendered files.
    pub folder: String,
    /// The system or person that they came from.
    pub source: String,
    /// Code of the purpose.
    pub purpose: String,
    /// Code of the marking.
    pub marking: String,
}

/// A case.
#[derive(Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// One for each organisation.
    pub deliveries: Vec<Delivery>,
}

/// Reads `case.toml`.
///
/// # Errors
/// It cannot be read, or says something else than is understood here; with the line.
pub fn read(path: &Path) -> Result<Case> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    parse(&text).with_context(|| format!("could not read {}", path.display()))
}

fn parse(text: &str) -> Result<Case> {
    let mut tables = vec![Keys::default()];
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "[[delivery]]" {
            tables.push(Keys::default());
        } else if let (Some((key, value)), Some(table)) = (key_and_text(line), tables.last_mut()) {
            table.0.insert(key.into(), value.into());
        } else {
            bail!("line {number} is neither [[delivery]] nor key = \"text\": {line}");
        }
    }
    let mut tables = tables.into_iter();
    let name = tables.next().unwrap_or_default().take("name")?;
    let deliveries = tables.map(|mut keys| {
        Ok(Delivery {
            organisation: keys.take("organisation")?,
            folder: keys.take("folder")?,
            source: keys.take("source")?,
            purpose: keys.take("purpose")?,
            marking: keys.take("marking")?,
        })
    });
    Ok(Case { name, deliveries: deliveries.collect::<Result<_>>()? })
}

fn key_and_text(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let text = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains(['"', '\\'])).then_some((key.trim(), text))
}

/// Keys of one table.
#[derive(Default)]
struct Keys(BTreeMap<String, String>);

impl Keys {
    fn take(&mut self, key: &str) -> Result<String> {
        self.0.remove(key).with_context(|| format!("'{key}' is missing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_the_repository_is_understood() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let case = read(&root.join("resources/demo-case/case.toml")).unwrap();
        assert_eq!(case.deliveries.len(), 6, "one for each organisation");
    }

    #[test]
    fn keys_belong_to_the_delivery_above_them() {
        let delivery = "[[delivery]]\norganisation = \"om\"\nfolder = \"a\"\nsource = \"b, = #c\"\npurpose=\"d\"\nmarking = \"e\"\n";
        let case = parse(&format!("# why\nname = \"N\"\n\n{delivery}")).unwrap();
        assert_eq!(case.name, "N");
        assert_eq!(case.deliveries.first().map(|delivery| delivery.source.as_str()), Some("b, = #c"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, said) in [
            ("name = 'N'", "line 1"),
            ("name = \"a\\\"b\"", "line 1"),
            ("name = \"N\"\n[other]", "line 2"),
            ("name = \"N\"\n[[delivery]]\nfolder = \"a\"", "'organisation' is missing"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
