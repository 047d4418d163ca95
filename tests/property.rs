//! Arbitrary input: nothing panics, and every character is accounted for.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its premise fails"
)]

mod common;

use cthd::coverage::Coverage;
use cthd::output::{Catalogue, Lang, coverage};
use cthd::pipeline;
use proptest::prelude::*;

/// Pieces that documents are made of, and that upset readers of them.
const PIECES: &[&str] = &[
    "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "PHỤ LỤC 1",
    "PHỤ LỤC 3B",
    "Phụ lục số 02:",
    "BIỂU SỐ 01",
    "I. ",
    "IV. ",
    "1. ",
    "6.3. ",
    "a) ",
    "- ",
    "+ ",
    "* ",
    "Điều 2. ",
    "Chương I",
    "Phần thứ nhất",
    "Mục 1.",
    "XI.4. ",
    "(1) ",
    "TT",
    "STT",
    "Nội dung",
    "Tên dự án",
    "Chỉ tiêu",
    "ĐVT",
    "Đơn vị tính: triệu đồng",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời gian",
    "Ghi chú",
    "Tổng số",
    "Tổng cộng",
    "TỔNG CỘNG: A + B",
    "KHV năm 2026",
    "Năm 2027",
    "Trong đó:",
    "7=3+4+5",
    "(27 DA)",
    "Quý II/2026",
    "2026-2030",
    "Hằng năm",
    "Trước 2030",
    "(Ban hành kèm theo Chương trình số -CTr/ĐU ngày /3/2026)",
    "Nơi nhận:",
    "T/M ĐẢNG ỦY",
    "BÍ THƯ",
    "Căn cứ Nghị quyết số 57-NQ/TW",
    "1.984,0",
    "16,888",
    "≥ 68",
    "9/10",
    "5?,O",
    "2.240 ,0",
    "198%",
    "%",
    "tỷ đồng",
    "người",
    "nhà văn hóa",
    "thể trận",
    "Phòng Văn hóa - Xã hội",
    "1",
    "2",
    "3",
    "12",
    "…",
    "./.",
    "**",
    "*",
    "_",
    "<i>",
    "</i>",
    "<br>",
    "|",
    "---",
    "(",
    ")",
    "“",
    "”",
    "\u{A0}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{301}",
    "e\u{302}\u{301}",
    "Ð",
    "ƣ",
    "а",
    "\u{7}",
    "\u{F0B7}",
    "漢",
    "😀",
    " ",
    "  ",
    "",
];

/// What stands between pieces.
const JOINTS: &[&str] =
    &["\t", "\t", "\t", " ", " ", "", "\t\t", "\n", "\n", "\n\n", "\r\n", "\u{C}", "\n\u{C}\n"];

/// Bytes that are shown as text.
#[derive(Clone, PartialEq, Eq)]
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

fn document() -> impl Strategy<Value = Bytes> {
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => "\\PC{0,12}".prop_map(String::into_bytes),
        1 => prop::collection::vec(0x80_u8.., 1..4),
    ];
    let joint = prop::sample::select(JOINTS);
    prop::collection::vec((piece, joint), 0..120).prop_map(|parts| {
        let mut out = b"x".to_vec();
        for (piece, joint) in parts {
            out.extend(piece);
            out.extend(joint.as_bytes());
        }
        Bytes(out)
    })
}

/// Rows of a table: numbers and names under a header, with page breaks between.
fn table() -> impl Strategy<Value = Bytes> {
    let cell = prop_oneof![
        prop::sample::select(PIECES).prop_map(str::to_owned),
        "[0-9]{1,3}([.,][0-9]{3}){0,2}([.,][0-9])?",
        Just(String::new()),
    ];
    let row = prop_oneof![
        8 => prop::collection::vec(cell, 1..8).prop_map(|cells| cells.join("\t")),
        1 => Just("STT\tTên dự án\tTổng số\tNăm 2026\tNăm 2027\tGhi chú".to_owned()),
        1 => Just("1\t2\t3=4+5\t4\t5\t6".to_owned()),
        1 => Just("12".to_owned()),
        1 => Just(String::new()),
    ];
    prop::collection::vec(row, 1..40)
        .prop_map(|rows| Bytes(format!("PHỤ LỤC 1\nDanh mục\n\n{}\n", rows.join("\n")).into_bytes()))
}

/// Takes the bytes through the pipeline; a file that cannot be read as text is no failure.
fn whole(bytes: &[u8]) -> Result<(), TestCaseError> {
    let grammar = common::grammar();
    let Ok(source) = pipeline::read("input", bytes, grammar) else { return Ok(()) };
    let document = pipeline::parse(&source, grammar);
    let found = Coverage::of(&source, &document);
    prop_assert!(found.whole, "{}", coverage::render(&found, &Catalogue::new(Lang::En)));
    let _ = pipeline::check(&source, &document, grammar);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_documents_are_wholly_accounted_for(bytes in document()) {
        whole(&bytes.0)?;
    }

    #[test]
    fn arbitrary_tables_are_wholly_accounted_for(bytes in table()) {
        whole(&bytes.0)?;
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        whole(&bytes)?;
    }

    #[test]
    fn a_document_cut_anywhere_is_wholly_accounted_for(start in 0_usize..120_000, length in 1_usize..4_000) {
        for seed in common::seeds() {
            let bytes = common::read(&seed);
            let start = start % bytes.len();
            let end = (start + length).min(bytes.len());
            whole(&bytes[start..end])?;
        }
    }
}

