//! Attributes of a tag, and what its style says.

use crate::read::docx::Borders;

/// The attributes of a start tag.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'a>(pub &'a [(&'static str, String)]);

impl<'a> Attributes<'a> {
    /// An attribute's value.
    pub fn get(self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// Whether an attribute's value is this word, in letters of either size.
    pub fn is(self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|value| value.trim().eq_ignore_ascii_case(word))
    }

    /// An attribute that begins with a number.
    pub fn number(self, name: &str) -> Option<i32> {
        let value = self.get(name)?;
        let value = value.trim();
        let end = value.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(value.len());
        value.get(..end)?.parse().ok()
    }

    /// A width in pixels; `None` where there is none or it is a share.
    pub fn width(self) -> Option<u32> {
        let value = self.get("width")?;
        let value = value.trim();
        value.strip_suffix("px").unwrap_or(value).parse().ok()
    }

    /// The value that the tag's own style gives a property, the last where there are several.
    pub fn style(self, property: &str) -> Option<String> {
        let style = self.get("style")?;
        let values = style.split(';').filter_map(|declaration| declaration.split_once(':'));
        let mut own = values.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
        own.next_back().map(|(_, value)| value.trim().to_ascii_lowercase())
    }

    /// Whether browsers, or word processors, do not show the element.
    pub fn is_hidden(self) -> bool {
        let says = |property, word: &str| self.style(property).is_some_and(|value| value.starts_with(word));
        self.get("hidden").is_some()
            || says("display", "none")
            || says("visibility", "hidden")
            || says("mso-hide", "all")
    }

    /// Whether a line is drawn through its text.
    pub fn is_struck(self) -> bool {
        let says = |property| self.style(property).is_some_and(|value| value.contains("line-through"));
        says("text-decoration") || says("text-decoration-line")
    }

    /// Whether its lines are centred; `None` where it does not say.
    pub fn is_centred(self) -> Option<bool> {
        let own = self.style("text-align").or_else(|| self.get("align").map(str::to_owned));
        own.map(|side| side.trim().eq_ignore_ascii_case("center"))
    }

    /// Whether a page ends before it.
    pub fn breaks_page(self) -> bool {
        let value = self.style("page-break-before").or_else(|| self.style("break-before"));
        value.is_some_and(|value| value.starts_with("always") || value.starts_with("page"))
    }

    /// The borders that a table or a cell itself has.
    pub fn borders(self) -> Borders {
        let drawn = |value: String| {
            let none =
                value.split_whitespace().any(|word| matches!(word, "none" | "hidden" | "0" | "0px" | "0pt"));
            !none && !value.is_empty()
        };
        let all = self.style("border").or_else(|| self.style("border-style"));
        let all = all.map(drawn).or_else(|| self.number("border").map(|width| width > 0));
        let side = |name| self.style(name).map(drawn).or(all);
        Borders { left: side("border-left"), right: side("border-right"), inside: all }
    }
}
