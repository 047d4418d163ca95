//! Files of pictures as shades of grey: PNG, JPEG, TIFF with its pages, and the grey maps that programs write.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::{PhotometricInterpretation, Tag};
use tiff::{ColorType, TiffError};

use super::Sheet;
use crate::read::programs::Picture;
use crate::read::{Bound, ReadError};

/// Most points of a picture: a page of A3 with 400 points an inch.
pub const MAX_PIXELS: u64 = 40_000_000;
/// Most bytes that a decoder may take for a picture.
const MAX_BYTES: u64 = 160 << 20;
/// Most pages of a file of pictures.
const MAX_PAGES: usize = 300;
/// Fewest points on a side that a page of text can have.
const MIN_SIDE: usize = 16;

/// The pages of a file of pictures.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return tiff_sheets(bytes);
    }
    let dpi = if bytes.starts_with(b"\xFF\xD8") { jpeg_dpi(bytes) } else { png_dpi(bytes) };
    Ok(vec![Sheet::new(decode(bytes)?, dpi)])
}

/// A picture of any format but TIFF, told by its bytes.
///
/// # Errors
/// A picture that is damaged, or larger than the bounds allow.
pub(in crate::read) fn decode(bytes: &[u8]) -> Result<Picture, ReadError> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.set_format(image::guess_format(bytes).unwrap_or(ImageFormat::Pnm));
    let size = ImageReader::with_format(Cursor::new(bytes), reader.format().unwrap_or(ImageFormat::Pnm))
        .into_dimensions()
        .map_err(|error| damaged(&error))?;
    within(u64::from(size.0), u64::from(size.1))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| damaged(&error))?;
    Ok(grey(picture))
}

fn grey(picture: DynamicImage) -> Picture {
    // What shows through is paper.
    let luma = if picture.color().has_alpha() {
        let both = picture.into_luma_alpha8();
        let (width, height) = both.dimensions();
        let over = |point: &[u8]| match point {
            [grey, alpha] => {
                let (grey, alpha) = (u16::from(*grey), u16::from(*alpha));
                u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
            }
            _ => u8::MAX,
        };
        let pixels = both.into_raw().chunks_exact(2).map(over).collect();
        return Picture { width: width as usize, height: height as usize, pixels };
    } else {
        picture.into_luma8()
    };
    let (width, height) = luma.dimensions();
    Picture { width: width as usize, height: height as usize, pixels: luma.into_raw() }
}

/// Whether a picture keeps the bounds.
pub(in crate::read) fn within(width: u64, height: u64) -> Result<(), ReadError> {
    if width.saturating_mul(height) > MAX_PIXELS {
        return Err(ReadError::Limit { bound: Bound::Pixels, limit: MAX_PIXELS });
    }
    if width.min(height) < MIN_SIDE as u64 {
        return Err(damaged(&"too small for a page"));
    }
    Ok(())
}

fn damaged(reason: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged { format: "picture", reason: reason.to_string() }
}

fn tiff_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let failed = |error: TiffError| damaged(&error);
    let mut limits = tiff::decoder::Limits::default();
    limits.decoding_buffer_size = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX);
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(failed)?.with_limits(limits);
    let mut out = Vec::new();
    let mut points = 0_u64;
    loop {
        let (width, height) = decoder.dimensions().map_err(failed)?;
        within(u64::from(width), u64::from(height))?;
        points += u64::from(width) * u64::from(height);
        // All pages stay in memory until they are recognised.
        if out.len() == MAX_PAGES {
            return Err(ReadError::Limit { bound: Bound::Pages, limit: MAX_PAGES as u64 });
        }
        if points > 4 * MAX_PIXELS {
            return Err(ReadError::Limit { bound: Bound::Pixels, limit: 4 * MAX_PIXELS });
        }
        let dpi = tiff_dpi(&mut decoder);
        out.push(Sheet::new(tiff_picture(&mut decoder, width as usize, height as usize)?, dpi));
        if !decoder.more_images() {
            return Ok(out);
        }
        decoder.next_image().map_err(failed)?;
    }
}

