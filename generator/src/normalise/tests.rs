//! What schemas amount to: merged, uniform, with nothing dropped in silence.

use crate::diagnostic::Severity;
use crate::model::{Api, ItemKind, Presence, Scalar, Struct, Type};
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

/// The properties of a type: name, presence, type.
fn typed(api: &Api, name: &str) -> Vec<(String, Presence, Type)> {
    structure(api, name)
        .fields
        .iter()
        .map(|field| (field.wire.clone(), field.presence, field.ty.clone()))
        .collect()
}

#[test]
fn required_properties_that_are_not_declared_are_required() {
    use Presence::{Optional, Required};
    let api = planned(
        "
  Plain: {type: object, required: [a], properties: {b: {type: string}}}
  Bare: {required: [a]}
  Closed: {type: object, required: [a], additionalProperties: false}
  Values: {type: object, required: [a], additionalProperties: {type: integer}}
  Sibling:
    allOf:
      - {required: [a, c]}
      - {type: object, properties: {a: {type: boolean}}}
  Narrowed:
    type: object
    properties: {a: {type: string}, b: {type: string}}
    anyOf: [{required: [a]}, {required: [b]}, {required: [c]}]
",
    );
    let any = || Type::Scalar(Scalar::Any);
    let field = |name: &str, presence, ty| (name.to_owned(), presence, ty);
    let text = |name: &str| field(name, Optional, Type::Scalar(Scalar::String));
    assert_eq!(
        typed(&api, "Plain"),
        [text("b"), field("a", Required, any())]
    );
    assert_eq!(typed(&api, "Bare"), [field("a", Required, any())]);
    assert_eq!(typed(&api, "Closed"), [field("a", Required, any())]);
    assert_eq!(
        typed(&api, "Values"),
        [field("a", Required, Type::Scalar(Scalar::I64))]
    );
    assert_eq!(
        typed(&api, "Sibling"),
        [
            field("a", Required, Type::Scalar(Scalar::Bool)),
            field("c", Required, any())
        ]
    );
    assert_eq!(typed(&api, "Narrowed"), [text("a"), text("b")]);
}

#[test]
fn required_discriminators_that_are_not_declared_are_strings() {
    let api = planned(
        "
  Pet:
    oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
    discriminator: {propertyName: kind}
  Cat: {type: object, required: [kind]}
  Dog: {type: object, properties: {kind: {type: string, enum: [Dog]}}}
  Animal: {type: object, required: [kind], discriminator: {propertyName: kind}}
  Cow: {allOf: [{$ref: '#/components/schemas/Animal'}, {properties: {milk: {type: integer}}}]}
",
    );
    for name in ["Cat", "AnimalBase", "Cow"] {
        let kind = &typed(&api, name)[0];
        let text = Type::Scalar(Scalar::String);
        assert_eq!(
            *kind,
            ("kind".to_owned(), Presence::Required, text),
            "{name}"
        );
    }
}

#[test]
fn a_default_mapping_is_one_of_the_members() {
    let document = |version: &str, target: &str| {
        crate::test_support::document(&format!(
            "
  Pet:
    oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
    discriminator: {{propertyName: kind, defaultMapping: {target}}}
  Cat: {{type: object, properties: {{kind: {{type: string}}}}}}
  Dog: {{type: object, properties: {{kind: {{type: string}}}}}}
  Cow: {{type: object, properties: {{kind: {{type: string}}}}}}
"
        ))
        .replace("3.0.3", version)
    };
    let default = |version: &str, target: &str| {
        let (api, report) = crate::test_support::plan_document(&document(version, target));
        let api = api.expect("a plan");
        let ItemKind::Union(pet) = item(&api, "Pet") else {
            panic!()
        };
        let default = pet.variants.iter().find(|variant| variant.default);
        let messages = report.diagnostics().iter();
        (
            default.map(|variant| variant.name.rust.clone()),
            messages
                .map(|finding| finding.message.clone())
                .collect::<Vec<_>>(),
        )
    };
    for target in ["Dog", "'#/components/schemas/Dog'"] {
        assert_eq!(default("3.2.0", target), (Some("Dog".to_owned()), vec![]));
    }
    let unknown = "`defaultMapping` is not a key of a discriminator object";
    for version in ["3.0.3", "3.1.0"] {
        assert_eq!(default(version, "Dog"), (None, vec![unknown.to_owned()]));
    }
    let missing = "`defaultMapping` names a schema that is not among the members";
    assert_eq!(default("3.2.0", "Cow"), (None, vec![missing.to_owned()]));
    let nowhere = "the mapping's `Gone` names no schema";
    assert_eq!(default("3.2.0", "Gone"), (None, vec![nowhere.to_owned()]));
}

