//! The calling side: one worker process for one document or task, watched.

use std::fmt::Display;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use koplamp_model::{Failure, Kind, Reason};

use crate::reading::{Reading, Unread, failure};
use crate::wire::{self, WireError};

/// How often a running worker is checked for cancellation and for its time.
const TICK: Duration = Duration::from_millis(20);
/// What a worker may still need to end after its answer.
const FAREWELL: Duration = Duration::from_secs(2);
/// Bytes of a worker's complaints that are looked at.
const COMPLAINT: u64 = 4096;
/// Of a file that takes too long.
const LATE: &str = "Reading it takes longer than a file gets.";

/// What one document or task may use up.
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

impl Limits {
    /// For tables and networks, of which a whole one is read at once: four gigabytes of address space and five minutes, a gigabyte
    /// in and two out. A table of a million payments (84 MB) takes a tenth of that memory.
    pub const fn of_tables() -> Self {
        Self {
            memory: 4 << 30,
            cpu: Duration::from_secs(300),
            wall: Duration::from_secs(600),
            input: 1 << 30,
            output: 2 << 30,
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
    /// The worker does not have the task that it was asked for: it is of another version.
    #[error("the program that reads documents is of another version: {0}. Reinstall Koplamp")]
    Task(PathBuf),
}

/// Why [`Worker::run`] gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// The input cannot be read: it is too large, the worker ended on it, or its answer was not believed.
    #[error("{}", .0.message)]
    Failed(Failure),
    /// The caller did not want it any more.
    #[error("reading was cancelled")]
    Cancelled,
    /// Nothing can be read here.
    #[error(transparent)]
    Worker(#[from] WorkerError),
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
            let message = too_large(bytes.len(), self.limits.input);
            return Err(Unread::new(Kind::Unknown, failure(Reason::TooLarge, message)).into());
        }
        let limit = self.limits.output;
        let ended = self.supervise(
            |pipe| drop(wire::ask(pipe, name, bytes)),
            |pipe| {
                let mut kind = Kind::Unknown;
                let answer = wire::receive(pipe, limit, &mut kind);
                (kind, answer)
            },
            cancelled,
        )?;
        self.judge(ended)
    }

