//! Fills in the address of an operation's own server, with the variables of the
//! client's server where they have the same name.

use super::build_error::BuildError;
use super::client_core::Core;
use super::server_url::server_url;

/// The address of an operation's own server. Variables that the caller set for
/// the client's server count here as well, where they may have that value.
pub(crate) fn inherited_url(
    core: &Core,
    template: &str,
    variables: &[(&str, &str, &[&str])],
) -> Result<String, BuildError> {
    let set = &core.parts().server_variables;
    let values: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, default, allowed)| {
            let value = set.iter().find(|(known, value)| {
                known == name && (allowed.is_empty() || allowed.contains(&value.as_str()))
            });
            (*name, value.map_or(*default, |(_, value)| value.as_str()))
        })
        .collect();
    server_url(template, &values)
}
