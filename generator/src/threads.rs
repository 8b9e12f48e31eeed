//! The threads that all work is done on: room for following a tree into its
//! depth, and another core where there is one.

use std::cell::Cell;
use std::num::NonZero;
use std::sync::LazyLock;
use std::thread;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Enough for the deepest tree that there can be, in builds without
/// optimisation, too. Only what is used of it takes memory.
pub(crate) const STACK: usize = 64 << 20;

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
        .stack_size(STACK)
        .start_handler(|_| has_stack())
        .build()
        .ok()
});

/// Notes that the thread has [`STACK`] bytes of stack: it does its own work.
pub(crate) fn has_stack() {
    HAS_STACK.set(true);
}

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
pub fn each<T: Send, R: Send>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    let items: Vec<T> = items.into_iter().collect();
    match &*POOL {
        // One by one at the end, since items differ in size: nobody waits for a
        // thread that has many left.
        Some(pool) => pool.install(|| {
            let items = items.into_par_iter().with_max_len(1);
            items.map(work).collect()
        }),
        None => items.into_iter().map(work).collect(),
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

#[cfg(test)]
mod tests {
    use super::{both, each};

    #[test]
    fn what_is_made_is_in_the_order_of_the_items() {
        for count in [0, 1, 2, 3, 1000] {
            let made = each(0..count, |item| item * 2);
            let expected: Vec<usize> = (0..count).map(|item| item * 2).collect();
            assert_eq!(made, expected);
        }
    }

    #[test]
    fn work_may_wait_for_other_work() {
        let sum = |count: usize| each(0..count, |item| item).into_iter().sum::<usize>();
        let (here, beside) = both(
            || each(0..50, |_| sum(50)),
            || each(0..50, |_| both(|| sum(10), || sum(10))),
        );
        assert_eq!(here, vec![1225; 50]);
        assert_eq!(beside, vec![(45, 45); 50]);
    }

    #[test]
    fn items_are_given_away() {
        let mut texts = vec![String::from("a"), String::from("b")];
        each(texts.iter_mut(), |text| text.push('!'));
        assert_eq!(texts, ["a!", "b!"]);
        assert_eq!(each(texts, String::into_bytes), [b"a!", b"b!"]);
    }
}
