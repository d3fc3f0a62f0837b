//! Reading ahead, so that the first search after unlocking does not wait for the dictionaries to be decrypted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};

use tantivy::{Searcher, SegmentReader};

use crate::schema::{DAY, Fields, ID_HIGH, ID_LOW, KIND, ORGANISATION};

/// A thread that reads what every search reads. Dropping this ends the thread and waits for it.
pub(crate) struct Warming {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Warming {
    pub fn start(searcher: Searcher, fields: Fields) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let warm = move || {
            for segment in searcher.segment_readers() {
                for step in STEPS {
                    if stopped.load(Ordering::Relaxed) {
                        return;
                    }
                    // What cannot be read is told to the search that needs it.
                    drop(step(segment, &fields));
                }
            }
        };
        // Without a thread to spare, the first search reads for itself.
        let thread = Builder::new().name("search-warming".into()).spawn(warm).ok();
        Self { stop, thread }
    }
}

impl Drop for Warming {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

type Step = fn(&SegmentReader, &Fields) -> tantivy::Result<()>;

/// A search that is already running reads the title's dictionaries first, so this begins at the other end.
const STEPS: [Step; 6] = [
    |segment, fields| segment.inverted_index(fields.body_stem).map(drop),
    |segment, fields| segment.inverted_index(fields.body).map(drop),
    |segment, fields| segment.get_fieldnorms_reader(fields.body_stem).map(drop),
    |segment, _| [DAY, ID_HIGH, ID_LOW].iter().try_for_each(|name| segment.fast_fields().u64(name).map(drop)),
    |segment, _| [ORGANISATION, KIND].iter().try_for_each(|name| segment.fast_fields().str(name).map(drop)),
    |segment, fields| segment.inverted_index(fields.title_stem).map(drop),
];
