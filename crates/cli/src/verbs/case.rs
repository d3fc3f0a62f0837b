//! The workspace itself: making, recovering, locking, undoing.

use std::path::Path;

use koplamp_model::Change;
use koplamp_workspace::{NewWorkspace, Unlock, Workspace, WorkspaceError, request_lock};
use serde_json::json;

use super::with_workspace;
use crate::arguments::Common;
use crate::keys;
use crate::output::{self, Failed};

pub fn new(common: &Common, folder: &Path, name: &str, organisation: &str, person: &str) -> Result<(), Failed> {
    let passphrase = common.new_passphrase()?;
    let device_secret = common.device_secret();
    let new = NewWorkspace { name, organisation, person, passphrase: &passphrase, device_secret: &device_secret };
    let created = Workspace::create(folder, &new)?;
    let path = created.workspace.summary()?.path;
    created.workspace.close("end")?;
    if common.json {
        return output::json(&json!({ "workspace": path, "recovery_key": created.recovery_key.as_str() }));
    }
    output::line(format!("Made {path}"))?;
    output::line(
        "Recovery key. Print it or write it down, and keep it away from this computer; it is shown only now:",
    )?;
    output::line("")?;
    output::line(format!("    {}", created.recovery_key.as_str()))?;
    output::line("")
}

pub fn recover(common: &Common, folder: &Path, recovery_key_file: &Path) -> Result<(), Failed> {
    let recovery_key = keys::secret(Some(recovery_key_file), "Recovery key: ", "--recovery-key-file")?;
    let passphrase = common.new_passphrase()?;
    let device_secret = common.device_secret();
    let unlock =
        Unlock { passphrase: &passphrase, device_secret: &device_secret, accept_older_copy: common.accept_older_copy };
    let workspace = Workspace::recover(folder, &recovery_key, &unlock)?;
    super::tell(&workspace)?;
    let path = workspace.summary()?.path;
    workspace.close("end")?;
    if common.json {
        return output::json(&json!({ "workspace": path, "recovered": true }));
    }
    output::line(format!("{path} opens with the new passphrase and this device secret."))
}

pub fn passphrase(common: &Common, folder: &Path, new_file: Option<&Path>) -> Result<(), Failed> {
    let old = common.passphrase()?;
    let new = keys::new_secret(new_file, "--new-passphrase-file")?;
    let device_secret = common.device_secret();
    let unlock =
        Unlock { passphrase: &old, device_secret: &device_secret, accept_older_copy: common.accept_older_copy };
    let workspace = Workspace::open(folder, &unlock)?;
    let changed = workspace.change_passphrase(&old, &new, &device_secret);
    workspace.close("end")?;
    changed?;
    if common.json {
        return output::json(&json!({ "changed": true }));
    }
    output::line("The workspace opens with the new passphrase only.")
}

pub fn lock(common: &Common, folder: &Path) -> Result<(), Failed> {
    let was_open = request_lock(folder)?;
    if common.json {
        return output::json(&json!({ "locked": true, "was_open": was_open }));
    }
    output::line(if was_open { "Locked." } else { "It was not open anywhere." })
}

pub fn undo(common: &Common, folder: &Path) -> Result<(), Failed> {
    change(common, folder, "Undone", Workspace::undo)
}

pub fn redo(common: &Common, folder: &Path) -> Result<(), Failed> {
    change(common, folder, "Redone", Workspace::redo)
}

/// Does something that changes the case, and says what.
pub fn change(
    common: &Common,
    folder: &Path,
    done: &str,
    act: impl FnOnce(&Workspace) -> Result<Change, WorkspaceError>,
) -> Result<(), Failed> {
    let change = with_workspace(common, folder, |workspace| Ok(act(workspace)?))?;
    if common.json {
        return output::json(&change);
    }
    let subject = change.act.subject.map(|subject| format!(": {subject}")).unwrap_or_default();
    output::line(format!("{done} ({}){subject}", change.act.count))
}
