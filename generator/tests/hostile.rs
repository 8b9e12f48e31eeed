//! Documents that mean harm, or that nobody meant at all: each ends in a
//! diagnostic or in files that stay where they belong. Nothing panics, overflows
//! the stack or fails to end.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::fmt::Write;

use driftless::config::Config;
use driftless::source::Input;
use driftless::{Outcome, Request, generate};

/// What becomes of a text. Whatever it is: it is shown as well, and the paths of
/// files are names below the client's folder.
fn outcome(text: String) -> Outcome {
    outcome_with(Config::default(), text)
}

fn outcome_with(config: Config, text: String) -> Outcome {
    let outcome = generate(&Request {
        config,
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: text.into(),
        }],
        command: "driftless generate".to_owned(),
        ..Request::default()
    });
    use driftless::diagnostic::{Format, render};
    let said = render(&outcome.report, &outcome.source, Format::Short, false);
    assert!(outcome.tree.is_some() || outcome.report.has_errors());
    assert!(!said.contains("[internal]"), "{said}");
    for path in outcome.tree.iter().flat_map(|tree| tree.keys()) {
        let plain = |part: &str| {
            let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            !part.is_empty()
                && part.len() <= 120
                && !part.starts_with("..")
                && part.bytes().all(letters)
        };
        assert!(path.split('/').all(plain), "{path}");
    }
    outcome
}

#[track_caller]
fn is_made(text: String) -> Outcome {
    let outcome = outcome(text);
    let errors: Vec<_> = outcome.report.diagnostics().iter().take(5).collect();
    assert!(outcome.tree.is_some(), "{errors:?}");
    outcome
}

#[track_caller]
fn is_refused(text: String, code: &str) {
    let outcome = outcome(text);
    let codes = outcome.report.diagnostics().iter();
    assert!(
        codes.clone().any(|it| it.code.name() == code),
        "{:?}",
        codes.take(5).collect::<Vec<_>>()
    );
    assert!(outcome.tree.is_none());
}

fn schemas(schemas: &str) -> String {
    document("{}", schemas)
}

fn document(paths: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {paths}\ncomponents:\n schemas:\n{schemas}\n"
    )
}

fn response(schema: &str) -> String {
    format!("{{'200': {{description: d, content: {{application/json: {{schema: {schema}}}}}}}}}")
}

#[test]
fn what_nests_without_end_is_refused() {
    let open =
        |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    is_refused(open("{\"a\":", "}"), "syntax");
    is_refused(open("[", "]"), "syntax");
    is_refused(
        format!("openapi: 3.0.3\nx: {}", open("{a: ", "}")),
        "syntax",
    );
    is_refused(format!("openapi: 3.0.3\nx: {}", open("[", "]")), "syntax");
    is_refused("- ".repeat(10_000), "syntax");
    let lines = (0..3_000).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}a:", " ".repeat(depth));
        text
    });
    is_refused(lines, "syntax");
    let items = "{\"items\": ".repeat(10_000);
    is_refused(
        format!("{{\"openapi\": \"3.0.3\", \"components\": {{\"schemas\": {{\"A\": {items}"),
        "syntax",
    );
}

/// How many schemas stand in a row.
const CHAIN: usize = 300;

#[test]
fn chains_of_schemas_end() {
    let chain = |link: fn(usize) -> String, last: &str| {
        let mut text = String::new();
        for number in 0..CHAIN {
            let _ = writeln!(text, "  S{number}: {}", link(number + 1));
        }
        let _ = writeln!(text, "  S{CHAIN}: {last}");
        schemas(&text)
    };
    let text = "{type: object, properties: {a: {type: string}}}";
    for link in [
        |next: usize| format!("{{$ref: '#/components/schemas/S{next}'}}"),
        |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}"),
        |next| {
            format!(
                "{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: object, properties: {{p{next}: {{type: string}}}}}}]}}"
            )
        },
        |next| {
            format!(
                "{{type: object, properties: {{next: {{$ref: '#/components/schemas/S{next}'}}}}}}"
            )
        },
        |next| format!("{{type: array, items: {{$ref: '#/components/schemas/S{next}'}}}}"),
        |next| format!("{{oneOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: string}}]}}"),
        |next| format!("{{anyOf: [{{$ref: '#/components/schemas/S{next}/properties/a'}}]}}"),
    ] {
        outcome(chain(link, text));
        outcome(chain(link, "{$ref: '#/components/schemas/S0'}"));
    }
}

#[test]
fn long_chains_of_other_names_end() {
    for last in ["{type: string}", "{$ref: '#/components/schemas/S0'}"] {
        let mut text = String::new();
        for number in 0..3_000 {
            let next = number + 1;
            let _ = writeln!(
                text,
                "  S{number}: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}"
            );
        }
        let _ = writeln!(text, "  S3000: {{allOf: [{last}]}}");
        is_made(schemas(&text));
    }
}

/// Schemas of which each is made of both of the next two: as many ways lead
/// from the first to the last as two to the power of their number.
fn diamonds(link: impl Fn(&str) -> String, last: &str) -> String {
    let mut text = String::new();
    for number in 0..28 {
        let next = number + 1;
        let both = format!(
            "[{{$ref: '#/components/schemas/A{next}'}}, {{$ref: '#/components/schemas/B{next}'}}]"
        );
        for side in ["A", "B"] {
            let _ = writeln!(text, "  {side}{number}: {}", link(&both));
        }
    }
    let _ = writeln!(text, "  A28: {last}\n  B28: {last}");
    schemas(&text)
}

