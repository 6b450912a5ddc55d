//! Whether the covered bytes, the signed attributes and the signature value fit together (RFC 5652 5.4 and 5.6).

use pdf::Source;
use pki::asn1::{Children, set_of, tag};
use pki::{Certificate, DigestAlgorithm, Hasher, SignatureError, Signed};

use super::VerifyError;
use super::byte_range::ByteRange;
use super::report::SubIndication;
use crate::cms::{CONTENT_TYPE, DATA, MESSAGE_DIGEST, SignedData, SignerInfo, TST_INFO};

/// How the signature relates to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `ETSI.CAdES.detached`.
    Cades,
    /// `adbe.pkcs7.detached`.
    Pkcs7,
    /// `adbe.pkcs7.sha1`: the content is the SHA-1 of the document.
    Pkcs7Sha1,
    /// `ETSI.RFC3161`: the content is a time stamp of the document.
    Rfc3161,
}

impl Form {
    pub(super) fn of(sub_filter: &str) -> Option<Self> {
        Some(match sub_filter {
            "ETSI.CAdES.detached" => Self::Cades,
            "adbe.pkcs7.detached" => Self::Pkcs7,
            "adbe.pkcs7.sha1" => Self::Pkcs7Sha1,
            "ETSI.RFC3161" => Self::Rfc3161,
            _ => return None,
        })
    }
}

/// Why a signature does not fit, or could not be told to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) sub_indication: SubIndication,
    pub(super) sentence: String,
    /// True where it is broken, false where it cannot be judged.
    pub(super) broken: bool,
}

impl Flaw {
    pub(super) fn format(sentence: impl Into<String>) -> Self {
        Self { sub_indication: SubIndication::FormatFailure, sentence: sentence.into(), broken: true }
    }

    fn hash(sentence: &str) -> Self {
        Self { sub_indication: SubIndication::HashFailure, sentence: sentence.into(), broken: true }
    }

    pub(super) fn unknown(sentence: impl Into<String>) -> Self {
        Self {
            sub_indication: SubIndication::CryptoConstraintsFailure,
            sentence: sentence.into(),
            broken: false,
        }
    }
}

/// How a fitting signature was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fits {
    pub(super) algorithm: String,
    pub(super) weaknesses: Vec<String>,
}

/// Hashes what the range covers, in pieces.
pub(super) fn hash_range(
    source: &dyn Source,
    range: ByteRange,
    algorithm: DigestAlgorithm,
) -> Result<Vec<u8>, VerifyError> {
    const CHUNK: usize = 256 << 10;
    let mut hasher = Hasher::new(algorithm);
    let mut buffer = vec![0; CHUNK];
    for (from, to) in [(0, range.first), (range.second, range.end)] {
        let mut offset = from;
        while offset < to {
            let take = usize::try_from(to - offset).unwrap_or(CHUNK).min(CHUNK);
            let piece = buffer.get_mut(..take).expect("a piece is never longer than the buffer");
            source.read_at(offset, piece).map_err(|error| VerifyError::Read(error.kind()))?;
            hasher.update(piece);
            offset += take as u64;
        }
    }
    Ok(hasher.finish())
}

/// Checks a signature whose bytes are hashed by `hash` (which reads the file).
pub(super) fn check(
    form: Form,
    data: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    certificate: &Certificate,
    hash: &dyn Fn(DigestAlgorithm) -> Result<Vec<u8>, VerifyError>,
) -> Result<Result<Fits, Flaw>, VerifyError> {
    let Some(algorithm) = DigestAlgorithm::from_oid(signer.digest_algorithm) else {
        return Ok(Err(Flaw::unknown(format!(
            "the hash algorithm {} is not judged",
            signer.digest_algorithm
        ))));
    };
    let digest = match content_digest(form, data, algorithm, hash)? {
        Ok(digest) => digest,
        Err(flaw) => return Ok(Err(flaw)),
    };
    Ok(check_value(form, data, signer, certificate, algorithm, &digest))
}

