//! Tesseract as a program: a list of pictures in, a table of words out. One process reads many pictures, since loading
//! its model takes longer than reading a cell; as many processes run as there are cores.

use std::num::NonZero;
use std::thread;

use cthd::read::{How, Letters, Picture, RESOLUTION, ReadError, Recognised, Shape};
use rayon::prelude::*;

use super::run::{Call, Folder};

const PROGRAM: &str = "tesseract";
/// The package that has the language.
const VIETNAMESE: &str = "tesseract-ocr-vie";
/// Most seconds for the start, a page, and a cell.
const START_SECONDS: u64 = 30;
const PAGE_SECONDS: u64 = 90;
const CELL_SECONDS: u64 = 5;
/// Most pictures of one process.
const MOST: usize = 400;

/// What figures and list numbers are made of.
const FIGURES: &str = "0123456789.,-%/<>";
const ORDINALS: &str = "0123456789IVXLCABDEabcdeghi.)(-+";

/// The languages that are installed.
pub(super) fn languages() -> Result<Vec<String>, ReadError> {
    let folder = Folder::new(PROGRAM)?;
    let mut call = Call::new(PROGRAM, "picture", START_SECONDS);
    call.args(["--list-langs"]);
    call.run(&folder)?;
    let text = folder.read("out")?;
    let languages: Vec<String> = String::from_utf8_lossy(&text).lines().map(str::to_owned).collect();
    if languages.iter().any(|language| language == "vie") {
        Ok(languages)
    } else {
        Err(ReadError::NeedsProgram { format: "picture", program: VIETNAMESE })
    }
}

/// Recognises pictures, the list cut into as many parts as there are cores.
pub(super) fn recognise(
    pictures: &[Picture],
    how: How,
    languages: &[String],
) -> Result<Vec<Vec<Recognised>>, ReadError> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let part = pictures.len().div_ceil(cores).clamp(1, MOST);
    let parts: Result<Vec<_>, _> =
        pictures.par_chunks(part).map(|pictures| one_process(pictures, how, languages)).collect();
    Ok(parts?.into_iter().flatten().collect())
}

fn one_process(
    pictures: &[Picture],
    how: How,
    languages: &[String],
) -> Result<Vec<Vec<Recognised>>, ReadError> {
    let folder = Folder::new(PROGRAM)?;
    let mut list = String::new();
    for (index, picture) in pictures.iter().enumerate() {
        let mut bytes = format!("P5\n{} {}\n255\n", picture.width, picture.height).into_bytes();
        bytes.extend_from_slice(&picture.pixels);
        let path = folder.write(&format!("{index}.pgm"), &bytes)?;
        list.push_str(&format!("{}\n", path.display()));
    }
    let list = folder.write("list.txt", list.as_bytes())?;
    let each = if how.shape == Shape::Page { PAGE_SECONDS } else { CELL_SECONDS };
    let mut call = Call::new(PROGRAM, "picture", START_SECONDS + each * pictures.len() as u64);
    call.env("OMP_THREAD_LIMIT", "1");
    call.args([&list, &folder.path("words")]);
    let resolution = RESOLUTION.to_string();
    let shape = match how.shape {
        Shape::Page => "3",
        Shape::Block => "6",
        Shape::Line => "7",
    };
    // Another model for figures than the one that read them first: it errs in other places.
    let plain = if languages.iter().any(|language| language == "eng") { "eng" } else { "vie" };
    let (language, letters) = match how.letters {
        Letters::Any => ("vie", None),
        Letters::Figures => (plain, Some(FIGURES)),
        Letters::Ordinals => (plain, Some(ORDINALS)),
    };
    call.args(["-l", language, "--psm", shape, "--dpi", &resolution]);
    if let Some(letters) = letters {
        call.args(["-c", &format!("tessedit_char_whitelist={letters}")]);
        call.args(["-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"]);
    }
    call.args(["tsv"]);
    call.run(&folder)?;
    let table = folder.read("words.tsv")?;
    Ok(words(&String::from_utf8_lossy(&table), pictures.len()))
}

/// The words of a table of Tesseract's, for each of `count` pictures.
fn words(table: &str, count: usize) -> Vec<Vec<Recognised>> {
    let mut out = vec![Vec::new(); count];
    let mut line = 0;
    let mut last = None;
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let ["5", page, block, paragraph, number, _, left, top, width, height, confidence, text] =
            cells.as_slice()
        else {
            continue;
        };
        let whole = |text: &str| text.parse::<usize>().unwrap_or(0);
        let place = Some((whole(page), whole(block), whole(paragraph), whole(number)));
        if place != last {
            line += 1;
            last = place;
        }
        let Some(words) = whole(page).checked_sub(1).and_then(|page| out.get_mut(page)) else { continue };
        let (left, top) = (whole(left), whole(top));
        words.push(Recognised {
            text: (*text).to_owned(),
            left,
            top,
            right: left + whole(width),
            bottom: top + whole(height),
            // "96.18" or "-1"; the part after the point is left out.
            confidence: confidence.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0),
            line,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_table_are_given_to_their_pictures() {
        let table = "level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n\
            5\t1\t1\t1\t1\t1\t4\t26\t33\t17\t66.24\tvốn\n5\t1\t1\t1\t1\t2\t40\t26\t30\t17\t97\tđầu\n\
            5\t1\t1\t1\t2\t1\t4\t46\t33\t17\t-1\tx\n1\t2\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n\
            5\t3\t1\t1\t1\t1\t1\t2\t3\t4\t88.0\t7\n";
        let words = words(table, 3);
        let texts: Vec<Vec<&str>> =
            words.iter().map(|words| words.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["vốn", "đầu", "x"], vec![], vec!["7"]]);
        let first = words.first().map(Vec::as_slice).unwrap_or_default();
        let lines: Vec<(u32, u8)> = first.iter().map(|word| (word.line, word.confidence)).collect();
        assert_eq!(lines, [(1, 66), (1, 97), (2, 0)]);
        assert_eq!(first.first().map(|word| (word.left, word.right, word.bottom)), Some((4, 37, 43)));
    }
}
