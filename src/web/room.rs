//! Memory for uploads and answers: pieces that the system gives and gets back as soon as nobody needs them. An allocator
//! keeps what it had for them, so that a server that was busy once stays large.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use memmap2::MmapMut;
use tokio::io::{AsyncRead, AsyncReadExt};

/// Bytes of a piece. What of a piece is not written takes no memory.
const PIECE: usize = 256 << 10;

/// Bytes that come bit by bit.
#[derive(Debug, Default)]
pub(super) struct Room {
    full: VecDeque<Bytes>,
    open: Option<MmapMut>,
    /// Bytes in the open piece.
    filled: usize,
}

/// Bytes in pieces, which go one after the other when they are sent.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pieces: VecDeque<Bytes>,
}

impl Room {
    /// Takes bytes.
    pub(super) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let free = self.free()?;
            let count = bytes.len().min(free.len());
            let (now, later) = bytes.split_at_checked(count).unwrap_or((bytes, &[]));
            if let Some(place) = free.get_mut(..count) {
                place.copy_from_slice(now);
            }
            self.wrote(count)?;
            bytes = later;
        }
        Ok(())
    }

    /// Takes what a reader gives, up to its end.
    pub(super) async fn read(&mut self, reader: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
        loop {
            let count = reader.read(self.free()?).await?;
            if count == 0 {
                return Ok(());
            }
            self.wrote(count)?;
        }
    }

    /// The bytes.
    pub(super) fn finish(mut self) -> io::Result<Pieces> {
        self.close()?;
        Ok(Pieces { pieces: self.full })
    }

    /// What is free of the open piece, which is at least a byte.
    fn free(&mut self) -> io::Result<&mut [u8]> {
        let open = match &mut self.open {
            Some(open) => open,
            none => none.insert(MmapMut::map_anon(PIECE)?),
        };
        open.get_mut(self.filled..).ok_or_else(|| io::Error::other("no room"))
    }

    fn wrote(&mut self, count: usize) -> io::Result<()> {
        self.filled += count;
        if self.filled >= PIECE { self.close() } else { Ok(()) }
    }

    fn close(&mut self) -> io::Result<()> {
        if let Some(open) = self.open.take() {
            let bytes = Bytes::from_owner(open.make_read_only()?);
            self.full.push_back(bytes.slice(..self.filled.min(bytes.len())));
            self.filled = 0;
        }
        Ok(())
    }
}

impl Pieces {
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(Bytes::len).sum()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Bytes> {
        self.pieces.iter()
    }

    /// The first piece, which has at least the first bytes.
    pub(super) fn start(&self) -> &[u8] {
        self.pieces.front().map(Bytes::as_ref).unwrap_or_default()
    }

    /// What comes after some bytes of the first piece.
    pub(super) fn after(mut self, count: usize) -> Self {
        if let Some(first) = self.pieces.front_mut() {
            *first = first.slice(count.min(first.len())..);
        }
        self
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.pieces.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use super::*;

    #[test]
    fn bytes_come_out_as_they_went_in_however_they_came() {
        let bytes: Vec<u8> = (0..3 * PIECE + 7).map(|i| u8::try_from(i % 251).unwrap()).collect();
        for size in [1000, PIECE, 2 * PIECE + 1] {
            let mut room = Room::default();
            bytes.chunks(size).for_each(|chunk| room.write(chunk).unwrap());
            let pieces = room.finish().unwrap();
            assert_eq!((pieces.len(), pieces.size_hint().exact()), (bytes.len(), Some(bytes.len() as u64)));
            let back: Vec<u8> = pieces.after(9).iter().flatten().copied().collect();
            assert_eq!(back.as_slice(), bytes.get(9..).unwrap());
        }
        assert!(Room::default().finish().unwrap().is_end_stream());
    }
}
