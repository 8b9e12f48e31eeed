//! The whole pipeline over documents that grow out of small ones: `data` decides
//! what is changed in them, as in the ordinary test `mutations`.

#![no_main]

#[path = "../../tests/mutations/mod.rs"]
mod mutations;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // A text that is a document already counts as it is.
    if let Ok(text) = std::str::from_utf8(data)
        && text.starts_with(['{', 'o', 's'])
    {
        mutations::survives(text.to_owned(), "");
        return;
    }
    let mut choices = mutations::Choices::of(data);
    let text = mutations::document(&mut choices);
    mutations::survives(text, mutations::configuration(&mut choices));
});
