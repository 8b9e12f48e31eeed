//! [`EventParser`]: the format of `text/event-stream` (WHATWG HTML, section
//! 9.2.6). Bytes go in as they come, cut anywhere; events come out.

/// An event as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawEvent {
    pub(crate) event: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<u64>,
    pub(crate) data: String,
}

/// What has come of a stream of events and is no event yet.
#[derive(Debug, Default)]
pub(crate) struct EventParser {
    /// Bytes whose line is not over.
    bytes: Vec<u8>,
    /// How many of those have been looked at.
    searched: usize,
    /// Whether the first line has been read; a byte order mark may precede it.
    begun: bool,
    /// Whether the last line ended with a carriage return, so that a line feed
    /// still belongs to it.
    after_return: bool,
    has_data: bool,
    event: RawEvent,
    last_id: Option<String>,
}

impl EventParser {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// How much is kept for an event that is not complete.
    pub(crate) fn pending(&self) -> usize {
        self.bytes.len() + self.event.data.len()
    }

    /// The next event of those that are complete.
    pub(crate) fn next(&mut self) -> Option<RawEvent> {
        while let Some(line) = self.line() {
            if line.is_empty() {
                let event = self.dispatch();
                if event.is_some() {
                    return event;
                }
            } else {
                self.field(&line);
            }
        }
        None
    }

    /// The next complete line, without its end.
    fn line(&mut self) -> Option<String> {
        if self.after_return && !self.bytes.is_empty() {
            self.after_return = false;
            if self.bytes[0] == b'\n' {
                self.bytes.remove(0);
            }
        }
        let mut unsearched = self.bytes[self.searched..].iter();
        let Some(at) = unsearched.position(|byte| matches!(byte, b'\r' | b'\n')) else {
            self.searched = self.bytes.len();
            return None;
        };
        let end = self.searched + at;
        self.after_return = self.bytes[end] == b'\r';
        let rest = self.bytes.split_off(end + 1);
        let mut line = std::mem::replace(&mut self.bytes, rest);
        line.truncate(end);
        self.searched = 0;
        let mut line = line.as_slice();
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        Some(String::from_utf8_lossy(line).into_owned())
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "event" => self.event.event = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.last_id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.event.retry = value.parse().ok();
            }
            // Comments (no name) and what nobody knows.
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<RawEvent> {
        let mut event = std::mem::take(&mut self.event);
        if !std::mem::replace(&mut self.has_data, false) {
            // Only the waiting time outlives an event without data.
            self.event.retry = event.retry;
            return None;
        }
        event.id.clone_from(&self.last_id);
        event.event = event.event.filter(|event| !event.is_empty());
        Some(event)
    }
}
