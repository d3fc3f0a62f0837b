//! Plaintext and keys in memory: wiped when dropped, keys in pages that are not swapped out, no core dumps.
//!
//! The one module of the vault with `unsafe`. What it cannot do: memory that other libraries copy plaintext into (the index writer,
//! SQLite, the web view) is out of its reach, and hibernation writes locked pages too. Encrypted swap stays the owner's task.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use stable_deref_trait::{CloneStableDeref, StableDeref};

/// Bytes of a key.
pub const KEY_LENGTH: usize = 32;

/// A page of key memory; larger system pages are used in part.
const KEY_PAGE: usize = 4096;
const KEYS_IN_A_PAGE: usize = KEY_PAGE / KEY_LENGTH;

/// A protection of the process that could not be set.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MemoryError {
    /// The system refused to forbid core dumps.
    #[error("core dumps could not be forbidden: {0}")]
    CoreDumps(std::io::Error),
    /// The system refused to shut other processes of the same user out of this one's memory.
    #[error("other programs of this user could not be shut out of this program's memory: {0}")]
    Dumpable(std::io::Error),
    /// This system has no such protection that the program knows of.
    #[error("this system offers no protection of the program's memory")]
    NotSupported,
}

/// Forbids core dumps of this process, and reading its memory by other processes of the same user. Can be called again.
///
/// On Linux: `RLIMIT_CORE` 0 and `PR_SET_DUMPABLE` 0 (which also refuses `ptrace`). A child that runs another program becomes
/// dumpable again, but inherits the limit.
///
/// # Errors
/// What could not be set. The process works on without it; the user should be told.
pub fn harden_process() -> Result<(), MemoryError> {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        setrlimit(Resource::Core, none).map_err(|error| MemoryError::CoreDumps(error.into()))?;
        set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|error| MemoryError::Dumpable(error.into()))
    }
    #[cfg(not(target_os = "linux"))]
    Err(MemoryError::NotSupported)
}

/// Overwrites `bytes` with zeros, in a way that the compiler does not remove.
pub(crate) fn wipe(bytes: &mut [u8]) {
    // `zeroize` writes byte by byte; a fill behind a barrier is a plain memset, which counts where megabytes are let go.
    bytes.fill(0);
    zeroize::optimization_barrier(bytes);
}

/// Plaintext that cannot be changed, cheap to clone, and wiped when the last clone is dropped.
#[derive(Clone)]
pub struct WipedBytes(Arc<WipedBuffer>);

/// Plaintext in the making, wiped when dropped.
pub(crate) struct WipedBuffer(Vec<u8>);

impl WipedBuffer {
    /// `length` zero bytes.
    pub(crate) fn new(length: usize) -> Self {
        Self(vec![0; length])
    }
}

impl Deref for WipedBuffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for WipedBuffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for WipedBuffer {
    fn drop(&mut self) {
        // Spare capacity may hold plaintext that was truncated away; growing into it does not reallocate.
        self.0.resize(self.0.capacity(), 0);
        wipe(&mut self.0);
    }
}

impl From<WipedBuffer> for WipedBytes {
    fn from(buffer: WipedBuffer) -> Self {
        Self(Arc::new(buffer))
    }
}

impl From<Vec<u8>> for WipedBytes {
    /// Takes the buffer over without copying.
    fn from(bytes: Vec<u8>) -> Self {
        WipedBuffer(bytes).into()
    }
}

impl Deref for WipedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.0
    }
}

impl AsRef<[u8]> for WipedBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for WipedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WipedBytes({} bytes)", self.len())
    }
}

// SAFETY: the bytes lie on the heap behind an `Arc` and are never changed nor moved until the last clone is dropped, so that
// moving a `WipedBytes` leaves the address of what it derefs to as it was.
#[allow(unsafe_code)]
unsafe impl StableDeref for WipedBytes {}
// SAFETY: a clone shares the `Arc`, hence derefs to the same address.
#[allow(unsafe_code)]
unsafe impl CloneStableDeref for WipedBytes {}

/// Room for one key, in page-aligned memory that is kept out of swap and core dumps where the system allows; wiped when dropped.
pub(crate) struct KeyMemory {
    address: NonNull<[u8; KEY_LENGTH]>,
    page: usize,
    place: usize,
}

/// The pages that keys live in. They are handed back to the system only when the process ends: a few kilobytes, used anew.
static KEY_PAGES: Mutex<Vec<KeyPage>> = Mutex::new(Vec::new());
static ALL_LOCKED: AtomicBool = AtomicBool::new(true);

struct KeyPage {
    start: NonNull<u8>,
    /// A bit for each place that is taken.
    taken: u128,
}

// SAFETY: the pointer is the only handle to a mapping that lives as long as the process and is bound to no thread.
#[allow(unsafe_code)]
unsafe impl Send for KeyPage {}

// SAFETY: a `KeyMemory` owns its 32 bytes alone (a place is handed out once, under the mutex), so it can move to another thread...
#[allow(unsafe_code)]
unsafe impl Send for KeyMemory {}
// SAFETY: ...and shared references only read.
#[allow(unsafe_code)]
unsafe impl Sync for KeyMemory {}

