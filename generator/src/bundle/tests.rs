//! Documents over several files in; the one document and what is said about it
//! out.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::bundle;
use crate::diagnostic::{Format, Report, Severity, render};
use crate::source::{self, Input, Source, Texts};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Test, version: '1'}\n";

struct Bundled {
    source: Source,
    report: Report,
}

fn bundled(entry: &str, files: &[(&str, &str)]) -> Bundled {
    bundled_at("openapi.yaml", &format!("{HEAD}{entry}"), files)
}

fn bundled_at(path: &str, entry: &str, files: &[(&str, &str)]) -> Bundled {
    let texts: BTreeMap<String, String> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let files = Texts {
        entry: path.to_owned(),
        texts,
    };
    let mut report = Report::default();
    let input = Input {
        path: format!("shown/{path}"),
        text: entry.into(),
    };
    let mut source = source::load(vec![input], &mut report);
    bundle(&mut source, Some(&files), &mut report);
    Bundled { source, report }
}

impl Bundled {
    fn json(&self) -> Json {
        self.source.entry().root.to_json()
    }

    fn at(&self, pointer: &str) -> Json {
        let json = self.json();
        json.pointer(pointer)
            .cloned()
            .unwrap_or_else(|| panic!("no {pointer} in {json:#}"))
    }

    fn keys(&self, pointer: &str) -> Vec<String> {
        let mut keys: Vec<String> = match self.at(pointer) {
            Json::Object(entries) => entries.into_iter().map(|(key, _)| key).collect(),
            other => panic!("{other}"),
        };
        keys.sort();
        keys
    }

    fn said(&self) -> String {
        render(&self.report, &self.source, Format::Short, false)
    }

    /// The document, about which there is nothing to say.
    fn clean(self) -> Self {
        assert_eq!(self.said(), "");
        assert_eq!(outside(&self.json()), Vec::<String>::new());
        self
    }
}

