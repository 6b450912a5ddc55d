//! The standard security handler with the empty user password (7.6.4), revisions 2 to 6.
//!
//! It reads what is encrypted and encrypts what a revision adds with the file's own key. It keeps nobody out: whoever
//! has the file has the empty password too. So its initialisation vectors may come from a hash of what they begin.

mod cipher;
mod key;
mod rc4;

use crate::error::Error;
use crate::object::{Dictionary, Name, Object, ObjectId};

/// How strings, or streams, are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    /// Not at all.
    Identity,
    /// RC4 with a key per object.
    Rc4,
    /// AES-128-CBC with a key per object.
    Aes128,
    /// AES-256-CBC with the file's key.
    Aes256,
}

/// The file's key and what it is used for.
pub(crate) struct Handler {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
    metadata: bool,
    permits_signing: bool,
    /// The encryption dictionary's own object: its strings are never encrypted.
    own: Option<ObjectId>,
}

impl Handler {
    /// From the encryption dictionary (resolved through and through) and the first file identifier.
    pub(crate) fn open(
        dictionary: &Dictionary,
        first_id: &[u8],
        own: Option<ObjectId>,
    ) -> Result<Self, Error> {
        if !dictionary.is("Filter", "Standard") {
            return Err(Error::UnsupportedEncryption);
        }
        let integer = |key: &str| dictionary.get(key).and_then(Object::as_integer);
        let version = integer("V").unwrap_or(0);
        let (strings, streams) = match version {
            1 | 2 => (Method::Rc4, Method::Rc4),
            4 | 5 => (method(dictionary, "StrF", version)?, method(dictionary, "StmF", version)?),
            _ => return Err(Error::UnsupportedEncryption),
        };
        let metadata = dictionary.get("EncryptMetadata").and_then(Object::as_boolean).unwrap_or(true);
        let key = key::file_key(dictionary, first_id, metadata)?;
        let permits_signing = permits_signing(integer("P").unwrap_or(-1), integer("R").unwrap_or(0));
        Ok(Self { key, strings, streams, metadata, permits_signing, own })
    }

    /// Decrypts an object in place. Objects that were in an object stream are not to be given here (7.6.2).
    pub(crate) fn decrypt(&self, id: ObjectId, object: &mut Object) {
        if self.own == Some(id) {
            return;
        }
        if let Object::Stream(stream) = object {
            let method = self.stream_method(&stream.dictionary);
            stream.data = cipher::decrypt(method, &self.key, id, std::mem::take(&mut stream.data));
        }
        self.each_string(object, &mut |bytes| {
            *bytes = cipher::decrypt(self.strings, &self.key, id, std::mem::take(bytes));
        });
    }

    /// Whether the author's permissions allow filling forms and signing.
    pub(crate) fn permits_signing(&self) -> bool {
        self.permits_signing
    }

    /// Whether this is the encryption dictionary's own object.
    pub(crate) fn is_own(&self, id: ObjectId) -> bool {
        self.own == Some(id)
    }

    /// Encrypts an object in place.
    pub(crate) fn encrypt(&self, id: ObjectId, object: &mut Object) {
        if self.own == Some(id) {
            return;
        }
        if let Object::Stream(stream) = object {
            let method = self.stream_method(&stream.dictionary);
            stream.data = cipher::encrypt(method, &self.key, id, std::mem::take(&mut stream.data));
        }
        self.each_string(object, &mut |bytes| {
            *bytes = cipher::encrypt(self.strings, &self.key, id, std::mem::take(bytes));
        });
    }

    fn stream_method(&self, dictionary: &Dictionary) -> Method {
        // 7.5.8.2: cross-reference streams are never encrypted.
        if dictionary.is("Type", "XRef") || (!self.metadata && dictionary.is("Type", "Metadata")) {
            return Method::Identity;
        }
        // 7.4.10: a Crypt filter without a name, or of the name Identity, leaves the stream alone.
        let first = |key: &str| match dictionary.get(key) {
            Some(Object::Array(items)) => items.first(),
            other => other,
        };
        let is_exempt = first("Filter").is_some_and(|filter| filter.is_name("Crypt"))
            && first("DecodeParms")
                .and_then(Object::as_dictionary)
                .is_none_or(|values| values.get("Name").is_none_or(|name| name.is_name("Identity")));
        if is_exempt { Method::Identity } else { self.streams }
    }

    fn each_string(&self, object: &mut Object, change: &mut dyn FnMut(&mut Vec<u8>)) {
        if self.strings == Method::Identity {
            return;
        }
        match object {
            Object::String(bytes) => change(bytes),
            Object::Array(items) => items.iter_mut().for_each(|item| self.each_string(item, change)),
            Object::Dictionary(dictionary) => self.each_in_dictionary(dictionary, change),
            Object::Stream(stream) if !stream.dictionary.is("Type", "XRef") => {
                self.each_in_dictionary(&mut stream.dictionary, change);
            }
            _ => {}
        }
    }

    fn each_in_dictionary(&self, dictionary: &mut Dictionary, change: &mut dyn FnMut(&mut Vec<u8>)) {
        // 7.6.2: /Contents of a signature dictionary is exempt, its other strings are not.
        let is_signature = dictionary.has("ByteRange");
        for (key, value) in dictionary.values_mut() {
            if !(is_signature && *key == "Contents") {
                self.each_string(value, change);
            }
        }
    }
}

/// Table 22: bit 4 allows changes, bit 6 annotating and filling forms; from revision 3 on bit 9 allows filling alone.
fn permits_signing(permissions: i64, revision: i64) -> bool {
    let bit = |number: u32| permissions & (1_i64 << number.saturating_sub(1)) != 0;
    bit(4) || bit(6) || (revision >= 3 && bit(9))
}

/// 7.6.6: what a crypt filter named by `key` does.
fn method(dictionary: &Dictionary, key: &str, version: i64) -> Result<Method, Error> {
    let Some(name) = dictionary.get(key).and_then(Object::as_name) else { return Ok(Method::Identity) };
    if *name == "Identity" {
        return Ok(Method::Identity);
    }
    let filter = dictionary
        .get("CF")
        .and_then(Object::as_dictionary)
        .and_then(|filters| filters.iter().find(|(known, _)| *known == name))
        .and_then(|(_, filter)| filter.as_dictionary())
        .ok_or(Error::UnsupportedEncryption)?;
    match filter.get("CFM").and_then(Object::as_name).map(Name::as_bytes) {
        None | Some(b"None") => Ok(Method::Identity),
        Some(b"V2") if version == 4 => Ok(Method::Rc4),
        Some(b"AESV2") if version == 4 => Ok(Method::Aes128),
        Some(b"AESV3") if version == 5 => Ok(Method::Aes256),
        Some(_) => Err(Error::UnsupportedEncryption),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_three_bits_permits_signing() {
        for (permissions, revision, expected) in [
            (-1, 6, true),
            (0, 6, false),
            (8, 2, true),
            (32, 2, true),
            (256, 3, true),
            (256, 2, false),
            (4, 6, false),
        ] {
            assert_eq!(permits_signing(permissions, revision), expected, "{permissions} {revision}");
        }
    }
}
