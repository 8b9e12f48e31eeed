//! `mock`: the real server, asked over real connections.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy does not see that this is a part of tests"
)]

mod server;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use server::{Answer, Server};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const LOGIN: (&str, &str) = ("Authorization", "Basic cHJvamVjdDpzZWNyZXQ=");

fn repository() -> PathBuf {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR"));
    generator.parent().expect("a folder").to_owned()
}

fn spec() -> PathBuf {
    repository().join("spec/openapi.yaml")
}

/// The four operations: method, path and body.
const OPERATIONS: [(&str, &str, &str, &str); 4] = [
    (
        "DELETE",
        "/v1/b2b/sso/o/connections/c",
        "",
        "delete_connection",
    ),
    (
        "DELETE",
        "/v1/b2b/sso/saml/o/connections/c/verification_certificates/k",
        "",
        "delete_verification_certificate",
    ),
    (
        "PUT",
        "/v1/b2b/sso/external/o/connections/c",
        "{}",
        "update_connection",
    ),
    (
        "POST",
        "/v1/b2b/sso/saml/o",
        "{\"identity_provider\":\"okta\"}",
        "create_connection",
    ),
];

fn ask(server: &Server, (method, path, body, _): (&str, &str, &str, &str)) -> Answer {
    match body.is_empty() {
        true => server.ask(method, path, &[LOGIN], ""),
        false => server.ask(method, path, &[LOGIN, JSON], body),
    }
}

#[test]
fn every_operation_of_the_api_is_answered_and_told() {
    let server = Server::start(&spec(), &[]);
    for operation in OPERATIONS {
        let answer = ask(&server, operation);
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.json()["status_code"], json!(200), "{operation:?}");
    }
    let said = server.stop();
    for (method, path, _, id) in OPERATIONS {
        let line = format!("{method:>12} {path} -> 200 ({id})");
        assert!(said.lines().any(|known| known == line), "{line}: {said}");
    }
}

#[test]
fn what_is_wrong_is_answered_and_told_without_secrets() {
    let server = Server::start(&spec(), &[]);
    let create = "/v1/b2b/sso/saml/o?key=s3cr3t";
    let canary = ("Authorization", "Basic czNjcjN0OnMzY3IzdA==");
    let answer = server.ask("POST", create, &[JSON], "{}");
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("www-authenticate"),
        Some("Basic realm=\"mock\"")
    );
    let body = r#"{"display_name": ["s3cr3t"], "identity_provider": 7}"#;
    let answer = server.ask("POST", create, &[canary, JSON], body);
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let violations = answer.json()["violations"].clone();
    assert_eq!(
        violations,
        json!([
            {"in": "body", "pointer": "/display_name", "problem": "is not a string"},
            {"in": "body", "pointer": "/identity_provider", "problem": "is not a string"},
        ])
    );
    let text = ("Content-Type", "text/plain");
    assert_eq!(
        server.ask("POST", create, &[canary, text], "s3cr3t").status,
        415
    );
    assert_eq!(server.ask("POST", create, &[canary, JSON], "").status, 400);
    let answer = server.ask("PATCH", create, &[canary], "");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert_eq!(server.ask("GET", "/nowhere", &[canary], "").status, 404);
    let accept = ("Accept", "image/png");
    assert_eq!(
        server
            .ask("POST", create, &[canary, JSON, accept], "{}")
            .status,
        406
    );
    let said = server.stop();
    for line in [
        "        POST /v1/b2b/sso/saml/o -> 401 (create_connection)",
        "        POST /v1/b2b/sso/saml/o -> 400 (create_connection)",
        "             body /display_name is not a string",
        "             body is missing",
        "         GET /nowhere -> 404",
        "             the document has no such path",
    ] {
        assert!(said.lines().any(|known| known == line), "{line:?}: {said}");
    }
    assert!(!said.contains("s3cr3t"), "{said}");
    assert!(!said.contains("czNjcjN0"), "{said}");
}

#[test]
fn prefer_chooses_a_status_or_an_example() {
    let server = Server::start(&spec(), &[]);
    let (_, path, ..) = OPERATIONS[0];
    let code = server.ask("DELETE", path, &[LOGIN, ("Prefer", "code=404")], "");
    assert_eq!(code.status, 404);
    assert_eq!(code.json()["error_type"], json!("sso_connection_not_found"));
    let example = ("Prefer", "example=placeholders");
    let example = server.ask("DELETE", path, &[LOGIN, example], "");
    assert_eq!(example.json()["connection_id"], json!("<string>"));
}

