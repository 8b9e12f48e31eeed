//! Writes parsed patterns as the engines read them.

use std::collections::BTreeMap;

use super::pattern_set::WORD;
use super::pattern_syntax::Node;

/// The pattern, for the linear engine if it has neither look-around nor
/// references, else for the one that backtracks.
pub(crate) fn text(pattern: &Node) -> String {
    let mut referenced = Vec::new();
    references(pattern, &mut referenced);
    let mut text = String::new();
    Writer {
        backtracks: looks(pattern) > 0,
        referenced,
        text: &mut text,
    }
    .write(pattern);
    text
}

/// The number of look-arounds and references, if the pattern needs the engine
/// that backtracks; else zero. There, a boundary is made of look-arounds.
pub(crate) fn looks(pattern: &Node) -> usize {
    let looks = pattern.count(&|node| matches!(node, Node::Look { .. } | Node::Reference(_)));
    match looks {
        0 => 0,
        looks => looks + 4 * pattern.count(&|node| matches!(node, Node::Boundary { .. })),
    }
}

/// Collects the groups that references name.
fn references(node: &Node, found: &mut Vec<usize>) {
    if let Node::Reference(number) = node {
        found.push(*number);
    }
    for child in node.children() {
        references(child, found);
    }
}

struct Writer<'t> {
    backtracks: bool,
    /// The numbers of the groups that references name.
    referenced: Vec<usize>,
    text: &'t mut String,
}

impl Writer<'_> {
    fn write(&mut self, node: &Node) {
        match node {
            Node::Set(text) => self.text.push_str(text),
            Node::Start => self.text.push_str("\\A"),
            Node::End => self.text.push_str("\\z"),
            Node::Boundary { negative } => self.boundary(*negative),
            Node::Group(number, inner) if self.referenced.contains(number) => {
                self.within(&format!("(?<g{number}>"), inner);
            }
            Node::Group(_, inner) => self.write(inner),
            Node::Look {
                behind,
                negative,
                inner,
            } => {
                let open = match (behind, negative) {
                    (false, false) => "(?=",
                    (false, true) => "(?!",
                    (true, false) => "(?<=",
                    (true, true) => "(?<!",
                };
                self.within(open, inner);
            }
            // A group that has not matched stands for the empty text.
            Node::Reference(number) => {
                let reference = format!("(?(<g{number}>)\\k<g{number}>)");
                self.text.push_str(&reference);
            }
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.grouped(node, is_either)),
            Node::Either(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    self.text.push_str(if index > 0 { "|" } else { "" });
                    self.grouped(node, is_either);
                }
            }
            Node::Repeat {
                inner,
                least,
                most,
                lazy,
            } => {
                self.grouped(inner, |node| !is_single(node));
                let counts = match (least, most) {
                    (0, None) => "*".to_owned(),
                    (1, None) => "+".to_owned(),
                    (0, Some(1)) => "?".to_owned(),
                    (least, None) => format!("{{{least},}}"),
                    (least, Some(most)) => format!("{{{least},{most}}}"),
                };
                self.text.push_str(&counts);
                self.text.push_str(if *lazy { "?" } else { "" });
            }
        }
    }

    fn boundary(&mut self, negative: bool) {
        let text = match (self.backtracks, negative) {
            (false, false) => "(?-u:\\b)".to_owned(),
            (false, true) => "(?-u:\\B)".to_owned(),
            (true, false) => format!("(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"),
            (true, true) => format!("(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))"),
        };
        self.text.push_str(&text);
    }

    /// A part in a group of its own, where it needs one.
    fn grouped(&mut self, node: &Node, needs: fn(&Node) -> bool) {
        match needs(node) {
            true => self.within("(?:", node),
            false => self.write(node),
        }
    }

    fn within(&mut self, open: &str, node: &Node) {
        self.text.push_str(open);
        self.write(node);
        self.text.push(')');
    }
}

/// Whether a part would come apart beside others.
fn is_either(node: &Node) -> bool {
    match node {
        Node::Either(_) => true,
        Node::Group(_, inner) => is_either(inner),
        _ => false,
    }
}

