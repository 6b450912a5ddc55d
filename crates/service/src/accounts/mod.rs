//! Tenants, users, keys and sessions.

mod api_key;
mod bootstrap;
mod idempotent;
mod session;
mod sign_in;

pub use api_key::{ApiKey, KnownApiKey, NewApiKey};
pub use bootstrap::Bootstrapped;
pub use idempotent::{Begun, Reply, Taken};
pub use session::Session;
