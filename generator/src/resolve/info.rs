//! What a document says of itself and of further reading: nodes in, sentences
//! of Markdown out.

use super::text;
use crate::diagnostic::without_passwords;
use crate::source::Node;

/// Version, terms, contact and licence of the document at `root`, and where
/// there is more to read.
pub(super) fn notes(root: &Node) -> Vec<String> {
    let info = root.get("info");
    let mut notes = Vec::new();
    if let Some(version) = text(info, "version").filter(|version| !version.trim().is_empty()) {
        notes.push(format!(
            "Version of the API description: {}.",
            inline(&version)
        ));
    }
    if let Some(terms) = text(info, "termsOfService") {
        notes.push(format!("Terms of service: {}.", link(&terms, &terms)));
    }
    if let Some(contact) = info.and_then(|info| info.get("contact")) {
        let name = text(Some(contact), "name");
        let to = text(Some(contact), "url")
            .or_else(|| text(Some(contact), "email").map(|email| format!("mailto:{email}")));
        match (name, to) {
            (Some(name), Some(to)) => notes.push(format!("Contact: {}.", link(&name, &to))),
            (Some(only), None) => notes.push(format!("Contact: {}.", inline(&only))),
            (None, Some(only)) => notes.push(format!("Contact: {}.", link(&only, &only))),
            (None, None) => {}
        }
    }
    if let Some(license) = info.and_then(|info| info.get("license"))
        && let Some(name) = text(Some(license), "name")
    {
        let license = match text(Some(license), "url") {
            Some(url) => link(&name, &url),
            None => inline(&name),
        };
        notes.push(format!("Licence of the API description: {license}."));
    }
    notes.extend(external_docs(root));
    notes
}

/// `externalDocs` of what stands at `node`.
pub(super) fn external_docs(node: &Node) -> Option<String> {
    let docs = node.get("externalDocs")?;
    let url = text(Some(docs), "url")?;
    let description = text(Some(docs), "description").unwrap_or_else(|| url.clone());
    Some(format!("More: {}.", link(&description, &url)))
}

/// A link whose text and target cannot end it early.
fn link(text: &str, url: &str) -> String {
    let text = inline(&without_passwords(text))
        .replace('[', "(")
        .replace(']', ")");
    let url: String = without_passwords(url)
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '<' | '>'))
        .collect();
    format!("[{}](<{url}>)", text.trim_end_matches('.'))
}

fn inline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches('.')
        .replace('`', "'")
        .replace('<', "\\<")
}
