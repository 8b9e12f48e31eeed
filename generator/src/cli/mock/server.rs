//! Listening: connections in, until the user stops it.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::Semaphore;

use super::chance::Chance;
use super::connection::{Shared, WORK, converse};
use super::log::{Log, Writer};
use crate::cli::{Failure, Terminal, Verdict};
use crate::mock::Mock;
use crate::threads;

/// How many connections are served at a time; others wait.
const MOST_CONNECTIONS: usize = 512;

/// How long the end waits for the log to be written.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Serves until the user stops it.
pub(super) fn serve(
    terminal: &Terminal,
    listener: TcpListener,
    mock: Mock,
    chance: Chance,
) -> Result<Verdict, Failure> {
    let failed = |error| Failure::new(format!("could not serve: {error}"));
    // Its blocking threads are the workers.
    let runtime = Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(WORK.threads())
        .thread_name("driftless-mock")
        .thread_stack_size(threads::STACK)
        .on_thread_start(threads::has_stack)
        .build()
        .map_err(failed)?;
    let (log, writer) = Writer::start(terminal.for_thread()).map_err(failed)?;
    let done = runtime.block_on(accept(log, listener, mock, chance));
    // An answer that is still being worked out is not waited for.
    runtime.shutdown_background();
    writer.finish(LAST_WORDS);
    done.map_err(failed)?;
    Ok(Verdict::Done)
}

async fn accept(
    log: Log,
    listener: TcpListener,
    mock: Mock,
    chance: Chance,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let shared = Arc::new(Shared::new(mock, chance, log));
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let stop = tokio::signal::ctrl_c();
    tokio::pin!(stop);
    loop {
        let next = async {
            let permit = room.clone().acquire_owned().await;
            (permit, listener.accept().await)
        };
        tokio::select! {
            _ = &mut stop => return Ok(()),
            (permit, accepted) = next => match accepted {
                Ok((stream, _)) => {
                    let shared = shared.clone();
                    tokio::spawn(async move {
                        converse(stream, shared).await;
                        drop(permit);
                    });
                }
                // Out of file descriptors, most often: those in use come back.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
}
