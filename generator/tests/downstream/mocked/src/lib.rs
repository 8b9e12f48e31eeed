//! A library that calls the API, and tests itself without it.

use stytch_sso::types::UpdateExternalConnectionRequest;
use stytch_sso::{Client, Error};

/// Renames a connection and gives the new name.
pub async fn rename(client: &Client, connection: &str, name: &str) -> Result<String, Error> {
    let request = UpdateExternalConnectionRequest::new().display_name(name);
    let external = client.sso().external();
    let call = external.update_connection("organization", connection, request);
    let connection = call.send().await?.into_body().connection;
    Ok(connection
        .map(|connection| connection.display_name)
        .unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use stytch_sso::mock::Mock;
    use stytch_sso::types::UpdateExternalConnectionResponse;

    use super::*;

    #[test]
    fn a_connection_is_renamed() {
        let mock = Mock::new();
        let operation = mock.sso().external().update_connection();
        let example = operation.examples()[0];
        let response: UpdateExternalConnectionResponse = example.json().unwrap();
        operation.respond(&response);
        // Nothing here runs on tokio.
        let client = mock.client();
        let call = client.sso().external().update_connection(
            "organization",
            "c",
            UpdateExternalConnectionRequest::new().display_name("New"),
        );
        call.send_blocking().unwrap();
        let sent: UpdateExternalConnectionRequest = mock.requests()[0].json().unwrap();
        assert_eq!(sent.display_name.as_deref(), Some("New"));
    }
}
