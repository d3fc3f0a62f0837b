//! Long random histories: the projections rebuilt from log and originals equal those kept, and undo and redo lead back and forth exactly.

use koplamp_tests::history::{self, Plan};
use koplamp_tests::{answers, case::PASSPHRASE, scratch, seed};
use koplamp_workspace::{ErrorCode, Worker, Workspace};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const OPERATIONS: usize = 500;

/// What undo and redo have to lead to.
#[derive(Default)]
struct Model {
    past: Vec<String>,
    future: Vec<String>,
}

#[test]
fn random_histories_replay_and_can_be_undone_to_the_beginning() {
    let (first, _) = seed::generator("replay");
    for seed in (first..).take(seed::rounds("KOPLAMP_HISTORIES", 4)) {
        println!("history {seed}");
        history_of(seed);
    }
}

fn history_of(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let worker = Worker::beside_this_program().unwrap();
    let folder = scratch::in_memory();
    let (place, secret, sources) =
        (folder.path().join("zaak.koplamp"), folder.path().join("secret"), folder.path().join("s"));
    std::fs::create_dir(&sources).unwrap();
    let mut workspace = answers::create(&place, &secret).unwrap();
    let beginning = digest(&workspace);
    let mut model = Model::default();
    let (mut done, mut back) = (0, 0);
    while done < OPERATIONS {
        if rng.random_bool(0.03) {
            workspace.close("end").unwrap();
            workspace = answers::open(&place, &secret, PASSPHRASE).unwrap();
        }
        if let Some(plan) = step(&workspace, &worker, &sources, &mut model, &mut rng) {
            done += 1;
            back += usize::from(matches!(plan, Plan::Undo | Plan::Redo));
        }
    }
    println!("  {done} operations, {back} of them undo and redo; {} can be undone", model.past.len());

    let end = digest(&workspace);
    let rebuilt = workspace.rebuild(&worker).unwrap();
    assert!(rebuilt.ok, "log and originals give all projections as they were kept: {:?}", rebuilt.problems);
    assert_eq!(rebuilt.state_digest, end, "and the same case");
    workspace.close("end").unwrap();
    let workspace = answers::open(&place, &secret, PASSPHRASE).unwrap();
    assert_eq!(digest(&workspace), end, "closing and opening changes nothing");
    let (found, there) = history::counts(&workspace).unwrap();
    assert_eq!(found, there, "the index shows what the texts hold");

    let undone = model.past.len();
    while let Some(before) = model.past.pop() {
        model.future.push(history::lists_digest(&workspace).unwrap());
        workspace.undo().unwrap();
        assert_eq!(history::lists_digest(&workspace).unwrap(), before, "undo gives back the case from before the act");
    }
    assert_eq!(workspace.undo().unwrap_err().code(), ErrorCode::NothingToUndo);
    assert_eq!(digest(&workspace), beginning, "with everything undone the case is as it was made");
    assert_eq!(history::counts(&workspace).unwrap().0, [0; 6], "and nothing can be found");
    let rebuilt = workspace.rebuild(&worker).unwrap();
    assert!(rebuilt.ok && rebuilt.state_digest == beginning, "{:?}", rebuilt.problems);

    for _ in 0..undone {
        redo(&workspace, &mut model);
    }
    assert_eq!(digest(&workspace), end, "with everything done again the case is as it was at the end");
    // What had been undone at the end of the history can still be done again, too.
    while !model.future.is_empty() {
        redo(&workspace, &mut model);
    }
    assert_eq!(workspace.redo().unwrap_err().code(), ErrorCode::NothingToRedo);
}

fn redo(workspace: &Workspace, model: &mut Model) {
    workspace.redo().unwrap();
    let after = model.future.pop().expect("there is something to do again");
    assert_eq!(history::lists_digest(workspace).unwrap(), after, "redo gives back the case from after the act");
}

/// One act, compared with what it has to lead to. None when there was nothing to undo or redo.
fn step(
    workspace: &Workspace,
    worker: &Worker,
    sources: &std::path::Path,
    model: &mut Model,
    rng: &mut StdRng,
) -> Option<Plan> {
    let before = history::lists_digest(workspace).unwrap();
    let plan = Plan::choose(workspace, rng).unwrap();
    let done = plan.run(workspace, worker, sources).unwrap();
    let after = history::lists_digest(workspace).unwrap();
    let expected = match plan {
        Plan::Undo => model.past.pop().inspect(|_| model.future.push(before)),
        Plan::Redo => model.future.pop().inspect(|_| model.past.push(before)),
        _ if !done => {
            assert_eq!(after, before, "{plan} was refused and changed nothing");
            None
        }
        _ => {
            model.future.clear();
            model.past.push(before);
            Some(after.clone())
        }
    };
    assert_eq!(done, expected.is_some(), "{plan}: the workspace knows how much can be undone and redone");
    if let Some(expected) = expected {
        assert_eq!(after, expected, "{plan} leads to the case that it was");
    }
    done.then_some(plan)
}

fn digest(workspace: &Workspace) -> String {
    let health = workspace.examine().unwrap();
    assert!(health.ok, "{:?}", health.problems);
    health.state_digest
}
