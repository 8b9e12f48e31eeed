//! Examples: an operation in, a program that calls it out. The values are the
//! document's own examples, where it has some that fit.

mod imports;
mod value;

pub(super) use imports::{raw, raw_text};

use serde_json::Value as Json;

use super::operations::{handles, item_of};
use super::sample;
use super::ty::ident_text;
use crate::format::piece::fits;
use crate::format::statement::{Link, chain_behind};
use crate::model::{
    Api, Body, BodyChoice, BodyContent, Content, ItemKind, Operation, Outcome, Parameter, Sample,
    Struct, Type,
};
use imports::Imports;
use value::Writer;

/// How long a body may be, in characters, before a shorter one is made up.
const LONGEST: usize = 1200;

/// The columns that documentation takes, with what it looks like on a page.
const IN_DOCS: usize = 11;

/// What ends a call. Below other calls it has a line of its own.
const AWAITED: &str = ".await?;";

/// A call of an operation, as a program outside of the crate writes it.
pub(super) struct Example {
    imports: Imports,
    /// What is called, without the client in front: the accessors that lead to
    /// the method, and the method.
    calls: Vec<Link>,
    /// Whether the call is a variable before it is sent.
    kept: bool,
    /// What is printed of the answer, if it holds anything.
    shown: Option<&'static str>,
}

impl Example {
    /// The call with everything that it must be given; `None` where no value is
    /// known that fits.
    pub(super) fn of(api: &Api, operation: &Operation) -> Option<Self> {
        let mut writer = Writer {
            api,
            imports: Imports::new(api.library()),
            lenient: true,
        };
        let mut arguments = Vec::new();
        for parameter in &operation.path_parameters {
            let json = sample::parameter(api, parameter)?;
            arguments.push(writer.given(&parameter.ty, &json)?);
        }
        if let Some(required) = &operation.required_name {
            let mut fields = Vec::new();
            let is_required = |parameter: &&Parameter| parameter.required;
            for parameter in operation.parameters.iter().filter(is_required) {
                let json = sample::parameter(api, parameter)?;
                let value = writer.exact(&parameter.ty, &json)?;
                fields.push(format!("{}: {value}", ident_text(&parameter.name.rust)));
            }
            let name = writer.imports.name(&item_of(operation, &required.rust));
            arguments.push(format!("{name} {{ {} }}", fields.join(", ")));
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            arguments.push(body_of(&mut writer, operation, body)?);
        }
        let namespace = operation.namespace.map(|id| &api.namespaces[id.0]);
        let mut calls = namespace.map_or_else(Vec::new, |namespace| handles(api, namespace));
        // `send().send()` reads as if it were sent twice.
        let kept = operation.name.rust == "send" && arguments.is_empty();
        calls.push(Link::new(ident_text(&operation.name.rust), arguments));
        let optional = operation.body.as_ref().filter(|body| !body.required);
        if let Some(body) = optional.filter(|body| has_required(api, body)) {
            let argument = body_of(&mut writer, operation, body);
            let setter = |argument| Link::new(ident_text(&body.name.rust), [argument]);
            calls.extend(argument.map(setter));
        }
        let is_last = calls
            .last()
            .is_some_and(|call| call.arguments.is_empty() && call.head == "send");
        Some(Self {
            calls,
            kept: kept && is_last,
            shown: match &operation.output {
                Outcome::Nothing => None,
                Outcome::One(Content::Redirect) => Some("\"{}\", response.body().location()"),
                _ => Some("\"{:?}\", response.body()"),
            },
            imports: writer.imports,
        })
    }

    /// The example of a method: a fragment, with what is missing in lines that
    /// begin with `# `, which are for the compiler alone.
    pub(super) fn fragment(&self, api: &Api) -> Option<Vec<String>> {
        let library = api.library();
        let program = self.program(&format!("client: {library}::Client"), "")?;
        let (imports, function) = program.split_once("async fn")?;
        let mut lines: Vec<String> = imports.lines().map(str::to_owned).collect();
        let function = format!("async fn{function}");
        let mut in_body = false;
        for line in function.lines() {
            lines.push(match line.strip_prefix("    ") {
                Some("Ok(())") => "# Ok(())".to_owned(),
                Some(inside) if in_body => inside.to_owned(),
                // The signature may be long, and the brace is the last.
                _ => format!("# {line}"),
            });
            in_body |= line.ends_with('{');
        }
        let text = self.imports.filled(&lines.join("\n"));
        Some(text.lines().map(str::to_owned).collect())
    }

    /// A whole program, from making the client on; `client` is the expression
    /// for that.
    pub(super) fn whole(&self, client: &str) -> Option<Vec<String>> {
        let program = self.program("", &format!("let client = {client};"))?;
        let text = self.imports.filled(&program);
        Some(text.lines().map(str::to_owned).collect())
    }

    /// How long the call is, in characters.
    pub(super) fn len(&self) -> usize {
        self.calls.iter().map(|call| call.line().len()).sum()
    }

