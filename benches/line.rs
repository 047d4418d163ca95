//! The straight line beside pulldown-cmark on the same text in the same run: `cargo bench --bench line`.
//!
//! The seed as it is, and repeated to 1, 10 and 100 MB. Figures: docs/PERFORMANCE.md.

#![allow(clippy::panic, reason = "a benchmark stops where its premise fails")]

use cthd::grammar::Grammar;
use cthd::pipeline;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use sha2::Digest;

const SEED: &str = include_str!("../seeds/phuong-liet-2026.txt");
/// Megabytes of text; 0 is the seed once.
const SIZES: &[usize] = &[0, 1, 10, 100];

fn main() {
    divan::main();
}

fn text(megabytes: usize) -> String {
    let copies = (megabytes * 1_000_000 / SEED.len()).max(1);
    let mut text = String::with_capacity((SEED.len() + 2) * copies);
    for _ in 0..copies {
        text.push_str(SEED);
        text.push_str("\n\n");
    }
    text
}

fn grammar() -> Grammar {
    Grammar::embedded().unwrap_or_else(|error| panic!("{error}"))
}

/// The peer: every construct that pulldown-cmark knows, and the place of each.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn pulldown_cmark_all_with_places(bencher: Bencher, megabytes: usize) {
    let text = text(megabytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let events = pulldown_cmark::Parser::new_ext(black_box(&text), pulldown_cmark::Options::all());
        events.into_offset_iter().map(|event| black_box(event).1.len()).sum::<usize>()
    });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn pulldown_cmark(bencher: Bencher, megabytes: usize) {
    let text = text(megabytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| pulldown_cmark::Parser::new(black_box(&text)).count());
}

/// The least that any reader does that gives what the model promises: the file's SHA-256, and that its text is
/// UTF-8 and composed.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn digest_and_text_check(bencher: Bencher, megabytes: usize) {
    let text = text(megabytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let digest = sha2::Sha256::digest(black_box(text.as_bytes()));
        let text = simdutf8::basic::from_utf8(text.as_bytes()).ok()?;
        Some((digest, unicode_normalization::is_nfc_quick(text.chars())))
    });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn bytes_to_model(bencher: Bencher, megabytes: usize) {
    let text = text(megabytes);
    let grammar = grammar();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let source = pipeline::read("seed", black_box(text.as_bytes()), &grammar).ok()?;
        Some(pipeline::parse(&source, &grammar))
    });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn model_to_report(bencher: Bencher, megabytes: usize) {
    let text = text(megabytes);
    let grammar = grammar();
    let Ok(source) = pipeline::read("seed", text.as_bytes(), &grammar) else { return };
    let document = pipeline::parse(&source, &grammar);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| pipeline::check(black_box(&source), black_box(&document), &grammar));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn whole_line(bencher: Bencher, megabytes: usize) {
    let text = text(megabytes);
    let grammar = grammar();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let source = pipeline::read("seed", black_box(text.as_bytes()), &grammar).ok()?;
        let document = pipeline::parse(&source, &grammar);
        Some(pipeline::check(&source, &document, &grammar))
    });
}
