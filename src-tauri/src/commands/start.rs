//! Finding, making, opening and locking workspaces.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use koplamp_model::Codes;
use koplamp_workspace::{
    Created, DeviceSecretSource, KeychainView, NewWorkspace, Summary, Unlock, Workspace, WorkspaceError,
};
use serde::{Deserialize, Serialize};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::OnDesk;
use crate::arguments::ENDING;
use crate::desk::Desk;
use crate::error::{ErrorView, blocking};
use crate::idle;
use crate::selection::Selection;

/// A workspace that can be opened.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct Place {
    /// Name of its folder, without the ending.
    name: String,
    /// The folder.
    path: String,
}

/// Where workspaces are, and what the application was started with.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct Places {
    /// The folder in which new workspaces are made.
    home: String,
    /// The workspaces in it, by name.
    workspaces: Vec<Place>,
    /// The workspace named on the command line.
    given: Option<String>,
    /// The files named on the command line, to take in once a workspace is open.
    waiting: Option<Selection>,
}

/// Whether a workspace is open, and when it locks by itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) struct Session {
    /// The open workspace.
    summary: Option<Summary>,
    /// Minutes of idleness until it is locked.
    idle_minutes: u32,
    /// Characters that a passphrase has at least.
    min_passphrase: u32,
}

/// A workspace just made.
#[derive(Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, rename = "Created")]
pub(crate) struct CreatedView {
    /// Its folder.
    path: String,
    /// The recovery key, shown once.
    recovery_key: String,
}

/// The folder in which workspaces are looked for: a list of recent ones would have to be kept in the clear.
fn home() -> PathBuf {
    let named = std::env::var_os("KOPLAMP_HOME").map(PathBuf::from);
    named.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join("Koplamp"))
}

#[tauri::command]
pub(crate) async fn places(desk: OnDesk<'_>) -> Result<Places, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || {
        let home = home();
        let mut workspaces: Vec<Place> = std::fs::read_dir(&home)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == ENDING) && path.join("header").is_file())
            .map(|path| Place {
                name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                path: path.display().to_string(),
            })
            .collect();
        workspaces.sort_by_key(|place| place.name.to_lowercase());
        let given = desk.given.workspace.as_ref().map(|path| path.display().to_string());
        let waiting = desk.selections().keep(desk.given.files.clone());
        Ok(Places { home: home.display().to_string(), workspaces, given, waiting })
    })
    .await
}

#[tauri::command]
pub(crate) fn codes() -> Codes {
    koplamp_workspace::codes().clone()
}

#[tauri::command]
pub(crate) async fn session(desk: OnDesk<'_>) -> Result<Session, ErrorView> {
    let desk = Arc::clone(&desk);
    blocking(move || {
        let summary = match desk.workspace() {
            Ok(workspace) => Some(workspace.summary()?),
            Err(_) => None,
        };
        let min_passphrase = u32::try_from(koplamp_workspace::SHORTEST_PASSPHRASE).unwrap_or(u32::MAX);
        let idle_minutes = u32::try_from(idle::patience().as_secs().div_ceil(60)).unwrap_or(u32::MAX);
        Ok(Session { summary, idle_minutes, min_passphrase })
    })
    .await
}

#[tauri::command]
pub(crate) async fn keychain(desk: OnDesk<'_>, path: Option<String>) -> Result<KeychainView, ErrorView> {
    let file = desk.given.device_secret_file.is_some();
    blocking(move || {
        let path = path.map(|path| absolute("path", &path)).transpose()?;
        Ok(KeychainView { state: koplamp_workspace::keychain(path.as_deref())?, file })
    })
    .await
}

#[tauri::command]
pub(crate) async fn choose_folder(app: AppHandle, purpose: String) -> Result<Option<String>, ErrorView> {
    blocking(move || {
        let dialog = app.dialog().file();
        let chosen = match purpose.as_str() {
            "workspace" => dialog.blocking_pick_folder(),
            "device_secret" => dialog.blocking_pick_file(),
            _ => return Err(ErrorView::invalid("purpose", "workspace or device_secret is expected")),
        };
        Ok(chosen.and_then(|chosen| chosen.into_path().ok()).map(|path| path.display().to_string()))
    })
    .await
}

#[tauri::command]
#[allow(clippy::too_many_arguments, reason = "the fields of one form")]
pub(crate) async fn create_workspace(
    desk: OnDesk<'_>,
    name: String,
    organisation: String,
    person: String,
    passphrase: String,
    folder: Option<String>,
    device_secret_file: Option<String>,
) -> Result<CreatedView, ErrorView> {
    let desk = Arc::clone(&desk);
    let passphrase = Zeroizing::new(passphrase);
    blocking(move || {
        let parent = folder.map_or_else(|| Ok(home()), |folder| absolute("folder", &folder))?;
        let path = parent.join(format!("{}.{ENDING}", file_name(&name)?));
        let device_secret = source(&desk, device_secret_file)?;
        let new = NewWorkspace {
            name: &name,
            organisation: &organisation,
            person: &person,
            passphrase: &passphrase,
            device_secret: &device_secret,
        };
        let Created { workspace, recovery_key } = Workspace::create(&path, &new)?;
        desk.put(workspace)?;
        Ok(CreatedView { path: path.display().to_string(), recovery_key: recovery_key.as_str().to_owned() })
    })
    .await
}

