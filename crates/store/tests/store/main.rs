//! The suite of the store: the same tests over SQLite and PostgreSQL, over a folder and an S3 server.
//!
//! `scripts/services.sh start` starts what is needed; `eval "$(scripts/services.sh env)"` says where it is. What is
//! not there is skipped with a printed word, and in CI (variable `CI`) fails.

mod given;

mod accounts;
mod allowances;
mod backup;
mod blobs;
mod contacts;
mod dispatches;
mod envelopes;
mod events;
mod jobs;
mod keeping;
mod reading;
mod schema;
mod settings;
mod sign_ins;
mod statements;
mod webhooks;
mod writing;
