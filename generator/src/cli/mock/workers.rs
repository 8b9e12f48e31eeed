//! Works out answers on threads of their own, each within a time limit. A
//! thread that does not stop when its time is up is lost, and another takes its
//! place.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How much may go on at once, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How many answers are worked out at a time.
    pub(super) at_once: usize,
    /// How many threads may be lost before fewer answers are worked out at a
    /// time.
    pub(super) lost: usize,
    /// How long a request waits for its turn.
    pub(super) patience: Duration,
    /// How long the work may take.
    pub(super) work: Duration,
}

impl Limits {
    /// How many threads that takes.
    pub(super) const fn threads(&self) -> usize {
        self.at_once + self.lost
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// Others were at work all the time.
    Busy,
    /// All threads are lost.
    NoThread,
    /// The time was up.
    Late,
    /// The work panicked.
    Broken,
}

/// Threads that answers are worked out on.
#[derive(Debug)]
pub(super) struct Workers {
    limits: Limits,
    /// One permit for each answer that somebody waits for.
    turns: Semaphore,
    /// One permit for each thread, held until its work ends.
    threads: Arc<Semaphore>,
}

impl Workers {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            turns: Semaphore::new(limits.at_once),
            threads: Arc::new(Semaphore::new(limits.threads())),
        }
    }

    /// Does the work, which has to end soon once its flag is set. The flag is
    /// set when the time is up, and when nobody waits any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
    ) -> Result<T, Unanswered> {
        let turn = timeout(self.limits.patience, self.turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(Unanswered::Busy);
        };
        let thread = self.threads.clone().try_acquire_owned();
        let thread = thread.map_err(|_| Unanswered::NoThread)?;
        let stop = Stop::default();
        let flag = stop.0.clone();
        let job = spawn_blocking(move || {
            let made = work(&flag);
            drop(thread);
            made
        });
        match timeout(self.limits.work, job).await {
            Ok(Ok(made)) => Ok(made),
            Ok(Err(_)) => Err(Unanswered::Broken),
            Err(_) => Err(Unanswered::Late),
        }
    }
}

/// Tells the work to stop, at the latest when it is dropped.
#[derive(Debug, Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use std::sync::mpsc::{Sender, channel};
    use std::thread;

    use tokio::runtime::{Builder, Runtime};

    use super::*;

    fn workers(work: Duration) -> (Runtime, Workers) {
        let limits = Limits {
            at_once: 2,
            lost: 3,
            patience: Duration::from_secs(20),
            work,
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(limits.threads())
            .build();
        (runtime.unwrap(), Workers::new(limits))
    }

    /// As long as it takes on a busy machine.
    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(100);

    /// Work that goes on until the sender is dropped, whatever it is told.
    fn endless() -> (Sender<()>, impl FnOnce(&AtomicBool) + Send + 'static) {
        let (sender, receiver) = channel::<()>();
        (sender, move |_: &AtomicBool| {
            let _ended = receiver.recv();
        })
    }

    #[test]
    fn a_lost_thread_is_replaced_until_too_many_are_lost() {
        let (runtime, workers) = workers(SHORT);
        runtime.block_on(async {
            let mut held = Vec::new();
            for _ in 0..5 {
                let (sender, work) = endless();
                held.push(sender);
                assert_eq!(workers.run(work).await, Err(Unanswered::Late));
                let next = workers.run(|_| ()).await;
                assert_eq!(next == Err(Unanswered::NoThread), held.len() == 5);
            }
            // Those that end come back.
            drop(held);
            while workers.run(|_| ()).await != Ok(()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
    }

    #[test]
    fn work_is_told_to_stop_when_its_time_is_up_or_nobody_waits() {
        let (runtime, workers) = workers(SHORT);
        let (sender, stopped) = channel();
        let obedient = move |flag: &AtomicBool| {
            while !flag.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(1));
            }
            let _gone = sender.send(());
        };
        let again = obedient.clone();
        runtime.block_on(async {
            assert_eq!(workers.run(obedient).await, Err(Unanswered::Late));
            let waiting = timeout(Duration::from_millis(10), workers.run(again)).await;
            assert!(waiting.is_err());
        });
        for _ in 0..2 {
            stopped.recv_timeout(Duration::from_secs(20)).unwrap();
        }
    }

    #[test]
    fn a_panic_is_an_answer_that_there_is_not() {
        let (runtime, workers) = workers(LONG);
        let broken = workers.run(|_| panic!("as it should"));
        let result: Result<(), _> = runtime.block_on(broken);
        assert_eq!(result, Err(Unanswered::Broken));
        assert_eq!(runtime.block_on(workers.run(|_| 7)), Ok(7));
    }
}
