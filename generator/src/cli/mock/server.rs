//! Listening: connections in, until the user stops it. What happens on them is
//! told here, one line each.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::unbounded_channel;

use super::chance::Chance;
use super::connection::{Event, Shared, converse};
use crate::cli::{Failure, Terminal, Tone, Verdict};
use crate::mock::Mock;

/// How many connections are served at a time; others wait.
const MOST_CONNECTIONS: usize = 512;

/// How many answers are worked out at a time.
const MOST_WORKERS: usize = 16;

/// Serves until the user stops it.
pub(super) fn serve(
    terminal: &Terminal,
    listener: TcpListener,
    mock: Mock,
    chance: Chance,
) -> Result<Verdict, Failure> {
    let failed = |error| Failure::new(format!("could not serve: {error}"));
    let runtime = Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(MOST_WORKERS)
        .build()
        .map_err(failed)?;
    let done = runtime.block_on(accept(terminal, listener, mock, chance));
    // An answer that is still being worked out is not waited for.
    runtime.shutdown_background();
    done.map_err(failed)?;
    Ok(Verdict::Done)
}

async fn accept(
    terminal: &Terminal,
    listener: TcpListener,
    mock: Mock,
    chance: Chance,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (events, mut told) = unbounded_channel();
    let shared = Arc::new(Shared::new(mock, chance, events));
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
            event = told.recv() => {
                if let Some(event) = event {
                    tell(terminal, &event);
                }
            }
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

fn tell(terminal: &Terminal, event: &Event) {
    let (status, tone) = match &event.outcome {
        Ok(status @ 200..=399) => (status.to_string(), Tone::Good),
        Ok(status @ 400..=499) => (status.to_string(), Tone::Warning),
        Ok(status) => (status.to_string(), Tone::Bad),
        Err(fault) => ((*fault).to_owned(), Tone::Bad),
    };
    let operation = event.operation.as_ref();
    let operation = operation.map_or(String::new(), |id| format!(" ({id})"));
    let line = format!("{} -> {status}{operation}", event.path);
    terminal.tell(tone, &event.method, visible(&line));
    for line in &event.wrong {
        terminal.tell(Tone::Warning, "", visible(line));
    }
}

/// The text without what a terminal would take for a command.
fn visible(text: &str) -> String {
    let shown = |character: char| match character.is_control() {
        true => '\u{fffd}',
        false => character,
    };
    text.chars().take(400).map(shown).collect()
}
