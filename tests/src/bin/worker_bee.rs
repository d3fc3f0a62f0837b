//! Does acts at random in a workspace until it is killed, and tells each one: `worker_bee WORKSPACE DEVICE_SECRET PASSPHRASE SOURCES SEED`.
//!
//! On standard output, one line each, written at once: `open`; `try KIND` before an act; `done TRANSACTION DIGEST PASSPHRASE` after it,
//! when the act has been confirmed to the one who asked for it.

use std::io::Write;
use std::path::PathBuf;

use koplamp_tests::history::{Plan, acts, lists_digest};
use koplamp_tests::{answers, seed};
use koplamp_workspace::{DeviceSecretSource, Worker};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// It ends by itself after so many acts, should nobody kill it.
const MOST: usize = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, secret, passphrase, sources, number] = arguments.try_into().expect("five arguments");
    let (folder, secret, sources) = (PathBuf::from(folder), PathBuf::from(secret), PathBuf::from(sources));
    let mut rng = StdRng::seed_from_u64(number.parse().expect("a seed"));
    let mut passphrase = passphrase;
    let worker = Worker::beside_this_program().expect("the worker is built");
    let workspace = answers::open(&folder, &secret, &passphrase).expect("the workspace opens");
    tell("open");
    for _ in 0..MOST {
        if rng.random_bool(0.03) {
            let new = format!("{} {}", koplamp_tests::case::PASSPHRASE, seed::word(&mut rng, 6));
            tell(&format!("try passphrase {new}"));
            let source = DeviceSecretSource::File(secret.clone());
            workspace.change_passphrase(&passphrase, &new, &source).expect("the passphrase changes");
            passphrase = new;
        } else {
            let plan = Plan::choose(&workspace, &mut rng).expect("there is something to do");
            tell(&format!("try {plan}"));
            plan.run(&workspace, &worker, &sources).expect("it can be done");
        }
        let last = acts(&workspace, 1).expect("the log can be read").pop().expect("the workspace was made");
        tell(&format!("done {last} {} {passphrase}", lists_digest(&workspace).expect("the lists can be read")));
    }
}

fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // One write a line, so that a line is told whole or not at all; who does not listen any more has killed it.
    drop(out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush()));
}
