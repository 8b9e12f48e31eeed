//! Compares numbers as JSON writes them, without rounding. No step depends on
//! the size of an exponent.

use std::cmp::Ordering;

/// A number, read digit by digit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ExactNumber {
    is_negative: bool,
    /// The significant digits, without zeros at the start and at the end; none
    /// for zero.
    digits: String,
    /// The power of ten of the last digit.
    exponent: i64,
}

impl ExactNumber {
    /// Reads a number of JSON; `None` where the text is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, power(exponent)?),
            None => (text, 0),
        };
        let (is_negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_end_matches('0');
        let dropped = i64::try_from(all.len() - digits.len()).ok()?;
        let fraction = i64::try_from(fraction.len()).ok()?;
        let digits = digits.trim_start_matches('0').to_owned();
        let is_zero = digits.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            exponent: match is_zero {
                true => 0,
                false => exponent.checked_add(dropped)?.checked_sub(fraction)?,
            },
            digits,
        })
    }

    /// A text that equal numbers share.
    pub(crate) fn canonical(&self) -> String {
        let sign = if self.is_negative { '-' } else { '+' };
        format!("{sign}{}e{}", self.digits, self.exponent)
    }

    /// The number as an integer. No step depends on the size of an exponent.
    pub(crate) fn whole(&self) -> Whole {
        if self.digits.is_empty() {
            return Whole::Integer {
                is_negative: false,
                size: 0,
            };
        }
        // The digits have no zeros at the end, and so this is a fraction.
        let Ok(zeros) = usize::try_from(self.exponent) else {
            return Whole::Fraction;
        };
        if self.digits.len().saturating_add(zeros) > LONGEST {
            return Whole::TooLarge;
        }
        let digits = [&*self.digits, &*"0".repeat(zeros)].concat();
        digits
            .parse()
            .map_or(Whole::TooLarge, |size| Whole::Integer {
                is_negative: self.is_negative,
                size,
            })
    }

    /// Compares without regard to the sign.
    fn compare_size(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        // The power of ten of the first digit.
        let first = |number: &Self| i128::from(number.exponent) + number.digits.len() as i128;
        let firsts = first(self).cmp(&first(other));
        // The digits of the shorter one go on with zeros.
        firsts.then_with(|| self.digits.cmp(&other.digits))
    }

    /// Whether the number is a multiple of a step; `None` where the step has
    /// too many digits to tell. Every number is a multiple of zero.
    pub(crate) fn is_multiple_of(&self, step: &Self) -> Option<bool> {
        if self.digits.is_empty() || step.digits.is_empty() {
            return Some(true);
        }
        let divisor: u128 = step.digits.parse().ok()?;
        if divisor > MOST {
            return None;
        }
        // The number has no zeros at the end, and so no tenths of the step.
        let zeros = self.exponent.checked_sub(step.exponent)?;
        let Ok(zeros) = u64::try_from(zeros) else {
            return Some(false);
        };
        let digits = self.digits.bytes().fold(0, |rest, digit| {
            let digit = u128::from(digit - b'0');
            (times(rest, 10, divisor) + digit) % divisor
        });
        Some(times(digits, power_of_ten(zeros, divisor), divisor) == 0)
    }
}

/// What a number is among the integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// An integer, without its sign.
    Integer { is_negative: bool, size: u128 },
    /// An integer beyond 128 bits.
    TooLarge,
    /// No integer.
    Fraction,
}

/// How many digits `u128::MAX` has.
const LONGEST: usize = 39;

impl Ord for ExactNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }
}

impl PartialOrd for ExactNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The largest divisor; sums of two numbers below it fit into `u128`.
const MOST: u128 = u128::MAX / 2;

/// An exponent; one that is too large is the largest.
fn power(text: &str) -> Option<i64> {
    const LARGEST: i64 = i64::MAX / 4;

    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(
        sign * digits
            .parse()
            .map_or(LARGEST, |power: i64| power.min(LARGEST)),
    )
}

/// `one * other % divisor`, by doubling where the product does not fit.
fn times(mut one: u128, mut other: u128, divisor: u128) -> u128 {
    if let Some(product) = one.checked_mul(other) {
        return product % divisor;
    }
    let mut sum = 0;
    while other > 0 {
        if other % 2 == 1 {
            sum = (sum + one) % divisor;
        }
        one = (one * 2) % divisor;
        other /= 2;
    }
    sum
}

/// `10 ^ exponent % divisor`, by squaring.
fn power_of_ten(mut exponent: u64, divisor: u128) -> u128 {
    let mut base = 10 % divisor;
    let mut power = 1 % divisor;
    while exponent > 0 {
        if exponent % 2 == 1 {
            power = times(power, base, divisor);
        }
        base = times(base, base, divisor);
        exponent /= 2;
    }
    power
}
