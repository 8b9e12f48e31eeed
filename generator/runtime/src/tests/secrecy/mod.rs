//! A canary in every position that a secret may have, looked for in everything
//! that can be printed, whatever the server does with it.

mod answers;
mod positions;
mod printed;

use std::time::Duration;

use self::answers::{answers, echoes};
use self::positions::{POSITIONS, Position, Probed, Travels};
use self::printed::{CANARIES, Printed, leaks};
use super::server::{Reply, Server};
use crate::runtime::*;

const TOKEN: &str = "canary-token-0815";
const BODY: &str = "canary-key-9988";

/// A client, a call and its request, before anything is sent.
fn unsent(position: &Position, canary: &str) -> Printed {
    let mut printed = Printed::default();
    let settings = position.settings(canary);
    printed.debug(&settings);
    printed.debug(&position.options(canary));
    let core = settings.build("https://api.example").unwrap();
    printed.debug(&core);
    printed.debug(&position.call(&core, canary));
    match position.call(&core, canary).build() {
        Ok(request) if position.travels == Travels::InUrl => {
            printed.debug(request.headers());
            printed.debug(request.body());
        }
        Ok(request) => printed.debug(&request),
        // The token is not known yet.
        Err(error) => printed.error(&error),
    }
    // The same in the open is refused.
    if let Err(error) = position.settings(canary).build("http://api.example") {
        printed.error(&error);
    }
    printed
}

fn print_error(printed: &mut Printed, error: Error<serde_json::Value>) {
    printed.error(&error);
    // These are for logs.
    printed.debug(&(error.code(), error.request_id(), error.operation()));
    if let Some(decode) = error.decode_error() {
        printed.error(decode);
        printed.text(decode.path());
    }
    printed.error(&error.map_api(drop));
}

fn print_response(printed: &mut Printed, response: Response<Probed>) {
    // What is not marked as secret is the application's to print.
    printed.debug(&response.map(|probed| probed._key));
}

#[test]
fn what_is_not_sent_yet_is_clean() {
    for canary in CANARIES {
        for position in &POSITIONS {
            unsent(position, canary).is_clean(position.name);
        }
    }
}

#[test]
fn what_is_refused_is_clean() {
    for canary in CANARIES {
        for bad in [format!("{canary}\r\nX: y"), format!(" {canary}\0")] {
            for position in &POSITIONS {
                let mut printed = Printed::default();
                let settings = position.settings(&bad);
                printed.debug(&settings);
                printed.debug(&position.options(&bad));
                match settings.build("https://api.example") {
                    Ok(core) => match position.call(&core, &bad).build() {
                        Ok(_) => {}
                        Err(error) => printed.error(&error),
                    },
                    Err(error) => printed.error(&Error::<()>::from(error)),
                }
                printed.is_clean(position.name);
            }
        }
        let mut printed = Printed::default();
        for url in [
            format!("https://user:{canary}@example.com"),
            format!("https://example.com/?key={canary}"),
            format!("{canary}://example.com"),
        ] {
            let mut settings = Settings::new("fixture/1");
            settings.base_url(url);
            printed.debug(&settings);
            printed.error(&settings.build("").unwrap_err());
        }
        let mut settings = Settings::new("fixture/1");
        settings.user_agent_suffix(&format!("{canary}\n"));
        printed.error(&settings.build("https://api.example").unwrap_err());
        printed.is_clean("a setting");
    }
}

#[tokio::test]
async fn a_server_that_sends_everything_back_gets_nothing_shown() {
    #[cfg(feature = "tracing")]
    let log = super::trace::Log::default();
    #[cfg(feature = "tracing")]
    let _listening = log.listen();
    for canary in CANARIES {
        for position in &POSITIONS {
            // Parts are shown only where they look like identifiers.
            let most = if canary == CANARIES[0] { usize::MAX } else { 1 };
            for echo in echoes(canary, position.travels).into_iter().take(most) {
                let replies = answers(&echo);
                let calls = replies.len();
                let server = Server::start(replies).await;
                let core = position.settings(canary).build(&server.url()).unwrap();
                for number in 0..calls {
                    let mut printed = Printed::default();
                    printed.debug(&core);
                    let call = position.call(&core, canary);
                    match call.send().await {
                        Ok(response) => print_response(&mut printed, response),
                        Err(error) => print_error(&mut printed, error),
                    }
                    #[cfg(feature = "tracing")]
                    {
                        let told = log.take();
                        assert!(told.contains("attempt"), "{told}");
                        printed.text(&told);
                    }
                    let place = format!("{}, {echo}, answer {number}", position.name);
                    printed.is_clean(&place);
                }
                let mut requests = server.requests();
                assert_eq!(requests.len(), calls);
                // The last connection was reset before it could be read.
                requests.pop();
                assert!(requests.iter().all(|sent| leaks(sent)), "{}", position.name);
            }
        }
    }
}