/// The references that do not begin with `#`.
fn outside(json: &Json) -> Vec<String> {
    match json {
        Json::Array(elements) => elements.iter().flat_map(outside).collect(),
        Json::Object(entries) => entries
            .iter()
            .flat_map(|(key, value)| match value {
                Json::String(text) if key == "$ref" && !text.starts_with('#') => vec![text.clone()],
                value => outside(value),
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_document_of_one_file_stays_as_it_is() {
    let text = "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {type: string}}}";
    let bundled = bundled(text, &[("x.yaml", "- never read")]).clean();
    assert_eq!(bundled.source.documents.len(), 1);
    assert_eq!(
        bundled.at("/components/schemas/A/$ref"),
        "#/components/schemas/B"
    );
}

#[test]
fn whole_files_and_parts_of_files_become_components() {
    let bundled = bundled(
        "components: {schemas: {Owner: {properties: {\
         pet: {$ref: ./schemas/Pet.yaml}, a: {$ref: 'schemas/more.json#/components/schemas/A'}}}}}",
        &[
            ("schemas/Pet.yaml", "type: object\nproperties: {tag: {$ref: '../tag.yaml#/Tag'}}"),
            ("schemas/more.json", r##"{"components": {"schemas": {"A": {"$ref": "#/x/B"}}}, "x": {"B": {"type": "array", "items": {"$ref": "Pet.yaml"}}}}"##),
            ("tag.yaml", "Tag: {type: string}\nOther: {type: string}"),
        ],
    )
    .clean();
    assert_eq!(
        bundled.keys("/components/schemas"),
        ["B", "Owner", "Pet", "Tag"]
    );
    assert_eq!(
        bundled.at("/components/schemas/Owner/properties"),
        json!({"pet": {"$ref": "#/components/schemas/Pet"}, "a": {"$ref": "#/components/schemas/B"}})
    );
    assert_eq!(
        bundled.at("/components/schemas/Pet/properties/tag/$ref"),
        "#/components/schemas/Tag"
    );
    assert_eq!(
        bundled.at("/components/schemas/B/items/$ref"),
        "#/components/schemas/Pet"
    );
}

#[test]
fn every_kind_becomes_a_component_of_its_kind() {
    let entry = r"
paths:
  /a:
    get:
      parameters: [{$ref: 'x.yaml#/Page'}]
      requestBody: {$ref: 'x.yaml#/Body'}
      responses: {'200': {$ref: 'x.yaml#/Fine'}}
      callbacks: {c: {$ref: 'x.yaml#/Call'}}
components: {securitySchemes: {key: {$ref: 'x.yaml#/Key'}}}
";
    let x = r"
Page: {name: page, in: query, schema: {$ref: '#/Number'}, examples: {one: {$ref: '#/One'}}}
Number: {type: integer}
One: {value: 1}
Body: {content: {application/json: {schema: {$ref: '#/Number'}}}}
Fine: {description: d, headers: {X: {$ref: '#/Head'}}, links: {l: {$ref: '#/Next'}}}
Head: {schema: {$ref: '#/Number'}}
Next: {operationId: next}
Call: {'{$url}': {post: {responses: {'200': {$ref: '#/Fine'}}}}}
Key: {type: http, scheme: basic}
";
    let bundled = bundled(entry, &[("x.yaml", x)]).clean();
    for (section, name) in [
        ("parameters", "Page"),
        ("requestBodies", "Body"),
        ("responses", "Fine"),
        ("callbacks", "Call"),
        ("schemas", "Number"),
        ("examples", "One"),
        ("headers", "Head"),
        ("links", "Next"),
        ("securitySchemes", "key"),
    ] {
        assert_eq!(bundled.keys(&format!("/components/{section}")), [name]);
    }
    assert_eq!(
        bundled.at("/components/securitySchemes/key/scheme"),
        "basic"
    );
    assert_eq!(
        bundled.at("/paths/~1a/get/parameters/0/$ref"),
        "#/components/parameters/Page"
    );
}

#[test]
fn swagger_keeps_its_components_elsewhere() {
    let entry = "swagger: '2.0'\npaths: {/a: {get: {parameters: [{$ref: 'x.yaml#/P'}], responses: {'200': {$ref: 'x.yaml#/R'}}}}}";
    let x = "P: {name: b, in: body, schema: {$ref: '#/S'}}\nR: {description: d, schema: {$ref: '#/S'}}\nS: {type: string}";
    let bundled = bundled_at("openapi.yaml", entry, &[("x.yaml", x)]).clean();
    assert_eq!(bundled.at("/definitions/S/type"), "string");
    assert_eq!(bundled.at("/parameters/P/schema/$ref"), "#/definitions/S");
    assert_eq!(bundled.at("/responses/R/schema/$ref"), "#/definitions/S");
}

#[test]
fn path_items_are_copied_into_their_place() {
    let bundled = bundled(
        "paths: {/a: {$ref: paths/a.yaml}, /b: {$ref: 'paths/all.yaml#/~1b', summary: s}}",
        &[
            (
                "paths/a.yaml",
                "get: {responses: {'200': {$ref: '../r.yaml'}}}",
            ),
            ("paths/all.yaml", "/b: {$ref: a.yaml}"),
            ("r.yaml", "description: d"),
        ],
    )
    .clean();
    assert_eq!(
        bundled.at("/paths/~1a/get/responses/200/$ref"),
        "#/components/responses/r"
    );
    assert_eq!(bundled.at("/paths/~1b/summary"), "s");
    assert_eq!(bundled.at("/paths/~1b/get"), bundled.at("/paths/~1a/get"));
}

#[test]
fn a_component_that_only_refers_to_a_file_is_what_the_file_holds() {
    let bundled = bundled(
        "components: {schemas: {Animal: {$ref: pet.yaml}, Beast: {$ref: pet.yaml}, U: {properties: {p: {$ref: pet.yaml}}}}}",
        &[("pet.yaml", "type: object\nproperties: {name: {type: string}}")],
    )
    .clean();
    assert_eq!(
        bundled.keys("/components/schemas"),
        ["Animal", "Beast", "U"]
    );
    assert_eq!(bundled.at("/components/schemas/Animal/type"), "object");
    assert_eq!(
        bundled.at("/components/schemas/Beast/$ref"),
        "#/components/schemas/Animal"
    );
    assert_eq!(
        bundled.at("/components/schemas/U/properties/p/$ref"),
        "#/components/schemas/Animal"
    );
    let node = bundled
        .source
        .entry()
        .root
        .pointer("/components/schemas/Animal/properties/name");
    let origin = node.expect("a node").origin;
    assert_eq!(
        bundled.source.reference(origin),
        "#/components/schemas/Animal/properties/name"
    );
    assert_eq!(bundled.source.position(origin).path, "shown/pet.yaml");
}

#[test]
fn a_name_of_the_entry_is_never_taken() {
    let bundled = bundled(
        "components: {schemas: {Error: {type: string}, A: {properties: {e: {$ref: 'common.yaml#/components/schemas/Error'}, l: {$ref: '#/components/schemas/Error'}}}}}",
        &[("common.yaml", "components: {schemas: {Error: {type: integer}}}")],
    )
    .clean();
    assert_eq!(bundled.at("/components/schemas/Error/type"), "string");
    assert_eq!(
        bundled.at("/components/schemas/common_Error/type"),
        "integer"
    );
    assert_eq!(
        bundled.at("/components/schemas/A/properties/e/$ref"),
        "#/components/schemas/common_Error"
    );
}

#[test]
fn documents_may_refer_to_each_other_and_back() {
    let bundled = bundled_at(
        "api/openapi.yaml",
        &format!("{HEAD}components: {{schemas: {{A: {{properties: {{b: {{$ref: '../b.yaml#/B'}}}}}}, C: {{$ref: 'openapi.yaml#/components/schemas/A'}}}}}}"),
        &[("b.yaml", "B: {properties: {a: {$ref: 'api/openapi.yaml#/components/schemas/A'}, b: {$ref: '#/B'}, w: {$ref: 'b.yaml#/B'}}}")],
    )
    .clean();
    assert_eq!(
        bundled.at("/components/schemas/B/properties"),
        json!({
            "a": {"$ref": "#/components/schemas/A"},
            "b": {"$ref": "#/components/schemas/B"},
            "w": {"$ref": "#/components/schemas/B"},
        })
    );
    assert_eq!(
        bundled.at("/components/schemas/C/$ref"),
        "#/components/schemas/A"
    );
    let node = bundled
        .source
        .entry()
        .root
        .pointer("/components/schemas/B/properties/a");
    let origin = node.expect("a node").origin;
    assert_eq!(
        bundled.source.reference(origin),
        "../b.yaml#/B/properties/a"
    );
    assert_eq!(bundled.source.position(origin).path, "shown/b.yaml");
}

#[test]
fn references_into_the_middle_of_a_schema_stay_such() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {part: {$ref: 'n.yaml#/properties/next'}}}}}",
        &[(
            "n.yaml",
            "properties: {next: {properties: {n: {$ref: '#'}, m: {$ref: '#/properties/next'}}}}",
        )],
    )
    .clean();
    let next = "#/components/schemas/n/properties/next";
    assert_eq!(bundled.keys("/components/schemas"), ["A", "n"]);
    assert_eq!(
        bundled.at("/components/schemas/A/properties/part/$ref"),
        next
    );
    let inner = bundled.at("/components/schemas/n/properties/next/properties");
    assert_eq!(
        inner,
        json!({"n": {"$ref": "#/components/schemas/n"}, "m": {"$ref": next}})
    );
}

