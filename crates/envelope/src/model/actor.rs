//! Who asked.

use super::personal::Personal;
use serde::{Deserialize, Serialize};

/// Who acted, from where, and how we know. Written into every event beside what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A person who works for the tenant, signed in at the desk.
    User {
        /// Their id.
        user: String,
        /// Network address of the visit.
        address: Personal,
        /// The browser, as it names itself.
        user_agent: Personal,
    },
    /// A program of the tenant.
    ApiKey {
        /// The key's public id.
        key: String,
        /// Network address of the call.
        address: Personal,
    },
    /// Somebody without an account, by an address for editing one draft that was handed out on the tenant's side.
    EditLink {
        /// The address's public id; its secret part is nowhere.
        link: String,
        /// Id of the key or the user that handed it out.
        handed_out_by: String,
        /// Network address of the visit.
        address: Personal,
        /// The browser, as it names itself.
        user_agent: Personal,
    },
    /// A recipient, by their link.
    Recipient {
        /// Number of the recipient, from 1.
        recipient: u16,
        /// Network address of the visit.
        address: Personal,
        /// The browser, as it names itself.
        user_agent: Personal,
        /// Authentication methods passed, in order.
        methods: Vec<String>,
    },
    /// The server itself: a worker, a deadline.
    System,
}
