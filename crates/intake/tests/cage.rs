//! What a process can still do once the cage is closed: this program starts itself, locks itself in as the worker does, and tries.
//!
//! The same attempts are made without the cage first, so that a refusal shows the cage and not an attempt that never works.

#![expect(clippy::print_stdout, reason = "the outcomes go to the process that started this one")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use koplamp_intake::cage::{Allowance, lock};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("free") => attempts(&arguments[2], &arguments[3], || {}),
        Some("caged") => attempts(&arguments[2], &arguments[3], || {
            lock(Allowance { memory: 512 << 20, cpu: Duration::from_secs(10) }).expect("the cage closes");
        }),
        // A test runner asks for the names of tests.
        Some("--list") => {}
        _ => compare(),
    }
}

/// Starts both and compares what they could do.
fn compare() {
    let free = outcomes("free");
    let caged = outcomes("caged");
    for (what, outcome) in &free {
        assert_eq!(outcome, "done", "without the cage, {what} works");
    }
    for (what, outcome) in &caged {
        if what.starts_with("allowed: ") {
            assert_eq!(outcome, "done", "{what}");
        } else {
            assert_eq!(outcome, "denied", "in the cage, {what} is denied");
        }
    }
    assert_eq!(free.keys().collect::<Vec<_>>(), caged.keys().collect::<Vec<_>>());
    println!(
        "cage: {} attempts, {} denied",
        caged.len(),
        caged.values().filter(|outcome| *outcome == "denied").count()
    );
}

fn outcomes(mode: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port().to_string();
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg(mode).arg(folder.path()).arg(port).output().expect("started");
    assert!(output.status.success(), "{mode}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let outcomes: BTreeMap<_, _> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(what, outcome)| (what.to_owned(), outcome.to_owned()))
        .collect();
    assert!(outcomes.len() >= 19, "{mode}: all attempts were made: {text}");
    outcomes
}

fn attempts(folder: &str, port: &str, close: impl FnOnce()) {
    let folder = Path::new(folder);
    let kept = folder.join("kept");
    fs::write(&kept, "x").expect("written");
    // As if the calling program had left it open.
    let mut leaked = File::options().read(true).write(true).open(&kept).expect("opened");
    let address = format!("127.0.0.1:{port}");
    let parent = rustix::process::getppid();
    close();

    tell("reading /etc/passwd", File::open("/etc/passwd"));
    tell("reading /proc/self/maps", File::open("/proc/self/maps"));
    tell("listing a folder", fs::read_dir(folder));
    tell("asking after a file", fs::metadata(&kept));
    tell("writing a file", File::create(folder.join("new")));
    tell("making a folder", fs::create_dir(folder.join("made")));
    tell("renaming a file", fs::rename(&kept, folder.join("renamed")));
    tell("removing a file", fs::remove_file(folder.join("renamed")));
    tell("reading a file left open", leaked.read(&mut [0; 1]));
    tell("writing a file left open", leaked.write(b"y"));
    tell("connecting", TcpStream::connect(&address));
    tell("listening", TcpListener::bind("127.0.0.1:0"));
    tell("a datagram socket", UdpSocket::bind("127.0.0.1:0"));
    tell("a local socket", UnixListener::bind(folder.join("socket")));
    tell("a local socket without a name", UnixDatagram::unbound());
    tell("starting a program", Command::new("/bin/true").status());
    tell(
        "asking after the parent",
        parent.map_or(Err(rustix::io::Errno::SRCH), rustix::process::test_kill_process).map_err(io::Error::from),
    );
    tell("raising a limit", {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Cpu);
        rustix::process::setrlimit(rustix::process::Resource::Cpu, limit).map_err(io::Error::from)
    });
    tell("allowed: a thread", std::thread::Builder::new().spawn(|| 1).map(std::thread::JoinHandle::join));
    tell("allowed: memory", Ok(vec![1u8; 64 << 20].len()));
    tell("allowed: the time", Ok(std::time::Instant::now()));
}

fn tell<T>(what: &str, result: io::Result<T>) {
    println!("{what}\t{}", if result.is_ok() { "done" } else { "denied" });
}