#[test]
fn a_part_of_a_part_is_there_once() {
    let bundled = bundled(
        "components: {schemas: {A: {$ref: n.yaml}, B: {$ref: 'n.yaml#/properties/next'}, C: {items: {$ref: 'n.yaml#/$defs/D'}}}}",
        &[(
            "n.yaml",
            "type: object\nproperties: {next: {properties: {n: {$ref: '#'}}}}\n$defs: {D: {type: string}}",
        )],
    )
    .clean();
    assert_eq!(bundled.keys("/components/schemas"), ["A", "B", "C", "D"]);
    assert_eq!(
        bundled.at("/components/schemas/A/properties/next/$ref"),
        "#/components/schemas/B"
    );
    assert_eq!(
        bundled.at("/components/schemas/B/properties/n/$ref"),
        "#/components/schemas/A"
    );
    assert_eq!(bundled.at("/components/schemas/A/$defs"), json!({}));
}

#[test]
fn names_may_be_encoded_in_many_ways() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {a: {$ref: 'my%20files/%C3%A4.yaml#/a~1b%20c'}, d: {$ref: '#/components/schemas/100%25'}}}, 100%: {$ref: d.yaml}}}",
        &[("my files/ä.yaml", "a/b c: {type: string}"), ("d.yaml", "properties: {d: {$ref: d.yaml}}")],
    )
    .clean();
    assert_eq!(
        bundled.at("/components/schemas/A/properties/a/$ref"),
        "#/components/schemas/a_b_c"
    );
    assert_eq!(
        bundled.at("/components/schemas/100%/properties/d/$ref"),
        "#/components/schemas/100%25"
    );
}

