//! Renames an External connection, and says which roles everybody gets who logs in
//! through it.
//!
//! ```sh
//! export STYTCH_PROJECT_ID=project-test-… STYTCH_SECRET=secret-test-…
//! cargo run --example update_external_connection -- \
//!     ORGANIZATION_ID CONNECTION_ID Partners stytch_member
//! ```
//!
//! `STYTCH_BASE_URL`, where it is set, is the server that is asked: a mock, say.

use std::process::ExitCode;

use stytch_sso::types::{
    ExternalConnectionImplicitRoleAssignment, UpdateExternalConnectionRequest,
};
use stytch_sso::{BuildError, Client, Error};

const USAGE: &str =
    "usage: update_external_connection ORGANIZATION_ID CONNECTION_ID DISPLAY_NAME [ROLE_ID…]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [organization_id, connection_id, display_name, roles @ ..] = arguments.as_slice() else {
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
    let mut request = UpdateExternalConnectionRequest::new().display_name(display_name);
    // What is not set stays as it is; an empty list would remove all roles.
    if !roles.is_empty() {
        let roles = roles
            .iter()
            .map(ExternalConnectionImplicitRoleAssignment::new);
        request = request.external_connection_implicit_role_assignments(roles.collect::<Vec<_>>());
    }
    let result = client
        .sso()
        .external()
        .update_connection(organization_id, connection_id, request)
        .send()
        .await;
    match result {
        Ok(updated) => {
            // The description has it as optional.
            if let Some(connection) = &updated.connection {
                println!(
                    "updated {}: {}",
                    connection.connection_id, connection.display_name
                );
                for assignment in &connection.external_connection_implicit_role_assignments {
                    println!("role {}", assignment.role_id);
                }
            }
            println!("request {}", updated.request_id);
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
        eprintln!("the organization has no such External connection");
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
