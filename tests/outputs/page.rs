//! The report page: whole, in both languages, with nothing of the document as markup.

use std::collections::BTreeMap;

use cthd::finding::Outcome;
use cthd::output::html;
use cthd::output::sarif::RuleText;
use cthd::output::{Lang, Page};
use html5gum::{Token, Tokenizer};

use crate::{Made, SMALL, common, documents, made};

fn rule(code: &str, lang: Lang) -> Option<RuleText> {
    let rule = cthd::rules::find(code)?;
    let page = Page::of(rule.page, lang);
    Some(RuleText { summary: page.summary(), page: page.text.to_owned(), severity: rule.severity })
}

pub(crate) fn page(made: &Made) -> String {
    page_in(made, [0, 1])
}

/// The page with a first and a second language.
fn page_in(made: &Made, order: [usize; 2]) -> String {
    html::write(html::Input {
        document: &made.document,
        source: &made.source,
        reports: order.map(|i| &made.reports[i]),
        catalogues: order.map(|i| &made.catalogues[i]),
        rule: &rule,
    })
}

/// A tag with its attributes.
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let tokens = Tokenizer::new(page).map(|token| token.expect("a string can be read"));
    tokens
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some(Tag {
                name: text(&tag.name),
                attributes: tag.attributes.iter().map(|(key, value)| (text(key), text(value))).collect(),
            }),
            _ => None,
        })
        .collect()
}

/// The text that a reader of a page without scripts has in front of them.
fn visible(page: &str) -> String {
    let body = page.split("<body>").nth(1).unwrap().split("<script>").next().unwrap();
    let mut out = String::new();
    for token in Tokenizer::new(body) {
        match token.unwrap() {
            Token::String(text) => out.push_str(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) if [&b"td"[..], b"th", b"p", b"li"].contains(&tag.name.as_slice()) => {
                out.push('\n')
            }
            _ => {}
        }
    }
    out
}

#[test]
fn every_link_within_the_page_has_its_target_and_no_id_is_there_twice() {
    let mut failures = Vec::new();
    for (name, bytes) in documents() {
        let tags = tags(&page(&made(&bytes)));
        let mut ids: Vec<&String> = tags.iter().filter_map(|tag| tag.attributes.get("id")).collect();
        ids.sort();
        for pair in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
            failures.push(format!("{name}: twice {}", pair[0]));
        }
        for href in tags.iter().filter_map(|tag| tag.attributes.get("href")) {
            let target =
                href.strip_prefix('#').unwrap_or_else(|| panic!("{name}: a link out of the page: {href}"));
            if ids.binary_search(&&target.to_owned()).is_err() {
                failures.push(format!("{name}: no target of {href}"));
            }
        }
    }
    failures.dedup();
    common::report(&failures, "links");
}

#[test]
fn every_cell_and_block_of_the_document_is_in_the_page() {
    for (name, bytes) in documents() {
        let made = made(&bytes);
        let page = visible(&page(&made)).split_whitespace().collect::<Vec<_>>().join(" ");
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Links to findings stand between the words of a text; its pieces are looked for.
        let codes: Vec<&str> = cthd::rules::RULES.iter().map(|rule| rule.code.code).collect();
        let plain = codes.iter().fold(page, |page, code| page.replace(code, ""));
        let plain = squeezed(&plain);
        let has = |text: &str| {
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert!(letters(&plain).contains(&letters(text)), "{name}: {text}");
        };
        for appendix in &made.document.appendices {
            let rows = appendix.table.iter().flat_map(|table| table.header.iter().chain(&table.rows));
            rows.flat_map(|row| &row.cells).filter_map(|cell| cell.raw.as_deref()).take(60).for_each(has);
        }
        for section in &made.document.sections {
            section.blocks.iter().take(5).for_each(|block| has(&block.text));
        }
    }
}

/// What a page says in attributes: what is there, and what waits beside it for the other language.
fn hints(page: &str) -> Vec<(String, Option<String>)> {
    let mut out = Vec::new();
    for tag in tags(page) {
        for (name, other) in [("title", "data-title"), ("aria-label", "data-aria-label")] {
            assert!(
                tag.attributes.contains_key(name) || !tag.attributes.contains_key(other),
                "{other} alone"
            );
            if let Some(said) = tag.attributes.get(name) {
                out.push((said.clone(), tag.attributes.get(other).cloned()));
            }
        }
        if tag.name == "title" {
            out.push((String::new(), tag.attributes.get("data-text").cloned()));
        }
    }
    out
}