/// Each path of each golden document leads to an operation: the answer is the
/// described one, or says what the request lacks.
#[test]
fn every_operation_of_the_golden_documents_is_known() {
    let mut asked = 0;
    for path in golden() {
        let config = path.with_extension("toml");
        let config = config.to_string_lossy();
        let flags = match Path::new(&*config).is_file() {
            true => vec!["--config", &config],
            false => Vec::new(),
        };
        let operations = operations(&path, &flags);
        if operations.is_empty() {
            continue;
        }
        let server = Server::start(&path, &flags);
        for (method, template) in operations {
            asked += 1;
            let answer = server.ask(&method, &filled(&template), &[], "");
            let known = matches!(answer.status, 200..=399 | 400 | 401 | 415)
                // Some describe failures only.
                || answer.header("content-type") != Some("application/problem+json");
            assert!(known, "{path:?} {method} {template}: {answer:?}");
        }
    }
    assert!(asked > 100, "{asked}");
}

/// The golden documents.
fn golden() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/golden");
    let entries = fs::read_dir(folder).expect("a folder");
    let entries = entries.map(|entry| entry.expect("an entry").path());
    let documents = entries.map(|path| match path.is_dir() {
        true => path.join("openapi.yaml"),
        false => path,
    });
    let mut documents: Vec<PathBuf> = documents
        .filter(|path| path.is_file())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".yaml") || name.ends_with("references.json")
        })
        .collect();
    documents.sort();
    documents
}

/// The operations of a document, as `surface` knows them.
fn operations(spec: &Path, flags: &[&str]) -> Vec<(String, String)> {
    let ran = Command::new(env!("CARGO_BIN_EXE_driftless"))
        .args(["surface", "--format", "json", "--spec"])
        .arg(spec)
        .args(flags)
        .output()
        .expect("a run");
    let surface: Json = serde_json::from_slice(&ran.stdout).expect("JSON");
    let all = surface["operations"].as_array().expect("a list").iter();
    all.map(|operation| {
        let text = |key: &str| operation[key].as_str().expect("a text").to_owned();
        (text("method"), text("path"))
    })
    .collect()
}

/// A path with something for each parameter.
fn filled(template: &str) -> String {
    let mut path = String::new();
    let mut rest = template.split(['?', '#']).next().unwrap_or("");
    while let Some((before, inside)) = rest.split_once('{') {
        let (_, after) = inside.split_once('}').expect("a brace");
        path.push_str(before);
        path.push('1');
        rest = after;
    }
    path.push_str(rest);
    path.replace(' ', "%20")
}

#[test]
fn latency_holds_answers_back() {
    let server = Server::start(&spec(), &["--latency", "300ms..310ms"]);
    let started = Instant::now();
    assert_eq!(ask(&server, OPERATIONS[0]).status, 200);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn faults_befall_requests_the_same_way_each_time() {
    let run = |seed: &str| {
        let faults = [
            "--fault",
            "reset=0.2",
            "--fault",
            "503=0.2",
            "--fault",
            "429=20%",
            "--seed",
            seed,
        ];
        let server = Server::start(&spec(), &faults);
        let all = (0..40).map(|_| {
            let answer = server.try_ask("DELETE", OPERATIONS[0].1, &[LOGIN], "");
            answer.map(|answer| answer.status)
        });
        all.collect::<Vec<Option<u16>>>()
    };
    let first = run("1");
    assert_eq!(run("1"), first);
    assert_ne!(run("2"), first);
    for outcome in [None, Some(200), Some(503), Some(429)] {
        assert!(first.contains(&outcome), "{outcome:?}: {first:?}");
    }
}

#[test]
fn a_described_failure_is_the_documents() {
    let server = Server::start(&spec(), &["--fault", "429=1"]);
    let answer = ask(&server, OPERATIONS[3]);
    assert_eq!(answer.status, 429);
    assert_eq!(answer.json()["error_type"], json!("too_many_requests"));
    drop(server);
    let server = Server::start(&spec(), &["--fault", "truncate=1"]);
    let (method, path, ..) = OPERATIONS[0];
    let (_, text) = server.raw(&format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {}\r\n\r\n",
        LOGIN.1
    ));
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.expect("a length").parse().expect("a number");
    assert!(!body.is_empty() && body.len() < length, "{text}");
    assert!(server.stop().contains("-> truncated (delete_connection)"));
}

