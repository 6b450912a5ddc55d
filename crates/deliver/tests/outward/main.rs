//! What leaves for other people's servers, which these tests play themselves: messages to telephones, and webhooks.
//!
//! The vendors' own clients and verifiers are the judges (`vendors.py`); `COUNTERSIGN_PYTHON` names the Python that has
//! them, and without it these tests fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod gateway;
mod python;
mod recorder;
mod twilio;
mod twilio_receipts;
mod vonage;
mod vonage_receipts;
mod webhook;
mod webhook_signature;
