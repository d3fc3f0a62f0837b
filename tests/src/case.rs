//! A workspace to try the command line on, with its passphrase, its device secret and its surroundings.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::{programs, scratch};

/// The passphrase of every case.
pub const PASSPHRASE: &str = "vier gewone woorden samen";

/// A folder with everything that belongs to one workspace. Removed when dropped.
pub struct Case {
    folder: TempDir,
}

/// What a run of `koplamp` gave.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: String,
}

impl Case {
    /// A case without a workspace yet.
    pub fn empty() -> Self {
        Self::within(scratch::folder())
    }

    fn within(folder: TempDir) -> Self {
        let case = Self { folder };
        for folder in ["home", "tmp"] {
            std::fs::create_dir(case.at(folder)).expect("a folder can be made");
        }
        std::fs::write(case.passphrase_file(), PASSPHRASE).expect("a file can be written");
        case
    }

    /// A case with a new workspace, made by the command line.
    pub fn new() -> Self {
        Self::of("politie")
    }

    /// A case with a new workspace, in memory where there is one: for tests of which the window writes thousands of lines into the log.
    pub fn in_memory() -> Self {
        let case = Self::within(scratch::in_memory());
        case.make();
        case
    }

    /// A case with a new workspace of this organisation.
    pub fn of(organisation: &str) -> Self {
        let case = Self::empty();
        case.make_for(organisation);
        case
    }

    /// Makes the workspace, and gives its recovery key.
    pub fn make(&self) -> String {
        self.make_for("politie")
    }

    fn make_for(&self, organisation: &str) -> String {
        let made =
            self.json("new", &["--name", "Proefzaak", "--organisation", organisation, "--person", "A. de Tester"]);
        made["recovery_key"].as_str().expect("the recovery key is told").to_owned()
    }

    /// A path in the case's folder.
    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The workspace's folder.
    pub fn workspace(&self) -> PathBuf {
        self.at("zaak.koplamp")
    }

    /// The file that holds the passphrase.
    pub fn passphrase_file(&self) -> PathBuf {
        self.at("passphrase")
    }

    /// The file that holds the device secret.
    pub fn device_secret_file(&self) -> PathBuf {
        self.at("device-secret")
    }

    /// The folder that the programs are told to put temporary files in; nothing should ever be there.
    pub fn temporary(&self) -> PathBuf {
        self.at("tmp")
    }

    /// Writes a file into the case's folder and gives its path.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().expect("it lies in the case's folder")).expect("a folder can be made");
        std::fs::write(&path, bytes).expect("a file can be written");
        path
    }

    /// A program in the surroundings of this case: its home and temporary folder, no keychain, no language of the machine's.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(programs::program(program));
        self.surround(&mut command);
        command
    }

    /// Puts a command into the surroundings of this case.
    pub fn surround(&self, command: &mut Command) {
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.at("home"))
            .env("TMPDIR", self.temporary())
            .env("LANG", "C.UTF-8")
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.at("no-bus").display()))
            .current_dir(self.at("home"));
    }

    /// `koplamp VERB DIR ARGUMENTS` with passphrase and device secret of this case, not started yet.
    pub fn verb<A: AsRef<OsStr>>(&self, verb: &str, arguments: &[A]) -> Command {
        let mut command = self.bare(verb, arguments);
        command
            .arg("--passphrase-file")
            .arg(self.passphrase_file())
            .arg("--device-secret-file")
            .arg(self.device_secret_file());
        command
    }

    /// `koplamp VERB DIR ARGUMENTS`, without keys.
    pub fn bare<A: AsRef<OsStr>>(&self, verb: &str, arguments: &[A]) -> Command {
        let mut command = self.command("koplamp");
        command.arg(verb).arg(self.workspace()).args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs a verb.
    pub fn run<A: AsRef<OsStr>>(&self, verb: &str, arguments: &[A]) -> Ran {
        run(&mut self.verb(verb, arguments))
    }

    /// Runs a verb that has to succeed, and gives its JSON document.
    ///
    /// # Panics
    /// When it fails, or its output is not one JSON document.
    pub fn json<A: AsRef<OsStr>>(&self, verb: &str, arguments: &[A]) -> Value {
        run(self.verb(verb, arguments).arg("--json")).done().json()
    }

    /// Takes files in for the police.
    pub fn import(&self, paths: &[&Path]) -> Value {
        self.json("import", &import_arguments(paths))
    }

    /// The documents as `koplamp documents` lists them.
    pub fn documents(&self) -> Vec<Value> {
        self.json::<&str>("documents", &[])["documents"].as_array().expect("a list of documents").clone()
    }

    /// The id of the document with this path.
    pub fn id(&self, path: &str) -> String {
        let found = self.documents().into_iter().find(|document| document["path"] == path);
        let found = found.unwrap_or_else(|| panic!("no document {path}"));
        found["id"].as_str().expect("an id").to_owned()
    }

    /// The state digest, with nothing wrong in the workspace.
    pub fn digest(&self) -> String {
        let health = self.json::<&str>("doctor", &[]);
        assert_eq!(health["ok"], true, "{health}");
        health["state_digest"].as_str().expect("a digest").to_owned()
    }
}

impl Default for Case {
    fn default() -> Self {
        Self::new()
    }
}

/// The arguments of an import for the police.
pub fn import_arguments<'a>(paths: &[&'a Path]) -> Vec<&'a OsStr> {
    let labels = ["--organisation", "politie", "--source", "BVH", "--purpose", "wpg-8"];
    paths.iter().map(|path| path.as_os_str()).chain(labels.map(OsStr::new)).collect()
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Ran {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("the program starts");
    output.into()
}

/// Runs a command to its end with `input` on its standard input.
pub fn run_with_input(command: &mut Command, input: &str) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe was asked for");
    pipe.write_all(input.as_bytes()).expect("the program reads what it is told");
    drop(pipe);
    child.wait_with_output().expect("the program ends").into()
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        // A signal is no exit code; no test expects one.
        let code = output.status.code().unwrap_or(-1);
        Self { code, out: output.stdout, err: String::from_utf8_lossy(&output.stderr).into_owned() }
    }
}

impl Ran {
    /// The same, having succeeded.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "it has to succeed, and said: {}", self.err);
        self
    }

    /// The same, having been refused with this exit code, one clear line, and no answer.
    ///
    /// # Panics
    /// When it was not.
    #[track_caller]
    pub fn refused(self, code: i32) -> Self {
        assert_eq!(self.code, code, "it has to be refused with this code; it said: {} {}", self.text(), self.err);
        assert!(self.out.is_empty(), "what is refused gives no answer, and this gave {:?}", self.text());
        assert!(!self.err.contains("panicked"), "no input makes it panic: {}", self.err);
        if code == 1 {
            assert_eq!(self.err.trim_end().lines().count(), 1, "one line says why: {}", self.err);
        }
        self
    }

    /// Standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// Standard output as one JSON document.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|error| panic!("no JSON document ({error}): {}", self.text()))
    }
}