#[test]
fn discriminators_name_schemas_by_file_or_in_their_own_document() {
    let bundled = bundled(
        "components: {schemas: {P: {$ref: 'p.yaml#/components/schemas/Pet'}, Q: {oneOf: [{$ref: cat.yaml}], discriminator: {propertyName: t, mapping: {c: cat.yaml, p: P}, defaultMapping: cat.yaml}}}}",
        &[
            ("p.yaml", "components: {schemas: {Pet: {oneOf: [{$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: t, mapping: {d: Dog, e: '#/components/schemas/Dog', c: ./cat.yaml}}}, Dog: {type: object}}}"),
            ("cat.yaml", "type: object"),
        ],
    )
    .clean();
    assert_eq!(
        bundled.at("/components/schemas/P/discriminator/mapping"),
        json!({"d": "#/components/schemas/Dog", "e": "#/components/schemas/Dog", "c": "#/components/schemas/cat"})
    );
    assert_eq!(
        bundled.at("/components/schemas/Q/discriminator/defaultMapping"),
        json!("#/components/schemas/cat"),
    );
    assert_eq!(
        bundled.at("/components/schemas/Q/discriminator/mapping"),
        json!({"c": "#/components/schemas/cat", "p": "P"})
    );
}

#[test]
fn what_only_looks_like_a_reference_stays() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {$ref: {type: string}, b: {$ref: b.yaml}}, example: {$ref: 'http://x'}, default: {a: {$ref: other.yaml, b: 1}}, x-y: {$ref: no.yaml}}}}",
        &[("b.yaml", "type: string")],
    );
    assert_eq!(bundled.said(), "");
    assert_eq!(
        bundled.at("/components/schemas/A/properties/$ref/type"),
        "string"
    );
    assert_eq!(
        bundled.at("/components/schemas/A/default/a/$ref"),
        "other.yaml"
    );
}

#[test]
fn references_where_there_should_be_none_are_followed_with_a_warning() {
    let bundled = bundled(
        "tags: {$ref: tags.yaml}
components:
  schemas: {$ref: schemas/index.yaml}
  responses: {R: {description: {$ref: text.md}, content: {$ref: content.yaml}}}
paths: {/a: {get: {$ref: op.yaml}}}",
        &[
            ("tags.yaml", "[{name: a}]"),
            ("schemas/index.yaml", "A: {$ref: ./A.yaml}"),
            ("schemas/A.yaml", "type: object\nexample: {$ref: a.json}"),
            ("schemas/a.json", "{\"a\": 1}"),
            ("text.md", "# Words\r\n\r\nMore: [\n"),
            (
                "content.yaml",
                "application/json: {schema: {$ref: schemas/A.yaml}}",
            ),
            (
                "op.yaml",
                "responses: {'200': {$ref: '#/x'}}\nx: {description: d}",
            ),
        ],
    );
    assert_eq!(outside(&bundled.json()), Vec::<String>::new());
    assert!(!bundled.report.has_errors(), "{}", bundled.said());
    assert_eq!(
        bundled.report.count(Severity::Warning),
        6,
        "{}",
        bundled.said()
    );
    assert_eq!(bundled.at("/tags/0/name"), "a");
    assert_eq!(bundled.at("/components/schemas/A/example/a"), 1);
    assert_eq!(
        bundled.at("/components/responses/R/description"),
        "# Words\n\nMore: ["
    );
    assert_eq!(
        bundled.at("/components/responses/R/content/application~1json/schema/$ref"),
        "#/components/schemas/A"
    );
    assert_eq!(
        bundled.at("/paths/~1a/get/responses/200/$ref"),
        "#/components/responses/x"
    );
}

#[test]
fn a_text_that_is_not_there_is_left_out_with_a_warning() {
    let bundled = bundled("tags: [{name: a, description: {$ref: no.md}}]", &[]);
    assert_eq!(bundled.at("/tags/0"), json!({"name": "a"}));
    assert!(!bundled.report.has_errors());
    assert!(
        bundled
            .said()
            .contains("`no.md` names a file that does not exist"),
        "{}",
        bundled.said()
    );
}

#[test]
fn a_value_in_the_place_of_an_example_object_is_wrapped() {
    let bundled = bundled(
        "components: {examples: {e: {$ref: e.json}, f: {$ref: f.json}}}",
        &[
            ("e.json", "{\"name\": \"Rex\"}"),
            ("f.json", "{\"value\": 1}"),
        ],
    );
    assert_eq!(
        bundled.at("/components/examples"),
        json!({"e": {"value": {"name": "Rex"}}, "f": {"value": 1}})
    );
    assert_eq!(
        bundled.report.count(Severity::Warning),
        1,
        "{}",
        bundled.said()
    );
}

