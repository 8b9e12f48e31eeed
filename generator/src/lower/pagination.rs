//! Pagination: what the document and the configuration say of pages in, and the
//! plan of each operation that answers so out.

use serde::Deserialize;

use super::Lowerer;
use crate::config::{Paging, PagingKind};
use crate::diagnostic::{Code, nearest};
use crate::filter::fits;
use crate::graph::Location;
use crate::model::{
    Api, BodyContent, Content, ItemKind, Mark, Operation, Outcome, Pagination, Scalar, Slot, Turn,
    Type,
};

impl Lowerer<'_> {
    /// The document decides, then the first rule of the configuration that
    /// names the operation.
    pub(super) fn pagination(&mut self) {
        let graph = self.graph;
        for (index, said) in graph.operations.iter().enumerate() {
            if let Some(node) = &said.pagination {
                if node.as_bool() != Some(false) {
                    let plan = Paging::deserialize(node.to_json())
                        .map_err(|error| error.to_string())
                        .and_then(|paging| plan(&self.api, index, &paging));
                    match plan {
                        Ok(plan) => self.api.operations[index].pagination = Some(plan),
                        // Others give the key another meaning.
                        Err(why) => {
                            self.report
                                .warn(
                                    Code::NoEffect,
                                    node.origin,
                                    format!("`x-pagination` has no effect: {why}"),
                                )
                                .help("the guide says what it may hold");
                        }
                    }
                }
                continue;
            }
            self.configured_pagination(index);
        }
        self.unused_pagination();
    }

    /// By the first rule that names the operation and fits it.
    fn configured_pagination(&mut self, index: usize) {
        let config = self.config;
        let id = &self.api.operations[index].id;
        for rule in &config.pagination {
            let mut patterns = rule.operations.iter();
            if !patterns.any(|pattern| fits(pattern, id, None)) {
                continue;
            }
            if let Ok(plan) = plan(&self.api, index, rule) {
                self.api.operations[index].pagination = Some(plan);
                return;
            }
        }
    }

    /// Each name and pattern of the configuration has to be good for something.
    fn unused_pagination(&mut self) {
        for (index, rule) in self.config.pagination.iter().enumerate() {
            let index = index.to_string();
            if rule.operations.is_empty() {
                let message = "a `[[pagination]]` names no `operations`";
                self.config
                    .error(self.report, &["pagination", &index], message)
                    .help("write `operations = [\"list_*\"]`, say");
            }
            for (at, pattern) in rule.operations.iter().enumerate() {
                let operations = self.api.operations.iter().enumerate();
                let named = operations.filter(|(_, operation)| fits(pattern, &operation.id, None));
                // Others of a pattern may well answer otherwise.
                let plans: Vec<_> = named
                    .map(|(index, _)| plan(&self.api, index, rule))
                    .collect();
                let why = match plans.first() {
                    None => "no operation is called so",
                    Some(Err(why)) if plans.iter().all(Result::is_err) => why,
                    Some(_) => continue,
                };
                let message = format!("`[[pagination]]` names `{pattern}`: {why}");
                let known = self.api.operations.iter();
                let help = match nearest(pattern, known.map(|operation| operation.id.as_str())) {
                    Some(meant) if plans.is_empty() => format!("did you mean `{meant}`?"),
                    _ => "name operations that answer page by page, and where their pages are"
                        .to_owned(),
                };
                let at = at.to_string();
                self.config
                    .error(
                        self.report,
                        &["pagination", &index, "operations", &at],
                        message,
                    )
                    .help(help);
            }
        }
    }
}

/// The plan, or why there can be none.
fn plan(api: &Api, index: usize, paging: &Paging) -> Result<Pagination, String> {
    if let Some(problem) = paging.problem() {
        return Err(problem);
    }
    let operation = &api.operations[index];
    let items = names(&paging.items);
    let (variant, page) = page(api, operation, &items)?;
    let Type::Array(item) = behind_aliases(api, at(api, &page, &items)?) else {
        return Err(format!("`{}` is no list in its response", paging.items));
    };
    let within = |within: &Type, pointer: &Option<String>, wanted: &[Scalar]| {
        let Some(pointer) = pointer else {
            return Ok(None);
        };
        let names = names(pointer);
        let fits = match behind_aliases(api, at(api, within, &names)?) {
            // A number written as text, say.
            Type::Scalar(Scalar::Formatted(_)) => !wanted.contains(&Scalar::Bool),
            Type::Scalar(scalar) => wanted.contains(scalar),
            Type::Item(id) => match &api.item(*id).kind {
                ItemKind::Newtype(newtype) => wanted.contains(&newtype.inner),
                _ => false,
            },
            _ => false,
        };
        match fits {
            true => Ok(Some(names)),
            false => Err(format!("`{pointer}` has not the type that it would need")),
        }
    };
    let numbers = [
        Scalar::I32,
        Scalar::I64,
        Scalar::I128,
        Scalar::U32,
        Scalar::U64,
    ];
    let marks = [&numbers[..], &[Scalar::String]].concat();
    let next = match within(&page, &paging.next, &marks)? {
        Some(names) => Some(Mark::Page(names)),
        None => within(item, &paging.last, &marks)?.map(Mark::LastItem),
    };
    let slot = || {
        slot(
            api,
            operation,
            paging.parameter.as_deref().unwrap_or_default(),
        )
    };
    let turn = match paging.kind {
        PagingKind::Cursor => Turn::Cursor(slot()?),
        PagingKind::Offset => Turn::Offset(slot()?),
        PagingKind::Page => Turn::Page {
            slot: slot()?,
            first: paging.first.unwrap_or(1),
        },
        PagingKind::Link => Turn::Link,
    };
    Ok(Pagination {
        turn,
        variant,
        item: (**item).clone(),
        more: within(&page, &paging.more, &[Scalar::Bool])?,
        total: within(&page, &paging.total, &numbers)?,
        next,
        items,
        page,
    })
}

