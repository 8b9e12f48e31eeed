//! Statements: what the body of a function does in, its lines out, laid out as
//! rustfmt would. Lines are indented from the edge of the body, which stands 8
//! columns in.

use super::piece::fits;

/// A call in a chain of calls.
#[derive(Clone, Debug)]
pub struct Link {
    /// What stands in front of the arguments, without the dot.
    pub head: String,
    /// The arguments.
    pub arguments: Vec<String>,
}

impl Link {
    /// A call with these arguments.
    pub fn new(
        head: impl Into<String>,
        arguments: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            head: head.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    /// The call on one line.
    #[must_use]
    pub fn line(&self) -> String {
        [".", &self.head, "(", &self.arguments.join(", "), ")"].concat()
    }
}

/// A chain of calls in the body of a function: `before` and the value that the
/// first is called on, the calls, and what ends the expression.
#[must_use]
pub fn chain(before: &str, links: &[Link], after: &str) -> Vec<String> {
    chain_behind(8, before, links, after)
}

/// The same behind so many columns.
#[must_use]
pub fn chain_behind(columns: usize, before: &str, links: &[Link], after: &str) -> Vec<String> {
    let line: String = links.iter().map(Link::line).collect();
    let line = format!("{before}{line}{after}");
    if fits(&line, columns) && !line.contains('\n') {
        return vec![line];
    }
    let mut lines = vec![before.to_owned()];
    for link in links {
        let line = link.line();
        if fits(&line, columns + 4) || link.arguments.len() < 2 {
            lines.push(format!("    {line}"));
        } else {
            lines.push(format!("    .{}(", link.head));
            lines.extend(
                link.arguments
                    .iter()
                    .map(|argument| format!("        {argument},")),
            );
            lines.push("    )".to_owned());
        }
    }
    if let Some(last) = lines.last_mut() {
        last.push_str(after);
    }
    lines
}

/// A call as a statement of the body of a function: what stands in front of the
/// arguments, these, a list as the last of them if there is one, and what ends
/// the statement.
#[must_use]
pub fn call(head: &str, arguments: &[&str], list: Option<&[String]>, after: &str) -> Vec<String> {
    let listed = list.map(|list| format!("&[{}]", list.join(", ")));
    let all: Vec<&str> = arguments.iter().copied().chain(listed.as_deref()).collect();
    let line = format!("{head}({}){after}", all.join(", "));
    if fits(&line, 8) {
        return vec![line];
    }
    let mut lines = vec![format!("{head}(")];
    lines.extend(arguments.iter().map(|argument| format!("    {argument},")));
    match (list, listed) {
        (Some(list), Some(listed)) if !fits(&listed, 13) => {
            lines.push("    &[".to_owned());
            lines.extend(list.iter().map(|entry| format!("        {entry},")));
            lines.push("    ],".to_owned());
        }
        (_, listed) => lines.extend(listed.map(|listed| format!("    {listed},"))),
    }
    lines.push(format!("){after}"));
    lines
}

/// Lines one level further in.
pub fn indented(lines: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    lines.into_iter().map(|line| format!("    {line}"))
}

/// A statement that assigns, for the body of a function.
#[must_use]
pub fn assignment(place: &str, value: &str) -> Vec<String> {
    let line = [place, " = ", value, ";"].concat();
    if fits(&line, 8) {
        vec![line]
    } else {
        vec![format!("{place} ="), format!("    {value};")]
    }
}

/// An arm of a `match`, for the body of a function; `indentation` is that from
/// the body's edge.
#[must_use]
pub fn arm(pattern: &str, value: &str, indentation: usize) -> Vec<String> {
    let edge = " ".repeat(indentation);
    let line = [&edge, pattern, " => ", value, ","].concat();
    if fits(&line, 8) {
        vec![line]
    } else {
        vec![
            format!("{edge}{pattern} => {{"),
            format!("{edge}    {value}"),
            format!("{edge}}}"),
        ]
    }
}

/// A text as a literal.
#[must_use]
pub fn literal(text: &str) -> String {
    format!("{text:?}")
}
