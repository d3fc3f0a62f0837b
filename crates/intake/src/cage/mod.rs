//! The cage of the worker: what the process gives up before it reads a byte of a document.
//!
//! After [`lock`] it can read standard input, write standard output and standard error, take memory up to its limit and compute up to
//! its limit. It cannot open or use any other file, make a socket, start a program or a process, signal or trace anyone. The
//! layers overlap on purpose: Landlock and the system call filter each forbid files, and a limit of zero open files does too.

use std::time::Duration;

#[cfg(target_os = "linux")]
mod filter;
#[cfg(target_os = "linux")]
mod linux;

/// What the worker may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Bytes of address space.
    pub memory: u64,
    /// Processor time; whole seconds, at least one.
    pub cpu: Duration,
}

/// Why the cage could not be closed. The process must end then: an uncaged worker reads nothing.
#[derive(Debug, thiserror::Error)]
pub enum CageError {
    /// A limit was refused.
    #[error("the limit on {what} could not be set: {reason}")]
    Limit {
        /// Which limit.
        what: &'static str,
        /// What the system said.
        reason: String,
    },
    /// The filter of system calls was refused.
    #[error("the filter of system calls could not be installed: {0}")]
    Filter(String),
    /// There is no cage for this operating system yet.
    #[error("this operating system is not supported: it offers no cage that this program knows")]
    NoCage,
}

/// Closes the cage around this process, for good. Call it from the only thread.
///
/// A kernel without Landlock is accepted, since the filter forbids the same; one without a system call filter is not.
///
/// # Errors
/// When a part of the cage could not be closed.
pub fn lock(allowance: Allowance) -> Result<(), CageError> {
    #[cfg(target_os = "linux")]
    {
        linux::lock(allowance)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = allowance;
        Err(CageError::NoCage)
    }
}
