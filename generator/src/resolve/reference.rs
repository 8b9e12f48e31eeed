//! Following `$ref`: a node in, the node it stands for out.

use super::Resolver;
use crate::diagnostic::Code;
use crate::source::{Node, percent_decoded};

/// How many references may lead from one to the next: more than people write,
/// and few enough that following each of them from its start takes no time.
const LONGEST_CHAIN: usize = 100;

impl<'a> Resolver<'a> {
    /// The node behind `node`'s `$ref`, however many steps away; `node` itself
    /// if it is no reference. What cannot be followed is reported.
    pub(super) fn follow(&mut self, node: &'a Node) -> Option<&'a Node> {
        if node.get("$ref").is_none() {
            return Some(node);
        }
        let mut at = node;
        // Not by their origins: a reference that the bundle has put in the place
        // of something has the origin of that.
        let mut seen = vec![node];
        while let Some(reference) = at.get("$ref").and_then(Node::as_str) {
            let target = self.target(at, reference)?;
            if seen.iter().any(|seen| std::ptr::eq(*seen, target)) {
                self.report
                    .error(
                        Code::CircularReference,
                        node.origin,
                        format!("the reference `{reference}` leads back to itself"),
                    )
                    .help("let one of the references in the circle name something real");
                return None;
            }
            if seen.len() > LONGEST_CHAIN {
                self.report
                    .error(
                        Code::Unsupported,
                        node.origin,
                        format!("the reference leads on over more than {LONGEST_CHAIN} others"),
                    )
                    .help("refer to what is meant directly");
                return None;
            }
            seen.push(target);
            at = target;
        }
        Some(at)
    }

    fn target(&mut self, node: &'a Node, reference: &str) -> Option<&'a Node> {
        let origin = node.get("$ref").map_or(node.origin, |node| node.origin);
        let Some(fragment) = reference.strip_prefix('#') else {
            // The bundle has said what is wrong with it.
            return None;
        };
        let pointer = percent_decoded(fragment);
        let target = self.root.pointer(&pointer);
        if target.is_none() {
            let help = self.meant(&pointer);
            let diagnostic = self.report.error(
                Code::UnresolvedReference,
                origin,
                format!("the reference `{reference}` names nothing"),
            );
            if let Some(help) = help {
                diagnostic.help(help);
            }
        }
        target
    }

    /// A hint at what a dangling pointer may have meant: the longest part of it
    /// that exists, and there the name that is most like the missing one.
    fn meant(&mut self, pointer: &str) -> Option<String> {
        let mut at = self.root;
        let mut walked = String::from("#");
        for token in pointer.strip_prefix('/')?.split('/') {
            let key = token.replace("~1", "/").replace("~0", "~");
            if let Some(next) = at.pointer(&format!("/{token}")) {
                at = next;
                walked.push('/');
                walked.push_str(token);
                continue;
            }
            let names = at.as_object()?.keys();
            let nearest = self
                .guesses
                .nearest(&key, names)
                .map(|name| name.replace('~', "~0").replace('/', "~1"));
            return Some(match nearest {
                Some(name) => format!("did you mean `{walked}/{name}`?"),
                None => format!("`{walked}` has no `{key}`"),
            });
        }
        None
    }
}
