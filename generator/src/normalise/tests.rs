//! What schemas amount to: merged, uniform, with nothing dropped in silence.

use crate::diagnostic::Severity;
use crate::model::{Api, ItemKind, Presence, Struct, Type};
use crate::test_support::plan;

fn planned(schemas: &str) -> Api {
    let (api, report) = plan(schemas);
    api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()))
}

fn item<'a>(api: &'a Api, name: &str) -> &'a ItemKind {
    let item = api.items.iter().find(|item| item.name.rust == name);
    &item.unwrap_or_else(|| panic!("no {name}")).kind
}

fn structure<'a>(api: &'a Api, name: &str) -> &'a Struct {
    match item(api, name) {
        ItemKind::Struct(structure) => structure,
        other => panic!("{other:?}"),
    }
}

fn fields(api: &Api, name: &str) -> Vec<(String, Presence)> {
    structure(api, name)
        .fields
        .iter()
        .map(|field| (field.wire.clone(), field.presence))
        .collect()
}

/// Code, severity and message of every finding.
fn findings(schemas: &str) -> Vec<String> {
    plan(schemas)
        .1
        .diagnostics()
        .iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            format!("{severity}[{}]: {}", finding.code, finding.message)
        })
        .collect()
}

#[test]
fn all_of_is_merged_with_what_stands_beside_it() {
    let api = planned(
        "
  Base: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}
  Whole:
    allOf:
      - $ref: '#/components/schemas/Base'
      - {type: object, properties: {name: {type: string}}}
    required: [name, note]
    properties: {extra: {type: integer}}
",
    );
    use Presence::{Optional, Required};
    assert_eq!(
        fields(&api, "Whole"),
        [
            ("id".to_owned(), Required),
            ("note".to_owned(), Required),
            ("name".to_owned(), Required),
            ("extra".to_owned(), Optional),
        ]
    );
}

#[test]
fn a_property_in_two_members_is_merged_too() {
    let api = planned(
        "
  Whole:
    allOf:
      - {type: object, properties: {inner: {type: object, properties: {a: {type: string}}}}}
      - {type: object, properties: {inner: {type: object, properties: {b: {type: string}}}}}
",
    );
    let names: Vec<String> = fields(&api, "WholeInner")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn one_member_and_annotations_are_the_member_itself() {
    let api = planned(
        "
  Pet: {type: object, properties: {name: {type: string}}}
  Owner:
    type: object
    required: [first, second]
    properties:
      first: {allOf: [{$ref: '#/components/schemas/Pet'}], description: The first.}
      second: {allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}
",
    );
    let owner = structure(&api, "Owner");
    let pet = api.items.iter().position(|item| item.name.rust == "Pet");
    for field in &owner.fields {
        assert!(
            matches!(field.ty, Type::Item(id) if Some(id.0) == pet),
            "{field:?}"
        );
    }
    assert_eq!(owner.fields[0].docs.text.as_deref(), Some("The first."));
    assert_eq!(owner.fields[0].presence, Presence::Required);
    assert_eq!(owner.fields[1].presence, Presence::RequiredNullable);
}

#[test]
fn recursive_schemas_can_be_merged() {
    let api = planned(
        "
  A: {type: object, properties: {child: {$ref: '#/components/schemas/A'}}}
  B: {type: object, properties: {child: {$ref: '#/components/schemas/B'}, name: {type: string}}}
  Both: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
",
    );
    let names: Vec<String> = fields(&api, "Both")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["child", "name"]);
}

#[test]
fn a_schema_made_of_itself_is_taken_without_itself() {
    let found = findings("  A: {allOf: [{$ref: '#/components/schemas/A'}]}\n");
    assert_eq!(
        found,
        ["warning[circular-reference]: `allOf` leads back to itself"]
    );
    let found = findings(
        "  A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}\n  B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}\n",
    );
    assert!(
        found
            .iter()
            .all(|finding| finding.starts_with("warning[circular-reference]")),
        "{found:?}"
    );
    assert!(!found.is_empty());
    let found = findings(
        "  A: {oneOf: [{$ref: '#/components/schemas/B'}]}\n  B: {oneOf: [{$ref: '#/components/schemas/A'}]}\n",
    );
    assert!(
        !found.is_empty()
            && found
                .iter()
                .all(|finding| finding.starts_with("warning[circular-reference]")),
        "{found:?}"
    );
}

#[test]
fn types_that_exclude_each_other_are_reported() {
    assert_eq!(
        findings("  A: {allOf: [{type: string}, {type: integer}]}\n"),
        ["warning[contradiction]: `allOf` asks for String and Integer at once, which no value is"]
    );
}

#[test]
fn null_among_the_members_makes_a_union_nullable() {
    let api = planned(
        "
  A:
    type: object
    required: [a]
    properties:
      a: {oneOf: [{type: string}, {enum: [null]}]}
",
    );
    assert_eq!(
        fields(&api, "A"),
        [("a".to_owned(), Presence::RequiredNullable)]
    );
}

#[test]
fn members_beside_properties_get_the_properties() {
    let api = planned(
        "
  A:
    type: object
    required: [id]
    properties: {id: {type: string}}
    oneOf:
      - {title: Left, type: object, required: [left], properties: {left: {type: string}}}
      - {title: Right, type: object, required: [right], properties: {right: {type: string}}}
",
    );
    let names: Vec<String> = fields(&api, "ALeft")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["id", "left"]);
    let ItemKind::Union(union) = item(&api, "A") else {
        panic!()
    };
    let names: Vec<&str> = union
        .variants
        .iter()
        .map(|variant| variant.name.rust.as_str())
        .collect();
    assert_eq!(names, ["Left", "Right"]);
}

#[test]
fn what_only_narrows_is_reported() {
    let found = findings(
        "
  A:
    type: object
    properties: {a: {type: string}, b: {type: string}}
    oneOf: [{required: [a]}, {required: [b]}]
  B: {type: object, required: [missing], properties: {a: {type: string}}}
  C: {enum: [1.5, two]}
  D: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
",
    );
    assert_eq!(
        found,
        [
            "warning[no-effect]: `oneOf` has no effect: its members only say which properties must be present",
            "warning[contradiction]: `required` names `missing`, which is not among the properties",
            "warning[no-effect]: `enum` has no effect: its values are neither all strings nor all integers",
            "warning[no-effect]: `discriminator` has no effect: there is no `oneOf` or `anyOf` beside it, and no schema builds on this one",
        ]
    );
}

#[test]
fn strings_of_any_of_are_one_open_enum() {
    let api = planned("  A: {anyOf: [{type: string, enum: [x, y]}, {type: string}]}\n");
    let ItemKind::StringEnum(values) = item(&api, "A") else {
        panic!()
    };
    assert_eq!(values.variants.len(), 2);
}

#[test]
fn a_choice_that_holds_itself_beside_properties_ends() {
    let found = findings(
        "
  A:
    type: object
    properties: {x: {type: string}}
    oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
  B:
    type: object
    properties: {y: {type: string}}
    anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
  C: {type: object, properties: {z: {type: string}}}
",
    );
    assert!(
        !found.is_empty()
            && found
                .iter()
                .all(|finding| finding.starts_with("warning[circular-reference]")),
        "{found:?}"
    );
}
