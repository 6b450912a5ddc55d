//! The events of an envelope, read past the service, and what they make of it.

use envelope::{Envelope, Event, Recorded};
use evidence::Disclosure;
use jiff::Timestamp;
use serde_json::{Value, json};
use service::{envelope, evidence, store};
use store::{Fault, Store};

/// An event as it stands in the store.
#[derive(Clone, Debug)]
pub struct Told {
    pub at: i64,
    pub event: Event,
    pub kind: String,
    pub hash: String,
}

/// All that happened to an envelope so far.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub told: Vec<Told>,
    pub state: Option<Envelope>,
}

const NEW: &str = "SELECT seq, at_micros, kind, entry, prev_hash, hash FROM events \
    WHERE tenant = $1 AND envelope = $2 AND seq > $3 ORDER BY seq";
const BESIDE: &str =
    "SELECT seq, body FROM disclosures WHERE tenant = $1 AND envelope = $2 AND seq > $3 ORDER BY seq";

struct Row {
    seq: i64,
    at: i64,
    kind: String,
    entry: String,
    prev: String,
    hash: String,
}

impl History {
    /// Reads what happened since; gives how much was known before.
    pub async fn catch_up(&mut self, store: &Store, tenant: &str, id: &str) -> Result<usize, String> {
        let before = self.told.len();
        let known = i64::try_from(before).expect("a history is short");
        let (rows, beside) = store
            .read(move |tx| {
                Box::pin(async move {
                    let values = [tenant.into(), id.into(), known.into()];
                    let mut rows = Vec::new();
                    for mut row in tx.query(NEW, &values).await? {
                        rows.push(Row {
                            seq: row.int()?,
                            at: row.int()?,
                            kind: row.text()?,
                            entry: row.text()?,
                            prev: row.text()?,
                            hash: row.text()?,
                        });
                    }
                    let mut beside = Vec::new();
                    for mut row in tx.query(BESIDE, &values).await? {
                        beside.push((row.int()?, row.text()?));
                    }
                    Ok::<_, Fault>((rows, beside))
                })
            })
            .await
            .map_err(|fault| format!("the events cannot be read: {fault}"))?;
        for row in rows {
            let body = beside.iter().find(|(seq, _)| *seq == row.seq).map(|(_, body)| body.as_str());
            self.add(&row, body.unwrap_or("[]"))?;
        }
        Ok(before)
    }

    fn add(&mut self, row: &Row, beside: &str) -> Result<(), String> {
        let Row { seq, at, kind, entry, prev, hash } = row;
        let last = self.told.last().map_or("0".repeat(64), |told| told.hash.clone());
        if usize::try_from(*seq) != Ok(self.told.len() + 1) || *prev != last {
            return Err(format!(
                "the chain is broken: event {seq} does not follow event {}",
                self.told.len()
            ));
        }
        let unreadable =
            |error: &dyn std::fmt::Display| format!("event {seq} ({kind}) is unreadable: {error}");
        let disclosures: Vec<Disclosure> =
            serde_json::from_str(beside).map_err(|error| unreadable(&error))?;
        let entry: Value = serde_json::from_str(entry).map_err(|error| unreadable(&error))?;
        let mut entry = evidence::open(&entry, &disclosures).map_err(|error| unreadable(&error))?;
        let tagged = json!({ "type": kind, "body": entry["body"].take() });
        let event: Event = serde_json::from_value(tagged).map_err(|error| unreadable(&error))?;
        let recorded =
            Recorded { at: Timestamp::from_microsecond(*at).expect("a time of ours"), event: event.clone() };
        match &mut self.state {
            Some(state) => state.apply(&recorded),
            None => self.state = Envelope::begin(&recorded),
        }
        self.told.push(Told { at: *at, event, kind: kind.clone(), hash: hash.clone() });
        Ok(())
    }

    /// The state that the events lead to.
    pub fn state(&self) -> &Envelope {
        self.state.as_ref().expect("an envelope that is looked at has begun")
    }
}
