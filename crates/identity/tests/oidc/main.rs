//! Sign-in at an identity provider that these tests play.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod provider;
mod token;
mod way;