fn tiff_dpi(decoder: &mut Decoder<Cursor<&[u8]>>) -> Option<f64> {
    let value = decoder.find_tag(Tag::XResolution).ok()??;
    let dpi = match value {
        tiff::decoder::ifd::Value::Rational(n, d) => f64::from(n) / f64::from(d.max(1)),
        _ => return None,
    };
    let unit = decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten().unwrap_or(2);
    Some(if unit == 3 { dpi * 2.54 } else { dpi })
}

fn tiff_picture(
    decoder: &mut Decoder<Cursor<&[u8]>>,
    width: usize,
    height: usize,
) -> Result<Picture, ReadError> {
    let failed = |error: TiffError| damaged(&error);
    let colours = decoder.colortype().map_err(failed)?;
    let interpretation: Option<u16> =
        decoder.find_tag_unsigned(Tag::PhotometricInterpretation).ok().flatten();
    let DecodingResult::U8(data) = decoder.read_image().map_err(failed)? else {
        return Err(damaged(&"more than 8 bits a colour"));
    };
    let white_is_zero = interpretation == Some(PhotometricInterpretation::WhiteIsZero.to_u16());
    let pixels: Vec<u8> = match colours {
        // Lines of bits begin at whole bytes.
        ColorType::Gray(1) => data.chunks_exact(width.div_ceil(8)).flat_map(|row| bits(row, width)).collect(),
        ColorType::Gray(8) => data,
        ColorType::GrayA(8) => data.chunks_exact(2).filter_map(|point| point.first().copied()).collect(),
        ColorType::RGB(8) => data.chunks_exact(3).map(brightness).collect(),
        ColorType::RGBA(8) => data.chunks_exact(4).map(brightness).collect(),
        other => return Err(damaged(&format!("{other:?}"))),
    };
    if pixels.len() != width * height {
        return Err(damaged(&"too few points"));
    }
    // The decoder turns white-is-zero around by itself for whole bytes, not for bits.
    let pixels = if white_is_zero && colours == ColorType::Gray(1) {
        pixels.into_iter().map(|point| u8::MAX - point).collect()
    } else {
        pixels
    };
    Ok(Picture { width, height, pixels })
}

/// Bits of a row as black and white; a set bit is white.
pub(in crate::read) fn bits(row: &[u8], width: usize) -> impl Iterator<Item = u8> + '_ {
    let each = |byte: u8| (0..8).rev().map(move |bit| if byte >> bit & 1 == 1 { u8::MAX } else { 0 });
    row.iter().copied().flat_map(each).take(width)
}

/// Brightness of a point of red, green and blue (ITU-R BT.709).
pub(in crate::read) fn brightness(point: &[u8]) -> u8 {
    match point {
        [red, green, blue, ..] => {
            let sum = u32::from(*red) * 2126 + u32::from(*green) * 7152 + u32::from(*blue) * 722;
            u8::try_from(sum / 10_000).unwrap_or(u8::MAX)
        }
        _ => u8::MAX,
    }
}

/// The density that a PNG file's `pHYs` gives, in points an inch.
fn png_dpi(bytes: &[u8]) -> Option<f64> {
    let at = memchr::memmem::find(bytes.get(..4096).unwrap_or(bytes), b"pHYs")? + 4;
    let (metre, unit) = (bytes.get(at..at + 4)?, bytes.get(at + 8)?);
    let metre = u32::from_be_bytes(metre.try_into().ok()?);
    (*unit == 1).then(|| f64::from(metre) * 0.0254)
}

/// The density that a JPEG file's JFIF header gives, in points an inch.
fn jpeg_dpi(bytes: &[u8]) -> Option<f64> {
    let at = memchr::memmem::find(bytes.get(..64).unwrap_or(bytes), b"JFIF\0")? + 7;
    let unit = bytes.get(at)?;
    let density = u16::from_be_bytes(bytes.get(at + 1..at + 3)?.try_into().ok()?);
    match unit {
        1 => Some(f64::from(density)),
        2 => Some(f64::from(density) * 2.54),
        _ => None,
    }
}
