//! One file a table: its record, its statements, its functions.

pub mod allowances;
pub mod answers;
pub mod api_keys;
pub mod authenticators;
pub mod codes;
pub mod counters;
pub mod disclosures;
pub mod dispatches;
pub mod envelopes;
pub mod events;
pub mod idempotency;
pub mod identity_providers;
pub mod jobs;
pub mod links;
pub mod messages;
pub mod revisions;
pub mod secrets;
pub mod sessions;
pub mod sign_in_attempts;
pub mod tenants;
pub mod uploads;
pub mod users;
pub mod visits;
pub mod webhook_attempts;
pub mod webhook_deliveries;
pub mod webhooks;