/// The outcome that is a page: the first in which there are items.
fn page(
    api: &Api,
    operation: &Operation,
    items: &[String],
) -> Result<(Option<usize>, Type), String> {
    let found = match &operation.output {
        Outcome::One(Content::Json(ty)) => Some((None, ty)),
        Outcome::ByStatus(outcome) => {
            let mut variants = outcome.variants.iter().enumerate();
            variants.find_map(|(index, variant)| match &variant.content {
                Some(Content::Json(ty)) if at(api, ty, items).is_ok() => Some((Some(index), ty)),
                _ => None,
            })
        }
        _ => None,
    };
    let (variant, ty) = found.ok_or("its successful response is no JSON with items in it")?;
    Ok((variant, ty.clone()))
}

/// Where the request says which page it wants.
fn slot(api: &Api, operation: &Operation, parameter: &str) -> Result<Slot, String> {
    if !parameter.starts_with('/') {
        let known = operation
            .parameters
            .iter()
            .any(|known| known.location == Location::Query && known.wire == parameter);
        return match known {
            true => Ok(Slot::Query(parameter.to_owned())),
            false => Err(format!("it has no query parameter `{parameter}`")),
        };
    }
    let names = names(parameter);
    let body = operation.body.as_ref().and_then(|body| body.preferred());
    match body.map(|choice| &choice.content) {
        Some(BodyContent::Json(ty)) => at(api, ty, &names).map(|_| Slot::Body(names.clone())),
        _ => Err("its request body is no JSON".to_owned()),
    }
}

/// The type where properties lead.
fn at<'a>(api: &'a Api, mut ty: &'a Type, names: &[String]) -> Result<&'a Type, String> {
    for name in names {
        let field = match behind_aliases(api, ty) {
            Type::Item(id) => match &api.item(*id).kind {
                ItemKind::Struct(structure) => {
                    structure.fields.iter().find(|field| field.wire == *name)
                }
                _ => None,
            },
            _ => None,
        };
        let field =
            field.ok_or_else(|| format!("there is no property `{name}` where it looks for one"))?;
        ty = &field.ty;
    }
    Ok(ty)
}

/// The type itself, where another name stands for it.
fn behind_aliases<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) if !alias.newtype => behind_aliases(api, &alias.ty),
            _ => ty,
        },
        _ => ty,
    }
}

/// The names in a JSON pointer.
fn names(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::test_support::plan_with;

    const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /pages:
    get:
      operationId: list
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: A page.
          content: {application/json: {schema: {type: object, properties: {
            data: {type: array, items: {type: string}}, total: {type: boolean}, next: {type: string}}}}}
";

    /// What is said of a `[[pagination]]`.
    fn said(rule: &str) -> Vec<String> {
        let config = config::parse(&format!("[[pagination]]\n{rule}")).expect("TOML");
        let (_, report) = plan_with(DOCUMENT, config);
        let said = report.diagnostics().iter();
        said.map(|diagnostic| diagnostic.message.clone()).collect()
    }

    #[test]
    fn a_rule_has_to_fit_what_it_names() {
        let cases = [
            (
                "operations=[]\ntype='link'\nitems='/data'",
                "names no `operations`",
            ),
            (
                "operations=['find']\ntype='link'\nitems='/data'",
                "no operation is called so",
            ),
            (
                "operations=['l*']\ntype='link'\nitems='/dat'",
                "there is no property `dat`",
            ),
            (
                "operations=['l*']\ntype='link'\nitems='/next'",
                "`/next` is no list",
            ),
            (
                "operations=['l*']\ntype='link'\nitems='data'",
                "`data` is no JSON pointer",
            ),
            (
                "operations=['l*']\ntype='page'\nitems='/data'",
                "`parameter` is missing",
            ),
            (
                "operations=['l*']\ntype='page'\nitems='/data'\nparameter='p'",
                "it has no query parameter `p`",
            ),
            (
                "operations=['l*']\ntype='page'\nitems='/data'\nparameter='/p'",
                "its request body is no JSON",
            ),
            (
                "operations=['l*']\ntype='page'\nitems='/data'\nparameter='page'\ntotal='/total'",
                "`/total` has not the type",
            ),
            (
                "operations=['l*']\ntype='cursor'\nitems='/data'\nparameter='page'",
                "`next` is missing",
            ),
            (
                "operations=['l*']\ntype='cursor'\nitems='/data'\nparameter='page'\nnext='/next'\nlast=''",
                "`last` has no meaning",
            ),
            (
                "operations=['l*']\ntype='link'\nitems='/data'\nfirst=0",
                "`first` has no meaning",
            ),
        ];
        for (rule, expected) in cases {
            let said = said(rule);
            assert_eq!(said.len(), 1, "{rule}: {said:?}");
            assert!(said[0].contains(expected), "{rule}: {said:?}");
        }
        let right = "operations=['l*']\ntype='page'\nitems='/data'\nparameter='page'";
        assert!(said(right).is_empty());
    }
}
