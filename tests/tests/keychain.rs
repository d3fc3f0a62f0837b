//! The second factor in the system's keychain, with a real Secret Service; and without one.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use koplamp_tests::case::{Case, Ran, run};
use koplamp_tests::programs;

/// Unlocks the keyring of this home with the password of the login, as a desktop does.
const UNLOCKED: &str = "printf 'inlog\\n' | gnome-keyring-daemon --unlock --components=secrets > /dev/null; ";

/// Runs `koplamp VERB DIR ARGUMENTS` with the keychain, on a session bus of its own, after `before`.
fn on_a_bus<A: AsRef<OsStr>>(case: &Case, before: &str, verb: &str, arguments: &[A]) -> Ran {
    let runtime = case.at("run");
    std::fs::create_dir_all(&runtime).unwrap();
    std::fs::set_permissions(&runtime, std::fs::Permissions::from_mode(0o700)).unwrap();
    let said = case.at("said");
    let mut command = Command::new("dbus-run-session");
    case.surround(&mut command);
    command
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("XDG_RUNTIME_DIR", runtime)
        .env("SAID", &said)
        // Bus and keyring talk on standard error, too, in the middle of a line if it so happens: the program has one of its own.
        .args(["--", "sh", "-c", &format!("{before}exec \"$@\" 2> \"$SAID\""), "sh"])
        .arg(programs::program("koplamp"))
        .arg(verb)
        .arg(case.workspace())
        .args(arguments)
        .arg("--passphrase-file")
        .arg(case.passphrase_file())
        .stdin(Stdio::null());
    let mut ran = run(&mut command);
    ran.err = std::fs::read_to_string(said).unwrap();
    ran
}

const NEW: [&str; 6] = ["--name", "Zaak", "--organisation", "om", "--person", "B. de Proef"];

#[test]
fn a_workspace_opens_with_the_secret_that_the_keychain_keeps() {
    let case = Case::empty();
    on_a_bus(&case, UNLOCKED, "new", &NEW).done();
    assert!(!case.device_secret_file().exists(), "the secret is in the keychain only");
    let file = case.write("melding.txt", "Een melding.");
    let labels = ["--organisation", "om", "--source", "x", "--purpose", "sv-opsporing", "--json"].map(OsStr::new);
    let import: Vec<&OsStr> = [file.as_os_str()].into_iter().chain(labels).collect();
    on_a_bus(&case, UNLOCKED, "import", &import).done();
    let found = on_a_bus(&case, UNLOCKED, "search", &["melding", "--json"]).done().json();
    assert_eq!(found["total"], 1, "also in a later session of the same user");
}

#[test]
fn each_state_of_the_keychain_is_named_and_none_is_got_round() {
    let case = Case::empty();
    on_a_bus(&case, UNLOCKED, "new", &NEW).done();
    let absent =
        run(case.bare::<&str>("documents", &[]).arg("--passphrase-file").arg(case.passphrase_file())).refused(1);
    assert!(absent.err.contains("no keychain service is running"), "{}", absent.err);
    assert!(absent.err.contains("device-secret file"), "it says what else there is: {}", absent.err);

    let locked =
        on_a_bus(&case, "gnome-keyring-daemon --start --components=secrets > /dev/null; ", "documents", &["--json"])
            .refused(1);
    assert!(locked.err.contains("keychain is locked"), "{}", locked.err);

    let other = Case::empty();
    on_a_bus(&other, UNLOCKED, "new", &NEW).done();
    std::fs::remove_dir_all(other.workspace()).unwrap();
    copy(&case.workspace(), &other.workspace());
    let missing = on_a_bus(&other, UNLOCKED, "documents", &["--json"]).refused(1);
    assert!(missing.err.contains("no entry for this workspace"), "{}", missing.err);

    let without = Case::empty();
    let mut command = without.bare("new", &NEW);
    run(command.arg("--passphrase-file").arg(without.passphrase_file())).refused(1);
    assert!(!without.workspace().exists(), "without a place for the secret no workspace is made");
    assert_eq!(
        on_a_bus(&case, UNLOCKED, "documents", &["--json"]).done().json()["total"],
        0,
        "and the keychain still opens its own"
    );
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    koplamp_tests::snapshot::Snapshot::of(from).put(to);
}
