//! What this crate writes and reads, beside what the `openssl` command makes of it.

mod authority;
mod openssl;
mod path;
mod pkcs12;
mod strangers;
