//! Tests of responses: what a call makes of what it receives.

use super::{Names, body, call, raw_text, sample};
use crate::format::piece::Function;
use crate::format::statement::{Link, chain, literal};
use crate::model::{Api, Body, Content, Operation, Outcome, ResponseExample};

/// One test for each example of a response.
pub(super) fn tests(api: &Api, operation: &Operation, names: &mut Names) -> Vec<Function> {
    let request = operation
        .body
        .as_ref()
        .filter(|declared| declared.required)
        .and_then(Body::preferred)
        .map(|choice| {
            if !sample::has_both_directions(api, choice.content.types()) {
                return None;
            }
            let value = choice.examples.first().map(|example| example.value.clone());
            let value = value.or_else(|| super::body_sample(api, choice));
            value.map(|value| body(api, operation, choice, &value))
        });
    let request = match request {
        Some(None) => return Vec::new(),
        Some(Some(request)) => Some(request),
        None => None,
    };
    let Some(call) = call(api, operation, request.as_deref()) else {
        return Vec::new();
    };
    operation
        .examples
        .iter()
        .map(|example| test(api, operation, names, &call, example))
        .collect()
}

fn test(
    api: &Api,
    operation: &Operation,
    names: &mut Names,
    call: &[Link],
    example: &ResponseExample,
) -> Function {
    let status = example.status;
    let success = (200..300).contains(&status);
    let outcome = if success {
        &operation.output
    } else {
        &operation.failure
    };
    // An outcome by status is no type of JSON: that it decodes is all that can
    // be seen from here.
    let comparable = matches!(
        outcome,
        Outcome::One(content @ Content::Json(_)) if sample::has_both_directions(api, content.ty())
    );
    let same = |value: &str| {
        comparable.then(|| match example.lossless {
            true => format!("expect_json({value}, received);"),
            false => format!("expect_stable({value});"),
        })
    };
    let mut body = vec![
        format!("let received = {};", raw_text(&example.text)),
        format!(
            "let client = client(Canned::of({status}, {}, received));",
            literal(&example.media_type)
        ),
    ];
    let mut call = call.to_vec();
    call.push(Link::new("send", [""; 0]));
    body.extend(
        match chain("let answer = block_on(client", &call, ");").as_slice() {
            [line] => vec![line.clone()],
            _ => {
                let mut lines = chain("let call = client", &call, ";");
                lines.push("let answer = block_on(call);".to_owned());
                lines
            }
        },
    );
    if success {
        body.push("let response = answer.expect(\"a decoded response\");".to_owned());
        body.push(format!("assert_eq!(response.status(), {status});"));
        body.extend(same("response.body()"));
    } else {
        body.push("let error = answer.expect_err(\"an error\");".to_owned());
        body.push(format!(
            "assert_eq!(error.status().map(|status| status.as_u16()), Some({status}));"
        ));
        match same("api") {
            Some(same) => body.extend([
                "let api = error.api().expect(\"a decoded error\");".to_owned(),
                same,
            ]),
            None if matches!(outcome, Outcome::ByStatus(_)) => {
                body.push("assert!(error.api().is_some());".to_owned());
            }
            None => {}
        }
    }
    let words = format!("response {status} {}", example.name);
    super::test(names.next(operation, &words), body)
}