/// Each of these is one error, at the reference.
#[test]
fn what_cannot_be_followed_is_an_error_where_it_stands() {
    for (reference, wanted) in [
        (
            "http://example.com/x.yaml",
            "leads to the network, which is never asked",
        ),
        ("//example.com/x.yaml", "leads to the network"),
        ("file:///etc/passwd", "is a `file:` address"),
        ("/etc/passwd", "is an absolute path"),
        ("urn:x:y", "has a scheme"),
        (
            "../../etc/passwd",
            "leads to `../../etc/passwd` from the root, which is outside of it",
        ),
        ("no.yaml", "names a file that does not exist: `no.yaml`"),
        ("x.yaml#/no", "names nothing"),
        ("x.yaml#no", "there is no anchor `no`"),
        ("x.yaml#/loop", "leads back to itself"),
        ("x.yaml#/ring", "leads back to itself"),
        ("x.yaml#/through/a", "leads back to itself"),
        (
            "x.yaml#/dangling",
            "the reference `y.yaml` names a file that does not exist",
        ),
    ] {
        let x = "loop: {$ref: '#/loop'}\nring: {$ref: 'x.yaml#/gnir'}\ngnir: {$ref: '#/ring'}\nthrough: {$ref: '#/through/a'}\ndangling: {$ref: y.yaml}";
        for entry in [
            format!(
                "components: {{schemas: {{A: {{properties: {{b: {{$ref: '{reference}'}}}}}}}}}}"
            ),
            format!("components: {{parameters: {{A: {{$ref: '{reference}'}}}}}}"),
            format!("components: {{responses: {{A: {{$ref: '{reference}'}}}}}}"),
            format!("paths: {{/a: {{$ref: '{reference}'}}}}"),
            format!(
                "components: {{schemas: {{A: {{discriminator: {{mapping: {{a: '{reference}'}}}}}}}}}}"
            ),
        ] {
            if entry.contains("mapping") && !super::reference::looks_like_a_file(reference) {
                continue;
            }
            let bundled = bundled(&entry, &[("x.yaml", x)]);
            let said = bundled.said();
            assert!(said.contains(wanted), "{reference} in {entry}: {said}");
            assert_eq!(said.lines().count(), 1, "{reference} in {entry}: {said}");
            assert!(said.starts_with("shown/openapi.yaml:3:"), "{said}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_as_a_document_is_reported_once_and_there() {
    let bundled = bundled(
        "components: {schemas: {A: {$ref: x.yaml}, B: {$ref: 'x.yaml#/B'}}}",
        &[("x.yaml", "a: [")],
    );
    let said = bundled.said();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("shown/x.yaml:"), "{said}");
}

#[test]
fn a_path_item_that_contains_itself_ends() {
    let bundled = bundled(
        "paths: {/a: {$ref: a.yaml}}",
        &[
            ("a.yaml", "get: {}\n$ref: b.yaml"),
            ("b.yaml", "put: {}\n$ref: a.yaml"),
        ],
    );
    assert!(
        bundled.said().contains("leads to what it stands in"),
        "{}",
        bundled.said()
    );
    // Through a callback there is a sense in it.
    let bundled = self::bundled(
        "paths: {/a: {$ref: a.yaml}}",
        &[(
            "a.yaml",
            "post: {callbacks: {c: {'{$url}': {$ref: a.yaml}}}}",
        )],
    );
    assert!(!bundled.report.has_errors(), "{}", bundled.said());
    assert_eq!(bundled.at("/paths/~1a/post/callbacks/c"), json!({}));
}

/// Each file has two copies of the next.
#[test]
fn copies_of_copies_end() {
    let mut files: Vec<(String, String)> = Vec::new();
    for index in 0..40 {
        let next = index + 1;
        files.push((
            format!("{index}.yaml"),
            format!("a: {{$ref: {next}.yaml}}\nb: {{$ref: {next}.yaml}}"),
        ));
    }
    files.push(("40.yaml".to_owned(), "c: 1".to_owned()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let bundled = bundled("info: {$ref: 0.yaml}", &files);
    assert!(bundled.report.has_errors());
    assert!(bundled.said().contains("more values than"), "no end");
}

#[test]
fn a_long_chain_is_followed_to_its_end() {
    let mut files: Vec<(String, String)> = (0..500)
        .map(|index| {
            let next = index + 1;
            (format!("{index}.yaml"), format!("$ref: {next}.yaml"))
        })
        .collect();
    files.push(("500.yaml".to_owned(), "type: string".to_owned()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let bundled = bundled("components: {schemas: {A: {$ref: 0.yaml}}}", &files).clean();
    assert_eq!(
        bundled.at("/components/schemas"),
        json!({"A": {"type": "string"}})
    );
}

#[test]
fn pointers_may_lead_through_references_of_other_files() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {a: {$ref: 'x.yaml#/schemas/X/properties/y'}}}}}",
        &[
            ("x.yaml", "schemas: {$ref: y.yaml}"),
            ("y.yaml", "X: {properties: {y: {type: string}}}"),
        ],
    )
    .clean();
    assert_eq!(
        bundled.at("/components/schemas/X/properties/y/type"),
        "string"
    );
}

#[test]
fn another_version_is_a_warning() {
    let bundled = bundled(
        "components: {schemas: {A: {$ref: 'x.yaml#/components/schemas/A'}}}",
        &[(
            "x.yaml",
            "openapi: 3.1.0\ncomponents: {schemas: {A: {type: string}}}",
        )],
    );
    assert!(
        bundled
            .said()
            .starts_with("shown/x.yaml:1:1: warning[no-effect]"),
        "{}",
        bundled.said()
    );
}

#[test]
fn the_name_of_a_schema_is_a_reference_to_it() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {b: {$ref: B}}}, B: {type: string}}}",
        &[],
    );
    assert!(
        bundled.said().contains("warning[invalid-value]"),
        "{}",
        bundled.said()
    );
    assert_eq!(
        bundled.at("/components/schemas/A/properties/b/$ref"),
        "#/components/schemas/B"
    );
}

