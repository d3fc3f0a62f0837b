//! ZIP archives: their members become documents of their own.

use std::io::{self, Cursor, Read};

use koplamp_model::{Failure, Kind, Reason};
use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

use super::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, Reader, Source, attachment, display_name, text_pages};
use crate::encoding;
use crate::reading::{Attachment, Reading, failure};

/// A ZIP archive.
pub(super) struct Zip;

impl Reader for Zip {
    fn kind(&self) -> Kind {
        Kind::Zip
    }

    /// The text is the list of members, so that a member is found by its name even if it cannot be read.
    fn read(&self, source: &Source<'_>) -> Result<Reading, Failure> {
        let mut unpacked = Unpacked { room: MAX_ATTACHMENT_BYTES, ..Unpacked::default() };
        match ZipArchive::new(Cursor::new(source.bytes)) {
            Ok(archive) => unpacked.members(archive),
            Err(_) => unpacked.salvage(source.bytes),
        }
        if unpacked.cut_short && unpacked.list.is_empty() {
            return Err(failure(
                Reason::Damaged,
                "The archive has no readable table of contents, nor any readable file.",
            ));
        }
        let mut list = unpacked.list.join("\n");
        list.push('\n');
        let mut reading = Reading::of_pages(Kind::Zip, text_pages(&list));
        reading.failure = unpacked.failure();
        reading.attachments = unpacked.files;
        Ok(reading)
    }
}

/// What came out, and what did not.
#[derive(Default)]
struct Unpacked {
    files: Vec<Attachment>,
    list: Vec<String>,
    /// Bytes that may still come out.
    room: usize,
    encrypted: usize,
    damaged: usize,
    unsupported: usize,
    /// Members for which there was no room.
    left_out: usize,
    /// The table of contents, at the end of an archive, is gone.
    cut_short: bool,
}

impl Unpacked {
    fn members(&mut self, mut archive: ZipArchive<Cursor<&[u8]>>) {
        for index in 0..archive.len() {
            if self.list.len() >= MAX_ATTACHMENTS {
                self.left_out += archive.len() - index;
                break;
            }
            self.member(&mut archive, index);
        }
    }

    /// The members from the start of an archive without its end, as far as they go.
    fn salvage(&mut self, mut bytes: &[u8]) {
        self.cut_short = true;
        while let Ok(Some(member)) = read_zipfile_from_stream(&mut bytes) {
            if self.list.len() >= MAX_ATTACHMENTS {
                break;
            }
            let name = name(&member);
            if !member.is_dir() && !is_of_the_system(&name) {
                let number = self.list.len() + 1;
                let name = display_name(&name, number);
                self.list.push(name.clone());
                self.unpack(&name, number, member);
            }
        }
    }

    fn member(&mut self, archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) {
        // Without unpacking, so that the name is known even if the rest is damaged.
        let (name, encrypted) = match archive.by_index_raw(index) {
            Ok(member) if member.is_dir() => return,
            Ok(member) => (name(&member), member.encrypted()),
            Err(_) => return self.damaged += 1,
        };
        if is_of_the_system(&name) {
            return;
        }
        let name = display_name(&name, index + 1);
        self.list.push(name.clone());
        if encrypted {
            return self.encrypted += 1;
        }
        match archive.by_index(index) {
            Ok(member) => self.unpack(&name, index + 1, member),
            Err(
                zip::result::ZipError::CompressionMethodNotSupported(_) | zip::result::ZipError::UnsupportedArchive(_),
            ) => {
                self.unsupported += 1;
            }
            Err(_) => self.damaged += 1,
        }
    }

    fn unpack(&mut self, name: &str, number: usize, member: impl Read) {
        // The size that the archive states is not believed.
        let mut bytes = Vec::new();
        match member.take(self.room as u64 + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() > self.room => self.left_out += 1,
            Ok(_) => {
                self.room -= bytes.len();
                self.files.push(attachment(name, number, bytes));
            }
            // No memory is no damage; the process that runs this reader then says so.
            Err(error) if error.kind() == io::ErrorKind::OutOfMemory => self.left_out += 1,
            Err(_) => self.damaged += 1,
        }
    }

