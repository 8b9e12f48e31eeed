//! What the plan makes of shapes: places, pointers, defaults, examples.

use crate::model::{Api, Default, ItemKind, Outcome, Type};
use crate::test_support::{document, plan, plan_document, plan_with};

fn planned(schemas: &str) -> Api {
    let (api, report) = plan(schemas);
    api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()))
}

fn kind<'a>(api: &'a Api, name: &str) -> &'a ItemKind {
    let item = api.items.iter().find(|item| item.name.rust == name);
    &item.unwrap_or_else(|| panic!("no {name}")).kind
}

fn boxed(api: &Api, name: &str) -> Vec<(String, bool)> {
    match kind(api, name) {
        ItemKind::Struct(structure) => structure
            .fields
            .iter()
            .map(|field| (field.wire.clone(), field.boxed))
            .collect(),
        ItemKind::Union(union) => union
            .variants
            .iter()
            .map(|variant| (variant.name.rust.clone(), variant.boxed))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_holds_itself_in_place_and_structs_in_variants_get_a_pointer() {
    let api = planned(
        "
  Node:
    type: object
    properties:
      next: {$ref: '#/components/schemas/Node'}
      all: {type: array, items: {$ref: '#/components/schemas/Node'}}
      leaf: {$ref: '#/components/schemas/Leaf'}
      other: {$ref: '#/components/schemas/Way'}
  Leaf: {type: object, properties: {a: {type: string}}}
  Way: {$ref: '#/components/schemas/Back'}
  Back: {oneOf: [{$ref: '#/components/schemas/Node'}, {$ref: '#/components/schemas/Leaf'}]}
",
    );
    let expected = [
        ("next", true),
        ("all", false),
        ("leaf", false),
        // The variant that leads back has one.
        ("other", false),
    ];
    assert_eq!(
        boxed(&api, "Node"),
        expected.map(|(name, boxed)| (name.to_owned(), boxed))
    );
    assert_eq!(
        boxed(&api, "Back"),
        [("Node".to_owned(), true), ("Leaf".to_owned(), true)]
    );
}

#[test]
fn places_of_one_newtype_are_one_type_in_any_order() {
    let names = |order: [&str; 2]| {
        let api = planned(&format!("\n  {}\n  {}\n", order[0], order[1]));
        let mut names: Vec<(String, String)> = api
            .items
            .iter()
            .map(|item| (item.name.rust.clone(), item.pointer.clone()))
            .collect();
        names.sort();
        names
    };
    let one = "A: {type: object, properties: {a: {type: string, x-rust-newtype: Id}}}";
    let other = "B: {type: array, items: {type: string, x-rust-newtype: Id}}";
    let found = names([one, other]);
    assert_eq!(found, names([other, one]));
    let id = "#/components/schemas/A/properties/a";
    assert!(found.contains(&("Id".to_owned(), id.to_owned())));
    assert_eq!(found.len(), 3);
}

#[test]
fn an_alias_of_itself_becomes_a_type() {
    let api = planned(
        "
  Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
  Flat: {type: array, items: {type: string}}
  One: {type: object, additionalProperties: {$ref: '#/components/schemas/Two'}}
  Two: {type: array, items: {$ref: '#/components/schemas/One'}}
",
    );
    let newtype = |name| matches!(kind(&api, name), ItemKind::Alias(alias) if alias.newtype);
    assert!(newtype("Tree") && newtype("One") && newtype("Two"));
    assert!(!newtype("Flat"));
}

#[test]
fn defaults_that_fit_can_be_named_and_others_are_reported() {
    let schemas = "
  A:
    type: object
    properties:
      flag: {type: boolean, default: true}
      count: {type: integer, format: int32, default: 7}
      share: {type: number, default: 1}
      name: {type: string, default: x}
      kind: {type: string, enum: [a, b], default: b}
      list: {type: array, items: {type: string}, default: []}
      bad: {type: integer, format: int32, default: 3000000000}
      worse: {type: boolean, default: 'yes'}
";
    let api = planned(schemas);
    let ItemKind::Struct(structure) = kind(&api, "A") else {
        panic!()
    };
    let defaults: Vec<Option<Default>> = structure
        .fields
        .iter()
        .map(|field| field.default.clone())
        .collect();
    assert_eq!(defaults[0], Some(Default::Bool(true)));
    assert_eq!(defaults[1], Some(Default::Integer(7)));
    assert_eq!(defaults[2], Some(Default::Float(1.0)));
    assert_eq!(defaults[3], Some(Default::String("x".to_owned())));
    assert!(matches!(&defaults[4], Some(Default::StringEnum(_, value)) if value == "b"));
    assert_eq!(defaults[5..], [None, None, None]);
    let (_, report) = plan(schemas);
    let found: Vec<&str> = report
        .diagnostics()
        .iter()
        .map(|finding| finding.code.name())
        .collect();
    assert_eq!(found, ["contradiction", "contradiction"]);
}

#[test]
fn examples_that_do_not_fit_are_reported_and_make_no_test() {
    let document = "
openapi: 3.0.3
info: {title: Test, version: '1'}
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: object, required: [id], properties: {id: {type: integer}}}
              examples:
                right: {value: {id: 1}}
                more: {value: {id: 1, unknown: true}}
                wrong: {value: {id: one}}
                missing: {value: {}}
";
    let (api, report) = plan_document(document);
    let api = api.unwrap();
    let examples: Vec<(&str, bool)> = api.operations[0]
        .examples
        .iter()
        .map(|example| (example.name.as_str(), example.lossless))
        .collect();
    assert_eq!(examples, [("right", true), ("more", false)]);
    assert_eq!(report.diagnostics().len(), 2);
}

#[test]
fn outcomes_follow_the_documented_statuses() {
    let document = |responses: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths:\n  /a: {{get: {{operationId: a, responses: {{{responses}}}}}}}\ncomponents:\n  schemas:\n    A: {{type: object}}\n    E: {{type: object, properties: {{code: {{type: string}}}}}}\n"
        )
    };
    let json = |name: &str| {
        format!(
            "{{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
        )
    };
    let outcome = |responses: String| {
        let (api, report) = plan_document(&document(&responses));
        let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
        let describe = |outcome: &Outcome| match outcome {
            Outcome::Nothing => "nothing".to_owned(),
            Outcome::One(_) => "one".to_owned(),
            Outcome::ByStatus(outcome) => {
                let names: Vec<&str> = outcome
                    .variants
                    .iter()
                    .map(|variant| variant.name.rust.as_str())
                    .collect();
                names.join("|")
            }
        };
        (
            describe(&api.operations[0].output),
            describe(&api.operations[0].failure),
        )
    };
    let (a, e) = (json("A"), json("E"));
    let empty = "{description: d}";
    let cases = [
        (format!("'200': {a}"), ("one", "nothing")),
        (format!("'200': {a}, default: {e}"), ("one", "one")),
        (format!("default: {e}"), ("one", "one")),
        (format!("'204': {empty}"), ("nothing", "nothing")),
        (
            format!("'200': {a}, '204': {empty}"),
            ("Ok|NoContent", "nothing"),
        ),
        (format!("'200': {a}, '201': {a}"), ("one", "nothing")),
        (
            format!("'200': {a}, '404': {e}, '500': {empty}"),
            ("one", "one"),
        ),
        (
            format!("'200': {a}, '404': {e}, '409': {a}, 5XX: {e}"),
            ("one", "NotFound|Conflict|ServerError"),
        ),
    ];
    for (responses, (output, failure)) in cases {
        assert_eq!(
            outcome(responses.clone()),
            (output.to_owned(), failure.to_owned()),
            "{responses}"
        );
    }
}

