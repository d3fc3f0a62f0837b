//! The one way out of the vault: files in the clear, outside every workspace.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use koplamp_model::Audit;

use super::{HEADER, Vault};
use crate::durable::Replacement;
use crate::{Header, VaultError};

impl Vault {
    /// Writes files that leave the workspace, in the clear, and keeps for the auditor that they did: all of them, or none. Each is written under a
    /// temporary name beside its target and put in its place when all are whole, so that half an export never takes the place of a file.
    ///
    /// # Errors
    /// Before anything is written or logged: [`VaultError::TargetInWorkspace`] when a target lies in the folder of any workspace, by whatever way it is
    /// named; [`VaultError::TargetNotPlain`] when it is a link, a folder or a device; [`VaultError::TargetExists`] when a file is there and is not to
    /// be overwritten. Or when the disk does not take them.
    pub fn export(&self, audit: Audit, files: &[(&Path, &[u8])], overwrite: bool) -> Result<(), VaultError> {
        let resolve = || files.iter().map(|(target, _)| self.outside(target, overwrite)).collect::<Result<Vec<_>, _>>();
        let targets = resolve()?;
        self.audit(audit)?;
        let mut written = Vec::with_capacity(files.len());
        for (target, (named, bytes)) in targets.iter().zip(files) {
            let write = || {
                let replacement = Replacement::begin(target)?;
                replacement.file().write_all(bytes)?;
                Ok(replacement)
            };
            written.push(write().map_err(|source| VaultError::io("write", named, source))?);
        }
        // What came to lie there while it was written is not replaced either.
        resolve()?;
        for (replacement, (named, _)) in written.into_iter().zip(files) {
            replacement.commit().map_err(|source| VaultError::io("write", named, source))?;
        }
        Ok(())
    }

    /// Where a target really is: in the folder that its name leads to, by links and `..` too.
    fn outside(&self, target: &Path, overwrite: bool) -> Result<PathBuf, VaultError> {
        let failed = |source| VaultError::io("write", target, source);
        let name = target.file_name().ok_or_else(|| VaultError::TargetNotPlain(target.to_owned()))?;
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let folder = parent.canonicalize().map_err(failed)?;
        let own = self.folder.canonicalize().map_err(|source| VaultError::io("read", &self.folder, source))?;
        if folder.ancestors().any(|above| above == own || is_workspace(above)) {
            return Err(VaultError::TargetInWorkspace(target.to_owned()));
        }
        let resolved = folder.join(name);
        match fs::symlink_metadata(&resolved) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(resolved),
            Err(error) => Err(failed(error)),
            Ok(about) if !about.is_file() || has_other_names(&about) => {
                Err(VaultError::TargetNotPlain(target.to_owned()))
            }
            Ok(_) if !overwrite => Err(VaultError::TargetExists(target.to_owned())),
            Ok(_) => Ok(resolved),
        }
    }
}

/// Whether a folder is that of a workspace: also of one whose header is damaged.
pub fn is_workspace(folder: &Path) -> bool {
    let header = folder.join(HEADER);
    header.is_file() && (folder.join(crate::store::FILE).is_file() || Header::is_one(&header))
}

/// Whether a file has a second name, which may lie in a workspace.
#[cfg(unix)]
fn has_other_names(about: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(about) > 1
}

/// The standard library does not tell on this system; the second name keeps its bytes, because the file is replaced, not written over.
#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}