#[test]
fn schemas_that_meet_again_are_looked_at_once() {
    let object = "{type: object, required: [a], properties: {a: {type: string}}}";
    for last in [object, "{type: string}", "{}"] {
        is_made(diamonds(|both| format!("{{allOf: {both}}}"), last));
        for keyword in ["oneOf", "anyOf"] {
            is_made(diamonds(|both| format!("{{{keyword}: {both}}}"), last));
            is_made(diamonds(
                |both| format!("{{{keyword}: {both}, discriminator: {{propertyName: a}}}}"),
                last,
            ));
        }
    }
    // What an inherited choice means depends on the way to it.
    outcome(diamonds(
        |both| format!("{{allOf: {both}}}"),
        "{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}",
    ));
    // Each is made of all the others.
    let mut text = String::new();
    for number in 0..30 {
        let others = (0..30).filter(|other| *other != number);
        let others: Vec<_> = others
            .map(|other| format!("{{$ref: '#/components/schemas/S{other}'}}"))
            .collect();
        let _ = writeln!(
            text,
            "  S{number}: {{allOf: [{}], properties: {{p{number}: {{type: string}}}}}}",
            others.join(", ")
        );
    }
    outcome(schemas(&text));
}

/// Schemas of which each is made of all the others and of `last`.
fn made_of_each_other(keyword: &str, last: &str) -> String {
    let mut text = String::new();
    for number in 0..6 {
        let others = (0..6).filter(|other| *other != number);
        let mut members: Vec<_> = others
            .map(|other| format!("{{$ref: '#/components/schemas/S{other}'}}"))
            .collect();
        members.push(last.to_owned());
        let _ = writeln!(text, "  S{number}: {{{keyword}: [{}]}}", members.join(", "));
    }
    text
}

#[test]
fn schemas_that_lead_back_to_each_other_are_looked_at_once() {
    let whole = "{$ref: '#/components/schemas/S0'}";
    let part = "{type: object, properties: {a: {$ref: '#/components/schemas/S0'}, b: {type: array, items: {$ref: '#/components/schemas/S1'}}}}";
    let parameter = |location: &str, style: &str| {
        format!("{{name: p, in: {location}, required: true, style: {style}, schema: {whole}}}")
    };
    let mut operations = vec![format!("responses: {}", response(whole))];
    for (location, style) in [
        ("query", "form"),
        ("query", "deepObject"),
        ("header", "simple"),
        ("cookie", "form"),
    ] {
        operations.push(format!(
            "parameters: [{}], responses: {}",
            parameter(location, style),
            response(part)
        ));
    }
    for media in [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/event-stream",
    ] {
        for schema in [whole, part] {
            operations.push(format!(
                "requestBody: {{content: {{{media}: {{schema: {schema}}}}}}}, responses: {{'200': {{description: d, content: {{{media}: {{schema: {schema}}}}}}}}}"
            ));
        }
    }
    let lasts = [
        "{type: integer}",
        "{type: object, properties: {x: {type: string}}}",
        "{type: string, format: binary}",
        "{}",
    ];
    for keyword in ["oneOf", "anyOf", "allOf"] {
        for last in lasts {
            let schemas = made_of_each_other(keyword, last);
            for operation in &operations {
                outcome(document(
                    &format!("{{/a: {{post: {{{operation}}}}}}}"),
                    &schemas,
                ));
            }
        }
    }
}

#[test]
fn heirs_of_heirs_end() {
    let mut text = "  S0: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\n".to_owned();
    for number in 1..1_500 {
        let before = number - 1;
        let _ = writeln!(
            text,
            "  S{number}: {{allOf: [{{$ref: '#/components/schemas/S{before}'}}], properties: {{p{number}: {{type: string}}}}}}"
        );
    }
    is_refused(schemas(&text), "unsupported");
}

#[test]
fn references_into_the_middle_of_schemas_lead_nowhere_for_long() {
    for link in [
        |next: &String| format!("{{type: array, items: {next}}}"),
        |next: &String| format!("{{type: object, properties: {{b: {next}}}}}"),
        |next: &String| format!("{{oneOf: [{next}, {{type: string}}]}}"),
        |next: &String| format!("{{not: {next}}}"),
    ] {
        let mut lines: Vec<String> = (0..3_000)
            .map(|number| {
                let next = format!(
                    "{{$ref: '#/components/schemas/S{}/properties/a'}}",
                    number + 1
                );
                format!("  S{number}: {{properties: {{a: {}}}}}", link(&next))
            })
            .collect();
        lines.push("  S3000: {properties: {a: {type: string}}}".to_owned());
        is_refused(schemas(&lines.join("\n")), "unsupported");
        lines.reverse();
        is_refused(schemas(&lines.join("\n")), "unsupported");
    }
}

#[test]
fn references_that_lead_through_others_at_every_token_end() {
    let mut text = schemas("    S: { properties: { a: { $ref: '#/x0/y/z' } } }\n");
    for number in 0..60 {
        let next = format!("{{ $ref: '#/x{}/y'", number + 1);
        writeln!(text, "x{number}: {next}, y: {next} }} }}").expect("a text");
    }
    outcome(text);
}

#[test]
fn much_to_say_is_only_much() {
    // Nothing is there, and every name is like every other.
    let mut text = String::new();
    for number in 0..4_000 {
        let _ = writeln!(
            text,
            "  A{number}: {{$ref: '#/components/schemas/missing{number}'}}"
        );
    }
    let said = outcome(schemas(&text)).report;
    assert_eq!(said.diagnostics().len(), 4_000);
    // All of it of one place.
    let names: Vec<_> = (0..4_000).map(|number| format!("p{number}")).collect();
    let names = names.join(", ");
    let outcome = is_made(schemas(&format!(
        "  A: {{type: object, required: [{names}]}}"
    )));
    assert_eq!(outcome.report.diagnostics().len(), 4_000);
}