/// Whether all keys so far lie in memory that the system keeps out of swap. False when it refused to lock a page
/// (`RLIMIT_MEMLOCK`): keys work all the same, and the user should be told.
pub fn keys_are_locked() -> bool {
    ALL_LOCKED.load(Ordering::Relaxed)
}

impl KeyMemory {
    /// Room for a key, all zero.
    pub(crate) fn new() -> Self {
        let mut pages = key_pages();
        let index = pages.iter().position(|page| page.taken != u128::MAX).unwrap_or(pages.len());
        if index == pages.len() {
            pages.push(KeyPage { start: map_key_page(), taken: 0 });
        }
        let page = &mut pages[index];
        let place = page.taken.trailing_ones() as usize;
        page.taken |= 1 << place;
        // SAFETY: `place` is below KEYS_IN_A_PAGE (128 bits, one of them unset), so the 32 bytes lie within the mapping.
        #[allow(unsafe_code)]
        let address = unsafe { page.start.add(place * KEY_LENGTH) }.cast();
        Self { address, page: index, place }
    }
}

impl Drop for KeyMemory {
    fn drop(&mut self) {
        wipe(self.as_mut_slice());
        // Pages are never removed, so the index holds.
        key_pages()[self.page].taken &= !(1 << self.place);
    }
}

impl Deref for KeyMemory {
    type Target = [u8; KEY_LENGTH];

    fn deref(&self) -> &[u8; KEY_LENGTH] {
        // SAFETY: the address points to 32 readable, initialised bytes (the system maps pages zeroed) that this value owns alone.
        #[allow(unsafe_code)]
        unsafe {
            self.address.as_ref()
        }
    }
}

impl DerefMut for KeyMemory {
    fn deref_mut(&mut self) -> &mut [u8; KEY_LENGTH] {
        // SAFETY: as in `deref`, and `&mut self` makes the access exclusive.
        #[allow(unsafe_code)]
        unsafe {
            self.address.as_mut()
        }
    }
}

fn key_pages() -> MutexGuard<'static, Vec<KeyPage>> {
    KEY_PAGES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Maps, locks and hides a page for keys.
fn map_key_page() -> NonNull<u8> {
    const { assert!(KEYS_IN_A_PAGE == u128::BITS as usize) };
    let mapping = region::alloc(KEY_PAGE, region::Protection::READ_WRITE).ok();
    let Some(start) = mapping.map(|mapping| mapping.into_raw_parts::<u8>().0).and_then(NonNull::new) else {
        // As any allocation that finds no memory.
        std::alloc::handle_alloc_error(std::alloc::Layout::new::<[u8; KEY_PAGE]>())
    };
    match region::lock(start.as_ptr(), KEY_PAGE) {
        // The lock lasts as long as the mapping, which is as long as the process.
        Ok(guard) => std::mem::forget(guard),
        Err(_) => ALL_LOCKED.store(false, Ordering::Relaxed),
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::mm::{Advice, madvise};
        // A refusal is passed over: `harden_process` forbids core dumps altogether, and says when it cannot.
        // SAFETY: the range is the mapping made above, whole pages; the advice changes what a core dump holds, not the memory.
        #[allow(unsafe_code)]
        let _ = unsafe { madvise(start.as_ptr().cast(), KEY_PAGE, Advice::LinuxDontDump) };
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardening_can_be_repeated_and_holds() {
        harden_process().unwrap();
        harden_process().unwrap();
        #[cfg(target_os = "linux")]
        {
            use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
            assert_eq!(getrlimit(Resource::Core).maximum, Some(0));
            assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        }
    }

    #[test]
    fn clones_share_their_bytes() {
        let bytes = WipedBytes::from(vec![1, 2, 3]);
        let clone = bytes.clone();
        let address = bytes.as_ptr();
        let moved = Box::new(bytes);
        assert_eq!(moved.as_ptr(), address);
        drop(moved);
        assert_eq!((clone.as_ptr(), &*clone), (address, &[1, 2, 3][..]));
        assert_eq!(format!("{clone:?}"), "WipedBytes(3 bytes)");
    }

    #[test]
    fn key_memory_is_zero_at_first_exclusive_and_zero_again() {
        let mut keys: Vec<KeyMemory> = (0..3 * KEYS_IN_A_PAGE).map(|_| KeyMemory::new()).collect();
        for (number, key) in keys.iter_mut().enumerate() {
            assert_eq!(**key, [0; KEY_LENGTH], "a place that was used before is wiped");
            key.fill(1 + (number % 251) as u8);
        }
        for (number, key) in keys.iter().enumerate() {
            assert_eq!(**key, [1 + (number % 251) as u8; KEY_LENGTH], "no two keys share memory");
        }
        drop(keys);
        let anew: Vec<KeyMemory> = (0..3 * KEYS_IN_A_PAGE).map(|_| KeyMemory::new()).collect();
        assert!(anew.iter().all(|key| **key == [0; KEY_LENGTH]));
    }

    #[test]
    fn keys_are_dropped_in_other_threads() {
        std::thread::scope(|scope| {
            for number in 0..4u8 {
                scope.spawn(move || {
                    for _ in 0..200 {
                        let mut key = KeyMemory::new();
                        key.fill(number);
                        let other = KeyMemory::new();
                        assert_eq!(*key, [number; KEY_LENGTH]);
                        assert_eq!(*other, [0; KEY_LENGTH]);
                    }
                });
            }
        });
    }
}
