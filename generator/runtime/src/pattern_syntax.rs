//! Parses regular expressions of ECMA-262, in Unicode mode. Of the syntax that
//! ECMA-262 (annex B) allows for web browsers outside of that mode, escaped
//! punctuation, single braces and brackets, and sets inside of ranges are
//! understood too: real API descriptions have them.

use super::pattern_set::{self as set, SetBuilder};

/// The longest pattern, in bytes.
pub(crate) const LONGEST: usize = 64 << 10;

/// The most alternatives in one pattern.
pub(crate) const MOST_ALTERNATIVES: usize = 5_000;

/// How deep groups may be nested.
pub(crate) const DEEPEST: usize = 40;

/// Repetitions from here on are not counted: no text that is matched is as
/// long.
const UNCOUNTED: u32 = 1 << 28;

const NOT_ECMA: &str = "is not a regular expression of ECMA-262";

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// Matches one character, as the engines write it.
    Set(String),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
    /// The boundary of an ASCII word, or any other place.
    Boundary { negative: bool },
    /// A group that references may name, by its number.
    Group(usize, Box<Node>),
    /// Look-ahead or look-behind.
    Look {
        behind: bool,
        negative: bool,
        inner: Box<Node>,
    },
    /// The text of the group with this number.
    Reference(usize),
    /// One after the other; none is the empty text.
    Sequence(Vec<Node>),
    /// One of several.
    Either(Vec<Node>),
    /// A number of times, without an upper bound where there is no `most`.
    Repeat {
        inner: Box<Node>,
        least: u32,
        most: Option<u32>,
        lazy: bool,
    },
}

impl Node {
    /// The parts directly inside.
    pub(crate) fn children(&self) -> &[Node] {
        match self {
            Node::Group(_, inner) | Node::Look { inner, .. } | Node::Repeat { inner, .. } => {
                std::slice::from_ref(inner)
            }
            Node::Sequence(nodes) | Node::Either(nodes) => nodes,
            _ => &[],
        }
    }

    /// The number of parts of a kind, this one included.
    pub(crate) fn count(&self, is: &dyn Fn(&Node) -> bool) -> usize {
        let inside = self.children().iter().map(|child| child.count(is));
        usize::from(is(self)) + inside.sum::<usize>()
    }

    /// The number of characters in the pattern, repetitions counted.
    pub(crate) fn size(&self) -> usize {
        let inside = self.children().iter().map(Node::size);
        let inside = inside.fold(0, usize::saturating_add);
        match self {
            Node::Set(_) => 1,
            Node::Repeat { least, most, .. } => {
                let times = most.unwrap_or(*least).max(1);
                inside.saturating_mul(usize::try_from(times).unwrap_or(usize::MAX))
            }
            _ => inside,
        }
    }

    /// Whether the pattern matches at the start of the text alone.
    pub(crate) fn is_anchored(&self) -> bool {
        match self {
            Node::Start => true,
            Node::Group(_, inner) => inner.is_anchored(),
            Node::Sequence(nodes) => nodes.first().is_some_and(Node::is_anchored),
            Node::Either(nodes) => nodes.iter().all(Node::is_anchored),
            _ => false,
        }
    }

    /// The power of the text's length that bounds the steps of a match in
    /// which nothing fails.
    pub(crate) fn degree(&self) -> u32 {
        let inside = self.children().iter().map(Node::degree).max();
        let inside = inside.unwrap_or_default();
        match self {
            Node::Repeat { most, .. } if most.is_none_or(|most| most > 1) => {
                let looks = self.count(&|node| matches!(node, Node::Look { .. }));
                if looks > 0 { inside + 1 } else { 1 }
            }
            _ => inside,
        }
    }
}

