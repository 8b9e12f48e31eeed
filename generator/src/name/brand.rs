//! Finds names of products and protocols that are one word although capitals
//! stand inside of them: `GitHub` is `github`, `OAuth2` is `oauth2`.

use std::borrow::Cow;

/// As their owners write them, or as `PascalCase` leaves them.
const BRANDS: [&str; 37] = [
    "BigQuery",
    "ClickUp",
    "DocuSign",
    "DynamoDB",
    "DynamoDb",
    "FedEx",
    "GitHub",
    "GitLab",
    "GraphQL",
    "GraphQl",
    "HubSpot",
    "IPv4",
    "IPv6",
    "JavaScript",
    "LinkedIn",
    "MongoDB",
    "MongoDb",
    "MySQL",
    "MySql",
    "OAuth",
    "OneDrive",
    "OneLogin",
    "OpenID",
    "OpenId",
    "PagerDuty",
    "PayPal",
    "PostgreSQL",
    "PostgreSql",
    "QuickBooks",
    "SendGrid",
    "ServiceNow",
    "SharePoint",
    "TikTok",
    "TypeScript",
    "WhatsApp",
    "WordPress",
    "YouTube",
];

/// The text with each of those names in lower case but for its first letter, so
/// that it counts as one word.
pub(crate) fn as_words(text: &str) -> Cow<'_, str> {
    let mut words = Cow::Borrowed(text);
    for brand in BRANDS {
        if let Some(changed) = replaced(&words, brand) {
            words = Cow::Owned(changed);
        }
    }
    words
}

fn replaced(text: &str, brand: &str) -> Option<String> {
    // `oAuth2Token` begins like `OAuth2Token`, in `camelCase`.
    let rest = brand.get(1..).filter(|rest| text.contains(rest))?;
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(rest) {
        let Some(start) = at.checked_sub(1).filter(|start| *start >= from) else {
            continue;
        };
        let end = at + rest.len();
        let Some(first) = text.get(start..at) else {
            continue;
        };
        let before = text[..start].chars().next_back();
        // `SSOAuth` is `SSO` and `Auth`, `helloAuth` is `hello` and `Auth`.
        let begins = match first == &brand[..1] {
            true => before.is_none_or(|before| !before.is_uppercase()),
            false => {
                first.eq_ignore_ascii_case(&brand[..1])
                    && before.is_none_or(|before| !before.is_alphanumeric())
            }
        };
        let after = text[end..].chars().next();
        if begins && after.is_none_or(|after| !after.is_lowercase()) {
            changed.push_str(&text[from..start]);
            changed.push_str(first);
            changed.push_str(&rest.to_ascii_lowercase());
            from = end;
        }
    }
    if from == 0 {
        return None;
    }
    changed.push_str(&text[from..]);
    Some(changed)
}
