//! A virtual display.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::process::Group;

/// An X server without a screen. Ended when dropped.
pub struct Display {
    _server: Group,
    name: String,
}

impl Display {
    /// Starts one on a display number that is free.
    pub fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Group::start(&mut command);
        let out = server.child().stdout.take().expect("a pipe was asked for");
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number).expect("Xvfb tells its display");
        assert!(!number.trim().is_empty(), "Xvfb does not start");
        Self { _server: server, name: format!(":{}", number.trim()) }
    }

    /// Its name, for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