#[test]
fn cycles_of_every_kind_end() {
    let reference = |kind: &str, name: &str| format!("{{$ref: '#/components/{kind}/{name}'}}");
    for kind in [
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "examples",
        "links",
        "callbacks",
        "securitySchemes",
    ] {
        let (a, b) = (reference(kind, "A"), reference(kind, "B"));
        outcome(format!(
            "openapi: 3.0.3
info: {{title: T, version: '1'}}
paths:
  /a:
    get:
      parameters: [{a}]
      requestBody: {a}
      responses: {{'200': {a}, '201': {{description: d, headers: {{X: {a}}}, links: {{l: {a}}}, content: {{application/json: {{examples: {{e: {a}}}}}}}}}}}
      callbacks: {{c: {a}}}
components: {{{kind}: {{A: {b}, B: {a}, C: {}}}}}
",
            reference(kind, "C")
        ));
    }
    outcome("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}\n".to_owned());
    for schema in [
        "{$ref: '#/components/schemas/A'}",
        "{allOf: [{$ref: '#/components/schemas/A'}]}",
        "{oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}",
        "{anyOf: [{$ref: '#/components/schemas/A'}]}",
        "{not: {$ref: '#/components/schemas/A'}}",
        "{type: array, items: {$ref: '#/components/schemas/A'}}",
        "{type: object, additionalProperties: {$ref: '#/components/schemas/A'}}",
        "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}",
        "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A/properties/a'}}}",
        "{allOf: [{type: object, properties: {a: {$ref: '#/components/schemas/A/allOf/0'}}}]}",
        "{oneOf: [{allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}]}",
        "{$ref: '#'}",
        "{$ref: '#/'}",
        "{$ref: '#/components'}",
        "{$ref: ''}",
        "{$ref: 1}",
        "{properties: {a: {items: {$ref: '#/components/schemas/A/properties'}}}}",
    ] {
        outcome(document(
            &format!("{{/a: {{get: {{responses: {}}}}}}}", response(schema)),
            &format!("  A: {schema}"),
        ));
    }
}

#[test]
fn references_out_of_the_document_reach_nothing() {
    for target in [
        "/etc/passwd",
        "../../../../etc/passwd",
        "file:///etc/passwd",
        "http://example.com/a.yaml#/b",
        "//example.com/x",
        "\\\\server\\share",
        "C:\\a.yaml",
        "a.yaml\u{0}b",
        "%2e%2e/%2e%2e/etc/passwd",
    ] {
        let outcome = outcome(schemas(&format!("  A: {{$ref: {target:?}}}")));
        assert!(outcome.report.has_errors(), "{target}");
    }
}

#[test]
fn aliases_do_not_explode() {
    let mut bomb = String::from("openapi: 3.0.3\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(bomb, "a{level}: &a{level} [{list}]");
    }
    is_refused(bomb, "syntax");
    is_refused("openapi: &a [*a]\n".to_owned(), "syntax");
    let mut merges = String::from("openapi: 3.0.3\na0: &a0 {x: 1}\n");
    for level in 1..40 {
        let _ = writeln!(
            merges,
            "a{level}: &a{level} {{<<: [*a{0}, *a{0}], k{level}: *a{0}}}",
            level - 1
        );
    }
    is_refused(merges, "syntax");
}

#[test]
fn wide_documents_are_only_large() {
    let list = |count: usize, item: fn(usize) -> String| {
        (0..count).map(item).collect::<Vec<_>>().join(", ")
    };
    is_made(schemas(&format!(
        "  E: {{type: string, enum: [{}]}}",
        list(5_000, |n| format!("value-{n}"))
    )));
    // All but one collide.
    is_made(schemas(&format!(
        "  E: {{type: string, enum: [{}]}}",
        list(1_000, |n| format!(
            "'{}a'",
            "-_. :"
                .chars()
                .cycle()
                .skip(n % 5)
                .take(n / 5 + 2)
                .collect::<String>()
        ))
    )));
    is_made(schemas(&format!(
        "  P: {{type: object, properties: {{{}}}}}",
        list(2_000, |n| format!("p{n}: {{type: string}}"))
    )));
    is_made(schemas(&format!(
        "  P: {{type: object, required: [{}]}}",
        list(2_000, |n| format!("p{n}"))
    )));
    is_made(schemas(&format!(
        "  U: {{oneOf: [{}]}}",
        list(300, |n| format!(
            "{{type: object, required: [p{n}], properties: {{p{n}: {{type: string}}}}}}"
        ))
    )));
    let paths = list(1_000, |n| {
        format!(
            "'/p{n}/{{id}}': {{get: {{operationId: op{n}, tags: [t{n}], parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{'204': {{description: d}}}}}}}}"
        )
    });
    is_made(format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{{paths}}}\n"
    ));
    let files = list(5_000, |n| format!("p{n}: {{type: string, format: binary}}"));
    let form = format!("{{multipart/form-data: {{schema: {{properties: {{{files}}}}}}}}}");
    is_made(document(
        &format!(
            "{{/a: {{post: {{requestBody: {{content: {form}}}, responses: {{'204': {{description: d}}}}}}}}}}"
        ),
        "  A: {}",
    ));
}

#[test]
fn long_texts_are_only_long() {
    let long = "x".repeat(1 << 15);
    for words in [
        long.as_str(),
        &"> ".repeat(1 << 13),
        &"# ".repeat(1 << 13),
        &"[".repeat(1 << 13),
        &"`".repeat(1 << 15),
        &"*a ".repeat(1 << 13),
        &"<a ".repeat(1 << 13),
        &"- ".repeat(1 << 12),
        &"|".repeat(1 << 15),
    ] {
        is_made(format!(
            "openapi: 3.0.3\ninfo: {{title: \"{words}\", version: '1', description: \"{words}\"}}\npaths: {{}}\n"
        ));
    }
    is_made(schemas(&format!(
        "  ? \"{long}\"\n  : {{type: object, properties: {{? \"{long}\" : {{type: string, enum: [\"{long}\"], default: \"{long}\"}}}}}}"
    )));
}

