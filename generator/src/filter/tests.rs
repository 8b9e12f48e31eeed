//! What is left out, what stays, and what is said about it.

use crate::config;
use crate::source::Input;
use crate::{Outcome, Request, generate};

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /pets:
    get: {operationId: list_pets, tags: [pets], responses: {'200': {$ref: '#/components/responses/Pets'}}}
    post: {operationId: make_pet, tags: [pets, admin], responses: {'204': {description: Done.}}}
  /pets/{id}/photo:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      operationId: set_photo
      tags: [pets]
      servers: [{url: 'https://{unsupported}.example.com'}]
      parameters: [{name: x, in: query, style: nonsense, schema: {$ref: '#/components/schemas/Odd'}}]
      responses: {'204': {description: Done.}}
  /owners:
    get: {tags: [owners], responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}}}
components:
  responses:
    Pets: {description: Pets., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
    Lost: {description: Lost., content: {application/json: {schema: {$ref: '#/components/schemas/Lost'}}}}
  schemas:
    Pet: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}, name: {$ref: '#/components/schemas/Name'}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {$ref: '#/components/schemas/Lives'}}}]}
    Kitten: {allOf: [{$ref: '#/components/schemas/Cat'}]}
    Lives: {type: object, properties: {left: {type: integer}}}
    Name: {type: string}
    Owner: {type: object, properties: {name: {$ref: '#/components/schemas/Name'}}}
    Lost: {type: object, properties: {lost: {$ref: '#/components/schemas/Lost'}}}
    Odd: {type: nonsense}
";

fn made(config: &str) -> Outcome {
    generate(&Request {
        inputs: vec![Input {
            path: "openapi.yaml".to_owned(),
            text: DOCUMENT.into(),
        }],
        config: config::parse(config).unwrap(),
        ..Request::default()
    })
}

/// The calls and types of the client, and what is said about it.
fn client(config: &str) -> (String, String) {
    let outcome = made(config);
    let said: Vec<String> = outcome
        .report
        .diagnostics()
        .iter()
        // What a client makes of hierarchies is told elsewhere.
        .filter(|finding| !finding.message.contains("discriminator"))
        .map(|finding| {
            let help = finding.help.clone().unwrap_or_default();
            format!("{}: {}", finding.message, help)
        })
        .collect();
    let surface = outcome.surface.map(|surface| {
        let calls = surface.operations.iter().map(|it| it.call.clone());
        let types = surface.types.iter().map(|it| {
            let (_, name) = it.rust.rsplit_once(':').unwrap();
            name.to_owned()
        });
        let skipped = surface
            .skipped
            .iter()
            .map(|it| format!("-{}: {}", it.id, it.reason));
        calls
            .chain(types)
            .chain(skipped)
            .collect::<Vec<_>>()
            .join("\n")
    });
    (surface.unwrap_or_default(), said.join("\n"))
}

#[test]
fn a_filter_leaves_operations_and_their_types_out_and_says_nothing_of_them() {
    let (client, said) = client(
        "[include]\ntags = [\"pets\"]\n[exclude]\noperations = [\"set_*\"]\npaths = [\"/own*\"]\n",
    );
    assert_eq!(said, "");
    assert!(
        client.starts_with("client.pets().list_pets\nclient.pets().make_pet\n"),
        "{client}"
    );
    assert!(
        client.ends_with(
            "-GET /owners: `[exclude]` names the path `/own*`
-set_photo: `[exclude]` names the operationId `set_*`"
        ),
        "{client}"
    );
    // The heirs of what is reached, and what those lead to, are reached.
    for there in ["\nPet\n", "\nName\n", "\nCat\n", "\nKitten\n", "\nLives\n"] {
        assert!(client.contains(there), "{there} in {client}");
    }
    for gone in ["\nOwner", "\nLost", "\nOdd"] {
        assert!(!client.contains(gone), "{gone} in {client}");
    }
}

#[test]
fn paths_and_ids_and_methods_choose_too() {
    let (client, _) = client("[include]\npaths = [\"/owners\"]\n");
    assert!(
        client.starts_with(
            "client.owners().get_owners\nName\nOwner\n-list_pets: `[include]` does not name it\n"
        ),
        "{client}"
    );
    let (client, said) = self::client(
        "[skip]\nset_photo = \"odd\"\n\"GET /owners\" = \"not ours\"\n[include]\npaths = [\"/**\"]\n",
    );
    assert_eq!(said, "");
    assert!(
        client.ends_with("Pet\nPetBase\n-GET /owners: not ours\n-set_photo: odd"),
        "{client}"
    );
}

#[test]
fn types_can_be_kept_or_pruned_whatever_the_filter() {
    let (client, _) = client("schemas = \"reached\"\n[skip]\nset_photo = \"odd\"\n");
    assert!(
        client.contains("Owner") && !client.contains("Lost"),
        "{client}"
    );
    let (_, said) = self::client("schemas = \"all\"\n[include]\npaths = [\"/owners\"]\n");
    assert!(said.contains("nonsense"), "{said}");
}

#[test]
fn what_matches_nothing_is_an_error_that_shows_what_was_meant() {
    let (client, said) = client(
        "[include]\ntags = [\"pets\", \"ownrs\"]\n[exclude]\npaths = [\"/pets/*\"]\noperations = [\"set_photos\"]\n",
    );
    assert_eq!(client, "");
    assert!(
        said.contains(
            "`include.tags` matches no operation of the document: `ownrs`: did you mean `owners`?"
        ),
        "{said}"
    );
    // One star does not cross a slash.
    assert!(
        said.contains("`exclude.paths` matches no operation of the document: `/pets/*`: "),
        "{said}"
    );
    assert!(said.contains("`exclude.operations` matches no operation of the document: `set_photos`: did you mean `set_photo`?"), "{said}");
}

#[test]
fn a_pin_of_what_is_left_out_is_no_error_and_one_of_nothing_is() {
    let config = |pointer: &str| {
        format!(
            "[include]\ntags = [\"pets\"]\n[exclude]\noperations = [\"set_photo\"]\n[pins]\n\"{pointer}\" = \"Keeper\"\n"
        )
    };
    for gone in [
        "#/components/schemas/Owner",
        "#/components/schemas/Owner/properties/name",
        "#/paths/~1owners/get",
    ] {
        let (_, said) = client(&config(gone));
        assert_eq!(said, "", "{gone}");
    }
    for (wrong, why) in [
        ("#/components/schemas/Onwer", "does not have"),
        ("#/info", "has no name of its own"),
    ] {
        let (_, said) = client(&config(wrong));
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn stars_stand_for_texts() {
    use super::pattern::fits;
    for (pattern, text, expected) in [
        ("/a/*", "/a/b", true),
        ("/a/*", "/a/b/c", false),
        ("/a/**", "/a/b/c", true),
        ("**/c", "/a/b/c", true),
        ("/a/*/c", "/a/{b}/c", true),
        ("/a", "/a/b", false),
        ("*", "", true),
        ("", "", true),
        ("", "a", false),
        ("a*b*c", "a1b2c", true),
        ("a*b*c", "a1c2b", false),
    ] {
        assert_eq!(fits(pattern, text, Some('/')), expected, "{pattern} {text}");
    }
    let many = "*a".repeat(200);
    assert!(!fits(&many, &"a".repeat(150), None));
}
