//! The little of X.690 that signatures need: reading without copying, writing, and turning BER into DER.
//!
//! Certificates are read with the types of `x509-cert`. Signatures of strangers are not: their bytes have to be
//! hashed as they stand, and a single odd value in a place nobody looks at must not make the rest unreadable.

mod read;
mod transcode;
mod write;

pub use read::{Children, Malformed, Tlv};
pub use transcode::{Unconvertible, to_definite_lengths};
pub use write::{object_identifier, set_of, tlv, unsigned};

/// Identifier octets, X.690 8.1.2, of the universal types used here.
pub mod tag {
    /// BOOLEAN.
    pub const BOOLEAN: u8 = 0x01;
    /// INTEGER.
    pub const INTEGER: u8 = 0x02;
    /// BIT STRING.
    pub const BIT_STRING: u8 = 0x03;
    /// OCTET STRING.
    pub const OCTET_STRING: u8 = 0x04;
    /// NULL.
    pub const NULL: u8 = 0x05;
    /// OBJECT IDENTIFIER.
    pub const OBJECT_IDENTIFIER: u8 = 0x06;
    /// GeneralizedTime.
    pub const GENERALIZED_TIME: u8 = 0x18;
    /// SEQUENCE, constructed.
    pub const SEQUENCE: u8 = 0x30;
    /// SET, constructed.
    pub const SET: u8 = 0x31;

    /// `[number]`, constructed: explicit tagging, or implicit tagging of a constructed type. `number` under 31.
    #[must_use]
    pub const fn context(number: u8) -> u8 {
        0xA0 | (number & 0x1F)
    }

    /// `[number]`, primitive: implicit tagging of a primitive type. `number` under 31.
    #[must_use]
    pub const fn context_primitive(number: u8) -> u8 {
        0x80 | (number & 0x1F)
    }
}
