//! The media type of a response: what it declares and what the API description
//! has in, which of those it is out.

use http::header;

use super::received::Received;

impl Received {
    /// Which of the media types this is, by its place among them. One that is
    /// declared as none of them, or as nothing, counts as the first: servers
    /// and proxies err there more often than in the body.
    pub(crate) fn media_type(&self, offered: &[&str]) -> usize {
        let declared = self
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|declared| declared.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let mut best = (0, 0);
        for (at, offered) in offered.iter().enumerate() {
            let likeness = likeness(&declared, &offered.to_ascii_lowercase());
            if likeness > best.1 {
                best = (at, likeness);
            }
        }
        best.0
    }
}

/// How well a declared media type fits an offered one; 0 for not at all.
fn likeness(declared: &str, offered: &str) -> usize {
    let (declared, given) = split(declared);
    let (offered, asked) = split(offered);
    let is_json = |essence: &str| essence.ends_with("/json") || essence.ends_with("+json");
    let (kind, subtype) = offered.split_once('/').unwrap_or((offered, ""));
    if declared == offered {
        // The more parameters are as asked for, the better.
        match asked.iter().all(|one| given.contains(one)) {
            true => 4 + asked.len(),
            false => 3,
        }
    } else if is_json(declared) && is_json(offered) {
        2
    } else if !declared.is_empty()
        && subtype == "*"
        && (kind == "*" || declared.split('/').next() == Some(kind))
    {
        1
    } else {
        0
    }
}

/// The type and subtype, and the parameters.
fn split(media_type: &str) -> (&str, Vec<&str>) {
    let mut pieces = media_type.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default();
    (essence, pieces.filter(|piece| !piece.is_empty()).collect())
}
