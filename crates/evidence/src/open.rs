//! An entry is read back with what is known of its personal values.

use crate::commitment::{COMMITMENT, Disclosure, ERASED, PERSONAL, each_commitment, mark, marked, step};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Why an entry and its disclosures do not belong together. The stored values were changed, or belong elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no commitment at this pointer, or two disclosures for it.
    NoCommitment(String),
    /// Value and salt do not give the commitment at this pointer.
    Mismatch(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCommitment(pointer) => write!(out, "nothing is committed at {pointer}"),
            Self::Mismatch(pointer) => write!(out, "the value does not open the commitment at {pointer}"),
        }
    }
}

impl std::error::Error for OpenError {}

/// The entry with each disclosed value as `{"$personal": value}`, and `{"$erased": "hex"}` for every commitment without
/// a disclosure.
///
/// # Errors
/// See [`OpenError`]: a value that was changed behind the chain's back is never handed on as if it were evidence.
pub fn open(entry: &Value, disclosures: &[Disclosure]) -> Result<Value, OpenError> {
    let known = verified(entry, disclosures.iter())?;
    Ok(put_back("", entry, &known))
}

/// The disclosed values by pointer, each of which opens its commitment.
pub(crate) fn verified<'a>(
    entry: &Value,
    disclosures: impl Iterator<Item = &'a Disclosure>,
) -> Result<BTreeMap<&'a str, &'a Value>, OpenError> {
    let mut commitments = BTreeMap::new();
    each_commitment("", entry, &mut |pointer, hash| {
        commitments.insert(pointer, hash.to_owned());
    });
    let mut known = BTreeMap::new();
    for disclosure in disclosures {
        let pointer = disclosure.pointer.as_str();
        let hash = commitments.remove(pointer).ok_or_else(|| OpenError::NoCommitment(pointer.to_owned()))?;
        if disclosure.commitment().is_none_or(|it| it.to_string() != hash) {
            return Err(OpenError::Mismatch(pointer.to_owned()));
        }
        known.insert(pointer, &disclosure.value);
    }
    Ok(known)
}

fn put_back(pointer: &str, value: &Value, known: &BTreeMap<&str, &Value>) -> Value {
    match value {
        Value::Object(members) => {
            if let Some(hash @ Value::String(_)) = marked(members, COMMITMENT) {
                return match known.get(pointer) {
                    Some(value) => mark(PERSONAL, (*value).clone()),
                    None => mark(ERASED, hash.clone()),
                };
            }
            let put = |(key, member): (&String, &Value)| {
                (key.clone(), put_back(&step(pointer, key), member, known))
            };
            Value::Object(members.iter().map(put).collect())
        }
        Value::Array(items) => {
            let put =
                |(index, item): (usize, &Value)| put_back(&step(pointer, &index.to_string()), item, known);
            Value::Array(items.iter().enumerate().map(put).collect())
        }
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Hash, Sealed, seal};
    use serde_json::json;

    fn sealed() -> Sealed {
        let draft = Draft {
            envelope: "env_1".into(),
            seq: 1,
            at: "2026-11-22T02:05:57.000000Z".into(),
            kind: "fields_filled".into(),
            actor: json!({"ip": {"$personal": "192.0.2.7"}}),
            body: json!({"values": [{"$personal": "Ada"}, {"$personal": null}]}),
            prev: Hash::GENESIS,
        };
        let mut next = 0;
        seal(draft, &mut || {
            next += 1;
            [next; 16]
        })
        .unwrap()
    }

    #[test]
    fn what_was_sealed_comes_back_as_it_went_in() {
        let sealed = sealed();
        let opened = open(&sealed.entry, &sealed.disclosures).unwrap();
        assert_eq!(opened["actor"], json!({"ip": {"$personal": "192.0.2.7"}}));
        assert_eq!(opened["body"], json!({"values": [{"$personal": "Ada"}, {"$personal": null}]}));
    }

    #[test]
    fn an_erased_value_leaves_its_commitment() {
        let sealed = sealed();
        let opened = open(&sealed.entry, &sealed.disclosures[..1]).unwrap();
        let hash = &sealed.entry["body"]["values"][0]["$commitment"];
        assert_eq!(opened["body"]["values"][0], json!({"$erased": hash}));
        assert_eq!(opened["actor"]["ip"], json!({"$personal": "192.0.2.7"}));
    }

    #[test]
    fn a_changed_value_salt_or_place_opens_nothing() {
        let sealed = sealed();
        let mut value = sealed.disclosures.clone();
        value[1].value = json!("Eve");
        assert_eq!(open(&sealed.entry, &value), Err(OpenError::Mismatch("/body/values/0".into())));
        let mut salt = sealed.disclosures.clone();
        salt[1].salt = "zz".into();
        assert_eq!(open(&sealed.entry, &salt), Err(OpenError::Mismatch("/body/values/0".into())));
        let mut place = sealed.disclosures.clone();
        place[1].pointer = "/body/values/00".into();
        assert_eq!(open(&sealed.entry, &place), Err(OpenError::NoCommitment("/body/values/00".into())));
        let twice = [sealed.disclosures[1].clone(), sealed.disclosures[1].clone()];
        assert_eq!(open(&sealed.entry, &twice), Err(OpenError::NoCommitment("/body/values/0".into())));
    }
}
