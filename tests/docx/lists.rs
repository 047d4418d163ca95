//! Numbers that the word processor shows and does not store.

use crate::build::{Word, item, p, pp, r};

fn level(level: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
         <w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn definition(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// "I.", "1.", "a)", "-" as headings and list items have them.
fn outline() -> String {
    definition(
        7,
        &(level(0, "upperRoman", "%1.", "")
            + &level(1, "decimal", "%2.", "")
            + &level(2, "lowerLetter", "%3)", "")
            + &level(3, "bullet", "-", "")),
    )
}

#[test]
fn levels_restart_under_each_number_above() {
    let body = [
        item(1, 0, "Mục đích"),
        item(1, 1, "Một"),
        item(1, 1, "Hai"),
        item(1, 2, "Ý đầu"),
        item(1, 2, "Ý sau"),
        item(1, 3, "gạch"),
        p("Đoạn giữa không ngắt số."),
        item(1, 0, "Nhiệm vụ"),
        item(1, 1, "Lại từ một"),
        item(1, 2, "Lại từ a"),
        item(1, 0, "Tổ chức"),
        item(1, 0, "Kết"),
    ];
    let word = Word::new(body.concat()).part("numbering", "numbering", &(outline() + &list(1, 7, "")));
    assert_eq!(
        word.blocks(),
        "P[I. Mục đích] P[1. Một] P[2. Hai] P[a) Ý đầu] P[b) Ý sau] P[- gạch] P[Đoạn giữa không ngắt số.] \
         P[II. Nhiệm vụ] P[1. Lại từ một] P[a) Lại từ a] P[III. Tổ chức] P[IV. Kết]"
    );
}

#[test]
fn lists_of_one_definition_count_on_unless_they_override_the_start() {
    let start = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    let numbering = definition(1, &level(0, "decimal", "%1.", ""))
        + &list(1, 1, "")
        + &list(2, 1, "")
        + &list(3, 1, start);
    let body = [
        item(1, 0, "a"),
        item(1, 0, "b"),
        item(2, 0, "c"),
        item(3, 0, "d"),
        item(3, 0, "e"),
        item(1, 0, "f"),
    ];
    let word = Word::new(body.concat()).part("numbering", "numbering", &numbering);
    assert_eq!(word.blocks(), "P[1. a] P[2. b] P[3. c] P[1. d] P[2. e] P[3. f]");
}

#[test]
fn legal_numbers_are_decimal_and_levels_may_count_through() {
    let levels = level(0, "upperRoman", "%1.", "")
        + &level(1, "decimal", "%1.%2.", "<w:isLgl/>")
        + &level(2, "decimal", "Điều %3.", "<w:lvlRestart w:val=\"0\"/>");
    let numbering = definition(1, &levels) + &list(1, 1, "");
    let body = [
        item(1, 0, "A"),
        item(1, 1, "b"),
        item(1, 2, "c"),
        item(1, 0, "D"),
        item(1, 1, "e"),
        item(1, 2, "f"),
    ];
    let word = Word::new(body.concat()).part("numbering", "numbering", &numbering);
    assert_eq!(word.blocks(), "P[I. A] P[1.1. b] P[Điều 1. c] P[II. D] P[2.1. e] P[Điều 2. f]");
}

#[test]
fn styles_give_lists_and_levels_to_their_paragraphs() {
    let style = |id: &str, based: &str, properties: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{based}\"/>\
             <w:pPr>{properties}</w:pPr></w:style>"
        )
    };
    let styles = style("Heading1", "Normal", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>")
        + &style("Heading2", "Heading1", "<w:numPr><w:ilvl w:val=\"1\"/></w:numPr>")
        + &style("Named", "Normal", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>")
        + &style("Loop", "Loop", "");
    let levels = level(0, "upperRoman", "%1.", "")
        + &level(1, "decimal", "%2.", "")
        + &level(2, "lowerLetter", "%3)", "<w:pStyle w:val=\"Named\"/>");
    let of =
        |style: &str, more: &str, text: &str| pp(&format!("<w:pStyle w:val=\"{style}\"/>{more}"), &r(text));
    let none = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = [
        of("Heading1", "", "MỘT"),
        of("Heading2", "", "hai"),
        of("Named", "", "ba"),
        of("Heading1", none, "không số"),
        of("Heading1", "", "BỐN"),
        of("Loop", "", "vòng"),
    ];
    let word = Word::new(body.concat()).part("styles", "styles", &styles).part(
        "numbering",
        "numbering",
        &(definition(1, &levels) + &list(1, 1, "")),
    );
    assert_eq!(word.blocks(), "P[I. MỘT] P[1. hai] P[a) ba] P[không số] P[II. BỐN] P[vòng]");
}

#[test]
fn marks_of_symbol_fonts_are_list_marks() {
    let font = |font: &str| format!("<w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr>");
    let bullet = |mark: &str, name: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"{mark}\"/>{}</w:lvl>",
            font(name)
        )
    };
    let numbering = definition(1, &bullet("\u{F0B7}", "Symbol"))
        + &definition(2, &bullet("\u{F0D8}", "Wingdings"))
        + &definition(3, &bullet("\u{F04A}", "Webdings"))
        + &[1, 2, 3].map(|id| list(id, id, "")).concat();
    let body = [item(1, 0, "một"), item(2, 0, "hai"), item(3, 0, "ba"), item(9, 0, "không có danh sách")];
    let word = Word::new(body.concat()).part("numbering", "numbering", &numbering);
    assert_eq!(word.blocks(), "P[• một] P[➢ hai] P[• ba] P[không có danh sách]");
}

#[test]
fn a_numbered_cell_without_text_shows_its_number() {
    use crate::build::{cell, row, ruled};
    let suffix = "<w:suff w:val=\"nothing\"/>";
    let numbering = definition(1, &level(0, "decimal", "%1", suffix)) + &list(1, 1, "");
    let line = |text: &str| format!("<w:tr>{}{}</w:tr>", cell("", &item(1, 0, "")), cell("", &p(text)));
    let table = ruled(&(row(&["STT", "Nhiệm vụ"]) + &line("Xây trường") + &line("Sửa ngõ")));
    let word = Word::new(table).part("numbering", "numbering", &numbering);
    assert_eq!(word.blocks(), "T[STT|Nhiệm vụ/1|Xây trường/2|Sửa ngõ]");
}
