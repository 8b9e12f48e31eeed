//! A hostile server against the client, as a table: what the server does goes
//! in; how often the client asks, what it makes of it and how long it takes come
//! out. Every row is tried with a GET, which may be sent twice, and with a POST,
//! which may not; after both, calls on the same client must go well and get
//! their own answers, not what is left of a bad one.

mod bodies;
mod connections;
mod framing;
mod heads;
#[cfg(feature = "http2")]
mod http2;
mod redirects;
mod reuse;
mod row;
mod server;
mod storms;
mod turned_away;

pub(super) use row::{Get, Post, Thing, call};
pub(super) use server::read_request;
