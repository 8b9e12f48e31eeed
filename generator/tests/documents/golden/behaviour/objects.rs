//! Objects: absent, null and a value told apart.

mod canned;

use golden_objects as api;
use golden_objects::types::Book;

use canned::round_trip;

#[test]
fn x() {
    let _: Book = round_trip(r#"{"isbn": "1", "title": "a", "subtitle": null}"#);
}