/// The variants of `Choice`, by their names.
fn variants(members: &str) -> Vec<String> {
    let api = planned(&format!("\n  Choice:\n    anyOf: [{members}]\n"));
    let mut names: Vec<String> = boxed(&api, "Choice")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    names.sort();
    names
}

#[test]
fn variants_without_a_name_are_called_by_what_tells_them_apart() {
    let members = [
        "{type: object, required: [url, id], properties: {id: {type: string}, url: {type: string}, size: {type: integer}}}",
        "{type: object, required: [id], properties: {id: {type: string}, pages: {type: integer}, authors: {type: string}}}",
        "{type: string, enum: [now, later]}",
        "{type: integer, enum: [1, 2]}",
        "{type: array, items: {type: string}}",
    ];
    let expected = ["Authors", "Code", "Keyword", "List", "Url"];
    assert_eq!(variants(&members.join(", ")), expected);
    let mut turned = members;
    turned.reverse();
    assert_eq!(variants(&turned.join(", ")), expected);
}

#[test]
fn the_only_object_and_the_only_value_say_so() {
    let members = "{type: object, properties: {a: {type: string}}}, {type: string, enum: ['']}";
    assert_eq!(variants(members), ["Empty", "Object"]);
    let api = planned(&format!("\n  Choice: {{oneOf: [{members}]}}\n"));
    let names = api.items.iter().map(|item| item.name.rust.as_str());
    let names: Vec<&str> = names.collect();
    assert_eq!(names, ["Choice", "ChoiceObject", "ChoiceEmpty"]);
}

