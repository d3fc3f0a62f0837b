//! The device secret in the system's keychain.
//!
//! Any program of the same user can read, plant and shadow keychain items, so what is found there is believed only when the header
//! confirms it; and it never opens a workspace without the passphrase. Where there is no keychain the user is told and chooses
//! another way; nothing is ever kept elsewhere by itself.

use koplamp_model::WorkspaceId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::device_secret::DeviceSecret;
use crate::header::Header;

#[cfg(not(target_os = "linux"))]
mod none;
#[cfg(target_os = "linux")]
mod secret_service;
#[cfg(not(target_os = "linux"))]
use none as system;
#[cfg(target_os = "linux")]
use secret_service as system;

const FORMAT: &str = "koplamp-1";

/// The keychain's state with regard to one workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum KeychainState {
    /// It holds the device secret that the workspace was locked with.
    Ok,
    /// There is no keychain: no session bus, or no service that keeps secrets.
    Absent,
    /// It is locked, and the user did not unlock it.
    Locked,
    /// It has no entry for this workspace.
    Missing,
    /// Its entry is malformed, or of another workspace.
    WrongValue,
    /// Its entry is well-formed, but not the secret that the workspace was locked with.
    Changed,
}

/// Looks the device secret up in the keychain; with [`KeychainState::Ok`], and only then, it is given.
///
/// Where the keychain is locked the system asks the user to unlock it, and this waits for the answer.
pub fn look_up(header: &Header) -> (KeychainState, Option<DeviceSecret>) {
    match system::entries(header.workspace()) {
        Ok(entries) => judge(header, &entries),
        Err(state) => (state, None),
    }
}

/// Whether there is a keychain that keeps and gives secrets: [`KeychainState::Ok`], [`KeychainState::Absent`] or [`KeychainState::Locked`].
pub fn state() -> KeychainState {
    match system::entries(WorkspaceId::random()) {
        Ok(_) | Err(KeychainState::Missing) => KeychainState::Ok,
        Err(state) => state,
    }
}

/// Keeps the device secret of a workspace in the keychain, in the place of the one there.
///
/// # Errors
/// The state that stands in the way: [`KeychainState::Absent`], [`KeychainState::Locked`], or [`KeychainState::WrongValue`] where
/// the keychain did not give back what was kept.
pub fn store(workspace: WorkspaceId, secret: &DeviceSecret) -> Result<(), KeychainState> {
    let value = Zeroizing::new(format!("{FORMAT} {workspace} {}", secret.to_hex().as_str()));
    system::keep(workspace, &value)?;
    // A workspace that is locked with a secret which the keychain then does not have is lost but for the recovery key.
    let kept = system::entries(workspace)?;
    if kept.iter().any(|entry| ***entry == *value.as_bytes()) { Ok(()) } else { Err(KeychainState::WrongValue) }
}

/// Forgets the device secret of a workspace.
///
/// # Errors
/// The state that stands in the way; [`KeychainState::Missing`] when there is none.
pub fn forget(workspace: WorkspaceId) -> Result<(), KeychainState> {
    system::forget(workspace)
}

type Entry = Zeroizing<Vec<u8>>;

/// There can be several entries, since any program can add one: the right one among them is found, and others do no harm.
fn judge(header: &Header, entries: &[Entry]) -> (KeychainState, Option<DeviceSecret>) {
    let secrets: Vec<DeviceSecret> = entries.iter().filter_map(|entry| parse(header.workspace(), entry)).collect();
    let state = match (entries.is_empty(), secrets.is_empty()) {
        (true, _) => KeychainState::Missing,
        (_, true) => KeychainState::WrongValue,
        _ => KeychainState::Changed,
    };
    match secrets.into_iter().find(|secret| header.accepts_device_secret(secret)) {
        Some(secret) => (KeychainState::Ok, Some(secret)),
        None => (state, None),
    }
}

fn parse(workspace: WorkspaceId, entry: &[u8]) -> Option<DeviceSecret> {
    let mut words = str::from_utf8(entry).ok()?.split(' ');
    let (format, id, secret) = (words.next()?, words.next()?, words.next()?);
    let is_whole = words.next().is_none() && format == FORMAT && id.parse() == Ok(workspace);
    DeviceSecret::from_hex(secret).filter(|_| is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::KdfParameters;

    #[test]
    fn entries_are_judged_by_the_header() {
        let secret = DeviceSecret::random();
        let (header, _, _) = Header::create("passphrase", &secret, KdfParameters::weak_for_tests()).unwrap();
        let id = header.workspace();
        let entry = |text: String| Zeroizing::new(text.into_bytes());
        let good = entry(format!("{FORMAT} {id} {}", secret.to_hex().as_str()));
        let changed = entry(format!("{FORMAT} {id} {}", "ab".repeat(32)));
        let malformed = [
            entry(String::new()),
            entry(format!("koplamp-2 {id} {}", secret.to_hex().as_str())),
            entry(format!("{FORMAT} {} {}", WorkspaceId::random(), secret.to_hex().as_str())),
            entry(format!("{FORMAT} {id} {} ", secret.to_hex().as_str())),
            entry(format!("{FORMAT} {id} {}", &secret.to_hex()[2..])),
            Zeroizing::new(vec![0xff; 100]),
        ];
        assert_eq!(judge(&header, &[]).0, KeychainState::Missing);
        for entry in &malformed {
            assert_eq!(judge(&header, std::slice::from_ref(entry)).0, KeychainState::WrongValue);
        }
        assert_eq!(judge(&header, &[malformed[0].clone(), changed.clone()]).0, KeychainState::Changed);
        let (state, found) = judge(&header, &[malformed[1].clone(), changed, good]);
        assert_eq!(state, KeychainState::Ok);
        assert!(found.unwrap().key() == secret.key());
    }

    #[test]
    fn states_have_fixed_names() {
        let states = [
            KeychainState::Ok,
            KeychainState::Absent,
            KeychainState::Locked,
            KeychainState::Missing,
            KeychainState::WrongValue,
            KeychainState::Changed,
        ];
        let names = serde_json::to_string(&states).unwrap();
        assert_eq!(names, r#"["ok","absent","locked","missing","wrong_value","changed"]"#);
    }
}
