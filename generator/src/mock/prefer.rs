//! `Prefer` (RFC 7240): which of the described answers a client wants to see.

use super::Request;
use super::refusal::Refusal;

/// What is preferred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prefer {
    /// `code=404`.
    pub(super) code: Option<u16>,
    /// `example=name`.
    pub(super) example: Option<String>,
}

impl Prefer {
    pub(super) fn of(request: &Request) -> Result<Self, Refusal> {
        let mut prefer = Self::default();
        let header = request.header("prefer").unwrap_or_default();
        for preference in header.split([',', ';']) {
            let Some((key, value)) = preference.split_once('=') else {
                continue;
            };
            let value = value.trim().trim_matches('"');
            match key.trim().to_ascii_lowercase().as_str() {
                "code" => {
                    let code = value.parse().ok();
                    let code = code.filter(|code| (200..=599).contains(code));
                    let wrong = || Refusal::new(400, "the preferred code is not from 200 to 599");
                    prefer.code = Some(code.ok_or_else(wrong)?);
                }
                "example" => prefer.example = Some(value.to_owned()),
                _ => {}
            }
        }
        Ok(prefer)
    }
}
