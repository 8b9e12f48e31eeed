//! Values of constants: an expression in, its text out, broken
//! where a line would be too long. Unions of a large client have tens of
//! thousands of lines of them.

use super::piece::WIDTH;

/// An expression of the kinds that constants consist of.
#[derive(Clone, Debug)]
pub enum Expression {
    /// What stands on one line.
    Plain(String),
    /// A reference to an array.
    List(Vec<Expression>),
    /// An expression with text in front of it and behind it.
    Within(String, Box<Expression>, &'static str),
    /// A struct.
    Struct(Struct),
}

/// A struct with values for its fields.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its name.
    pub name: &'static str,
    /// Its fields.
    pub fields: Vec<(&'static str, Expression)>,
    /// Where the fields that are not given come from.
    pub base: Option<Box<Expression>>,
}

impl Expression {
    /// A list of texts.
    #[must_use]
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let literal = |text| Self::Plain(super::statement::literal(text));
        Self::List(texts.into_iter().map(literal).collect())
    }

    /// Whether any expression in it fits.
    pub fn any(&self, fits: &dyn Fn(&Self) -> bool) -> bool {
        fits(self)
            || match self {
                Self::Plain(_) => false,
                Self::List(elements) => elements.iter().any(|element| element.any(fits)),
                Self::Within(_, inner, _) => inner.any(fits),
                Self::Struct(Struct { fields, base, .. }) => {
                    fields.iter().any(|(_, value)| value.any(fits))
                        || base.as_ref().is_some_and(|base| base.any(fits))
                }
            }
    }

    /// Writes it where `text` ends, in a line that is indented so far; `after`
    /// is the number of columns that are wanted behind it.
    pub fn write(&self, text: &mut String, indentation: usize, after: usize) {
        let start = text.len();
        self.write_on_line(text);
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        if text[line..].chars().count() + after <= WIDTH {
            return;
        }
        match self {
            Self::Plain(_) => {}
            Self::List(elements) if elements.is_empty() => {}
            Self::List(elements) => {
                text.truncate(start);
                text.push_str("&[");
                for element in elements {
                    next_line(text, indentation + 4);
                    element.write(text, indentation + 4, 1);
                    text.push(',');
                }
                next_line(text, indentation);
                text.push(']');
            }
            Self::Within(before, inner, behind) => {
                text.truncate(start);
                text.push_str(before);
                inner.write(text, indentation, behind.len() + after);
                text.push_str(behind);
            }
            Self::Struct(Struct { name, fields, base }) => {
                text.truncate(start);
                text.push_str(name);
                text.push_str(" {");
                for (field, value) in fields {
                    next_line(text, indentation + 4);
                    text.push_str(field);
                    text.push_str(": ");
                    value.write(text, indentation + 4, 1);
                    text.push(',');
                }
                if let Some(base) = base {
                    next_line(text, indentation + 4);
                    text.push_str("..");
                    base.write(text, indentation + 4, 0);
                }
                next_line(text, indentation);
                text.push('}');
            }
        }
    }

    fn write_on_line(&self, text: &mut String) {
        match self {
            Self::Plain(plain) => text.push_str(plain),
            Self::List(elements) => {
                text.push_str("&[");
                for (index, element) in elements.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    element.write_on_line(text);
                }
                text.push(']');
            }
            Self::Within(before, inner, behind) => {
                text.push_str(before);
                inner.write_on_line(text);
                text.push_str(behind);
            }
            Self::Struct(Struct { name, fields, base }) => {
                text.push_str(name);
                text.push_str(" { ");
                for (index, (field, value)) in fields.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    text.push_str(field);
                    text.push_str(": ");
                    value.write_on_line(text);
                }
                if let Some(base) = base {
                    text.push_str(if fields.is_empty() { ".." } else { ", .." });
                    base.write_on_line(text);
                }
                text.push_str(" }");
            }
        }
    }
}

fn next_line(text: &mut String, indentation: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indentation));
}

#[cfg(test)]
mod tests {
    use super::{Expression, Struct};

    fn written(expression: &Expression, indentation: usize) -> String {
        let mut text = " ".repeat(indentation);
        expression.write(&mut text, indentation, 0);
        text
    }

    #[test]
    fn what_has_no_room_on_a_line_is_broken_from_outside_in() {
        let short = Expression::texts(["a", "b"]);
        assert_eq!(written(&short, 4), "    &[\"a\", \"b\"]");
        let long = "l".repeat(50);
        let list = Expression::texts([long.as_str(), &long]);
        let all = Expression::Struct(Struct {
            name: "Shape",
            fields: vec![("required", short), ("properties", list)],
            base: Some(Box::new(Expression::Plain("Shape::ANY".to_owned()))),
        });
        let all = Expression::Within("Some(".to_owned(), Box::new(all), ")");
        let expected = [
            "  Some(Shape {",
            "      required: &[\"a\", \"b\"],",
            "      properties: &[",
            &format!("          \"{long}\","),
            &format!("          \"{long}\","),
            "      ],",
            "      ..Shape::ANY",
            "  })",
        ];
        assert_eq!(written(&all, 2), expected.join("\n"));
    }
}
