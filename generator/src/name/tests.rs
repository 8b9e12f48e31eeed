//! Names are readable, legal, and do not depend on what they do not collide
//! with.

use super::{Case, identifier};
use crate::test_support::{plan, types};

#[test]
fn identifiers_are_readable() {
    let table = [
        ("display_name", "DisplayName", "display_name"),
        ("google-workspace", "GoogleWorkspace", "google_workspace"),
        ("X-Rate-Limit", "XRateLimit", "x_rate_limit"),
        ("24h", "N24h", "n24h"),
        ("+1", "Plus1", "plus_1"),
        ("-1", "Minus1", "minus_1"),
        ("-created", "MinusCreated", "minus_created"),
        (">=", "GreaterEqual", "greater_equal"),
        ("", "Empty", "empty"),
        ("  ", "Empty", "empty"),
        ("*", "Star", "star"),
        ("self", "Self_", "self_"),
        ("type", "Type", "type"),
        ("größe", "Größe", "größe"),
        ("☃", "U2603", "u2603"),
        ("👍", "U1f44d", "u1f44d"),
        ("имя пользователя", "ИмяПользователя", "имя_пользователя"),
        ("名前", "名前", "名前"),
        // Composed or not, it is the same letter and the same identifier.
        ("e\u{301}", "É", "é"),
        ("x²", "X", "x"),
        ("a\u{202e}b\u{0}c", "ABC", "a_b_c"),
        ("1.10", "N1_10", "n1_10"),
        ("2024-01-01", "N2024_01_01", "n2024_01_01"),
        ("date>", "DateGreater", "date_greater"),
        (">=5", "GreaterEqual5", "greater_equal_5"),
        ("reactions +1", "ReactionsPlus1", "reactions_plus_1"),
        ("--flag", "Flag", "flag"),
        ("a - b", "AB", "a_b"),
        ("filter[name]", "FilterName", "filter_name"),
        ("ids[]", "Ids", "ids"),
        ("$ref", "Ref", "ref"),
        ("Foo[Bar]", "FooBar", "foo_bar"),
        ("Foo«Bar»", "FooBar", "foo_bar"),
        ("github.com/x/y.Z", "GithubComXYZ", "github_com_x_y_z"),
        ("C++", "CPlusPlus", "c_plus_plus"),
        ("GitHub", "GitHub", "github"),
        ("GitHubAppId", "GitHubAppId", "github_app_id"),
        ("myGitHubApp", "MyGitHubApp", "my_github_app"),
        ("OAuth2", "OAuth2", "oauth2"),
        ("oAuthToken", "OAuthToken", "oauth_token"),
        ("OpenIDConnect", "OpenIdConnect", "openid_connect"),
        ("GraphQL query", "GraphQlQuery", "graphql_query"),
        ("YouTube", "YouTube", "youtube"),
        ("PayPal", "PayPal", "paypal"),
        ("LinkedIn", "LinkedIn", "linkedin"),
        ("SSOAuth", "SsoAuth", "sso_auth"),
        ("videoAuth", "VideoAuth", "video_auth"),
        ("OpenId", "OpenId", "openid"),
        ("openIdConnectUrl", "OpenIdConnectUrl", "openid_connect_url"),
        ("OpenIdentity", "OpenIdentity", "open_identity"),
    ];
    for (text, pascal, snake) in table {
        assert_eq!(identifier(text, Case::Pascal), pascal, "{text:?}");
        assert_eq!(identifier(text, Case::Snake), snake, "{text:?}");
    }
}

#[test]
fn long_names_are_cut_and_still_differ() {
    let long = "word ".repeat(100_000);
    let other = format!("{long}x");
    for case in [Case::Pascal, Case::Snake] {
        let name = identifier(&long, case);
        assert!(name.len() <= 100, "{name}");
        assert!(name.to_lowercase().starts_with("word"), "{name}");
        assert_ne!(name, identifier(&other, case));
        assert_eq!(name, identifier(&long, case));
    }
}

#[test]
fn whatever_a_text_holds_its_identifier_is_one() {
    for number in 0..0x3000 {
        let Some(character) = char::from_u32(number) else {
            continue;
        };
        for text in [format!("{character}"), format!("a{character}1")] {
            for case in [Case::Pascal, Case::Snake] {
                let name = identifier(&text, case);
                let raw = if super::is_keyword(&name) {
                    format!("r#{name}")
                } else {
                    name.clone()
                };
                assert!(
                    syn::parse_str::<syn::Ident>(&raw).is_ok(),
                    "{text:?} became {name:?}"
                );
            }
        }
    }
}

const PLAIN: &str = "
  foo-bar: {type: object, properties: {a: {type: object, properties: {x: {type: string}}}}}
  Other: {type: object, properties: {b: {type: string, enum: [x, y]}}}
";