#[test]
fn odd_scalars_are_told_or_taken() {
    for schema in [
        "{type: number, maximum: 1e400, minimum: -1e400, default: 1e400}",
        "{type: integer, maximum: 123456789012345678901234567890123456789012345678901234567890}",
        "{type: number, default: .nan, example: .inf}",
        "{type: integer, format: int64, enum: [9223372036854775808, -9223372036854775809, 1e3]}",
        "{type: string, enum: [1, true, null, 2024-01-01, 1.5, ~]}",
        "{type: object, properties: {1: {type: string}, true: {type: string}, 2024-01-01: {type: string}, ~: {type: string}, 1.50: {type: string}}}",
        "{type: object, properties: {a: {type: string}, a: {type: integer}}}",
        "{type: string, minLength: -1, maxLength: 1.5, pattern: '('}",
        "{type: string, default: !binary aGk=, example: !!set {a, b}}",
        "{type: object, required: a}",
        "{type: object, required: [a, a, 1]}",
        "{type: [string, 'null']}",
        "[1]",
        "true",
        "~",
    ] {
        outcome(schemas(&format!("  A: {schema}")));
    }
    for text in [
        r#"{"openapi": "3.0.3", "info": {"title": "\ud800", "version": "\udc00"}, "paths": {}}"#,
        r#"{"openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "paths": {}, "x-a": 1e400}"#,
        r#"{"openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "paths": {}, "paths": {"/a": 1}}"#,
        "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"a\u{0}\", \"version\": \"1\"}, \"paths\": {}}",
        "openapi: 3.0.3\ninfo: {title: \"\\ud800\", version: '1'}\npaths: {}\n",
        "\u{feff}\u{feff}openapi: 3.0.3\n",
        "%YAML 1.2\n---\nopenapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {}\n...\n",
        "? [a, b]\n: 1\n",
        "? {a: b}\n: 1\nopenapi: 3.0.3\n",
        "openapi: 3.0.3\r\rinfo: {title: a, version: '1'}\rpaths: {}\r",
        "",
        "\u{0}",
        "&a",
        "*a",
        "!",
        "null",
    ] {
        outcome(text.to_owned());
    }
}

#[test]
fn texts_stay_texts() {
    // What each of these would do if it were taken for more than a text.
    let texts = [
        "*/ compile_error!(\"out\"); /*",
        "\"#); compile_error!(\"out\"); //",
        "\n#![feature(out)]\n",
        "\r#![feature(out)]",
        "\u{2028}compile_error!(\"out\")",
        "\u{202e}\u{2066}\u{2069}\u{200f}",
        "\u{0}\u{1}\u{1b}[31m\u{7f}\u{85}",
        "-->\n<script>",
        "```\npanic!()",
        "\"]\n[dependencies]\nout = \"1\"\n#",
        "'''\n\"\"\"\n\\u{41}\\",
        "{}{0}{{}}%s$(out)`out`",
        "../../../../out",
        "C:\\con.rs",
    ];
    for text in texts {
        let text = serde_json::to_string(text).expect("JSON");
        let outcome = is_made(format!(
            r##"{{"openapi": "3.0.3", "info": {{"title": {text}, "version": {text}, "description": {text}, "termsOfService": {text},
                "contact": {{"name": {text}, "url": {text}, "email": {text}}}, "license": {{"name": {text}, "url": {text}}}}},
              "externalDocs": {{"url": {text}, "description": {text}}},
              "tags": [{{"name": {text}, "description": {text}, "externalDocs": {{"url": {text}, "description": {text}}}}}],
              "servers": [{{"url": "https://example.com", "description": {text}}}],
              "security": [{{{text}: []}}],
              "paths": {{"/a": {{"summary": {text}, "post": {{"operationId": {text}, "tags": [{text}], "summary": {text}, "description": {text}, "deprecated": true,
                "parameters": [{{"name": {text}, "in": "query", "description": {text}, "schema": {{"type": "string", "default": {text}, "enum": [{text}]}}, "example": {text}}}],
                "requestBody": {{"description": {text}, "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/A"}}}}}}}},
                "responses": {{"200": {{"description": {text}, "headers": {{{text}: {{"description": {text}, "schema": {{"type": "string"}}}}}},
                  "content": {{"application/json": {{"schema": {{"type": "object", "title": {text}, "properties": {{{text}: {{"type": "string"}}}}}}, "example": {{{text}: {text}}}}}}}}}, "404": {{"description": {text}}}}}}}}}}},
              "components": {{"securitySchemes": {{{text}: {{"type": "apiKey", "in": "query", "name": {text}, "description": {text}}}}},
                "schemas": {{{text}: {{"type": "string", "description": {text}, "pattern": {text}, "format": {text}, "enum": [{text}, "other"]}},
                  "A": {{"type": "object", "required": [{text}, "other"], "description": {text}, "example": {{{text}: {text}}},
                    "properties": {{{text}: {{"type": "string", "default": {text}}}, "other": {{"type": "string", "description": {text}}}}}, "additionalProperties": {{"type": "string"}}}}}}}}}}"##
        ));
        let tree = outcome.tree.expect("files");
        for (path, file) in &tree {
            for line in file.contents.lines() {
                // No line starts as the texts would have it.
                assert!(
                    !line.starts_with("compile_error!") && !line.starts_with("#![feature"),
                    "{path}: {line}"
                );
                assert!(
                    !line.starts_with("[dependencies]") || path == "Cargo.toml",
                    "{path}: {line}"
                );
            }
            let bad = |c: char| {
                (c.is_control() && c != '\n')
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
            };
            let line = file.contents.lines().find(|line| line.contains(bad));
            // Strings of JSON and TOML may hold them.
            let data = path.ends_with(".json") || path == "Cargo.toml";
            assert!(line.is_none() || data, "{path}: {line:?}");
        }
        let manifest = &tree["Cargo.toml"].contents;
        assert!(!manifest.contains("\nout = "), "{manifest}");
    }
}

