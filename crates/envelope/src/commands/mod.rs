//! One operation, one file: the command, its rule, its refusals.

pub mod cancel;
pub mod consent;
pub mod create;
pub mod decline;
mod draft_findings;
pub mod expire;
pub mod fill;
pub mod issue_link;
pub mod open;
pub mod record_act;
pub mod record_audit_trail;
pub mod record_message;
pub mod record_refused_message;
pub mod record_seal;
pub mod revise;
pub mod send;
mod settle;
pub mod sign;
mod turn;