/// Whether a quantifier after the part belongs to all of it.
fn is_single(node: &Node) -> bool {
    matches!(node, Node::Set(_))
}

/// The pattern, where references to groups that are never set at that point
/// are the empty text.
///
/// # Errors
///
/// The engine keeps the text of a group from one repetition to the next, which
/// ECMA-262 does not. References that could tell the difference are refused.
pub(crate) fn without_unset_references(mut pattern: Node) -> Result<Node, &'static str> {
    let mut finder = Finder::default();
    finder.find(&pattern);
    finder.at = 0;
    finder.path.clear();
    finder.settle(&mut pattern)?;
    Ok(pattern)
}

/// What is around a part, as far as references are concerned.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    /// What repeats it.
    Repeats,
    /// What may leave it out.
    Optional,
    /// A negative look-ahead.
    Not,
    /// A look-behind.
    Behind,
    /// A group or sequence.
    Plain,
}

/// Where a part is: what is around it, each with its place in the pattern.
type Path = Vec<(usize, Around)>;

#[derive(Default)]
struct Finder {
    /// How many parts came before.
    at: usize,
    path: Path,
    /// Where each group is, and where it ends.
    groups: BTreeMap<usize, (Path, usize)>,
}

impl Finder {
    fn around(node: &Node) -> Around {
        match node {
            Node::Repeat { most, .. } if most.is_none_or(|most| most > 1) => Around::Repeats,
            Node::Repeat { .. } | Node::Either(_) => Around::Optional,
            Node::Look { behind: true, .. } => Around::Behind,
            Node::Look { negative: true, .. } => Around::Not,
            _ => Around::Plain,
        }
    }

    fn find(&mut self, node: &Node) {
        self.at += 1;
        let path = matches!(node, Node::Group(..)).then(|| self.path.clone());
        self.path.push((self.at, Self::around(node)));
        node.children().iter().for_each(|child| self.find(child));
        self.path.pop();
        if let (Node::Group(number, _), Some(path)) = (node, path) {
            self.groups.insert(*number, (path, self.at));
        }
    }

    fn settle(&mut self, node: &mut Node) -> Result<(), &'static str> {
        self.at += 1;
        if let Node::Reference(number) = node {
            if !self.is_set(*number)? {
                *node = Node::Sequence(Vec::new());
            }
            return Ok(());
        }
        self.path.push((self.at, Self::around(node)));
        match node {
            Node::Group(_, inner) | Node::Look { inner, .. } | Node::Repeat { inner, .. } => {
                self.settle(inner)?;
            }
            Node::Sequence(nodes) | Node::Either(nodes) => {
                nodes.iter_mut().try_for_each(|node| self.settle(node))?;
            }
            _ => {}
        }
        self.path.pop();
        Ok(())
    }

    /// Whether the group can have matched where the reference is.
    fn is_set(&self, number: usize) -> Result<bool, &'static str> {
        const UNCERTAIN: &str = "refers back to a group that is repeated or looked behind for";

        let Some((group, end)) = self.groups.get(&number) else {
            return Ok(false);
        };
        let has = |path: &[(usize, Around)], what| path.iter().any(|(_, around)| *around == what);
        // There, ECMA-262 matches from right to left.
        if has(group, Around::Behind) || has(&self.path, Around::Behind) {
            return Err(UNCERTAIN);
        }
        let common = group.iter().zip(&self.path);
        let common = common.take_while(|(one, other)| one == other).count();
        let (shared, own) = group.split_at(common);
        if *end >= self.at || has(own, Around::Not) {
            return Ok(false);
        }
        // Where the two part: if that is a choice, they are in two branches.
        let parted = group.get(common.saturating_sub(1)..).unwrap_or_default();
        let may_be_old = has(shared, Around::Repeats) && has(parted, Around::Optional);
        let is_certain = !has(own, Around::Repeats) && !may_be_old;
        is_certain.then_some(true).ok_or(UNCERTAIN)
    }
}
