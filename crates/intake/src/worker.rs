//! The calling side: one worker process for one document, watched.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use koplamp_model::{Kind, Reason};

use crate::reading::{Reading, Unread, failure};
use crate::wire::{self, WireError};

/// How often a running worker is checked for cancellation and for its time.
const TICK: Duration = Duration::from_millis(20);
/// What a worker may still need to end after its answer.
const FAREWELL: Duration = Duration::from_secs(2);
/// Bytes of a worker's complaints that are looked at.
const COMPLAINT: u64 = 4096;

/// What one document may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of address space of the worker.
    pub memory: u64,
    /// Processor time of the worker.
    pub cpu: Duration,
    /// Time that passes until the worker is stopped.
    pub wall: Duration,
    /// Bytes of a document; a larger one is not looked at.
    pub input: u64,
    /// Bytes of text and attachments that are taken from the worker.
    pub output: u64,
}

impl Default for Limits {
    /// A gigabyte and a minute, with room in the gigabyte for the largest document beside the most that can come out of it.
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            cpu: Duration::from_secs(60),
            wall: Duration::from_secs(120),
            input: 512 << 20,
            output: 384 << 20,
        }
    }
}

/// Something is wrong with the installation, not with a document.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The worker's program is not where it belongs.
    #[error("the program that reads documents is missing: {0}. Reinstall Koplamp")]
    Missing(PathBuf),
    /// The worker could not be started.
    #[error("the program that reads documents could not be started: {program}: {reason}")]
    Start {
        /// Its path.
        program: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The worker could not close its cage, so it read nothing.
    #[error("documents are not read, because the process that reads them could not be shut in: {0}")]
    Cage(String),
}

/// Why [`Worker::read`] gave no reading.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The document cannot be read.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// The caller did not want it any more.
    #[error("reading was cancelled")]
    Cancelled,
    /// No document can be read here.
    #[error(transparent)]
    Worker(#[from] WorkerError),
}

/// Reads documents, each in a process of its own. Can be shared between threads.
#[derive(Debug, Clone)]
pub struct Worker {
    program: PathBuf,
    limits: Limits,
}

impl Worker {
    /// The worker that is installed beside the running program.
    ///
    /// # Errors
    /// When it is not there.
    pub fn beside_this_program() -> Result<Self, WorkerError> {
        let name = format!("koplamp-worker{}", std::env::consts::EXE_SUFFIX);
        let here =
            std::env::current_exe().map_err(|reason| WorkerError::Start { program: PathBuf::from(&name), reason })?;
        let folder = here.parent().unwrap_or(Path::new("."));
        let beside = folder.join(&name);
        // Programs of tests and benches lie in a folder `deps` below it.
        let above = folder.parent().filter(|_| folder.ends_with("deps")).map(|above| above.join(&name));
        [Some(beside.clone()), above]
            .into_iter()
            .flatten()
            .find(|program| program.is_file())
            .map(|program| Self::at(program, Limits::default()))
            .ok_or(WorkerError::Missing(beside))
    }

    /// The worker at this path, with these limits.
    pub fn at(program: impl Into<PathBuf>, limits: Limits) -> Self {
        Self { program: program.into(), limits }
    }

    /// The same worker with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Reads a document. `name` is a hint at its kind; `cancelled` is asked about fifty times a second.
    ///
    /// # Errors
    /// [`ReadError::Unread`] when the document cannot be read, with the reason; [`ReadError::Worker`] when none can.
    pub fn read(&self, name: &str, bytes: &[u8], cancelled: &dyn Fn() -> bool) -> Result<Reading, ReadError> {
        if bytes.len() as u64 > self.limits.input {
            let message =
                format!("The file has {} MB; at most {} MB are read.", bytes.len() >> 20, self.limits.input >> 20);
            return Err(Unread::new(Kind::Unknown, failure(Reason::TooLarge, message)).into());
        }
        let mut child = self.start()?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let limit = self.limits.output;
        thread::scope(|scope| {
            // A worker that dies early breaks this pipe; how it died says why.
            scope.spawn(move || stdin.map(|pipe| wire::ask(pipe, name, bytes)));
            let complaint = scope.spawn(move || {
                let mut complaint = Vec::new();
                stderr.map(|pipe| pipe.take(COMPLAINT).read_to_end(&mut complaint));
                complaint
            });
            let (sender, answered) = channel();
            scope.spawn(move || {
                let mut kind = Kind::Unknown;
                let answer =
                    stdout.map_or(Err(WireError::Malformed("no pipe")), |pipe| wire::receive(pipe, limit, &mut kind));
                let _ = sender.send((kind, answer));
            });
            let mut running = Running { child, started: Instant::now(), wall: self.limits.wall, stopped: false };
            let (kind, answer) = loop {
                match answered.recv_timeout(TICK) {
                    Ok(answer) => break answer,
                    Err(RecvTimeoutError::Timeout) if cancelled() => return Err(ReadError::Cancelled),
                    // The pipe then ends, with what the worker had announced.
                    Err(RecvTimeoutError::Timeout) if running.is_late() => running.stop(),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => {
                        break (Kind::Unknown, Err(WireError::Malformed("no answer")));
                    }
                }
            };
            if running.stopped {
                return Err(timeout(kind));
            }
            let status = running.end();
            let complaint = complaint.join().unwrap_or_default();
            self.judge(kind, answer, status, &String::from_utf8_lossy(&complaint))
        })
    }

