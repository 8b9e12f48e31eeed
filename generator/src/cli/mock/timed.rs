//! A stream whose other end has to read what is written to it in time.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long writing may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How long the other end may read nothing at all.
    pub(super) stall: Duration,
    /// How long it may take to read all of what waits.
    pub(super) whole: Duration,
}

/// The stream. Writing fails with [`io::ErrorKind::TimedOut`].
#[derive(Debug)]
pub(super) struct Timed<S> {
    stream: S,
    limits: Limits,
    /// Since when something waits to be written.
    since: Option<Instant>,
    /// The end of the current stall.
    stall: Option<Pin<Box<Sleep>>>,
}

impl<S: Unpin> Timed<S> {
    pub(super) fn new(stream: S, limits: Limits) -> Self {
        Self {
            stream,
            limits,
            since: None,
            stall: None,
        }
    }

    /// What came of a write: as it is, or a failure where the time is up.
    fn checked<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stall = None;
            return written;
        }
        let now = Instant::now();
        let since = *self.since.get_or_insert(now);
        let end = (now + self.limits.stall).min(since + self.limits.whole);
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep_until(end)));
        ready!(stall.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.checked(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.checked(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if flushed.is_ready() {
            self.since = None;
        }
        self.checked(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::future::poll_fn;

    use tokio::runtime::Builder;
    use tokio::time::sleep;

    use super::*;

    const LIMITS: Limits = Limits {
        stall: Duration::from_millis(200),
        whole: Duration::from_millis(600),
    };

    /// Takes a byte after every pause.
    struct Slow {
        pause: Duration,
        sleep: Pin<Box<Sleep>>,
    }

    impl AsyncWrite for Slow {
        fn poll_write(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            _bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            ready!(self.sleep.as_mut().poll(context));
            self.sleep = Box::pin(sleep(self.pause));
            Poll::Ready(Ok(1))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    fn write_all(bytes: usize, pause: Duration) -> io::Result<()> {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let sleep = Box::pin(sleep(pause));
            let mut timed = Timed::new(Slow { pause, sleep }, LIMITS);
            for _ in 0..bytes {
                poll_fn(|context| Pin::new(&mut timed).poll_write(context, &[0])).await?;
            }
            poll_fn(|context| Pin::new(&mut timed).poll_flush(context)).await
        })
    }

    #[test]
    fn who_reads_nothing_or_too_slowly_is_given_up() {
        assert!(write_all(50, Duration::ZERO).is_ok());
        for pause in [Duration::from_secs(600), Duration::from_millis(20)] {
            let failure = write_all(1000, pause).unwrap_err();
            assert_eq!(failure.kind(), io::ErrorKind::TimedOut, "{pause:?}");
        }
    }
}
