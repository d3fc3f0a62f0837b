//! Linux: the Secret Service on the session bus, as GNOME Keyring, KWallet and KeePassXC offer it.

use std::collections::HashMap;
use std::thread;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry as Item, Error};
use koplamp_model::WorkspaceId;
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

use super::{Entry, KeychainState};

const SERVICE: &str = "koplamp";

/// All entries for a workspace. The service searches every keychain that the user has.
pub(super) fn entries(workspace: WorkspaceId) -> Result<Vec<Entry>, KeychainState> {
    apart(|| {
        let secrets: Result<Vec<Vec<u8>>, Error> = items(workspace)?.iter().map(Item::get_secret).collect();
        Ok(secrets.map_err(state)?.into_iter().map(Zeroizing::new).collect())
    })
}

/// Keeps a value for a workspace in the default keychain, in the place of all that are there.
pub(super) fn keep(workspace: WorkspaceId, value: &str) -> Result<(), KeychainState> {
    apart(|| {
        let old = items(workspace)?;
        if let [item] = &old[..] {
            return item.set_secret(value.as_bytes()).map_err(state);
        }
        old.iter().try_for_each(Item::delete_credential).map_err(state)?;
        let label = format!("Koplamp {workspace}");
        let item = store()?.build(SERVICE, &workspace.to_string(), Some(&HashMap::from([("label", label.as_str())])));
        item.and_then(|item| item.set_secret(value.as_bytes())).map_err(state)
    })
}

/// Deletes all entries for a workspace.
pub(super) fn forget(workspace: WorkspaceId) -> Result<(), KeychainState> {
    apart(|| {
        let items = items(workspace)?;
        if items.is_empty() {
            return Err(KeychainState::Missing);
        }
        items.iter().try_for_each(Item::delete_credential).map_err(state)
    })
}

fn items(workspace: WorkspaceId) -> Result<Vec<Item>, KeychainState> {
    let user = workspace.to_string();
    store()?.search(&HashMap::from([("service", SERVICE), ("username", user.as_str())])).map_err(state)
}

fn store() -> Result<std::sync::Arc<Store>, KeychainState> {
    Store::new().map_err(|_| KeychainState::Absent)
}

fn state(error: Error) -> KeychainState {
    match error {
        Error::NoStorageAccess(_) => KeychainState::Locked,
        Error::NoEntry => KeychainState::Missing,
        _ => KeychainState::Absent,
    }
}

/// Runs `act` in a thread of its own: the bus library blocks, and refuses to on a thread that runs asynchronous tasks.
fn apart<T: Send>(act: impl FnOnce() -> Result<T, KeychainState> + Send) -> Result<T, KeychainState> {
    thread::scope(|scope| scope.spawn(act).join().unwrap_or(Err(KeychainState::Absent)))
}
