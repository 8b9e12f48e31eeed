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
            attempts: 1,
            value_limit: DEFAULT_VALUE_LIMIT,
            asked: None,
            followed: false,
        };
        let error = received.json::<Household>().unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_variant_that_is_no_object_goes_without_a_tag() {
    let mut json = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut json);
    encode_variant("t", "x", "text", &mut serializer).unwrap();
    assert_eq!(json, b"\"text\"");
}

#[test]
fn numbers_and_booleans_can_be_tags() {
    for (value, expected) in [
        (json!({ "t": "1" }), Some("1")),
        (json!({ "t": 1 }), Some("1")),
        (json!({ "t": true }), Some("true")),
        (json!({ "t": null }), None),
        (json!({ "t": ["1"] }), None),
        (json!({}), None),
        (json!("1"), None),
    ] {
        let (tag, kept) = split(&value, "t").unwrap();
        assert_eq!(tag.as_deref(), expected, "{value}");
        assert_eq!(kept, value);
    }
}

const A: Shape = Shape {
    json: JsonKind::Object,
    required: &["name"],
    properties: &["name", "size"],
    ..Shape::of(JsonKind::Object)
};
const B: Shape = Shape {
    properties: &["name", "color"],
    ..A
};
const CONSTANT: Shape = Shape {
    known: &[Known {
        path: &["kind"],
        values: &["c"],
    }],
    properties: &["kind", "name"],
    ..A
};

const fn of(json: JsonKind) -> Shape {
    Shape::of(json)
}

/// The variants that are tried, in order.
fn tried(value: &Value, shapes: &[Shape]) -> Vec<usize> {
    let tried = std::cell::RefCell::new(Vec::new());
    let nothing: Option<()> = choose(value, shapes, |index| {
        tried.borrow_mut().push(index);
        None
    });
    assert_eq!(nothing, None);
    tried.into_inner()
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
        assert_eq!(tried(&value, &shapes), expected, "{value}");
    }
}

#[test]
fn kinds_of_json_are_told_apart() {
    use JsonKind::{Any, Array, Boolean, Format, Integer, Null, Number, Object, String};
    let kinds = [
        Any, Null, Boolean, Number, Integer, String, Format, Array, Object,
    ];
    let shapes: Vec<Shape> = kinds.into_iter().map(of).collect();
    for (value, expected) in [
        (json!(null), vec![Null, Any]),
        (json!(true), vec![Boolean, Any]),
        (json!(5), vec![Integer, Number, Any]),
        (json!(5.5), vec![Number, Any]),
        (json!(5.0), vec![Number, Integer, Any]),
        (json!("x"), vec![Format, String, Any]),
        (json!([]), vec![Array, Any]),
        (json!({}), vec![Object, Any]),
    ] {
        let found: Vec<JsonKind> = tried(&value, &shapes)
            .into_iter()
            .map(|index| kinds[index])
            .collect();
        assert_eq!(found, expected);
    }
    assert_eq!(attempt::<u8>(&json!(5)), Some(5));
    assert_eq!(attempt::<u8>(&json!("5")), None);
}

#[test]
fn listed_values_decide_and_others_only_where_nothing_else_fits() {
    const LETTERS: Shape = Shape {
        json: JsonKind::String,
        required: &[],
        properties: &[],
        known: &[Known {
            path: &[],
            values: &["a", "b"],
        }],
        ..Shape::of(JsonKind::String)
    };
    const NUMERALS: Shape = Shape {
        known: &[Known {
            path: &[],
            values: &["i", "v"],
        }],
        ..LETTERS
    };
    const NESTED: Shape = Shape {
        json: JsonKind::Object,
        required: &["meta"],
        properties: &["meta"],
        known: &[Known {
            path: &["meta", "version"],
            values: &["2"],
        }],
        ..Shape::of(JsonKind::Object)
    };
    const LIST: Shape = Shape {
        items: Some(&NUMERALS),
        ..of(JsonKind::Array)
    };
    const LETTER_LIST: Shape = Shape {
        items: Some(&LETTERS),
        ..of(JsonKind::Array)
    };
    let text = of(JsonKind::String);
    for (value, shapes, expected) in [
        (json!("v"), vec![LETTERS, NUMERALS], vec![1, 0]),
        (json!("b"), vec![text, LETTERS, NUMERALS], vec![1, 0, 2]),
        (json!("x"), vec![LETTERS, text], vec![1, 0]),
        (json!("x"), vec![LETTERS], vec![0]),
        (
            json!({ "meta": { "version": 2 } }),
            vec![of(JsonKind::Object), NESTED],
            vec![1, 0],
        ),
        (
            json!({ "meta": { "version": 3 } }),
            vec![of(JsonKind::Object), NESTED],
            vec![0],
        ),
        (json!(["i"]), vec![LETTER_LIST, LIST], vec![1, 0]),
        (json!(["i", 1]), vec![LETTER_LIST, LIST], vec![]),
        (json!([]), vec![LETTER_LIST, LIST], vec![0, 1]),
    ] {
        assert_eq!(tried(&value, &shapes), expected, "{value}");
    }
}