#[test]
fn a_chosen_name_is_pinned_as_the_entry_would_write_it() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {b: {$ref: 'b/c.yaml#/d'}}}}}",
        &[("b/c.yaml", "d: {enum: [a]}")],
    )
    .clean();
    let node = bundled
        .source
        .entry()
        .root
        .pointer("/components/schemas/d/enum/0");
    let origin = node.expect("a node").origin;
    assert_eq!(bundled.source.reference(origin), "b/c.yaml#/d/enum/0");
}

#[test]
fn a_tag_that_is_the_name_of_a_schema_survives_another_name() {
    let bundled = bundled(
        "components: {schemas: {Cat: {type: string}, A: {properties: {p: {$ref: 'pets.yaml#/Pet'}, b: {$ref: 'pets.yaml#/Beast'}, l: {$ref: 'pets.yaml#/Lion'}}}, Lion: {type: string}}}",
        &[(
            "pets.yaml",
            "Pet: {oneOf: [{$ref: '#/Cat'}, {$ref: '#/Dog'}], discriminator: {propertyName: t}}\n\
             Cat: {type: object}\nDog: {type: object}\n\
             Beast: {type: object, discriminator: {propertyName: t}}\n\
             Lion: {allOf: [{$ref: '#/Beast'}]}\n",
        )],
    )
    .clean();
    assert_eq!(
        bundled.at("/components/schemas/Pet/discriminator/mapping"),
        json!({"Cat": "#/components/schemas/pets_Cat"})
    );
    assert_eq!(
        bundled.at("/components/schemas/Beast/discriminator/mapping"),
        json!({"Lion": "#/components/schemas/pets_Lion"})
    );
}

#[test]
fn mappings_to_files_that_are_gone_are_left_out() {
    let bundled = bundled(
        "components: {schemas: {P: {discriminator: {propertyName: t, mapping: {a: a.yaml, b: 'x.yaml#/gone', c: P}}}}}",
        &[("x.yaml", "b: {type: object}")],
    );
    assert_eq!(
        bundled.at("/components/schemas/P/discriminator/mapping"),
        json!({"c": "P"})
    );
    let said = bundled.said();
    assert_eq!(
        said.matches("warning[unresolved-reference]").count(),
        2,
        "{said}"
    );
}

#[test]
fn definitions_that_become_components_are_none_any_more() {
    let bundled = bundled(
        "components: {schemas: {A: {properties: {b: {$ref: 'x.yaml#/$defs/B'}, x: {$ref: x.yaml}}}}}",
        &[(
            "x.yaml",
            "properties: {b: {$ref: '#/$defs/B'}, c: {$ref: '#/$defs/C'}}\n$defs: {B: {type: string}, C: {type: object}}",
        )],
    )
    .clean();
    assert_eq!(
        bundled.at("/components/schemas"),
        json!({
            "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}, "x": {"$ref": "#/components/schemas/x"}}},
            "B": {"type": "string"},
            "C": {"type": "object"},
            "x": {"properties": {"b": {"$ref": "#/components/schemas/B"}, "c": {"$ref": "#/components/schemas/C"}},
                "$defs": {}},
        })
    );
}

