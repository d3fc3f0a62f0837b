//! Packages of Debian and Ubuntu.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::program;

/// Packages that go together.
pub type Group = &'static [&'static str];

/// To compile and link: the web view, its network and picture libraries, the cipher library of the database, a C compiler.
pub const BUILDING: Group =
    &["libwebkit2gtk-4.1-dev", "libsoup-3.0-dev", "librsvg2-dev", "libssl-dev", "pkg-config", "build-essential"];

/// To drive the real window without a screen (a WebDriver, a display, a session bus, a keychain), and to see whom it speaks to.
pub const WINDOW_TESTS: Group = &["webkit2gtk-driver", "xvfb", "dbus", "dbus-x11", "gnome-keyring", "strace"];

/// For programs in Python that judge what we write, or that we compare with.
pub const PYTHON: Group = &["python3-venv"];

/// Installs those that are missing.
///
/// # Errors
/// There is no right to install, or `apt-get` failed; with the command to type.
pub fn install(groups: &[Group]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted: Vec<&str> = groups.iter().flat_map(|group| group.iter().copied()).collect();
    if !program::works(Command::new("dpkg-query").arg("--version")) {
        println!("not Debian or Ubuntu: this needs what they call {}", wanted.join(", "));
        return Ok(());
    }
    let missing = missing(&wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("Debian packages to install: {}", missing.join(", "));
    let Some(root) = root() else {
        bail!(
            "Debian packages are missing, and there is no right to install them. Type:\n    \
             sudo apt-get update && sudo apt-get install --no-install-recommends {}",
            missing.join(" ")
        );
    };
    // A list that could not be fetched matters only when a package is then not found.
    if let Err(error) = program::run(&mut apt_get(root, &["update"])) {
        println!("going on with the lists of packages as they are: {error:#}");
    }
    program::run(apt_get(root, &["install", "-y", "--no-install-recommends"]).args(missing))
        .context("could not install Debian packages")
}

/// Those that are not installed.
fn missing(wanted: &[&'static str]) -> Result<Vec<&'static str>> {
    // It fails when it knows nothing of one of them, and answers for the others.
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Status} ${Package}\n"])
        .args(wanted)
        .output()
        .context("could not start dpkg-query")?;
    Ok(not_in(&String::from_utf8_lossy(&output.stdout), wanted))
}

fn not_in(answer: &str, wanted: &[&'static str]) -> Vec<&'static str> {
    let installed: Vec<&str> = answer.lines().filter_map(|line| line.strip_prefix("installed ")).collect();
    wanted.iter().copied().filter(|package| !installed.contains(package)).collect()
}

/// The words before a command that has it run as root; none when that is not possible without asking.
fn root() -> Option<&'static [&'static str]> {
    let id = program::read(Command::new("id").arg("-u")).unwrap_or_default();
    match id.trim() {
        "0" => Some(&["env"]),
        _ => program::works(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n", "env"]),
    }
}

fn apt_get(root: &[&str], arguments: &[&str]) -> Command {
    let mut words = root.iter();
    let mut command = Command::new(words.next().unwrap_or(&"env"));
    command.args(words).args([
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "Dpkg::Use-Pty=0",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]);
    command.args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_half_installed_or_unknown_are_missing() {
        let answer = "installed xvfb\nnot-installed dbus-x11\nconfig-files xdotool\n";
        assert_eq!(not_in(answer, &["xvfb", "dbus-x11", "xdotool", "dbus"]), ["dbus-x11", "xdotool", "dbus"]);
    }
}