#[tauri::command]
pub(crate) async fn open_workspace(
    desk: OnDesk<'_>,
    path: String,
    passphrase: String,
    device_secret_file: Option<String>,
    accept_older_copy: Option<bool>,
) -> Result<Summary, ErrorView> {
    let desk = Arc::clone(&desk);
    let passphrase = Zeroizing::new(passphrase);
    blocking(move || {
        let device_secret = source(&desk, device_secret_file)?;
        let accept_older_copy = accept_older_copy.unwrap_or(false);
        let unlock = Unlock { passphrase: &passphrase, device_secret: &device_secret, accept_older_copy };
        put_open(&desk, Workspace::open(&absolute("path", &path)?, &unlock)?)
    })
    .await
}

#[tauri::command]
pub(crate) async fn recover_workspace(
    desk: OnDesk<'_>,
    path: String,
    recovery_key: String,
    passphrase: String,
    device_secret_file: Option<String>,
    accept_older_copy: Option<bool>,
) -> Result<Summary, ErrorView> {
    let desk = Arc::clone(&desk);
    let (recovery_key, passphrase) = (Zeroizing::new(recovery_key), Zeroizing::new(passphrase));
    blocking(move || {
        let device_secret = source(&desk, device_secret_file)?;
        let accept_older_copy = accept_older_copy.unwrap_or(false);
        let unlock = Unlock { passphrase: &passphrase, device_secret: &device_secret, accept_older_copy };
        put_open(&desk, Workspace::recover(&absolute("path", &path)?, &recovery_key, &unlock)?)
    })
    .await
}

#[tauri::command]
pub(crate) async fn change_passphrase(
    desk: OnDesk<'_>,
    old: String,
    new: String,
    device_secret_file: Option<String>,
) -> Result<(), ErrorView> {
    let desk = Arc::clone(&desk);
    let (old, new) = (Zeroizing::new(old), Zeroizing::new(new));
    blocking(move || {
        let device_secret = source(&desk, device_secret_file)?;
        Ok(desk.workspace()?.change_passphrase(&old, &new, &device_secret)?)
    })
    .await
}

#[tauri::command]
pub(crate) async fn lock(desk: OnDesk<'_>, cause: String) -> Result<(), ErrorView> {
    let desk = Arc::clone(&desk);
    let cause = match cause.as_str() {
        "hand" => "hand",
        "idle" => "idle",
        _ => return Err(ErrorView::invalid("cause", "hand or idle is expected")),
    };
    blocking(move || Ok(desk.lock(cause)?)).await
}

#[tauri::command]
pub(crate) fn active(desk: OnDesk<'_>) {
    desk.touch();
}

/// Puts an opened workspace on the desk, and has its index read through in the background: a damaged page would otherwise be seen only
/// when a search happens to need it.
fn put_open(desk: &Arc<Desk>, workspace: Workspace) -> Result<Summary, ErrorView> {
    desk.put(workspace)?;
    let workspace = desk.workspace()?;
    let summary = workspace.summary()?;
    thread::spawn(move || {
        if let Err(error) = workspace.verify_index() {
            eprintln!("koplamp-desktop: {error}");
        }
    });
    Ok(summary)
}

/// The device secret's file as chosen in the window, else as named on the command line, else the keychain.
fn source(desk: &Desk, chosen: Option<String>) -> Result<DeviceSecretSource, ErrorView> {
    Ok(match (chosen, &desk.given.device_secret_file) {
        (Some(file), _) => DeviceSecretSource::File(absolute("deviceSecretFile", &file)?),
        (None, Some(file)) => DeviceSecretSource::File(file.clone()),
        (None, None) => DeviceSecretSource::Keychain,
    })
}

fn absolute(field: &str, path: &str) -> Result<PathBuf, ErrorView> {
    let path = Path::new(path);
    let whole = path.is_absolute() && !path.as_os_str().to_string_lossy().contains('\0');
    if whole { Ok(path.to_owned()) } else { Err(ErrorView::invalid(field, "a whole path is expected")) }
}

/// A folder's name from what a workspace is called.
fn file_name(name: &str) -> Result<String, ErrorView> {
    let plain: String =
        name.trim().chars().map(|c| if c.is_alphanumeric() || " -_().".contains(c) { c } else { '-' }).collect();
    let plain = plain.trim_matches(['.', ' ']).to_owned();
    if plain.is_empty() || plain.len() > 200 {
        return Err(WorkspaceError::Invalid { field: "name", message: "1 to 200 letters are expected".into() }.into());
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use koplamp_workspace::ErrorCode;

    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in ["../../etc/x", "a/b", "..\\x", "\0", "/root"] {
            let plain = file_name(name).unwrap();
            assert!(!plain.contains(['/', '\\', '\0']) && plain != "..", "{name:?} became {plain:?}");
        }
        for name in ["", "..", " . "] {
            assert!(file_name(name).is_err(), "{name:?} is no name");
        }
    }

    #[test]
    fn paths_from_the_web_view_are_whole() {
        assert_eq!(absolute("path", "relative/x").unwrap_err().code, ErrorCode::InvalidArgument);
        assert!(absolute("path", "/tmp/x").is_ok());
    }
}
