//! Unions: the right variant, nothing lost, errors in place.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::runtime::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    lives: u8,
}

/// Writes its tag itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Dog {
    pet_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    friend: Option<Box<Pet>>,
}

/// `dog` and `hound` both stand for `Dog`.
#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    UnknownValue(Value),
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (tag, value) = split(deserializer, "pet_type")?;
        match tag.as_deref() {
            Some("cat") => decode_variant(value).map(Self::Cat),
            Some("dog" | "hound") => decode_variant(value).map(Self::Dog),
            _ => Ok(Self::UnknownValue(value)),
        }
    }
}

impl Serialize for Pet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(cat) => encode_variant("pet_type", "cat", cat, serializer),
            Self::Dog(dog) => encode_variant("pet_type", "dog", dog, serializer),
            Self::UnknownValue(value) => value.serialize(serializer),
        }
    }
}

#[derive(Debug, Deserialize, Serialize)]
struct Household {
    pets: Vec<Pet>,
}

fn round_trip<T: Serialize + serde::de::DeserializeOwned>(value: &Value) -> T {
    let decoded: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&decoded).unwrap(), *value);
    decoded
}

#[test]
fn tagged_variants_round_trip() {
    let cat: Pet = round_trip(&json!({ "pet_type": "cat", "lives": 9 }));
    assert_eq!(cat, Pet::Cat(Cat { lives: 9 }));
    let hound: Pet =
        round_trip(&json!({ "pet_type": "hound", "friend": { "pet_type": "cat", "lives": 1 } }));
    assert!(matches!(
        hound,
        Pet::Dog(Dog {
            friend: Some(_),
            ..
        })
    ));
    for unknown in [
        json!({ "pet_type": "fish", "scales": [1, null, { "x": 2.5 }] }),
        json!({ "lives": 9 }),
        json!({ "pet_type": 5 }),
        json!("cat"),
        json!(null),
    ] {
        assert_eq!(round_trip::<Pet>(&unknown), Pet::UnknownValue(unknown));
    }
}

#[test]
fn numbers_keep_their_digits() {
    let dog = Dog {
        pet_type: "dog".into(),
        weight: Some(0.1),
        friend: None,
    };
    let text = serde_json::to_string(&Pet::Dog(dog)).unwrap();
    assert!(
        text.contains(r#""weight":0.1"#) && !text.contains("0.10"),
        "{text}"
    );
}

#[test]
fn errors_inside_a_variant_keep_their_place_and_hide_their_value() {
    for (body, expected) in [
        (
            json!({ "pets": [{ "pet_type": "cat", "lives": "secret" }] }),
            "`pets[0].lives`: expected u8, found a string",
        ),
        (
            json!({ "pets": [{ "pet_type": "dog", "friend": { "pet_type": "dog", "friend": { "pet_type": "cat" } } }] }),
            "`pets[0].friend.friend`: missing field `lives`",
        ),
    ] {
        let body = Bytes::from(body.to_string());
        let received = Received {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body,
        };
        let error = received.json::<Household>().unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_variant_that_is_no_object_cannot_be_tagged() {
    let mut json = Vec::new();
    let result = encode_variant(
        "t",
        "x",
        "text",
        &mut serde_json::Serializer::new(&mut json),
    );
    assert!(result.is_err());
    assert!(json.is_empty());
}

const A: Shape = Shape {
    json: JsonKind::Object,
    required: &["name"],
    properties: &["name", "size"],
    constants: &[],
};
const B: Shape = Shape {
    properties: &["name", "color"],
    ..A
};
const CONSTANT: Shape = Shape {
    constants: &[("kind", "c")],
    properties: &["kind", "name"],
    ..A
};

fn of(json: JsonKind) -> Shape {
    Shape {
        json,
        required: &[],
        properties: &[],
        constants: &[],
    }
}

#[test]
fn the_variant_that_knows_most_comes_first() {
    for (value, shapes, expected) in [
        (json!({ "name": 1, "color": 1 }), vec![A, B], vec![1, 0]),
        (json!({ "name": 1, "size": 1 }), vec![B, A], vec![1, 0]),
        (json!({ "name": 1 }), vec![B, A], vec![0, 1]),
        (json!({ "color": 1 }), vec![A, B], vec![]),
        (
            json!({ "name": 1, "kind": "c" }),
            vec![A, CONSTANT],
            vec![1, 0],
        ),
        (
            json!({ "name": 1, "kind": "d" }),
            vec![A, CONSTANT],
            vec![0],
        ),
        (
            json!([1]),
            vec![A, of(JsonKind::Array), of(JsonKind::Any)],
            vec![1, 2],
        ),
    ] {
        assert_eq!(candidates(&value, &shapes), expected, "{value}");
    }
}

#[test]
fn kinds_of_json_are_told_apart() {
    use JsonKind::{Any, Array, Boolean, Integer, Null, Number, Object, String};
    let kinds = [Any, Null, Boolean, Number, Integer, String, Array, Object];
    let shapes: Vec<Shape> = kinds.into_iter().map(of).collect();
    for (value, expected) in [
        (json!(null), vec![Null, Any]),
        (json!(true), vec![Boolean, Any]),
        (json!(5), vec![Integer, Number, Any]),
        (json!(5.5), vec![Number, Any]),
        (json!("x"), vec![String, Any]),
        (json!([]), vec![Array, Any]),
        (json!({}), vec![Object, Any]),
    ] {
        let found: Vec<JsonKind> = candidates(&value, &shapes)
            .into_iter()
            .map(|index| kinds[index])
            .collect();
        assert_eq!(found, expected);
    }
    assert_eq!(attempt::<u8>(&json!(5)), Some(5));
    assert_eq!(attempt::<u8>(&json!("5")), None);
}