#[test]
fn documents_name_types_and_never_code() {
    let types = [
        "{crate: evil-crate, version: '*', path: 'evil_crate::Money'}",
        "{crate: evil-crate, version: '1', path: String}",
        "{crate: serde_json, version: '99', path: 'serde_json::Value'}",
        "{crate: tokio, version: '=1.0.0', path: 'std::string::String'}",
        "{crate: '', version: '1', path: 'evil::X'}",
        "{crate: x, version: not a version!!, path: 'x::X'}",
        "{crate: x, version: '1', git: 'https://evil.example', path: 'x::X'}",
        "'evil_crate::Money'",
        "'std::vec::Vec<evil_crate::Money>'",
    ];
    let plain = manifest(&schemas("  A: {type: string}"));
    for written in types {
        for place in [
            "A: {type: string, x-rust-type: T}",
            "A: {type: object, properties: {a: {type: string, x-rust-type: T}}}",
            "A: {type: array, items: {type: string, x-rust-type: T}}",
            "A: {oneOf: [{type: string, x-rust-type: T}, {type: integer}]}",
            "A: {allOf: [{type: string}], x-rust-type: T}",
        ] {
            let place = place.replace('T', written);
            let text = schemas(&format!("  {place}"));
            let newer = text.replace("3.0.3", "3.1.0");
            let older = format!(
                "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ndefinitions:\n  {place}\n"
            );
            for text in [text, newer, older] {
                assert_eq!(manifest(&text), plain, "{text}");
            }
        }
    }
}

/// The manifest of the client.
#[track_caller]
fn manifest(text: &str) -> String {
    let tree = is_made(text.to_owned()).tree.expect("a tree");
    tree["Cargo.toml"].contents.clone()
}

#[test]
fn patterns_that_cost_too_much_are_named_and_not_checked() {
    let nested = "(".repeat(30_000) + &")".repeat(30_000);
    for (pattern, why) in [
        ("|".repeat(1_000_000), "is longer than 64 KiB"),
        ("a|".repeat(30_000) + "a", "has 5,000 alternatives or more"),
        (nested, "nests groups deeper than 40 levels"),
        ("(".repeat(60_000), "nests groups deeper than 40 levels"),
        (
            "((a{1000}){1000}){1000}".into(),
            "is too large when compiled",
        ),
        (
            "(?:a{1,9999999999}){9999999999}".into(),
            "is too large when compiled",
        ),
        (
            "a{1000}{1000}{1000}".into(),
            "is not a regular expression of ECMA-262",
        ),
        ("(?i)a".into(), "is not a regular expression of ECMA-262"),
        (
            "^(?:(a)|b)*\\1$".into(),
            "refers back to a group that is repeated or looked behind for",
        ),
    ] {
        let config = Config {
            validate: Some(true),
            ..Config::default()
        };
        let pattern = pattern.replace('\\', "\\\\");
        let text = schemas(&format!(
            "  A: {{type: object, properties: {{a: {{type: string, maxLength: 3, pattern: \"{pattern}\"}}}}}}"
        ));
        let text = text.replace("paths: {}", "paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {'204': {description: d}}}}}");
        let outcome = outcome_with(config, text);
        let messages: Vec<&str> = outcome
            .report
            .diagnostics()
            .iter()
            .map(|it| it.message.as_str())
            .collect();
        let said = messages.iter().any(|message| {
            message.len() < 300 && message.ends_with(&format!("` {why}, so nothing checks it"))
        });
        assert!(said, "{why}: {messages:.300?}");
        let tree = outcome.tree.expect("files");
        let checks = &tree["src/types/a.rs"].contents;
        assert!(checks.contains("Check::MaxLength(3)"), "{checks:.900}");
        assert!(!checks.contains("Check::Pattern"), "{checks:.900}");
    }
}

