//! The audit trail. There is no function here that changes or removes an event.

use crate::{Fault, Row, Tx};

/// One event, as `evidence` made it.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// Its number in the envelope, from 1.
    pub seq: i64,
    /// When it happened, microseconds since 1970 UTC.
    pub at_micros: i64,
    /// What happened, a word of `envelope`.
    pub kind: String,
    /// The canonical JSON that the hash is made of.
    pub entry: String,
    /// Hash of the event before, lower-case hex.
    pub prev_hash: String,
    /// Hash of this event, lower-case hex.
    pub hash: String,
}

const APPEND: &str = "INSERT INTO events (tenant, envelope, seq, at_micros, kind, entry, prev_hash, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, envelope, seq) DO NOTHING";
const LOAD: &str = "SELECT seq, at_micros, kind, entry, prev_hash, hash FROM events \
    WHERE tenant = $1 AND envelope = $2 ORDER BY seq";

/// Adds events to an envelope.
///
/// # Errors
/// [`FaultKind::Conflict`](crate::FaultKind) when an event of that number stands already: somebody else was first.
pub async fn append(tx: &mut Tx<'_>, tenant: &str, envelope: &str, events: &[EventRow]) -> Result<(), Fault> {
    for event in events {
        let values = [
            tenant.into(),
            envelope.into(),
            event.seq.into(),
            event.at_micros.into(),
            (&event.kind).into(),
            (&event.entry).into(),
            (&event.prev_hash).into(),
            (&event.hash).into(),
        ];
        if tx.execute(APPEND, &values).await? == 0 {
            return Err(tx.conflict(&format!("event {} of envelope {envelope} stands already", event.seq)));
        }
    }
    Ok(())
}

/// All events of an envelope in their order; none when there is no such envelope.
pub async fn load(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Vec<EventRow>, Fault> {
    tx.query(LOAD, &[tenant.into(), envelope.into()]).await?.into_iter().map(record).collect()
}

fn record(mut row: Row) -> Result<EventRow, Fault> {
    Ok(EventRow {
        seq: row.int()?,
        at_micros: row.int()?,
        kind: row.text()?,
        entry: row.text()?,
        prev_hash: row.text()?,
        hash: row.text()?,
    })
}
