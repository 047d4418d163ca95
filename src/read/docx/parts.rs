//! Which part of a package is what: told by the relationships, with the usual names where there are none
//! (ISO/IEC 29500-2, 9.3).

use super::FORMAT;
use super::xml::{Item, Items};
use crate::read::ReadError;
use crate::read::package::Package;
use crate::source::{related_part, relations_part};

/// Most headers and footers that are read.
const MAX_RUNNING: usize = 200;

/// Names of the parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub main: String,
    pub styles: Option<String>,
    pub numbering: Option<String>,
    pub footnotes: Option<String>,
    pub endnotes: Option<String>,
    pub comments: Option<String>,
    /// Headers and footers.
    pub running: Vec<String>,
}

impl Parts {
    /// Finds the parts.
    ///
    /// # Errors
    /// A package without a main part.
    pub fn of(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let top = relations(package, "")?;
        let main = top.into_iter().find(|(kind, _)| kind == "officeDocument").map(|(_, target)| target);
        let main = main.map_or_else(|| "word/document.xml".to_owned(), |target| related_part("", &target));
        if package.xml(&main)?.is_none() {
            return Err(ReadError::Damaged { format: FORMAT, reason: format!("no part {main}") });
        }
        let mut parts = Self::default();
        for (kind, target) in relations(package, &main)? {
            let target = related_part(&main, &target);
            match kind.as_str() {
                "styles" => parts.styles = Some(target),
                "numbering" => parts.numbering = Some(target),
                "footnotes" => parts.footnotes = Some(target),
                "endnotes" => parts.endnotes = Some(target),
                "comments" => parts.comments = Some(target),
                "header" | "footer"
                    if parts.running.len() < MAX_RUNNING && !parts.running.contains(&target) =>
                {
                    parts.running.push(target);
                }
                _ => {}
            }
        }
        // Headers and footers in the order of their names, whatever the order of the relationships.
        parts.running.sort();
        let usual = |part: &mut Option<String>, name: &str| {
            part.get_or_insert_with(|| related_part(&main, &format!("{name}.xml")));
        };
        usual(&mut parts.styles, "styles");
        usual(&mut parts.numbering, "numbering");
        parts.main = main;
        Ok(parts)
    }
}

/// What a part is called in places: its file's name without extension.
pub(super) fn short(name: &str) -> &str {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    file.strip_suffix(".xml").unwrap_or(file)
}

/// The relationships of a part ("" is the package): the last word of their type, and their target in the package.
fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<(String, String)>, ReadError> {
    let mut out = Vec::new();
    let Some(xml) = package.xml(&relations_part(part))? else { return Ok(out) };
    let mut items = Items::new(xml);
    loop {
        match items.next()? {
            Item::Open(element) if *element.name == *"Relationship" => {
                let kind = element.get("Type").unwrap_or_default();
                let kind = kind.rsplit_once('/').map_or(kind, |(_, last)| last);
                if let Some(target) = element.get("Target")
                    && element.get("TargetMode") != Some("External")
                {
                    out.push((kind.to_owned(), target.to_owned()));
                    super::defined(out.len())?;
                }
            }
            Item::End => return Ok(out),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_name_parts_by_their_files() {
        assert_eq!(short("word/header1.xml"), "header1");
    }
}