    /// Has the worker do another task, in the same cage: `input` goes in, and `receive` takes what comes out of the process, at most
    /// [`Limits::output`] bytes of it. What `receive` gives counts only when the worker then ended as it should.
    ///
    /// `receive` must read to the end of the pipe, and believe nothing: what comes may be written by whoever wrote the input.
    /// `argument` (16 MiB at most) says how the task is to be done. `cancelled` is asked about fifty times a second.
    ///
    /// # Errors
    /// [`TaskError::Failed`] when the input was too large, the worker ended on it, or `receive` did not believe it;
    /// [`TaskError::Worker`] when the worker cannot be started or does not have this task.
    pub fn run<T: Send, E: Display + Send>(
        &self,
        task: &str,
        argument: &[u8],
        input: &[u8],
        receive: impl FnOnce(&mut dyn Read) -> Result<T, E> + Send,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<T, TaskError> {
        let failed = |reason, message: &str| TaskError::Failed(failure(reason, message));
        if input.len() as u64 > self.limits.input {
            return Err(failed(Reason::TooLarge, &too_large(input.len(), self.limits.input)));
        }
        let limit = self.limits.output;
        let Ended { answer, late, status, complaint } = self.supervise(
            |pipe| drop(wire::ask_task(pipe, task, argument, input)),
            |pipe| {
                let mut bounded = Bounded { pipe, left: limit, exceeded: false };
                let answer = receive(&mut bounded);
                (answer, bounded.exceeded)
            },
            cancelled,
        )?;
        if late {
            return Err(failed(Reason::Timeout, LATE));
        }
        let code = status.and_then(|status| status.code());
        match answer {
            Some((_, true)) => {
                Err(failed(Reason::TooLarge, &format!("More than {} MB come out of the file.", limit >> 20)))
            }
            Some((Ok(answer), _)) if code == Some(0) => Ok(answer),
            // It gives up with a 1 when nobody wants to hear the rest.
            Some((Err(what), _)) if matches!(code, Some(0 | 1)) => {
                Err(failed(Reason::Crashed, &format!("The reader's answer was not believed: {what}.")))
            }
            _ => Err(TaskError::Failed(self.fault(status, &complaint)?)),
        }
    }

    /// Starts a worker, sends and receives, and watches it until it has ended: within its time, and until `cancelled`.
    fn supervise<T: Send>(
        &self,
        send: impl FnOnce(ChildStdin) + Send,
        receive: impl FnOnce(ChildStdout) -> T + Send,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Ended<T>, Unended> {
        let mut child = self.start()?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            // A worker that dies early breaks this pipe; how it died says why.
            scope.spawn(move || stdin.map(send));
            let complaint = scope.spawn(move || {
                let mut complaint = Vec::new();
                stderr.map(|pipe| pipe.take(COMPLAINT).read_to_end(&mut complaint));
                complaint
            });
            let (sender, answered) = channel();
            scope.spawn(move || {
                let _ = sender.send(stdout.map(receive));
            });
            let mut running = Running { child, started: Instant::now(), wall: self.limits.wall, stopped: false };
            let answer = loop {
                match answered.recv_timeout(TICK) {
                    Ok(answer) => break answer,
                    Err(RecvTimeoutError::Timeout) if cancelled() => return Err(Unended::Cancelled),
                    // The pipe then ends, with what the worker had announced.
                    Err(RecvTimeoutError::Timeout) if running.is_late() => running.stop(),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break None,
                }
            };
            let late = running.stopped;
            let status = running.end();
            let complaint = complaint.join().unwrap_or_default();
            Ok(Ended { answer, late, status, complaint: String::from_utf8_lossy(&complaint).into_owned() })
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
    fn judge(&self, ended: Ended<Answered>) -> Result<Reading, ReadError> {
        let Ended { answer, late, status, complaint } = ended;
        let (kind, answer) = answer.unwrap_or((Kind::Unknown, Err(WireError::Malformed("no answer"))));
        let unread = |reason, message: &str| -> ReadError { Unread::new(kind, failure(reason, message)).into() };
        if late {
            return Err(unread(Reason::Timeout, LATE));
        }
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
        Err(Unread::new(kind, self.fault(status, &complaint)?).into())
    }

    /// What it means that a worker ended without an answer.
    ///
    /// # Errors
    /// When it is not the input's fault.
    fn fault(&self, status: Option<ExitStatus>, complaint: &str) -> Result<Failure, WorkerError> {
        let code = status.and_then(|status| status.code());
        if code == Some(wire::EXIT_NO_CAGE.into()) {
            return Err(WorkerError::Cage(complaint.trim().to_owned()));
        }
        if code == Some(wire::EXIT_NO_TASK.into()) {
            return Err(WorkerError::Task(self.program.clone()));
        }
        // The second is how the standard library ends a process that got no memory.
        if code == Some(wire::EXIT_MEMORY.into()) || complaint.starts_with("memory allocation of") {
            let message = format!("Reading it needs more than {} MB of memory.", self.limits.memory >> 20);
            return Ok(failure(Reason::Memory, message));
        }
        Ok(match (code, status.and_then(signal)) {
            (_, Some(SIGXCPU)) => failure(Reason::Timeout, LATE),
            (_, Some(signal)) => failure(Reason::Crashed, format!("The reader died on it (signal {signal}).")),
            (Some(code), _) => failure(Reason::Crashed, format!("The reader gave up on it (exit code {code}).")),
            _ => failure(Reason::Crashed, "The reader broke off."),
        })
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

fn too_large(found: usize, limit: u64) -> String {
    format!("The file has {} MB; at most {} MB are read.", found >> 20, limit >> 20)
}

/// The kind that a worker announced of a document, and its answer.
type Answered = (Kind, Result<Result<Reading, Unread>, WireError>);

/// How a worker ended.
struct Ended<T> {
    /// What was received; none when there was no pipe to receive it from.
    answer: Option<T>,
    /// Whether its time was up.
    late: bool,
    /// None when it would not end by itself.
    status: Option<ExitStatus>,
    /// The beginning of what it wrote to standard error.
    complaint: String,
}

/// Why a worker was not heard out.
enum Unended {
    Cancelled,
    Worker(WorkerError),
}

impl From<WorkerError> for Unended {
    fn from(error: WorkerError) -> Self {
        Self::Worker(error)
    }
}

impl From<Unended> for ReadError {
    fn from(unended: Unended) -> Self {
        match unended {
            Unended::Cancelled => Self::Cancelled,
            Unended::Worker(error) => Self::Worker(error),
        }
    }
}

impl From<Unended> for TaskError {
    fn from(unended: Unended) -> Self {
        match unended {
            Unended::Cancelled => Self::Cancelled,
            Unended::Worker(error) => Self::Worker(error),
        }
    }
}

/// The answer of a task, as far as it is taken.
struct Bounded<R> {
    pipe: R,
    left: u64,
    /// Whether there was more.
    exceeded: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            // Whether it ends here.
            self.exceeded = self.pipe.read(&mut [0])? > 0;
            return if self.exceeded { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(0) };
        }
        let room = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.pipe.read(buffer.get_mut(..room).unwrap_or_default())?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
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
