//! The worker's side: shuts its own process in, does the one thing that it is asked for, and ends.

use std::io::{self, BufWriter, ErrorKind, Write, stderr, stdin, stdout};
use std::process::ExitCode;
use std::time::Duration;

use crate::wire::Asked;
use crate::{cage, readers, wire};

/// Does a task: its argument, its input, and where its answer goes. An error means that the pipe broke: what is wrong with the input
/// belongs in the answer.
pub type Task = fn(argument: &[u8], input: Vec<u8>, answer: &mut dyn Write) -> io::Result<()>;

/// The whole of a worker's program: reads a document, or does one of these tasks, from standard input to standard output, in a cage.
///
/// Call it first, from the only thread. The arguments of the program are bytes of memory and milliseconds of processor time.
pub fn serve(tasks: &[(&str, Task)]) -> ExitCode {
    let mut numbers = std::env::args().skip(1).map_while(|argument| argument.parse().ok());
    let (Some(memory), Some(cpu)) = (numbers.next(), numbers.next()) else {
        return ExitCode::from(wire::EXIT_USAGE);
    };
    // A message of a panic may hold text of the document; the exit code says enough.
    std::panic::set_hook(Box::new(|_| {}));
    // Before anything is read.
    if let Err(error) = cage::lock(cage::Allowance { memory, cpu: Duration::from_millis(cpu) }) {
        // If nobody hears it, the exit code still says so.
        let _ = writeln!(stderr(), "{error}");
        return ExitCode::from(wire::EXIT_NO_CAGE);
    }
    let asked = match wire::accept(stdin().lock()) {
        Ok(asked) => asked,
        Err(error) if error.kind() == ErrorKind::OutOfMemory => return ExitCode::from(wire::EXIT_MEMORY),
        Err(_) => return ExitCode::from(wire::EXIT_USAGE),
    };
    let mut pipe = BufWriter::with_capacity(1 << 16, stdout().lock());
    let done = match asked {
        Asked::Document { name, bytes } => {
            // If this fails, so does the answer.
            let result = readers::read_announced(&name, &bytes, |kind| drop(wire::announce(&mut pipe, kind)));
            wire::answer(&mut pipe, &result)
        }
        Asked::Task { name, argument, input } => {
            let Some((_, task)) = tasks.iter().find(|(known, _)| *known == name) else {
                return ExitCode::from(wire::EXIT_NO_TASK);
            };
            task(&argument, input, &mut pipe).and_then(|()| pipe.flush())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
