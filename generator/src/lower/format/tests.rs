//! Which texts have which type, and what is said of choices that do not exist.

use crate::config;
use crate::model::{ItemKind, Scalar, Type};
use crate::test_support::{document, plan_with};

fn text(ty: &Type) -> String {
    match ty {
        Type::Scalar(Scalar::String) => "text".to_owned(),
        Type::Scalar(Scalar::Formatted(format)) => format.path().to_owned(),
        Type::Foreign(path) => format!("={path}"),
        other => panic!("{other:?}"),
    }
}

/// The type of a string with the format.
#[track_caller]
fn of(format: &str, configuration: &str) -> String {
    let document = document(&format!(
        "  A: {{type: object, properties: {{a: {{type: string, format: '{format}'}}}}}}\n"
    ));
    let (api, report) = plan_with(&document, config::parse(configuration).unwrap());
    let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    match &api.items[0].kind {
        ItemKind::Struct(structure) => text(&structure.fields[0].ty),
        other => panic!("{other:?}"),
    }
}

#[test]
fn spellings_of_a_format_are_one_format() {
    for format in [
        "date-time",
        "dateTime",
        "date_time",
        "date-time,",
        "RFC3339",
    ] {
        assert_eq!(of(format, ""), "jiff::Timestamp", "{format}");
    }
    for format in ["uuid", "UUID", "uuid4", "guid"] {
        assert_eq!(of(format, ""), "uuid::Uuid", "{format}");
    }
    for format in [
        "date-time-rfc-2822",
        "uri",
        "email",
        "int64",
        "partial-date-time",
        "",
    ] {
        assert_eq!(of(format, ""), "text", "{format}");
    }
    assert_eq!(of("url", "[formats]\nuri = \"url\"\n"), "url::Url");
    assert_eq!(of("Int64", "[formats]\nint64 = \"i64\"\n"), "i64");
}

#[test]
fn a_path_is_taken_for_any_format() {
    let strict = "[formats]\ndate-time = \"jiff::Timestamp\"\n";
    assert_eq!(of("dateTime", strict), "=jiff::Timestamp");
    let own = "[formats]\nmoney = \"my_money::Money\"\n[dependencies]\nmy-money = \"1\"\n";
    assert_eq!(of("money", own), "=my_money::Money");
}

#[test]
fn wide_integers_are_chosen_and_narrow_ones_stay() {
    let document = document(
        "  A: {type: object, properties: {a: {type: integer}, b: {type: integer, format: int64},
           c: {type: integer, format: int32}, d: {type: array, items: {type: integer}}}}\n",
    );
    let types = |configuration: &str| {
        let (api, report) = plan_with(&document, config::parse(configuration).unwrap());
        let api = api.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
        match &api.items[0].kind {
            ItemKind::Struct(structure) => {
                let fields = structure.fields.iter();
                fields.map(|field| field.ty.clone()).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    let expected = |wide: Type| {
        let list = Type::Array(Box::new(wide.clone()));
        [wide.clone(), wide, Type::Scalar(Scalar::I32), list]
    };
    for configuration in ["", "[formats]\ninteger = \"i64\"\n"] {
        assert_eq!(types(configuration), expected(Type::Scalar(Scalar::I64)));
    }
    for (choice, wide) in [
        ("i128", Type::Scalar(Scalar::I128)),
        (
            "std::primitive::i128",
            Type::Foreign("std::primitive::i128".to_owned()),
        ),
    ] {
        let configuration = format!("[formats]\ninteger = \"{choice}\"\n");
        assert_eq!(types(&configuration), expected(wide));
    }
}

#[test]
fn choices_that_do_not_exist_are_errors() {
    for (configuration, message) in [
        (
            "[formats]\ninteger = \"bignum\"\n",
            "`[formats]` cannot make `integer` a `bignum`",
        ),
        (
            "[formats]\ndate-time = \"joda\"\n",
            "`[formats]` cannot make `date-time` a `joda`",
        ),
        (
            "[formats]\nmoney = \"string\"\n",
            "`[formats]` has no format `money`",
        ),
        (
            "[formats]\nuuid = \"my_ids::Id\"\n",
            "`[formats]` `uuid` is `my_ids::Id`, and no dependency is called `my_ids`",
        ),
        (
            "[types]\n\"#/components/schemas/B\" = \"std::string::String\"\n",
            "`[types]` names `#/components/schemas/B`, which is no schema of the document",
        ),
        (
            "[types]\n\"#/components/schemas/A\" = \"Vec<<\"\n",
            "`[types]` `#/components/schemas/A` is `Vec<<`, which is no path of a type",
        ),
        (
            "[derives]\nstruct = [\"Eq\"]\n",
            "`[derives]` names `struct`, which is no type of the client",
        ),
        (
            "[derives]\nall = [\"Eq, Bad\"]\n",
            "`[derives]` `all` has `Eq, Bad`, which is no name of a trait",
        ),
    ] {
        let document = document("  A: {type: object}\n");
        let (api, report) = plan_with(&document, config::parse(configuration).unwrap());
        assert!(api.is_none());
        let messages: Vec<&str> = report
            .diagnostics()
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(messages, [message]);
    }
}
