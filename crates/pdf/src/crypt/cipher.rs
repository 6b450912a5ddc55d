//! One string or stream (7.6.3).

use aes::cipher::{
    BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::NoPadding, block_padding::Pkcs7,
};
use md5::{Digest, Md5};

use super::{Method, rc4};
use crate::object::ObjectId;

const BLOCK: usize = 16;

/// Algorithm 1: the key for one object.
fn object_key(method: Method, key: &[u8], id: ObjectId) -> Vec<u8> {
    if method == Method::Aes256 {
        return key.to_vec();
    }
    let [n0, n1, n2, _] = id.number.to_le_bytes();
    let [g0, g1] = id.generation.to_le_bytes();
    let mut hash = Md5::new();
    hash.update(key);
    hash.update([n0, n1, n2, g0, g1]);
    if method == Method::Aes128 {
        hash.update(b"sAlT");
    }
    let mut digest = hash.finalize().to_vec();
    digest.truncate(key.len().saturating_add(5).min(BLOCK));
    digest
}

pub(super) fn decrypt(method: Method, key: &[u8], id: ObjectId, mut data: Vec<u8>) -> Vec<u8> {
    match method {
        Method::Identity => data,
        Method::Rc4 => {
            rc4::apply(&object_key(method, key, id), &mut data);
            data
        }
        Method::Aes128 | Method::Aes256 => {
            let key = object_key(method, key, id);
            let Some((vector, body)) = data.split_first_chunk::<BLOCK>() else { return Vec::new() };
            // What is no whole block was cut off; the rest is still worth reading.
            let whole = body.len().saturating_sub(body.len() % BLOCK);
            let mut out = cbc_decrypt(&key, vector, body.get(..whole).unwrap_or_default());
            // 7.6.3.1: padded as in RFC 8018; what is not padded so is left as it is.
            let padding = out.last().copied().map_or(0, usize::from);
            if (1..=BLOCK).contains(&padding) {
                out.truncate(out.len().saturating_sub(padding));
            }
            out
        }
    }
}

pub(super) fn encrypt(method: Method, key: &[u8], id: ObjectId, mut data: Vec<u8>) -> Vec<u8> {
    match method {
        Method::Identity => data,
        Method::Rc4 => {
            rc4::apply(&object_key(method, key, id), &mut data);
            data
        }
        Method::Aes128 | Method::Aes256 => {
            let key = object_key(method, key, id);
            let vector = initialisation_vector(&key, id, &data);
            let mut out = vector.to_vec();
            out.extend(
                match method {
                    Method::Aes128 => cbc::Encryptor::<aes::Aes128>::new_from_slices(&key, &vector)
                        .map(|cipher| cipher.encrypt_padded_vec::<Pkcs7>(&data)),
                    _ => cbc::Encryptor::<aes::Aes256>::new_from_slices(&key, &vector)
                        .map(|cipher| cipher.encrypt_padded_vec::<Pkcs7>(&data)),
                }
                .expect("the key has the length that `Handler::open` has checked"),
            );
            out
        }
    }
}

/// A vector that differs for each object and content, without a random source.
fn initialisation_vector(key: &[u8], id: ObjectId, data: &[u8]) -> [u8; BLOCK] {
    use sha2::Sha256;
    let mut hash = Sha256::new();
    hash.update(key);
    hash.update(id.number.to_be_bytes());
    hash.update(data);
    let digest = hash.finalize();
    std::array::from_fn(|place| digest.get(place).copied().unwrap_or(0))
}

/// AES-CBC without padding; whole blocks only. Empty where key or data have another length than they must.
pub(super) fn cbc_decrypt(key: &[u8], vector: &[u8; BLOCK], data: &[u8]) -> Vec<u8> {
    let result = match key.len() {
        16 => cbc::Decryptor::<aes::Aes128>::new_from_slices(key, vector)
            .ok()
            .and_then(|cipher| cipher.decrypt_padded_vec::<NoPadding>(data).ok()),
        _ => cbc::Decryptor::<aes::Aes256>::new_from_slices(key, vector)
            .ok()
            .and_then(|cipher| cipher.decrypt_padded_vec::<NoPadding>(data).ok()),
    };
    result.unwrap_or_default()
}

/// AES-128-CBC without padding; `data` has whole blocks.
pub(super) fn cbc_encrypt_128(key: &[u8; BLOCK], vector: &[u8; BLOCK], data: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<aes::Aes128>::new(key.into(), vector.into()).encrypt_padded_vec::<NoPadding>(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encrypted_is_decrypted_again_by_every_method() {
        for (method, length) in
            [(Method::Rc4, 5), (Method::Rc4, 16), (Method::Aes128, 16), (Method::Aes256, 32)]
        {
            for text in [&b""[..], b"sixteen bytes !!", b"seventeen bytes !"] {
                let key = vec![7; length];
                let id = ObjectId { number: 70_000, generation: 3 };
                let encrypted = encrypt(method, &key, id, text.to_vec());
                assert_eq!(decrypt(method, &key, id, encrypted), text, "{method:?}");
            }
        }
    }

    #[test]
    fn truncated_ciphertext_is_no_disaster() {
        let encrypted = encrypt(Method::Aes256, &[1; 32], ObjectId::new(1), vec![65; 40]);
        for length in 0..encrypted.len() {
            decrypt(Method::Aes256, &[1; 32], ObjectId::new(1), encrypted[..length].to_vec());
        }
    }
}
