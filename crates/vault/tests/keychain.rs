//! The keychain against a real GNOME Keyring on a session bus of its own. Needs `dbus-run-session`, `dbus-send` and
//! `gnome-keyring-daemon`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Output};

use keyring_core::api::CredentialStoreApi;
use koplamp_model::WorkspaceId;
use koplamp_vault::{DeviceSecret, Header, KdfParameters, Key, KeychainState, keychain};
use zbus_secret_service_keyring_store::Store;

const START_KEYRING: &str = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && ";

/// A bus that starts no service by itself.
const BARE_BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"#;

/// Runs the test `name` of this file again, in a home of its own, within `wrapper`.
fn run_inside(name: &str, wrapper: impl FnOnce(&Path) -> Command) {
    let home = tempfile::tempdir().unwrap();
    let mut command = wrapper(home.path());
    let arguments = [name, "--exact", "--ignored", "--nocapture", "--test-threads=1"];
    command.arg(std::env::current_exe().unwrap()).args(arguments);
    for (variable, folder) in
        [("HOME", ""), ("XDG_RUNTIME_DIR", ""), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(variable, home.path().join(folder));
    }
    for variable in ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
        command.env_remove(variable);
    }
    let Output { status, stdout, stderr } = command.output().expect("dbus-run-session is installed");
    let [stdout, stderr] = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(status.success() && stdout.contains("1 passed"), "{name} failed:\n{stdout}\n{stderr}");
}

#[test]
fn states_with_a_keyring() {
    run_inside("within_a_session_with_a_keyring", |_| {
        let mut command = Command::new("dbus-run-session");
        command.args(["--", "sh", "-c", &format!("{START_KEYRING} \"$0\" \"$@\"")]);
        command
    });
}

#[test]
fn a_bus_without_a_keyring_is_told() {
    run_inside("without_a_keyring", |home| {
        let config = home.join("bus.conf");
        std::fs::write(&config, BARE_BUS).unwrap();
        let mut command = Command::new("dbus-run-session");
        command.arg(format!("--config-file={}", config.display())).arg("--");
        command
    });
}

#[test]
fn a_system_without_a_bus_is_told() {
    run_inside("without_a_keyring", |_| Command::new("env"));
}

fn made() -> (Header, Key, DeviceSecret) {
    let secret = DeviceSecret::random();
    let (header, key, _) = Header::create("zes koude kikkers", &secret, KdfParameters::weak_for_tests()).unwrap();
    (header, key, secret)
}

/// What another program of the same user can do.
fn plant(workspace: WorkspaceId, label: &str, attributes: &[(&str, &str)], value: &[u8]) {
    let modifiers: HashMap<&str, &str> = attributes.iter().copied().chain([("label", label)]).collect();
    let store = Store::new().unwrap();
    store.build("koplamp", &workspace.to_string(), Some(&modifiers)).unwrap().set_secret(value).unwrap();
}

fn lock_keyring() {
    let done = Command::new("dbus-send")
        .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"])
        .args(["org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login"])
        .output()
        .expect("dbus-send is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
#[ignore = "run by states_with_a_keyring"]
fn within_a_session_with_a_keyring() {
    let (mut header, key, secret) = made();
    let id = header.workspace();
    let state = |header: &Header| {
        let (state, secret) = keychain::look_up(header);
        assert_eq!(secret.is_some(), state == KeychainState::Ok, "a secret is given with ok only");
        state
    };
    assert_eq!(state(&header), KeychainState::Missing);
    assert_eq!(keychain::forget(id), Err(KeychainState::Missing));

    keychain::store(id, &secret).unwrap();
    let (found, kept) = keychain::look_up(&header);
    assert_eq!(found, KeychainState::Ok);
    assert!(header.unlock_with_passphrase("zes koude kikkers", &kept.unwrap()).unwrap() == key);
    let (other, _, _) = made();
    assert_eq!(state(&other), KeychainState::Missing, "of another workspace");

    let new = DeviceSecret::random();
    header.set_passphrase(&key, "nieuw", &new).unwrap();
    assert_eq!(state(&header), KeychainState::Changed);
    keychain::store(id, &new).unwrap();
    assert_eq!(state(&header), KeychainState::Ok);

    plant(id, "planted", &[("target", "Login")], b"koplamp-1 nonsense");
    assert_eq!(state(&header), KeychainState::Ok, "a planted second entry does no harm");
    keychain::forget(id).unwrap();
    assert_eq!(state(&header), KeychainState::Missing);
    plant(id, "planted", &[], b"koplamp-1 nonsense");
    assert_eq!(state(&header), KeychainState::WrongValue);
    plant(id, "planted", &[], &[0xff, 0, 1]);
    assert_eq!(state(&header), KeychainState::WrongValue);
    keychain::store(id, &new).unwrap();
    assert_eq!(state(&header), KeychainState::Ok);

    // A desktop shell may ask from an asynchronous task, where the bus library by itself refuses to block.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(async { state(&header) }), KeychainState::Ok);

    lock_keyring();
    assert_eq!(state(&header), KeychainState::Locked);
    assert_eq!(keychain::store(id, &secret), Err(KeychainState::Locked));
    assert_eq!(keychain::forget(id), Err(KeychainState::Locked));
}

#[test]
#[ignore = "run by a_bus_without_a_keyring_is_told and a_system_without_a_bus_is_told"]
fn without_a_keyring() {
    let (header, _, secret) = made();
    assert_eq!(keychain::look_up(&header).0, KeychainState::Absent);
    assert_eq!(keychain::store(header.workspace(), &secret), Err(KeychainState::Absent));
    assert_eq!(keychain::forget(header.workspace()), Err(KeychainState::Absent));
}
