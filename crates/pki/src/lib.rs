//! Keys, certificates, the built-in certification authority and path validation.
