//! What the operator decides.

use std::time::Duration;

/// Settings of the use cases and the workers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What links, CRL and AIA addresses begin with; no slash at the end.
    pub public_url: String,
    /// An upload has so many bytes at most.
    pub upload_bytes_max: u64,
    /// Everything that would be sent is kept, to be read at `/dev/outbox`, and nothing leaves.
    pub dev: bool,
    /// This process takes jobs.
    pub works: bool,
    /// The answer to who finishes waits so long for their act to be in the documents. It is durable before; this is a
    /// courtesy.
    pub patience: Duration,
    /// Acts, seals and mails at the same time, at most.
    pub workers: usize,
    /// Address that mails come from.
    pub mail_from: String,
    /// Documents of so many bytes together, at most, are attached to a mail; larger ones are behind its link.
    pub attachments_bytes_max: u64,
    /// Hosts that files are fetched from (`example.org`, `*.example.org`); every one of the public internet where none is named.
    pub document_hosts: Vec<String>,
}