#[test]
fn headers_of_the_connection_are_left_out() {
    for name in [
        "Content-Length",
        "transfer-encoding",
        "HOST",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Proxy-Authorization",
        "Proxy-Connection",
    ] {
        let parameter =
            format!("{{name: {name}, in: header, required: true, schema: {{type: string}}}}");
        let old = format!("{{name: {name}, in: header, required: true, type: string}}");
        let operation = |more: &str| {
            format!("{{operationId: g, {more}, responses: {{'204': {{description: d}}}}}}")
        };
        let head = "info: {title: T, version: '1'}";
        let own = operation(&format!("parameters: [{parameter}]"));
        let inherited = operation("tags: [t]");
        let referred = operation("parameters: [{$ref: '#/components/parameters/P'}]");
        let key = operation("security: [{k: []}]");
        let scheme = format!("{{k: {{type: apiKey, in: header, name: {name}}}}}");
        for text in [
            format!("openapi: 3.0.3\n{head}\npaths: {{/a: {{post: {own}}}}}"),
            format!(
                "openapi: 3.1.0\n{head}\npaths: {{/a: {{parameters: [{parameter}], post: {inherited}}}}}"
            ),
            format!(
                "openapi: 3.2.0\n{head}\npaths: {{/a: {{post: {referred}}}}}\ncomponents: {{parameters: {{P: {parameter}}}}}"
            ),
            format!(
                "swagger: '2.0'\n{head}\npaths: {{/a: {{post: {}}}}}",
                operation(&format!("parameters: [{old}]"))
            ),
            format!(
                "openapi: 3.0.3\n{head}\npaths: {{/a: {{post: {key}}}}}\ncomponents: {{securitySchemes: {scheme}}}"
            ),
            format!(
                "swagger: '2.0'\n{head}\npaths: {{/a: {{post: {key}}}}}\nsecurityDefinitions: {scheme}"
            ),
            format!(
                "openapi: 3.0.3\n{head}\npaths: {{/a: {{post: {}}}}}",
                operation(&format!("x-idempotency-key: {name}"))
            ),
        ] {
            let outcome = is_made(text.clone());
            let mut found = outcome.report.diagnostics().iter();
            assert!(
                found.any(|it| it.code.name() == "no-effect" && it.message.contains(name)),
                "{text}"
            );
            let tree = outcome.tree.expect("a tree");
            let written = tree.iter().filter(|(path, _)| {
                let own = path.starts_with("src/") && !path.starts_with("src/runtime");
                own || path.starts_with("tests/")
            });
            for (path, file) in written {
                let quoted = format!("\"{name}\"");
                assert!(!file.contents.contains(&quoted), "{path}: {text}");
            }
        }
    }
    for name in ["Authorization", "Cookie", "Accept", "Content-Type"] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{x-idempotency-key: {name}, responses: {{'204': {{description: d}}}}}}}}}}"
        );
        let outcome = is_made(text);
        assert_eq!(outcome.report.diagnostics().len(), 1, "{name}");
    }
}

#[test]
fn passwords_in_addresses_are_refused_and_not_shown() {
    use driftless::diagnostic::{Format, render};
    let head = "info: {title: T, version: '1'}";
    let operation = "operationId: g, responses: {'204': {description: d}}";
    let mut texts = vec![
        format!(
            "swagger: '2.0'\n{head}\nhost: user:SECRET@api.example.com\npaths: {{/a: {{get: {{{operation}}}}}}}"
        ),
        format!(
            "swagger: '2.0'\n{head}\nhost: https://user:SECRET@api.example.com\nschemes: [http, https]\npaths: {{/a: {{get: {{{operation}}}}}}}"
        ),
        format!(
            "{{swagger: '2.0', host: 'user:SECRET@api.example.com', ifno: 1, {head}, paths: {{}}}}"
        ),
    ];
    for server in [
        "{url: 'https://user:SECRET@api.example.com/v1'}",
        "{url: 'https://SECRET@api.example.com'}",
        "{url: 'HTTPS://user:SECRET@api.example.com'}",
        "{url: '//user:SECRET@api.example.com'}",
        "{url: 'user:SECRET@api.example.com'}",
        "{url: 'https://user:SECRET/x@api.example.com'}",
        "{url: 'https://user:SECRET@{host}.example.com'}",
        "{url: 'https://{host}/v1', variables: {host: {default: 'user:SECRET@api.example.com'}}}",
        "{url: 'https://{host}/v1', variables: {host: {default: a, enum: [a, 'user:SECRET@api.example.com']}}}",
        "{url: '{server}/v1', variables: {server: {default: 'https://user:SECRET@api.example.com'}}}",
        "{url: 'https://user:{pass}@api.example.com', variables: {pass: {default: SECRET}}}",
    ] {
        for version in ["3.0.3", "3.1.0", "3.2.0"] {
            let start = format!("openapi: {version}\n{head}");
            texts.extend([
                format!("{start}\nservers:\n  - {server}\npaths: {{/a: {{get: {{{operation}}}}}}}"),
                format!("{start}\npaths:\n  /a:\n    servers:\n    - {server}\n    get: {{{operation}}}"),
                format!("{start}\npaths:\n  /a:\n    get:\n      servers:\n      - {server}\n      operationId: g\n      responses: {{'204': {{description: d}}}}"),
            ]);
        }
    }
    for text in texts {
        let outcome = outcome(text.clone());
        assert!(outcome.report.has_errors(), "{text}");
        for format in [
            Format::Human,
            Format::Short,
            Format::Json,
            Format::Github,
            Format::Markdown,
        ] {
            let said = render(&outcome.report, &outcome.source, format, false);
            assert!(!said.contains("SECRET"), "{text}\n{said}");
        }
    }
}