    fn start(&self) -> Result<Child, WorkerError> {
        let mut command = Command::new(&self.program);
        command
            .arg(self.limits.memory.to_string())
            .arg(self.limits.cpu.as_millis().to_string())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        {
            // An interrupt from the terminal is for the caller, who then ends the worker.
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
        }
        command.spawn().map_err(|reason| match reason.kind() {
            io::ErrorKind::NotFound => WorkerError::Missing(self.program.clone()),
            _ => WorkerError::Start { program: self.program.clone(), reason },
        })
    }

    /// What the answer and the end of the worker together mean.
    fn judge(
        &self,
        kind: Kind,
        answer: Result<Result<Reading, Unread>, WireError>,
        status: Option<ExitStatus>,
        complaint: &str,
    ) -> Result<Reading, ReadError> {
        let unread = |reason, message: &str| -> ReadError { Unread::new(kind, failure(reason, message)).into() };
        match answer {
            Ok(Ok(reading)) => return Ok(reading),
            Ok(Err(unread)) => return Err(unread.into()),
            Err(WireError::TooLarge(limit)) => {
                return Err(unread(Reason::TooLarge, &format!("More than {} MB come out of the file.", limit >> 20)));
            }
            Err(WireError::Malformed(what)) if status.is_some_and(|status| status.success()) => {
                return Err(unread(Reason::Crashed, &format!("The reader's answer was not believed: {what}.")));
            }
            Err(_) => {}
        }
        let code = status.and_then(|status| status.code());
        if code == Some(wire::EXIT_NO_CAGE.into()) {
            return Err(WorkerError::Cage(complaint.trim().to_owned()).into());
        }
        // The second is how the standard library ends a process that got no memory.
        if code == Some(wire::EXIT_MEMORY.into()) || complaint.starts_with("memory allocation of") {
            let message = format!("Reading it needs more than {} MB of memory.", self.limits.memory >> 20);
            return Err(unread(Reason::Memory, &message));
        }
        match (code, status.and_then(signal)) {
            (_, Some(SIGXCPU)) => Err(timeout(kind)),
            (_, Some(signal)) => Err(unread(Reason::Crashed, &format!("The reader died on it (signal {signal})."))),
            (Some(code), _) => Err(unread(Reason::Crashed, &format!("The reader gave up on it (exit code {code})."))),
            _ => Err(unread(Reason::Crashed, "The reader broke off.")),
        }
    }
}

/// The signal of a process that used up its processor time; the same number on all Linux systems that we build for.
const SIGXCPU: i32 = 24;

fn signal(status: ExitStatus) -> Option<i32> {
    #[cfg(unix)]
    {
        std::os::unix::process::ExitStatusExt::signal(&status)
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        None
    }
}

fn timeout(kind: Kind) -> ReadError {
    Unread::new(kind, failure(Reason::Timeout, "Reading it takes longer than a document gets.")).into()
}

/// A worker that is ended when it goes out of scope, whichever way that happens.
struct Running {
    child: Child,
    started: Instant,
    wall: Duration,
    /// Ended because it was late.
    stopped: bool,
}

impl Running {
    fn is_late(&self) -> bool {
        self.started.elapsed() > self.wall
    }

    fn stop(&mut self) {
        self.stopped = true;
        // It may have ended just now.
        let _ = self.child.kill();
    }

    /// Waits a little for the worker to end by itself, so that its own way of ending is known; then ends it.
    fn end(&mut self) -> Option<ExitStatus> {
        let answered = Instant::now();
        while answered.elapsed() < FAREWELL {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => thread::sleep(Duration::from_millis(1)),
                Err(_) => break,
            }
        }
        // It holds its pipes open, and somebody waits for their end.
        let _ = self.child.kill();
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both do nothing when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