/// The hash of the content, by the algorithm that the signer names.
fn content_digest(
    form: Form,
    data: &SignedData<'_>,
    algorithm: DigestAlgorithm,
    hash: &dyn Fn(DigestAlgorithm) -> Result<Vec<u8>, VerifyError>,
) -> Result<Result<Vec<u8>, Flaw>, VerifyError> {
    let wanted_type = if form == Form::Rfc3161 { TST_INFO } else { DATA };
    if data.content_type != wanted_type {
        return Ok(Err(Flaw::format("the signature is about another kind of content")));
    }
    Ok(match (form, data.content) {
        (Form::Cades | Form::Pkcs7, None) => Ok(hash(algorithm)?),
        (Form::Cades | Form::Pkcs7, Some(_)) => {
            Err(Flaw::format("the signature holds its own content instead of covering the document"))
        }
        (Form::Pkcs7Sha1, Some(content)) => {
            if content == hash(DigestAlgorithm::Sha1)? {
                Ok(algorithm.digest(content))
            } else {
                Err(Flaw::hash("the covered bytes were changed after signing"))
            }
        }
        (Form::Rfc3161, Some(content)) => match super::timestamp::imprint(content) {
            Ok((imprint_algorithm, imprint)) if imprint == hash(imprint_algorithm)? => {
                Ok(algorithm.digest(content))
            }
            Ok(_) => Err(Flaw::hash("the covered bytes were changed after the time stamp")),
            Err(sentence) => Err(Flaw::format(sentence)),
        },
        (Form::Pkcs7Sha1 | Form::Rfc3161, None) => Err(Flaw::format("the signature holds no content")),
    })
}

fn check_value(
    form: Form,
    data: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    certificate: &Certificate,
    algorithm: DigestAlgorithm,
    digest: &[u8],
) -> Result<Fits, Flaw> {
    let mut weaknesses = Vec::new();
    if algorithm == DigestAlgorithm::Sha1 || form == Form::Pkcs7Sha1 {
        weaknesses.push("the document was hashed with SHA-1, which is broken".to_owned());
    }
    let Some((raw, _)) = &signer.signed_attributes else {
        if form == Form::Cades || form == Form::Rfc3161 {
            return Err(Flaw::format("the signature has no signed attributes"));
        }
        let accepted = accept(signer, certificate, algorithm, Signed::Digest(digest))?;
        weaknesses.extend(accepted.weakness);
        return Ok(Fits { algorithm: accepted.algorithm, weaknesses });
    };
    // RFC 5652 11.1 and 11.2: both have to be there, once.
    let content_type =
        signer.signed(CONTENT_TYPE).ok().flatten().and_then(|value| value.object_identifier().ok());
    if content_type != Some(data.content_type) {
        return Err(Flaw::format("the content-type attribute is missing or names another kind of content"));
    }
    let stated = signer.signed(MESSAGE_DIGEST).ok().flatten();
    let stated = stated.and_then(|value| value.expect(tag::OCTET_STRING).ok());
    let stated = stated.ok_or_else(|| Flaw::format("the message-digest attribute is missing"))?;
    if stated.value != digest {
        return Err(Flaw::hash("the covered bytes were changed after signing"));
    }
    let accepted = accept_attributes(signer, certificate, algorithm, raw)?;
    weaknesses.extend(accepted.weakness.filter(|_| weaknesses.is_empty()));
    Ok(Fits { algorithm: accepted.algorithm, weaknesses })
}

/// The attributes are hashed as a SET OF: as they stand, or, where the signer sorted them for hashing alone, sorted.
fn accept_attributes(
    signer: &SignerInfo<'_>,
    certificate: &Certificate,
    algorithm: DigestAlgorithm,
    raw: &[u8],
) -> Result<pki::Accepted, Flaw> {
    let mut as_set = raw.to_vec();
    if let Some(first) = as_set.first_mut() {
        *first = tag::SET;
    }
    let first = accept(signer, certificate, algorithm, Signed::Message(&as_set));
    if !matches!(&first, Err(flaw) if flaw.sub_indication == SubIndication::SigCryptoFailure) {
        return first;
    }
    let elements = pki::asn1::Tlv::only(raw).and_then(|set| Children::of(set.value).all());
    let sorted = elements.map(|all| set_of(tag::SET, all.iter().map(|one| one.raw.to_vec()).collect()));
    match sorted {
        Ok(sorted) if sorted != as_set => accept(signer, certificate, algorithm, Signed::Message(&sorted)),
        _ => first,
    }
}

fn accept(
    signer: &SignerInfo<'_>,
    certificate: &Certificate,
    algorithm: DigestAlgorithm,
    signed: Signed<'_>,
) -> Result<pki::Accepted, Flaw> {
    certificate.verify(signer.algorithm, algorithm, signed, signer.value).map_err(|error| match error {
        SignatureError::Wrong => Flaw {
            sub_indication: SubIndication::SigCryptoFailure,
            sentence: "the signature value does not fit the signer's certificate".into(),
            broken: true,
        },
        SignatureError::Malformed => {
            Flaw::format("the signature's algorithm or the signer's key cannot be read")
        }
        other => Flaw::unknown(other.to_string()),
    })
}
