//! What the tests of the whole program share: the built programs, cases to try them on, generated files, and the real window.
//!
//! Nothing here knows how the program is made; it is started, killed and looked at from outside. The exceptions are the tests that
//! need thousands of openings: they use the library with cheap key derivation.

pub mod answers;
pub mod case;
pub mod demo;
pub mod drawing;
pub mod files;
pub mod history;
pub mod key;
pub mod leaks;
pub mod network;
pub mod pixels;
pub mod process;
pub mod programs;
pub mod scratch;
pub mod seed;
pub mod snapshot;
pub mod window;
pub mod words;

pub use case::{Case, Ran};