#[test]
fn variables_belong_to_schemes_of_their_kind() {
    let document = "openapi: 3.0.3
info: {title: t, version: v}
paths: {}
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: X-Key}
";
    let with = |env: &str| {
        let config = crate::config::parse(&format!("[env]\n{env}\n")).expect("a configuration");
        plan_with(document, config)
    };
    let (api, _) = with("basic = { username = \"USER\", password = \"PASSWORD\" }");
    let schemes = api.expect("a plan").schemes;
    assert_eq!(schemes[0].variables, ["USER", "PASSWORD"]);
    assert!(schemes[1].variables.is_empty());
    for (env, message) in [
        (
            "basic = \"USER\"",
            "`basic`, which is one of username and password",
        ),
        (
            "key = { username = \"A\", password = \"B\" }",
            "`key`, which has neither username nor password",
        ),
        (
            "key = \"A=B\"",
            "`key`, which has no name of a variable there",
        ),
        ("kee = \"KEY\"", "`kee`, which is none of the document"),
    ] {
        let (_, report) = with(env);
        let found = report.diagnostics().iter();
        let found: Vec<&str> = found.map(|one| one.message.as_str()).collect();
        let expected = format!("`[env]` names the security scheme {message}");
        assert_eq!(found, [expected]);
    }
}

/// The dependencies that a schema with this `x-rust-type` brings, the type that
/// it becomes, and what is said of it.
fn replaced(rust_type: &str, config: &str) -> (Vec<String>, Option<String>, Vec<String>) {
    let schemas = format!(
        "\n  A: {{type: object, required: [a], properties: {{a: {{type: string, x-rust-type: {rust_type}}}}}}}\n"
    );
    let config = crate::config::parse(config).expect(config);
    let (api, report) = plan_with(&document(&schemas), config);
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let ItemKind::Struct(structure) = kind(&api, "A") else {
        panic!()
    };
    let ty = match &structure.fields[0].ty {
        Type::Foreign(path) => Some(path.clone()),
        _ => None,
    };
    let said = report.diagnostics().iter();
    let help = said.filter_map(|finding| finding.help.clone()).collect();
    (api.package.dependencies.into_keys().collect(), ty, help)
}

