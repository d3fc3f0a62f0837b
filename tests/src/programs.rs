//! Where the built programs are.

use std::path::{Path, PathBuf};

/// The folder in which cargo puts programs: the one of this test, or the one above it for a test in `deps`.
pub fn folder() -> PathBuf {
    let here = std::env::current_exe().expect("a running program has a path");
    let folder = here.parent().expect("a program lies in a folder");
    if folder.ends_with("deps") { folder.parent().unwrap_or(folder).to_owned() } else { folder.to_owned() }
}

/// The program of this name.
///
/// # Panics
/// When it has not been built: cargo builds only the programs of the package under test.
pub fn program(name: &str) -> PathBuf {
    let path = folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is not built; first run: cargo build --workspace --bins --features koplamp-desktop/custom-protocol",
        path.display()
    );
    path
}

/// The folder of cargo's output, where screenshots and temporary folders of tests go.
pub fn target() -> PathBuf {
    let folder = folder();
    folder.parent().map_or(folder.clone(), Path::to_owned)
}
