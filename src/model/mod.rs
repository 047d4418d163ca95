//! The typed model of an action programme, schema `cthd/1`.
//!
//! One entity a file. No format, no grammar, no rendering. Field names are English, values keep the
//! source's Vietnamese. What the document does not say is `null` or left out, never an empty string.

mod agency;
mod appendix;
mod deadline;
mod document;
mod item;
mod reference;
mod section;
mod table;

pub use agency::Agency;
pub use appendix::{Appendix, AppendixKind, Group, Total};
pub use deadline::{Deadline, DeadlineKind, DeadlineProblem};
pub use document::{
    Aside, Closing, Document, ForeignLetter, Header, Notice, NoticeKind, OldEncoding, SCHEMA, SetAside,
    Signature, SourceInfo, Unplaced,
};
pub use item::{Amount, AmountRole, Item, Plan, Project, Target, TargetValue, Task};
pub use reference::{DatedValue, Funding, IssuedWith, PrintedValue, Reference, ReferenceKind};
pub use section::{Block, BlockKind, Section};
pub use table::{Cell, Column, ColumnRole, NumberFormat, Origin, Row, RowRole, Table};