#[test]
fn what_attributes_say_waits_in_the_other_language_beside_it() {
    let seed = common::read(&common::seeds()[0]);
    for bytes in [SMALL.as_bytes(), &seed] {
        let made = made(bytes);
        let [first, second] = [[0, 1], [1, 0]].map(|order| hints(&page_in(&made, order)));
        assert!(first.len() > 20 && first.len() == second.len());
        let mut different = 0;
        for ((said, waits), (other, _)) in first.iter().zip(&second).filter(|(one, other)| one.0 != other.0) {
            assert_eq!(waits.as_ref(), Some(other), "beside {said}");
            different += 1;
        }
        assert!(different > 10, "{different} are said in two languages");
        let title = first.iter().find(|(said, _)| said.is_empty()).unwrap();
        assert!(title.1.as_ref().unwrap().starts_with(&made.catalogues[1].label("page-title")), "{title:?}");
    }
}

#[test]
fn nothing_is_asked_for_from_anywhere_and_nothing_of_the_document_is_markup() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><a href=\"javascript:alert(3)\">";
    let text = SMALL
        .replace("nhà văn hóa", hostile)
        .replace("Hòa Bình", hostile)
        .replace("Danh mục nhiệm vụ", hostile)
        .replace("Năm 2027", &format!("Năm 2027 {hostile}"))
        .replace("Văn phòng Đảng ủy", hostile)
        .replace("quốc phòng", hostile);
    let mut made = made(text.as_bytes());
    made.document.source.name = hostile.to_owned();
    made.reports.iter_mut().for_each(|report| report.source.name = hostile.to_owned());
    let page = page(&made);
    let tags = tags(&page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!(
        (count("script"), count("style"), count("img"), count("iframe"), count("link")),
        (1, 1, 0, 0, 0)
    );
    for tag in &tags {
        for (key, value) in &tag.attributes {
            assert!(
                !key.starts_with("on") && !["src", "style", "action", "formaction"].contains(&key.as_str()),
                "{key}"
            );
            assert!(key != "href" || value.starts_with('#'), "{value}");
        }
    }
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains(&format!("<script>{}</script>", html::SCRIPT)));
    assert!(
        page.contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
        )
    );
}

#[test]
fn sums_open_to_their_operands_in_both_notations() {
    let page = page(&made(SMALL.as_bytes()));
    let (before, panel) = page.split_once("class=\"sum fails\"").expect("the failed sum opens");
    assert!(before.contains("id=\"a0-r0-2\""));
    let panel = panel.split("</details>").next().unwrap();
    for words in
        ["1.984", "1.000", "1.974", "Năm 2026", "<span class=\"vi\" lang=\"vi\">chênh lệch</span>", "1,974"]
    {
        assert!(panel.contains(words), "{words}");
    }
}

#[test]
fn a_finding_marks_its_very_words() {
    let page = page(&made(SMALL.as_bytes()));
    assert!(page.contains("Xây dựng <mark class=\"warning\""), "the words are marked");
    let marked = page.split("<mark").nth(1).unwrap().split("</mark>").next().unwrap();
    assert!(marked.ends_with(">thể"), "{marked}");
}

#[test]
fn accepted_findings_stay_and_are_marked() {
    let mut made = made(SMALL.as_bytes());
    let entry = "accept = [{ rule = 'A001', place = '1/r1', reason = 'đã hỏi Phòng Tài chính' }]";
    let suppressions = cthd::output::report::Suppressions::parse(entry).unwrap();
    let locator = cthd::output::located::Locator::of(&made.document);
    made.reports.iter_mut().for_each(|report| report.suppress(&suppressions, |at| locator.ids(at)));
    let page = page(&made);
    let shown = visible(&page);
    assert!(shown.contains("Đã chấp nhận: đã hỏi Phòng Tài chính"));
    assert!(shown.contains("Accepted: đã hỏi Phòng Tài chính"));
    assert!(page.contains("class=\"finding accepted\""));
}

#[test]
fn the_page_of_a_document_without_faults_or_tables_is_whole() {
    let made = made("KẾ HOẠCH\n\nI. MỤC ĐÍCH\n\nMột câu.\n".as_bytes());
    let page = page(&made);
    assert!(visible(&page).contains("Một câu."));
    assert!(made.reports[0].checks.iter().all(|check| check.outcome != Outcome::Fails));
}