/// The plan of component schemas of a 3.1 document, and what is said of them.
fn planned_3_1(schemas: &str) -> (Api, Vec<String>) {
    let document = crate::test_support::document(schemas).replace("3.0.3", "3.1.0");
    let (api, report) = crate::test_support::plan_document(&document);
    let messages = report.diagnostics().iter();
    let messages = messages.map(|finding| finding.message.clone()).collect();
    (api.expect("a plan"), messages)
}

#[test]
fn properties_under_a_condition_are_optional() {
    use Presence::{Optional, Required};
    let (api, _) = planned_3_1(
        "
  Base: {type: object, properties: {kind: {type: string}}}
  Extra: {type: object, required: [extra], properties: {extra: {type: integer}}}
  Whole:
    allOf:
      - {$ref: '#/components/schemas/Base'}
      - if: {properties: {kind: {const: a}}}
        then: {required: [x], properties: {x: {type: boolean}, both: {type: string}}}
        else: {allOf: [{$ref: '#/components/schemas/Extra'}, {properties: {both: {type: integer}}}]}
    dependentSchemas: {x: {oneOf: [{properties: {y: {type: string}}}, {properties: {z: {type: string}}}]}}
  Bare: {if: {required: [a]}, then: {properties: {b: {type: string}}}}
  Known: {type: object, required: [m], if: {required: [a]}, then: {properties: {m: {type: string}}}}
  Text: {if: {type: integer}, then: {$ref: '#/components/schemas/Number'}}
  Number: {type: integer}
",
    );
    let of = |name: &str| fields(&api, name);
    let all = |names: &[&str]| {
        names
            .iter()
            .map(|name| ((*name).to_owned(), Optional))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("Whole"), all(&["kind", "x", "both", "extra", "y", "z"]));
    assert_eq!(of("Bare"), all(&["b"]));
    assert_eq!(of("Known"), [("m".to_owned(), Required)]);
    let notes = |name: &str| {
        let fields = &structure(&api, "Whole").fields;
        let field = fields.iter().find(|field| field.wire == name);
        field.map(|field| field.docs.notes.clone())
    };
    assert_eq!(
        notes("x"),
        Some(vec!["Only where `kind` is `a`.".to_owned()])
    );
    assert_eq!(
        notes("both"),
        Some(vec![
            "Only where `kind` is `a`, or where `kind` is not `a`.".to_owned()
        ])
    );
    assert_eq!(
        notes("y"),
        Some(vec!["Only where `x` is present.".to_owned()])
    );
    assert!(matches!(item(&api, "WholeBoth"), ItemKind::Union(_)));
    assert!(matches!(item(&api, "Text"), ItemKind::Alias(_)));
}

#[test]
fn a_property_that_always_has_a_type_keeps_it_under_conditions() {
    let (api, messages) = planned_3_1(
        "
  A:
    type: object
    properties: {a: {type: string}, b: {type: number}}
    if: {required: [a]}
    then: {properties: {a: {type: integer}, b: {type: integer}}}
",
    );
    let types: Vec<Type> = structure(&api, "A")
        .fields
        .iter()
        .map(|field| field.ty.clone())
        .collect();
    assert_eq!(
        types,
        [Type::Scalar(Scalar::String), Type::Scalar(Scalar::F64)]
    );
    assert_eq!(
        messages,
        [
            "`if` has no effect on the client",
            "`a` has another type under a condition than it always has: Integer and String",
        ]
    );
}

