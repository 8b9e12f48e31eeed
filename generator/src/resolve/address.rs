//! Judges the addresses of servers by the rules of the runtime, so that no
//! client is made that cannot send a request.

use std::collections::HashSet;

use driftless_runtime::rules::check_server;

use super::Resolver;
use crate::diagnostic::{Code, userinfo};
use crate::graph::{Server, ServerVariable};
use crate::source::Origin;

/// The longest address, and the most variables in it, that are looked at.
const MAX_LEN: usize = 4096;
const MAX_VARIABLES: usize = 32;

const HELP: &str = "write an address like `https://api.example.com/v1`; without one, callers of \
                    the client must give a base URL";

impl Resolver<'_> {
    /// Whether there is a user name or password in an address; reports it
    /// without showing it.
    pub(super) fn refuses_user(&mut self, url: &str, origin: Origin) -> bool {
        let refused = userinfo(url).is_some();
        if refused {
            let message = "the address of a server has a user name in it";
            self.report
                .error(Code::InvalidValue, origin, message)
                .conceal()
                .help("remove it: addresses are published; callers give credentials to the client");
        }
        refused
    }

    /// Whether a client can use the server; reports where it cannot. Values of
    /// variables that cannot stand in the address are left out.
    pub(super) fn is_usable(&mut self, server: &mut Server) -> bool {
        let problem = match server.url.len() > MAX_LEN || server.variables.len() > MAX_VARIABLES {
            true => Err("it is too long".to_owned()),
            false if self.refuses_user(&server.default_url(), server.origin) => return false,
            false => check(server, None),
        };
        if let Err(why) = problem {
            let message = format!("the server `{}` is left out: {why}", server.url);
            self.report
                .warn(Code::InvalidValue, server.origin, message)
                .help(HELP);
            return false;
        }
        let mut wrong = HashSet::new();
        for variable in &server.variables {
            for (value, _) in &variable.values {
                let set = Some((variable, value.as_str()));
                if value.contains('@') && self.refuses_user(&address(server, set), server.origin) {
                    return false;
                }
                let problem = check(server, set).err();
                if let Some(why) = problem.filter(|_| *value != variable.default) {
                    let message = format!("the value `{value}` of a server is left out: {why}");
                    self.report
                        .warn(Code::InvalidValue, variable.origin, message)
                        .help("correct it, or remove it from the `enum`");
                    wrong.insert((variable.name.clone(), value.clone()));
                }
            }
        }
        for variable in &mut server.variables {
            let name = &variable.name;
            let is_right = |value: &String| !wrong.contains(&(name.clone(), value.clone()));
            variable.values.retain(|(value, _)| is_right(value));
        }
        true
    }
}

/// A variable and the value that it has; the others have their defaults.
type Set<'a> = Option<(&'a ServerVariable, &'a str)>;

/// The address with the values of its variables.
fn address(server: &Server, set: Set<'_>) -> String {
    let mut url = server.url.clone();
    for (name, value) in values(server, set) {
        url = url.replace(&format!("{{{name}}}"), value);
    }
    url
}

fn values<'a>(server: &'a Server, set: Set<'a>) -> Vec<(&'a str, &'a str)> {
    let value = |variable: &'a ServerVariable| match set {
        Some((known, value)) if known.name == variable.name => value,
        _ => variable.default.as_str(),
    };
    let variables = server.variables.iter();
    variables
        .map(|variable| (variable.name.as_str(), value(variable)))
        .collect()
}

/// Why no client can send requests to the server.
fn check(server: &Server, set: Set<'_>) -> Result<(), String> {
    // RFC 3986, section 4.2: no colon comes before the path of a relative one.
    let start = server.url.split('/').next().unwrap_or_default();
    let has_host = start.contains(':') || server.url.starts_with("//");
    let template = match server.is_relative() && !has_host {
        true => {
            let path = server.url.trim_start_matches("./").trim_start_matches('/');
            format!("https://x/{path}")
        }
        false => server.url.clone(),
    };
    let mut values = values(server, set);
    check_server(&template, &values).or_else(|_| {
        // Callers can set what has no default.
        for (name, value) in values.iter_mut().filter(|(_, value)| value.is_empty()) {
            *value = placeholder(&template, name);
        }
        check_server(&template, &values)
    })
}

/// A value that fits where the variable stands.
fn placeholder(template: &str, name: &str) -> &'static str {
    let (before, after) = template
        .split_once(&format!("{{{name}}}"))
        .unwrap_or_default();
    match (before, after) {
        ("", after) if after.starts_with("://") => "https",
        ("", _) => "https://x",
        (before, _) if before.ends_with(':') => "1",
        _ => "x",
    }
}
