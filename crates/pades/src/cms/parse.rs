//! Reading strangers' signatures, RFC 5652 5.

use const_oid::ObjectIdentifier;
use pki::asn1::{Malformed, Tlv, Unconvertible, tag, to_definite_lengths};

use super::SIGNED_DATA;

/// A `SignedData` with its parts as they stand. `'a` is that of the definite-length bytes.
#[derive(Debug)]
pub(crate) struct SignedData<'a> {
    pub(crate) content_type: ObjectIdentifier,
    /// The content, where it is inside.
    pub(crate) content: Option<&'a [u8]>,
    /// DER of the X.509 certificates; other kinds are left out.
    pub(crate) certificates: Vec<&'a [u8]>,
    pub(crate) signers: Vec<SignerInfo<'a>>,
}

#[derive(Debug)]
pub(crate) struct SignerInfo<'a> {
    pub(crate) id: SignerId<'a>,
    pub(crate) digest_algorithm: ObjectIdentifier,
    /// The attributes as they stand, tag [0] and all; and one by one.
    pub(crate) signed_attributes: Option<(&'a [u8], Vec<Attribute<'a>>)>,
    /// DER `AlgorithmIdentifier`.
    pub(crate) algorithm: &'a [u8],
    pub(crate) value: &'a [u8],
    pub(crate) unsigned_attributes: Vec<Attribute<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignerId<'a> {
    /// Issuer's name (DER) and serial number (octets).
    IssuerAndSerial(&'a [u8], &'a [u8]),
    SubjectKey(&'a [u8]),
}

#[derive(Debug, Clone)]
pub(crate) struct Attribute<'a> {
    pub(crate) oid: ObjectIdentifier,
    pub(crate) values: Vec<Tlv<'a>>,
}

/// Why bytes are no `SignedData`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParseError {
    Encoding(Unconvertible),
    Structure,
}

impl From<Malformed> for ParseError {
    fn from(_: Malformed) -> Self {
        Self::Structure
    }
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoding(reason) => reason.fmt(formatter),
            Self::Structure => formatter.write_str("the bytes are not a CMS SignedData"),
        }
    }
}

impl<'a> SignedData<'a> {
    /// The definite-length form of the structure that `contents` begins with, and how many bytes it took; zeros that
    /// pad a /Contents string come after it.
    pub(crate) fn normalise(contents: &[u8]) -> Result<(Vec<u8>, usize), ParseError> {
        to_definite_lengths(contents).map_err(ParseError::Encoding)
    }

    /// Reads a `ContentInfo` that holds `SignedData`.
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, ParseError> {
        let mut content_info = Tlv::only(der)?.expect(tag::SEQUENCE)?.children();
        if content_info.any()?.object_identifier()? != SIGNED_DATA {
            return Err(ParseError::Structure);
        }
        let mut parts = content_info.take(tag::context(0))?.children().take(tag::SEQUENCE)?.children();
        parts.take(tag::INTEGER)?;
        parts.take(tag::SET)?;
        let mut encapsulated = parts.take(tag::SEQUENCE)?.children();
        let content_type = encapsulated.any()?.object_identifier()?;
        let content = match encapsulated.optional(tag::context(0))? {
            Some(content) => Some(content.children().take(tag::OCTET_STRING)?.value),
            None => None,
        };
        let certificates = match parts.optional(tag::context(0))? {
            Some(set) => {
                let all = set.children().all()?;
                all.into_iter().filter(|one| one.tag == tag::SEQUENCE).map(|one| one.raw).collect()
            }
            None => Vec::new(),
        };
        parts.optional(tag::context(1))?;
        let signers = parts.take(tag::SET)?.children().all()?;
        let signers = signers.into_iter().map(SignerInfo::read).collect::<Result<_, _>>()?;
        Ok(Self { content_type, content, certificates, signers })
    }
}

impl<'a> SignerInfo<'a> {
    fn read(element: Tlv<'a>) -> Result<Self, ParseError> {
        let mut parts = element.expect(tag::SEQUENCE)?.children();
        parts.take(tag::INTEGER)?;
        let id = parts.any()?;
        let id = match id.tag {
            tag::SEQUENCE => {
                let mut pair = id.children();
                SignerId::IssuerAndSerial(pair.take(tag::SEQUENCE)?.raw, pair.take(tag::INTEGER)?.value)
            }
            other if other == tag::context_primitive(0) => SignerId::SubjectKey(id.value),
            // Explicit tagging is wrong here but has been seen.
            other if other == tag::context(0) => {
                SignerId::SubjectKey(id.children().take(tag::OCTET_STRING)?.value)
            }
            _ => return Err(ParseError::Structure),
        };
        let digest_algorithm = parts.take(tag::SEQUENCE)?.children().any()?.object_identifier()?;
        let signed_attributes = match parts.optional(tag::context(0))? {
            Some(set) => Some((set.raw, attributes(set)?)),
            None => None,
        };
        let algorithm = parts.take(tag::SEQUENCE)?.raw;
        let value = parts.take(tag::OCTET_STRING)?.value;
        let unsigned_attributes = match parts.optional(tag::context(1))? {
            Some(set) => attributes(set)?,
            None => Vec::new(),
        };
        Ok(Self { id, digest_algorithm, signed_attributes, algorithm, value, unsigned_attributes })
    }

    /// The only value of a signed attribute. `Err` where it stands twice, which RFC 5652 11 forbids.
    pub(crate) fn signed(&self, oid: ObjectIdentifier) -> Result<Option<Tlv<'a>>, ParseError> {
        let Some((_, all)) = &self.signed_attributes else { return Ok(None) };
        let mut found = all.iter().filter(|attribute| attribute.oid == oid);
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(attribute), None) => match attribute.values.as_slice() {
                [value] => Ok(Some(*value)),
                _ => Err(ParseError::Structure),
            },
            (Some(_), Some(_)) => Err(ParseError::Structure),
        }
    }
}

fn attributes(set: Tlv<'_>) -> Result<Vec<Attribute<'_>>, ParseError> {
    let mut all = Vec::new();
    for element in set.children().all()? {
        let mut parts = element.expect(tag::SEQUENCE)?.children();
        let oid = parts.any()?.object_identifier()?;
        all.push(Attribute { oid, values: parts.take(tag::SET)?.children().all()? });
    }
    Ok(all)
}
