//! The window, with a web view that leaves nothing on the disk.
//!
//! The engine's profile lies in the session's runtime folder, which is memory and goes when the user logs out; where there is no such folder
//! the profile is ephemeral. (Not ephemeral everywhere: an ephemeral profile cannot be driven by WebDriver, and then the window that is
//! tested would not be the window that is used.)

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Url, WebviewWindowBuilder};

/// How the folders of profiles begin; the process that each belongs to follows.
const PREFIX: &str = "koplamp-profile-";

/// Opens the window that the configuration describes. Gives the folder of its profile, to be removed at the end.
///
/// # Errors
/// When the web view cannot be made.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<Option<PathBuf>> {
    let mut profile = None;
    for window in &app.config().app.windows {
        // A page that leads elsewhere would take the window out of the application, and words of the case with it.
        let builder = WebviewWindowBuilder::from_config(app, window)?.on_navigation(is_ours);
        profile = make_profile();
        let builder = match &profile {
            Some(folder) => builder.data_directory(folder.clone()),
            None => builder.incognito(true),
        };
        builder.build()?;
    }
    Ok(profile)
}

/// Whether an address is a page of the application itself.
fn is_ours(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default();
    match address.scheme() {
        "tauri" => host == "localhost",
        // How WebView2 writes the same.
        "http" | "https" if host == "tauri.localhost" => true,
        // The development server.
        "http" => tauri::is_dev() && host == "localhost" && address.port() == Some(1420),
        _ => address.as_str() == "about:blank",
    }
}

/// A folder in memory that only its owner enters; none where the session has no such place.
fn make_profile() -> Option<PathBuf> {
    let runtime = PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR")?);
    sweep(&runtime);
    let folder = runtime.join(format!("{PREFIX}{}", std::process::id()));
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).ok()?;
    Some(folder)
}

/// Removes the profiles of processes that are gone without having removed them.
fn sweep(runtime: &Path) {
    for entry in fs::read_dir(runtime).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX)).and_then(|id| id.parse::<u32>().ok());
        if process.is_some_and(|process| !Path::new("/proc").join(process.to_string()).exists()) {
            remove(&entry.path());
        }
    }
}

/// Removes a profile. What stays behind is in memory, and goes with the session.
pub(crate) fn remove(profile: &Path) {
    drop(fs::remove_dir_all(profile));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_to_its_own_pages_only() {
        for (address, ours) in [
            ("tauri://localhost/index.html", true),
            ("tauri://elsewhere/", false),
            ("https://example.org/", false),
            ("http://localhost:80/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(is_ours(&address.parse().unwrap()), ours, "{address}");
        }
    }
}
