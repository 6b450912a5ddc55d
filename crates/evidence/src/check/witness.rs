//! What one reading of a PDF tells: digests of its beginnings and the event heads in it.

use crate::hash::Hash;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// The key of our signature dictionaries that holds the event head.
const KEY: &[u8] = b"/CSGN_EventHead";
/// How the name after it begins.
const NAME: &[u8] = b"/sha256-";
/// Most white space between the two; our writer sets none, others may (ISO 32000-2 7.2.3).
const BLANKS: usize = 8;
/// Characters of the head.
const HEAD: usize = 64;
/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// What was seen in a PDF.
pub(super) struct Witness {
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of it, hexadecimal.
    pub digest: String,
    /// SHA-256 of its first bytes, by their number.
    beginnings: BTreeMap<u64, String>,
    /// Event heads with the place of their mark.
    heads: Vec<(u64, Vec<u8>)>,
}

impl Witness {
    /// Reads to the end; `points` are the lengths at which a digest is wanted.
    pub fn read(reader: &mut dyn Read, points: BTreeSet<u64>) -> io::Result<Self> {
        let mut points = points.into_iter().peekable();
        let mut hasher = Sha256::new();
        let mut witness =
            Self { length: 0, digest: String::new(), beginnings: BTreeMap::new(), heads: Vec::new() };
        let mut window = Vec::new();
        let mut buffer = vec![0; PIECE];
        loop {
            let count = match reader.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let mut piece = buffer.get(..count).unwrap_or_default();
            window.extend_from_slice(piece);
            let end = witness.length + u64::try_from(count).unwrap_or_default();
            while let Some(point) = points.next_if(|point| *point <= end) {
                let until = usize::try_from(point - witness.length).unwrap_or_default();
                let (before, after) = piece.split_at(until.min(piece.len()));
                hasher.update(before);
                piece = after;
                witness.length = point;
                witness.beginnings.insert(point, Hash(hasher.clone().finalize().into()).to_string());
            }
            hasher.update(piece);
            witness.length = end;
            witness.find_heads(&mut window, count == 0);
            if count == 0 {
                witness.digest = Hash(hasher.finalize().into()).to_string();
                return Ok(witness);
            }
        }
    }

    /// Takes from the window what no later piece can change: before the end of the file a mark needs its head whole.
    fn find_heads(&mut self, window: &mut Vec<u8>, last: bool) {
        let start = self.length - u64::try_from(window.len()).unwrap_or_default();
        let whole = if last { 1 } else { KEY.len() + BLANKS + NAME.len() + HEAD };
        let done = (window.len() + 1).saturating_sub(whole);
        let mut from = 0;
        while let Some(found) = window.get(from..done).and_then(|rest| rest.iter().position(|it| *it == b'/'))
        {
            let place = from + found;
            if let Some(head) = window.get(place..).and_then(head_at) {
                self.heads.push((start + u64::try_from(place).unwrap_or_default(), head.to_vec()));
            }
            from = place + 1;
        }
        window.drain(..done);
    }

    /// Its first `length` bytes have this digest.
    pub fn begins_with(&self, length: u64, digest: &str) -> bool {
        self.beginnings.get(&length).is_some_and(|it| it == digest)
    }

    /// The event heads whose mark begins at `from` or later and before `until`.
    pub fn heads_between(&self, from: u64, until: u64) -> Vec<&[u8]> {
        let within = self.heads.iter().filter(|(place, _)| (from..until).contains(place));
        within.map(|(_, head)| head.as_slice()).collect()
    }
}

/// The event head that these bytes begin to name, cut short where the file ends.
fn head_at(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(KEY)?;
    for _ in 0..BLANKS {
        match rest {
            [b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ', after @ ..] => rest = after,
            _ => break,
        }
    }
    let head = rest.strip_prefix(NAME)?;
    Some(head.get(..HEAD).unwrap_or(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, or as many as asked for.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    #[test]
    fn it_is_the_same_however_the_bytes_arrive() {
        let head = "ab".repeat(32);
        let nine = " ".repeat(9);
        let bytes = format!(
            "//CSGN_EventHead/sha256-{head}>>/x/CSGN_EventHead \0\t\n\x0c\r  /sha256-{head}\
             /CSGN_EventHead{nine}/sha256-{head}/CSGN_EventHead /sha256-12"
        );
        let first = u64::try_from(bytes.find(">>").unwrap()).unwrap();
        for step in [1, 7, 94, 95, 96, 1000] {
            let points = BTreeSet::from([0, 5, first, 200, 1000]);
            let witness = Witness::read(&mut Slow(bytes.as_bytes(), step), points).unwrap();
            assert_eq!(witness.digest, Hash::of(&bytes).to_string());
            assert!(witness.begins_with(0, &Hash::of("").to_string()));
            assert!(witness.begins_with(5, &Hash::of(&bytes[..5]).to_string()), "{step}");
            assert!(!witness.begins_with(5, &Hash::of(&bytes[..6]).to_string()));
            assert!(!witness.begins_with(1000, &witness.digest), "it is not as long as that");
            assert_eq!(witness.heads_between(0, first), [head.as_bytes()]);
            assert_eq!(witness.heads_between(0, 1), Vec::<&[u8]>::new());
            assert_eq!(witness.heads_between(0, 1000), [head.as_bytes(), head.as_bytes(), b"12"]);
        }
    }
}
