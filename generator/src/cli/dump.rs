//! `generate --dump-spec`: prints the document as the generator understands it,
//! after overlays and upgrades.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::arguments::InputArguments;
use super::generate::Made;
use super::{Context, Failure, Verdict, findings};
use crate::Outcome;
use crate::diagnostic::visible_json;
use crate::lints::Enforcement;
use crate::source::{Node, Number, Value};

/// Runs the command.
pub(super) fn run(context: &Context<'_>, arguments: &InputArguments) -> Result<Verdict, Failure> {
    let made = Made::new(context, arguments, &mut Vec::new(), Enforcement::Warn)?;
    let terminal = context.terminal;
    // The report is the document alone, so that it can be read again.
    let Outcome { report, source, .. } = &made.outcome;
    findings::aside(context, report, source);
    let failure = Failure::new(format!(
        "{} is not a valid document: {}",
        made.inputs.spec,
        findings::counts(report)
    ));
    let Some(document) = made.outcome.upgraded() else {
        return Err(failure);
    };
    let mut text = serde_json::to_string_pretty(&InOrder(document))
        .map_err(|error| Failure::new(format!("could not write the document: {error}")))?;
    text.push('\n');
    terminal.report(visible_json(&text));
    match report.has_errors() {
        true => Err(failure),
        false => Ok(Verdict::Done),
    }
}

/// A node that is written in the author's order.
struct InOrder<'a>(&'a Node);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(Number::Integer(integer)) => serializer.serialize_i128(*integer),
            Value::Number(Number::Float(float)) => serializer.serialize_f64(*float),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(nodes) => {
                let mut list = serializer.serialize_seq(Some(nodes.len()))?;
                for node in nodes {
                    list.serialize_element(&InOrder(node))?;
                }
                list.end()
            }
            Value::Object(nodes) => {
                let mut object = serializer.serialize_map(Some(nodes.len()))?;
                for (key, node) in nodes {
                    object.serialize_entry(key, &InOrder(node))?;
                }
                object.end()
            }
        }
    }
}
