//! Offline by construction: every system call about sockets, of every process, looked at.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use koplamp_tests::case::{Case, PASSPHRASE, import_arguments, run};
use koplamp_tests::files;
use koplamp_tests::window::Start;

/// `strace` of a program and all that it starts; one line a call about sockets, with the address.
fn watched(trace: &Path) -> Vec<String> {
    let parts = ["strace", "-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-s", "256", "-o"];
    parts.iter().map(|part| (*part).to_owned()).chain([trace.display().to_string()]).collect()
}

/// The calls that speak to something that is not on this computer: all but local sockets and, where allowed, the loopback.
fn outside(trace: &Path, loopback: bool) -> BTreeSet<String> {
    let text = std::fs::read_to_string(trace).expect("there is a trace");
    let call = |line: &str| line.split_once(' ').map_or(line, |(_, call)| call.trim_start()).to_owned();
    let inet = text.lines().filter(|line| line.contains("AF_INET"));
    let speaks =
        |line: &&str| ["connect(", "sendto(", "sendmsg(", "sendmmsg(", "bind("].iter().any(|call| line.contains(call));
    let near = |line: &str| line.contains("inet_addr(\"127.0.0.1\")") || line.contains("\"::1\"");
    if loopback { inet.filter(speaks).filter(|line| !near(line)).map(call).collect() } else { inet.map(call).collect() }
}

#[test]
fn the_command_line_opens_no_socket_of_the_network() {
    let case = Case::new();
    let page = "<p>Een <img src=\"http://example.com/spion.png\"> pagina.</p><script src=\"http://example.com/x.js\"></script>";
    let paths = [
        case.write("blad.html", page),
        case.write("stuk.pdf", files::pdf(&["Een blad."])),
        case.write(
            "post.eml",
            files::eml("k@posthoorn.example", "post", "Zie http://example.com/", &[("b.txt", "bijlage")]),
        ),
    ];
    let paths: Vec<&Path> = paths.iter().map(std::path::PathBuf::as_path).collect();
    let runs = [
        ("import", import_arguments(&paths)),
        ("search", vec!["blad".as_ref()]),
        ("doctor", vec!["--rebuild".as_ref()]),
    ];
    for (verb, arguments) in runs {
        let trace = case.at(format!("{verb}.trace"));
        let inner = case.verb(verb, &arguments);
        let watch = watched(&trace);
        let mut command = Command::new(&watch[0]);
        case.surround(&mut command);
        run(command.args(&watch[1..]).arg(inner.get_program()).args(inner.get_args())).done();
        assert_eq!(outside(&trace, false), BTreeSet::new(), "{verb} stays on this computer");
    }
    let trace = case.at("control.trace");
    let watch = watched(&trace);
    let talk = "exec 3<>/dev/tcp/127.0.0.1/9";
    let _ = Command::new(&watch[0]).args(&watch[1..]).args(["bash", "-c", talk]).output();
    assert_ne!(outside(&trace, false), BTreeSet::new(), "a program that does use the network is noticed");
}

#[test]
fn the_window_speaks_to_nobody_outside() {
    let case = Case::new();
    let page = "<p>Een pagina met <img src=\"http://example.com/spion.png\"> en http://example.com/ erin.</p>";
    case.import(&[&case.write("blad.html", page)]);
    let trace = case.at("window.trace");
    let window = Start::new(&case, "network").argument(case.workspace()).through(&watched(&trace)).window();
    window.open(PASSPHRASE);
    assert_eq!(window.search("pagina"), 1);
    window.open_first_hit();
    window.lock();
    drop(window);
    // The automation itself speaks over the loopback.
    assert_eq!(outside(&trace, true), BTreeSet::new(), "the window stays on this computer");
}
