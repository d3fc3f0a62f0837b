//! Processor time, medians, and the page cache.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

fn read(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Processor time of this thread.
pub fn thread_time() -> Duration {
    read(ClockId::ThreadCPUTime)
}

/// Processor time of this process, all threads.
pub fn process_time() -> Duration {
    read(ClockId::ProcessCPUTime)
}

/// How long this thread was ready to run but other programs had the processors. Zero where the system does not tell.
pub fn waited_for_processor() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split_whitespace().nth(1).and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

pub fn geometric_mean(values: &[f64]) -> f64 {
    (values.iter().map(|value| value.ln()).sum::<f64>() / values.len() as f64).exp()
}

/// Takes the files of a folder out of the page cache. None of them may be mapped by anybody. The program's own file stays in:
/// reading it from disk would cost both sides the same, and hide the difference.
pub fn drop_page_cache(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let file = File::open(entry?.path())?;
        file.sync_all()?;
        rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?;
    }
    Ok(())
}