    fn program(&self, arguments: &str, before: &str) -> Option<String> {
        let mut program = self.imports.items();
        if !program.is_empty() {
            program.push('\n');
        }
        let output = "Result<(), Box<dyn std::error::Error>>";
        let signature = format!("async fn example({arguments}) -> {output} {{\n");
        program.push_str(&match fits(&signature, IN_DOCS) {
            true => signature,
            false => format!("async fn example(\n    {arguments},\n) -> {output} {{\n"),
        });
        if !before.is_empty() {
            program.push_str(&format!("    {before}\n"));
        }
        let sent = Link::new("send", [""; 0]);
        let mut calls = self.calls.clone();
        let mut from = "client";
        if self.kept {
            for line in chain_behind(IN_DOCS + 4, "let call = client", &calls, ";") {
                program.push_str(&format!("    {line}\n"));
            }
            calls.clear();
            from = "call";
        }
        calls.push(sent);
        let start = match self.shown.is_some() {
            true => format!("let response = {from}"),
            false => from.to_owned(),
        };
        let mut lines = chain_behind(IN_DOCS + 4, &start, &calls, AWAITED);
        if lines.len() > 1
            && let Some(last) = lines.last_mut()
        {
            last.truncate(last.len() - AWAITED.len());
            lines.push(format!("    {AWAITED}"));
        }
        for line in lines {
            program.push_str(&format!("    {line}\n"));
        }
        if let Some(shown) = self.shown {
            program.push_str(&format!("    println!({shown});\n"));
        }
        program.push_str("    Ok(())\n}\n");
        // Most programs are short; others have lines to break.
        if program.lines().all(|line| fits(line, IN_DOCS)) {
            return Some(program);
        }
        let program = prettyplease::unparse(&syn::parse_file(&program).ok()?);
        Some(program.replacen(";\nasync fn", ";\n\nasync fn", 1))
    }
}

/// The argument for a body: its first example, or what is enough.
fn body_of(writer: &mut Writer<'_>, operation: &Operation, body: &Body) -> Option<String> {
    body.choices.iter().find_map(|choice| {
        let examples = choice.examples.iter().map(|example| example.value.clone());
        let samples = examples.chain(enough(writer.api, choice));
        let mut longest = None;
        for json in samples {
            let mut attempt = writer.clone();
            let Some(value) = choice_of(&mut attempt, operation, body, choice, &json) else {
                continue;
            };
            let is_short = value.len() <= LONGEST;
            if is_short || longest.is_none() {
                longest = Some((value, attempt.imports));
            }
            if is_short {
                break;
            }
        }
        let (value, imports) = longest?;
        writer.imports = imports;
        Some(value)
    })
}

/// Whether a body holds properties that it must have: a call without the body
/// is hardly ever meant.
fn has_required(api: &Api, body: &Body) -> bool {
    body.choices.iter().any(|choice| match &choice.content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            requires(api, ty)
        }
        BodyContent::Parts(parts) => is_required(&parts.structure),
        BodyContent::PartsUnion(union) => {
            let mut variants = union.variants.iter();
            variants.any(|variant| is_required(&variant.parts.structure))
        }
        BodyContent::Text | BodyContent::Binary => false,
    })
}

fn requires(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Array(inner) | Type::Nullable(inner) => requires(api, inner),
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Struct(structure) => is_required(structure),
            // A newtype may hold itself.
            ItemKind::Alias(alias) => !alias.newtype && requires(api, &alias.ty),
            _ => false,
        },
        _ => false,
    }
}

fn is_required(structure: &Struct) -> bool {
    let mut fields = structure.fields.iter();
    fields.any(|field| field.presence.is_required())
}

/// The least value of a media type.
fn enough(api: &Api, choice: &BodyChoice) -> Option<Json> {
    if let Sample::OfSchema(value) = &choice.sample {
        return Some(value.clone());
    }
    match &choice.content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            sample::value(api, ty)
        }
        BodyContent::Parts(parts) => sample::structure(api, &parts.structure),
        BodyContent::PartsUnion(union) => {
            sample::structure(api, &union.variants.first()?.parts.structure)
        }
        BodyContent::Text | BodyContent::Binary => Some(Json::Null),
    }
}

fn choice_of(
    writer: &mut Writer<'_>,
    operation: &Operation,
    body: &Body,
    choice: &BodyChoice,
    json: &Json,
) -> Option<String> {
    let value = match &choice.content {
        BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
            writer.exact(ty, json)?
        }
        BodyContent::Parts(parts) => writer.parts(operation, parts, json)?,
        BodyContent::PartsUnion(union) => {
            let variant = union.variants.first()?;
            let value = writer.parts(operation, &variant.parts, json)?;
            let name = writer.imports.name(&item_of(operation, &union.name.rust));
            format!("{name}::{}({value})", ident_text(&variant.name.rust))
        }
        BodyContent::Text => "\"text\".to_owned()".to_owned(),
        BodyContent::Binary if body.enum_name.is_some() => "\"bytes\".into()".to_owned(),
        BodyContent::Binary => "\"bytes\"".to_owned(),
    };
    let Some(name) = &body.enum_name else {
        return Some(value);
    };
    let name = writer.imports.name(&item_of(operation, &name.rust));
    Some(format!(
        "{name}::{}({value})",
        ident_text(&choice.name.rust)
    ))
}
