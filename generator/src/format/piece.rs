//! Pieces of items: what every type has, definitions and short methods, laid
//! out as rustfmt would. There are tens of thousands of them in a large
//! client, all of a few forms; reading them as tokens first would take most of
//! the generator's time.

use std::fmt::Write;

use super::comment;

/// The columns that a line may have.
const WIDTH: usize = 100;

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
    /// The body, line by line ([`statement`](super::statement)), indented from its own left edge. A literal may
    /// go on over lines of its own.
    pub body: Vec<String>,
}

impl Front {
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
        let line = self.line();
        if fits(&line, indentation) || self.arguments.len() < 2 {
            push_line(text, &line, indentation);
            return;
        }
        push_line(text, &format!("#[{}(", self.name), indentation);
        push_list(text, &self.arguments, indentation + 4);
        push_line(text, ")]", indentation);
    }
}

impl Definition {
    pub(super) fn write(&self, text: &mut String) {
        self.front.write(text, 0);
        if self.members.is_empty() {
            push_line(text, &format!("{} {{}}", self.head), 0);
            return;
        }
        push_line(text, &format!("{} {{", self.head), 0);
        for member in &self.members {
            member.front.write(text, 4);
            push_line(text, &format!("{},", member.text), 4);
        }
        push_line(text, "}", 0);
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
        push_line(text, &format!("{} {{", self.head), 0);
        for line in &self.constants {
            push_line(text, line, 4);
        }
        for (index, method) in self.methods.iter().enumerate() {
            if index > 0 || !self.constants.is_empty() {
                text.push('\n');
            }
            method.write(text, 4);
        }
        push_line(text, "}", 0);
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
        let Self {
            head, arguments, ..
        } = self;
        let output = match self.output.as_str() {
            "" => " {".to_owned(),
            output => format!(" -> {output} {{"),
        };
        let line = format!("{head}({}){output}", arguments.join(", "));
        if fits(&line, indentation) || arguments.is_empty() {
            push_line(text, &line, indentation);
        } else {
            push_line(text, &format!("{head}("), indentation);
            push_list(text, arguments, indentation + 4);
            push_line(text, &format!("){output}"), indentation);
        }
        for line in &self.body {
            push_line(text, line, indentation + 4);
        }
        push_line(text, "}", indentation);
    }
}

pub(super) fn fits(line: &str, indentation: usize) -> bool {
    let first = line.split('\n').next().unwrap_or_default();
    indentation + first.chars().count() <= WIDTH
}

fn push_list(text: &mut String, entries: &[String], indentation: usize) {
    for entry in entries {
        push_line(text, &format!("{entry},"), indentation);
    }
}

fn push_line(text: &mut String, line: &str, indentation: usize) {
    text.extend(std::iter::repeat_n(' ', indentation));
    text.push_str(line);
    text.push('\n');
}

fn push_doc(text: &mut String, line: &str, indentation: usize) {
    text.extend(std::iter::repeat_n(' ', indentation));
    let line = comment(line);
    let line = line.trim_end();
    // Writing to a `String` cannot fail.
    let _ = match line {
        "" => writeln!(text, "///"),
        line => writeln!(text, "/// {line}"),
    };
}
