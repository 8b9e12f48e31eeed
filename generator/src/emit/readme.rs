//! The crate's README.

use driftless_runtime::sources::FEATURES;

use super::structure::code;
use super::ty::ident_text;
use super::{Files, docs, environment, front_page};
use crate::format::comment;
use crate::model::{Api, Docs};

pub(super) fn emit(api: &Api, files: &mut Files<'_>) {
    let package = &api.package;
    let description = Docs {
        text: Some(format!("{}.", package.description.trim_end_matches('.'))),
        notes: Vec::new(),
    };
    let description = shown(&docs::lines(&description, ""));
    let mut text = format!("# {}\n\n{description}\n", package.name);
    if let Some((_, example)) = front_page::example(api) {
        text.push_str(&format!(
            "\n## Quick start\n\n```rust,no_run\n{}\n```\n",
            shown(&example)
        ));
    }
    let handled = front_page::handled(api).map(|(_, program)| {
        let program = program.join("\n");
        format!("\n```rust,no_run\n{program}\n```\n")
    });
    text.push_str(&unlinked(&about(api, &handled.unwrap_or_default())));
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

/// The lines as the comments of the crate show them.
fn shown(lines: &[String]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| comment(line)).collect();
    lines.join("\n")
}

/// The text without links to items, which lead somewhere in rustdoc alone.
fn unlinked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        let line = comment(line);
        in_code ^= line.starts_with("```");
        match in_code {
            true => plain.push_str(&line),
            false => plain.push_str(&line.replace("[`", "`").replace("`]", "`")),
        }
        plain.push('\n');
    }
    plain
}

/// The sections that the README and the crate's front page share. `handled` is
/// the program that tells errors apart, as a block of code.
pub(super) fn about(api: &Api, handled: &str) -> String {
    let mut text = String::from(
        "\nEach operation is a method that returns a [`Call`]. Optional parameters are methods of the\n\
         call, and `send`, or `.await` alone, sends it. What may be absent is assigned to a field of\n\
         a struct, and given to a call inside of `if let`. Unknown enum values and unknown\n\
         properties do not fail a response.\n\
         \n## Error handling\n\n\
         Every call fails with an [`Error`]. [`Error::kind`] says what went wrong, [`Error::api`]\n\
         returns the decoded error body, and [`Error::status`], [`Error::headers`] and\n\
         [`Error::body`] return the response as it was received. [`Error::erase`] drops the type of\n\
         the error body, so that calls with different error bodies share one error type.\n\
         `Debug` and `Display` of errors show no secrets.\n",
    );
    text.push_str(handled);
    text.push_str(&credentials(api));
    text.push_str(&servers(api));
    text.push_str(
        "\n## Timeouts and retries\n\n\
         A call has 60 seconds by default, retries included: [`ClientBuilder::timeout`] changes\n\
         that. Requests that never reached the server, and requests answered with 429, are tried up\n\
         to three times. After 408, 500, 502, 503, 504, a timeout or a dropped connection the server\n\
         may already have acted, so only idempotent methods (GET, HEAD, OPTIONS, TRACE, PUT, DELETE)\n\
         are retried, and calls with `CallOptions::new().idempotent(true)`. `Retry-After` is\n\
         respected. [`RetryPolicy`] configures retries, [`CallOptions`] sets headers, query pairs,\n\
         timeouts and credentials of one call. [`Error::attempts`] returns the number of attempts,\n\
         [`Error::timeout`] the timeout that expired. [`Client::request`] calls operations that the\n\
         API description does not contain. Redirects are followed only after\n\
         [`ClientBuilder::follow_redirects`], and then without credentials.\n\n\
         No timeout covers decoding. [`ClientBuilder::response_limit`] (64 MiB by default) and\n\
         [`ClientBuilder::value_limit`] (2,000,000 JSON values by default, an object counts as ten)\n\
         bound its time and memory. Error bodies are decoded up to 1 MiB and 100,000 values.\n",
    );
    if api
        .operations
        .iter()
        .any(|operation| operation.pagination.is_some())
    {
        text.push_str(
            "\n## Pagination\n\n\
             Calls of paginated operations have `pages()` and `items()`: streams that request one\n\
             page after the other, each with the options of the call. They end after the last page or\n\
             an error.\n",
        );
    }
    text.push_str(
        "\n## Testing\n\n\
         With the feature `mock`, `mock::Mock` creates a client and answers its calls in memory: with\n\
         values, with the examples of the API description, with errors, or not at all. It records\n\
         the requests. Each mock is independent of the others; waits take no time.\n\
         \n## Packages in signatures\n\n\
         Packages whose types stand in signatures of this crate are re-exported in [`reexport`].\n\
         \n## Tokio\n\n\
         The default transport, `ReqwestTransport`, needs a Tokio runtime; outside of one, calls fail\n\
         with an error that says so. Blocking calls need none, and another [`Transport`] may have\n\
         other needs.\n\
         \n## Blocking calls\n\n\
         With the feature `blocking`, `send_blocking` sends a call and blocks the thread, and\n\
         `blocking()` turns streams into iterators. Blocking calls have their own connections, on a\n\
         thread of the client, so they can be mixed with asynchronous calls on any runtime. A\n\
         transport given to the builder serves both; if its connections belong to a runtime of\n\
         yours, build a second client for blocking calls.\n\
         \n## Tracing\n\n\
         With the feature `tracing`, each call is a span at level INFO, each attempt an event at level\n\
         DEBUG and each failed call an event at level WARN, with the names of OpenTelemetry:\n\
         `http.request.method`, `url.template`, `server.address`, `http.response.status_code`,\n\
         `http.request.resend_count`, `error.type`.\n\
         Headers, bodies, queries and filled-in paths are not recorded.\n\
         \n## Feature flags\n\n\
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

/// The section about credentials, if the API has any.
fn credentials(api: &Api) -> String {
    if api.schemes.is_empty() {
        return String::new();
    }
    let mut text = "\n## Credentials\n\n\
                    The builder takes the credentials, and each operation sends those that it needs:\n\n"
        .to_owned();
    for scheme in &api.schemes {
        let method = ident_text(&scheme.name.rust);
        let wire = code(&scheme.wire);
        text.push_str(&format!(
            "- [`ClientBuilder::{method}`]: security scheme `{wire}`.\n"
        ));
    }
    if environment::is_named(api) {
        text.push_str(&format!(
            "\n[`Client::from_env`] reads them from the environment: {}.\n",
            environment::listed(api)
        ));
    }
    text
}

/// The section about servers.
fn servers(api: &Api) -> String {
    let mut text = "\n## Servers\n\n".to_owned();
    if api.servers.is_empty() {
        text.push_str(
            "The API description names no server: give the builder the address with\n\
             [`ClientBuilder::base_url`].\n",
        );
        return text;
    }
    for server in &api.servers {
        let name = ident_text(&server.name.rust);
        text.push_str(&format!(
            "- [`Server::{name}`] at `{}`\n",
            code(&server.url)
        ));
    }
    text.push_str(
        "\n[`ClientBuilder::server`] chooses one of them, [`ClientBuilder::base_url`] another\n\
         address.",
    );
    let default = api.default_server.and_then(|index| api.servers.get(index));
    match default.filter(|_| api.server_rules.is_empty()) {
        Some(server) => text.push_str(&format!(
            " The default is `Server::{}`.\n",
            ident_text(&server.name.rust)
        )),
        None => text.push('\n'),
    }
    text
}