#[test]
fn passwords_in_other_urls_are_left_out_with_a_finding() {
    let secret = "https://user:SECRET@example.com/page";
    let flow = |keys: &str| format!("{{type: oauth2, flows: {{{keys}, scopes: {{}}}}}}}}");
    let page = format!("{{description: More, url: '{secret}'}}");
    let operation = "operationId: g, responses: {'204': {description: d}}";
    let start = "info: {title: T, version: '1'}, paths: {/a: {get: {operationId: g, responses: {'204': {description: d}}}}}";
    let scheme = |scheme: &str| {
        format!(
            "{{openapi: 3.2.0, {start}, security: [{{s: []}}], components: {{securitySchemes: {{s: {scheme}}}}}}}"
        )
    };
    let info = |info: &str| {
        format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1', {info}}}, paths: {{/a: {{get: {{{operation}}}}}}}}}"
        )
    };
    for text in [
        info(&format!("termsOfService: '{secret}'")),
        info(&format!("contact: {{name: N, url: '{secret}'}}")),
        info(&format!("license: {{name: N, url: '{secret}'}}")),
        format!("{{openapi: 3.0.3, {start}, externalDocs: {page}}}"),
        format!("{{openapi: 3.0.3, {start}, tags: [{{name: t, externalDocs: {page}}}]}}"),
        format!(
            "{{openapi: 3.1.0, {start}, components: {{schemas: {{S: {{type: string, externalDocs: {page}}}}}}}}}"
        ),
        format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{get: {{externalDocs: {page}, {operation}}}}}}}}}"
        ),
        scheme(&format!(
            "{{type: openIdConnect, openIdConnectUrl: '{secret}'}}"
        )),
        scheme(&flow(&format!("implicit: {{authorizationUrl: '{secret}'"))),
        scheme(&flow(&format!("password: {{tokenUrl: '{secret}'"))),
        scheme(&flow(&format!(
            "clientCredentials: {{tokenUrl: 'https://example.com', refreshUrl: '{secret}'"
        ))),
        scheme(&flow(&format!(
            "authorizationCode: {{tokenUrl: 'https://example.com', authorizationUrl: '{secret}'"
        ))),
        format!(
            "{{swagger: '2.0', {start}, security: [{{s: []}}], securityDefinitions: {{s: {{type: oauth2, flow: password, tokenUrl: '{secret}', scopes: {{}}}}}}}}"
        ),
    ] {
        let outcome = is_made(text.clone());
        let found = outcome.report.diagnostics().iter();
        let found = found.filter(|it| it.message.contains("user name or password"));
        assert_eq!(found.count(), 1, "{text}");
        let said = driftless::diagnostic::render(
            &outcome.report,
            &outcome.source,
            driftless::diagnostic::Format::Human,
            false,
        );
        assert!(!said.contains("SECRET"), "{text}\n{said}");
        for (path, file) in outcome.tree.expect("a tree") {
            assert!(!file.contents.contains("SECRET"), "{path}: {text}");
        }
    }
    let outcome = is_made(info("contact: {name: N, url: 'mailto:api@example.com'}"));
    assert!(outcome.report.diagnostics().is_empty());
}

#[test]
fn passwords_in_prose_and_values_are_not_shown() {
    let forms = [
        "[a](https://u:SECRET@h.example/)",
        "<https://u:SECRET@h.example/>",
        "HTTPS://u:SECRET@h.example/",
        "See //u:SECRET@h.example.",
        "postgres://u:SECRET@h.example",
        "https:&#47;&#47;u:SECRET&#64;h.example",
        "`https://u:SECRET@h.example`",
        "[x][r] a\\n\\n[r]: https://u:SECRET@h.example",
        "```\\ncurl https://u:SECRET@h.example\\n```",
        "[x](javascript://u:SECRET@h.example)",
    ];
    for form in forms {
        let text = format!("\"{form}\"");
        let head = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1', description: {text}}}");
        let text = format!(
            "{head}
servers: [{{url: 'https://h.example', description: {text}}}]
security: [{{o: [r]}}]
tags: [{{name: t, description: {text}}}]
paths:
  /a:
    post:
      tags: [t]
      operationId: p
      summary: {text}
      description: {text}
      parameters: [{{name: q, in: query, description: {text}, schema: {{type: string}}}}]
      requestBody: {{description: {text}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}
      responses:
        '200':
          description: {text}
          headers: {{X-A: {{description: {text}, schema: {{type: string}}}}}}
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}
components:
  securitySchemes:
    o: {{type: oauth2, description: {text}, flows: {{clientCredentials: {{tokenUrl: 'https://h.example', scopes: {{r: {text}}}}}}}}}
  schemas:
    S:
      type: object
      description: {text}
      properties: {{a: {{type: string, description: {text}}}}}
"
        );
        let outcome = is_made(text.clone());
        let found = outcome.report.diagnostics().iter();
        let found = found.filter(|it| it.message.contains("user name or password"));
        assert_eq!(found.count(), 13, "{text}");
        let said = driftless::diagnostic::render(
            &outcome.report,
            &outcome.source,
            driftless::diagnostic::Format::Human,
            false,
        );
        assert!(!said.contains("SECRET"), "{text}\n{said}");
        for (path, file) in outcome.tree.expect("a tree") {
            assert!(!file.contents.contains("SECRET"), "{path}: {text}");
        }
    }
    // Values are sent as they are. Only the documentation hides a part of them.
    let outcome = is_made(
        "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: p
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
      responses: {'204': {description: d}}
components:
  schemas:
    S:
      type: object
      required: [u]
      properties:
        u: {type: string, format: uri, example: 'https://u:SECRET@h.example/'}
        d: {type: string, format: uri, default: 'https://u:SECRET@h.example/'}
        e: {type: string, enum: ['https://u:SECRET@h.example/', a]}
"
        .to_owned(),
    );
    for (path, file) in outcome.tree.expect("a tree") {
        let is_shown = |line: &&str| {
            line.contains("SECRET") && (path.ends_with(".md") || line.trim().starts_with("//"))
        };
        assert_eq!(file.contents.lines().find(is_shown), None, "{path}");
    }
}

