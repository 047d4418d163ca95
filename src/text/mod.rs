//! Vietnamese text: fold keys, tone placement, look-alikes, old encodings.

mod capitals;
mod composed;
mod entities;
mod fold;
mod legacy;
mod normalize;
mod raised;
mod reading;
mod roman;
mod seam;
mod suspects;
mod syllable;
mod tex;
mod tone;
mod words;

pub use fold::{fold, fold_into, fold_letter, kebab, squeeze};
pub use legacy::{Legacy, of_bytes, of_fonts, of_text};
pub use normalize::{Normalized, working};
pub use raised::{raised, raised_digit};
pub use reading::{Ground, Placement, Placements, Reading, Suspect, read};
pub use roman::{roman, roman_value};
pub use seam::{is_broken, join};
pub use syllable::{Syllable, is_possible, nearest};
pub use tone::{Style, in_style, style_of};
pub use words::{Words, head, next_digit, runs, tail, word_key, word_ranges};
