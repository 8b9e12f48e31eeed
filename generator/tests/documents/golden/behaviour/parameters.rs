//! Parameters: each place writes its default style exactly as OpenAPI says.

mod canned;

use canned::{client, headers, refused, sent, target};
use golden_parameters as api;
use golden_parameters::types::{GetFileKind, HeadersTheme, Point, PointRequired, QueryFieldsItem};
use golden_parameters::{Call, operations};

fn point() -> Point {
    Point::new(PointRequired { x: 1, y: 2 })
}

fn query() -> Call<'static, operations::untagged::query::Query> {
    searched("a", &["t"])
}

fn searched(q: &str, tags: &[&str]) -> Call<'static, operations::untagged::query::Query> {
    // A call borrows from its client.
    let client = Box::leak(Box::new(client()));
    client.query(operations::untagged::query::QueryRequired {
        q: q.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
    })
}

#[test]
fn path_parameters_are_simple() {
    let client = client();
    let file = |path: &str, numbers: &[i64], point: Point| {
        let day = "2024-02-29";
        target(&sent(client.get_file(
            path,
            4,
            day,
            GetFileKind::Image,
            numbers,
            point,
        )))
    };
    assert_eq!(
        file("a b/c", &[3, 4, 5], point()),
        "/files/a%20b%2Fc/versions/4/days/2024-02-29/image/3,4,5/x,1,y,2"
    );
    assert_eq!(
        file("é?#%", &[-1], point().label("n,s")),
        "/files/%C3%A9%3F%23%25/versions/4/days/2024-02-29/image/-1/x,1,y,2,label,n%2Cs"
    );
    assert_eq!(
        target(&sent(client.get_item("~a-b_c.d"))),
        "/items/~a-b_c.d.json"
    );
}

#[test]
fn path_segments_that_lead_elsewhere_are_refused() {
    let client = client();
    for value in ["", ".", "..", "%2e%2E", "%252e", "a/../b", "..\\"] {
        refused(client.names(value, "b"));
    }
    for value in ["...", "a.", ".a", "%", "a%2"] {
        sent(client.names(value, "b"));
    }
}

#[test]
fn query_parameters_are_forms() {
    let everywhere = searched("a&b=c d+é", &["a", "b,c"]);
    assert_eq!(
        target(&sent(everywhere)),
        "/query?q=a%26b%3Dc%20d%2B%C3%A9&tags=a&tags=b%2Cc"
    );
    let cases = [
        (query().limit(0), "limit=0"),
        (query().exact(false), "exact=false"),
        (
            query().since("2024-02-29T12:34:56Z"),
            "since=2024-02-29T12%3A34%3A56Z",
        ),
        (
            query().fields([QueryFieldsItem::Id, QueryFieldsItem::Name]),
            "fields=id,name",
        ),
        (
            query().fields([QueryFieldsItem::from("a,b")]),
            "fields=a%2Cb",
        ),
        (query().point(point()), "x=1&y=2"),
        (query().flat_point(point()), "flat_point=x,1,y,2"),
    ];
    for (call, expected) in cases {
        assert_eq!(target(&sent(call)), format!("/query?q=a&tags=t&{expected}"));
    }
}

#[test]
fn what_is_not_set_is_not_sent() {
    // The default of `limit` is the service's business.
    assert_eq!(target(&sent(query())), "/query?q=a&tags=t");
    assert_eq!(target(&sent(searched("", &[]))), "/query?q=");
}

#[test]
fn header_parameters_are_simple_and_not_encoded() {
    let client = client();
    let call = || {
        client.headers(operations::untagged::headers::HeadersRequired {
            x_request_id: "r 1/é?".replace('é', "e"),
            session: "s".into(),
        })
    };
    let least = [("cookie", "session=s"), ("x-request-id", "r 1/e?")];
    assert_eq!(headers(&sent(call())), least);
    let request = sent(
        call()
            .x_count(2)
            .x_labels(["a".to_owned(), "b".to_owned()])
            .x_point(point())
            .x_exploded_point(point())
            .if_none_match("\"etag\""),
    );
    let expected = [
        ("cookie", "session=s"),
        ("if-none-match", "\"etag\""),
        ("x-count", "2"),
        ("x-exploded-point", "x=1,y=2"),
        ("x-labels", "a,b"),
        ("x-point", "x,1,y,2"),
        ("x-request-id", "r 1/e?"),
    ];
    assert_eq!(headers(&request), expected);
    for value in ["a\nb", "a\r\nX-Other: 1", " a", "a\t"] {
        refused(call().if_none_match(value));
    }
}

#[test]
fn cookie_parameters_are_forms_in_one_header() {
    let client = client();
    let call = client.headers(operations::untagged::headers::HeadersRequired {
        x_request_id: "r".to_owned(),
        session: "s".into(),
    });
    let request = sent(call.theme(HeadersTheme::Dark).seen([1, 2]));
    let cookie = &request.headers()["cookie"];
    assert_eq!(cookie, "session=s; theme=dark; seen=1,2");
    assert!(cookie.is_sensitive());
}

#[test]
fn parameters_with_poor_names_keep_them_on_the_wire() {
    let client = client();
    let call = || client.names("a", "b");
    let cases = [
        (call().r#async(false), "async=false"),
        (call().top(1), "%24top=1"),
        (call().filter_name("n"), "filter%5Bname%5D=n"),
        (call().user_id("u"), "user_id=u"),
        (call().user_id_query("u"), "userId=u"),
        (call().send_("s"), "send=s"),
        (call().build_("b"), "build=b"),
        (call().options_("o"), "options=o"),
        (call().n2fa("0"), "2fa=0"),
        (call().body("b"), "body=b"),
    ];
    for (call, expected) in cases {
        assert_eq!(target(&sent(call)), format!("/names/a/b?{expected}"));
    }
    let request = sent(call().user_id_header("h").user_id_cookie("c"));
    assert_eq!(
        headers(&request),
        [("cookie", "user-id=c"), ("user-id", "h")]
    );
}
