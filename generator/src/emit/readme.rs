//! The crate's README.

use driftless_runtime::sources::FEATURES;

use super::{Files, docs, front_page};
use crate::model::{Api, Docs};

pub(super) fn emit(api: &Api, files: &mut Files<'_>) {
    let package = &api.package;
    let description = Docs {
        text: Some(format!("{}.", package.description.trim_end_matches('.'))),
        notes: Vec::new(),
    };
    let mut text = format!(
        "# {}\n\n{}\n",
        package.name,
        docs::lines(&description, "").join("\n")
    );
    if let Some((_, example)) = front_page::example(api) {
        text.push_str(&format!("\n```rust,no_run\n{}\n```\n", example.join("\n")));
    }
    text.push_str(&about(api));
    text.push_str("\n## Where this comes from\n\n");
    text.push_str(&format!(
        "This crate is generated; changes belong into the API description. `{}` makes it again.\n",
        files.provenance.command
    ));
    if let Some(license) = &package.license {
        text.push_str(&format!("\n## Licence\n\n{license}\n"));
    }
    files.text("README.md", None, "", &text);
}

/// What is true of every client, for the README and the crate's front page.
pub(super) fn about(api: &Api) -> String {
    let mut text = String::from(
        "\nEvery operation is a method that starts a call; optional parameters are methods of the\n\
         call; `send` sends it. Unknown enum values and unknown properties do not fail a response.\n\
         Errors keep status, headers and body, and what the API says of them where it can be read.\n\
         Secrets never show in `Debug` or in errors.\n\
         \n## Attempts and timeouts\n\n\
         What was not sent, for want of a connection, and what was turned away with 429 is sent up\n\
         to three times. After 408, 500, 502, 503, 504, a timeout or a connection that broke off, the\n\
         server may have acted: only GET, HEAD, OPTIONS, TRACE, PUT and DELETE are sent again then,\n\
         and calls that say `CallOptions::new().idempotent(true)`. `Retry-After` counts; the timeout\n\
         of the call, 60 seconds if not set, includes everything. `attempts()` of responses and\n\
         errors says how many there were, `timeout()` of an error which time was up.\n\
         `CallOptions` also has headers, query pairs, timeouts and credentials for one call;\n\
         `client.request(method, path)` calls what the API description does not have.\n\n\
         No timeout covers decoding. Its time and memory are bounded by limits of the builder:\n\
         `response_limit`, 64 MiB if not set, and `value_limit`, 2,000,000 values of JSON if not set,\n\
         where an object counts as ten. Of an error body no more than 1 MiB and 100,000 values are\n\
         decoded.\n",
    );
    if api
        .operations
        .iter()
        .any(|operation| operation.pagination.is_some())
    {
        text.push_str(
            "\n## Pages\n\n\
             Calls of operations that answer page by page have `pages()` and `items()`: streams that\n\
             ask for one page after the other, each with the options of the call. They end after the\n\
             last page or an error.\n",
        );
    }
    text.push_str(
        "\n## Tests of your program\n\n\
         With the feature `mock`, `mock::Mock` has a client whose calls it answers in memory, as its\n\
         test says: with values, with the examples of the API description, with errors, or not at\n\
         all. It keeps the requests. Each mock is a server of its own; waits take no time.\n\
         \n## Without asynchronous code, and what goes on\n\n\
         With the feature `blocking`, `send_blocking` is `send` for a thread that waits, and streams\n\
         become iterators by `blocking()`. Blocking calls have connections of their own, on a thread\n\
         of the client: they can be mixed with asynchronous calls, on any runtime. A transport that\n\
         you give to the builder serves both kinds; build a second client for the blocking calls if\n\
         its connections belong to a runtime of yours. With `tracing`, each call is a span at level INFO and each\n\
         attempt an event at level DEBUG, with OpenTelemetry's names: `http.request.method`,\n\
         `url.template`, `server.address`, `http.response.status_code`, `http.request.resend_count`,\n\
         `error.type`. No header, body, query or filled-in path is among them.\n\
         \n## Features\n\n\
         | feature | default | |\n|---|---|---|\n",
    );
    for feature in FEATURES {
        let is_default = if feature.is_default { "yes" } else { "" };
        text.push_str(&format!(
            "| `{}` | {is_default} | {} |\n",
            feature.name, feature.about
        ));
    }
    for feature in &api.features {
        text.push_str(&format!(
            "| `{}` | yes | {} |\n",
            feature.name, feature.about
        ));
    }
    text
}
