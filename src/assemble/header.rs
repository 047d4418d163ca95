//! The header: letterhead, number and date, title, grounds, preamble.

use super::Maker;
use super::blocks::{block, references};
use super::letterhead::{letterhead, number_and_date};
use super::title::title_lines;
use crate::layout::{Lead, Line, Paragraph, issued_with, join_lines};
use crate::model::{Block, BlockKind, Document, Header, Reference, ReferenceKind};
use crate::span::Span;
use crate::syntax::deadline;
use crate::text::{fold, head};
use crate::value::Period;

/// The header of the lines before the first section.
pub(super) fn header(maker: Maker<'_>, lines: &[Line]) -> Header {
    let mut header = Header::default();
    let texts: Vec<String> = lines.iter().map(|line| maker.text(line.inner).into_owned()).collect();
    let title = title_lines(maker, lines, &texts, &mut header);
    let (start, end) = title;
    let spans: Vec<Span> = lines.get(start..end).unwrap_or_default().iter().map(|line| line.span).collect();
    header.at = maker.at(&spans);
    letterhead(
        maker,
        lines.get(..start).unwrap_or_default(),
        texts.get(..start).unwrap_or_default(),
        &mut header,
    );
    let after = join_lines(maker.source, maker.markup, maker.grammar, lines.get(end..).unwrap_or_default());
    let mut letterhead_lines: Vec<Paragraph> =
        lines.get(..start).unwrap_or_default().iter().map(single).collect();
    for paragraph in after {
        let text = maker.joined(&paragraph.pieces);
        let line = paragraph.pieces.first().copied().unwrap_or_default();
        if number_and_date(maker, &[line], &text, &mut header) || is_motto(maker, &text) {
            letterhead_lines.push(paragraph);
        } else if is_ground(maker, &text) {
            header.basis.push(ground(maker, &paragraph, text));
        } else {
            let id = format!("preamble#{}", header.preamble.len() + 1);
            header.preamble.push(block(maker, id, &paragraph));
        }
    }
    let letterhead = letterhead_lines.iter().enumerate();
    // Bold letters head nothing there.
    let line = |(index, line): (usize, &Paragraph)| Block {
        kind: BlockKind::Paragraph,
        ..block(maker, format!("letterhead#{}", index + 1), line)
    };
    header.letterhead = letterhead.map(line).collect();
    header
}

/// How a ground begins: "Căn cứ".
pub(super) fn is_ground(maker: Maker<'_>, text: &str) -> bool {
    let head = fold(head(text.trim_start_matches(['-', ' ']), 16));
    maker.grammar.structure.letterhead.grounds.iter().any(|word| head.starts_with(word.as_str()))
}

fn ground(maker: Maker<'_>, paragraph: &Paragraph, text: String) -> Reference {
    let first = references(maker, &paragraph.pieces, &text).into_iter().next().unwrap_or_default();
    Reference { raw: text, at: maker.at(&paragraph.pieces), ..first }
}

pub(super) fn is_motto(maker: Maker<'_>, text: &str) -> bool {
    let text = head(text, 60);
    let folded = fold(text);
    // "ĐOÀN TNCS HỒ CHÍ MINH PHƯỜNG THUẬN HÓA" is a body.
    let ends = |motto: &String| {
        let rest: String = text.chars().skip(motto.chars().count()).collect();
        let next = rest.split_whitespace().next().unwrap_or_default();
        !is_capitals(next)
            || maker
                .grammar
                .structure
                .letterhead
                .mottoes
                .iter()
                .any(|it| fold(rest.trim()).starts_with(it.as_str()))
    };
    let mut mottoes = maker.grammar.structure.letterhead.mottoes.iter();
    mottoes.any(|motto| folded.starts_with(motto.as_str()) && ends(motto))
}

/// Whether a line is of a letterhead: a motto, or the name of a body in capitals.
pub(super) fn is_letterhead(maker: Maker<'_>, line: &Line) -> bool {
    let text = maker.text(line.inner);
    is_motto(maker, &text) || is_body(maker, &text)
}

