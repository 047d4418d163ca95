//! Compound files (MS-CFB): a stream of one, put together from its sectors.

use super::sheet::{Bytes, wide};
use super::{Bound, ReadError};

/// Most bytes of a stream.
pub(super) const MAX_STREAM: usize = 64 << 20;
/// Sectors of the table that stand in the header.
const IN_HEADER: usize = 109;

/// A compound file.
struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// For each sector the next one of its stream.
    next: Vec<u32>,
}

/// The first stream that has one of the names; `format` is what errors call the file.
///
/// # Errors
/// A file that is damaged, or has no such stream.
pub(super) fn stream(bytes: &[u8], names: &[&str], format: &'static str) -> Result<Vec<u8>, ReadError> {
    let damaged = |reason: &str| ReadError::Damaged { format, reason: reason.to_owned() };
    let (file, header) = Compound::open(bytes).ok_or_else(|| damaged("no sector table"))?;
    let directory = file.chain(header.directory)?;
    let entries: Vec<Entry> = directory.chunks_exact(128).filter_map(Entry::of).collect();
    let entry = names
        .iter()
        .find_map(|name| {
            entries.iter().find(|entry| entry.kind == 2 && entry.name.eq_ignore_ascii_case(name))
        })
        .ok_or_else(|| damaged("a stream is missing"))?;
    let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
    if size > MAX_STREAM {
        return Err(ReadError::Limit { bound: Bound::Unpacked, limit: MAX_STREAM as u64 });
    }
    let mut out = if size < header.cutoff {
        let root = entries.iter().find(|entry| entry.kind == 5).ok_or_else(|| damaged("no root entry"))?;
        let small = file.chain(root.start)?;
        let table = file.chain(header.small_table)?;
        let next = table.chunks_exact(4).filter_map(|bytes| Bytes(bytes).u32()).collect();
        Compound { bytes: &small, sector: 64, next }.small(entry.start)
    } else {
        file.chain(entry.start)?
    };
    out.truncate(size);
    Ok(out)
}

struct Header {
    directory: u32,
    small_table: u32,
    /// Streams shorter than this stand in small sectors.
    cutoff: usize,
}

struct Entry {
    name: String,
    kind: u8,
    start: u32,
    size: u32,
}

impl Entry {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        let name = rest.take(64)?;
        let length = usize::from(rest.u16()?).saturating_sub(2);
        let name = wide(name.get(..length.min(64))?);
        let kind = rest.u8()?;
        rest.skip(49)?;
        Some(Self { name, kind, start: rest.u32()?, size: rest.u32()? })
    }
}

impl<'b> Compound<'b> {
    fn open(bytes: &'b [u8]) -> Option<(Self, Header)> {
        let mut rest = Bytes(bytes.get(30..512)?);
        let sector = 1_usize.checked_shl(u32::from(rest.u16()?)).filter(|size| matches!(size, 512 | 4096))?;
        rest.skip(16)?;
        let directory = rest.u32()?;
        rest.skip(4)?;
        let cutoff = rest.u32()? as usize;
        let small_table = rest.u32()?;
        rest.skip(4)?;
        let mut more = rest.u32()?;
        rest.skip(4)?;
        let mut tables: Vec<u32> = (0..IN_HEADER).filter_map(|_| rest.u32()).collect();
        let mut file = Self { bytes, sector, next: Vec::new() };
        let sectors = bytes.len() / sector;
        // Further sectors of the table are listed in sectors that end with the next one's number.
        for _ in 0..sectors {
            let Some((last, list)) =
                file.at(more).and_then(<[u8]>::split_last_chunk::<4>).map(|(a, b)| (b, a))
            else {
                break;
            };
            tables.extend(list.chunks_exact(4).filter_map(|bytes| Bytes(bytes).u32()));
            more = u32::from_le_bytes(*last);
        }
        tables.truncate(sectors);
        for table in tables {
            let Some(list) = file.at(table) else { continue };
            file.next.extend(list.chunks_exact(4).filter_map(|bytes| Bytes(bytes).u32()));
        }
        (!file.next.is_empty()).then_some((file, Header { directory, small_table, cutoff }))
    }

    /// A sector; the header takes the place of the first one. The last one of a file may be cut.
    fn at(&self, sector: u32) -> Option<&'b [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        Some(rest.get(..self.sector).unwrap_or(rest)).filter(|sector| !sector.is_empty())
    }

    /// The sectors of a stream, one after the other. A chain that comes back to itself ends when it is longer than
    /// the file.
    fn chain(&self, start: u32) -> Result<Vec<u8>, ReadError> {
        let mut out = Vec::new();
        let mut sector = start;
        while let Some(bytes) = self.at(sector) {
            out.extend_from_slice(bytes);
            if out.len() > MAX_STREAM {
                return Err(ReadError::Limit { bound: Bound::Unpacked, limit: MAX_STREAM as u64 });
            }
            if out.len() > self.bytes.len() {
                break;
            }
            sector = self.next.get(sector as usize).copied().unwrap_or(u32::MAX);
        }
        Ok(out)
    }

    /// The small sectors of a stream; they have no header before them.
    fn small(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut sector = start as usize;
        while let Some(bytes) = sector
            .checked_mul(self.sector)
            .and_then(|start| self.bytes.get(start..(start + self.sector).min(self.bytes.len())))
            .filter(|bytes| !bytes.is_empty())
        {
            out.extend_from_slice(bytes);
            if out.len() > self.bytes.len() {
                break;
            }
            sector = self.next.get(sector).map_or(usize::MAX, |next| *next as usize);
        }
        out
    }
}
