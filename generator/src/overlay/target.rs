//! Bounds what looking up a JSONPath may cost, from its text and the document,
//! before it is looked up.

use serde_json::Value as Json;
use serde_json_path::JsonPath;

/// The longest target, in bytes.
const LONGEST: usize = 4096;

/// How deep brackets and parentheses may nest. The parser tries each level more
/// than once.
const DEEPEST: usize = 8;

/// What a call of `match` or `search` costs at least: its pattern is compiled
/// for every value.
const PER_PATTERN: u64 = 50;

/// What a call costs whose pattern comes from the document.
const PER_UNKNOWN_PATTERN: u64 = 100_000;

/// What there is to know of a target without looking anything up.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// The segments before the first one that may match several values.
    fixed: &'a str,
    /// How many levels the other segments lead down; `None` for any number.
    levels: Option<usize>,
    /// How often values may be visited once for each level they are below.
    revisits: u32,
    /// How often values may be visited for other reasons.
    factor: u64,
    /// Whether a filter looks through the whole document for each value.
    asks_whole: bool,
}

/// A bracket or parenthesis that is not closed yet.
#[derive(Debug, Default)]
struct Frame {
    is_bracket: bool,
    commas: u64,
    is_filter: bool,
    /// Whether something in it may match several values.
    is_wide: bool,
    asks_root: bool,
    /// How many `..` the query has that is being read, and the most of one.
    descents: u32,
    most_descents: u32,
    is_pattern: bool,
    /// What the pattern in it costs, if there is one.
    pattern: Option<u64>,
}

impl<'a> Target<'a> {
    /// Reads the text of a target, or says what is too much about it.
    pub(super) fn new(text: &'a str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} bytes"));
        }
        Scanner::new(text).scan()
    }

    /// How many visits of values it takes at most to look it up in `document`;
    /// `most` or more where there are more.
    pub(super) fn visits(&self, text: &str, document: &Json, most: u64) -> u64 {
        if self.fixed.len() == text.len() {
            return 1;
        }
        let start = JsonPath::parse(self.fixed).ok();
        let start = start.and_then(|path| path.query(document).first());
        let Some(start) = start else { return 1 };
        let levels = self.levels.unwrap_or(usize::MAX);
        let (size, height) = measure(start, levels, most);
        let whole = match self.asks_whole {
            true => measure(document, usize::MAX, most).0,
            false => 1,
        };
        size.saturating_mul(height.max(1).saturating_pow(self.revisits))
            .saturating_mul(self.factor)
            .saturating_mul(whole)
    }
}

/// How many values there are in `levels` levels from `json` on, and how many
/// levels there are; at least `most` values where there are more.
fn measure(json: &Json, levels: usize, most: u64) -> (u64, u64) {
    let mut size = 1;
    let mut height = 0;
    let mut visit = |child: &Json| {
        if size < most {
            let (below, levels) = measure(child, levels - 1, most - size);
            size += below;
            height = height.max(levels);
        }
    };
    match json {
        Json::Array(items) if levels > 0 => items.iter().for_each(&mut visit),
        Json::Object(entries) if levels > 0 => entries.values().for_each(&mut visit),
        _ => {}
    }
    (size, height + 1)
}

