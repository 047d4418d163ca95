//! The picture that a scanned page is: its points as shades of grey, from the filters that scanners use.

use fax::{Color, decoder};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::marks;
use crate::read::programs::Picture;
use crate::read::scan::{MAX_PIXELS, bits, brightness, decode, within};

/// Most bytes that the points of a picture may unpack to.
const MAX_UNPACKED: usize = 3 * MAX_PIXELS as usize + (1 << 20);

/// How a picture lies on its page, in quarter turns clockwise; `None` where it is mirrored or askew.
pub(super) fn turns(picture: &marks::Picture) -> Option<u8> {
    let m = picture.matrix;
    let none = |n: f64, other: f64| n.abs() < other.abs() * 0.02;
    // The picture's x goes right and its y up; on the page y goes down.
    if none(m.b, m.a) && none(m.c, m.d) {
        match (m.a > 0.0, m.d < 0.0) {
            (true, true) => Some(0),
            (false, false) => Some(2),
            _ => None,
        }
    } else if none(m.a, m.b) && none(m.d, m.c) {
        match (m.b > 0.0, m.c > 0.0) {
            (true, true) => Some(1),
            (false, false) => Some(3),
            _ => None,
        }
    } else {
        None
    }
}

/// The points of a picture; `None` where its filter or its colours are not known here.
pub(super) fn points(document: &Document, id: ObjectId) -> Option<Picture> {
    let stream = document.get_object(id).ok()?.as_stream().ok()?;
    let dict = &stream.dict;
    let size = |key: &[u8]| {
        let number = dict.get_deref(key, document).and_then(Object::as_i64).ok()?;
        usize::try_from(number).ok()
    };
    let (width, height) = (size(b"Width")?, size(b"Height")?);
    within(width as u64, height as u64).ok()?;
    let filters = stream.filters().unwrap_or_default();
    let picture = match filters.as_slice() {
        [b"DCTDecode"] => decode(&stream.content).ok()?,
        [b"CCITTFaxDecode"] => fax_points(document, stream, width, height)?,
        [] | [b"FlateDecode" | b"LZWDecode" | b"RunLengthDecode"] => {
            let data = stream.get_plain_content_with_limit(MAX_UNPACKED).ok()?;
            raw_points(document, dict, &data, (width, height))?
        }
        _ => return None,
    };
    if (picture.width, picture.height) != (width, height) {
        return None;
    }
    Some(if is_inverted(document, dict) { inverted(picture) } else { picture })
}

/// Whether the picture's dictionary turns black and white around.
fn is_inverted(document: &Document, dict: &Dictionary) -> bool {
    let decode = dict.get_deref(b"Decode", document).and_then(Object::as_array);
    let first = decode.ok().and_then(|decode| super::font::number(decode.first()?));
    first.is_some_and(|first| first > 0.5)
}

fn inverted(picture: Picture) -> Picture {
    Picture { pixels: picture.pixels.iter().map(|point| u8::MAX - point).collect(), ..picture }
}

/// Group 3 and group 4 of ITU-T T.4 and T.6, one-dimensional or two-dimensional in all rows (ISO 32000-1, 7.4.6).
fn fax_points(document: &Document, stream: &Stream, width: usize, height: usize) -> Option<Picture> {
    let parms = stream.dict.get_deref(b"DecodeParms", document).ok();
    let parms = match parms {
        Some(Object::Array(list)) => {
            list.first().and_then(|object| document.dereference(object).ok()?.1.as_dict().ok())
        }
        Some(object) => object.as_dict().ok(),
        None => None,
    };
    let parm = |key: &[u8]| parms.and_then(|parms| parms.get_deref(key, document).ok());
    let number = |key: &[u8]| parm(key).and_then(|object| object.as_i64().ok());
    let flag = |key: &[u8]| parm(key).and_then(|object| object.as_bool().ok()).unwrap_or(false);
    let columns = u16::try_from(number(b"Columns").unwrap_or(1728)).ok()?;
    if usize::from(columns) != width || flag(b"EncodedByteAlign") {
        return None;
    }
    let (black, white) = if flag(b"BlackIs1") { (u8::MAX, 0) } else { (0, u8::MAX) };
    let mut pixels = Vec::with_capacity(width * height);
    let line = |line: &[u16]| {
        if pixels.len() < width * height {
            let shade = |colour| if colour == Color::Black { black } else { white };
            pixels.extend(decoder::pels(line, columns).map(shade));
        }
    };
    let data = stream.content.iter().copied();
    match number(b"K").unwrap_or(0) {
        k if k < 0 => decoder::decode_g4(data, columns, u16::try_from(height).ok(), line)?,
        0 => decoder::decode_g3(data, line)?,
        _ => return None,
    }
    pixels.resize(width * height, white);
    Some(Picture { width, height, pixels })
}

