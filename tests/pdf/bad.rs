//! Files that are cut, changed, locked or made to do harm.

use lopdf::{Object, Stream, dictionary};

use super::build::{bytes, document, pdf, table};
use super::common;
use cthd::pipeline;
use cthd::read::{Bound, ReadError};

fn read(bytes: &[u8]) -> Result<cthd::source::Source, ReadError> {
    pipeline::read("x.pdf", bytes, common::grammar())
}

/// A small file with a table.
fn small() -> Vec<u8> {
    let mut page = String::new();
    table(
        &mut page,
        &[40, 80, 300, 400],
        &[740, 700, 660],
        &[&["TT", "Chi tieu", "Nam 2026"], &["1", "Dan so", "12"]],
    );
    pdf(&[&page])
}

#[test]
fn files_cut_anywhere_do_no_harm() {
    let whole = small();
    for end in 5..whole.len() {
        if let Ok(source) = read(&whole[..end]) {
            let _ = pipeline::parse(&source, common::grammar());
        }
    }
}

#[test]
fn changed_bytes_do_no_harm() {
    let whole = small();
    // A fixed row of pseudo-random numbers: the same files in every run.
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..1500 {
        let mut changed = whole.clone();
        for _ in 0..=next(6) {
            let at = next(changed.len() - 8) + 8;
            changed[at] = u8::try_from(next(256)).unwrap();
        }
        if let Ok(source) = read(&changed) {
            let _ = pipeline::parse(&source, common::grammar());
        }
    }
}

#[test]
fn content_that_unpacks_without_end_meets_a_bound() {
    let mut file = document(&[""], dictionary! {});
    let page = *file.get_pages().get(&1).unwrap();
    let mut stream = Stream::new(dictionary! {}, vec![b' '; 160 << 20]);
    stream.compress().unwrap();
    assert!(stream.content.len() < 1 << 20);
    let stream = file.add_object(stream);
    file.get_dictionary_mut(page).unwrap().set("Contents", stream);
    let error = read(&bytes(&mut file)).unwrap_err();
    assert!(matches!(error, ReadError::Limit { bound: Bound::Unpacked, .. }), "{error}");
}

#[test]
fn a_page_with_marks_without_end_meets_a_bound() {
    let page = "0 0 m 9 9 l S 1 1 m 1 50 l S\n".repeat(500_000);
    if let Err(error) = read(&pdf(&[&page])) {
        assert!(matches!(error, ReadError::Limit { .. } | ReadError::Empty), "{error}");
    }
    let page = format!("BT /F 10 Tf {} ET", "1 0 0 1 40 700 Tm (aaaaaaaaaaaaaaaa) Tj\n".repeat(60_000));
    let error = read(&pdf(&[&page])).unwrap_err();
    assert!(matches!(error, ReadError::Limit { .. }), "{error}");
}

#[test]
fn a_tree_of_pages_that_comes_back_to_itself_ends() {
    let mut file = document(&["BT /F 10 Tf 40 700 Td (mot) Tj ET"], dictionary! {});
    let root = file.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let tree = file.get_dictionary(root).unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let page = *file.get_pages().get(&1).unwrap();
    let kids: Vec<Object> = vec![page.into(), tree.into(), page.into()];
    let pages = file.get_dictionary_mut(tree).unwrap();
    pages.set("Kids", kids);
    pages.set("Parent", tree);
    let _ = read(&bytes(&mut file));
}

#[test]
fn arrays_in_arrays_do_not_overflow() {
    let mut file = b"%PDF-1.7\n1 0 obj\n".to_vec();
    file.extend(std::iter::repeat_n(b'[', 200_000));
    file.extend_from_slice(b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
    assert!(read(&file).is_err());
    let content = "[".repeat(200_000);
    let _ = read(&pdf(&[&content]));
}

#[test]
fn no_pages_and_no_text_are_said() {
    assert!(read(b"%PDF-1.7\n%%EOF").is_err());
    assert_eq!(read(&pdf(&[""])).unwrap_err(), ReadError::Empty);
}