#[test]
fn what_loses_nothing_is_chosen_over_what_comes_first() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Near {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        x: Option<i32>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Far {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        y: Option<f32>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Place<T> {
        place: T,
    }
    #[derive(Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    enum Where {
        Near(Place<Near>),
        Far(Place<Far>),
    }
    const PLACE: Shape = Shape {
        json: JsonKind::Object,
        required: &["place"],
        properties: &["place"],
        ..Shape::of(JsonKind::Object)
    };
    let read = |value: Value| {
        choose(&value, &[PLACE, PLACE], |index| match index {
            0 => attempt(&value).map(Where::Near),
            1 => attempt(&value).map(Where::Far),
            _ => None,
        })
    };
    let far = |y| Some(Where::Far(Place { place: Far { y } }));
    let near = |x| Some(Where::Near(Place { place: Near { x } }));
    assert_eq!(read(json!({ "place": { "x": 1 } })), near(Some(1)));
    assert_eq!(read(json!({ "place": { "y": 0.1 } })), far(Some(0.1)));
    assert_eq!(read(json!({ "place": {} })), near(None));
    // Both lose something: the one that loses less.
    let both = json!({ "place": { "y": 1, "z": 1 } });
    assert_eq!(read(both), far(Some(1.0)));
    let none = json!({ "place": { "z": 1 } });
    assert_eq!(read(none), near(None));
    assert_eq!(read(json!({ "place": 1 })), None);
}

/// Every level may be either of two variants, and neither fits in the end.
#[test]
fn what_could_be_tried_without_end_is_given_up() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Inner<L> {
        next: Box<Deep>,
        leaf: L,
    }
    #[derive(Debug)]
    enum Deep {
        A(Inner<bool>),
        B(Inner<u8>),
        UnknownValue(Value),
    }
    impl Serialize for Deep {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::A(inner) => inner.serialize(serializer),
                Self::B(inner) => inner.serialize(serializer),
                Self::UnknownValue(value) => value.serialize(serializer),
            }
        }
    }
    const INNER: Shape = Shape {
        json: JsonKind::Object,
        required: &["next", "leaf"],
        properties: &["next", "leaf"],
        ..Shape::of(JsonKind::Object)
    };
    impl<'de> Deserialize<'de> for Deep {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = Value::deserialize(deserializer)?;
            let chosen = choose(&value, &[INNER, INNER], |index| match index {
                0 => attempt(&value).map(Self::A),
                1 => attempt(&value).map(Self::B),
                _ => None,
            });
            Ok(chosen.unwrap_or(Self::UnknownValue(value)))
        }
    }
    let mut value = json!(null);
    for _ in 0..100 {
        value = json!({ "next": value, "leaf": "neither" });
    }
    round_trip_of_deep(&value);

    fn round_trip_of_deep(value: &Value) {
        let decoded: Deep = serde_json::from_value(value.clone()).unwrap();
        assert!(matches!(decoded, Deep::UnknownValue(_)));
        assert_eq!(serde_json::to_value(&decoded).unwrap(), *value);
    }
}

#[test]
fn a_variant_that_knows_nothing_of_an_object_is_not_chosen_unless_it_keeps_it() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Loose {
        #[serde(skip_serializing_if = "Option::is_none")]
        span: Option<String>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Keeping {
        #[serde(skip_serializing_if = "Option::is_none")]
        span: Option<String>,
        #[serde(flatten)]
        others: serde_json::Map<String, Value>,
    }
    const SHAPE: Shape = Shape {
        json: JsonKind::Object,
        properties: &["span"],
        ..Shape::of(JsonKind::Object)
    };
    fn read<T: Serialize + serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
        choose(value, &[SHAPE], |_| attempt(value))
    }
    let stranger = json!({ "type": "unheard-of" });
    assert_eq!(read::<Loose>(&stranger), None);
    assert!(read::<Keeping>(&stranger).is_some());
    // What is there and more, or nothing at all, is still one.
    assert!(read::<Loose>(&json!({ "span": "1h", "type": 1 })).is_some());
    assert!(read::<Loose>(&json!({})).is_some());
}