/// Files that broke a promise while `fuzz/` ran, cut down to what did it.
#[test]
fn what_hostile_files_broke_holds() {
    let found = [
        // A comment over rows, of which one is as the header.
        "# PHỤ LỤC 1. CHỈ TIÊU\n\n| STT | Chỉ tiêu |<!--n vị tính | Năm 2025 |\n|:--:|:--|:--:|:-<:|\n| 1 | Tỷ lệ | % | 71,5 |\n\n<!-- page 3 -->\n",
        // A break between the lines of a signature that lost the row's end.
        "1. Việc\n\n| **Nơi nhận:**<br>- Sở NN (b/c);<br>- Lưu: VT. | **CHI\nỤC TRƯỞNG**<br><br>**Cầm Bun Phanh** |\n|:---:|:---:|\n\n4\n",
        // A line that goes on right behind the digit before it.
        "PHỤ LỤC 2\nDANH MỤC NHIỆM VỤ\n(Kèm theo Chương trình hành động số 12-CTr 2027\n/ĐU ngày 12/5/2026 Điều 3;\n\
         STT\tNhiệm vụ\tThời gian\n1\tTổ chức tập huấn\tQuý I/2026\n",
        // An end mark behind the bracket.
        "PHỤ LỤC 3\nDANH MỤC CÔNG TRÌNH\n(Kèm theo Chương trình hành động số 07-CTr/ĐU ngày 12/02/2ểu số 03).\n\
         STT\tNhiệm vụ\tThời gian\n1\tTổ chức tập huấn\tQuý I/2026\n",
        // A second line of a header that has more cells than the first.
        "PHỤ LỤC 1\nCHỈ TIÊU\n\n+----+----------+\n| TT | Chỉ tiêu |\n|    | Số hộ    | Hộ | 412 |\n+====+==========+\n\
         | 2  | Tỷ lệ    | %  | 9,8 |\n+----+----------+\n| 3  | Số hộ    | Hộ | 256 |\n+----+----------+\n",
        // An entity in a header that is set aside as a repeated one.
        "PHỤ LỤC 2\nNHIỆM VỤ\nTT\tNhiệm vụ\tCh&lt;ủ trì\tThời hạn\n1\tTập huấn\tVăn phòng\tQuý I/2026\n\
         TT\tNhiệm vụ\tCh&lt;ủ trì\tThời hạn\n2\tSơ kết\tVăn phòng\tQuý II/2026\n",
        // The words of a total in a row of cells, one a line, that has as many as the header.
        "PHỤ LỤC II\nSTT\n|\nNội dung\n|\nTổng kinh phí\n|\n1\n|\nTruyền thông\n|\n900\n|\nTổng kinh phí\n|\nNguồn khác\n|\n\
         900\n|\n2\n|\nTập huấn\n|\n100\n|\n",
        // Cells of a table whose row's tag was lost.
        "PHỤ LỤC 1\n<table><tr><td>TT</td><td>Nhiệm vụ</td></tr>\n<td>1</td><td>Sơ kết</td></tr></table>\n",
        // A group's heading whose number and title stand in one column, or beside any.
        "STT   Nhiệm vụ                        Người phụ trách     Phối hợp             Thời hạn       Kinh phí\n\
         I     Phòng đọc\n1     Sửa m\u{fffd}    48,0\n  trìn0\n",
        " TT              Nhiệm vụ                   Chủ trì              Phối hợp           Kết quả        Thời hạn\n\
         \u{20}I   Đổi mới giảng dạy\n 27823   Biên soạn phần kiến thức địa     Khoa Xây dựng Đảng   Ban Tuyên giáo và    Giáo tr\n",
        "TT   Nhiệm vụ              Chủ trì\n1    Cử giảng viên         Phòng Tổ chức\nII      Xây dựng đội   ngũ, cơ sở vật chất mới\n\
         2    Sửa ký túc xá         Phòng Quản trị\n",
        // Two spaces in a heading's number, whose title is the line below.
        "**Phần  thứ nhất**\n**QUAN ĐIỂM**kiệm và hiệu quả.\n",
        // A heading's number inside of a tag.
        "<i \n3.P>\u{fffd}",
        // A combining mark behind an entity.
        "I. MỤC TIÊU\n- Vận hành c&#7911;\u{301}c chủ hồ.\n",
    ];
    for text in found {
        whole(text.as_bytes()).unwrap_or_else(|error| panic!("{text}\n{error}"));
    }
}
