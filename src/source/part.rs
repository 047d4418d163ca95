//! Names of parts in a package of Office Open XML (ECMA-376-2, parts 6 and 9).

/// The name of the part with the relationships of a part; "" is the package.
#[must_use]
pub fn relations_part(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The name of the part that a relationship of another one points to, which it gives beside it or from the top.
#[must_use]
pub fn related_part(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for piece in target.split('/') {
        match piece {
            ".." => drop(folders.pop()),
            "." | "" => {}
            piece => folders.push(piece),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relationships_stand_beside_their_part() {
        assert_eq!(relations_part(""), "_rels/.rels");
        assert_eq!(relations_part("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
    }

    #[test]
    fn targets_are_taken_beside_their_part() {
        assert_eq!(related_part("", "word/document.xml"), "word/document.xml");
        assert_eq!(related_part("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(related_part("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(related_part("word/document.xml", "/word/comments.xml"), "word/comments.xml");
    }
}
