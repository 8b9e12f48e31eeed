//! A program that is not asynchronous, and knows nothing of tokio.

use stytch_sso::{Client, Error};

/// Deletes a connection; `false` where it was gone.
pub fn delete(client: &Client, organization: &str, connection: &str) -> Result<bool, Error> {
    let call = client.sso().delete_connection(organization, connection);
    match call.send_blocking() {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// A server that gives these answers, one per connection.
    fn serve(answers: Vec<(&'static str, &'static str)>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") {
                    assert_eq!(stream.read(&mut byte).unwrap(), 1);
                    request.extend(byte);
                }
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(body.as_bytes()).unwrap();
            }
        });
        format!("http://127.0.0.1:{port}")
    }

    #[test]
    fn calls_block_one_after_the_other() {
        let body = r#"{"request_id":"r","status_code":200,"connection_id":"c"}"#;
        let url = serve(vec![
            ("200 OK", body),
            ("503 Service Unavailable", "{}"),
            ("404 Not Found", "{}"),
        ]);
        let builder = Client::builder().basic_auth("project-test-1", "secret");
        let client = builder.base_url(url).build().unwrap();
        assert!(delete(&client, "o", "c").unwrap());
        assert!(!delete(&client, "o", "c").unwrap());
    }
}
