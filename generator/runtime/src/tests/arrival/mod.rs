//! Any text at all, in every place of a request: it arrives byte for byte, as a
//! server reads it by itself, or it is refused and nothing is sent.

mod bodies;
mod heads;
mod wire;