#[test]
fn conditions_are_unknown_before_3_1() {
    let (api, report) = plan(
        "  A: {type: object, properties: {a: {type: string}}, if: {required: [a]}, then: {properties: {b: {type: string}}}, dependentSchemas: {a: {properties: {c: {}}}}}\n",
    );
    let api = api.expect("a plan");
    assert_eq!(fields(&api, "A"), [("a".to_owned(), Presence::Optional)]);
    let all = report.diagnostics().iter();
    let unknown =
        all.filter(|finding| finding.message.ends_with("is not a key of a schema object"));
    assert_eq!(unknown.count(), 3);
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
        !found.is_empty() && found.iter().all(|finding| finding.starts_with("warning[")),
        "{found:?}"
    );
}

fn variants(api: &Api, name: &str) -> Vec<(String, Option<String>)> {
    let ItemKind::Union(union) = item(api, name) else {
        panic!("{name} is no union")
    };
    union
        .variants
        .iter()
        .map(|variant| (variant.name.rust.clone(), variant.tag.clone()))
        .collect()
}

fn named(variants: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    variants
        .iter()
        .map(|(name, tag)| ((*name).to_owned(), tag.map(str::to_owned)))
        .collect()
}

const FAMILY: &str = "
  Pet:
    type: object
    required: [kind]
    properties: {kind: {type: string}, name: {type: string}}
    discriminator: {propertyName: kind}
  Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
  Lion: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {pride: {$ref: '#/components/schemas/Pet'}}}]}
  Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
";

#[test]
fn a_base_is_a_union_of_what_builds_on_it() {
    let api = planned(FAMILY);
    let expected = [
        ("Base", Some("Pet")),
        ("Cat", Some("Cat")),
        ("Lion", Some("Lion")),
        ("Dog", Some("Dog")),
    ];
    assert_eq!(variants(&api, "Pet"), named(&expected));
    let names = |name: &str| -> Vec<String> {
        let fields = fields(&api, name).into_iter();
        fields.map(|(name, _)| name).collect()
    };
    assert_eq!(names("PetBase"), ["kind", "name"]);
    assert_eq!(names("Lion"), ["kind", "name", "lives", "pride"]);
    // One that only repeats its base is a member of the family, no other name.
    assert_eq!(names("Dog"), ["kind", "name"]);
    // One in the middle is the base of a smaller family.
    let expected = [("Base", Some("Cat")), ("Lion", Some("Lion"))];
    assert_eq!(variants(&api, "Cat"), named(&expected));
    assert!(findings(FAMILY).is_empty());
}

#[test]
fn a_mapping_says_whether_a_base_stands_for_itself() {
    let mapped = |mapping: &str| {
        let text = FAMILY.replace(
            "{propertyName: kind}",
            &format!("{{propertyName: kind, mapping: {mapping}}}"),
        );
        variants(&planned(&text), "Pet")
    };
    let without = mapped("{cat: Cat, lion: Lion}");
    let expected = [("Cat", Some("cat")), ("Lion", Some("lion"))];
    assert_eq!(without, named(&expected));
    let with = mapped("{cat: Cat, plain: Pet, dog: Dog}");
    assert_eq!(with[0], ("Base".to_owned(), Some("plain".to_owned())));
}

#[test]
fn a_choice_between_those_that_build_on_it_is_no_circle() {
    let schemas = "
  Pet:
    type: object
    required: [kind]
    properties: {kind: {type: string}}
    oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
    discriminator: {propertyName: kind}
  Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
  Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {barks: {type: boolean}}}]}
";
    assert!(findings(schemas).is_empty(), "{:?}", findings(schemas));
    let api = planned(schemas);
    let expected = [("Cat", Some("Cat")), ("Dog", Some("Dog"))];
    assert_eq!(variants(&api, "Pet"), named(&expected));
    assert_eq!(fields(&api, "Cat").len(), 2);
}

#[test]
fn members_of_one_family_are_told_apart_by_its_tag() {
    let api = planned(&format!(
        "{FAMILY}  Either: {{oneOf: [{{$ref: '#/components/schemas/Lion'}}, {{$ref: '#/components/schemas/Dog'}}]}}\n"
    ));
    let ItemKind::Union(union) = item(&api, "Either") else {
        panic!()
    };
    assert_eq!(union.tag.as_deref(), Some("kind"));
    let expected = [("Lion", Some("Lion")), ("Dog", Some("Dog"))];
    assert_eq!(variants(&api, "Either"), named(&expected));
}

