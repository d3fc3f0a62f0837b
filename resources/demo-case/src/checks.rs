//! Whether the sources of a case fit together.

use crate::{DemoCase, Kind, Result, Source, organisations};
use std::collections::{HashMap, HashSet};

/// # Errors
/// The first source that contradicts another one, or that the renderers could not follow.
pub fn check(case: &DemoCase) -> Result<()> {
    let mut by_file = HashMap::new();
    for source in &case.documents {
        check_alone(case, source)?;
        if let Some(other) = by_file.insert(source.file.as_str(), source) {
            return Err(source.error("file", format!("{} has the same `file`", other.path.display())));
        }
    }
    let mut carried = HashSet::new();
    for source in &case.documents {
        for member in &source.members {
            let Some(inner) = by_file.get(member.as_str()) else {
                return Err(source.error(members_key(source), format!("no source has `file = \"{member}\"`")));
            };
            carried.insert(inner.file.as_str());
        }
        check_depth(source, &by_file, &mut Vec::new())?;
    }
    match case.documents.iter().find(|source| source.attached_only && !carried.contains(source.file.as_str())) {
        Some(lost) => Err(lost.error("attached_only", "no mail or archive carries this document")),
        None => Ok(()),
    }
}

fn check_alone(case: &DemoCase, source: &Source) -> Result<()> {
    if !organisations::CODES.contains(&source.organisation.as_str()) {
        return Err(source.error("organisation", format!("must be one of {}", organisations::CODES.join(", "))));
    }
    let Some(delivery) = case.deliveries.iter().find(|delivery| delivery.organisation == source.organisation) else {
        return Err(source.error("organisation", format!("case.toml has no delivery of {}", source.organisation)));
    };
    // The file is written below a folder of the caller's choice and must stay there.
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
    if !source.file.split('/').all(plain) {
        return Err(source.error("file", "must be a relative path with `/` and without `.` and `..`"));
    }
    if !source.attached_only && !std::path::Path::new(&source.file).starts_with(&delivery.folder) {
        let folder = delivery.folder.display();
        return Err(source.error("file", format!("must lie in `{folder}`, the folder of the delivery")));
    }
    if source.kind == Kind::Eml && (source.from.is_none() || source.to.is_empty()) {
        return Err(source.error("file", "a mail needs `from` and `to`"));
    }
    if !source.members.is_empty() && !matches!(source.kind, Kind::Eml | Kind::Zip) {
        return Err(source.error(members_key(source), "only a mail or an archive carries other documents"));
    }
    if source.kind == Kind::Zip && source.members.is_empty() {
        return Err(source.error("file", "an archive needs `members`"));
    }
    if source.encoding != encoding_rs::UTF_8 && !matches!(source.kind, Kind::Csv | Kind::Txt) {
        return Err(source.error("encoding", "only csv and txt have an encoding"));
    }
    Ok(())
}

/// Mails within archives within mails are fine, a document that carries itself is not.
fn check_depth<'a>(at: &'a Source, by_file: &HashMap<&str, &'a Source>, within: &mut Vec<&'a str>) -> Result<()> {
    if within.contains(&at.file.as_str()) {
        return Err(at.error(members_key(at), "the document carries itself"));
    }
    within.push(&at.file);
    for inner in at.members.iter().filter_map(|member| by_file.get(member.as_str())) {
        check_depth(inner, by_file, within)?;
    }
    within.pop();
    Ok(())
}

fn members_key(source: &Source) -> &'static str {
    if source.kind == Kind::Zip { "members" } else { "attachments" }
}
