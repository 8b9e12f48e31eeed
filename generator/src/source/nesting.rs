//! Finds YAML texts whose brackets nest so deeply that reading them would take
//! time or stack without bound: a text in, yes or no out.

use saphyr_parser::{Event, Parser};

/// How deep lists and objects may nest. Both readers stop there by themselves;
/// the YAML one only after it has taken in the whole text, in time that grows
/// with the square of the depth.
pub(super) const DEEPEST: usize = 128;

/// Where brackets nest deeper than [`DEEPEST`], if they do.
pub(super) fn too_deep(text: &str) -> bool {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // Brackets in strings and comments count here too, so that this only
    // clears a text. A look at what they are decides.
    deepest > DEEPEST && events_are_too_deep(text)
}

fn events_are_too_deep(text: &str) -> bool {
    let mut depth: usize = 0;
    let mut parser = Parser::new_from_str(text);
    loop {
        match parser.next_event() {
            Some(Ok((Event::MappingStart(..) | Event::SequenceStart(..), _))) => depth += 1,
            Some(Ok((Event::MappingEnd | Event::SequenceEnd, _))) => {
                depth = depth.saturating_sub(1);
            }
            Some(Ok(_)) => {}
            // This parser has a bound on its own, above ours.
            Some(Err(error)) => return error.info().contains("recursion limit"),
            None => return false,
        }
        if depth > DEEPEST {
            return true;
        }
    }
}