#[test]
fn adding_an_item_renames_nothing_that_it_does_not_collide_with() {
    let before = types(PLAIN);
    for added in [
        "  Extra: {type: string}",
        "  Aardvark: {type: object, properties: {a: {type: string, enum: [a]}}}",
    ] {
        let after = types(&format!("{PLAIN}{added}\n"));
        for (pointer, name) in &before {
            assert_eq!(after.get(pointer), Some(name), "{pointer}");
        }
    }
}

#[test]
fn a_collision_renames_one_of_the_two_alone_and_says_how_to_choose() {
    let (api, report) = plan(&format!("{PLAIN}  FooBar: {{type: string}}\n"));
    let names = types(&format!("{PLAIN}  FooBar: {{type: string}}\n"));
    // The one that is written as in Rust keeps its name, whatever the order.
    assert_eq!(names["#/components/schemas/FooBar"], "FooBar");
    assert_eq!(names["#/components/schemas/foo-bar"], "FooBar2");
    assert_eq!(names["#/components/schemas/Other"], "Other");
    let finding = report
        .diagnostics()
        .iter()
        .find(|finding| finding.code.name() == "name-collision");
    let help = finding.and_then(|finding| finding.help.clone()).unwrap();
    assert!(
        help.contains("\"#/components/schemas/foo-bar\" = "),
        "{help}"
    );
    assert!(api.is_some());
}

#[test]
fn the_order_of_a_document_does_not_decide_names() {
    let one = types(
        "
  a-b: {type: string}
  a_b: {type: string}
  a.b: {type: string}
",
    );
    let other = types(
        "
  a.b: {type: string}
  a_b: {type: string}
  a-b: {type: string}
",
    );
    assert_eq!(one, other);
}

#[test]
fn a_numbered_name_avoids_what_others_are_called() {
    let names = types(
        "
  FooBar: {type: string}
  foo-bar: {type: string}
  FooBar2: {type: string}
",
    );
    assert_eq!(names["#/components/schemas/FooBar"], "FooBar");
    assert_eq!(names["#/components/schemas/FooBar2"], "FooBar2");
    assert_eq!(names["#/components/schemas/foo-bar"], "FooBar3");
}

#[test]
fn types_never_hide_those_of_the_prelude() {
    let names = types(
        "
  Option: {type: object, properties: {a: {type: string}}}
  String: {type: string}
",
    );
    assert_eq!(names["#/components/schemas/Option"], "OptionSchema");
    assert_eq!(names["#/components/schemas/String"], "StringSchema");
}

#[test]
fn an_inline_type_is_named_after_where_it_was_written_and_not_who_refers_to_it() {
    let names = types(
        "
  Zoo: {type: object, properties: {keeper: {type: object, properties: {name: {type: string}}}}}
  Aviary: {type: object, properties: {warden: {$ref: '#/components/schemas/Zoo/properties/keeper'}}}
",
    );
    assert_eq!(
        names["#/components/schemas/Zoo/properties/keeper"],
        "ZooKeeper"
    );
}

/// The calls of a document with these paths, by operationId.
fn calls(paths: &str) -> (std::collections::BTreeMap<String, String>, String) {
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}");
    let (_, report) = crate::test_support::plan_document(&text);
    let calls = crate::test_support::surface(&text).operations;
    let said = format!("{:?}", report.diagnostics());
    (calls.into_iter().map(|it| (it.id, it.call)).collect(), said)
}

const DONE: &str = "responses: {'204': {description: Done.}}";

#[test]
fn an_operation_does_not_repeat_its_namespace() {
    let (calls, _) = calls(&format!(
        "
  /a:
    get: {{operationId: repos/get-page, tags: [repos], {DONE}}}
    put: {{operationId: repos.list, tags: [repos], {DONE}}}
    post: {{operationId: Repos_List, tags: [repos], {DONE}}}
    patch: {{operationId: repos_by_id, tags: [repos], {DONE}}}
    head: {{operationId: repos_new, tags: [repos], {DONE}}}
    delete: {{operationId: reposRemove, tags: [repos], {DONE}}}
  /repos/{{id}}:
    get: {{tags: [repos], parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {DONE}}}
"
    ));
    let expected = [
        ("repos/get-page", "client.repos().get_page"),
        // Both would be `list`.
        ("repos.list", "client.repos().repos_list_2"),
        ("Repos_List", "client.repos().repos_list"),
        ("repos_by_id", "client.repos().repos_by_id"),
        ("repos_new", "client.repos().repos_new"),
        ("reposRemove", "client.repos().repos_remove"),
        ("GET /repos/{id}", "client.repos().get_repos_by_id"),
    ];
    for (id, call) in expected {
        assert_eq!(calls[id], call, "{calls:?}");
    }
}