/// Parses a pattern.
///
/// # Errors
///
/// Returns why it cannot be used, as the end of a sentence that begins with the
/// pattern.
pub(crate) fn parse(pattern: &str) -> Result<Node, &'static str> {
    if pattern.len() > LONGEST {
        return Err("is longer than 64 KiB");
    }
    if pattern.matches('|').count() >= MOST_ALTERNATIVES {
        return Err("has 5,000 alternatives or more");
    }
    let mut parser = Parser {
        characters: pattern.chars().collect(),
        at: 0,
        depth: 0,
        names: Vec::new(),
        named: Vec::new(),
    };
    let mut node = parser.either()?;
    if parser.at < parser.characters.len() {
        return Err(NOT_ECMA);
    }
    parser.resolve(&mut node)?;
    Ok(node)
}

/// References to names have numbers from here on, until all names are known.
const NAMED: usize = usize::MAX / 2;

struct Parser {
    characters: Vec<char>,
    at: usize,
    depth: usize,
    /// The name of each group that has a number, if it has one.
    names: Vec<Option<String>>,
    /// The names that references have.
    named: Vec<String>,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// Skips a text, if it comes next.
    fn skip(&mut self, text: &str) -> bool {
        let rest = self.characters.get(self.at..).unwrap_or_default();
        let length = text.chars().count();
        let comes =
            rest.len() >= length && rest.iter().copied().zip(text.chars()).all(|(a, b)| a == b);
        self.at += if comes { length } else { 0 };
        comes
    }

