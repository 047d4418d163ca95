//! Agencies: the agencies that a lead or coordinator cell names.
//!
//! ```text
//! cell      = [ label ":" ] agency { break agency } ;
//! break     = ";" | line end                         (* line end: where an agency begins after it *)
//!           | "," | "và"                             (* where the name before is complete and an agency begins *)
//!           | nothing                                (* where a head word in capitals follows a complete name *) ;
//! agency    = known-name rest | head { word } | several { word } | { word } ;
//! several   = "các" | generic-noun qualifier ;
//! ```
//!
//! Head words, known names and the words for several are data in `grammars/agencies.toml`. What none of them
//! knows stays one agency as printed.

mod name;
mod parts;
mod words;

use std::ops::Range;

use crate::grammar::{Agencies, Head};
use crate::model::Agency;
use crate::text::{Words, kebab, squeeze};

pub use parts::{Parts, parts};
use words::{Gap, Word};

/// The agencies that a cell names, each with the range of its words.
#[must_use]
pub fn agencies(raw: &str, words: &Agencies) -> Vec<(Range<usize>, Agency)> {
    let found = words::words(raw);
    let listed = raw.trim_start().starts_with(['-', '–', '+', '•']);
    let splitter = Splitter { words: &found, grammar: words, listed };
    let mut out = Vec::new();
    for piece in splitter.pieces() {
        let Some(range) = words::span(raw, &found, piece.words.clone()) else { continue };
        let Some(text) = raw.get(range.clone()) else { continue };
        let of = &found.get(piece.words.clone()).unwrap_or_default();
        let mut name = name::written_out(text, of, words);
        if let Some(head) = piece.under {
            name = format!("{head} {name}");
        }
        let key = kebab(&name);
        if !key.is_empty() {
            out.push((range, Agency { raw: squeeze(text), key, name, ..Agency::default() }));
        }
    }
    out
}

/// Bytes of a text that hold a label and the longest known name.
const BEGIN_BYTES: usize = 256;

/// Whether a text begins with what begins an agency's name: a known name, a head word in a capital letter, or a word for
/// several.
#[must_use]
pub fn begins(raw: &str, words: &Agencies) -> bool {
    let found = words::words(crate::text::head(raw, BEGIN_BYTES));
    let splitter = Splitter { words: &found, grammar: words, listed: false };
    let start = splitter.skip_label();
    match splitter.begin(start) {
        Begin::Known(_) | Begin::Several => !found.is_empty(),
        Begin::Head(..) => found.get(start).is_some_and(|word| word.capital),
        Begin::Other => false,
    }
}

/// The words of one agency.
#[derive(Debug)]
struct Piece {
    words: Range<usize>,
    /// The head word that stands once for all of a list: "Các sở: Tài chính, Nội vụ".
    under: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct Splitter<'a> {
    words: &'a [Word<'a>],
    grammar: &'a Agencies,
    /// Whether the text opens with the dash of a list.
    listed: bool,
}

/// How an agency begins.
#[derive(Debug, Clone, Copy)]
enum Begin<'a> {
    /// A known name of so many words.
    Known(usize),
    /// A head of so many words.
    Head(usize, &'a Head),
    /// A name for several.
    Several,
    /// None of these.
    Other,
}

