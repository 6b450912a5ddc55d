//! The native API, the signers' and senders' pages.