#[test]
fn only_what_leads_out_of_a_document_is_looked_for() {
    let schema = |schema: &str| format!("components: {{schemas: {{S: {schema}}}}}\n");
    for (entry, leads_out) in [
        (schema("{$ref: '#/components/schemas/T'}"), false),
        (schema("{$ref: other.yaml}"), true),
        (schema("{properties: {a: {items: {$ref: 'T'}}}}"), true),
        (schema("{properties: {$ref: {$ref: other.yaml}}}"), true),
        (schema("{properties: {example: {$ref: other.yaml}}}"), true),
        (schema("{description: {$ref: text.md}}"), true),
        (schema("{unknown: [{$ref: other.yaml}]}"), true),
        // Data, which may be in a file of its own, and else is what it is.
        (schema("{example: {$ref: 'https://example.com/1'}}"), false),
        (schema("{example: [{a: {$ref: one.json}}]}"), true),
        (schema("{enum: [{$ref: x}], default: {$ref: x}}"), false),
        (schema("{x-mine: {$ref: other.yaml}}"), false),
        (schema("{discriminator: {mapping: {a: '#/a'}}}"), false),
        (schema("{discriminator: {mapping: {a: T}}}"), false),
        (schema("{discriminator: {mapping: {a: t.yaml}}}"), true),
        (
            "components: {examples: {E: {value: {$ref: x}}}}\n".to_owned(),
            false,
        ),
        ("components: {examples: {E: {$ref: x}}}\n".to_owned(), true),
        ("paths: {/a: {$ref: a.yaml}}\n".to_owned(), true),
    ] {
        let input = Input {
            path: "openapi.yaml".to_owned(),
            text: format!("{HEAD}{entry}").into(),
        };
        let mut report = Report::default();
        let source = source::load(vec![input], &mut report);
        assert!(!report.has_errors(), "{entry}");
        let root = &source.entry().root;
        assert_eq!(
            super::leads_out(root, super::Kind::Document),
            leads_out,
            "{entry}"
        );
    }
}

#[test]
fn only_files_that_are_meant_for_it_are_read() {
    let secrets = [
        (".env", "KEY=SECRET"),
        (".git/config", "[a]\nurl = https://user:SECRET@example.com"),
        (".hidden/x.yaml", "a: SECRET"),
        (".x.yaml", "a: SECRET"),
        ("id_rsa", "SECRET"),
        ("key.pem", "SECRET"),
        ("x.yaml.bak", "a: SECRET"),
        ("notes.md", "SECRET"),
        ("a.b/config", "SECRET"),
    ];
    for reference in [
        ".env",
        "./.env",
        "%2eenv",
        "%2Eenv",
        ".\\\\.env",
        "sub/../.env",
        ".env#/a",
        ".git/config",
        "%2egit/config",
        ".hidden/x.yaml",
        ".hidden/x.yaml#/a",
        ".hidden/../.x.yaml",
        "id_rsa",
        "key.pem",
        "x.yaml.bak",
        "a.b/config",
    ] {
        for (entry, is_text) in [
            ("info: {description: {$ref: \"R\"}}", true),
            ("info: {title: {$ref: \"R\"}}", true),
            ("tags: [{name: a, description: {$ref: \"R\"}}]", true),
            ("paths: {/a: {get: {summary: {$ref: \"R\"}}}}", true),
            ("paths: {/a: {$ref: \"R\"}}", false),
            ("components: {schemas: {A: {$ref: \"R\"}}}", false),
            ("components: {schemas: {A: {items: {$ref: \"R\"}}}}", false),
            ("components: {parameters: {A: {$ref: \"R\"}}}", false),
            (
                "components: {examples: {A: {externalValue: {$ref: \"R\"}}}}",
                false,
            ),
            (
                "components: {schemas: {A: {example: {$ref: \"R\"}}}}",
                false,
            ),
            ("tags: {$ref: \"R\"}", false),
        ] {
            let bundled = bundled(&entry.replace('R', reference), &secrets);
            let said = bundled.said();
            let json = bundled.json().to_string();
            assert!(
                !said.contains("SECRET") && !json.contains("SECRET"),
                "{entry} {reference}: {said}"
            );
            let literal = entry.contains("example: ");
            assert!(
                literal || said.contains("leads to `"),
                "{entry} {reference}: {said}"
            );
            assert!(
                is_text || literal || bundled.report.has_errors(),
                "{reference}"
            );
        }
    }
    // Neither is a text a tree, nor a tree a text.
    let notes = bundled("components: {schemas: {A: {$ref: notes.md}}}", &secrets);
    assert!(
        notes.said().contains("which is not JSON or YAML"),
        "{}",
        notes.said()
    );
    let tree = bundled("info: {description: {$ref: x.yaml}}", &[("x.yaml", "a: 1")]);
    assert!(
        tree.said().contains("which is not a text"),
        "{}",
        tree.said()
    );
    let upper = bundled(
        "info: {description: {$ref: A.MD}}\ncomponents: {schemas: {A: {$ref: X.YAML}, B: {$ref: Y.Json}}}",
        &[
            ("A.MD", "words"),
            ("X.YAML", "type: string"),
            ("Y.Json", "{\"type\": \"string\"}"),
        ],
    );
    assert!(!upper.report.has_errors(), "{}", upper.said());
}

