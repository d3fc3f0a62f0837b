//! WebKit's WebDriver, which starts the application and speaks for it.

use std::ffi::{OsStr, OsString};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::display::Display;
use super::turn::Turn;
use super::webdriver::Session;
use super::{PATIENCE, Window};
use crate::process::Group;
use crate::{Case, programs};

/// How the application is to be started.
pub struct Start<'a> {
    case: &'a Case,
    name: String,
    arguments: Vec<OsString>,
    environment: Vec<(String, OsString)>,
    through: Vec<OsString>,
}

impl<'a> Start<'a> {
    /// In the surroundings of this case, with its device secret. `name` is what pictures of it are called.
    pub fn new(case: &'a Case, name: &str) -> Self {
        let arguments = vec!["--device-secret-file".into(), case.device_secret_file().into()];
        Self { case, name: name.to_owned(), arguments, environment: Vec::new(), through: Vec::new() }
    }

    /// With the device secret in this file.
    #[must_use]
    pub fn device_secret_file(mut self, file: impl AsRef<OsStr>) -> Self {
        self.arguments = vec!["--device-secret-file".into(), file.as_ref().to_owned()];
        self
    }

    /// Without a device-secret file: with the keychain.
    #[must_use]
    pub fn with_keychain(mut self) -> Self {
        self.arguments.clear();
        self
    }

    /// With one more argument: a workspace, or a file to take in.
    #[must_use]
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.environment.push((name.to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Started by way of another program, such as one that watches it.
    #[must_use]
    pub fn through<A: AsRef<OsStr>>(mut self, command: &[A]) -> Self {
        self.through = command.iter().map(|part| part.as_ref().to_owned()).collect();
        self
    }

    /// Starts it and waits until its page is there.
    pub fn window(self) -> Window {
        let name = self.name.clone();
        let capabilities = json!({ "alwaysMatch": {
            "webkitgtk:browserOptions": {
                "binary": programs::program("koplamp-desktop"),
                "args": self.arguments.iter().map(|part| part.to_str().expect("arguments are text")).collect::<Vec<_>>(),
            },
        } });
        let (driver, port) = Driver::start(&self);
        let session = Session::begin(port, &capabilities).unwrap_or_else(|refusal| panic!("no session: {refusal}"));
        let window = Window { session, driver, name };
        window.wait_for("page", || {
            let ready = window.session.script(
                "return document.readyState === 'complete' && !!document.querySelector('main, .frame, [data-testid]')",
                &[],
            );
            (ready.ok()? == true).then_some(())
        });
        window
    }
}

/// The WebDriver and the application below it. Ended when dropped.
pub struct Driver {
    group: Group,
    display: Display,
    _turn: Turn,
}

impl Driver {
    fn start(start: &Start<'_>) -> (Self, u16) {
        let turn = Turn::take();
        let display = Display::start();
        let runtime = start.case.at("run");
        std::fs::create_dir_all(&runtime).expect("a folder can be made");
        std::fs::set_permissions(&runtime, std::fs::Permissions::from_mode(0o700))
            .expect("a folder can be made private");
        let port = free_port();
        let mut parts =
            start.through.iter().cloned().chain(["WebKitWebDriver".into(), format!("--port={port}").into()]);
        let mut command = Command::new(parts.next().expect("there is a program"));
        start.case.surround(&mut command);
        command
            .args(parts)
            .env("DISPLAY", display.name())
            .env("GDK_BACKEND", "x11")
            .env("XDG_RUNTIME_DIR", &runtime)
            .env("KOPLAMP_HOME", start.case.at("home"))
            // The web view hands itself over to the automation only when told to.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // No accessibility bus is there to wait for.
            .env("NO_AT_BRIDGE", "1")
            .envs(start.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        if std::env::var_os("KOPLAMP_TEST_VERBOSE").is_none() {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        let driver = Self { group: Group::start(&mut command), display, _turn: turn };
        let began = Instant::now();
        while !Session::is_ready(port) {
            assert!(began.elapsed() < PATIENCE, "WebKitWebDriver does not answer");
            thread::sleep(Duration::from_millis(30));
        }
        (driver, port)
    }

    pub(super) fn display(&self) -> &Display {
        &self.display
    }

    /// Ids of all processes below the driver.
    pub(super) fn descendants(&self) -> Vec<u32> {
        let mut known = vec![self.group.id()];
        let mut next = 0;
        while let Some(&parent) = known.get(next) {
            let tasks = std::fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
            for task in tasks {
                let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
                known.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
            }
            next += 1;
        }
        known
    }
}

/// A port that nobody has right now.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}
