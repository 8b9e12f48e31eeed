//! Pieces of items: what every type has, definitions and short methods, laid
//! out as rustfmt would. There are tens of thousands of them in a large
//! client, all of a few forms; reading them as tokens first would take most of
//! the generator's time.

use super::comment;

/// The columns that a line may have.
pub(super) const WIDTH: usize = 100;

/// What stands in front of an item, a member or a method.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// The documentation, line by line.
    pub docs: Vec<String>,
    /// The attributes.
    pub attributes: Vec<Attribute>,
}

/// An attribute: `#[name]`, or `#[name(arguments)]`.
#[derive(Clone, Debug)]
pub struct Attribute {
    name: &'static str,
    arguments: Vec<String>,
}

/// The definition of a struct or an enum.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What stands in front of it.
    pub front: Front,
    /// `pub struct` or `pub enum`, and the name.
    pub head: String,
    /// Its fields or variants.
    pub members: Vec<Member>,
}

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct TypeAlias {
    /// What stands in front of it.
    pub front: Front,
    /// `pub type`, the name and its parameters.
    pub head: String,
    /// The type.
    pub ty: String,
}

/// A field or a variant.
#[derive(Clone, Debug)]
pub struct Member {
    /// What stands in front of it.
    pub front: Front,
    /// The field with its type, or the variant with what it holds.
    pub text: String,
}

/// An `impl` block.
#[derive(Clone, Debug)]
pub struct Impl {
    /// What stands in front of it.
    pub front: Front,
    /// What stands in front of the brace.
    pub head: String,
    /// The constants and types in it, line by line.
    pub constants: Vec<String>,
    /// The methods in it.
    pub methods: Vec<Function>,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Function {
    /// What stands in front of it.
    pub front: Front,
    /// What stands in front of the arguments.
    pub head: String,
    /// The arguments.
    pub arguments: Vec<String>,
    /// The type of what it returns; empty for nothing.
    pub output: String,
    /// The body, line by line ([`statement`](super::statement)), indented from
    /// its own left edge. A literal may go on over lines of its own.
    pub body: Vec<String>,
}

impl Front {
    /// Whether there is nothing in front.
    pub(super) fn is_empty(&self) -> bool {
        self.docs.is_empty() && self.attributes.is_empty()
    }

    /// Documentation, and no attribute.
    #[must_use]
    pub fn docs(docs: Vec<String>) -> Self {
        Self {
            docs,
            attributes: Vec::new(),
        }
    }

    /// With these attributes after those that are there.
    #[must_use]
    pub fn with(mut self, attributes: impl IntoIterator<Item = Attribute>) -> Self {
        self.attributes.extend(attributes);
        self
    }

    /// With `#[non_exhaustive]`.
    #[must_use]
    pub fn non_exhaustive(self) -> Self {
        self.with([Attribute::new("non_exhaustive")])
    }

    /// With `#[must_use]`.
    #[must_use]
    pub fn must_use(self) -> Self {
        self.with([Attribute::new("must_use")])
    }

    fn write(&self, text: &mut String, indentation: usize) {
        for line in &self.docs {
            push_doc(text, line, indentation);
        }
        for attribute in &self.attributes {
            attribute.write(text, indentation);
        }
    }
}

impl Attribute {
    /// An attribute without arguments.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            arguments: Vec::new(),
        }
    }

    /// An attribute with arguments; their literals have to be Rust's.
    #[must_use]
    pub fn of(name: &'static str, arguments: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            name,
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    /// The attribute on one line.
    #[must_use]
    pub fn line(&self) -> String {
        if self.arguments.is_empty() {
            format!("#[{}]", self.name)
        } else {
            format!("#[{}({})]", self.name, self.arguments.join(", "))
        }
    }

    fn write(&self, text: &mut String, indentation: usize) {
        let head = [
            "#[",
            self.name,
            if self.arguments.is_empty() { "" } else { "(" },
        ];
        let tail = if self.arguments.is_empty() { "]" } else { ")]" };
        push_listed(text, &head, &self.arguments, &[tail], 2, indentation);
    }
}

