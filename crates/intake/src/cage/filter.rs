//! The filter of system calls: a list of what is allowed; all else fails with "operation not permitted".
//!
//! An error and not a signal, because a newer C library may try a call that is not on the list and do without it.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};

use super::CageError;

type Rules = BTreeMap<libc::c_long, Vec<SeccompRule>>;

/// Memory, time, threads and the way out.
const ALLOWED: [libc::c_long; 29] = [
    libc::SYS_brk,
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_membarrier,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    libc::SYS_sigaltstack,
    libc::SYS_sysinfo,
    libc::SYS_gettimeofday,
];

/// Installs the filters on this thread; threads that it starts inherit them.
pub(super) fn install() -> Result<(), CageError> {
    let refused = |error: &dyn std::fmt::Display| CageError::Filter(error.to_string());
    let programs = programs().map_err(|error| refused(&error))?;
    programs.iter().try_for_each(|program| seccompiler::apply_filter(program)).map_err(|error| refused(&error))
}

fn programs() -> Result<Vec<BpfProgram>, seccompiler::BackendError> {
    let arch: TargetArch = std::env::consts::ARCH.try_into()?;
    // The arguments of clone3 lie in memory, where a filter cannot see whether it asks for a thread or a process. "No such call"
    // makes the C library fall back to clone, whose flags can be seen.
    let no_clone3: BpfProgram = SeccompFilter::new(
        Rules::from([(libc::SYS_clone3, Vec::new())]),
        SeccompAction::Allow,
        SeccompAction::Errno(libc::ENOSYS.cast_unsigned()),
        std::env::consts::ARCH.try_into()?,
    )?
    .try_into()?;
    let mut rules: Rules = ALLOWED.into_iter().map(|call| (call, Vec::new())).collect();
    // Of two refusals the one installed last would count, so this one leaves it to the other.
    rules.insert(libc::SYS_clone3, Vec::new());
    // A descriptor that the caller left open by mistake is of no use: only the three pipes can be read or written.
    rules.insert(libc::SYS_read, vec![argument(0, 0)?]);
    for call in [libc::SYS_write, libc::SYS_writev] {
        rules.insert(call, vec![argument(0, 1)?, argument(0, 2)?]);
    }
    // Memory of its own only: a mapping of a file names a descriptor, an anonymous one has -1.
    rules.insert(libc::SYS_mmap, vec![argument(4, u32::MAX.into())?]);
    rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![thread_flag()?])?]);
    // Only the names of threads and of mappings.
    rules.insert(libc::SYS_prctl, vec![argument(0, 15)?, argument(0, 0x5356_4d41)?]);
    // abort() signals its own process.
    rules.insert(libc::SYS_tgkill, vec![argument(0, std::process::id().into())?]);
    // Reading limits, of this process: the C library asks for the size of the stack.
    rules.insert(
        libc::SYS_prlimit64,
        vec![SeccompRule::new(vec![equal(0, SeccompCmpArgLen::Dword, 0)?, equal(2, SeccompCmpArgLen::Qword, 0)?])?],
    );
    let allow_list: BpfProgram =
        SeccompFilter::new(rules, SeccompAction::Errno(libc::EPERM.cast_unsigned()), SeccompAction::Allow, arch)?
            .try_into()?;
    Ok(vec![no_clone3, allow_list])
}

/// A rule: this argument has this value.
fn argument(index: u8, value: u64) -> Result<SeccompRule, seccompiler::BackendError> {
    SeccompRule::new(vec![equal(index, SeccompCmpArgLen::Dword, value)?])
}

fn equal(index: u8, length: SeccompCmpArgLen, value: u64) -> Result<SeccompCondition, seccompiler::BackendError> {
    SeccompCondition::new(index, length, SeccompCmpOp::Eq, value)
}

fn thread_flag() -> Result<SeccompCondition, seccompiler::BackendError> {
    let flag = u64::from(libc::CLONE_THREAD.cast_unsigned());
    SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(flag), flag)
}