#[test]
fn a_document_names_types_and_adds_no_dependency() {
    let written = "{crate: evil-crate, version: '=1.2', path: 'evil_crate::Money'}";
    let (dependencies, ty, help) = replaced(written, "");
    assert!(dependencies.is_empty() && ty.is_none());
    assert!(help[0].ends_with("`evil-crate = \"=1.2\"`"), "{help:?}");
    // The configuration decides, and says which version.
    let (dependencies, ty, help) = replaced(written, "[dependencies]\nevil-crate = '2'\n");
    assert_eq!(dependencies, ["evil-crate"]);
    assert_eq!(ty.as_deref(), Some("evil_crate::Money"));
    assert!(help.is_empty());
    for written in [
        "{crate: serde_json, version: '99', path: 'serde_json::Value'}",
        "{crate: uuid, version: '=0.1.0', path: 'uuid::Uuid'}",
    ] {
        let (dependencies, ty, _) = replaced(written, "");
        assert!(dependencies.is_empty() && ty.is_some(), "{written}");
    }
    for written in [
        "{crate: evil, version: '1', path: String}",
        "{crate: evil, version: '1'}",
        "{crate: '', version: '1', path: 'evil::X'}",
        "{crate: std, version: '1', path: 'evil::X'}",
        "{crate: \"evil\\n[lib]\", version: '1', path: 'evil::X'}",
        "{crate: evil, version: \"1\\n\", path: 'evil::X'}",
        "{crate: evil, version: 'not a version!!', path: 'evil::X'}",
        "evil::X",
    ] {
        let (dependencies, ty, help) = replaced(written, "");
        assert!(dependencies.is_empty() && ty.is_none(), "{written}");
        assert!(!help.is_empty(), "{written}");
        assert!(!help.iter().any(|help| help.contains('\n')), "{help:?}");
    }
}

#[test]
fn paths_of_types_hold_nothing_but_types() {
    for path in [
        "std::X<env!(\"HOME\")>",
        "std::X<{ evil() }>",
        "std::X<{ include_str!(\"/etc/passwd\") }>",
        "std::X<[u8; env!(\"N\").len()]>",
        "std::X<fn(u8) -> u8>",
        "std::X<impl Copy>",
        "std::X<dyn Send>",
        "std::X<'a>",
        "std::X<A = u8>",
        "std::X<std::Y<env!(\"HOME\")>>",
        "std::ops::Fn(u8)",
        "<std::X as std::Y>::Z",
        "std::env!(\"HOME\")",
        "std::X // a comment",
        "std::X/*",
        "std::\nX",
        "crate::X",
        "super::X",
        "std::X<crate::Y>",
        "std::X<evil::Y>",
        "std::X<Unknown>",
        "alloc::string::String",
        "String",
        "",
    ] {
        let written = format!("{:?}", path);
        let (_, ty, help) = replaced(&written, "");
        assert!(ty.is_none() && help.len() == 1, "{path}");
    }
    for path in [
        "std::ops::Range<u32>",
        "std::collections::HashMap<String, Vec<std::num::NonZeroU8>>",
        "std::borrow::Cow<'static, str>",
        "std::array::IntoIter<u8, 4>",
        "::std::string::String",
    ] {
        let (_, ty, _) = replaced(&format!("{path:?}"), "");
        assert_eq!(ty.as_deref(), Some(path));
    }
}

#[test]
fn texts_in_a_charset_that_is_not_supported_are_reported() {
    let body = |charset: &str| {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody:\n        content:\n          'text/plain; charset={charset}': {{schema: {{type: string}}}}\n      responses: {{'204': {{description: d}}}}\n"
        );
        let (_, report) = plan_with(&document, crate::config::parse("").unwrap());
        let findings = report.diagnostics().iter();
        findings
            .filter(|finding| finding.message.contains("charset"))
            .map(|finding| (finding.code.name(), finding.message.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(body("iso-8859-1"), []);
    assert_eq!(
        body("koi8-r"),
        [(
            "unsupported",
            "no text can be sent in the charset `koi8-r`, so every call with this body fails"
                .to_owned()
        )]
    );
}