/// The state of reading a target.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    frames: Vec<Frame>,
    /// Where the segment begins that is being read.
    segment: usize,
    fixed: Option<usize>,
    descents: u32,
    nested_descents: bool,
    revisits: u32,
    selectors: u64,
    queries: u64,
    patterns: u64,
    asks_whole: bool,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            frames: Vec::new(),
            segment: text.len(),
            fixed: None,
            descents: 0,
            nested_descents: false,
            revisits: 0,
            selectors: 1,
            queries: 1,
            patterns: 0,
            asks_whole: false,
        }
    }

    fn scan(mut self) -> Result<Target<'a>, String> {
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'\'' | b'"' => self.string(byte),
                b'[' | b'(' => self.open(byte)?,
                b']' | b')' => self.close(),
                b'.' => self.dot(),
                b'*' => self.widen(0),
                b'?' => self.filter(),
                b',' | b':' => self.separator(byte),
                b'@' | b'$' if !self.frames.is_empty() => self.query(byte),
                _ => {}
            }
            self.at += 1;
        }
        let fixed = self.fixed.unwrap_or(self.text.len());
        let rest = &self.text[fixed..];
        let any_depth = self.descents > 0 || self.nested_descents;
        Ok(Target {
            fixed: &self.text[..fixed],
            levels: (!any_depth).then(|| rest.matches(['.', '[']).count()),
            revisits: self.revisits + self.descents.saturating_sub(1),
            factor: (self.queries + self.patterns).saturating_mul(self.selectors),
            asks_whole: self.asks_whole,
        })
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Skips a string, up to its closing quote.
    fn string(&mut self, quote: u8) {
        let start = self.at + 1;
        self.at = start;
        while let Some(byte) = self.byte(self.at).filter(|byte| *byte != quote) {
            self.at += if byte == b'\\' { 2 } else { 1 };
        }
        let literal = self.text.get(start..self.at).unwrap_or_default();
        // The second argument.
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.commas > 0) {
            frame.pattern = Some(pattern_cost(literal));
        }
    }

    fn open(&mut self, byte: u8) -> Result<(), String> {
        let before = &self.text[..self.at];
        if self.frames.is_empty() && !before.ends_with('.') {
            self.segment = self.at;
        }
        self.frames.push(Frame {
            is_bracket: byte == b'[',
            is_pattern: before.ends_with("match") || before.ends_with("search"),
            ..Frame::default()
        });
        match self.frames.len() > DEEPEST {
            true => Err(format!("nests deeper than {DEEPEST} levels")),
            false => Ok(()),
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if frame.is_bracket {
            self.selectors = self.selectors.saturating_mul(frame.commas + 1);
        }
        if frame.is_filter && frame.is_wide {
            self.revisits += frame.most_descents.max(1);
            self.asks_whole |= frame.asks_root;
        }
        if frame.is_pattern {
            let cost = frame.pattern.unwrap_or(PER_UNKNOWN_PATTERN);
            self.patterns = self.patterns.saturating_add(cost);
        }
    }

    fn dot(&mut self) {
        if self.frames.is_empty() {
            self.segment = self.at;
        }
        if self.byte(self.at + 1) != Some(b'.') {
            return;
        }
        self.at += 1;
        self.widen(0);
        match self.frames.iter_mut().rev().find(|frame| frame.is_filter) {
            Some(frame) => {
                frame.descents += 1;
                frame.most_descents = frame.most_descents.max(frame.descents);
                self.nested_descents = true;
            }
            None => self.descents += 1,
        }
    }

    /// Notes that what is being read may match several values, in all frames
    /// but the innermost `but`.
    fn widen(&mut self, but: usize) {
        let frames = self.frames.len().saturating_sub(but);
        for frame in &mut self.frames[..frames] {
            frame.is_wide = true;
        }
        self.fixed.get_or_insert(self.segment);
    }

    fn filter(&mut self) {
        self.widen(1);
        if let Some(frame) = self.frames.last_mut() {
            frame.is_filter = true;
        }
    }

    fn separator(&mut self, byte: u8) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.commas += u64::from(byte == b',');
        if frame.is_bracket {
            self.widen(0);
        }
    }

    fn query(&mut self, byte: u8) {
        self.queries += 1;
        for frame in &mut self.frames {
            frame.asks_root |= byte == b'$';
            frame.descents = 0;
        }
    }
}

/// What compiling a pattern costs: by its length, and by how often it repeats
/// parts of itself.
fn pattern_cost(pattern: &str) -> u64 {
    let most = |repetition: &str| {
        let counts = repetition.split(',').map(|count| count.trim().parse());
        counts.filter_map(Result::ok).max().unwrap_or(1_u64)
    };
    let repetitions = pattern.split('{').skip(1);
    let repeats = repetitions
        .map(|rest| most(rest.split('}').next().unwrap_or_default()))
        .fold(1_u64, |all, count| all.saturating_mul(count.max(1)));
    let length = 1 + pattern.len() as u64 / 2;
    PER_PATTERN.saturating_mul(length).saturating_mul(repeats)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json_path::JsonPath;

    use super::Target;

    #[test]
    fn no_target_matches_more_than_it_may_visit() {
        let document = json!({
            "a": {"b": [1, {"c": {"b": {"c": 2}}}, [3, [4, [5]]]], "c": "x"},
            "list": [{"b": 1, "c": [1, 2]}, {"b": 2, "c": []}, {"c": {"b": "b"}}],
        });
        for text in [
            "$",
            "$.a.b[1]",
            "$['a'].b[*]",
            "$.*",
            "$..*",
            "$..b",
            "$..*..*",
            "$..[*,*]..b",
            "$..*..*..*",
            "$.list[*].c[*]",
            "$.list[0:2]",
            "$.list[?@.b]",
            "$..[?@.b]",
            "$..[?@..b]",
            "$..[?@..[?@.b]]..*",
            "$[?$.list[?@.b == 1]]..*",
            "$.list[?@.b == 1 || @.c]['b','c','b']",
            "$[*, *, ?@.b]..c",
            "$.none..*",
        ] {
            let path = JsonPath::parse(text).expect(text);
            let matches = path.query(&document).len() as u64;
            let visits = Target::new(text)
                .expect(text)
                .visits(text, &document, u64::MAX);
            assert!(matches <= visits, "{text}: {matches} of {visits}");
            assert!(visits < 20_000, "{text}: {visits}");
        }
    }

    #[test]
    fn only_what_lies_below_the_fixed_part_counts() {
        let document = json!({"a": {"b": {"c": [1, 2]}}, "x": vec![0; 1000]});
        let visits = |text| Target::new(text).unwrap().visits(text, &document, u64::MAX);
        assert_eq!(visits("$.a.b.c[0]"), 1);
        assert_eq!(visits("$.a.b.c[*]"), 3);
        assert_eq!(visits("$.a['b']..c"), 4);
        assert!(visits("$..c") > 1000);
    }
}
