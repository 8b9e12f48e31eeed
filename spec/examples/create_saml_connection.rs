//! Creates a SAML connection, and prints what its identity provider has to know.
//!
//! ```sh
//! export STYTCH_PROJECT_ID=project-test-… STYTCH_SECRET=secret-test-…
//! cargo run --example create_saml_connection -- ORGANIZATION_ID Okta okta
//! ```
//!
//! `STYTCH_BASE_URL`, where it is set, is the server that is asked: a mock, say.

use std::process::ExitCode;

use stytch_sso::types::CreateSamlConnectionRequest;
use stytch_sso::{BuildError, Client, Error};

const USAGE: &str =
    "usage: create_saml_connection ORGANIZATION_ID DISPLAY_NAME [IDENTITY_PROVIDER]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [organization_id, display_name, identity_provider @ ..] = arguments.as_slice() else {
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
    let mut request = CreateSamlConnectionRequest::new().display_name(display_name);
    if let Some(identity_provider) = identity_provider.first() {
        // One that this crate does not know is sent as it is.
        request = request.identity_provider(identity_provider.as_str());
    }
    let result = client
        .sso()
        .saml()
        .create_connection(organization_id, request)
        .send()
        .await;
    match result {
        Ok(created) => {
            // The description has it as optional.
            if let Some(connection) = &created.connection {
                println!(
                    "created {} ({})",
                    connection.connection_id, connection.status
                );
                println!("ACS URL: {}", connection.acs_url);
                println!("audience URI: {}", connection.audience_uri);
            }
            println!("request {}", created.request_id);
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
        eprintln!("there is no such organization");
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
