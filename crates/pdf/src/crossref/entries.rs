//! The entries of all sections, 12 bytes each.

use crate::error::{Error, Limit};
use crate::limits::{ENTRIES_MAX, OBJECT_NUMBER_MAX};

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Free,
    /// At this offset, the header offset not yet added.
    InUse {
        offset: u64,
        generation: u16,
    },
    /// In an object stream.
    Compressed {
        stream: u32,
    },
}

/// An entry in 12 bytes: two bits of kind, 16 of generation, 46 of offset (64 TiB).
#[derive(Clone, Copy)]
struct Packed {
    number: u32,
    high: u32,
    low: u32,
}

const OFFSET_BITS: u32 = 46;

impl Packed {
    fn new(number: u32, place: Place) -> Self {
        let word: u64 = match place {
            Place::Free => 0,
            Place::InUse { offset, generation } => {
                (1 << 62) | (u64::from(generation) << OFFSET_BITS) | (offset & ((1 << OFFSET_BITS) - 1))
            }
            Place::Compressed { stream } => (2 << 62) | u64::from(stream),
        };
        let bytes = word.to_be_bytes();
        let [a, b, c, d, e, f, g, h] = bytes;
        Self { number, high: u32::from_be_bytes([a, b, c, d]), low: u32::from_be_bytes([e, f, g, h]) }
    }

    fn place(self) -> Place {
        let word = (u64::from(self.high) << 32) | u64::from(self.low);
        match word >> 62 {
            1 => Place::InUse {
                offset: word & ((1 << OFFSET_BITS) - 1),
                generation: u16::try_from((word >> OFFSET_BITS) & 0xFFFF).unwrap_or(u16::MAX),
            },
            2 => Place::Compressed { stream: self.low },
            _ => Place::Free,
        }
    }

    fn is_free(self) -> bool {
        self.high >> 30 == 0
    }
}

/// Collects entries; of those for one number the one that came first counts.
#[derive(Default)]
pub(crate) struct EntriesBuilder {
    entries: Vec<Packed>,
}

impl EntriesBuilder {
    /// Adds an entry. Numbers above the standard's limit are passed over: no reader follows them.
    pub(crate) fn push(&mut self, number: u32, place: Place) -> Result<(), Error> {
        if self.entries.len() >= ENTRIES_MAX {
            return Err(Error::TooComplex(Limit::Entries));
        }
        if number <= OBJECT_NUMBER_MAX {
            // An offset that does not fit its bits leads nowhere, and so does `n` at offset 0 (written for nothing).
            let place = match place {
                Place::InUse { offset, .. } if offset == 0 || offset >> OFFSET_BITS != 0 => Place::Free,
                other => other,
            };
            self.entries.push(Packed::new(number, place));
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Takes out the free entries added since the builder held `since` entries.
    pub(crate) fn take_free(&mut self, since: usize) -> FreeEntries {
        let mut tail = self.entries.split_off(since.min(self.entries.len()));
        let free = tail.iter().copied().filter(|entry| entry.is_free()).collect();
        tail.retain(|entry| !entry.is_free());
        self.entries.append(&mut tail);
        FreeEntries(free)
    }

    pub(crate) fn put_back(&mut self, free: FreeEntries) {
        self.entries.extend(free.0);
    }

    pub(crate) fn finish(mut self) -> Entries {
        // Stable, so that the newest section's entry stays the first of its number.
        if !self.entries.is_sorted_by_key(|entry| entry.number) {
            self.entries.sort_by_key(|entry| entry.number);
        }
        self.entries.dedup_by_key(|entry| entry.number);
        self.entries.shrink_to_fit();
        Entries { entries: self.entries }
    }
}

/// Free entries that were set aside.
pub(crate) struct FreeEntries(Vec<Packed>);

/// All entries, by number.
#[derive(Default)]
pub(crate) struct Entries {
    entries: Vec<Packed>,
}

impl Entries {
    pub(crate) fn find(&self, number: u32) -> Place {
        self.entries
            .binary_search_by_key(&number, |entry| entry.number)
            .ok()
            .and_then(|place| self.entries.get(place))
            .map_or(Place::Free, |entry| entry.place())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Place)> {
        self.entries.iter().map(|entry| (entry.number, entry.place()))
    }

    pub(crate) fn highest(&self) -> u32 {
        self.entries.last().map_or(0, |entry| entry.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_entry_of_a_number_counts() {
        let mut builder = EntriesBuilder::default();
        builder.push(3, Place::InUse { offset: 900, generation: 65535 }).expect("fits");
        builder.push(1, Place::Compressed { stream: 7 }).expect("fits");
        builder.push(3, Place::InUse { offset: 5, generation: 0 }).expect("fits");
        let entries = builder.finish();
        assert_eq!(entries.find(3), Place::InUse { offset: 900, generation: 65535 });
        assert_eq!(entries.find(1), Place::Compressed { stream: 7 });
        assert_eq!(entries.find(2), Place::Free);
        assert_eq!(entries.highest(), 3);
    }

    #[test]
    fn there_are_as_many_entries_as_the_limit_and_no_more() {
        let mut builder = EntriesBuilder::default();
        for _ in 0..ENTRIES_MAX {
            builder.push(1, Place::Free).expect("within the limit");
        }
        assert_eq!(builder.push(1, Place::Free), Err(Error::TooComplex(Limit::Entries)));
    }

    #[test]
    fn a_number_above_the_standards_limit_is_passed_over() {
        let mut builder = EntriesBuilder::default();
        builder.push(OBJECT_NUMBER_MAX, Place::Compressed { stream: 1 }).expect("fits");
        builder.push(OBJECT_NUMBER_MAX + 1, Place::Compressed { stream: 1 }).expect("is ignored");
        assert_eq!(builder.finish().highest(), OBJECT_NUMBER_MAX);
    }
}
