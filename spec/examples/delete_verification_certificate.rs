//! Takes a certificate of the identity provider off a SAML connection, the last
//! step of its rotation.
//!
//! ```sh
//! export STYTCH_PROJECT_ID=project-test-… STYTCH_SECRET=secret-test-…
//! cargo run --example delete_verification_certificate -- \
//!     ORGANIZATION_ID CONNECTION_ID CERTIFICATE_ID
//! ```
//!
//! `STYTCH_BASE_URL`, where it is set, is the server that is asked: a mock, say.

use std::process::ExitCode;

use stytch_sso::{BuildError, Client, Error};

const USAGE: &str =
    "usage: delete_verification_certificate ORGANIZATION_ID CONNECTION_ID CERTIFICATE_ID";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [organization_id, connection_id, certificate_id] = arguments.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let client = match client() {
        Ok(client) => client,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let result = client
        .sso()
        .saml()
        .delete_verification_certificate(organization_id, connection_id, certificate_id)
        .send()
        .await;
    match result {
        Ok(deleted) => {
            println!("deleted {}", deleted.certificate_id);
            println!("request {}", deleted.request_id);
            ExitCode::SUCCESS
        }
        Err(error) => {
            explain(&error);
            ExitCode::FAILURE
        }
    }
}

/// A client with the credentials in the environment.
fn client() -> Result<Client, BuildError> {
    let mut builder = Client::builder().from_env()?;
    if let Ok(url) = std::env::var("STYTCH_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder.build()
}

/// Says what went wrong, and what to do about it.
fn explain(error: &Error) {
    // One line with the status, the error type and the request id: it can be
    // logged as it is.
    eprintln!("error: {error}");
    if error.is_not_found() {
        eprintln!("the connection has no such certificate");
    } else if error.is_rate_limited() {
        // The client has waited and tried again by itself.
        eprintln!("too many requests, after {} attempts", error.attempts());
        if let Some(wait) = error.retry_after() {
            eprintln!("try again in {} s", wait.as_secs());
        }
    } else if let Some(api) = error.api() {
        // What Stytch says in the body, for developers.
        if let Some(message) = &api.error_message {
            eprintln!("{message}");
        }
        if let Some(url) = &api.error_url {
            eprintln!("see {url}");
        }
    }
}
