//! Tenants, users, keys and sessions.

mod api_key;
mod bootstrap;
mod change_user;
mod idempotent;
mod invite;
mod role;
mod session;
mod sign_in;
mod users;

pub use api_key::{ApiKey, KnownApiKey, NewApiKey};
pub use bootstrap::Bootstrapped;
pub use change_user::UserChange;
pub use idempotent::{Begun, Reply, Taken};
pub use invite::NewUser;
pub use role::UserRole;
pub use session::Session;
pub use users::KnownUser;
