//! Operations: parameters with bodies among them in, a request body beside
//! parameters out.

use super::body::{is_body, request_body};
use super::{Shared, media};
use crate::source::{Entries, Node, Origin, Value};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The bodies among the parameters of a path, and where their list was written.
struct Bodies {
    parameters: Vec<Node>,
    list: Option<Origin>,
}

impl Shared<'_> {
    pub(super) fn path_item(&mut self, item: &mut Node) {
        let Value::Object(entries) = &mut item.value else {
            return;
        };
        let list = list_origin(entries);
        let inherited = Bodies {
            parameters: self.take_bodies(entries),
            list,
        };
        for (key, operation) in entries {
            if METHODS.contains(&key.to_ascii_lowercase().as_str()) {
                self.operation(operation, &inherited);
            }
        }
    }

    fn operation(&mut self, operation: &mut Node, inherited: &Bodies) {
        let origin = operation.origin;
        let Value::Object(entries) = &mut operation.value else {
            return;
        };
        let consumes = entries.remove("consumes");
        let consumes = media::list(consumes.as_ref(), self.report);
        let produces = entries.remove("produces");
        let produces = media::list(produces.as_ref(), self.report);
        if let Some(schemes) = entries.remove("schemes")
            && let Some(servers) = self.addresses.of_operation(&schemes, self.report)
        {
            entries.insert_if_absent("servers", servers);
        }
        let own = list_origin(entries);
        let mut bodies = self.take_bodies(entries);
        let list = match bodies.is_empty() {
            true => inherited.list,
            false => own,
        };
        for other in &inherited.parameters {
            let same = |own: &&Node| {
                own.get("name").and_then(Node::as_str) == other.get("name").and_then(Node::as_str)
            };
            if bodies.iter().find(same).is_none() {
                bodies.push(other.clone());
            }
        }
        let consumes = consumes.or_else(|| self.consumes.clone());
        let list = list.unwrap_or(origin);
        if let Some(body) = request_body(bodies, list, consumes.as_deref(), self.report) {
            entries.insert_if_absent("requestBody", body);
        }
        let Some(Value::Object(responses)) =
            entries.get_mut("responses").map(|node| &mut node.value)
        else {
            return;
        };
        for (status, response) in responses {
            if !status.starts_with("x-") {
                self.own_response(response, produces.as_deref());
            }
        }
    }

    /// A response of an operation. A shared one is as the document says, unless
    /// the operation says otherwise.
    fn own_response(&mut self, response: &mut Node, produces: Option<&[String]>) {
        let shared = response
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|reference| self.responses.get(reference.strip_prefix("#/responses/")?));
        if let Some(shared) = shared {
            let differs = produces.is_some() && produces != self.produces.as_deref();
            if !differs || shared.get("schema").is_none() {
                return;
            }
            *response = shared.clone();
        }
        self.response(response, produces);
    }

    /// Takes the parameters that are bodies out of a list of parameters.
    fn take_bodies(&mut self, entries: &mut Entries) -> Vec<Node> {
        let Some(Value::Array(parameters)) =
            entries.get_mut("parameters").map(|node| &mut node.value)
        else {
            return Vec::new();
        };
        let shared = |parameter: &Node| {
            let reference = parameter.get("$ref")?.as_str()?;
            self.bodies.get(reference.strip_prefix("#/parameters/")?)
        };
        if !parameters
            .iter()
            .any(|parameter| is_body(parameter) || shared(parameter).is_some())
        {
            return Vec::new();
        }
        let mut bodies = Vec::new();
        let mut others = Vec::new();
        for parameter in std::mem::take(parameters) {
            if let Some(body) = shared(&parameter) {
                bodies.push(body.clone());
            } else if is_body(&parameter) {
                bodies.push(parameter);
            } else {
                others.push(parameter);
            }
        }
        *parameters = others;
        if parameters.is_empty() {
            entries.remove("parameters");
        }
        bodies
    }
}

/// Where the list of parameters of a path or an operation was written.
fn list_origin(entries: &Entries) -> Option<Origin> {
    entries.get("parameters").map(|list| list.origin)
}