    fn either(&mut self) -> Result<Node, &'static str> {
        let mut branches = vec![self.sequence()?];
        while self.skip("|") {
            branches.push(self.sequence()?);
        }
        Ok(match branches.len() {
            1 => branches.swap_remove(0),
            _ => Node::Either(branches),
        })
    }

    fn sequence(&mut self) -> Result<Node, &'static str> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|next| next != '|' && next != ')') {
            let node = self.term()?;
            nodes.push(self.repeated(node)?);
        }
        Ok(match nodes.len() {
            1 => nodes.swap_remove(0),
            _ => Node::Sequence(nodes),
        })
    }

    fn term(&mut self) -> Result<Node, &'static str> {
        match self.next().ok_or(NOT_ECMA)? {
            '^' => Ok(Node::Start),
            '$' => Ok(Node::End),
            '.' => Ok(Node::Set(set::DOT.to_owned())),
            '(' => self.group(),
            '[' => self.class(),
            '\\' => self.escape(),
            '*' | '+' | '?' => Err(NOT_ECMA),
            '{' => match self.braces() {
                Some(_) => Err(NOT_ECMA),
                None => Ok(literal('{')),
            },
            character => Ok(literal(character)),
        }
    }

    /// The term, with the quantifier that follows it.
    fn repeated(&mut self, node: Node) -> Result<Node, &'static str> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let Some(counts) = self.braces() else {
                    self.at -= 1;
                    return Ok(node);
                };
                self.at -= 1;
                counts
            }
            _ => return Ok(node),
        };
        self.at += 1;
        let is_assertion = matches!(
            node,
            Node::Start | Node::End | Node::Boundary { .. } | Node::Look { .. }
        );
        if is_assertion || most.is_some_and(|most| most < least) {
            return Err(NOT_ECMA);
        }
        Ok(Node::Repeat {
            inner: Box::new(node),
            least,
            most: most.filter(|most| *most < UNCOUNTED),
            lazy: self.skip("?"),
        })
    }

    /// The counts of `{2}`, `{2,}` or `{2,3}`, after the brace that opens; at
    /// the same place as before if there are none.
    fn braces(&mut self) -> Option<(u32, Option<u32>)> {
        let start = self.at;
        let counts = self.counts();
        if counts.is_none() {
            self.at = start;
        }
        counts
    }

    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let least = self.count()?;
        let most = match self.skip(",") {
            false => Some(least),
            true if self.peek() == Some('}') => None,
            true => Some(self.count()?),
        };
        self.skip("}").then_some((least, most))
    }

    /// A decimal number; one that is too large is the largest.
    fn count(&mut self) -> Option<u32> {
        let mut count = self.next()?.to_digit(10)?;
        while let Some(digit) = self.peek().and_then(|next| next.to_digit(10)) {
            self.at += 1;
            count = count.saturating_mul(10).saturating_add(digit);
        }
        Some(count)
    }

    fn group(&mut self) -> Result<Node, &'static str> {
        let look = |behind, negative| Some((behind, negative));
        let mut number = None;
        let look = if self.skip("?=") {
            look(false, false)
        } else if self.skip("?!") {
            look(false, true)
        } else if self.skip("?<=") {
            look(true, false)
        } else if self.skip("?<!") {
            look(true, true)
        } else {
            if !self.skip("?:") {
                let name = match self.skip("?<") {
                    true => Some(self.name()?),
                    false if self.peek() == Some('?') => return Err(NOT_ECMA),
                    false => None,
                };
                if name.is_some() && self.names.contains(&name) {
                    return Err(NOT_ECMA);
                }
                self.names.push(name);
                number = Some(self.names.len());
            }
            None
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("nests groups deeper than 40 levels");
        }
        let inner = Box::new(self.either()?);
        self.depth -= 1;
        if !self.skip(")") {
            return Err(NOT_ECMA);
        }
        Ok(match (look, number) {
            (Some((behind, negative)), _) => Node::Look {
                behind,
                negative,
                inner,
            },
            (None, Some(number)) => Node::Group(number, inner),
            (None, None) => Node::Sequence(vec![*inner]),
        })
    }

    /// The name of a group, with the bracket after it.
    fn name(&mut self) -> Result<String, &'static str> {
        let mut name = String::new();
        loop {
            match self.next() {
                Some('>') if !name.is_empty() => return Ok(name),
                Some(character) if character.is_alphanumeric() || "_$".contains(character) => {
                    name.push(character);
                }
                _ => return Err(NOT_ECMA),
            }
        }
    }

    /// What a backslash begins outside of brackets.
    fn escape(&mut self) -> Result<Node, &'static str> {
        match self.peek().ok_or(NOT_ECMA)? {
            'b' | 'B' => Ok(Node::Boundary {
                negative: self.next() == Some('B'),
            }),
            'k' => {
                self.at += 1;
                if !self.skip("<") {
                    return Err(NOT_ECMA);
                }
                let name = self.name()?;
                self.named.push(name);
                Ok(Node::Reference(NAMED + self.named.len() - 1))
            }
            '1'..='9' => {
                let number = self.count().ok_or(NOT_ECMA)?;
                Ok(Node::Reference(
                    usize::try_from(number).map_err(|_| NOT_ECMA)?,
                ))
            }
            _ => match self.escaped()? {
                Escaped::Character(code) => {
                    let mut set = SetBuilder::default();
                    set.range(code, code);
                    Ok(Node::Set(set.text(false)))
                }
                Escaped::Set(text) => Ok(Node::Set(text)),
            },
        }
    }

    /// What a backslash begins anywhere.
    fn escaped(&mut self) -> Result<Escaped, &'static str> {
        let character = self.next().ok_or(NOT_ECMA)?;
        if let Some(text) = set::escaped(character) {
            return Ok(Escaped::Set(text.to_owned()));
        }
        let code = match character {
            't' => 0x9,
            'n' => 0xa,
            'v' => 0xb,
            'f' => 0xc,
            'r' => 0xd,
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            'c' => match self.next() {
                Some(letter) if letter.is_ascii_alphabetic() => u32::from(letter) % 32,
                _ => return Err(NOT_ECMA),
            },
            'x' => self.hexadecimal(2).ok_or(NOT_ECMA)?,
            'u' => self.unicode().ok_or(NOT_ECMA)?,
            'p' | 'P' => return self.property(character == 'P'),
            // Letters and digits are kept for what ECMA-262 may add.
            other if other.is_ascii_alphanumeric() => return Err(NOT_ECMA),
            other => u32::from(other),
        };
        Ok(Escaped::Character(code))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |code, _| Some(code * 16 + self.next()?.to_digit(16)?))
    }

    /// The code point after `\u`. Two surrogates are one character.
    fn unicode(&mut self) -> Option<u32> {
        if self.skip("{") {
            let mut code: u32 = self.next()?.to_digit(16)?;
            while !self.skip("}") {
                let digit = self.next()?.to_digit(16)?;
                code = code.checked_mul(16)?.checked_add(digit)?;
            }
            return (code <= 0x10_ffff).then_some(code);
        }
        let first = self.hexadecimal(4)?;
        let start = self.at;
        if (0xd800..0xdc00).contains(&first) && self.skip("\\u") {
            match self.hexadecimal(4) {
                Some(second @ 0xdc00..0xe000) => {
                    return Some(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                }
                _ => self.at = start,
            }
        }
        Some(first)
    }

    /// `\p{…}` and `\P{…}`, whose names the engines know.
    fn property(&mut self, negative: bool) -> Result<Escaped, &'static str> {
        if !self.skip("{") {
            return Err(NOT_ECMA);
        }
        let mut name = String::new();
        while !self.skip("}") {
            match self.next() {
                Some(character)
                    if character.is_ascii_alphanumeric() || "_=".contains(character) =>
                {
                    name.push(character);
                }
                _ => return Err(NOT_ECMA),
            }
        }
        let letter = if negative { 'P' } else { 'p' };
        Ok(Escaped::Set(format!("\\{letter}{{{name}}}")))
    }

    /// The set in brackets, after the one that opens.
    fn class(&mut self) -> Result<Node, &'static str> {
        let negative = self.skip("^");
        let mut set = SetBuilder::default();
        while !self.skip("]") {
            let first = self.class_atom()?;
            let start = self.at;
            if !self.skip("-") || self.peek() == Some(']') {
                self.at = start;
                set.add(first);
                continue;
            }
            match (first, self.class_atom()?) {
                (Escaped::Character(first), Escaped::Character(last)) if first <= last => {
                    set.range(first, last);
                }
                (Escaped::Character(_), Escaped::Character(_)) => return Err(NOT_ECMA),
                (first, last) => {
                    set.add(first);
                    set.add(Escaped::Character(u32::from('-')));
                    set.add(last);
                }
            }
        }
        Ok(Node::Set(set.text(negative)))
    }

    fn class_atom(&mut self) -> Result<Escaped, &'static str> {
        match self.next().ok_or(NOT_ECMA)? {
            '\\' if self.skip("b") => Ok(Escaped::Character(0x8)),
            '\\' => self.escaped(),
            character => Ok(Escaped::Character(u32::from(character))),
        }
    }

    /// Gives references to names their numbers, and looks for those to no
    /// group.
    fn resolve(&self, node: &mut Node) -> Result<(), &'static str> {
        match node {
            Node::Reference(number) => {
                if let Some(name) = number.checked_sub(NAMED).and_then(|at| self.named.get(at)) {
                    let is_named = |known: &Option<String>| known.as_ref() == Some(name);
                    let at = self.names.iter().position(is_named).ok_or(NOT_ECMA)?;
                    *number = at + 1;
                }
                if *number > self.names.len() {
                    return Err(NOT_ECMA);
                }
                Ok(())
            }
            Node::Group(_, inner) | Node::Look { inner, .. } | Node::Repeat { inner, .. } => {
                self.resolve(inner)
            }
            Node::Sequence(nodes) | Node::Either(nodes) => {
                nodes.iter_mut().try_for_each(|node| self.resolve(node))
            }
            _ => Ok(()),
        }
    }
}

/// What an escape or a character in brackets stands for.
pub(crate) enum Escaped {
    /// A code point; surrogates are possible.
    Character(u32),
    /// A set, as the engines write it.
    Set(String),
}

fn literal(character: char) -> Node {
    let mut set = SetBuilder::default();
    set.range(u32::from(character), u32::from(character));
    Node::Set(set.text(false))
}