#[test]
fn what_tells_two_names_apart_is_said_before_numbers_are() {
    let names = types(
        "
  id: {type: string}
  '@id': {type: string}
  '#id': {type: string}
",
    );
    assert_eq!(names["#/components/schemas/id"], "Id");
    assert_eq!(names["#/components/schemas/#id"], "HashId");
    let order = "  Order: {type: string, enum: [asc, ASC, Desc, DESC, desc, dESC]}\n";
    let surface = crate::test_support::surface(&crate::test_support::document(order));
    let variants = surface.types[0].variants.iter();
    let variants: Vec<&str> = variants.map(|it| it.rust.as_str()).collect();
    let expected = ["AscLower", "Asc", "Desc", "DescUpper", "DescLower", "DEsc"];
    assert_eq!(variants, expected);
    assert_eq!(names["#/components/schemas/@id"], "AtId");
}

#[test]
fn parameters_of_one_name_are_told_apart_by_where_they_stand() {
    let text = format!(
        "openapi: 3.0.3
info: {{title: T, version: '1'}}
paths:
  /a/{{id}}:
    post:
      operationId: a
      parameters:
        - {{name: id, in: query, schema: {{type: string}}}}
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: ID, in: header, schema: {{type: string}}}}
        - {{name: body, in: query, schema: {{type: string}}}}
      requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}}}
      {DONE}
"
    );
    let (api, _) = crate::test_support::plan_document(&text);
    let operation = &api.unwrap().operations[0];
    let names: Vec<&str> = operation
        .path_parameters
        .iter()
        .chain(&operation.parameters)
        .map(|parameter| parameter.name.rust.as_str())
        .collect();
    assert_eq!(names, ["id", "id_query", "id_header", "body"]);
    let body = operation.body.as_ref().unwrap();
    assert_eq!(body.name.rust, "request_body");
}

/// A document of some size, with its paths and schemas in an order that
/// `order` decides, and without those it drops.
fn shuffled(order: impl Fn(usize) -> Option<usize>, extra: &str) -> String {
    let pick = |all: Vec<String>| {
        let mut kept: Vec<(usize, String)> = all
            .into_iter()
            .enumerate()
            .filter_map(|(index, text)| Some((order(index)?, text)))
            .collect();
        kept.sort();
        let kept: Vec<String> = kept.into_iter().map(|(_, text)| text).collect();
        kept.concat()
    };
    let paths = (0..40).map(|n| {
        let tag = ["zoo", "Pets & Owners", "größe", "☃"][n % 4];
        let schema = format!("{{type: object, properties: {{a{n}: {{type: object, properties: {{b: {{type: string, enum: [x, y]}}}}}}}}}}");
        format!(
            "  /p{n}/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get: {{tags: [{tag}], {DONE}}}
    post: {{operationId: zoo/make-{n}, tags: [{tag}], requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}, {DONE}}}
"
        )
    });
    let schemas = (0..60).map(|n| {
        let odd = ["a.b.C", "x-y ", "Foo[Bar]", "имя", "Option"][n % 5];
        format!(
            "   '{odd}{n}': {{type: object, required: [k, l], properties: {{k: {{type: string, enum: [p, q]}}, l: {{type: array, items: {{type: object, properties: {{m: {{type: string}}}}}}}}}}}}
"
        )
    });
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{}components:\n  schemas:\n{}{extra}",
        pick(paths.collect()),
        pick(schemas.collect()),
    )
}

/// Every public name of a document's client, by where it was written.
fn names(text: &str) -> std::collections::BTreeMap<String, String> {
    let (api, report) = crate::test_support::plan_document(text);
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let mut names = std::collections::BTreeMap::new();
    for item in &api.items {
        let path = format!("{}::{}", item.module, item.name.rust);
        names.insert(item.pointer.clone(), path);
    }
    let modules = api.operations.iter();
    for (operation, module) in modules.map(|it| (it, it.module.join("::"))) {
        let path = format!(
            "{module}::{} {}",
            operation.name.rust, operation.marker.rust
        );
        names.insert(operation.pointer.clone(), path);
    }
    names
}

#[test]
fn adding_removing_and_reordering_items_renames_no_other() {
    let before = names(&shuffled(Some, ""));
    assert!(before.len() > 200, "{}", before.len());
    // Another order: 7 and 60 have no common divisor.
    assert_eq!(names(&shuffled(|n| Some(n * 7 % 60), "")), before);
    assert_eq!(names(&shuffled(|n| Some(1000 - n), "")), before);
    // Fewer items, then more.
    for left_out in 0..5 {
        let fewer = names(&shuffled(|n| (n % 5 != left_out).then_some(n), ""));
        assert!(fewer.len() > 100 && fewer.len() < before.len());
        for (pointer, name) in &fewer {
            assert_eq!(before.get(pointer), Some(name), "{pointer}");
        }
    }
    // An item that collides with one of them renames that one at most.
    let more = names(&shuffled(
        Some,
        "   FooBar2: {type: string}\n   Aardvark: {type: string}\n",
    ));
    let changed: Vec<&String> = before
        .iter()
        .filter(|(pointer, name)| more.get(*pointer) != Some(name))
        .map(|(pointer, _)| pointer)
        .collect();
    let family = "#/components/schemas/Foo[Bar]2";
    assert!(
        changed.iter().all(|pointer| pointer.starts_with(family)),
        "{changed:?}"
    );
}
