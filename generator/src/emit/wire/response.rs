//! Tests of responses: what a call makes of what it receives.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, body, call, json, sample};
use crate::model::{Api, Body, Content, Example, Operation, Outcome};

/// One test for each example of a response.
pub(super) fn tests(api: &Api, operation: &Operation, names: &mut Names) -> Vec<TokenStream> {
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
    let Some(call) = call(api, operation, request.as_ref()) else {
        return Vec::new();
    };
    operation
        .examples
        .iter()
        .filter_map(|example| test(api, operation, names, &call, example))
        .collect()
}

fn test(
    api: &Api,
    operation: &Operation,
    names: &mut Names,
    call: &TokenStream,
    example: &Example,
) -> Option<TokenStream> {
    let status = example.status?;
    let code = proc_macro2::Literal::u16_unsuffixed(status);
    let media_type = &example.media_type;
    let json = json(&example.value);
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
    let check = if success {
        let same = (comparable && example.lossless)
            .then(|| quote!(expect_json(response.body(), received);));
        let again =
            (comparable && !example.lossless).then(|| quote!(expect_stable(response.body());));
        quote! {
            let response = answer.expect("a decoded response");
            assert_eq!(response.status(), #code);
            #same
            #again
        }
    } else {
        let same = (comparable && example.lossless).then(|| quote!(expect_json(api, received);));
        let again = (comparable && !example.lossless).then(|| quote!(expect_stable(api);));
        let api = (comparable || matches!(outcome, Outcome::ByStatus(_))).then(|| {
            if same.is_some() || again.is_some() {
                quote! {
                    let api = error.api().expect("a decoded error");
                    #same
                    #again
                }
            } else {
                quote!(assert!(error.api().is_some());)
            }
        });
        quote! {
            let error = answer.expect_err("an error");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(#code));
            #api
        }
    };
    let name = names.next(operation, &format!("response {status} {}", example.name));
    Some(quote! {
        #[test]
        fn #name() {
            let received = #json;
            let client = client(Canned { status: #code, media_type: #media_type, body: received });
            let answer = block_on(#call.send());
            #check
        }
    })
}
