//! What befalls a request: its number in, how long it takes and what goes wrong
//! out. The same for the same seed.

use std::str::FromStr;
use std::time::Duration;

use fastrand::Rng;

use super::words::{duration, share};
use crate::cli::Failure;

/// How long answers take, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Latency {
    from: Duration,
    to: Duration,
}

impl FromStr for Latency {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let (from, to) = (duration(from)?, duration(to)?);
        match from <= to {
            true => Ok(Self { from, to }),
            false => Err(format!("`{text}` ends before it begins")),
        }
    }
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection is closed before an answer.
    Reset,
    /// No answer ever.
    Stall,
    /// The connection is closed in the middle of the body.
    Truncate,
    /// Another status than the usual one.
    Status(u16),
}

/// A fault, and the share of requests that it befalls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FaultShare {
    fault: Fault,
    share: f64,
}

impl FromStr for FaultShare {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, share_text) = text
            .split_once('=')
            .ok_or_else(|| format!("`{text}` has no share; write `{text}=0.1`"))?;
        let fault = match kind {
            "reset" => Fault::Reset,
            "stall" => Fault::Stall,
            "truncate" => Fault::Truncate,
            status => {
                let status = status.parse().ok();
                let status = status.filter(|status| (200..=599).contains(status));
                Fault::Status(status.ok_or_else(|| {
                    format!(
                        "`{kind}` is no fault; there are `reset`, `stall`, `truncate`, \
                         and the statuses from 200 to 599"
                    )
                })?)
            }
        };
        Ok(Self {
            fault,
            share: share(share_text)?,
        })
    }
}

/// Decides what befalls each request.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    seed: u64,
    latency: Latency,
    faults: Vec<FaultShare>,
}

impl Chance {
    pub(super) fn new(
        seed: u64,
        latency: Latency,
        faults: Vec<FaultShare>,
    ) -> Result<Self, Failure> {
        let sum: f64 = faults.iter().map(|fault| fault.share).sum();
        // Shares such as 0.1 do not add up exactly.
        if sum > 1.0 + 1e-9 {
            return Err(Failure::new(
                "the shares of all faults are more than the whole",
            ));
        }
        Ok(Self {
            seed,
            latency,
            faults,
        })
    }

    /// How long the request with this number takes, and what goes wrong.
    pub(super) fn of(&self, number: u64) -> (Duration, Option<Fault>) {
        // Neighbours must not be alike.
        let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut random = Rng::with_seed(self.seed ^ mixed);
        let Latency { from, to } = self.latency;
        let latency = from + (to - from).mul_f64(random.f64());
        let mut drawn = random.f64();
        let fault = self.faults.iter().find(|fault| {
            let befalls = drawn < fault.share;
            drawn -= fault.share;
            befalls
        });
        (latency, fault.map(|fault| fault.fault))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn chance(seed: u64, faults: &[&str]) -> Chance {
        let faults = faults.iter().map(|fault| fault.parse().unwrap());
        Chance::new(seed, "10ms..20ms".parse().unwrap(), faults.collect()).unwrap()
    }

    #[test]
    fn the_same_seed_does_the_same() {
        let all = |seed| {
            let chance = chance(seed, &["reset=0.3", "503=0.2"]);
            (0..1000)
                .map(|number| chance.of(number))
                .collect::<Vec<_>>()
        };
        assert_eq!(all(7), all(7));
        assert_ne!(all(7), all(8));
        let (low, high) = (Duration::from_millis(10), Duration::from_millis(20));
        assert!(
            all(7)
                .iter()
                .all(|(latency, _)| (low..=high).contains(latency))
        );
        let count = |fault| all(7).iter().filter(|(_, one)| *one == fault).count();
        assert!((200..400).contains(&count(Some(Fault::Reset))));
        assert!((120..280).contains(&count(Some(Fault::Status(503)))));
        assert!((400..600).contains(&count(None)));
    }

    #[test]
    fn a_whole_share_befalls_every_request() {
        let chance = chance(0, &["stall=1"]);
        assert!((0..1000).all(|number| chance.of(number).1 == Some(Fault::Stall)));
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        for wrong in [
            "reset", "reset=", "reset=2", "boom=0.1", "99=0.1", "600=0.1", "=1",
        ] {
            assert!(wrong.parse::<FaultShare>().is_err(), "{wrong}");
        }
        for wrong in ["", "1", "2s..1s", "1s..", "..1s"] {
            assert!(wrong.parse::<Latency>().is_err(), "{wrong}");
        }
        let two = ["reset=0.6", "stall=0.6"].map(|fault| fault.parse().unwrap());
        assert!(Chance::new(0, "1s".parse().unwrap(), two.to_vec()).is_err());
    }
}
