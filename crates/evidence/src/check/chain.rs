//! The entries: their order, their hashes, their commitments, the heads they name.

use super::file::{File, exactly};
use super::misfit::{Misfit, What};
use super::revision::{Named, named_in};
use crate::canonical::canonical;
use crate::commitment::each_commitment;
use crate::hash::Hash;
use crate::open::verified;
use serde_json::Value;
use std::collections::HashSet;

/// Types of the entries after which no revision is made any more.
const ENDINGS: [&str; 4] =
    ["envelope_completed", "envelope_declined", "envelope_cancelled", "envelope_expired"];

/// What a verified chain tells about the PDFs.
pub(super) struct Chain {
    /// The hashes of the entries.
    pub hashes: HashSet<String>,
    /// All revisions that entries name, in order.
    pub revisions: Vec<Named>,
    /// The envelope has ended.
    pub ended: bool,
    /// Number of commitments without a disclosure.
    pub undisclosed: usize,
}

/// What every entry has, as far as it is looked at.
struct Entry<'a> {
    envelope: &'a Value,
    prev: &'a Value,
    seq: &'a Value,
    kind: &'a Value,
    body: &'a Value,
}

pub(super) fn verify(file: &File) -> Result<Chain, Misfit> {
    let mut chain = Chain { hashes: HashSet::new(), revisions: Vec::new(), ended: false, undisclosed: 0 };
    let mut prev = Hash::GENESIS.to_string();
    let mut disclosures = file.disclosures.iter().peekable();
    for (number, link) in (1_u64..).zip(&file.entries) {
        let unfit = |what, sentence: &str| Misfit::new(Some(number), what, sentence);
        let entry =
            shape(&link.entry).ok_or_else(|| unfit(What::Entry, "it is not an entry as we write them"))?;
        if entry.seq.as_u64() != Some(number) {
            return Err(unfit(What::Sequence, "it does not carry the next number"));
        }
        if *entry.envelope != file.envelope {
            return Err(unfit(What::Envelope, "it is of another envelope"));
        }
        if *entry.prev != prev {
            return Err(unfit(What::Prev, "it does not name the hash of the entry before it"));
        }
        if canonical(&link.entry).map(|text| Hash::of(text).to_string()).ok().as_deref() != Some(&link.hash) {
            return Err(unfit(
                What::Hash,
                "its hash is not the one given: it was changed after it was written",
            ));
        }
        let mut own = Vec::new();
        while let Some((_, disclosure)) = disclosures.next_if(|(seq, _)| *seq == number) {
            own.push(disclosure);
        }
        verified(&link.entry, own.iter().copied())
            .map_err(|error| Misfit::new(Some(number), What::Commitment, error.to_string()))?;
        each_commitment("", &link.entry, &mut |_, _| chain.undisclosed += 1);
        chain.undisclosed -= own.len();
        let named = named_in(number, entry.body)
            .ok_or_else(|| unfit(What::Revisions, "it does not say clearly which revisions it means"))?;
        if named.iter().filter_map(|it| it.event_head.as_ref()).any(|head| !chain.hashes.contains(head)) {
            return Err(unfit(
                What::EventHead,
                "the event head it names is not the hash of an earlier entry",
            ));
        }
        chain.revisions.extend(named);
        chain.ended |= ENDINGS.iter().any(|ending| entry.kind == ending);
        chain.hashes.insert(link.hash.clone());
        prev.clone_from(&link.hash);
    }
    if file.head == prev {
        Ok(chain)
    } else {
        Err(Misfit::new(None, What::Head, "the head is not the hash of the last entry: the end is missing"))
    }
}

fn shape(value: &Value) -> Option<Entry<'_>> {
    let members = exactly(value, &["actor", "at", "body", "envelope", "prev", "seq", "type", "v"])?;
    (members.get("v")?.as_u64()? == 1).then_some(Entry {
        envelope: members.get("envelope")?,
        prev: members.get("prev")?,
        seq: members.get("seq")?,
        kind: members.get("type")?,
        body: members.get("body")?,
    })
}