#[test]
fn tags_come_from_mapping_members_values_and_names() {
    let schemas = "
  Whole:
    oneOf:
      - {$ref: '#/components/schemas/Mapped'}
      - {$ref: '#/components/schemas/Inner'}
      - {type: object, required: [kind], properties: {kind: {type: string, enum: [i, j]}}}
      - {$ref: '#/components/schemas/Named'}
      - {type: string}
    discriminator: {propertyName: kind, mapping: {m: '#/components/schemas/Mapped'}}
  Mapped: {type: object, properties: {kind: {type: string}}}
  Named: {type: object, properties: {kind: {type: string}}}
  Inner:
    oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]
    discriminator: {propertyName: kind, mapping: {'1': '#/components/schemas/One'}}
  One: {type: object, properties: {kind: {type: integer, enum: [1]}}}
  Two: {type: object, properties: {kind: {type: integer, enum: [2]}}}
";
    assert!(findings(schemas).is_empty(), "{:?}", findings(schemas));
    let api = planned(schemas);
    let expected = [
        ("Mapped", Some("m")),
        ("Inner", Some("1")),
        ("I", Some("i")),
        ("Named", Some("Named")),
        ("String", None),
    ];
    assert_eq!(variants(&api, "Whole"), named(&expected));
    let ItemKind::Union(union) = item(&api, "Whole") else {
        panic!()
    };
    assert_eq!(union.variants[1].also, ["2"]);
    assert_eq!(union.variants[2].also, ["j"]);
}

#[test]
fn members_that_say_the_same_are_one() {
    let api = planned(
        "
  Known: {type: string, enum: [a, b]}
  Other: {type: string, enum: [c]}
  Named: {anyOf: [{$ref: '#/components/schemas/Known'}, {type: string}]}
  Both: {anyOf: [{$ref: '#/components/schemas/Known'}, {$ref: '#/components/schemas/Other'}]}
  Same: {anyOf: [{type: string, format: ipv4}, {type: string, format: ipv6}]}
  Times: {anyOf: [{type: string}, {type: string, format: date-time}, {type: string, format: uuid}]}
  Wide: {oneOf: [{type: integer, format: int32}, {type: integer}, {type: integer, enum: [1]}]}
  Described: {oneOf: [{title: Zero, enum: [0], type: integer, description: None.}, {title: One, enum: [1], type: integer}]}
  Flat: {oneOf: [{type: boolean}, {anyOf: [{type: string}, {type: integer, nullable: true}]}, {type: boolean}]}
",
    );
    assert!(matches!(item(&api, "Named"), ItemKind::Alias(_)));
    let both = [("Known", None), ("Other", None)];
    assert_eq!(variants(&api, "Both"), named(&both));
    assert!(matches!(item(&api, "Same"), ItemKind::Alias(_)));
    let times = [("String", None), ("Timestamp", None), ("Uuid", None)];
    assert_eq!(variants(&api, "Times"), named(&times));
    assert!(matches!(item(&api, "Wide"), ItemKind::IntegerEnum(_)));
    let ItemKind::IntegerEnum(described) = item(&api, "Described") else {
        panic!()
    };
    let said: Vec<_> = described
        .variants
        .iter()
        .map(|variant| (variant.name.rust.as_str(), variant.description.as_deref()))
        .collect();
    assert_eq!(said, [("Zero", Some("None.")), ("One", None)]);
    let flat = [("Boolean", None), ("String", None), ("Integer", None)];
    assert_eq!(variants(&api, "Flat"), named(&flat));
}

#[test]
fn null_in_a_variant_is_null_in_the_place() {
    let api = planned(
        "
  A: {type: object, nullable: true, properties: {x: {type: string}}}
  B: {anyOf: [{type: string}, {$ref: '#/components/schemas/A'}]}
  Holder: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}
",
    );
    assert_eq!(
        fields(&api, "Holder"),
        [("b".to_owned(), Presence::RequiredNullable)]
    );
}

