//! The lines of a batch's result, and how a batch that was killed goes on from them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};

use cthd::model::Document;
use cthd::output::report::{Finding, Summary};
use serde::{Deserialize, Serialize};

/// Name and version of a line's form.
pub(super) const SCHEMA: &str = "cthd-batch/1";

/// One file of a batch, as a line of NDJSON.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) schema: &'static str,
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<Summary>,
    pub(super) findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<Document>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Read,
    /// It could be read as text, and is none of the documents that the program is for.
    NoDocument,
    Unreadable,
}

/// What of a line is needed to go on, and for the summary.
#[derive(Debug, Deserialize)]
pub(super) struct Done {
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) outcome: Outcome,
    pub(super) error: Option<String>,
    pub(super) summary: Option<Summary>,
    pub(super) findings: Vec<Finding>,
}

/// Reads the whole lines of a result and cuts off what a kill left half written.
pub(super) fn go_on(file: &mut File) -> io::Result<BTreeMap<u64, Done>> {
    let mut done = BTreeMap::new();
    let mut whole = 0;
    let mut reader = BufReader::new(&mut *file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        if length == 0 || line.last() != Some(&b'\n') {
            break;
        }
        let read: Done = serde_json::from_slice(&line).map_err(io::Error::other)?;
        whole += length as u64;
        done.insert(whole, read);
    }
    drop(reader);
    file.set_len(whole)?;
    io::Seek::seek(file, io::SeekFrom::Start(whole))?;
    Ok(done)
}

impl Outcome {
    /// As in the JSON.
    #[cfg(feature = "parquet")]
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::NoDocument => "no_document",
            Self::Unreadable => "unreadable",
        }
    }
}
