//! Bodies of requests: read to their end, within limits of size, of pieces, and
//! of room for all large ones together.

use std::sync::Arc;

use http_body::Body;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::yield_now;

/// The most bytes that a body has.
const MOST_BODY: usize = 16 << 20;

/// Bodies up to this many bytes are read whatever else is being read.
const SMALL: usize = 64 << 10;

/// How many bytes larger bodies take at most, all together.
const MOST_LARGE: usize = 64 << 20;

/// The unit that room is counted in.
const UNIT: usize = 1 << 10;

/// How many chunks a body may come in, however small they are.
const FREE_CHUNKS: usize = 10_000;

/// How many bytes the chunks of a body with more of them have to hold, on
/// average.
const SMALLEST_CHUNKS: usize = 64;

/// After how many chunks other connections have their turn.
const CHUNKS_IN_A_ROW: usize = 32;

/// What a body holds of the room for large ones.
pub(super) type Held = Option<OwnedSemaphorePermit>;

/// Why a body is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Broken,
    Late,
    TooLarge,
    InPieces,
}

impl Refused {
    /// The status that says so, and a sentence.
    pub(super) fn status(self) -> (u16, &'static str) {
        match self {
            Self::Broken => (
                400,
                "the body ends too early, or is not framed as it should",
            ),
            Self::Late => (408, "the body took too long to arrive"),
            Self::TooLarge => (413, "the body has more than 16 MiB"),
            Self::InPieces => (400, "the body comes in too many small chunks"),
        }
    }
}

/// Reads bodies.
#[derive(Debug)]
pub(super) struct Bodies {
    large: Arc<Semaphore>,
}

impl Default for Bodies {
    fn default() -> Self {
        Self {
            large: Arc::new(Semaphore::new(MOST_LARGE / UNIT)),
        }
    }
}

impl Bodies {
    /// Reads a body to its end. One that is large waits until there is room.
    pub(super) async fn read(&self, mut incoming: Incoming) -> Result<(Vec<u8>, Held), Refused> {
        let announced = incoming.size_hint().exact();
        let announced = announced.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        if announced.is_some_and(|bytes| bytes > MOST_BODY) {
            return Err(Refused::TooLarge);
        }
        let mut body = Vec::new();
        let mut held = None;
        let mut chunks = 0;
        while let Some(frame) = incoming.frame().await {
            let Ok(data) = frame.map_err(|_| Refused::Broken)?.into_data() else {
                continue;
            };
            let length = body.len() + data.len();
            if length > MOST_BODY {
                return Err(Refused::TooLarge);
            }
            if length > SMALL && held.is_none() {
                held = self.room(announced.unwrap_or(MOST_BODY)).await;
            }
            body.extend_from_slice(&data);
            chunks += 1;
            if chunks > FREE_CHUNKS && body.len() / chunks < SMALLEST_CHUNKS {
                return Err(Refused::InPieces);
            }
            if chunks.is_multiple_of(CHUNKS_IN_A_ROW) {
                yield_now().await;
            }
        }
        Ok((body, held))
    }

    /// All the room that a body will need, at once: two that have a part each
    /// would wait for each other.
    async fn room(&self, bytes: usize) -> Held {
        let units = u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX);
        self.large.clone().acquire_many_owned(units).await.ok()
    }
}