#[tokio::test]
async fn raw_responses_are_clean() {
    for position in &POSITIONS {
        let canary = CANARIES[0];
        let replies = answers(canary);
        let calls = replies.len();
        let server = Server::start(replies).await;
        let core = position.settings(canary).build(&server.url()).unwrap();
        for _ in 0..calls {
            let mut printed = Printed::default();
            match position.call(&core, canary).send_raw().await {
                Ok(received) => printed.debug(&received),
                Err(error) => print_error(&mut printed, error),
            }
            printed.is_clean(position.name);
        }
    }
}

#[tokio::test]
async fn what_never_ends_or_never_began_is_clean() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for position in &POSITIONS {
        let canary = CANARIES[0];
        let half = format!("HTTP/1.1 200 {canary}\r\nContent-Length: 99\r\n\r\n{canary}");
        let server = Server::start(vec![Reply::Stall(half.into()), Reply::Stall(vec![])]).await;
        let (short, long) = (Duration::from_millis(200), Duration::from_secs(20));
        for (url, timeout, kind) in [
            (server.url(), short, ErrorKind::Timeout),
            (server.url(), short, ErrorKind::Timeout),
            (dead.clone(), long, ErrorKind::Connect),
        ] {
            let core = position.settings(canary).build(&url).unwrap();
            let options = position.options(canary).timeout(timeout);
            let call = position.call(&core, canary).options(options);
            let error = call.send().await.unwrap_err();
            assert_eq!(error.kind(), kind, "{}", position.name);
            let mut printed = Printed::default();
            print_error(&mut printed, error);
            printed.is_clean(position.name);
        }
    }
}

#[test]
fn what_a_server_may_have_made_up_is_shown() {
    let mut screen = Screen::default();
    screen.add(Secret::new(TOKEN));
    screen.add(Secret::new(""));
    screen.body(r#"{"display_name":"Acme GmbH","key":"canary-key-9988"}"#.into());
    for shown in ["not_found", "request-id-test-1", "token", "Acme"] {
        assert_eq!(screen.identifier(shown).as_deref(), Some(shown));
    }
    let long = "x".repeat(129);
    for hidden in [
        "",
        "a b",
        "ä",
        &long,
        TOKEN,
        "x.canary-token-0815",
        "canary-t",
        BODY,
    ] {
        assert_eq!(screen.identifier(hidden), None, "{hidden}");
    }
    // A path may well be that of a property that was sent, but not of a value.
    for shown in [
        "display_name",
        "items[0].display_name",
        "",
        "[12]",
        "x.Acme",
    ] {
        assert!(!screen.hides_path(shown), "{shown}");
    }
    for hidden in [
        TOKEN,
        "x.canary-token-0815.y",
        "x.canary-t",
        BODY,
        "x[1].canary-key-9988",
    ] {
        assert!(screen.hides_path(hidden), "{hidden}");
    }
}

#[test]
fn a_path_made_of_a_secret_is_left_out() {
    let mut screen = Screen::default();
    screen.add(Secret::new(TOKEN));
    type Map = std::collections::BTreeMap<String, u8>;
    let body = format!(r#"{{"{TOKEN}":"x"}}"#);
    let received = Received {
        status: http::StatusCode::OK,
        headers: http::HeaderMap::new(),
        body: body.into(),
        attempts: 1,
        value_limit: DEFAULT_VALUE_LIMIT,
        asked: None,
        followed: false,
    };
    let error = received.json::<Map>().unwrap_err();
    assert_eq!(error.path(), TOKEN);
    let error = error.screened(&screen);
    assert_eq!(error.to_string(), "`…`: expected u8, found a string");
}
