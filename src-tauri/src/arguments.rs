//! What the application is started with: a workspace to open, files to take in, and where the device secret is.

use std::ffi::OsString;
use std::path::PathBuf;

use koplamp_workspace::is_workspace;

/// The ending of a workspace's folder.
pub(crate) const ENDING: &str = "koplamp";

/// What was given on the command line.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    /// A workspace to open.
    pub workspace: Option<PathBuf>,
    /// Files and folders to take in.
    pub files: Vec<PathBuf>,
    /// The file that holds the device secret.
    pub device_secret_file: Option<PathBuf>,
}

/// Reads `[--device-secret-file FILE] [WORKSPACE.koplamp] [FILE...]`: what a file manager hands over, and one option.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Given, String> {
    let mut given = Given::default();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        if argument == "--device-secret-file" {
            let file = arguments.next().ok_or("--device-secret-file needs a file")?;
            given.device_secret_file = Some(file.into());
        } else if argument.to_string_lossy().starts_with("--") {
            return Err(format!(
                "unknown option {}\nusage: koplamp-desktop [--device-secret-file FILE] [WORKSPACE.koplamp] [FILE...]",
                argument.display()
            ));
        } else {
            let path = PathBuf::from(argument);
            let is_workspace = || path.extension().is_some_and(|ending| ending == ENDING) || is_workspace(&path);
            if given.workspace.is_none() && is_workspace() {
                given.workspace = Some(path);
            } else {
                given.files.push(path);
            }
        }
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> Result<Given, String> {
        parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_workspace_and_files_are_told_apart() {
        let given = of(&["/a/zaak.koplamp", "b.pdf", "--device-secret-file", "/stick/s"]).unwrap();
        assert_eq!(given.workspace, Some("/a/zaak.koplamp".into()));
        assert_eq!(given.files, [PathBuf::from("b.pdf")]);
        assert_eq!(given.device_secret_file, Some("/stick/s".into()));
    }

    #[test]
    fn a_workspace_is_one_by_what_is_in_it_whatever_its_folder_is_called() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("header"), "{\"format\": \"koplamp workspace\"").unwrap();
        let path = folder.path().to_str().unwrap();
        assert_eq!(of(&[path]).unwrap().workspace, Some(folder.path().into()));
        std::fs::write(folder.path().join("header"), "<h1>").unwrap();
        assert_eq!(of(&[path]).unwrap().workspace, None);
    }

    #[test]
    fn an_option_that_is_not_known_is_refused() {
        assert!(of(&["--remote-debugging"]).is_err());
        assert!(of(&["--device-secret-file"]).is_err());
    }
}