impl<'a> Splitter<'a> {
    fn pieces(&self) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut start = self.skip_label();
        let mut under: Option<String> = None;
        while start < self.words.len() {
            if let Some((head, list)) = self.distributed(start) {
                under = Some(head);
                start = list;
            }
            let end = match &under {
                Some(_) => self.end_in_list(start),
                None => self.end(start),
            };
            let own = !matches!(self.begin(start), Begin::Other);
            out.push(Piece { words: start..end, under: if own { None } else { under.clone() } });
            start = end;
            // "và" between two agencies belongs to neither, as the dash of a list.
            if self.is_and(start) || self.is_list_dash(start) {
                start += 1;
            }
            if self.gap(start) >= Gap::Line {
                under = None;
            }
        }
        out
    }

    /// The first word after the agency that begins at `start`.
    fn end(&self, start: usize) -> usize {
        let first = match self.begin(start) {
            Begin::Known(len) => start + len,
            _ => start + 1,
        };
        let mut at = first;
        while at < self.words.len() {
            if self.breaks(start, at) {
                return at;
            }
            at += 1;
        }
        at
    }

    /// Whether a new agency begins at `at`, or with the word after an "và" at `at`.
    fn breaks(&self, start: usize, at: usize) -> bool {
        let gap = self.gap(at);
        if gap == Gap::Semicolon {
            return true;
        }
        if self.is_inside_brackets(at) {
            return false;
        }
        if self.is_and(at) {
            let next = at + 1;
            return self.begins(next)
                && self.is_complete(start, at)
                && !self.is_joined(start, at, next)
                && !self.goes_on(start, at, next);
        }
        if self.is_list_dash(at) {
            return self.is_complete(start, at);
        }
        match gap {
            Gap::Line => self.begins(at) && self.is_complete(start, at) && !self.goes_on(start, at, at),
            Gap::Comma | Gap::Colon => {
                self.is_complete(start, at)
                    && (self.begins(at) || self.is_short(start, at) || self.is_abbreviation(start, at))
                    && !self.goes_on(start, at, at)
            }
            _ => self.is_glued(start, at) || self.is_sentence(start, at),
        }
    }

    /// "Sở Công Thương. Nhà đầu tư trong nước": a sentence that ends before another begins.
    fn is_sentence(&self, start: usize, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        let capital = self.words.get(at).is_some_and(|word| word.capital);
        capital && before.is_some_and(parts::ends_sentence) && self.is_complete(start, at)
    }

    /// How an agency that begins at a word does so.
    fn begin(&self, at: usize) -> Begin<'a> {
        let word = |offset: usize| self.words.get(at + offset).map(|word| word.key.as_str());
        let same_piece = |len: usize| (1..len).all(|offset| self.gap(at + offset) < Gap::Semicolon);
        if let Some((len, _)) = self.grammar.names.all(word).find(|(len, _)| same_piece(*len)) {
            return Begin::Known(len);
        }
        if self.grammar.collectives.longest(word).is_some() {
            return Begin::Several;
        }
        if let Some((len, head)) = self.head(at) {
            return Begin::Head(len, head);
        }
        if let Some((len, ())) = self.grammar.generics.longest(word)
            && self.grammar.qualifiers.longest(|offset| word(len + offset)).is_some()
        {
            return Begin::Several;
        }
        Begin::Other
    }

    /// The head word at a word.
    fn head(&self, at: usize) -> Option<(usize, &'a Head)> {
        let word = |offset: usize| self.words.get(at + offset).map(|word| word.key.as_str());
        self.grammar.heads.all(word).find(|(len, head)| self.is_head(at, *len, head))
    }

    /// Whether the words of a head stand together and belong to no other word beside them.
    fn is_head(&self, at: usize, len: usize, head: &Head) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        if (1..len).any(|offset| self.gap(at + offset) != Gap::Space) || (head.capitals && word.is_lower()) {
            return false;
        }
        let beside =
            |word: Option<&Word<'_>>, list: &[String]| word.is_some_and(|word| list.contains(&word.key));
        // "phòng, chống tội phạm" is one as well.
        let next = self.words.get(at + len).filter(|next| matches!(next.gap, Gap::Space | Gap::Comma));
        let before = at.checked_sub(1).filter(|_| word.gap == Gap::Space).and_then(|at| self.words.get(at));
        // "Đô thị Trường học": "thị Trường" is no "thị trường".
        let before = before.filter(|before| before.capital == word.capital);
        !beside(before, &head.not_after) && !beside(next, &head.not_before)
    }

    fn begins(&self, at: usize) -> bool {
        !matches!(self.begin(at), Begin::Other)
    }

    /// Whether the words from `start` up to `end` are a whole name, not a head that wants a complement.
    fn is_complete(&self, start: usize, end: usize) -> bool {
        match self.begin(start) {
            Begin::Head(len, head) => head.alone || start + len < end,
            Begin::Known(_) | Begin::Other => true,
            Begin::Several => start + 1 < end,
        }
    }

    /// Whether the words are a head alone, without a complement.
    fn is_bare(&self, start: usize, end: usize) -> bool {
        match self.begin(start) {
            Begin::Head(len, _) => start + len >= end,
            Begin::Known(_) => false,
            Begin::Several | Begin::Other => start + 1 >= end,
        }
    }

    /// "Quân sự" after "Công an,": short names stand for agencies among others like them.
    fn is_short(&self, start: usize, at: usize) -> bool {
        let word = |offset: usize| self.words.get(at + offset).map(|word| word.key.as_str());
        let whole = |len: usize| self.gap(at + len) > Gap::Space || self.is_and(at + len);
        let is_short = self.grammar.short.all(word).any(|(len, ())| whole(len));
        is_short && (self.is_bare(start, at) || self.is_short_itself(start, at))
    }

    /// "VOV" after "VTV,": abbreviations that stand alone are names among others like them.
    fn is_abbreviation(&self, start: usize, at: usize) -> bool {
        let is = |at: usize| self.words.get(at).is_some_and(Word::is_abbreviation);
        let alone = self.gap(at + 1) > Gap::Space || self.is_and(at + 1);
        start + 1 == at && is(start) && is(at) && alone
    }

    fn is_short_itself(&self, start: usize, end: usize) -> bool {
        let word = |offset: usize| self.words.get(start + offset).map(|word| word.key.as_str());
        self.grammar.short.all(word).any(|(len, ())| start + len == end)
    }

    /// Whether what follows "và" goes on with the same name: "Mặt trận Tổ quốc … và các tổ chức …".
    fn is_joined(&self, start: usize, end: usize, next: usize) -> bool {
        let word = |offset: usize| self.words.get(next + offset).map(|word| word.key.as_str());
        let left = words::joined(self.words.get(start..end).unwrap_or_default());
        self.grammar.joins.iter().any(|join| {
            join.right.longest(word).is_some() && join.left.iter().any(|phrase| words::holds(&left, phrase))
        })
    }

    /// Whether a generic noun at `next` goes on with a name for several: "các phòng, ban, ngành".
    fn goes_on(&self, start: usize, end: usize, next: usize) -> bool {
        let several = matches!(self.begin(start), Begin::Several) || self.holds_several(start, end);
        // "Chi bộ, đảng bộ trực thuộc" names several without saying so.
        let bare = self.is_bare(start, end) && self.words.get(next).is_some_and(|word| !word.capital);
        if !several && !bare {
            return false;
        }
        let word = |offset: usize| self.words.get(next + offset).map(|word| word.key.as_str());
        let Some((len, ())) = self.grammar.generics.longest(word) else { return false };
        let named = self.words.get(next + len).filter(|_| self.gap(next + len) == Gap::Space);
        named.is_none_or(|word| !word.capital)
    }

    /// Whether a word for several stands among the words: "UBND các xã".
    fn holds_several(&self, start: usize, end: usize) -> bool {
        (start..end).any(|at| {
            let word = |offset: usize| self.words.get(at + offset).map(|word| word.key.as_str());
            self.grammar.collectives.longest(word).is_some()
        })
    }

    /// Whether a head word in capitals begins a new agency although nothing parts it from the name before.
    fn is_glued(&self, start: usize, at: usize) -> bool {
        let (Some(word), Some(before)) =
            (self.words.get(at), at.checked_sub(1).and_then(|at| self.words.get(at)))
        else {
            return false;
        };
        if !word.capital || word.shout || self.grammar.stops.contains(&before.key) {
            return false;
        }
        if matches!(self.begin(start), Begin::Other) || !self.is_complete(start, at) {
            return false;
        }
        let Some((len, head)) = self.head(at) else { return false };
        if self.names_place(at, len) {
            return false;
        }
        // Wherever the tone mark stands: "Uỷ" is "Ủy".
        let same = |a: &str, b: &str| Words::of(a).keys().eq(Words::of(b).keys());
        if !same(word.text, &head.begins) {
            return false;
        }
        // "Công ty hạ tầng Nhơn Hội", "các ban Liên đoàn": a head at the end belongs to the name.
        let named = self.words.get(at + len).is_some() && self.gap(at + len) == Gap::Space;
        if !head.alone && !named {
            return false;
        }
        let bare_body = self.head(start).is_some_and(|(len, head)| head.bodies && start + len >= at);
        // "các ban Tỉnh đoàn" are those of one body.
        let word = |offset: usize| self.words.get(start + offset).map(|word| word.key.as_str());
        if self.grammar.collectives.longest(word).is_some_and(|(len, ())| start + len + 1 >= at) {
            return false;
        }
        let left = words::joined(self.words.get(start..at).unwrap_or_default());
        let inside = head.not_in.iter().any(|phrase| left.starts_with(phrase.as_str()));
        let alike = || self.head(start).is_some_and(|(_, first)| std::ptr::eq(first, head));
        (head.glued || head.glued_alike && alike()) && !bare_body && !inside
    }

    /// Whether a head word and the one word behind it are the name of a place: "UBND xã Trường Lâm".
    fn names_place(&self, at: usize, len: usize) -> bool {
        let word = |at: usize| move |offset: usize| self.words.get(at + offset).map(|word| word.key.as_str());
        let after_place = (1..=2).any(|before| {
            let start = at.checked_sub(before);
            start.is_some_and(|start| {
                self.grammar.places.longest(word(start)).is_some_and(|(len, ())| len == before)
            })
        });
        let one_word = self.words.get(at + 1).is_some_and(|word| word.capital && word.gap == Gap::Space);
        let ends = self.gap(at + 2) > Gap::Space || self.is_and(at + 2);
        let known =
            matches!(self.begin(at), Begin::Known(_)) || self.grammar.short.longest(word(at)).is_some();
        len == 1 && after_place && one_word && ends && !known
    }

    /// "Các sở: Tài chính, Nội vụ": the head word for all, and where the list begins.
    fn distributed(&self, start: usize) -> Option<(String, usize)> {
        let word = |offset: usize| self.words.get(start + offset).map(|word| word.key.as_str());
        let skip = self.grammar.collectives.longest(word).map_or(0, |(len, ())| len);
        let (len, _) = self.grammar.heads.longest(|offset| word(skip + offset))?;
        let list = start + skip + len;
        if self.gap(list) != Gap::Colon || list >= self.words.len() {
            return None;
        }
        let head: Vec<&str> = self.words.get(start + skip..list)?.iter().map(|word| word.text).collect();
        let head = head.join(" ");
        let mut letters = head.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        Some((format!("{first}{}", letters.as_str()), list))
    }

    /// The end of a name in such a list: the next comma or "và", or where another agency begins.
    fn end_in_list(&self, start: usize) -> usize {
        let mut at = start + 1;
        while at < self.words.len() {
            let last = self.is_and(at)
                && !self.words.get(at..).unwrap_or_default().iter().any(|word| word.gap == Gap::Comma);
            if self.gap(at) >= Gap::Comma || (last && self.gap(at) == Gap::Space && self.follows_comma(start))
            {
                return at;
            }
            at += 1;
        }
        at
    }

    /// Whether the name that begins at `start` is not the first of its list.
    fn follows_comma(&self, start: usize) -> bool {
        self.gap(start) == Gap::Comma
    }

    fn skip_label(&self) -> usize {
        let Some(colon) = (1..self.words.len().min(6)).find(|at| self.gap(*at) == Gap::Colon) else {
            return 0;
        };
        let label = words::joined(self.words.get(..colon).unwrap_or_default());
        if self.grammar.labels.contains(&label) { colon } else { 0 }
    }

    fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::End, |word| word.gap)
    }

    fn is_and(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.key == "va" || word.key == "&")
    }

    /// Whether a dash opens the next agency of a list whose line ends were lost: "- Sở Y tế - Sở Nội vụ".
    fn is_list_dash(&self, at: usize) -> bool {
        let is_dash = |word: &Word<'_>| matches!(word.text, "-" | "–" | "+" | "•");
        let next = self.words.get(at + 1).filter(|next| next.capital && next.gap == Gap::Space);
        self.listed && self.words.get(at).is_some_and(is_dash) && next.is_some() && self.begins(at + 1)
    }

    fn is_inside_brackets(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.depth > 0)
    }
}

#[cfg(test)]
mod tests;
