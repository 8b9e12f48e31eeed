//! What the client itself is made of: namespaces, credentials, servers.

use super::{Docs, Name, Variant};
use crate::graph::SchemeKind;
use crate::source::Origin;

/// A namespace: an index into [`Api::namespaces`](super::Api::namespaces).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespaceId(pub(crate) usize);

/// A namespace of operations, reached from the client by an accessor.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// Where its tag was written.
    pub origin: Origin,
    /// The namespace around it; `None` for the client itself.
    pub parent: Option<NamespaceId>,
    /// The accessors that lead to it, as written.
    pub path: Vec<String>,
    /// The name of the accessor.
    pub accessor: Name,
    /// The name of the type that the accessor returns.
    pub handle: Name,
    /// The module and file it stands in, below `operations`; filled in by
    /// `name`.
    pub module: Vec<String>,
    /// The feature that it depends on, if any; filled in by `features`.
    pub feature: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Where it was written.
    pub origin: Origin,
    /// The key in the document.
    pub wire: String,
    /// The name of the builder's method.
    pub name: Name,
    /// How the credential is applied.
    pub kind: SchemeKind,
    /// The environment variables that it is found in, none if nobody says so;
    /// of an `http` `basic` scheme those of username and password.
    pub variables: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it was written.
    pub origin: Origin,
    /// The name of its variant.
    pub name: Name,
    /// Its address, without a trailing slash, its variables in braces.
    pub url: String,
    /// The name of the type that holds its variables, where it has some.
    pub builder: Option<Name>,
    /// Its variables.
    pub variables: Vec<ServerVariable>,
    /// Its documentation.
    pub docs: Docs,
}

/// A variable of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the address.
    pub wire: String,
    /// The name of the method that sets it.
    pub name: Name,
    /// The value where nothing is set.
    pub default: String,
    /// The enum of its values, where they are known.
    pub values: Option<(Name, Vec<Variant<String>>)>,
    /// Its documentation.
    pub docs: Docs,
}

/// A server that an operation has for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationServer {
    /// An address.
    At {
        /// Without a trailing slash, its variables in braces.
        url: String,
        /// Each variable with its default and its values; none where any will
        /// do.
        variables: Vec<(String, String, Vec<String>)>,
    },
    /// Another path of the same host.
    Path {
        /// The path of the other operations.
        usual: String,
        /// The path of this one.
        own: String,
    },
}

/// A server that follows from a credential.
#[derive(Clone, Debug)]
pub struct ServerRule {
    /// The key of the security scheme.
    pub scheme: String,
    /// What the username starts with.
    pub username_prefix: String,
    /// The server: an index into [`Api::servers`](super::Api::servers).
    pub server: usize,
}
