//! What all wire tests share: the transport in memory and its client, and the
//! way through a checker.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::ty::{OF_RUNTIME, ident, map_import};
use super::super::used::Used;
use crate::format::Item;
use crate::format::import::Import;
use crate::graph::SchemeKind;
use crate::model::Api;

pub(super) fn imports(api: &Api, tests: &[Item]) -> Vec<Import> {
    let library = ident(&api.library());
    let names = OF_RUNTIME
        .into_iter()
        .chain(["operations", "types", "Part"]);
    let used = Used::of(names.chain([api.map.name()]), tests);
    let modules = used.among(&["operations", "types"]).into_iter();
    let modules = modules.map(ident).map(|name| quote!(use #library::#name;));
    let of_runtime = OF_RUNTIME.into_iter().chain(["Part"]).collect::<Vec<_>>();
    let types = used.among(&of_runtime).into_iter().map(ident);
    let packages = [
        quote!(
            use std::future::Future;
        ),
        quote!(
            use std::io::{Read, Write};
        ),
        quote!(
            use std::net::TcpStream;
        ),
        quote!(
            use std::pin::pin;
        ),
        quote!(
            use std::task::{Context, Poll, Waker};
        ),
        quote!(
            use http::{Request, Response};
        ),
        quote!(
            use serde::Serialize;
        ),
        quote!(
            use serde::de::DeserializeOwned;
        ),
    ];
    let client = quote! {
        use #library::{#(#types,)* BoxFuture, Client, RequestBody, ResponseBody, Transport, TransportError};
    };
    let uses = packages.into_iter().chain(modules).chain([client]);
    let map = map_import(api, &used);
    map.into_iter().chain(uses.map(Import::from)).collect()
}

pub(super) fn items(api: &Api) -> Vec<TokenStream> {
    let schemes = api.schemes.iter().map(|scheme| {
        let name = ident(&scheme.name.rust);
        match &scheme.kind {
            SchemeKind::Basic => quote!(.#name("username", "password")),
            SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
                quote!(.#name("token"))
            }
            SchemeKind::Http(_) => quote!(.#name("Scheme credentials")),
            SchemeKind::ApiKey(..) => quote!(.#name("key")),
        }
    });
    vec![
        quote! {
            /// A transport that gives the same answer to every request.
            struct Canned {
                status: u16,
                media_type: &'static str,
                body: &'static str,
            }
        },
        quote! {
            impl Canned {
                fn of(status: u16, media_type: &'static str, body: &'static str) -> Self {
                    Self { status, media_type, body }
                }
            }
        },
        quote! {
            impl Default for Canned {
                fn default() -> Self {
                    Self::of(200, "application/json", "{}")
                }
            }
        },
        quote! {
            impl Transport for Canned {
                fn send(
                    &self,
                    request: Request<RequestBody>,
                ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
                    if let Some((status, answer)) = checked(&request, Some(self)) {
                        // A checker may lay JSON out anew.
                        let read = |text: &str| {
                            serde_json::from_str(text).map_or_else(|_| text.into(), plain)
                        };
                        let same = status == self.status && read(&answer) == read(self.body);
                        assert!(same, "the checker answers {status}: {answer}");
                    }
                    let response = Response::builder()
                        .status(self.status)
                        .header("content-type", self.media_type)
                        .body(ResponseBody::from(self.body))
                        .map_err(TransportError::other);
                    Box::pin(async move { response })
                }
            }
        },
        quote! {
            /// Sends a request through the checker that `WIRE_CHECKER` names, where it does, and
            /// returns the status and the text of what comes back. A checker holds requests and
            /// answers against the API description: it gives the answer that the header
            /// `wire-response` has (status, body in hexadecimal, media type), or any right one,
            /// or else says what is wrong. Streams are not sent.
            fn checked(request: &Request<RequestBody>, canned: Option<&Canned>) -> Option<(u16, String)> {
                let checker = std::env::var("WIRE_CHECKER").ok()?;
                let address = checker.strip_prefix("http://").expect("an address");
                let body = request.body().as_bytes()?;
                let target = request.uri().path_and_query().expect("a path");
                let mut sent = format!("{} {target} HTTP/1.0\r\nhost: {address}\r\n", request.method()).into_bytes();
                for (name, value) in request.headers() {
                    sent.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
                }
                if let Some(Canned { status, media_type, body }) = canned {
                    let hex: String = body.bytes().map(|byte| format!("{byte:02x}")).collect();
                    sent.extend(format!("wire-response: {status} {hex} {media_type}\r\n").bytes());
                }
                if !body.is_empty() {
                    sent.extend(format!("content-length: {}\r\n", body.len()).bytes());
                }
                sent.extend(b"\r\n");
                sent.extend_from_slice(body);
                let mut stream = TcpStream::connect(address).expect("a checker");
                stream.write_all(&sent).expect("a request");
                let mut received = String::new();
                stream.read_to_string(&mut received).expect("an answer");
                let (head, answer) = received.split_once("\r\n\r\n").expect("a head");
                let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
                Some((status.expect("a status"), answer.to_owned()))
            }
        },
        quote! {
            #[allow(dead_code, reason = "only for requests")]
            fn expect_accepted(request: &Request<RequestBody>) {
                if let Some((status, answer)) = checked(request, None) {
                    assert!((200..400).contains(&status), "the checker answers {status}: {answer}");
                }
            }
        },
        quote! {
            fn client(canned: Canned) -> Client {
                Client::builder()
                    #(#schemes)*
                    .base_url("https://api.example.test")
                    .transport(canned)
                    .build()
                    .expect("a client")
            }
        },
        quote! {
            /// Nothing in memory has to be waited for.
            #[allow(dead_code, reason = "only for responses")]
            fn block_on<F: Future>(future: F) -> F::Output {
                match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(output) => output,
                    Poll::Pending => panic!("the call waits for something"),
                }
            }
        },
        quote! {
            fn from_json<T: DeserializeOwned>(json: &str) -> T {
                serde_json::from_str(json).expect("JSON of the type")
            }
        },
        quote! {
            #[allow(dead_code, reason = "only for answers that are one type")]
            fn expect_json<T: Serialize>(value: &T, json: &str) {
                // By way of the text: a `Value` would widen the digits of an `f32`.
                let written = serde_json::to_string(value).expect("JSON");
                assert_eq!(plain(from_json(&written)), plain(from_json(json)));
            }
        },
        quote! {
            /// The same JSON with `1` for `1.0`.
            fn plain(value: serde_json::Value) -> serde_json::Value {
                use serde_json::Value;
                match value {
                    Value::Number(number) => match number.as_f64() {
                        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
                            Value::from(float as i64)
                        }
                        _ => Value::Number(number),
                    },
                    Value::Array(values) => values.into_iter().map(plain).collect(),
                    Value::Object(object) => {
                        object.into_iter().map(|(key, value)| (key, plain(value))).collect()
                    }
                    other => other,
                }
            }
        },
        quote! {
            /// What was left out or written another way once is so for good.
            #[allow(dead_code, reason = "only for examples that are not lossless")]
            fn expect_stable<T: Serialize + DeserializeOwned>(value: &T) {
                let json = serde_json::to_string(value).expect("JSON");
                let again: T = from_json(&json);
                assert_eq!(serde_json::to_string(&again).expect("JSON"), json);
            }
        },
        quote! {
            #[allow(dead_code, reason = "only for requests with a lossless body")]
            fn expect_body(request: &Request<RequestBody>, json: &str) {
                let sent = serde_json::from_slice(request.body().as_bytes().expect("bytes")).expect("JSON");
                assert_eq!(plain(sent), plain(from_json(json)));
            }
        },
        quote! {
            #[allow(dead_code, reason = "only for requests whose headers are known")]
            fn expect_header(request: &Request<RequestBody>, name: &str, value: Option<&str>) {
                let sent = request.headers().get(name);
                let sent = sent.map(|value| value.to_str().expect("ASCII"));
                assert_eq!(sent, value, "{name}");
            }
        },
        quote! {
            #[allow(dead_code, reason = "only for operations with query parameters")]
            fn expect_query(request: &Request<RequestBody>, pair: &str) {
                let query = request.uri().query().unwrap_or_default();
                assert!(query.split('&').any(|sent| sent == pair), "{query}");
            }
        },
    ]
}
