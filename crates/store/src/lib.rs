//! Events, projections, jobs and blobs: one interface, two databases (SQLite, PostgreSQL), any object store.
//!
//! It keeps what it is given and says when that is durable. It never judges: no rule of the product, no type of an
//! envelope, no clock, no randomness stands here; ids, times and tokens come in as values.
//!
//! Read first: [`Store`] (closures become transactions), [`Tx`] (one statement text for both engines), and
//! [`Blobs`] (documents by their digest). Then the tables, one file each, and [`jobs`] for work with leases.
//!
//! To add a table: the same `CREATE TABLE` in both trees of `migrations/` under the next number, primary key beginning
//! with `tenant`; one file in `src/tables/` with record, statements, functions; one entry in `backup/catalogue.rs`.
//! Tests hold that both trees agree, that the backup knows every table, and that every statement names the tenant.

mod alone;
mod backup;
mod blobs;
mod fault;
mod group;
mod open;
mod options;
mod store;
mod tables;
mod tx;
mod value;

pub use backup::Contents;
pub use blobs::{BlobEntry, Blobs, LocalBlob};
pub use fault::{Fault, FaultKind};
pub use options::Options;
pub use store::Store;
pub use tables::{
    allowances, answers, api_keys, authenticators, bulk_rows, bulk_sends, codes, consent_texts, contacts,
    counters, disclosures, dispatches, draft_defaults, edit_links, envelopes, events, idempotency,
    identity_providers, jobs, links, mail_templates, messages, revisions, secrets, sessions,
    sign_in_attempts, template_links, template_uses, template_versions, templates, tenants, uploads, users,
    visits, webhook_attempts, webhook_deliveries, webhooks,
};
pub use tx::Tx;
pub use value::{Row, Value};
