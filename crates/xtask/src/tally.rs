//! Counting tests by what the test programs say at their end.

use std::fmt;

/// Tests that passed and tests that failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Counts a line of `cargo test`: `test result: ok. 5 passed; 0 failed; ...`, one a test program.
    pub fn rust(&mut self, line: &str) {
        if line.starts_with("test result: ") {
            self.add(line);
        }
    }

    /// Counts a line of vitest: `Tests  1 failed | 11 passed (12)`, one a run.
    pub fn vitest(&mut self, line: &str) {
        if line.trim_start().starts_with("Tests  ") {
            self.add(line);
        }
    }

    fn add(&mut self, line: &str) {
        self.passed += before(line, "passed");
        self.failed += before(line, "failed");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number before `word`; 0 when there is none.
fn before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut pairs = words.windows(2).filter_map(|pair| match pair {
        [number, name] if name.trim_end_matches(';') == word => number.parse().ok(),
        _ => None,
    });
    pairs.next().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_lines_add_up() {
        let mut tally = Tally::default();
        for line in [
            "running 6 tests",
            "test tests::test result: a name ... ok",
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s",
            "test result: FAILED. 40 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ] {
            tally.rust(line);
        }
        assert_eq!(tally, Tally { passed: 45, failed: 2 });
        for line in [" Test Files  2 passed (2)", "      Tests  1 failed | 11 passed (12)", "   Start at  10:00:00"] {
            tally.vitest(line);
        }
        assert_eq!(tally.to_string(), "56 passed, 3 failed");
    }
}
