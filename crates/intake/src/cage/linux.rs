//! The cage on Linux: limits, attributes of the process, Landlock, and the filter of system calls.

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetError, Scope};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, Signal, getrlimit, set_dumpable_behavior, set_parent_process_death_signal,
    setrlimit,
};
use rustix::thread::set_no_new_privs;

use super::{Allowance, CageError, filter};

/// Bytes of stack: deep enough for any honest document, and endless recursion ends at it.
const STACK: u64 = 16 << 20;

pub(super) fn lock(allowance: Allowance) -> Result<(), CageError> {
    let attribute = |what| move |error: rustix::io::Errno| CageError::Limit { what, reason: error.to_string() };
    set_no_new_privs(true).map_err(attribute("new privileges"))?;
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(attribute("outliving the parent"))?;
    // Neither a core file nor another process of this user may show the document.
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(attribute("being traced"))?;

    limit(Resource::Core, "core files", 0, 0)?;
    limit(Resource::Fsize, "written files", 0, 0)?;
    let stack = getrlimit(Resource::Stack).maximum.map_or(STACK, |maximum| maximum.min(STACK));
    limit(Resource::Stack, "the stack", stack, stack)?;
    let seconds = allowance.cpu.as_secs() + u64::from(allowance.cpu.subsec_nanos() > 0);
    // At the soft limit comes a signal that says why; at the hard one, a second later, the end.
    limit(Resource::Cpu, "processor time", seconds.max(1), seconds.max(1) + 1)?;
    limit(Resource::As, "memory", allowance.memory, allowance.memory)?;

    // On a kernel without Landlock this does nothing, and the filter stands alone.
    landlock().map_err(|error| CageError::Limit { what: "files", reason: error.to_string() })?;
    limit(Resource::Nofile, "open files", 0, 0)?;
    filter::install()
}

fn limit(resource: Resource, what: &'static str, current: u64, maximum: u64) -> Result<(), CageError> {
    // A caller may run under tighter limits than ours; they cannot be raised and need not be.
    let given = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let new = Rlimit { current: Some(current.min(given)), maximum: Some(maximum.min(given)) };
    setrlimit(resource, new).map_err(|error| CageError::Limit { what, reason: error.to_string() })
}

/// A rule set without a rule: nothing on any disk, no port, no signal to anyone outside.
fn landlock() -> Result<(), RulesetError> {
    let newest = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(newest))?
        .handle_access(AccessNet::from_all(newest))?
        .scope(Scope::from_all(newest))?
        .create()?
        .restrict_self()?;
    Ok(())
}
