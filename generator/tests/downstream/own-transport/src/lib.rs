//! A program that brings its own HTTP, and no default features.

use http::{Request, Response};
use stytch_sso::{BoxFuture, Client, RequestBody, ResponseBody, Transport, TransportError};

/// Answers everything with the line and the credentials of the request.
pub struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        let authorized = request.headers().contains_key("authorization");
        let body = format!(
            r#"{{"request_id":"{} {authorized}","status_code":200,"connection_id":"{}"}}"#,
            request.method(),
            request.uri().path(),
        );
        Box::pin(async move { Ok(Response::new(ResponseBody::from(body))) })
    }
}

/// A client that echoes.
pub fn client() -> Client {
    let builder = Client::builder().basic_auth("project-test-1", "secret");
    builder.transport(Echo).build().unwrap()
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    #[test]
    fn requests_go_by_it() {
        let client = client();
        let future = pin!(client.sso().delete_connection("o", "c").send());
        let Poll::Ready(response) = future.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("nothing has to be waited for");
        };
        let response = response.unwrap();
        assert_eq!(response.request_id, "DELETE true");
        assert_eq!(
            response.connection_id.to_string(),
            "/v1/b2b/sso/o/connections/c"
        );
    }

    #[test]
    fn without_one_there_is_no_client() {
        let builder = Client::builder().basic_auth("project-test-1", "secret");
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains("transport"), "{error}");
    }
}
