//! An event becomes an entry of the chain.

use crate::canonical::{NotCanonical, canonical};
use crate::commitment::{COMMITMENT, Disclosure, ERASED, PERSONAL, commit, mark, marked, step};
use crate::hash::{Hash, to_hex};
use serde_json::{Map, Value, json};
use std::fmt;

/// What is to become an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The envelope's id.
    pub envelope: String,
    /// Number of the entry in its envelope, from 1, without gaps.
    pub seq: u64,
    /// When it happened: RFC 3339, UTC, six digits of fraction, `Z`: `2026-11-22T02:05:57.000000Z`.
    pub at: String,
    /// The type of the event, such as `recipient_signed`.
    pub kind: String,
    /// Who did it, from where. Personal values are wrapped: `{"$personal": value}`.
    pub actor: Value,
    /// The event's content, personal values wrapped alike.
    pub body: Value,
    /// Hash of the entry before; [`Hash::GENESIS`] for the first.
    pub prev: Hash,
}

/// An entry of the chain with what has to be stored beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The entry, with `{"$commitment": "hex"}` in place of each personal value.
    pub entry: Value,
    /// Its canonical text. Store this: its bytes are what the hash speaks of.
    pub entry_text: String,
    /// SHA-256 of that text: what the next entry names as the one before it.
    pub hash: Hash,
    /// What opens its commitments, in the order of the entry.
    pub disclosures: Vec<Disclosure>,
}

/// Why an event cannot become an entry. Each is a mistake of the caller's, not of a person's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SealError {
    /// A value has no canonical text.
    NotCanonical(NotCanonical),
    /// The time is not written as `2026-11-22T02:05:57.000000Z`.
    Time,
    /// The number is 0.
    Sequence,
    /// A key is one of `$personal`, `$commitment`, `$erased` where it cannot be told from our own mark: beside other
    /// keys, inside a personal value, or already a commitment. Holds the JSON pointer of the object.
    Reserved(String),
}

impl fmt::Display for SealError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCanonical(why) => why.fmt(out),
            Self::Time => out.write_str("the time of an entry has six digits of fraction and ends with Z"),
            Self::Sequence => out.write_str("entries are numbered from 1"),
            Self::Reserved(pointer) => write!(out, "the object at {pointer} has a key that is reserved"),
        }
    }
}

impl std::error::Error for SealError {}

impl From<NotCanonical> for SealError {
    fn from(why: NotCanonical) -> Self {
        Self::NotCanonical(why)
    }
}

/// Makes the entry. `salts` gives 16 fresh random bytes for each personal value; a salt must never be used twice.
///
/// # Errors
/// See [`SealError`].
pub fn seal(draft: Draft, salts: &mut dyn FnMut() -> [u8; 16]) -> Result<Sealed, SealError> {
    if draft.seq == 0 {
        return Err(SealError::Sequence);
    }
    if !is_time(&draft.at) {
        return Err(SealError::Time);
    }
    let mut disclosures = Vec::new();
    let actor = hide("/actor", draft.actor, salts, &mut disclosures)?;
    let body = hide("/body", draft.body, salts, &mut disclosures)?;
    let entry = json!({
        "v": 1,
        "envelope": draft.envelope,
        "seq": draft.seq,
        "at": draft.at,
        "type": draft.kind,
        "actor": actor,
        "body": body,
        "prev": draft.prev,
    });
    let entry_text = canonical(&entry)?;
    let hash = Hash::of(&entry_text);
    Ok(Sealed { entry, entry_text, hash, disclosures })
}

/// The value with commitments in place of what is personal in it.
fn hide(
    pointer: &str,
    value: Value,
    salts: &mut dyn FnMut() -> [u8; 16],
    found: &mut Vec<Disclosure>,
) -> Result<Value, SealError> {
    match value {
        Value::Object(members) => {
            if let Some(personal) = marked(&members, PERSONAL) {
                refuse_marks(pointer, personal)?;
                let salt = salts();
                let hash = commit(&salt, personal)?;
                found.push(Disclosure {
                    pointer: pointer.to_owned(),
                    salt: to_hex(&salt),
                    value: personal.clone(),
                });
                return Ok(mark(COMMITMENT, Value::String(hash.to_string())));
            }
            refuse_marked_keys(pointer, &members)?;
            let mut hidden = Map::new();
            for (key, member) in members {
                let member = hide(&step(pointer, &key), member, salts, found)?;
                hidden.insert(key, member);
            }
            Ok(Value::Object(hidden))
        }
        Value::Array(items) => {
            let hide_item =
                |(index, item): (usize, Value)| hide(&step(pointer, &index.to_string()), item, salts, found);
            Ok(Value::Array(items.into_iter().enumerate().map(hide_item).collect::<Result<_, _>>()?))
        }
        plain => Ok(plain),
    }
}

