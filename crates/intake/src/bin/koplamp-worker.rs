//! Reads one document: from standard input to standard output, in a cage, and ends.
//!
//! Started by the program itself and of no use to a person. Arguments: bytes of memory, milliseconds of processor time.

use std::io::{BufWriter, ErrorKind, stdin, stdout};
use std::process::ExitCode;
use std::time::Duration;

use koplamp_intake::{cage, readers, wire};

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map_while(|argument| argument.parse().ok());
    let (Some(memory), Some(cpu)) = (numbers.next(), numbers.next()) else {
        return ExitCode::from(wire::EXIT_USAGE);
    };
    // A message of a panic may hold text of the document; the exit code says enough.
    std::panic::set_hook(Box::new(|_| {}));
    // Before anything is read.
    if let Err(error) = cage::lock(cage::Allowance { memory, cpu: Duration::from_millis(cpu) }) {
        eprintln!("{error}");
        return ExitCode::from(wire::EXIT_NO_CAGE);
    }
    let (name, bytes) = match wire::accept(stdin().lock()) {
        Ok(document) => document,
        Err(error) if error.kind() == ErrorKind::OutOfMemory => return ExitCode::from(wire::EXIT_MEMORY),
        Err(_) => return ExitCode::from(wire::EXIT_USAGE),
    };
    let mut pipe = BufWriter::new(stdout().lock());
    // If this fails, so does the answer.
    let result = readers::read_announced(&name, &bytes, |kind| drop(wire::announce(&mut pipe, kind)));
    match wire::answer(pipe, &result) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
