//! The signature of an ID token, by the keys that the provider publishes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::verify;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, decode_header};
use serde::Deserialize;
use serde_json::Value;

use super::OidcRefusal;
use super::claims::Claims;

/// The claims of a token whose signature is right. Nothing else of them is judged here.
pub(super) fn signed_claims(token: &str, jwks: &str) -> Result<Claims, OidcRefusal> {
    let header = decode_header(token).map_err(|_| OidcRefusal::Algorithm)?;
    // OpenID Connect Core 1.0, 15.1 asks for RS256, which all providers have; ES256 is the other one in use. `none` and
    // the algorithms with a shared secret are not among them, whatever a key says of itself. RFC 7515 4.1.11: whoever
    // does not know what `crit` names does not accept the token, and we know none.
    if !matches!(header.alg, Algorithm::RS256 | Algorithm::ES256) || header.crit.is_some() {
        return Err(OidcRefusal::Algorithm);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(OidcRefusal::Algorithm)?;
    let keys = keys(jwks)?;
    let mut fitting = keys.iter().filter(|key| fits(key, header.alg, header.kid.as_deref())).peekable();
    if fitting.peek().is_none() {
        return Err(OidcRefusal::UnknownKey);
    }
    let signed = |key: DecodingKey| verify(signature, message.as_bytes(), &key, header.alg).unwrap_or(false);
    // The library's own way from token to claims would read the clock.
    if !fitting.filter_map(|key| DecodingKey::from_jwk(key).ok()).any(signed) {
        return Err(OidcRefusal::Signature);
    }
    let (_, claims) = message.split_once('.').ok_or(OidcRefusal::Claims)?;
    let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| OidcRefusal::Claims)?;
    serde_json::from_slice(&claims).map_err(|_| OidcRefusal::Claims)
}

/// RFC 7517 5: keys of kinds that we do not know are passed over, and do not spoil the others.
fn keys(jwks: &str) -> Result<Vec<Jwk>, OidcRefusal> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<Value>,
    }
    let set: Set = serde_json::from_str(jwks).map_err(|_| OidcRefusal::Keys)?;
    Ok(set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect())
}

/// Whether a key may have made the signature: it is for signatures, of the algorithm's kind, and the one that is named.
fn fits(key: &Jwk, algorithm: Algorithm, id: Option<&str>) -> bool {
    let (kind, own) = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256) => (true, KeyAlgorithm::RS256),
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES256) => {
            (curve.curve == EllipticCurve::P256, KeyAlgorithm::ES256)
        }
        _ => return false,
    };
    kind && key.common.key_algorithm.as_ref().is_none_or(|said| *said == own)
        && !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption))
        && id.is_none_or(|id| key.common.key_id.as_deref().is_none_or(|own| own == id))
}
