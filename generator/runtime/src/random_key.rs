//! Keys that there have never been, for the headers by which an API tells a
//! request that is sent again from a new one.

/// A random UUID (RFC 9562, version 4); `None` where the operating system has no
/// randomness to give.
pub(crate) fn random_key() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let version = 0x4000_u128 << 64;
    let variant = 0x8000_u128 << 48;
    let bits = u128::from_be_bytes(bytes) & !(0xf000_u128 << 64) & !(0xc000_u128 << 48);
    let digits = format!("{:032x}", bits | version | variant);
    let (time, rest) = digits.split_at(8);
    let (middle, rest) = rest.split_at(4);
    let (high, rest) = rest.split_at(4);
    let (clock, node) = rest.split_at(4);
    Some(format!("{time}-{middle}-{high}-{clock}-{node}"))
}
