//! Named places between a request and the stored result, at which a test can stop the process.

use std::sync::OnceLock;

static STOP_AT: OnceLock<String> = OnceLock::new();

/// Every place that has a name, in the order in which an envelope passes them.
pub const ALL: [&str; 14] = [
    "upload.after_commit",
    "create.after_commit",
    "sign.before_commit",
    "sign.after_commit",
    "fill.stored",
    "fill.recorded",
    "act.prepared",
    "act.signed",
    "act.stored",
    "act.recorded",
    "seal.stored",
    "seal.recorded",
    "mail.accepted",
    "mail.recorded",
];

/// Places on the way of a webhook, which only an envelope passes that somebody subscribed to.
pub const OF_WEBHOOKS: [&str; 2] = ["webhook.before_call", "webhook.called"];

/// The same for lists: a row is made in one transaction, and said to be sent in another.
pub const OF_BULK: [&str; 2] = ["bulk.row_made", "bulk.row_sent"];

/// Stops the process, as a power cut would, when it reaches the place of this name. Set once, at start,
/// from the environment of a test.
pub fn stop_at(name: String) {
    // A second name is ignored: a process stops once.
    let _ = STOP_AT.set(name);
}

/// Says that this place was reached.
pub(crate) fn reach(name: &'static str) {
    let listed = ALL.iter().chain(&OF_WEBHOOKS).chain(&OF_BULK).any(|it| *it == name);
    debug_assert!(listed, "every fault point is listed");
    if STOP_AT.get().is_some_and(|stop| stop == name) {
        std::process::abort();
    }
}
