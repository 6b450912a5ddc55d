//! The file's key from the empty user password (7.6.4.3, 7.6.4.4).

use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use super::{cipher, rc4};
use crate::error::Error;
use crate::object::{Dictionary, Object};

/// 7.6.4.3.2 step a: what the empty password is padded to.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E,
    0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// The key, or `NeedsPassword` where the empty password is not the user's.
pub(super) fn file_key(dictionary: &Dictionary, first_id: &[u8], metadata: bool) -> Result<Vec<u8>, Error> {
    match dictionary.get("R").and_then(Object::as_integer) {
        Some(revision @ 2..=4) => old_key(dictionary, revision, first_id, metadata),
        Some(revision @ 5..=6) => new_key(dictionary, revision),
        _ => Err(Error::UnsupportedEncryption),
    }
}

/// Algorithms 2, 4 and 5.
fn old_key(
    dictionary: &Dictionary,
    revision: i64,
    first_id: &[u8],
    metadata: bool,
) -> Result<Vec<u8>, Error> {
    let string = |key: &str| dictionary.get(key).and_then(Object::as_string);
    let owner = string("O").and_then(|owner| owner.get(..32)).ok_or(Error::UnsupportedEncryption)?;
    let user = string("U").and_then(|user| user.get(..16)).ok_or(Error::UnsupportedEncryption)?;
    let permissions = dictionary.get("P").and_then(Object::as_integer).ok_or(Error::UnsupportedEncryption)?;
    let length = key_length(dictionary, revision)?;
    let mut hash = Md5::new();
    hash.update(PADDING);
    hash.update(owner);
    // Written as a signed or as an unsigned 32-bit number; the low four bytes are the same.
    hash.update(permissions.to_le_bytes().get(..4).unwrap_or_default());
    hash.update(first_id);
    if revision >= 4 && !metadata {
        hash.update([0xFF; 4]);
    }
    let mut key = hash.finalize().to_vec();
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(key.get(..length).unwrap_or_default()).to_vec();
        }
    }
    key.truncate(length);
    if matches_user(&key, revision, first_id, user) { Ok(key) } else { Err(Error::NeedsPassword) }
}

/// Bytes of the key: 5 for revision 2; /Length, which some give in bytes, for the others.
fn key_length(dictionary: &Dictionary, revision: i64) -> Result<usize, Error> {
    if revision == 2 || dictionary.get("V").and_then(Object::as_integer) == Some(1) {
        return Ok(5);
    }
    // 7.6.6: crypt filters of version 4 have keys of 128 bits, whatever /Length says.
    if dictionary.get("V").and_then(Object::as_integer) == Some(4) {
        return Ok(16);
    }
    let length = dictionary.get("Length").and_then(Object::as_integer).unwrap_or(40);
    let bytes = if length < 40 { length } else { length / 8 };
    usize::try_from(bytes).ok().filter(|bytes| (5..=16).contains(bytes)).ok_or(Error::UnsupportedEncryption)
}

fn matches_user(key: &[u8], revision: i64, first_id: &[u8], user: &[u8]) -> bool {
    if revision == 2 {
        let mut expected = PADDING;
        rc4::apply(key, &mut expected);
        return expected.starts_with(user);
    }
    let mut hash = Md5::new();
    hash.update(PADDING);
    hash.update(first_id);
    let mut expected = hash.finalize().to_vec();
    for round in 0..20_u8 {
        let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
        rc4::apply(&turned, &mut expected);
    }
    expected == user
}

/// Algorithm 2.A, for the empty password.
fn new_key(dictionary: &Dictionary, revision: i64) -> Result<Vec<u8>, Error> {
    let string = |key: &str| dictionary.get(key).and_then(Object::as_string);
    let user = string("U").ok_or(Error::UnsupportedEncryption)?;
    let (Some(expected), Some(validation_salt), Some(key_salt)) =
        (user.get(..32), user.get(32..40), user.get(40..48))
    else {
        return Err(Error::UnsupportedEncryption);
    };
    let wrapped = string("UE").and_then(|wrapped| wrapped.get(..32)).ok_or(Error::UnsupportedEncryption)?;
    if hash(revision, validation_salt) != expected {
        return Err(Error::NeedsPassword);
    }
    let key = cipher::cbc_decrypt(&hash(revision, key_salt), &[0; 16], wrapped);
    if key.len() == 32 { Ok(key) } else { Err(Error::UnsupportedEncryption) }
}

/// Algorithm 2.B for the empty password and no user key; revision 5 stops after its first step.
fn hash(revision: i64, salt: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest(salt).to_vec();
    if revision < 6 {
        return key;
    }
    let mut round = 0_u32;
    loop {
        let block = key.repeat(64);
        let (Some(aes_key), Some(vector)) =
            (key.first_chunk::<16>(), key.get(16..).and_then(|rest| rest.first_chunk()))
        else {
            return key;
        };
        let encrypted = cipher::cbc_encrypt_128(aes_key, vector, &block);
        // The first 16 bytes as a number modulo 3; 256 is 1 modulo 3, so their sum will do.
        let sum: u32 = encrypted.iter().take(16).map(|byte| u32::from(*byte)).sum();
        key = match sum % 3 {
            0 => Sha256::digest(&encrypted).to_vec(),
            1 => Sha384::digest(&encrypted).to_vec(),
            _ => Sha512::digest(&encrypted).to_vec(),
        };
        round = round.saturating_add(1);
        let last = encrypted.last().copied().map_or(0, u32::from);
        // At least 64 rounds; the last byte is at most 255, so it ends before round 288.
        if round >= 64 && last <= round.saturating_sub(32) {
            key.truncate(32);
            return key;
        }
    }
}