/// A mark that came from elsewhere would make a commitment out of nothing, or open one that is not there.
fn refuse_marked_keys(pointer: &str, members: &Map<String, Value>) -> Result<(), SealError> {
    if [PERSONAL, COMMITMENT, ERASED].iter().any(|mark| members.contains_key(*mark)) {
        return Err(SealError::Reserved(pointer.to_owned()));
    }
    Ok(())
}

fn refuse_marks(pointer: &str, value: &Value) -> Result<(), SealError> {
    match value {
        Value::Object(members) => {
            refuse_marked_keys(pointer, members)?;
            members.values().try_for_each(|member| refuse_marks(pointer, member))
        }
        Value::Array(items) => items.iter().try_for_each(|item| refuse_marks(pointer, item)),
        _ => Ok(()),
    }
}

/// Only the shape: a time as text is sorted and compared by its characters, so it has one shape.
fn is_time(text: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00.000000Z";
    text.len() == SHAPE.len()
        && text
            .bytes()
            .zip(SHAPE)
            .all(|(byte, shape)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(body: Value) -> Draft {
        Draft {
            envelope: "env_1".into(),
            seq: 1,
            at: "2026-11-22T02:05:57.000000Z".into(),
            kind: "recipient_declined".into(),
            actor: json!({"kind": "recipient", "address": {"$personal": "192.0.2.7"}}),
            body,
            prev: Hash::GENESIS,
        }
    }

    fn seal_body(body: Value) -> Result<Sealed, SealError> {
        let mut next = 0;
        seal(draft(body), &mut || {
            next += 1;
            [next; 16]
        })
    }

    #[test]
    fn an_entry_holds_commitments_and_the_values_lie_beside_it() {
        let sealed =
            seal_body(json!({"list": [{"$personal": "Ada"}], "a/b~": {"$personal": {"x": 1}}})).unwrap();
        assert!(!sealed.entry_text.contains("Ada") && !sealed.entry_text.contains("192.0.2.7"));
        let pointers: Vec<_> = sealed.disclosures.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/actor/address", "/body/list/0", "/body/a~1b~0"]);
        let salted = [[2_u8; 16].as_slice(), b"\"Ada\""].concat();
        assert_eq!(sealed.entry["body"]["list"][0]["$commitment"], Hash::of(salted).to_string());
        assert_eq!(sealed.hash, Hash::of(&sealed.entry_text));
        assert_eq!(sealed.disclosures[1].salt, "02".repeat(16));
    }

    #[test]
    fn an_entry_has_one_text() {
        let sealed = seal_body(json!({"recipient": 1})).unwrap();
        let head = r#"{"actor":{"address":{"$commitment":""#;
        let tail = format!(
            "\"}},\"kind\":\"recipient\"}},\"at\":\"2026-11-22T02:05:57.000000Z\",\"body\":{{\"recipient\":1}},\
             \"envelope\":\"env_1\",\"prev\":\"{}\",\"seq\":1,\"type\":\"recipient_declined\",\"v\":1}}",
            "0".repeat(64)
        );
        assert!(
            sealed.entry_text.starts_with(head) && sealed.entry_text.ends_with(&tail),
            "{}",
            sealed.entry_text
        );
    }

    #[test]
    fn our_own_marks_from_elsewhere_are_refused() {
        for (body, pointer) in [
            (json!({"x": {"$commitment": "00"}}), "/body/x"),
            (json!({"x": {"$erased": "00"}}), "/body/x"),
            (json!({"x": {"$personal": 1, "y": 2}}), "/body/x"),
            (json!({"x": {"$personal": [{"$personal": 1}]}}), "/body/x"),
        ] {
            assert_eq!(seal_body(body), Err(SealError::Reserved(pointer.into())));
        }
    }

    #[test]
    fn what_has_no_single_text_is_refused() {
        assert_eq!(seal_body(json!({"x": 0.5})), Err(SealError::NotCanonical(NotCanonical::Fraction)));
        assert_eq!(
            seal_body(json!({"$personal": 0.5})),
            Err(SealError::NotCanonical(NotCanonical::Fraction))
        );
        for at in ["2026-11-22T02:05:57Z", "2026-11-22T02:05:57.000000+", "2026-11-22 02:05:57.000000Z", ""] {
            let late = Draft { at: at.into(), ..draft(json!({})) };
            assert_eq!(seal(late, &mut || [0; 16]), Err(SealError::Time), "{at}");
        }
        let zero = Draft { seq: 0, ..draft(json!({})) };
        assert_eq!(seal(zero, &mut || [0; 16]), Err(SealError::Sequence));
    }
}
