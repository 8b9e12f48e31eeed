//! Entries of a few keys and of many.

use super::{Entries, FEW};
use crate::source::{Node, Number, Origin, Value};

fn node(number: usize) -> Node {
    let number = Number::Integer(number as i128);
    Node::new(Origin::default(), Value::Number(number))
}

fn keys(entries: &Entries) -> Vec<String> {
    entries.keys().map(str::to_owned).collect()
}

#[test]
fn few_and_many_behave_alike() {
    for count in [0, 1, FEW - 1, FEW, FEW + 1, 3 * FEW] {
        let names: Vec<String> = (0..count).map(|index| format!("k{index}")).collect();
        let made = |names: &[String]| {
            let pairs = names.iter().enumerate();
            pairs
                .map(|(index, name)| (name.as_str(), node(index)))
                .collect::<Entries>()
        };
        let mut entries = made(&names);
        assert_eq!(keys(&entries), names);
        for (index, name) in names.iter().enumerate() {
            assert_eq!(entries.get(name), Some(&node(index)));
            assert_eq!(entries.index_of(name), Some(index));
            assert_eq!(entries.at(index), Some((name.as_str(), &node(index))));
        }
        assert_eq!(entries.at(count), None);

        // What is there keeps its place.
        for name in &names {
            assert!(entries.insert(name.as_str(), node(7)).is_some());
            entries.insert_if_absent(name.as_str(), node(8));
            assert_eq!(entries.get(name), Some(&node(7)));
        }
        assert_eq!(keys(&entries), names);

        // What is not comes last.
        let last = entries.get_or_insert_with("last", || node(9));
        assert_eq!(*last, node(9));
        assert_eq!(entries.index_of("last"), Some(count));
        assert_eq!(entries.remove("last"), Some(node(9)));
        assert_eq!(entries.remove("last"), None);

        // The others move up.
        if let Some((first, rest)) = names.split_first() {
            assert_eq!(entries.remove(first), Some(node(7)));
            assert_eq!(keys(&entries), rest);
        }
        entries.retain(|key, _| key.ends_with('1'));
        assert!(keys(&entries).iter().all(|key| key.ends_with('1')));
        assert!(entries.into_iter().all(|(_, value)| value == node(7)));
    }
}

#[test]
fn the_order_of_entries_says_nothing_to_equality() {
    let pairs = |count| (0..count).map(|index| (format!("k{index}"), node(index)));
    for count in [FEW, FEW + 1] {
        let entries: Entries = pairs(count).collect();
        let mut back: Vec<_> = pairs(count).collect();
        back.reverse();
        assert_eq!(entries, back.clone().into_iter().collect());
        back[0].1 = node(count);
        assert_ne!(entries, back.into_iter().collect());
        assert_ne!(entries, pairs(count - 1).collect());
    }
}

#[test]
fn what_was_many_equals_what_are_few() {
    let pairs = |count| (0..count).map(|index| (format!("k{index}"), node(index)));
    let mut many: Entries = pairs(FEW + 1).collect();
    many.remove(&format!("k{FEW}"));
    assert_eq!(many, pairs(FEW).collect());
}