    fn failure(&self) -> Option<Failure> {
        let total = self.list.len().max(1);
        let counts = [
            (self.left_out, Reason::TooLarge, "did not fit"),
            (self.encrypted, Reason::Encrypted, "need a password"),
            (self.damaged, Reason::Damaged, "are damaged"),
            (self.unsupported, Reason::Unsupported, "are packed in a way that cannot be read"),
        ];
        if self.cut_short {
            let saved = self.files.len();
            return Some(failure(
                Reason::Damaged,
                format!("The archive is cut short: {saved} files could be saved from it."),
            ));
        }
        let (_, reason, _) = *counts.iter().find(|(count, _, _)| *count > 0)?;
        let parts: Vec<String> = counts
            .iter()
            .filter(|(count, _, _)| *count > 0)
            .map(|(count, _, what)| format!("{count} {what}"))
            .collect();
        Some(failure(reason, format!("Of {total} files in the archive {}.", parts.join(", "))))
    }
}

/// What the archiver of one system adds for itself.
fn is_of_the_system(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part == ".DS_Store")
}

/// The bytes of the member with this name, at most `limit` of them, as many as can be had from a damaged archive.
pub(super) fn first_part(bytes: &[u8], wanted: &str, limit: u64) -> Option<Vec<u8>> {
    // What was unpacked before an error is kept.
    let unpack = |member: &mut dyn Read| {
        let mut part = Vec::new();
        let _ = member.take(limit).read_to_end(&mut part);
        part
    };
    if let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) {
        return archive.by_name(wanted).ok().map(|mut member| unpack(&mut member));
    }
    let mut rest = bytes;
    while let Ok(Some(mut member)) = read_zipfile_from_stream(&mut rest) {
        if name(&member) == wanted {
            return Some(unpack(&mut member));
        }
    }
    None
}

/// The name as the archive gives it. Archivers that do not mark it as UTF-8 write it in the encoding of their system.
fn name<R: Read + ?Sized>(member: &ZipFile<'_, R>) -> String {
    member.name().map_or_else(|_| encoding::decode(member.name_raw(), None), |name| name.into_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            if name.ends_with('/') {
                writer.add_directory(*name, SimpleFileOptions::default()).expect("added");
            } else {
                writer.start_file(*name, SimpleFileOptions::default()).expect("started");
                writer.write_all(bytes).expect("written");
            }
        }
        writer.finish().expect("finished").into_inner()
    }

    fn read(bytes: &[u8]) -> Reading {
        Zip.read(&Source { name: "a.zip", bytes }).expect("reads")
    }

    #[test]
    fn members_in_their_order() {
        let members: [(&str, &[u8]); 5] = [
            ("map/", b""),
            ("map/één.txt", b"1"),
            ("__MACOSX/._x", b"2"),
            ("../../etc/passwd", b"3"),
            ("map/leeg", b""),
        ];
        let reading = read(&archive(&members));
        let files: Vec<(&str, &[u8])> =
            reading.attachments.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
        assert_eq!(files, [("map/één.txt", &b"1"[..]), ("etc/passwd", b"3"), ("map/leeg", b"")]);
        assert_eq!(reading.pages[0].text, "map/één.txt\netc/passwd\nmap/leeg\n");
        assert_eq!(reading.failure, None);
    }

    #[test]
    fn a_damaged_member_costs_only_itself() {
        let mut bytes = archive(&[("a.txt", &b"abcdefgh".repeat(100)), ("b.txt", b"heel")]);
        // The first byte of the first member's data.
        bytes[30 + 5] ^= 0xff;
        let reading = read(&bytes);
        assert_eq!(reading.attachments.len(), 1);
        assert_eq!(reading.failure.map(|failure| failure.reason), Some(Reason::Damaged));
        assert_eq!(reading.pages[0].text, "a.txt\nb.txt\n");
    }

    #[test]
    fn an_archive_cut_short_gives_what_it_holds() {
        let bytes = archive(&[("a.txt", b"heel"), ("b.txt", &b"abcdefgh".repeat(1000)), ("c.txt", b"weg")]);
        let second = bytes.windows(5).position(|window| window == b"b.txt").expect("its header");
        let reading = read(&bytes[..second + 10]);
        assert_eq!(reading.attachments.len(), 1);
        assert_eq!(reading.failure.map(|failure| failure.reason), Some(Reason::Damaged));
        assert_eq!(reading.pages[0].text, "a.txt\nb.txt\n");
        assert!(Zip.read(&Source { name: "a.zip", bytes: b"PK\x03\x04rubbish" }).is_err());
    }

    #[test]
    fn a_locked_member_is_told() {
        let mut bytes = archive(&[("a.txt", b"geheim")]);
        // Bit 0 of the flags, in the local and in the central header.
        bytes[6] |= 1;
        let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a central header");
        bytes[central + 8] |= 1;
        let reading = read(&bytes);
        assert_eq!(reading.failure.map(|failure| failure.reason), Some(Reason::Encrypted));
        assert_eq!((reading.attachments.len(), reading.pages[0].text.as_str()), (0, "a.txt\n"));
    }
}
