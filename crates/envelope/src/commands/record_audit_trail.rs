//! A worker has made the audit trail.

use crate::decision::Decision;
use crate::event::Event;
use crate::model::digest::Digest;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Records the audit trail of an envelope that has ended, after its bytes were stored. It is made once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAuditTrail {
    /// SHA-256 of the file.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
}

impl RecordAuditTrail {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if !matches!(state.status, Status::Ended(_)) || state.audit_trail.is_some() {
            return Err(Refusal::NothingPending);
        }
        Ok(Decision::of(Event::AuditTrailIssued { digest: self.digest, length: self.length }))
    }
}
