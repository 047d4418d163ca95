//! Files whose content is packed: what is packed is changed, and packed again.

use std::io::{Cursor, Read, Write};

use fastrand::Rng;
use lopdf::{Document, Object};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::mutate::mutated;

/// A ZIP package with one or two of its parts changed.
pub fn zip(seed: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(seed)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    let told = |name: &str| name.ends_with("document.xml") || name.contains("sheet") || name == "content.xml";
    for _ in 0..1 + rng.usize(..2) {
        let main: Vec<usize> = (0..parts.len()).filter(|index| told(&parts[*index].0)).collect();
        let index = if rng.u8(..) < 180 && !main.is_empty() {
            main[rng.usize(..main.len())]
        } else {
            rng.usize(..parts.len())
        };
        let other = parts[rng.usize(..parts.len())].1.clone();
        parts[index].1 = mutated(&parts[index].1, &other, rng);
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(name, SimpleFileOptions::default()).ok()?;
        out.write_all(&bytes).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// A PDF file with the content of a stream or an object changed.
pub fn pdf(seed: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(seed).ok()?;
    document.decompress();
    let ids: Vec<_> = document.objects.keys().copied().collect();
    for _ in 0..1 + rng.usize(..3) {
        let id = ids[rng.usize(..ids.len())];
        let other = ids[rng.usize(..ids.len())];
        let donor = match document.objects.get(&other) {
            Some(Object::Stream(stream)) => stream.content.clone(),
            _ => b"[1 2 3] << /Type /Page >> 12 0 R".to_vec(),
        };
        let swapped = document.objects.get(&other).cloned();
        match document.objects.get_mut(&id) {
            Some(Object::Stream(stream)) => {
                let content = mutated(&stream.content, &donor, rng);
                stream.set_content(content);
            }
            Some(Object::Dictionary(dictionary)) => {
                let keys: Vec<Vec<u8>> = dictionary.iter().map(|(key, _)| key.clone()).collect();
                if keys.is_empty() {
                    continue;
                }
                let key = keys[rng.usize(..keys.len())].clone();
                let value = match rng.u8(..5) {
                    0 => Object::Reference(other),
                    1 => Object::Integer(rng.i64(..)),
                    2 => Object::Array(vec![Object::Reference(id); 3]),
                    3 => Object::Real(f32::MAX),
                    _ => Object::Null,
                };
                dictionary.set(key, value);
            }
            Some(object) => {
                if let Some(swapped) = swapped {
                    *object = swapped;
                }
            }
            None => {}
        }
    }
    let mut out = Vec::new();
    document.save_to(&mut out).ok()?;
    Some(out)
}
