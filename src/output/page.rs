//! The page of a rule (`docs/rules/`), one language of it.

use super::Lang;

/// One language's part of a rule's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    /// The part in Markdown, without the language's own heading.
    pub text: &'a str,
}

impl<'a> Page<'a> {
    /// The headings of the languages' parts.
    pub const LANGUAGES: [(Lang, &'static str); 2] = [(Lang::Vi, "## Tiếng Việt"), (Lang::En, "## English")];

    /// The part of a page in a language; empty where the page has none.
    #[must_use]
    pub fn of(page: &'a str, lang: Lang) -> Self {
        let heading =
            |wanted| Self::LANGUAGES.iter().find(|(lang, _)| *lang == wanted).map(|(_, text)| *text);
        let after = heading(lang).and_then(|heading| page.split_once(heading)).map_or("", |(_, after)| after);
        let text = match after.find("\n## ") {
            Some(end) => after.get(..end).unwrap_or_default(),
            None => after,
        };
        Self { text: text.trim() }
    }

    /// The first sentence of the first section: what the rule checks.
    #[must_use]
    pub fn summary(self) -> String {
        let lines = self.text.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
        let paragraph: Vec<_> = lines.take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
        let paragraph = paragraph.join(" ");
        match paragraph.find(". ") {
            Some(end) => paragraph.get(..=end).unwrap_or_default().to_owned(),
            None => paragraph,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# N001 duplicate-number\n\n## Tiếng Việt\n\n### Kiểm tra gì\n\nSố thứ tự\ntrùng nhau. \
                        Thêm.\n\n### Vì sao\n\nDễ nhầm.\n\n## English\n\n### What it checks\n\nThe same number\n";

    #[test]
    fn each_language_has_its_part() {
        let page = Page::of(PAGE, Lang::Vi);
        assert!(page.text.starts_with("### Kiểm tra gì") && page.text.ends_with("Dễ nhầm."));
        assert_eq!(Page::of(PAGE, Lang::En).text, "### What it checks\n\nThe same number");
    }

    #[test]
    fn the_summary_is_the_first_sentence() {
        assert_eq!(Page::of(PAGE, Lang::Vi).summary(), "Số thứ tự trùng nhau.");
        assert_eq!(Page::of(PAGE, Lang::En).summary(), "The same number");
        assert_eq!(Page::of("", Lang::En).summary(), "");
    }
}
