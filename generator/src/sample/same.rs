//! Whether two values mean the same. It stands in the generator, and as text in
//! the tests of clients.

use serde_json::Value as Json;

/// Whether two values mean the same: numbers by value, times by instant.
pub(super) fn is_same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            let integer = |number: &serde_json::Number| {
                let signed = number.as_i64().map(i128::from);
                signed.or_else(|| number.as_u64().map(i128::from))
            };
            match (integer(one), integer(other)) {
                (Some(one), Some(other)) => one == other,
                _ => one.as_f64() == other.as_f64(),
            }
        }
        (Json::String(one), Json::String(other)) => {
            one == other || matches!((instant(one), instant(other)), (Some(a), Some(b)) if a == b)
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| {
                    let other = other.get(key);
                    other.is_some_and(|other| is_same(one, other))
                })
        }
        _ => one == other,
    }
}

/// The seconds and nanoseconds of a time as RFC 3339 writes it.
pub(super) fn instant(text: &str) -> Option<(i64, u32)> {
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<i64>().ok())?
    };
    let is = |at: usize, known: &[u8]| text.as_bytes().get(at).is_some_and(|b| known.contains(b));
    let marks = is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":");
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !marks || day < 1 || day > length || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = text.get(19..)?;
    let mut nanoseconds = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction.find(|character: char| !character.is_ascii_digit());
        let (digits, after) = fraction.split_at(end?);
        let padded: String = digits.chars().chain("000000000".chars()).take(9).collect();
        nanoseconds = (!digits.is_empty()).then(|| padded.parse().ok())??;
        rest = after;
    }
    let offset = match rest {
        "Z" | "z" => 0,
        _ => {
            let sign = match rest.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            let (hours, minutes) = rest.get(1..)?.split_once(':')?;
            let fine = hours.len() == 2 && minutes.len() == 2;
            let minutes: i64 = fine.then(|| minutes.parse().ok())??;
            sign * (hours.parse::<i64>().ok()? * 3600 + minutes * 60)
        }
    };
    // Days since an epoch, after Howard Hinnant's `days_from_civil`.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let shifted = (month + 9) % 12;
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    let of_era = year.rem_euclid(400);
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    Some((
        days * 86_400 + hour * 3600 + minute * 60 + second - offset,
        nanoseconds,
    ))
}
