//! Every stage sees the same formats.

use super::*;

#[test]
fn names_and_aliases_are_each_of_one_format() {
    let mut names = Vec::new();
    for format in table::FORMATS {
        names.push(plain(format.name));
        names.extend(format.aliases.iter().map(|alias| (*alias).to_owned()));
        for name in format.aliases {
            assert_eq!(plain(name), *name, "an alias that is never met");
        }
    }
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "{names:?}");
    assert!(table::FORMATS.is_sorted_by_key(|format| format.name));
}

#[test]
fn aliases_are_the_format_in_every_way() {
    let nothing = BTreeMap::new();
    for format in table::FORMATS {
        for alias in format.aliases {
            assert_eq!(samples(alias), format.samples);
            assert_eq!(
                string_type(Some(alias), &nothing),
                string_type(Some(format.name), &nothing)
            );
        }
    }
    assert_eq!(string_type(Some("PassWord"), &nothing), StringType::Secret);
}

#[test]
fn the_configuration_chooses() {
    let chosen = |choice: &str| BTreeMap::from([("duration".to_owned(), choice.to_owned())]);
    let of = |choice| string_type(Some("duration"), &chosen(choice));
    assert_eq!(of("jiff"), StringType::Formatted(Format::JiffSpan));
    assert_eq!(of("string"), StringType::Text);
    assert_eq!(
        of("std::time::Duration"),
        StringType::Foreign("std::time::Duration".to_owned())
    );
}
