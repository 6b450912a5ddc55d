//! The file's shape: canonical, and nothing in it that is not looked at.

use super::misfit::{Misfit, What};
use crate::FORMAT;
use crate::canonical::{DEEPEST, canonical_within};
use crate::commitment::Disclosure;
use serde_json::{Map, Value};

/// Levels that the file puts around an entry: the file, the list, the object with entry and hash.
const AROUND: usize = 3;

/// A read file.
pub(super) struct File {
    pub envelope: String,
    pub entries: Vec<FileEntry>,
    /// In the order of their entries.
    pub disclosures: Vec<(u64, Disclosure)>,
    pub head: String,
}

/// An entry and the hash that the file gives for it.
pub(super) struct FileEntry {
    pub entry: Value,
    pub hash: String,
}

pub(super) fn read(bytes: &[u8]) -> Result<File, Misfit> {
    let unfit = |sentence: &str| Misfit::new(None, What::File, sentence);
    let value: Value = serde_json::from_slice(bytes).map_err(|_| unfit("the evidence file is not JSON"))?;
    // Also finds keys given twice, other escapes, and blanks: everything that leaves the value as it is.
    if canonical_within(&value, DEEPEST + AROUND).is_ok_and(|text| text.as_bytes() == bytes) {
        shape(&value).ok_or_else(|| unfit("the evidence file is not of the format countersign-evidence/1"))
    } else {
        Err(unfit("the evidence file is not in its canonical form: it was changed after it was written"))
    }
}

fn shape(value: &Value) -> Option<File> {
    let file = exactly(value, &["disclosures", "entries", "envelope", "format", "head"])?;
    if file.get("format")?.as_str()? != FORMAT {
        return None;
    }
    let entries: Vec<_> = file.get("entries")?.as_array()?.iter().map(entry).collect::<Option<_>>()?;
    let disclosures: Vec<_> =
        file.get("disclosures")?.as_array()?.iter().map(disclosure).collect::<Option<_>>()?;
    let places: Vec<_> = disclosures.iter().map(|(seq, it)| (*seq, it.pointer.as_str())).collect();
    let last = u64::try_from(entries.len()).ok()?;
    // Each place once, in one order, and each in an entry that is there: none is left that nobody looks at.
    let fits = places.is_sorted_by(|a, b| a < b) && places.iter().all(|(seq, _)| (1..=last).contains(seq));
    (fits && last > 0).then_some(File {
        envelope: file.get("envelope")?.as_str()?.to_owned(),
        entries,
        disclosures,
        head: file.get("head")?.as_str().unwrap_or_default().to_owned(),
    })
}

fn entry(value: &Value) -> Option<FileEntry> {
    let members = exactly(value, &["entry", "hash"])?;
    Some(FileEntry {
        entry: members.get("entry")?.clone(),
        hash: members.get("hash")?.as_str().unwrap_or_default().to_owned(),
    })
}

fn disclosure(value: &Value) -> Option<(u64, Disclosure)> {
    let members = exactly(value, &["pointer", "salt", "seq", "value"])?;
    let disclosure = Disclosure {
        pointer: members.get("pointer")?.as_str()?.to_owned(),
        salt: members.get("salt")?.as_str().unwrap_or_default().to_owned(),
        value: members.get("value")?.clone(),
    };
    Some((members.get("seq")?.as_u64()?, disclosure))
}

/// The members of an object that has these keys and no other. A member that nobody looks at could be changed.
pub(super) fn exactly<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a Map<String, Value>> {
    let members = value.as_object()?;
    (members.len() == keys.len() && keys.iter().all(|key| members.contains_key(*key))).then_some(members)
}