/// Points that stand one after another, in the colours of the device or by a table of colours.
fn raw_points(
    document: &Document,
    dict: &Dictionary,
    data: &[u8],
    (width, height): (usize, usize),
) -> Option<Picture> {
    let is_mask = dict.get_deref(b"ImageMask", document).and_then(Object::as_bool).unwrap_or(false);
    let depth = dict.get_deref(b"BitsPerComponent", document).and_then(Object::as_i64).unwrap_or(1);
    let space = dict.get_deref(b"ColorSpace", document).ok();
    let colours = if is_mask { Colours::Grey } else { colours(document, space?)? };
    let pixels: Vec<u8> = match (colours, if is_mask { 1 } else { depth }) {
        (Colours::Grey, 1) => data.chunks_exact(width.div_ceil(8)).flat_map(|row| bits(row, width)).collect(),
        (Colours::Grey, 8) => data.to_vec(),
        (Colours::Rgb, 8) => data.chunks_exact(3).map(brightness).collect(),
        (Colours::Table(table), 1) => {
            let at = |point: u8| table.get(usize::from(point > 0)).copied().unwrap_or(u8::MAX);
            data.chunks_exact(width.div_ceil(8)).flat_map(|row| bits(row, width)).map(at).collect()
        }
        (Colours::Table(table), 8) => {
            data.iter().map(|point| table.get(usize::from(*point)).copied().unwrap_or(u8::MAX)).collect()
        }
        _ => return None,
    };
    let mut pixels = pixels;
    // A stream that ends early leaves paper.
    if pixels.len() * 2 < width * height {
        return None;
    }
    pixels.resize(width * height, u8::MAX);
    Some(Picture { width, height, pixels })
}

enum Colours {
    Grey,
    Rgb,
    Table(Vec<u8>),
}

fn colours(document: &Document, space: &Object) -> Option<Colours> {
    let named = |name: &[u8]| match name {
        b"DeviceGray" | b"CalGray" | b"G" => Some(Colours::Grey),
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(Colours::Rgb),
        _ => None,
    };
    match space {
        Object::Name(name) => named(name),
        Object::Array(list) => {
            let item = |index: usize| {
                list.get(index).and_then(|object| document.dereference(object).ok()).map(|it| it.1)
            };
            match item(0)?.as_name().ok()? {
                b"ICCBased" => {
                    let profile = item(1)?.as_stream().ok()?;
                    match profile.dict.get_deref(b"N", document).and_then(Object::as_i64).ok()? {
                        1 => Some(Colours::Grey),
                        3 => Some(Colours::Rgb),
                        _ => None,
                    }
                }
                b"Indexed" | b"I" => {
                    let table = match item(3)? {
                        Object::String(table, _) => table.clone(),
                        Object::Stream(stream) => stream.get_plain_content_with_limit(4096).ok()?,
                        _ => return None,
                    };
                    match colours(document, item(1)?)? {
                        Colours::Grey => Some(Colours::Table(table)),
                        Colours::Rgb => Some(Colours::Table(table.chunks_exact(3).map(brightness).collect())),
                        Colours::Table(_) => None,
                    }
                }
                name => named(name),
            }
        }
        _ => None,
    }
}
