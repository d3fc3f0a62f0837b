//! Tasks that go wrong in every way: this program starts itself as the worker, with the tasks below.

#![expect(clippy::print_stdout, reason = "there is no harness that says what was shown")]

use std::io::{self, Read};
use std::process::ExitCode;
use std::time::Duration;

use koplamp_intake::{Limits, Task, TaskError, Worker, WorkerError, serve};
use koplamp_model::Reason;

const TASKS: [(&str, Task); 10] = [
    ("echo", |argument, input, answer| {
        answer.write_all(argument)?;
        answer.write_all(&input)
    }),
    ("loop", |_, _, _| {
        loop {
            std::hint::spin_loop();
        }
    }),
    ("allocate", |_, _, _| {
        let mut kept = Vec::new();
        loop {
            kept.push(vec![1u8; 1 << 20]);
        }
    }),
    ("panic", |_, _, _| panic!("words of the input")),
    ("abort", |_, _, _| std::process::abort()),
    ("half", |_, _, answer| {
        answer.write_all(b"half")?;
        answer.flush()?;
        std::process::abort()
    }),
    ("fail", |_, _, answer| {
        answer.write_all(b"whole")?;
        Err(io::ErrorKind::Other.into())
    }),
    ("linger", |_, _, answer| {
        answer.write_all(b"whole")?;
        answer.flush()?;
        loop {
            std::thread::park();
        }
    }),
    ("flood", |_, _, answer| {
        loop {
            answer.write_all(&[b'x'; 1 << 16])?;
        }
    }),
    ("open", |_, _, answer| {
        let opened = std::fs::File::open("/etc/passwd");
        answer.write_all(if opened.is_ok() { b"opened" } else { b"denied" })
    }),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() == 2 && arguments.iter().all(|argument| argument.parse::<u64>().is_ok()) {
        return serve(&TASKS);
    }
    // A test runner asks for the names of tests.
    if arguments.first().is_none_or(|first| first != "--list") {
        answers_are_taken();
        what_goes_wrong_costs_the_input_alone();
        limits_hold();
        cancelled_at_once();
        other_programs_and_other_tasks();
        println!("tasks: {} of them, each ended as it should", TASKS.len());
    }
    ExitCode::SUCCESS
}

fn worker() -> Worker {
    let limits = Limits { wall: Duration::from_secs(60), ..Limits::default() };
    Worker::at(std::env::current_exe().expect("this program"), limits)
}

fn all(pipe: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).map(|_| bytes)
}

fn run(worker: &Worker, task: &str) -> Result<Vec<u8>, TaskError> {
    worker.run(task, b"argument ", b"input", all, &|| false)
}

fn failed(worker: &Worker, task: &str) -> (Reason, String) {
    match run(worker, task) {
        Err(TaskError::Failed(failure)) => (failure.reason, failure.message),
        other => panic!("{task}: expected a failure, got {other:?}"),
    }
}

fn answers_are_taken() {
    assert_eq!(run(&worker(), "echo").expect("an answer"), b"argument input");
    let large = vec![b'x'; 20 << 20];
    let echoed = worker().run("echo", b"", &large, all, &|| false).expect("an answer");
    assert!(echoed == large, "more than fits in a pipe goes in and out");
    assert_eq!(run(&worker(), "open").expect("an answer"), b"denied", "a task is in the cage");
}

fn what_goes_wrong_costs_the_input_alone() {
    for (task, said) in
        [("panic", "exit code 101"), ("abort", "signal 6"), ("half", "signal 6"), ("fail", "exit code 1")]
    {
        let (reason, message) = failed(&worker(), task);
        assert_eq!(reason, Reason::Crashed, "{task}");
        assert!(message.contains(said), "{task}: {message}");
        assert!(!message.contains("words of the input"), "{task}: {message}");
    }
    let nonsense = |pipe: &mut dyn Read| all(pipe).map_err(|_| "broken").and(Err::<(), _>("nonsense"));
    match worker().run("echo", b"", b"", nonsense, &|| false) {
        Err(TaskError::Failed(failure)) => assert!(failure.message.contains("not believed: nonsense"), "{failure:?}"),
        other => panic!("{other:?}"),
    }
    // Whoever stops listening does not wait for the rest.
    match worker().run("flood", b"", b"", |_| Err::<(), _>("nonsense"), &|| false) {
        Err(TaskError::Failed(failure)) => assert!(failure.message.contains("not believed: nonsense"), "{failure:?}"),
        other => panic!("{other:?}"),
    }
}

fn limits_hold() {
    let short = worker().with_limits(Limits { cpu: Duration::from_secs(1), ..Limits::default() });
    assert_eq!(failed(&short, "loop").0, Reason::Timeout, "processor time");
    let hasty = worker().with_limits(Limits { wall: Duration::from_millis(300), ..Limits::default() });
    assert_eq!(failed(&hasty, "loop").0, Reason::Timeout, "time that passes");
    assert_eq!(failed(&hasty, "linger").0, Reason::Timeout, "an answer without an end");
    let tight = worker().with_limits(Limits { memory: 64 << 20, ..Limits::default() });
    assert_eq!(failed(&tight, "allocate").0, Reason::Memory);
    let narrow = worker().with_limits(Limits { output: 1 << 20, ..Limits::default() });
    assert_eq!(failed(&narrow, "flood").0, Reason::TooLarge, "coming out");
    let exact = worker().with_limits(Limits { output: 14, ..Limits::default() });
    assert_eq!(run(&exact, "echo").expect("as much as is taken"), b"argument input");
    let less = worker().with_limits(Limits { output: 13, ..Limits::default() });
    assert_eq!(failed(&less, "echo").0, Reason::TooLarge, "one more");
    let small = worker().with_limits(Limits { input: 4, ..Limits::default() });
    assert_eq!(failed(&small, "echo").0, Reason::TooLarge, "going in");
}

fn cancelled_at_once() {
    for task in ["loop", "flood"] {
        let ran = worker().run(task, b"", b"", all, &|| true);
        assert!(matches!(ran, Err(TaskError::Cancelled)), "{task}: {ran:?}");
    }
}

fn other_programs_and_other_tasks() {
    assert!(matches!(run(&worker(), "none"), Err(TaskError::Worker(WorkerError::Task(_)))));
    let absent = Worker::at("/nonexistent/koplamp-worker", Limits::default());
    assert!(matches!(run(&absent, "echo"), Err(TaskError::Worker(WorkerError::Missing(_)))));
    assert_eq!(failed(&Worker::at("/bin/false", Limits::default()), "echo").0, Reason::Crashed);
}