#[test]
fn files_in_the_folder_of_the_entry_may_be_read_wherever_it_is() {
    let bundled = bundled_at(
        ".api/spec/openapi.yaml",
        "components: {schemas: {A: {$ref: ../x.yaml}, B: {$ref: y.yaml}, C: {$ref: ../.env.yaml}}}",
        &[
            (".api/x.yaml", "type: string"),
            (".api/spec/y.yaml", "type: string"),
            (".api/.env.yaml", "type: string"),
        ],
    );
    let said = bundled.said();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(".env.yaml`, which is hidden"), "{said}");
}

#[test]
fn what_is_no_description_is_not_quoted() {
    use crate::diagnostic::{Format, render};
    for text in [
        "SECRET",
        "a: [SECRET",
        "SECRET: {",
        "[SECRET, b]",
        "{\"SECRET",
        "\"SECRET\"",
        "- SECRET\n- b: [",
        "SECRET\n---\nb",
        "%SECRET",
        "&SECRET *SECRET",
    ] {
        for reference in ["x.yaml", "x.yaml#/a", "x.yaml#a"] {
            let bundled = bundled(
                &format!("components: {{schemas: {{A: {{$ref: '{reference}'}}}}}}"),
                &[("x.yaml", text)],
            );
            for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
                let said = render(&bundled.report, &bundled.source, format, false);
                assert!(!said.contains("SECRET"), "{text}: {said}");
            }
        }
    }
}

#[test]
fn an_absolute_id_names_a_schema_of_another_file() {
    let entry = "paths: {}\ncomponents:\n schemas:\n  \
         A: {$ref: 'pet.yaml'}\n  \
         B: {type: array, items: {$ref: 'https://example.com/pet'}}\n  \
         C: {type: array, items: {$ref: 'https://example.com/pet#/properties/tag'}}\n  \
         D: {type: array, items: {$ref: 'urn:example:inner'}}\n  \
         E: {$ref: 'other.yaml'}\n";
    let files = [
        (
            "pet.yaml",
            "$id: https://example.com/pet\ntype: object\nproperties:\n  tag: {$id: 'urn:example:inner', type: string}\n",
        ),
        (
            "other.yaml",
            "type: object\nproperties: {pet: {$ref: 'https://example.com/pet'}}\n",
        ),
    ];
    let bundled = bundled(entry, &files);
    assert_eq!(bundled.report.diagnostics(), []);
    let json = bundled.json();
    let text = json.to_string();
    assert!(
        !text.contains("example.com") && !text.contains("urn:"),
        "{text}"
    );
    assert_eq!(
        bundled.at("/components/schemas/B/items"),
        json!({"$ref": "#/components/schemas/A"})
    );
    assert_eq!(
        bundled.at("/components/schemas/E/properties/pet"),
        json!({"$ref": "#/components/schemas/A"})
    );
}

#[test]
fn an_absolute_id_that_no_file_has_is_an_error_with_a_remedy() {
    let entry = "paths: {}\ncomponents: {schemas: {B: {type: array, items: {$ref: 'https://example.com/pet'}}}}\n";
    let bundled = bundled(entry, &[]);
    let [finding] = bundled.report.diagnostics() else {
        panic!("one finding");
    };
    let help = finding.help.as_deref().unwrap_or_default();
    assert!(help.contains("an `$id` is known once"), "{help}");
}