#[test]
fn a_stalled_request_does_not_hold_others_up() {
    let server = Server::start(&spec(), &["--fault", "stall=0.5", "--seed", "3"]);
    let mut open = Vec::new();
    let mut answered = 0;
    for _ in 0..8 {
        let mut stream = server.connect();
        let (method, path, ..) = OPERATIONS[0];
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {}\r\n\r\n",
            LOGIN.1
        );
        stream.write_all(request.as_bytes()).expect("a request");
        open.push(stream);
    }
    for mut stream in open {
        // Long enough for an answer, short for one that never comes.
        stream
            .set_read_timeout(Some(Duration::from_secs(1)))
            .expect("a timeout");
        let mut text = String::new();
        if stream.read_to_string(&mut text).is_ok() {
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            answered += 1;
        }
    }
    assert!((1..8).contains(&answered), "{answered}");
}

#[test]
fn hostile_requests_do_not_stop_it() {
    let server = Server::start(&spec(), &[]);
    // Those that never finish, held open to the end.
    let mut slow: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream
            .write_all(b"POST /v1/b2b/sso/saml/o HTTP/1.1\r\nHo")
            .expect("a part");
    }
    let long = "x".repeat(1 << 20);
    let many = "a: b\r\n".repeat(10_000);
    let big = "x".repeat(17 << 20);
    for (request, statuses) in [
        ("garbage\r\n\r\n".to_owned(), vec!["400", ""]),
        ("\0\u{1}\u{2}\r\n\r\n\r\n".to_owned(), vec!["400", ""]),
        (format!("GET / HTTP/1.1\r\nA: {long}\r\n\r\n"), vec!["431", ""]),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), vec!["431", ""]),
        (format!("GET /{long} HTTP/1.1\r\n\r\n"), vec!["414", "431", ""]),
        ("GET http://u:p@h/%ff%00/../ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(), vec!["404"]),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(), vec!["404"]),
        ("POST /v1/b2b/sso/saml/o HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345".to_owned(), vec!["400", ""]),
        ("POST /v1/b2b/sso/saml/o HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_owned(), vec!["400", ""]),
        (format!("POST /v1/b2b/sso/saml/o HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{big}", big.len()), vec!["413", ""]),
        (format!("POST /v1/b2b/sso/saml/o HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{}", LOGIN.1, "[".repeat(100_000)), vec!["400"]),
    ] {
        let (status, _) = server.raw(&request);
        let begin: String = request.chars().take(60).collect();
        assert!(statuses.contains(&status.as_str()), "{begin:?}: {status}");
        assert_eq!(ask(&server, OPERATIONS[0]).status, 200, "after {begin:?}");
    }
    drop(slow);
    let said = server.stop();
    assert!(said.contains("-> refused"), "{said}");
}

/// A document of one folder, for servers that are asked too much.
fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("openapi.yaml");
    fs::write(&path, text).expect("a file");
    (folder, path)
}

const HEAVY: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
 /pattern:
  post:
   operationId: pattern
   requestBody: {content: {application/json: {schema: {type: object, properties: {s: {type: string, pattern: '^(a+)+$'}}}}}}
   responses: {'204': {description: d}}
 /query:
  get:
   operationId: query
   parameters: [{name: q, in: query, schema: {type: string, pattern: '^(a|aa)+$'}}]
   responses: {'204': {description: d}}
 /any:
  post:
   operationId: any
   requestBody: {content: {application/json: {schema: {}}, text/plain: {schema: {type: string}}}}
   responses: {'204': {description: d}}
 /large:
  get: {operationId: large, responses: {'200': {description: d, content: {text/plain: {schema: {type: string}, example: '6MB'}}}}}
 /small:
  get: {operationId: small, responses: {'204': {description: d}}}
";

