//! Files and models as they are kept: deflated.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Most bytes that a kept file or model may unpack to; more is damage.
const LIMIT: u64 = 1 << 30;

pub(super) fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes)?;
    out.finish()
}

pub(super) fn unpack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    ZlibDecoder::new(bytes).take(LIMIT).read_to_end(&mut out)?;
    Ok(out)
}
