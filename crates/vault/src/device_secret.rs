//! The device secret: what one has, beside the passphrase that one knows.
//!
//! It lies in the system keychain (`keychain.rs`) or in a file on a stick. A stolen workspace folder cannot be guessed open without it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::durable;
use crate::key::Key;

const FIRST_LINE: &str = "koplamp device secret 1";

/// A device secret file has about 90 bytes; what is larger is another file.
const LARGEST_FILE: u64 = 1024;

/// 256 random bits that belong to a device or a stick. Wiped from memory when dropped; cannot be printed or serialised.
pub struct DeviceSecret(Key);

/// A device secret file that could not be read or made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeviceSecretError {
    /// No file at this path.
    #[error("there is no device secret file at {0}; is the stick in?")]
    NotFound(PathBuf),
    /// A file is there that would have been overwritten.
    #[error("{0} exists already and is not overwritten: a lost device secret does not come back")]
    Exists(PathBuf),
    /// The file is something else, or damaged.
    #[error("{0} is no device secret file of this version of the program, or it is damaged")]
    Malformed(PathBuf),
    /// The system refused.
    #[error("could not {action} the device secret file {path}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

impl DeviceSecret {
    /// A new secret from the operating system's random source.
    pub fn random() -> Self {
        Self(Key::random())
    }

    /// Reads the secret from a file.
    ///
    /// # Errors
    /// [`DeviceSecretError::NotFound`], [`DeviceSecretError::Malformed`], or [`DeviceSecretError::Io`].
    pub fn read_file(path: &Path) -> Result<Self, DeviceSecretError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => DeviceSecretError::NotFound(path.to_owned()),
            _ => DeviceSecretError::Io { action: "read", path: path.to_owned(), source },
        };
        let malformed = || DeviceSecretError::Malformed(path.to_owned());
        // A device or a pipe has no length and may have no end.
        let found = fs::metadata(path).map_err(failed)?;
        if !found.is_file() || found.len() > LARGEST_FILE {
            return Err(malformed());
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST_FILE as usize));
        File::open(path).and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes)).map_err(failed)?;
        let text = str::from_utf8(&bytes).map_err(|_| malformed())?;
        match text.lines().collect::<Vec<_>>().as_slice() {
            [FIRST_LINE, secret] => Self::from_hex(secret).ok_or_else(malformed),
            _ => Err(malformed()),
        }
    }

    /// Writes the secret to a file that must not exist, readable by its owner only; durable when this returns.
    ///
    /// # Errors
    /// [`DeviceSecretError::Exists`], or [`DeviceSecretError::Io`].
    pub fn write_file(&self, path: &Path) -> Result<(), DeviceSecretError> {
        let text = Zeroizing::new(format!("{FIRST_LINE}\n{}\n", self.to_hex().as_str()));
        let write = || {
            let mut file = durable::create_private(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            durable::sync_parent(path)
        };
        write().map_err(|source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => DeviceSecretError::Exists(path.to_owned()),
            _ => DeviceSecretError::Io { action: "write", path: path.to_owned(), source },
        })
    }

    /// The secret in the file at `path`; where there is no such file, a new secret is put in one.
    ///
    /// # Errors
    /// As [`DeviceSecret::read_file`] and [`DeviceSecret::write_file`].
    pub fn read_or_create_file(path: &Path) -> Result<Self, DeviceSecretError> {
        match Self::read_file(path) {
            Err(DeviceSecretError::NotFound(_)) => {
                let secret = Self::random();
                secret.write_file(path)?;
                Ok(secret)
            }
            other => other,
        }
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }

    pub(crate) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.expose()))
    }

    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, bytes.as_mut_slice()).ok()?;
        Some(Self(Key::from_bytes(&bytes)))
    }
}

impl fmt::Debug for DeviceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stick.secret");
        assert!(matches!(DeviceSecret::read_file(&path), Err(DeviceSecretError::NotFound(_))));
        let made = DeviceSecret::read_or_create_file(&path).unwrap();
        let read = DeviceSecret::read_or_create_file(&path).unwrap();
        assert!(made.key() == read.key());
        assert!(matches!(DeviceSecret::random().write_file(&path), Err(DeviceSecretError::Exists(_))));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_from_a_system_with_other_line_ends_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stick.secret");
        let secret = DeviceSecret::random();
        fs::write(&path, format!("{FIRST_LINE}\r\n{}\r\n", secret.to_hex().as_str())).unwrap();
        assert!(DeviceSecret::read_file(&path).unwrap().key() == secret.key());
    }

    #[test]
    fn other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let hex = "ab".repeat(32);
        let contents = [
            String::new(),
            hex.clone(),
            format!("koplamp device secret 2\n{hex}\n"),
            format!("{FIRST_LINE}\n{}\n", &hex[2..]),
            format!("{FIRST_LINE}\n{hex}ab\n"),
            format!("{FIRST_LINE}\n{hex}\nmore\n"),
            format!("{FIRST_LINE}\n{}xy\n", &hex[2..]),
            "x".repeat(1_000_000),
        ];
        for content in contents {
            fs::write(&path, &content).unwrap();
            assert!(matches!(DeviceSecret::read_file(&path), Err(DeviceSecretError::Malformed(_))), "{content:.60}");
        }
        fs::write(&path, [0xff; 100]).unwrap();
        assert!(matches!(DeviceSecret::read_file(&path), Err(DeviceSecretError::Malformed(_))));
        assert!(DeviceSecret::read_file(folder.path()).is_err());
    }

    #[test]
    fn it_does_not_show() {
        let secret = DeviceSecret::random();
        assert_eq!(format!("{secret:?}"), "DeviceSecret(..)");
    }
}
