//! Positions in a JSON text. The text has been read before, so it is known to
//! be JSON: bytes in, what they mean told to the [`Recorder`].

use super::index::Recorder;

/// Tells `recorder` every key, value and end in `text`, in order.
pub(super) fn scan(text: &str, recorder: &mut Recorder<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                recorder.start(at, *byte == b'[');
                at += 1;
            }
            b'}' | b']' => {
                at += 1;
                recorder.end(at);
            }
            b'"' => {
                let end = string_end(bytes, at);
                if recorder.expects_key() {
                    let written = text.get(at..end).unwrap_or_default();
                    key(written, at, recorder);
                } else {
                    recorder.scalar(at..end);
                }
                at = end;
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => at += 1,
            _ => {
                let start = at;
                while bytes.get(at).is_some_and(|byte| !is_delimiter(*byte)) {
                    at += 1;
                }
                recorder.scalar(start..at);
            }
        }
    }
}

fn key(written: &str, at: usize, recorder: &mut Recorder<'_>) {
    let bytes = at..at + written.len();
    if written.contains('\\') {
        let name: String = serde_json::from_str(written).unwrap_or_default();
        recorder.key(&name, bytes);
    } else {
        recorder.key(written.trim_matches('"'), bytes);
    }
}

/// Where the string that starts at `start` ends, its quotes included.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"'
    )
}
