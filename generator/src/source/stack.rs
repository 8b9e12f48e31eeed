//! Room for following a tree into its depth.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread;

/// Enough for the deepest tree that there can be, in builds without
/// optimisation, too. Only what is used of it takes memory.
const BYTES: usize = 64 << 20;

thread_local! {
    /// Whether the thread has that much.
    static HAS_STACK: Cell<bool> = const { Cell::new(false) };
}

/// Runs `here` on this thread and `beside` on another one, both with enough
/// stack; one after the other where there is no other thread to be had.
pub fn both<A: Send, B: Send>(
    here: impl FnMut() -> A + Send,
    beside: impl Fn() -> B + Sync,
) -> (A, B) {
    let on_its_own = || {
        HAS_STACK.set(true);
        beside()
    };
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(BYTES);
        let worker = builder.spawn_scoped(scope, on_its_own);
        let here = with_stack(here);
        let beside = match worker {
            Ok(worker) => worker.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => with_stack(&beside),
        };
        (here, beside)
    })
}

/// Frees a value on another thread. A large one consists of a million pieces,
/// and nobody waits for them.
pub fn free<T: Send + 'static>(value: T) {
    let builder = thread::Builder::new().stack_size(BYTES);
    // Without another thread it is freed here.
    let _freed = builder.spawn(move || drop(value));
}

/// Runs `work` with enough stack for the deepest tree that there can be. Stages
/// recurse as deep as documents nest, and nobody knows how much stack their
/// caller has left: two megabytes in a test, one on some systems.
pub fn with_stack<T: Send>(mut work: impl FnMut() -> T + Send) -> T {
    // What another thread has allocated, this one could not use again.
    if HAS_STACK.get() {
        return work();
    }
    let outcome = thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(BYTES);
        let worker = builder.spawn_scoped(scope, || {
            HAS_STACK.set(true);
            work()
        })?;
        Ok::<_, std::io::Error>(worker.join())
    });
    match outcome {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => resume_unwind(panic),
        // No thread to be had: documents of usual depth still work.
        Err(_) => work(),
    }
}