/// "ỦY BAN NHÂN DÂN", "SỞ Y TẾ": what no title of a table begins with.
fn is_body(maker: Maker<'_>, text: &str) -> bool {
    let lower = text.to_lowercase();
    let issuers = &maker.grammar.structure.letterhead.issuers;
    let rest = issuers.iter().find_map(|issuer| lower.strip_prefix(issuer.as_str()));
    is_capitals(text) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// What can only be told from the whole document: spelling of the locality, number and date from captions.
pub(super) fn complete(maker: Maker<'_>, document: &mut Document) {
    let header = &mut document.header;
    let issued = document.appendices.iter().find_map(|appendix| appendix.issued_with.as_ref());
    if let Some(issued) = issued {
        if header.number.is_none() {
            header.number.clone_from(&issued.number);
        }
        if header.date.is_none() {
            header.date.clone_from(&issued.date);
        }
    }
    if header.issuer.is_none() {
        let mut notes = document.appendices.first().into_iter().flat_map(|appendix| &appendix.notes);
        let body = notes.find(|note| is_body(maker, &note.text) && !is_motto(maker, &note.text));
        header.issuer = body.map(|note| note.text.clone()).or_else(|| issued?.issuer.clone());
    }
    // The title above the table of a workbook that has nothing else is the document's too.
    if header.title.is_none() && maker.source.is_workbook() {
        let title = document.appendices.first().and_then(|appendix| appendix.title.as_ref());
        let kind = |title: &&String| maker.grammar.structure.kind(title).filter(|_| is_capitals(title));
        if let Some((title, kind)) = title.and_then(|title| Some((title, kind(&title)?))) {
            header.kind = Some(kind.kind.clone());
            header.title = Some(title.clone());
        }
    }
    // "(Kèm theo Quyết định … của Ủy ban nhân dân xã Bình Hòa)" under the title.
    let note = header.preamble.iter().find(|block| issued_with(&block.text, maker.grammar) == Some(0));
    let note = note.and_then(|block| Some(block.text.rsplit_once(" của ")?.1.to_owned()));
    let sources = [
        header.issuer.clone(),
        header.title.clone(),
        issued.and_then(|i| i.issuer.clone()),
        note,
        header.parent_issuer.clone(),
    ];
    header.locality = sources.into_iter().flatten().find_map(|text| locality(maker, &text));
    if header.term.is_none() {
        let titles = document.appendices.iter().filter_map(|appendix| appendix.title.as_deref());
        header.term = titles.flat_map(deadline::period_in).map(|(_, period)| period).find(is_span);
    }
    let ids: Vec<String> = document.appendices.iter().map(|appendix| appendix.id.clone()).collect();
    link(document, &ids);
}

/// Gives references to appendices their targets.
fn link(document: &mut Document, ids: &[String]) {
    fn each(sections: &mut [crate::model::Section], visit: &mut impl FnMut(&mut Reference)) {
        for section in sections {
            section.references.iter_mut().for_each(&mut *visit);
            section.blocks.iter_mut().flat_map(|block| &mut block.references).for_each(&mut *visit);
            each(&mut section.sections, visit);
        }
    }
    let mut visit = |reference: &mut Reference| {
        if reference.kind == ReferenceKind::Appendix {
            reference.target = reference.number.clone().filter(|number| ids.contains(number));
        }
    };
    document.header.preamble.iter_mut().flat_map(|block| &mut block.references).for_each(&mut visit);
    each(&mut document.sections, &mut visit);
    if let Some(closing) = &mut document.closing {
        closing.paragraphs.iter_mut().flat_map(|block| &mut block.references).for_each(&mut visit);
    }
    for appendix in &mut document.appendices {
        appendix.notes.iter_mut().flat_map(|block| &mut block.references).for_each(&mut visit);
    }
}

fn single(line: &Line) -> Paragraph {
    Paragraph { pieces: vec![line.span], lead: Lead::None }
}

pub(super) fn is_span(period: &Period) -> bool {
    matches!((period.from, period.to), (Some(from), Some(to)) if from < to)
}

/// The locality in a body's name, spelled as running text spells it: "ĐẢNG BỘ XÃ ĐÔNG THẠNH" is of
/// "xã Đông Thạnh".
fn locality(maker: Maker<'_>, text: &str) -> Option<String> {
    let places = &maker.grammar.structure.localities;
    let lower = text.to_lowercase();
    let starts_word = |at: &usize| *at == 0 || lower.get(..*at).is_some_and(|s| s.ends_with([' ', ',']));
    let committees = places.committees.iter().map(|(word, level)| (word.as_str(), level.as_str()));
    let levels = places.levels.iter().map(|level| (level.as_str(), level.as_str()));
    let (at, word, level) = committees
        .chain(levels)
        .filter_map(|(word, level)| {
            let at = lower.rfind(&format!("{word} ")).filter(starts_word)?;
            // "Phường đoàn An Cựu", but "phường Đoàn Kết".
            let longer = word.strip_prefix(level).is_some_and(|rest| !rest.is_empty());
            let name = lower.get(at + word.len()..)?.trim_start();
            (!longer || name.contains(' ')).then_some((at, word, level))
        })
        .max_by_key(|(at, word, _)| (*at + word.len(), word.len()))?;
    let rest = lower.get(at + word.len()..)?.trim();
    let name = rest.split([',', ';', '(', '.']).next()?.trim();
    if name.is_empty() || name.chars().count() > 40 {
        return None;
    }
    if lower.len() == text.len() && text.chars().any(char::is_lowercase) {
        // Running text spells its names itself; what follows the capitalised words is no part of them.
        let printed = text.get(at + word.len()..)?.trim_start();
        let words: Vec<&str> = printed
            .split(' ')
            .take_while(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()))
            .collect();
        let name = words.join(" ");
        let name = name.trim_end_matches([',', ';', '.']);
        return (!name.is_empty()).then(|| format!("{level} {name}"));
    }
    // "TRÊN ĐỊA BÀN TỈNH THANH GIANG NĂM 2026": in capitals nothing but words of that kind end a name.
    let after = &maker.grammar.captions.places.after_capitals;
    let is_level = |word: &str| places.levels.iter().any(|level| fold(level).starts_with(&fold(word)));
    let ends = |word: &str| after.iter().any(|end| end == word) && !is_level(word);
    let words = name.split(' ').enumerate().take_while(|(at, word)| *at == 0 || !ends(word));
    let titled = words.map(|(_, word)| capitalised(word)).collect::<Vec<_>>().join(" ");
    (!titled.is_empty()).then(|| format!("{level} {titled}"))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

pub(super) fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 4 && text.chars().all(|c| !c.is_lowercase())
}
