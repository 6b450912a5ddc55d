//! Keys, certificates, the built-in certification authority and path validation.
//!
//! What it is: a private key behind the [`Signer`] trait (in memory here, in a module or at a service elsewhere),
//! certificates read and issued (RFC 5280), revocation lists signed, signatures of every common algorithm checked,
//! paths to a trusted root built. And the little of ASN.1 ([`asn1`]) that signatures need.
//!
//! What it never does: open a socket, read the clock, store anything, print a key. Times and serial numbers come in as
//! values; only keys are made here, from the cryptographic module's own random source.
//!
//! Read first: [`Signer`] (what a key does), [`Certificate`] (what a certificate says), [`Authority`] (who issues).
//! One more algorithm to verify: a row in `Scheme::read` and in the table of its family in `verify_signature.rs`, with
//! a test. One more holder of keys: a type that implements [`Signer`].

pub mod asn1;
mod authority;
mod certificate;
mod digest;
mod key_pair;
mod name;
mod path;
mod pem;
mod pkcs12;
mod signer;
mod time;
mod verify_signature;

pub use authority::{
    Authority, AuthorityError, NewAuthority, Profile, Request, RevocationReason, Revoked, Subject,
};
pub use certificate::{Certificate, CertificateError};
pub use digest::{DigestAlgorithm, Hasher, sha256};
pub use key_pair::{KeyError, KeyPair};
pub use path::{Path, PathError, build_path};
pub use pkcs12::{Identity, Pkcs12Error, open_pkcs12};
pub use signer::{SignError, SignatureAlgorithm, Signer};
pub use verify_signature::{Accepted, SignatureError, Signed, implied_digest, verify_signature};
