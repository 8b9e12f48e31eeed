//! A program with the default features.

use stytch_sso::types::CreateSamlConnectionRequest;
use stytch_sso::{Client, Error};

/// Creates a connection and gives its id.
pub async fn connect(client: &Client, organization: &str) -> Result<Option<String>, Error> {
    let request = CreateSamlConnectionRequest::new().display_name("Example");
    let call = client.sso().saml().create_connection(organization, request);
    let response = call.send().await?.into_body();
    let connection = response.connection;
    Ok(connection.map(|connection| connection.connection_id.to_string()))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that gives these answers, one per connection.
    async fn serve(answers: Vec<(&'static str, &'static str)>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = Vec::new();
                while !request.ends_with(b"}") {
                    assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
                }
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                stream.write_all(head.as_bytes()).await.unwrap();
                stream.write_all(body.as_bytes()).await.unwrap();
            }
        });
        format!("http://127.0.0.1:{port}")
    }

    fn client(url: String) -> Client {
        let builder = Client::builder().basic_auth("project-test-1", "secret");
        builder.base_url(url).build().unwrap()
    }

    #[tokio::test]
    async fn a_response_is_typed() {
        let body = r#"{"request_id":"r","status_code":200}"#;
        let client = client(serve(vec![("429 Too Many Requests", "{}"), ("200 OK", body)]).await);
        // A task may be moved to another thread.
        let task = tokio::spawn(async move { connect(&client, "o").await });
        assert_eq!(task.await.unwrap().unwrap(), None);
    }

    #[tokio::test]
    async fn an_error_is_typed() {
        let body = r#"{"error_type":"organization_not_found"}"#;
        let client = client(serve(vec![("404 Not Found", body)]).await);
        let error = connect(&client, "o").await.unwrap_err();
        assert!(error.is_not_found());
        let error_type = error.api().unwrap().error_type.clone().unwrap();
        assert_eq!(error_type.as_str(), "organization_not_found");
    }
}