#[test]
fn enums_of_all_kinds_have_a_type() {
    let api = planned(
        "
  Mixed: {enum: [auto, 1, 2, false]}
  Texts: {type: integer, enum: ['1', '2']}
  Floats: {type: number, enum: [1.0, 2]}
  Named: {type: integer, enum: [3, 4], x-enum-varnames: [Three, Four], x-enum-descriptions: [The third., '']}
  Mapped: {type: string, enum: [a, b], x-enumDescriptions: {b: The second.}}
  Extensible: {type: string, x-extensible-enum: [x, y]}
  Lists: {type: array, items: {type: string}, enum: [p, q]}
  Huge: {type: integer, enum: [18446744073709551615]}
",
    );
    let mixed = [("String", None), ("Integer", None), ("Boolean", None)];
    assert_eq!(variants(&api, "Mixed"), named(&mixed));
    for name in ["Texts", "Floats", "Named"] {
        assert!(
            matches!(item(&api, name), ItemKind::IntegerEnum(_)),
            "{name}"
        );
    }
    let ItemKind::IntegerEnum(values) = item(&api, "Named") else {
        panic!()
    };
    assert_eq!(values.variants[0].name.rust, "Three");
    assert_eq!(
        values.variants[0].description.as_deref(),
        Some("The third.")
    );
    assert_eq!(values.variants[1].description, None);
    let ItemKind::StringEnum(values) = item(&api, "Mapped") else {
        panic!()
    };
    assert_eq!(
        values.variants[1].description.as_deref(),
        Some("The second.")
    );
    assert!(matches!(item(&api, "Extensible"), ItemKind::StringEnum(_)));
    assert!(matches!(item(&api, "Lists"), ItemKind::Alias(_)));
    assert!(matches!(item(&api, "Huge"), ItemKind::Alias(_)));
}

#[test]
fn contradictions_take_the_reading_that_says_more() {
    let schemas = "
  A:
    allOf:
      - {type: object, properties: {id: {type: string, enum: [a]}, both: {type: object, properties: {x: {type: string}}}}}
      - {type: object, properties: {id: {type: string, enum: [b]}, both: {type: string}}}
";
    let api = planned(schemas);
    let ItemKind::StringEnum(values) = item(&api, "AId") else {
        panic!()
    };
    assert_eq!(values.variants[0].value, "b");
    assert_eq!(fields(&api, "ABoth").len(), 1);
    assert_eq!(
        findings(schemas),
        [
            "warning[contradiction]: `allOf` asks for values of two lists that have none in common",
            "warning[contradiction]: `allOf` asks for Object and String at once, which no value is",
        ]
    );
}

#[test]
fn two_choices_at_once_are_one_inside_the_other() {
    let api = planned(
        "
  A: {type: object, required: [a], properties: {a: {type: string}}}
  B: {type: object, required: [b], properties: {b: {type: string}}}
  C: {type: object, required: [c], properties: {c: {type: string}}}
  D: {type: object, required: [d], properties: {d: {type: string}}}
  Whole:
    allOf:
      - oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
      - oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]
",
    );
    let whole = [("A", None), ("B", None)];
    assert_eq!(variants(&api, "Whole"), named(&whole));
    let inner = [("C", None), ("D", None)];
    assert_eq!(variants(&api, "WholeA"), named(&inner));
    assert_eq!(fields(&api, "WholeAC").len(), 2);
}

#[test]
fn merging_in_circles_ends_and_stays_small() {
    let mut schemas = String::new();
    // Any two of these have every property in common, with another schema.
    for name in 0..12 {
        schemas.push_str(&format!("  S{name}:\n    type: object\n    properties:\n"));
        for property in 0..4 {
            let other = (name * 5 + property * 7 + 1) % 12;
            schemas.push_str(&format!(
                "      p{property}: {{$ref: '#/components/schemas/S{other}'}}\n"
            ));
        }
    }
    schemas.push_str(
        "  All: {allOf: [{$ref: '#/components/schemas/S0'}, {$ref: '#/components/schemas/S1'}]}\n",
    );
    let api = planned(&schemas);
    assert!(api.items.len() < 4096, "{}", api.items.len());
    assert_eq!(fields(&api, "All").len(), 4);
}

