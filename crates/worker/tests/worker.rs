//! The real worker process: what it answers, and how it ends.

use std::time::Duration;

use koplamp_intake::{Limits, ReadError, Reading, Worker, WorkerError};
use koplamp_model::{Kind, Reason};

fn worker() -> Worker {
    Worker::at(env!("CARGO_BIN_EXE_koplamp-worker"), Limits::default())
}

fn read(worker: &Worker, name: &str, bytes: &[u8]) -> Result<Reading, ReadError> {
    worker.read(name, bytes, &|| false)
}

fn refused(worker: &Worker, name: &str, bytes: &[u8]) -> (Kind, Reason) {
    match read(worker, name, bytes) {
        Err(ReadError::Unread(unread)) => (unread.kind, unread.failure.reason),
        other => panic!("{name}: expected a refusal, got {other:?}"),
    }
}

#[test]
fn reads_what_the_readers_read() {
    for (name, bytes, kind) in [
        ("a.txt", "één zin".as_bytes(), Kind::Txt),
        ("a.html", b"<html><title>t</title><p>een<p>twee", Kind::Html),
        ("a.md", b"# Kop\n\nTekst", Kind::Md),
        ("a.csv", b"a;b\n1;2\n", Kind::Csv),
        ("b.txt", "één IBAN: NL91 ABNA 0417 1643 00, op 31-12-2025".as_bytes(), Kind::Txt),
    ] {
        let reading = read(&worker(), name, bytes).expect(name);
        assert_eq!(reading.kind, kind);
        assert_eq!(reading, koplamp_intake::readers::read(name, bytes).expect(name), "the process adds nothing");
    }
    assert_eq!(refused(&worker(), "a.txt", b""), (Kind::Unknown, Reason::Empty));
}

#[test]
fn finds_identifiers_on_their_pages() {
    let text = format!("één 31-12-2025\n{}tweede pagina: nachtploeg@posthoorn.example", "regel\n".repeat(20_000));
    let reading = read(&worker(), "a.txt", text.as_bytes()).expect("text is read");
    let found: Vec<(usize, &str)> = (1..)
        .zip(&reading.identifiers)
        .flat_map(|(page, found)| found.iter().map(move |found| (page, found.normal.as_str())))
        .collect();
    assert_eq!(found, [(1, "2025-12-31"), (2, "nachtploeg@posthoorn.example")]);
    assert!(!reading.identifiers_cut);
    let reading = read(&worker(), "a.txt", "1-1-2025\n".repeat(30_000).as_bytes()).expect("text is read");
    assert_eq!(reading.identifiers.iter().map(Vec::len).sum::<usize>(), koplamp_intake::identifiers::MAX_IDENTIFIERS);
    assert!(reading.identifiers_cut);
}

#[test]
fn lies_beside_this_program() {
    let found = Worker::beside_this_program().expect("the test program lies in deps, the worker above it");
    assert!(read(&found, "a.txt", b"tekst").expect("reads").has_text());
}

#[test]
fn a_missing_program_is_no_failure_of_the_document() {
    let absent = Worker::at("/nonexistent/koplamp-worker", Limits::default());
    assert!(matches!(read(&absent, "a.txt", b"tekst"), Err(ReadError::Worker(WorkerError::Missing(_)))));
    let folder = Worker::at(std::env::temp_dir(), Limits::default());
    assert!(matches!(read(&folder, "a.txt", b"tekst"), Err(ReadError::Worker(WorkerError::Start { .. }))));
}

#[test]
fn another_program_is_not_believed() {
    for program in ["/bin/echo", "/bin/cat", "/bin/true", "/bin/false"] {
        let other = Worker::at(program, Limits::default());
        assert_eq!(refused(&other, "a.txt", &[b'x'; 300_000]), (Kind::Unknown, Reason::Crashed), "{program}");
    }
}

#[test]
fn too_large_going_in_and_coming_out() {
    let small = worker().with_limits(Limits { input: 10, ..Limits::default() });
    assert_eq!(refused(&small, "a.txt", b"elf letters"), (Kind::Unknown, Reason::TooLarge));
    let narrow = worker().with_limits(Limits { output: 5, ..Limits::default() });
    assert_eq!(refused(&narrow, "a.txt", b"elf letters"), (Kind::Txt, Reason::TooLarge));
}

#[test]
fn memory_has_a_cap() {
    let tight = worker().with_limits(Limits { memory: 64 << 20, ..Limits::default() });
    assert_eq!(refused(&tight, "a.txt", &vec![b'x'; 60 << 20]), (Kind::Unknown, Reason::Memory));
    assert_eq!(refused(&tight, "a.txt", &"é\n".repeat(6 << 20).into_bytes()), (Kind::Txt, Reason::Memory));
}

#[test]
fn cancelled_at_once() {
    assert!(matches!(worker().read("a.txt", &vec![b'x'; 20 << 20], &|| true), Err(ReadError::Cancelled)));
}

#[test]
fn late_is_a_timeout() {
    // A program that never answers.
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("sleeper");
    std::fs::write(&program, "#!/bin/sh\nexec sleep 1000\n").expect("written");
    make_executable(&program);
    let sleeper = Worker::at(program, Limits { wall: Duration::from_millis(100), ..Limits::default() });
    assert_eq!(refused(&sleeper, "a.txt", b"tekst"), (Kind::Unknown, Reason::Timeout));
}

#[test]
fn a_worker_that_falls_silent_and_stays_is_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("silent");
    std::fs::write(&program, "#!/bin/sh\nexec 1>&-\nexec sleep 1000\n").expect("written");
    make_executable(&program);
    let silent = Worker::at(program, Limits::default());
    assert_eq!(refused(&silent, "a.txt", b"tekst"), (Kind::Unknown, Reason::Crashed));
}

#[test]
fn a_killed_worker_costs_its_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("suicide");
    std::fs::write(&program, "#!/bin/sh\nkill -KILL $$\n").expect("written");
    make_executable(&program);
    match read(&Worker::at(program, Limits::default()), "a.txt", b"tekst") {
        Err(ReadError::Unread(unread)) => {
            assert_eq!(unread.failure.reason, Reason::Crashed);
            assert!(unread.failure.message.contains("signal 9"), "{}", unread.failure.message);
        }
        other => panic!("{other:?}"),
    }
}

fn make_executable(program: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o700)).expect("permitted");
}
