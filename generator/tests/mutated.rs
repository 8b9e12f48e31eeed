//! Documents that a fuzzer would make, the same ones each time: the body of
//! `generator/fuzz` without a fuzzer. `MUTATIONS=FROM..TO` runs others.

mod mutations;

use mutations::{Choices, configuration, document, survives};

#[test]
fn mutated_documents_end_in_a_diagnostic_or_in_rust() {
    let range = std::env::var("MUTATIONS").ok();
    let range = range.and_then(|range| {
        let (from, to) = range.split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    });
    for seed in range.unwrap_or(0..150) {
        // Known where it does not end, or takes the whole process with it.
        if std::env::var_os("MUTATIONS").is_some() {
            eprintln!("{seed}");
        }
        let mut choices = Choices::seeded(seed);
        let text = document(&mut choices);
        let configuration = configuration(&mut choices);
        let result = std::panic::catch_unwind(|| survives(text.clone(), configuration));
        assert!(
            result.is_ok(),
            "MUTATIONS={seed}..{}\n{configuration}\n{text}",
            seed + 1
        );
    }
}
