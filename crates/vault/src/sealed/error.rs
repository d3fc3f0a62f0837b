use std::io;

/// What went wrong with an encrypted file. Names are the logical ones, which do not show on disk.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealedError {
    /// No file of this name.
    #[error("the encrypted file '{name}' is not there")]
    NotFound {
        /// The file.
        name: String,
    },
    /// A file of this name is there already, and is not to be overwritten.
    #[error("the encrypted file '{name}' is there already")]
    AlreadyExists {
        /// The file.
        name: String,
    },
    /// The file is not what was written: damaged, cut short, exchanged, or written with another key.
    #[error("the encrypted file '{name}' is damaged: {what}")]
    Damaged {
        /// The file.
        name: String,
        /// Where it differs.
        what: Damage,
    },
    /// The file was written by a newer version of the program.
    #[error(
        "the encrypted file '{name}' has format version {version}, which this version of the program does not know"
    )]
    UnsupportedVersion {
        /// The file.
        name: String,
        /// The version found.
        version: u8,
    },
    /// Asked for bytes that the file does not have.
    #[error("the encrypted file '{name}' has {length} bytes; bytes {start} to {end} were asked for")]
    OutOfRange {
        /// The file.
        name: String,
        /// First byte asked for.
        start: u64,
        /// The byte after the last one asked for.
        end: u64,
        /// Bytes in the file.
        length: u64,
    },
    /// The system refused.
    #[error("the encrypted file '{name}' could not be {action}: {source}")]
    Io {
        /// The file.
        name: String,
        /// What was tried: "read", "written", ...
        action: &'static str,
        /// The system's reason.
        source: io::Error,
    },
}

/// Where a file differs from what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// Its first bytes.
    #[error("it does not begin as an encrypted file")]
    Header,
    /// Its last bytes, which hold the length; also with another key or under another name.
    #[error("its end does not match its key and name")]
    Trailer,
    /// Its length.
    #[error("it is longer or shorter than it was")]
    Length,
    /// A page.
    #[error("page {0} is not what was written")]
    Page(u64),
    /// What it holds does not have the expected form, though it is authentic.
    #[error("its content does not have the expected form")]
    Content,
}

impl SealedError {
    pub(crate) fn io(name: &str, action: &'static str, source: io::Error) -> Self {
        let name = name.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { name },
            io::ErrorKind::AlreadyExists => Self::AlreadyExists { name },
            _ => Self::Io { name, action, source },
        }
    }

    pub(crate) fn damaged(name: &str, what: Damage) -> Self {
        Self::Damaged { name: name.to_owned(), what }
    }
}

impl From<SealedError> for io::Error {
    /// For traits that want an `io::Error`; the sealed error is inside.
    fn from(error: SealedError) -> Self {
        let kind = match &error {
            SealedError::NotFound { .. } => io::ErrorKind::NotFound,
            SealedError::AlreadyExists { .. } => io::ErrorKind::AlreadyExists,
            SealedError::Damaged { .. } | SealedError::UnsupportedVersion { .. } => io::ErrorKind::InvalidData,
            SealedError::OutOfRange { .. } => io::ErrorKind::UnexpectedEof,
            SealedError::Io { source, .. } => source.kind(),
        };
        io::Error::new(kind, error)
    }
}