#[test]
fn servers_that_no_client_can_use_are_left_out() {
    for server in [
        "{url: 'https://api.example.com/v1?key=1'}",
        "{url: 'https://api.example.com#x'}",
        "{url: 'https://api.example.com:99999'}",
        "{url: 'https://api.example.com/../x'}",
        "{url: 'https://api.example.com/a b'}",
        "{url: 'https://'}",
        "{url: 'https://api.example.com\\x'}",
        "{url: 'javascript:alert(1)'}",
        "{url: 'wss://api.example.com'}",
        "{url: 'ftp://api.example.com'}",
        "{url: 'https://{open'}",
        "{url: '{scheme}://api.example.com', variables: {scheme: {default: ftp}}}",
        "{url: 'https://{host}', variables: {host: {default: 'a/b'}}}",
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{server}]\npaths: {{/a: {{get: {{operationId: g, servers: [{server}], responses: {{'204': {{description: d}}}}}}}}}}"
        );
        let outcome = is_made(text);
        let findings = outcome.report.diagnostics();
        assert!(!findings.is_empty(), "{server}");
        let tree = outcome.tree.expect("a tree");
        let client = &tree["src/client.rs"].contents;
        assert!(!client.contains("enum Server"), "{server}");
        let operations = tree
            .iter()
            .filter(|(path, _)| path.starts_with("src/operations"));
        for (_, file) in operations {
            assert!(!file.contents.contains("draft.server"), "{server}");
        }
    }
    let many: Vec<_> = (0..3_000).map(|number| format!("'a/{number}'")).collect();
    let names: String = (0..2_000).map(|number| format!("{{v{number}}}")).collect();
    for server in [
        format!(
            "{{url: 'https://{{r}}.example.com', variables: {{r: {{default: eu, enum: [{}]}}}}}}",
            many.join(", ")
        ),
        format!("{{url: 'https://{names}.example.com'}}"),
        format!("{{url: 'https://{}.example.com'}}", "x".repeat(100_000)),
    ] {
        is_made(format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{server}]\npaths: {{}}"
        ));
    }
    // A value that cannot be is left out, the others stay.
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://{r}.example.com', variables: {r: {default: eu, enum: [eu, 'a/b', us]}}}, {url: 'https://{tenant}.example.com/{base}/v1', variables: {base: {default: ''}}}]\npaths: {}";
    let outcome = is_made(text.to_owned());
    let tree = outcome.tree.expect("a tree");
    let servers = &tree["src/server.rs"].contents;
    assert!(
        servers.contains("\"us\"") && !servers.contains("a/b"),
        "{servers}"
    );
    assert!(tree["src/client.rs"].contents.contains("tenant"));
}

#[test]
fn findings_are_short_and_steer_nothing() {
    use driftless::diagnostic::{Format, render};
    let long = "x".repeat(1_000_000);
    for value in [
        long.as_str(),
        "a\\e[2Jb",
        "a\\u202eb",
        "a\\n::error file=x::pwn",
        "##[add-mask]pwn",
        "` <script>alert(1)</script> `",
    ] {
        let value = format!("\"{value}\"");
        let outcome = outcome(format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{value}: 1\ncomponents:\n schemas:\n  A: {{type: {value}, format: {value}, x-rust-type: {value}, $comment: 1}}\n  B: {{$ref: {value}}}\n  C: {{type: string, default: {value}, enum: [a, {value}], {value}: 1}}\n"
        ));
        for format in [
            Format::Human,
            Format::Short,
            Format::Json,
            Format::Github,
            Format::Markdown,
        ] {
            let said = render(&outcome.report, &outcome.source, format, false);
            assert!(!said.is_empty());
            for line in said.lines() {
                let own = format == Format::Github && line.contains("title=");
                assert!(own || !line.trim_start().starts_with("::"), "{line}");
                assert!(!line.contains("##["), "{line}");
                assert!(!line.contains(['\u{1b}', '\u{202e}']), "{line:?}");
                let pointer = line.trim_start().starts_with("\"pointer\"");
                assert!(pointer || line.len() < 20_000, "{}", line.len());
            }
        }
    }
}

#[test]
fn links_of_documents_lead_to_pages() {
    use pulldown_cmark::{Event, Parser, Tag};
    let evil = "javascript:alert(1)";
    let text = format!(
        "openapi: 3.0.3
info:
  title: '[t]({evil})'
  version: '[v]({evil})'
  description: '[x]({evil}) ![y](https://evil.example/track.png) <{evil}>'
  termsOfService: '{evil}'
  contact: {{name: n, url: '{evil}'}}
  license: {{name: l, url: 'data:text/html;base64,PHNjcmlwdD4='}}
externalDocs: {{url: 'vbscript:x', description: '[d]({evil})'}}
servers: [{{url: 'https://a.example', description: '[s]({evil})'}}]
tags: [{{name: t, description: '[x]({evil})', externalDocs: {{url: 'file:///etc/passwd'}}}}]
paths:
  /a:
    get:
      operationId: g
      tags: [t]
      summary: '[x]({evil})'
      externalDocs: {{url: '{evil}'}}
      parameters: [{{name: q, in: query, description: '[x]({evil})', schema: {{type: string}}}}]
      responses: {{'200': {{description: '[x]({evil})', content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}
components:
  securitySchemes: {{o: {{type: oauth2, description: '[x]({evil})', flows: {{implicit: {{authorizationUrl: '{evil}', scopes: {{a: '[x]({evil})'}}}}}}}}}}
  schemas:
    A: {{type: object, description: '[x]({evil})', externalDocs: {{url: '{evil}'}}, properties: {{a: {{type: string, enum: [b], description: '[x]({evil})'}}}}}}
"
    );
    let tree = is_made(text).tree.expect("a tree");
    let mut found = 0;
    for (path, file) in &tree {
        let markdown = path == "README.md";
        let lines = file.contents.lines().filter_map(|line| match markdown {
            true => Some(line),
            false => line
                .trim_start()
                .strip_prefix("///")
                .or_else(|| line.trim_start().strip_prefix("//!")),
        });
        let docs: String = lines.map(|line| format!("{line}\n")).collect();
        for event in Parser::new(&docs) {
            match event {
                Event::Start(Tag::Image { .. }) => panic!("{path}: an image"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let scheme = dest_url
                        .split_once(':')
                        .map_or("https", |(scheme, _)| scheme);
                    let is_item = dest_url.contains("::") && !dest_url.contains('(');
                    assert!(is_item || scheme == "https", "{path}: {dest_url}");
                }
                _ => {}
            }
        }
        found += docs.matches("javascript").count();
    }
    assert!(found > 10, "{found}");
}
