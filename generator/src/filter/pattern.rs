//! Patterns: a text with `*` in it and another text in, whether it fits out.

/// Whether `text` fits `pattern`. `**` stands for any text, `*` for any text
/// without `separator`.
pub(crate) fn fits(pattern: &str, text: &str, separator: Option<char>) -> bool {
    if pattern == text {
        return true;
    }
    if !pattern.contains('*') {
        return false;
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    // Which beginnings of the text fit the beginning of the pattern read so
    // far: time is bounded by the product of both lengths.
    let mut fitting = vec![false; text.len() + 1];
    fitting[0] = true;
    let mut at = 0;
    while at < pattern.len() {
        let stars = pattern[at..].iter().take_while(|c| **c == '*').count();
        if stars > 0 {
            let stops_at = separator.filter(|_| stars == 1);
            for end in 1..fitting.len() {
                fitting[end] |= fitting[end - 1] && Some(text[end - 1]) != stops_at;
            }
            at += stars;
        } else {
            for end in (1..fitting.len()).rev() {
                fitting[end] = fitting[end - 1] && text[end - 1] == pattern[at];
            }
            fitting[0] = false;
            at += 1;
        }
    }
    fitting[text.len()]
}
