//! ZIP archives in which nothing depends on when or where they were made.

use crate::{Result, Source, dates, render::Member};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

/// The archive of the members of `source`; each entry bears the date of its document.
///
/// # Errors
/// The archive cannot be written, as when two members have the same name.
pub fn render(source: &Source, members: &[Member]) -> Result<Vec<u8>> {
    let entries = members.iter().map(|member| Entry {
        name: member.source.name(),
        written: dos_time(member.source),
        bytes: &member.bytes,
    });
    pack(entries).map_err(|error| source.unrenderable(error))
}

pub struct Entry<'a> {
    pub name: &'a str,
    pub written: DateTime,
    pub bytes: &'a [u8],
}

/// Packs the entries in their order.
///
/// # Errors
/// Two entries have the same name.
pub fn pack<'a>(entries: impl Iterator<Item = Entry<'a>>) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(entry.written)
            .unix_permissions(0o644);
        writer.start_file(entry.name, options)?;
        writer.write_all(entry.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The local time at which the document was written, as archives note it.
pub fn dos_time(source: &Source) -> DateTime {
    let moment = dates::moment(source);
    let year = u16::try_from(moment.year()).unwrap_or_default();
    let (month, day) = (u8::from(moment.month()), moment.day());
    // Archives know no year before 1980; such a document gets the date that stands for none.
    DateTime::from_date_and_time(year, month, day, moment.hour(), moment.minute(), 0).unwrap_or(DateTime::DEFAULT)
}
