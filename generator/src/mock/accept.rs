//! `Accept` (RFC 9110, section 12.5.1): the header and what there is in, what is
//! wanted most out.

use crate::resolve::media_type::essence;

/// The index of the media type that is wanted most, the first of equals; `None`
/// where none is wanted.
pub(super) fn choose(available: &[&str], accept: Option<&str>) -> Option<usize> {
    let ranges: Vec<(String, f32)> = accept
        .unwrap_or("*/*")
        .split(',')
        .filter(|range| !range.trim().is_empty())
        .map(range)
        .collect();
    let mut best: Option<(usize, f32)> = None;
    for (index, media_type) in available.iter().enumerate() {
        let essence = essence(media_type);
        let quality = match ranges.is_empty() {
            true => 1.0,
            false => quality(&essence, &ranges),
        };
        if quality > best.map_or(0.0, |(_, quality)| quality) {
            best = Some((index, quality));
        }
    }
    best.map(|(index, _)| index)
}

/// Whether a media type is in a range, `application/*` say, or the other way
/// about: documents have ranges, too.
pub(super) fn matches(range: &str, essence: &str) -> bool {
    let within = |range: &str, one: &str| {
        let family = range.strip_suffix("/*");
        matches!(range, "*/*" | "*")
            || range == one
            || family.is_some_and(|family| one.split('/').next() == Some(family))
    };
    within(range, essence) || within(essence, range)
}

fn range(text: &str) -> (String, f32) {
    let mut parts = text.split(';');
    let essence = essence(parts.next().unwrap_or(""));
    let quality = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_quality = name.trim().eq_ignore_ascii_case("q");
        is_quality.then(|| value.trim().parse::<f32>().ok())?
    });
    (essence, quality.unwrap_or(1.0).clamp(0.0, 1.0))
}

/// What the most exact of the ranges says.
fn quality(essence: &str, ranges: &[(String, f32)]) -> f32 {
    let exactness = |range: &str| match (range == essence, range) {
        (true, _) => 3,
        (_, "*/*" | "*") => 1,
        _ => 2,
    };
    let fitting = ranges.iter().filter(|(range, _)| matches(range, essence));
    let best = fitting.max_by_key(|(range, _)| exactness(range));
    best.map_or(0.0, |(_, quality)| *quality)
}
