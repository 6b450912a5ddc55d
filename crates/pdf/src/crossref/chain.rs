//! From the last `startxref` back through every `/Prev`.

use std::collections::HashSet;

use super::entries::{Entries, EntriesBuilder};
use super::stream::read_stream;
use super::table::read_table;
use super::{Section, SectionKind};
use crate::error::{Error, Limit};
use crate::limits::{HEADER_SEARCH_BYTES, KEPT_WEIGHT_MAX, SECTIONS_MAX, STARTXREF_SEARCH_BYTES};
use crate::object::{Dictionary, Object};
use crate::source::Source;
use crate::window::{Cursor, read};
use crate::work::Work;

/// The chain, read without any repair.
pub(crate) struct Chain {
    /// Newest first.
    pub(crate) sections: Vec<Section>,
    pub(crate) entries: Entries,
    /// What has to be added to an offset in the file to get one in the source: bytes before `%PDF`.
    pub(crate) shift: u64,
    /// The highest object number of a cross-reference stream; such a stream need not list itself.
    pub(crate) highest_stream: u32,
}

/// Bytes before `%PDF-`.
pub(crate) fn header_offset(source: &dyn Source) -> Result<Option<u64>, Error> {
    let wanted = usize::try_from(HEADER_SEARCH_BYTES).unwrap_or(usize::MAX).saturating_add(4);
    let head = read(source, 0, wanted)?;
    Ok(find(&head, b"%PDF-").map(|place| place as u64))
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}

/// Reads the chain. Any doubt is an error: the caller may then repair, and must not append.
pub(crate) fn read_chain(source: &dyn Source, header: u64, work: &Work) -> Result<Chain, Error> {
    let newest = last_startxref(source)?;
    // ISO 32000-1 Annex H.3 note 13: offsets count from `%PDF`; but junk was often put before a finished file.
    match follow(source, newest, header, work) {
        Err(Error::Damaged { .. }) if header > 0 => follow(source, newest, 0, work),
        other => other,
    }
}

fn last_startxref(source: &dyn Source) -> Result<u64, Error> {
    let length = source.length();
    let from = length.saturating_sub(STARTXREF_SEARCH_BYTES);
    let tail = read(source, from, usize::try_from(STARTXREF_SEARCH_BYTES).unwrap_or(usize::MAX))?;
    let place = rfind(&tail, b"startxref")
        .ok_or(Error::Damaged { place: from, expected: "startxref near the end of the file" })?;
    let mut cursor = Cursor::new(source, from.saturating_add(place as u64).saturating_add(9), 64);
    cursor.skip_space()?;
    let place = cursor.offset();
    cursor.digits()?.ok_or(Error::Damaged { place, expected: "an offset after startxref" })
}

fn follow(source: &dyn Source, newest: u64, shift: u64, work: &Work) -> Result<Chain, Error> {
    let mut entries = EntriesBuilder::default();
    let mut sections = Vec::new();
    let mut seen = HashSet::new();
    let mut highest_stream = 0;
    let mut kept = 0_usize;
    let mut next = Some(newest);
    while let Some(offset) = next {
        let start = offset.checked_add(shift).filter(|start| *start < source.length());
        let start = start.ok_or(Error::Damaged { place: offset, expected: "an offset within the file" })?;
        if sections.len() >= SECTIONS_MAX || kept > KEPT_WEIGHT_MAX {
            return Err(Error::TooComplex(Limit::Sections));
        }
        let mut cursor = Cursor::new(source, start, 64);
        cursor.skip_space()?;
        let start = cursor.offset();
        if !seen.insert(start) {
            return Err(Error::Damaged { place: start, expected: "a chain of /Prev without a circle" });
        }
        let section =
            Reading { source, shift, work, entries: &mut entries, highest_stream: &mut highest_stream }
                .section(start)?;
        // 0 stands for none in the files of several producers.
        next = offset_of(&section.trailer, "Prev").filter(|previous| *previous != 0);
        kept = kept.saturating_add(section.trailer.weight());
        sections.push(section);
    }
    share_boundaries(&mut sections);
    Ok(Chain { sections, entries: entries.finish(), shift, highest_stream })
}

fn offset_of(trailer: &Dictionary, key: &str) -> Option<u64> {
    trailer.get(key).and_then(Object::as_integer).and_then(|value| u64::try_from(value).ok())
}

struct Reading<'a> {
    source: &'a dyn Source,
    shift: u64,
    work: &'a Work,
    entries: &'a mut EntriesBuilder,
    highest_stream: &'a mut u32,
}

impl Reading<'_> {
    fn section(&mut self, start: u64) -> Result<Section, Error> {
        let is_table = read(self.source, start, 4)? == b"xref";
        let (trailer, end, kind, hidden) = if is_table {
            let before = self.entries.len();
            let (trailer, end) = read_table(self.source, start, self.entries, self.work)?;
            let hidden = offset_of(&trailer, "XRefStm").map(|offset| offset.saturating_add(self.shift));
            if let Some(hidden) = hidden {
                // 7.5.8.4: what the table calls free for old readers, the stream may give a place.
                let free = self.entries.take_free(before);
                self.stream(hidden)?;
                self.entries.put_back(free);
            }
            let kind = if hidden.is_some() { SectionKind::Hybrid } else { SectionKind::Table };
            (trailer, end, kind, hidden)
        } else {
            let (trailer, end) = self.stream(start)?;
            (trailer, end, SectionKind::Stream, None)
        };
        let (marker_end, revision_end) = find_boundary(self.source, end)?.unwrap_or((end, end));
        let previous = offset_of(&trailer, "Prev").map(|offset| offset.saturating_add(self.shift));
        Ok(Section { start, end, kind, previous, hidden, trailer, marker_end, revision_end })
    }

    fn stream(&mut self, start: u64) -> Result<(Dictionary, u64), Error> {
        let read = read_stream(self.source, start, self.entries, self.work)?;
        *self.highest_stream = (*self.highest_stream).max(read.id.number);
        Ok((read.dictionary, read.end))
    }
}

/// Just past `%%EOF`, without and with its end of line.
fn find_boundary(source: &dyn Source, from: u64) -> Result<Option<(u64, u64)>, Error> {
    const SEARCH: usize = 1024;
    let bytes = read(source, from, SEARCH)?;
    let Some(place) = find(&bytes, b"%%EOF") else { return Ok(None) };
    let marker = place.saturating_add(5);
    let line = match bytes.get(marker..).unwrap_or_default() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let marker_end = from.saturating_add(marker as u64);
    Ok(Some((marker_end, marker_end.saturating_add(line))))
}

/// Annex F: of a linearized file the newest section stands first in the file, and both end with the older one.
fn share_boundaries(sections: &mut [Section]) {
    let mut reached = (0, 0);
    for section in sections.iter_mut().rev() {
        reached = reached.max((section.marker_end, section.revision_end));
        (section.marker_end, section.revision_end) = reached;
    }
}
