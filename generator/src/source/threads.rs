//! The threads that all work is done on: room for following a tree into its
//! depth, and another core where there is one.

use std::cell::Cell;
use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

use rayon_core::{ThreadPool, ThreadPoolBuilder};

/// Enough for the deepest tree that there can be, in builds without
/// optimisation, too. Only what is used of it takes memory.
const BYTES: usize = 64 << 20;

/// More threads would have nothing to do before the work is done, and each
/// keeps memory for itself that it has freed.
const MOST: usize = 8;

thread_local! {
    /// Whether the thread has that much.
    static HAS_STACK: Cell<bool> = const { Cell::new(false) };
}

/// They stay, so that what one stage has freed is there for the next. `None`
/// where there are no threads to be had: documents of usual depth still work.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    ThreadPoolBuilder::new()
        .num_threads(cores.clamp(2, MOST))
        .thread_name(|index| format!("driftless-{index}"))
        .stack_size(BYTES)
        .start_handler(|_| HAS_STACK.set(true))
        .build()
        .ok()
});

/// Runs `work` with enough stack for the deepest tree that there can be. Stages
/// recurse as deep as documents nest, and nobody knows how much stack their
/// caller has left: two megabytes in a test, one on some systems.
pub fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*POOL {
        Some(pool) if !HAS_STACK.get() => pool.install(work),
        _ => work(),
    }
}

/// Runs `here` and `beside`, at once where another thread has the time, both
/// with enough stack.
pub fn both<A: Send, B: Send>(
    here: impl FnOnce() -> A + Send,
    beside: impl FnOnce() -> B + Send,
) -> (A, B) {
    match &*POOL {
        Some(pool) => pool.join(here, beside),
        None => (here(), beside()),
    }
}

/// What `work` makes of each of the items, in their order, on all threads that
/// have the time.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let mut made: Vec<Option<R>> = items.iter().map(|_| None).collect();
    fill(&mut made, items, &work);
    made.into_iter().flatten().collect()
}

/// Halves the items until there is one. Another thread takes the largest part
/// that is left, and nobody waits for a thread that has other work.
fn fill<T: Sync, R: Send>(made: &mut [Option<R>], items: &[T], work: &(impl Fn(&T) -> R + Sync)) {
    if let ([made], [item]) = (&mut *made, items) {
        *made = Some(work(item));
    } else if !items.is_empty() {
        let middle = items.len() / 2;
        let (before, after) = items.split_at(middle);
        let (made_before, made_after) = made.split_at_mut(middle);
        both(
            || fill(made_before, before, work),
            || fill(made_after, after, work),
        );
    }
}

/// Frees a value on another thread. A large one consists of a million pieces,
/// and nobody waits for them.
pub fn free<T: Send + 'static>(value: T) {
    match &*POOL {
        Some(pool) => pool.spawn(move || drop(value)),
        None => drop(value),
    }
}
