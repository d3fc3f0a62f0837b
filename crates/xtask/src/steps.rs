//! Steps with a heading each, and the time that they took.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What was done so far.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Does `work` under a heading.
    ///
    /// # Errors
    /// Those of `work`, with the name of the step before them.
    pub fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = work();
        self.done.push((name, start.elapsed()));
        println!("    {name}: {}", seconds(start.elapsed()));
        outcome.with_context(|| format!("step '{name}' failed"))
    }

    /// Prints a line a step, and their sum.
    pub fn print_times(&self) {
        println!("\n=== times");
        for (name, time) in &self.done {
            println!("{:>9}  {name}", seconds(*time));
        }
        println!("{:>9}  together", seconds(self.done.iter().map(|(_, time)| *time).sum()));
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
