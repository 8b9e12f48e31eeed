//! `mock`: a server on this machine that answers from the document, and fails
//! as it is told to.

mod body;
mod chance;
mod connection;
mod log;
mod reply;
mod server;
mod timed;
mod words;
mod workers;

use std::net::TcpListener;

use clap::Args;

use super::arguments::InputArguments;
use super::generate::Made;
use super::{Context, Failure, Verdict, findings};
use crate::Outcome;
use crate::lints::Enforcement;
use crate::mock::Mock;
use chance::{Chance, FaultShare, Latency};

/// How the server behaves.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Server")]
pub(super) struct ServerArguments {
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010")]
    listen: String,
    /// How long every answer takes: `200ms`, `1s`, or a range, `50ms..300ms`
    #[arg(long, value_name = "DURATION", default_value = "0ms")]
    latency: Latency,
    /// A fault and the share of requests that it befalls, `reset=0.1` say: `reset`
    /// closes the connection without an answer, `stall` never answers, `truncate` cuts the body
    /// off, and a status is answered, `503=5%`; may be repeated
    #[arg(long = "fault", value_name = "KIND=SHARE")]
    faults: Vec<FaultShare>,
    /// Which requests have faults, and how long answers take: the same for the same number
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

/// Runs the server until the user stops it.
pub(super) fn run(
    context: &Context<'_>,
    inputs: &InputArguments,
    arguments: ServerArguments,
) -> Result<Verdict, Failure> {
    let chance = Chance::new(arguments.seed, arguments.latency, arguments.faults)?;
    let made = Made::new(context, inputs, &mut Vec::new(), Enforcement::Warn)?;
    // The report is the address alone, so that other programs can read it.
    let Outcome { report, source, .. } = &made.outcome;
    findings::aside(context, report, source);
    made.tree(context)?;
    let spec = made.inputs.spec.clone();
    let Some(mock) = made.outcome.upgraded().map(Mock::new) else {
        return Err(Failure::new(format!("{spec} has no operations")));
    };
    drop(made);
    let listen = &arguments.listen;
    let failed = |error: std::io::Error| {
        let failure = Failure::new(format!("could not listen on {listen}: {error}"));
        match error.kind() {
            std::io::ErrorKind::AddrInUse => failure.help(
                "another program listens there; name a free address with `--listen`, \
                              or `--listen 127.0.0.1:0` for any free port",
            ),
            _ => failure.help("an address is a host and a port, `127.0.0.1:4010` say"),
        }
    };
    let listener = TcpListener::bind(listen).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    if !address.ip().to_canonical().is_loopback() {
        context.terminal.warning(format_args!(
            "{address} can be reached from other machines, and whoever reaches it is answered; \
             `--listen 127.0.0.1:{}` keeps it to this one",
            address.port()
        ));
    }
    context.terminal.status(
        "Mocking",
        format_args!(
            "{} of {spec}",
            findings::plural(mock.operations(), "operation")
        ),
    );
    context.terminal.report(format_args!("http://{address}\n"));
    server::serve(context.terminal, listener, mock, chance)
}
