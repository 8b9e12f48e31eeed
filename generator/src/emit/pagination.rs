//! Operations that answer page by page: what leads from a page to its items and
//! to the next page.

use super::ty::{self, From, ident_text};
use crate::format::piece::{Function, Impl};
use crate::format::statement::literal;
use crate::model::{
    Api, ItemKind, Mark, Operation, Outcome, Pagination, Presence, Slot, Struct, Turn, Type,
};

pub(super) fn implementation(api: &Api, operation: &Operation) -> Option<Impl> {
    let pagination = operation.pagination.as_ref()?;
    let marker = ident_text(&operation.marker.rust);
    let function = |head: &str, page: &str, result: &str, start: Vec<String>, end: String| {
        let mut lines = start;
        lines.push(end);
        Function::new(
            format!("fn {head}"),
            [format!("page: {page}")],
            result,
            lines,
        )
    };
    let by_reference = "&Self::Output";
    let start = || page(operation, pagination);
    let within = |names: &[String]| way(api, "page", &pagination.page, names);
    let items = within(&pagination.items);
    let mut methods = vec![
        function(
            "items",
            by_reference,
            "Option<&Vec<Self::Item>>",
            start(),
            items.shared(),
        ),
        function(
            "into_items",
            "Self::Output",
            "Option<Vec<Self::Item>>",
            start(),
            items.owned(),
        ),
    ];
    if let Some(mark) = &pagination.next {
        let (start, way) = match mark {
            Mark::Page(names) => (start(), within(names)),
            Mark::LastItem(names) => {
                let last = "Self::items(page)?.last()?";
                (Vec::new(), way(api, last, &pagination.item, names))
            }
        };
        let end = way.passed_to("mark");
        methods.push(function(
            "next",
            by_reference,
            "Option<serde_json::Value>",
            start,
            end,
        ));
    }
    if let Some(names) = &pagination.more {
        let end = within(names).copied();
        methods.push(function("more", by_reference, "Option<bool>", start(), end));
    }
    if let Some(names) = &pagination.total {
        let end = within(names).passed_to("count");
        methods.push(function("total", by_reference, "Option<u64>", start(), end));
    }
    let turn = match &pagination.turn {
        Turn::Cursor(at) => format!("Cursor({})", slot(at)),
        Turn::Offset(at) => format!("Offset({})", slot(at)),
        Turn::Page { slot: at, first } => format!("Page {{ slot: {}, first: {first} }}", slot(at)),
        Turn::Link => "Link".to_owned(),
    };
    let mut block = Impl::new(format!("impl Paginated for {marker}"), methods);
    block.constants = vec![
        format!(
            "type Item = {};",
            ty::text(api, &pagination.item, From::Crate)
        ),
        format!("const PAGINATION: Pagination = Pagination::{turn};"),
    ];
    Some(block)
}

/// The page among the outcomes.
fn page(operation: &Operation, pagination: &Pagination) -> Vec<String> {
    match (&operation.output, pagination.variant) {
        (Outcome::ByStatus(outcome), Some(variant)) => {
            let variant = ident_text(&outcome.variants[variant].name.rust);
            let outcome = ident_text(&outcome.name.rust);
            vec![
                format!("let {outcome}::{variant}(page) = page else {{"),
                "    return None;".to_owned(),
                "};".to_owned(),
            ]
        }
        _ => Vec::new(),
    }
}

fn slot(slot: &Slot) -> String {
    match slot {
        Slot::Query(name) => format!("Slot::Query({})", literal(name)),
        Slot::Body(names) => {
            let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
            format!("Slot::Body(&[{}])", names.join(", "))
        }
    }
}

/// The way from a value to something in it.
struct Way {
    /// The value.
    root: &'static str,
    legs: Vec<Leg>,
}

/// A property on the way.
struct Leg {
    field: String,
    /// How many `Option`s its value stands in.
    options: usize,
    boxed: bool,
}

fn way(api: &Api, root: &'static str, from: &Type, names: &[String]) -> Way {
    let mut legs = Vec::new();
    let mut ty = from;
    for name in names {
        let field = structure(api, ty)
            .and_then(|structure| structure.fields.iter().find(|field| field.wire == *name));
        // `lower` has gone the same way.
        let Some(field) = field else {
            break;
        };
        legs.push(Leg {
            field: ident_text(&field.name.rust).into_owned(),
            options: match field.presence {
                Presence::Required => 0,
                Presence::RequiredNullable | Presence::Optional => 1,
                Presence::OptionalNullable => 2,
            },
            boxed: field.boxed,
        });
        ty = &field.ty;
    }
    Way { root, legs }
}

fn structure<'a>(api: &'a Api, ty: &Type) -> Option<&'a Struct> {
    let Type::Item(id) = ty else {
        return None;
    };
    match &api.item(*id).kind {
        ItemKind::Struct(structure) => Some(structure),
        ItemKind::Alias(alias) => structure(api, &alias.ty),
        _ => None,
    }
}

/// How the last value on a way is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Out of what holds it.
    Out,
    /// As a copy.
    Copied,
    /// By reference.
    Shared,
}

impl Way {
    /// The expression of what is there, which leaves the function with `?`
    /// where something is not; and whether an `Option` is left of it.
    fn expression(&self, taken: Taken) -> (String, bool) {
        let mut text = self.root.to_owned();
        let mut pending = false;
        for (number, leg) in self.legs.iter().enumerate() {
            let is_last = number + 1 == self.legs.len();
            let out = taken == Taken::Out || (is_last && taken == Taken::Copied);
            let (step, last) = match (out, leg.boxed) {
                (true, true) => ("", ".map(|value| *value)"),
                (true, false) => ("", ""),
                (false, true) => (".as_ref()", ".as_deref()"),
                (false, false) => (".as_ref()", ".as_ref()"),
            };
            if pending {
                text.push('?');
            }
            text = format!("{text}.{}", leg.field);
            for _ in 1..leg.options {
                text.push_str(step);
                text.push('?');
            }
            if leg.options > 0 {
                text.push_str(last);
            }
            pending = leg.options > 0;
        }
        (text, pending)
    }

    /// An `Option` of a reference to it.
    fn shared(&self) -> String {
        match self.expression(Taken::Shared) {
            (text, true) => text,
            (text, false) if self.legs.is_empty() => format!("Some({text})"),
            (text, false) => format!("Some(&{text})"),
        }
    }

    /// An `Option` of it.
    fn owned(&self) -> String {
        some(self.expression(Taken::Out))
    }

    /// An `Option` of a copy of it.
    fn copied(&self) -> String {
        some(self.expression(Taken::Copied))
    }

    /// An `Option` of what the runtime's function makes of it.
    fn passed_to(&self, function: &str) -> String {
        let path = format!("crate::runtime::{function}");
        match self.expression(Taken::Shared) {
            (text, true) => format!("{path}({text}?)"),
            (text, false) if self.legs.is_empty() => format!("{path}({text})"),
            (text, false) => format!("{path}(&{text})"),
        }
    }
}

fn some((text, is_option): (String, bool)) -> String {
    match is_option {
        true => text,
        false => format!("Some({text})"),
    }
}
