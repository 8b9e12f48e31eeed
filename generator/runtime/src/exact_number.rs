//! Comparison of numbers as JSON writes them, without rounding.

use std::cmp::Ordering;

/// `digits` times ten to the power of `exponent`.
struct Number {
    digits: i128,
    exponent: i32,
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (text, 0_i32),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, exponent })
    }

    /// The digits for a smaller exponent.
    fn digits_at(&self, exponent: i32) -> Option<i128> {
        let by = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(10_i128.checked_pow(by)?)
    }
}

/// The digits of both for the same exponent; `None` where there are too many.
fn aligned(one: &str, other: &str) -> Option<(i128, i128)> {
    let (one, other) = (Number::parse(one)?, Number::parse(other)?);
    let exponent = one.exponent.min(other.exponent);
    Some((one.digits_at(exponent)?, other.digits_at(exponent)?))
}

/// Whether a number is less than another.
pub(crate) fn less(one: &str, other: &str) -> bool {
    let ordering = match aligned(one, other) {
        Some((one, other)) => Some(one.cmp(&other)),
        // So far apart that rounding changes nothing.
        None => {
            let float = |text: &str| text.parse::<f64>().ok();
            float(one).partial_cmp(&float(other))
        }
    };
    ordering == Some(Ordering::Less)
}

/// Whether a number is a multiple of another; so is every number that has too
/// many digits to tell.
pub(crate) fn is_multiple(number: &str, step: &str) -> bool {
    match aligned(number, step) {
        Some((_, 0)) | None => true,
        Some((number, step)) => number % step == 0,
    }
}
