//! What other systems and people are given: flat tables, workbooks, the report page, accepted findings.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

#[path = "../common/mod.rs"]
mod common;

mod accepted;
mod annotated;
mod annotated_pdf;
mod annotated_sheets;
mod arbitrary;
mod commands;
mod fingerprints;
mod page;
mod readers;
mod tables;
mod workbook;

use cthd::model::Document;
use cthd::output::report::Report;
use cthd::output::{Catalogue, Lang};
use cthd::source::Source;

/// A document with its report in both languages.
struct Made {
    source: Source,
    document: Document,
    reports: [Report; 2],
    catalogues: [Catalogue; 2],
}

/// A small document: a row and a total that are off by ten, a task, words that are misread.
const SMALL: &str = "CHƯƠNG TRÌNH HÀNH ĐỘNG\ncủa Đảng ủy phường Hòa Bình\n\nI. MỤC ĐÍCH\n\n- Xây dựng thể trận quốc phòng.\n\n\
                     PHỤ LỤC 1\nDanh mục dự án\nĐơn vị tính: triệu đồng\n\n\
                     STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\n\
                     1\tXây mới nhà văn hóa\t1.984\t1.000\t974\n2\tCải tạo ngõ 5\t3.300\t2.000\t1.300\n\
                     3\tLắp đặt camera\t1.200\t1.200\t\n4\tNâng cấp trạm y tế\t750\t300\t450\n\
                     \tTổng cộng\t7.224\t4.500\t2.724\n\n\
                     PHỤ LỤC 2\nDanh mục nhiệm vụ\n\n\
                     TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian thực hiện\n\
                     1\tLập kế hoạch số hóa\tVăn phòng Đảng ủy\tQuý II/2026\n";

fn made(bytes: &[u8]) -> Made {
    made_of(common::run(bytes))
}

/// The same of a file with a password.
fn made_with(bytes: &[u8], password: &str) -> Made {
    let options =
        cthd::read::Options { password: Some(password.to_owned()), ..cthd::read::Options::default() };
    let grammar = common::grammar();
    let source = cthd::pipeline::read_with("input", bytes, &options, grammar).expect("it is the password");
    let document = cthd::pipeline::parse(&source, grammar);
    let audit = cthd::pipeline::check(&source, &document, grammar);
    made_of(common::Run { source, document, audit })
}

fn made_of(run: common::Run) -> Made {
    let catalogues = [Catalogue::new(Lang::Vi), Catalogue::new(Lang::En)];
    let report = |i: usize| Report::new(&run.document, &run.audit, &run.source, &catalogues[i]);
    let reports = [report(0), report(1)];
    Made { source: run.source, document: run.document, reports, catalogues }
}

/// The seeds and every whole programme among the fixtures.
fn documents() -> Vec<(String, Vec<u8>)> {
    let folders = common::entries(&common::path("fixtures/programmes"));
    let inputs = folders.iter().flat_map(|folder| common::entries(folder));
    let inputs = inputs.filter(|path| common::name(path).starts_with("input."));
    common::seeds()
        .into_iter()
        .chain(inputs)
        .map(|path| (path.display().to_string(), common::read(&path)))
        .collect()
}