impl Definition {
    pub(super) fn write(&self, text: &mut String) {
        self.front.write(text, 0);
        if self.members.is_empty() {
            push_line(text, &[&self.head, " {}"], 0);
            return;
        }
        push_line(text, &[&self.head, " {"], 0);
        for (index, member) in self.members.iter().enumerate() {
            // What is documented stands apart.
            if index > 0 && !member.front.is_empty() {
                text.push('\n');
            }
            member.front.write(text, 4);
            push_line(text, &[&member.text, ","], 4);
        }
        push_line(text, &["}"], 0);
    }
}

impl TypeAlias {
    pub(super) fn write(&self, text: &mut String) {
        self.front.write(text, 0);
        let line = format!("{} = {};", self.head, self.ty);
        if fits(&line, 0) {
            push_line(text, &[&line], 0);
        } else {
            push_line(text, &[&self.head, " ="], 0);
            push_line(text, &[&self.ty, ";"], 4);
        }
    }
}

impl Impl {
    /// A block of methods.
    pub fn new(head: impl Into<String>, methods: Vec<Function>) -> Self {
        Self {
            front: Front::default(),
            head: head.into(),
            constants: Vec::new(),
            methods,
        }
    }

    pub(super) fn write(&self, text: &mut String) {
        self.front.write(text, 0);
        push_line(text, &[&self.head, " {"], 0);
        for line in &self.constants {
            push_line(text, &[line], 4);
        }
        for (index, method) in self.methods.iter().enumerate() {
            if index > 0 || !self.constants.is_empty() {
                text.push('\n');
            }
            method.write(text, 4);
        }
        push_line(text, &["}"], 0);
    }
}

impl Function {
    /// A function with nothing in front of it.
    pub fn new(
        head: impl Into<String>,
        arguments: impl IntoIterator<Item = impl Into<String>>,
        output: impl Into<String>,
        body: Vec<String>,
    ) -> Self {
        Self {
            front: Front::default(),
            head: head.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            output: output.into(),
            body,
        }
    }

    /// The function as it is laid out outside of any block.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    pub(super) fn write(&self, text: &mut String, indentation: usize) {
        self.front.write(text, indentation);
        let tail: &[&str] = match self.output.as_str() {
            "" => &[") {"],
            output => &[") -> ", output, " {"],
        };
        push_listed(
            text,
            &[&self.head, "("],
            &self.arguments,
            tail,
            1,
            indentation,
        );
        for line in &self.body {
            push_line(text, &[line], indentation + 4);
        }
        push_line(text, &["}"], indentation);
    }
}

/// Whether a line has room behind so many columns.
#[must_use]
pub fn fits(line: &str, indentation: usize) -> bool {
    let first = line.split('\n').next().unwrap_or_default();
    indentation + first.len() <= WIDTH || indentation + first.chars().count() <= WIDTH
}

/// Writes a list between what stands around it: on one line where that has room
/// or the list has fewer than so many entries, else each on a line of its own.
fn push_listed(
    text: &mut String,
    head: &[&str],
    entries: &[String],
    tail: &[&str],
    few: usize,
    indentation: usize,
) {
    let start = text.len();
    indent(text, indentation);
    text.extend(head.iter().copied());
    for (index, entry) in entries.iter().enumerate() {
        text.push_str(if index > 0 { ", " } else { "" });
        text.push_str(entry);
    }
    text.extend(tail.iter().copied());
    if entries.len() < few || fits(&text[start..], 0) {
        text.push('\n');
        return;
    }
    text.truncate(start);
    push_line(text, head, indentation);
    for entry in entries {
        push_line(text, &[entry, ","], indentation + 4);
    }
    push_line(text, tail, indentation);
}

fn push_line(text: &mut String, parts: &[&str], indentation: usize) {
    indent(text, indentation);
    text.extend(parts.iter().copied());
    text.push('\n');
}

fn indent(text: &mut String, columns: usize) {
    const BLANKS: &str = "                ";
    let mut columns = columns;
    while columns > 0 {
        let few = columns.min(BLANKS.len());
        text.push_str(&BLANKS[..few]);
        columns -= few;
    }
}

fn push_doc(text: &mut String, line: &str, indentation: usize) {
    let line = comment(line);
    match line.trim_end() {
        "" => push_line(text, &["///"], indentation),
        line => push_line(text, &["/// ", line], indentation),
    }
}
