//! Positions in a YAML text: the marks of a YAML parser's events in, what they
//! mean told to the [`Recorder`].

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::index::Recorder;
use super::padding::Padding;

/// How many places that the parser refuses are mended before what follows them
/// goes without positions of its own.
const ATTEMPTS: usize = 40;

/// Tells `recorder` every key, value and end in `text`, in order. The text has
/// been read by another parser, which is less strict about indentation: where
/// this one stops, the text is indented further for it.
pub(super) fn scan(text: &str, recorder: &mut Recorder<'_>) {
    let mut padding = Padding::default();
    if events(text, &padding, recorder).is_ok() {
        return;
    }
    padding.closing_brackets(text);
    for _ in 0..ATTEMPTS {
        recorder.restart();
        match events(&padding.apply(text), &padding, recorder) {
            Ok(()) => return,
            Err(at) => {
                if !padding.mend(text, at) {
                    return;
                }
            }
        }
    }
}

/// One pass over the padded text. The error is the byte of the original text
/// that the parser refuses.
fn events(text: &str, padding: &Padding, recorder: &mut Recorder<'_>) -> Result<(), usize> {
    let mut offsets = Offsets::new(text, padding);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => return Err(offsets.byte(error.marker().index())),
        };
        match event {
            Event::MappingStart(..) => recorder.start(offsets.byte(span.start.index()), false),
            Event::SequenceStart(..) => recorder.start(offsets.byte(span.start.index()), true),
            Event::MappingEnd | Event::SequenceEnd => {
                recorder.end(offsets.byte(span.end.index()));
            }
            Event::Scalar(value, ..) => {
                let bytes = offsets.bytes(span);
                if recorder.expects_key() {
                    recorder.key(&value, bytes);
                } else {
                    recorder.scalar(bytes);
                }
            }
            Event::Alias(_) => recorder.alias(offsets.bytes(span)),
            Event::DocumentEnd | Event::StreamEnd => {
                while recorder.depth() > 0 {
                    recorder.end(offsets.byte(span.end.index()));
                }
            }
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
        }
    }
    Ok(())
}

/// Turns the parser's character counts into byte offsets of the original text.
/// They come nearly in order, so that walking on from the last is cheap.
struct Offsets<'a> {
    text: &'a str,
    padding: &'a Padding,
    ascii: bool,
    character: usize,
    byte: usize,
}

impl<'a> Offsets<'a> {
    fn new(text: &'a str, padding: &'a Padding) -> Self {
        Self {
            text,
            padding,
            ascii: text.is_ascii(),
            character: 0,
            byte: 0,
        }
    }

    fn bytes(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index());
        start..end.max(start)
    }

    fn byte(&mut self, character: usize) -> usize {
        if self.ascii {
            return self.padding.original(character.min(self.text.len()));
        }
        while self.character > character {
            let before = self.text.get(..self.byte).unwrap_or_default();
            let width = before.chars().next_back().map_or(1, char::len_utf8);
            self.byte = self.byte.saturating_sub(width);
            self.character -= 1;
        }
        while self.character < character {
            let after = self.text.get(self.byte..).unwrap_or_default();
            let Some(next) = after.chars().next() else {
                break;
            };
            self.byte += next.len_utf8();
            self.character += 1;
        }
        self.padding.original(self.byte)
    }
}
