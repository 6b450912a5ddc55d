//! Salted commitments: a personal value stands in an entry as a hash that nobody can guess back.

use crate::canonical::{NotCanonical, canonical};
use crate::hash::{Hash, from_hex};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Marks a personal value on its way in and out.
pub(crate) const PERSONAL: &str = "$personal";
/// Marks the commitment to a personal value in an entry.
pub(crate) const COMMITMENT: &str = "$commitment";
/// Marks a commitment whose value is not known (any more).
pub(crate) const ERASED: &str = "$erased";

/// What opens one commitment. Kept beside the entry, erased on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Where in the entry the commitment stands: a JSON pointer (RFC 6901) such as `/body/reason`.
    pub pointer: String,
    /// The salt, 16 bytes as 32 small hexadecimal digits.
    pub salt: String,
    /// The value.
    pub value: Value,
}

impl Disclosure {
    /// The commitment that this opens: SHA-256 of the salt's bytes and the canonical text of the value. `None` where
    /// salt or value cannot be read, so that it opens nothing.
    pub(crate) fn commitment(&self) -> Option<Hash> {
        let salt = <[u8; 16]>::try_from(from_hex(&self.salt)?).ok()?;
        commit(&salt, &self.value).ok()
    }
}

/// The commitment to a value under a salt.
pub(crate) fn commit(salt: &[u8; 16], value: &Value) -> Result<Hash, NotCanonical> {
    Ok(Hash(Sha256::new().chain_update(salt).chain_update(canonical(value)?).finalize().into()))
}

/// The value in an object whose only key is this mark.
pub(crate) fn marked<'a>(members: &'a Map<String, Value>, mark: &str) -> Option<&'a Value> {
    if members.len() == 1 { members.get(mark) } else { None }
}

/// An object whose only key is this mark.
pub(crate) fn mark(mark: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(mark.to_owned(), value)]))
}

/// One step further in a JSON pointer (RFC 6901 3: `~` and `/` within a key are escaped).
pub(crate) fn step(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Calls `look` with every commitment in the entry and its pointer. Walking rather than following pointers leaves one
/// spelling for each place.
pub(crate) fn each_commitment(pointer: &str, value: &Value, look: &mut impl FnMut(String, &str)) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(hash)) = marked(members, COMMITMENT) {
                look(pointer.to_owned(), hash);
                return;
            }
            for (key, member) in members {
                each_commitment(&step(pointer, key), member, look);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each_commitment(&step(pointer, &index.to_string()), item, look);
            }
        }
        _ => {}
    }
}