#[test]
fn names_of_names_of_oneself_are_any_value() {
    let schemas = "
  A: {$ref: '#/components/schemas/B'}
  B: {allOf: [{$ref: '#/components/schemas/C'}]}
  C: {anyOf: [{$ref: '#/components/schemas/A'}]}
";
    assert!(
        findings(schemas)
            .iter()
            .all(|finding| finding.starts_with("warning[circular-reference]"))
    );
    assert!(!findings(schemas).is_empty());
}

#[test]
fn a_reference_beside_its_own_type_is_that_reference() {
    let api = planned(
        "
  Pet: {type: object, properties: {name: {type: string}}}
  Owner: {type: object, properties: {pet: {type: object, description: Theirs., allOf: [{$ref: '#/components/schemas/Pet'}]}}}
",
    );
    let pet = api.items.iter().position(|item| item.name.rust == "Pet");
    let owner = structure(&api, "Owner");
    assert!(matches!(owner.fields[0].ty, Type::Item(id) if Some(id.0) == pet));
}

#[test]
fn variants_that_nothing_tells_apart_are_reported() {
    let schemas = "
  V4: {type: object, required: [from], properties: {from: {type: string, format: ipv4}, to: {type: string}}}
  V6: {type: object, required: [from], properties: {to: {type: string}, from: {type: string, format: ipv6}}}
  Range: {oneOf: [{$ref: '#/components/schemas/V4'}, {$ref: '#/components/schemas/V6'}]}
  Told: {oneOf: [{$ref: '#/components/schemas/V4'}, {type: object, properties: {from: {type: string}, to: {type: string}}}]}
";
    assert_eq!(
        findings(schemas),
        ["warning[ambiguous-union]: nothing in a value tells `V6` from `V4`"]
    );
}

#[test]
fn secrets_with_known_values_or_without_a_type_are_secrets() {
    let (api, found) = planned_3_1(
        "
  S:
    type: object
    properties:
      a: {type: string, format: password, enum: [x, y]}
      b: {const: x, x-sensitive: true}
      c: {enum: [x, null], format: password}
      d: {x-sensitive: true}
      e: {format: password}
      f: {allOf: [{$ref: '#/components/schemas/Plain'}, {x-sensitive: true}]}
      g: {$ref: '#/components/schemas/Listed', x-sensitive: true}
  Plain: {type: string}
  Listed: {type: string, enum: [x, y]}
",
    );
    for (name, _, ty) in typed(&api, "S") {
        assert_eq!(ty, Type::Scalar(Scalar::Secret), "{name}");
    }
    let known = "the known values of a secret have no effect";
    assert_eq!(
        found.iter().filter(|it| *it == known).count(),
        4,
        "{found:?}"
    );
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn texts_of_several_types_are_secrets_in_all_of_them() {
    for keyword in ["x-sensitive: true", "format: password"] {
        let (api, found) = planned_3_1(&format!(
            "
  S: {{type: object, properties: {{a: {{{keyword}, type: [string, integer]}}}}}}
  U: {{{keyword}, oneOf: [{{type: string}}, {{type: boolean}}]}}
"
        ));
        assert!(found.is_empty(), "{keyword}: {found:?}");
        for name in ["SA", "U"] {
            let ItemKind::Union(union) = item(&api, name) else {
                panic!("{keyword}: {name}");
            };
            let first = &union.variants[0].ty;
            assert_eq!(*first, Type::Scalar(Scalar::Secret), "{keyword}: {name}");
        }
    }
}

#[test]
fn values_that_cannot_be_kept_secret_are_reported() {
    for (schema, kind) in [
        ("type: integer", "integers"),
        ("type: number", "numbers"),
        ("type: boolean", "booleans"),
        ("type: array, items: {type: string}", "arrays"),
        ("type: object", "objects"),
        ("type: integer, enum: [1, 2]", "integers"),
    ] {
        for (keyword, name) in [
            ("x-sensitive: true", "`x-sensitive`"),
            ("format: password", "`format: password`"),
        ] {
            let (_, found) = planned_3_1(&format!("  S: {{{schema}, {keyword}}}\n"));
            let expected = format!("{name} has no effect on {kind}: only strings are secrets");
            assert_eq!(found, [expected], "{schema}");
        }
    }
}