#[test]
fn patterns_that_take_forever_do_not_stop_it() {
    let (_folder, path) = written(HEAVY);
    let server = Server::start(&path, &[]);
    let letters = "a".repeat(60);
    let body = format!("{{\"s\": \"{letters}!\"}}");
    let target = format!("/query?q={letters}!");
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| server.ask("POST", "/pattern", &[JSON], &body).status);
            scope.spawn(|| server.ask("GET", &target, &[], "").status);
        }
    });
    for _ in 0..20 {
        assert_eq!(server.ask("GET", "/small", &[], "").status, 204);
    }
    assert_eq!(server.ask("GET", "/query?q=aaa", &[], "").status, 204);
}

#[test]
fn a_log_that_nobody_reads_loses_lines_and_nothing_else() {
    let (_folder, path) = written(HEAVY);
    let mut process = Server::command(&path, &[]).spawn().expect("a server");
    let address = Server::address(&mut process).expect("an address");
    let mut stream = TcpStream::connect(&address).expect("a connection");
    let limit = Some(Duration::from_secs(60));
    stream.set_read_timeout(limit).expect("a timeout");
    let end = "\r\n\r\n";
    // More than a pipe holds, and the queue before it.
    for number in 0..4000 {
        let request = format!("GET /small?{number} HTTP/1.1\r\nHost: x{end}");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        while !answer.ends_with(end.as_bytes()) {
            let mut byte = [0; 1];
            stream.read_exact(&mut byte).expect("an answer");
            answer.extend(byte);
        }
        assert!(answer.starts_with(b"HTTP/1.1 204"), "{number}");
    }
    // Somebody begins to read. What is lost is told with the next line.
    let stderr = BufReader::new(process.stderr.take().expect("a stream"));
    let reader = thread::spawn(move || {
        let mut lines = stderr.lines().map(|line| line.expect("a line"));
        lines.find_map(|line| {
            let count = line.trim().strip_prefix("… ")?.strip_suffix(" lines lost");
            count.map(|count| count.parse::<usize>().expect("a number"))
        })
    });
    let end = Instant::now() + Duration::from_secs(60);
    while !reader.is_finished() && Instant::now() < end {
        let _answer = TcpStream::connect(&address).map(|mut stream| stream.write_all(b"x\r\n\r\n"));
        thread::sleep(Duration::from_millis(50));
    }
    let _ended = process.kill();
    let _ended = process.wait();
    let lost = reader.join().expect("a thread");
    assert!(
        lost.is_some_and(|lost| (1..4000).contains(&lost)),
        "{lost:?}"
    );
}

#[test]
fn the_log_shows_the_beginning_of_what_is_sent() {
    let (_folder, path) = written(HEAVY);
    let server = Server::start(&path, &[]);
    let (method, long) = ("M".repeat(30_000), "p".repeat(30_000));
    assert_eq!(server.ask(&method, "/small", &[], "").status, 405);
    assert_eq!(
        server
            .ask("GET", &format!("/\u{202e}\u{200b}{long}"), &[], "")
            .status,
        404
    );
    let said = server.stop();
    assert!(
        said.contains(&format!("{}… /small -> 405", "M".repeat(20))),
        "{said}"
    );
    assert!(said.contains("GET /\\u{202e}\\u{200b}ppp"), "{said}");
    assert!(said.lines().all(|line| line.len() < 400), "{said}");
}

#[test]
fn who_does_not_read_does_not_stop_it() {
    let large = format!("'{}'", "x".repeat(6 << 20));
    let (_folder, path) = written(&HEAVY.replace("'6MB'", &large));
    let server = Server::start(&path, &[]);
    let deaf: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = server.connect();
            let request = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
            stream.write_all(request.as_bytes()).expect("a request");
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(server.ask("GET", "/small", &[], "").status, 204);
    }
    assert_eq!(server.ask("GET", "/large", &[], "").status, 200);
    // A body each would be more than a gigabyte.
    #[cfg(target_os = "linux")]
    assert!(server.peak_memory() < 400 << 20, "{}", server.peak_memory());
    drop(deaf);
}

#[test]
fn who_does_not_read_is_disconnected() {
    let large = format!("'{}'", "x".repeat(32 << 20));
    let (_folder, path) = written(&HEAVY.replace("'6MB'", &large));
    let server = Server::start(&path, &[]);
    let mut stream = server.connect();
    let request = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("a request");
    thread::sleep(Duration::from_secs(15));
    let mut text = Vec::new();
    let _reset = stream.read_to_end(&mut text);
    assert!(text.len() < 32 << 20, "{}", text.len());
}

