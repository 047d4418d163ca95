//! Words of the document as messages quote them.

/// The longest quotation, in characters.
const LONGEST: usize = 60;

/// A text for a message: as it is where it is short, else its beginning up to a word's end and "…".
pub(super) fn shorten(text: &str) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    let head = text.get(..end).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{}…", head.trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_at_a_word() {
        assert_eq!(shorten(" Về kinh tế "), "Về kinh tế");
        let long = shorten(&"đường liên thôn, ".repeat(9));
        assert!(long.ends_with("thôn…") || long.ends_with("liên…") || long.ends_with("đường…"), "{long}");
        assert!(long.chars().count() <= 61);
    }
}
