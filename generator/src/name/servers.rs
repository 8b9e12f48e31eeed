//! The names of servers, of the types that hold their variables, and of those
//! variables' values.

use super::{Namer, derived};
use crate::model::Api;

/// Types that the module of servers uses without a path, and its functions'
/// results.
const MODULE_TYPES: [&str; 12] = [
    "BuildError",
    "Default",
    "Err",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "Result",
    "Server",
    "Some",
    "String",
];

/// Methods of the types that hold variables.
const METHODS: [&str; 7] = ["clone", "default", "from", "into", "new", "set", "url"];

impl Namer<'_> {
    pub(super) fn servers(&mut self, api: &mut Api) {
        self.pascal(&[], "Server").assign(
            api.servers
                .iter_mut()
                .map(|server| &mut server.name)
                .collect(),
        );
        let mut types = Vec::new();
        for server in &mut api.servers {
            let variant = server.name.rust.clone();
            self.snake(&METHODS).assign(
                server
                    .variables
                    .iter_mut()
                    .map(|variable| &mut variable.name)
                    .collect(),
            );
            for variable in &mut server.variables {
                if let Some((name, values)) = &mut variable.values {
                    derived(name, format!("{variant} {}", variable.name.rust));
                    let values = values.iter_mut().map(|value| &mut value.name);
                    self.pascal(&["Self"], "Value").assign(values.collect());
                    types.push(name);
                }
            }
            if let Some(name) = &mut server.builder {
                derived(name, variant);
                types.push(name);
            }
        }
        self.pascal(&MODULE_TYPES, "Server").assign(types);
    }
}