#[test]
fn bodies_that_cost_too_much_are_refused() {
    let (_folder, path) = written(HEAVY);
    let server = Server::start(&path, &[]);
    let objects = format!("[{}0]", "{\"\":0},".repeat(2_300_000));
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let status = server.ask("POST", "/any", &[JSON], &objects).status;
                assert!(matches!(status, 413 | 503), "{status}");
            });
        }
        assert_eq!(server.ask("GET", "/small", &[], "").status, 204);
    });
    #[cfg(target_os = "linux")]
    assert!(server.peak_memory() < 900 << 20, "{}", server.peak_memory());
    let head = "POST /any HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunks = |chunk: &str, count| format!("{head}{}0\r\n\r\n", chunk.repeat(count));
    let small = chunks("1\r\nx\r\n", 5_000);
    assert_eq!(server.raw(&small).0, "204");
    let smaller = chunks("1\r\nx\r\n", 300_000);
    let (status, _) = server.raw(&smaller);
    assert!(matches!(status.as_str(), "400" | ""), "{status}");
    let plain = chunks(&format!("400\r\n{}\r\n", "x".repeat(1024)), 12_000);
    assert_eq!(server.raw(&plain).0, "204");
}

#[test]
fn an_address_that_others_reach_is_warned_of() {
    let (_folder, path) = written(HEAVY);
    for (address, warned) in [
        ("127.0.0.1:0", false),
        ("[::1]:0", false),
        ("[::ffff:127.0.0.1]:0", false),
        ("0.0.0.0:0", true),
        ("[::]:0", true),
    ] {
        let mut process = Server::command(&path, &["--listen", address]);
        let mut process = process.spawn().expect("a server");
        // Not every machine has every kind of address.
        if Server::address(&mut process).is_some() {
            let _ended = process.kill();
            let mut said = String::new();
            let mut stderr = process.stderr.take().expect("a stream");
            let _ended = stderr.read_to_string(&mut said);
            let count = said.matches("can be reached from other machines").count();
            assert_eq!(count, usize::from(warned), "{address}: {said}");
        }
        let _ended = process.kill();
        let _ended = process.wait();
    }
}

#[test]
fn connections_are_kept_for_the_next_request() {
    let server = Server::start(&spec(), &[]);
    let mut stream = server.connect();
    let (method, path, ..) = OPERATIONS[0];
    for _ in 0..3 {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\n\r\n",
            LOGIN.1
        );
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        while !answer.ends_with('}') {
            let mut some = [0; 4096];
            let count = stream.read(&mut some).expect("an answer");
            assert!(count > 0, "{answer}");
            answer.push_str(&String::from_utf8_lossy(&some[..count]));
        }
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[test]
fn what_it_cannot_do_is_said_with_exit_code_2() {
    let holder = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = holder.local_addr().expect("an address").to_string();
    for (flags, said) in [
        (
            vec!["--listen", taken.as_str()],
            "another program listens there",
        ),
        (
            vec!["--listen", "nowhere"],
            "an address is a host and a port",
        ),
        (vec!["--fault", "boom=1"], "`boom` is no fault"),
        (
            vec!["--fault", "reset=1", "--fault", "stall=1"],
            "more than the whole",
        ),
        (vec!["--latency", "soon"], "`soon` is no duration"),
        (
            vec!["--spec", "nowhere.yaml"],
            "could not read nowhere.yaml",
        ),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_driftless"));
        command.arg("mock").current_dir(repository());
        let ran = command.args(&flags).output().expect("a run");
        let stderr = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{flags:?}: {stderr}");
        assert!(stderr.contains(said), "{flags:?}: {stderr}");
        assert!(ran.stdout.is_empty(), "{flags:?}");
    }
    drop(holder);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("openapi.yaml");
    fs::write(&path, "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {$ref: '#/nowhere'}}\n").expect("a file");
    let ran = |command: &str| {
        let ran = Command::new(env!("CARGO_BIN_EXE_driftless"))
            .args([command, "--color", "never", "--spec"])
            .arg(&path)
            .output()
            .expect("a run");
        assert_eq!(ran.status.code(), Some(2));
        let both = [ran.stdout, ran.stderr].concat();
        String::from_utf8_lossy(&both).into_owned()
    };
    for line in ran("check").lines().filter(|line| line.contains("nowhere")) {
        assert!(ran("mock").contains(line), "{line}");
    }
}
