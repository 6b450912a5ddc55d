//! Sign-in at the tenant's identity provider: OpenID Connect, authorization code with PKCE.
//!
//! The way: [`discovery_url`] and [`Provider::parse`]; [`Attempt::new`] and [`Attempt::authorization_url`] send the browser
//! away; when it comes back, [`Attempt::code`] reads the address, [`Attempt::token_request`] says what to ask the
//! provider, [`Tokens::read`] reads its answer, and [`Attempt::identity`] checks it with the keys under
//! [`Provider::jwks_uri`]. Whoever carries the requests bounds the answers' size and refuses private addresses.

mod attempt;
mod claims;
mod identity;
mod keys;
mod provider;
mod refusal;
mod token;

pub use attempt::Attempt;
pub use identity::Identity;
pub use provider::{Client, Provider, discovery_url};
pub use refusal::OidcRefusal;
pub use token::{Request, Tokens};
