//! Events as they are kept: sealed as evidence, with personal values beside them.

use crate::error::Error;
use crate::vault::hex;
use crate::world::{self, Random, from_micros, to_micros};
use envelope::{Actor, Envelope, Event, Recorded};
use evidence::{Disclosure, Hash};
use jiff::Timestamp;
use serde_json::Value;
use store::events::{self, EventRow};
use store::{Fault, Tx, disclosures};

/// An envelope as it was loaded, and the end of its chain.
pub(crate) struct Loaded {
    pub(crate) envelope: Envelope,
    pub(crate) seq: i64,
    pub(crate) head: Hash,
}

/// Reads the events of an envelope and folds them; `None` where it does not exist.
pub(crate) async fn load(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<Option<Loaded>, Error> {
    let entries = entries(tx, tenant, id).await?;
    let Some(last) = entries.last() else { return Ok(None) };
    let (seq, head) = (last.row.seq, last.hash()?);
    let recorded: Vec<Recorded> = entries.iter().map(Entry::recorded).collect::<Result<_, _>>()?;
    let envelope =
        Envelope::fold(&recorded).ok_or_else(|| Error::fault("the events do not begin an envelope"))?;
    Ok(Some(Loaded { envelope, seq, head }))
}

/// One stored event and the personal values that have not been erased.
pub(crate) struct Entry {
    pub(crate) row: EventRow,
    pub(crate) disclosures: Vec<Disclosure>,
}

/// All events of an envelope, oldest first.
pub(crate) async fn entries(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<Vec<Entry>, Error> {
    let rows = events::load(tx, tenant, id).await?;
    let mut beside = disclosures::load(tx, tenant, id).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let text = beside.iter().position(|(seq, _)| *seq == row.seq).map(|at| beside.swap_remove(at).1);
        let disclosures = match text {
            Some(text) => serde_json::from_str(&text).map_err(|error| corrupt(&row, &error))?,
            None => Vec::new(),
        };
        entries.push(Entry { row, disclosures });
    }
    Ok(entries)
}

impl Entry {
    /// The entry with its personal values put back.
    pub(crate) fn opened(&self) -> Result<Value, Error> {
        let entry: Value =
            serde_json::from_str(&self.row.entry).map_err(|error| corrupt(&self.row, &error))?;
        evidence::open(&entry, &self.disclosures).map_err(|error| corrupt(&self.row, &error))
    }

    /// What happened, and when.
    pub(crate) fn recorded(&self) -> Result<Recorded, Error> {
        let mut entry = self.opened()?;
        let body = entry.get_mut("body").map(Value::take).unwrap_or_default();
        let tagged = serde_json::json!({ "type": self.row.kind, "body": body });
        let event = serde_json::from_value(tagged).map_err(|error| corrupt(&self.row, &error))?;
        Ok(Recorded { at: from_micros(self.row.at_micros), event })
    }

    /// Who asked.
    pub(crate) fn actor(&self) -> Result<Actor, Error> {
        let mut entry = self.opened()?;
        let actor = entry.get_mut("actor").map(Value::take).unwrap_or_default();
        serde_json::from_value(actor).map_err(|error| corrupt(&self.row, &error))
    }

    pub(crate) fn hash(&self) -> Result<Hash, Error> {
        Hash::from_hex(&self.row.hash).ok_or_else(|| corrupt(&self.row, &"its hash is none"))
    }
}

fn corrupt(row: &EventRow, error: &dyn std::fmt::Display) -> Error {
    // The error of a parser can quote what it read, which may be personal: it stays out of the log.
    let _ = error;
    Error::Fault(Fault::corrupt(format!("event {} of kind {} cannot be read", row.seq, row.kind)))
}

/// Events that are to be appended to a chain.
pub(crate) struct Appending<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) envelope: &'a str,
    pub(crate) actor: &'a Actor,
    pub(crate) at: Timestamp,
    pub(crate) random: &'a dyn Random,
}

impl Appending<'_> {
    /// Seals events onto a chain and appends them; gives the new end of the chain.
    pub(crate) async fn append(
        &self,
        tx: &mut Tx<'_>,
        mut seq: i64,
        mut head: Hash,
        events: &[Event],
    ) -> Result<(i64, Hash), Error> {
        let actor = serde_json::to_value(self.actor).map_err(Error::fault)?;
        let mut rows = Vec::with_capacity(events.len());
        for event in events {
            seq += 1;
            let mut tagged = serde_json::to_value(event).map_err(Error::fault)?;
            let kind = tagged["type"].as_str().unwrap_or_default().to_owned();
            let draft = evidence::Draft {
                envelope: self.envelope.to_owned(),
                seq: u64::try_from(seq).map_err(Error::fault)?,
                at: timestamp(self.at),
                kind: kind.clone(),
                actor: actor.clone(),
                body: tagged["body"].take(),
                prev: head,
            };
            let sealed = evidence::seal(draft, &mut || world::bytes(self.random)).map_err(Error::fault)?;
            let row = EventRow {
                seq,
                at_micros: to_micros(self.at),
                kind,
                entry: sealed.entry_text,
                prev_hash: head.to_string(),
                hash: sealed.hash.to_string(),
            };
            if !sealed.disclosures.is_empty() {
                let text = serde_json::to_string(&sealed.disclosures).map_err(Error::fault)?;
                disclosures::put(tx, self.tenant, self.envelope, seq, &text).await?;
            }
            rows.push(row);
            head = sealed.hash;
        }
        events::append(tx, self.tenant, self.envelope, &rows).await?;
        Ok((seq, head))
    }
}

/// RFC 3339 with microseconds, always in the same width.
pub(crate) fn timestamp(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// A SHA-256 as the rules write it.
pub(crate) fn digest(bytes: &[u8]) -> envelope::Digest {
    use sha2::Digest as _;
    envelope::Digest(sha2::Sha256::digest(bytes).into())
}

/// Lower-case hexadecimal of a hash of the chain, as a digest of the rules.
pub(crate) fn head_digest(head: Hash) -> Result<envelope::Digest, Error> {
    envelope::Digest::from_hex(&head.to_string()).ok_or_else(|| Error::fault(hex(b"no hash")))
}
