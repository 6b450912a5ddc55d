//! Certification paths: from a signer's certificate to a root that is trusted (RFC 5280 6.1).

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280;
use jiff::Timestamp;

use crate::certificate::Certificate;
use crate::verify_signature::SignatureError;

/// A path that was found valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The certificates, the signer's first, the trusted root last. One where the signer's own is trusted.
    pub certificates: Vec<Certificate>,
    /// What should not be relied on any more in it, such as a signature with SHA-1.
    pub weaknesses: Vec<String>,
}

/// Why there is no valid path. Where several attempts failed, the one that came nearest to a root is told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathError {
    /// No issuer of this subject is known. Usual cause: the root is not among the trusted ones.
    IssuerUnknown {
        /// Whose issuer is missing.
        subject: String,
    },
    /// A certificate's time is over.
    Expired {
        /// Whose.
        subject: String,
        /// Its last moment.
        not_after: Timestamp,
    },
    /// A certificate's time has not come.
    NotYetValid {
        /// Whose.
        subject: String,
        /// Its first moment.
        not_before: Timestamp,
    },
    /// An issuer is not an authority (4.2.1.9), or its key usage does not let it issue (4.2.1.3).
    NotAnAuthority {
        /// Which issuer.
        subject: String,
    },
    /// More authorities below an issuer than its path length allows (4.2.1.9).
    TooLong {
        /// Which issuer.
        subject: String,
    },
    /// A critical extension that is not understood here (4.2), so that nothing may be built on the certificate.
    UnknownCriticalExtension {
        /// Whose.
        subject: String,
        /// Which.
        extension: String,
    },
    /// An issuer's key did not make the signature on a certificate.
    Signature {
        /// Whose.
        subject: String,
        /// What is wrong.
        reason: SignatureError,
    },
    /// The certificates lead into each other in too many ways to try.
    TooManyWays,
}

impl std::fmt::Display for PathError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::IssuerUnknown { subject } => {
                write!(formatter, "the issuer of \u{201c}{subject}\u{201d} is not among the trusted ones")
            }
            Self::Expired { subject, not_after } => {
                write!(formatter, "the certificate of \u{201c}{subject}\u{201d} expired on {not_after}")
            }
            Self::NotYetValid { subject, not_before } => {
                write!(
                    formatter,
                    "the certificate of \u{201c}{subject}\u{201d} is valid from {not_before} only"
                )
            }
            Self::NotAnAuthority { subject } => {
                write!(formatter, "\u{201c}{subject}\u{201d} issued a certificate but is not an authority")
            }
            Self::TooLong { subject } => {
                write!(formatter, "there are more authorities below \u{201c}{subject}\u{201d} than it allows")
            }
            Self::UnknownCriticalExtension { subject, extension } => write!(
                formatter,
                "the certificate of \u{201c}{subject}\u{201d} has a critical extension that is not understood: {extension}"
            ),
            Self::Signature { subject, reason } => {
                write!(formatter, "the signature on the certificate of \u{201c}{subject}\u{201d}: {reason}")
            }
            Self::TooManyWays => {
                formatter.write_str("the certificates lead into each other in too many ways")
            }
        }
    }
}

impl std::error::Error for PathError {}

/// Certificates in a path, the root included.
const MAX_LENGTH: usize = 10;
/// Signature checks in one search; honest chains need a handful, crossed ones grow exponentially.
const MAX_CHECKS: usize = 100;

/// Searches a path from `leaf` through `pool` to one of `roots`, valid at `at`.
///
/// Judged: signatures, dates (the root's too), names, basic constraints, key usage, critical extensions. Not judged:
/// revocation, policies, name constraints (a path with critical name constraints is refused).
///
/// # Errors
/// See [`PathError`].
pub fn build_path(
    leaf: &Certificate,
    pool: &[Certificate],
    roots: &[Certificate],
    at: Timestamp,
) -> Result<Path, PathError> {
    let mut search = Search { pool, roots, at, checks: 0, nearest: None };
    let mut chain = vec![leaf.clone()];
    let mut weaknesses = Vec::new();
    if search.extend(&mut chain, &mut weaknesses) {
        return Ok(Path { certificates: chain, weaknesses });
    }
    let (_, error) = search.nearest.expect("a search that finds nothing says why");
    Err(error)
}

struct Search<'a> {
    pool: &'a [Certificate],
    roots: &'a [Certificate],
    at: Timestamp,
    checks: usize,
    /// The failure to tell, and how near to a root it was.
    nearest: Option<(usize, PathError)>,
}

impl Search<'_> {
    /// Goes on from the last certificate of the chain; true when a root was reached.
    fn extend(&mut self, chain: &mut Vec<Certificate>, weaknesses: &mut Vec<String>) -> bool {
        let last = chain.last().expect("a chain starts with the leaf").clone();
        if let Err(error) = check_alone(&last, self.at) {
            // Dates and extensions do not depend on the way: nothing nearer can be found through here.
            return self.failed(chain.len() * 4 + 2, error);
        }
        if self.roots.contains(&last) {
            return true;
        }
        if chain.len() >= MAX_LENGTH {
            return self.failed(chain.len(), PathError::TooLong { subject: last.subject() });
        }
        let mut known = false;
        let candidates =
            self.roots.iter().map(|root| (root, true)).chain(self.pool.iter().map(|one| (one, false)));
        for (issuer, trusted) in candidates {
            if !last.names_as_issuer(issuer) || chain.contains(issuer) || !keys_may_match(&last, issuer) {
                continue;
            }
            known = true;
            if self.checks >= MAX_CHECKS {
                return self.failed(usize::MAX, PathError::TooManyWays);
            }
            self.checks += 1;
            let near = chain.len() * 4 + if trusted { 3 } else { 1 };
            match check_link(chain, &last, issuer) {
                Err(error) => {
                    self.failed(near, error);
                }
                Ok(weakness) => {
                    let before = weaknesses.len();
                    weaknesses.extend(weakness);
                    chain.push(issuer.clone());
                    if self.extend(chain, weaknesses) {
                        return true;
                    }
                    chain.pop();
                    weaknesses.truncate(before);
                }
            }
        }
        if known {
            false
        } else {
            self.failed(chain.len() * 4, PathError::IssuerUnknown { subject: last.subject() })
        }
    }

    fn failed(&mut self, near: usize, error: PathError) -> bool {
        if self.nearest.as_ref().is_none_or(|(before, _)| near > *before) {
            self.nearest = Some((near, error));
        }
        false
    }
}

/// Key identifiers help to choose; only where both are given and differ do they exclude (4.2.1.1).
fn keys_may_match(subject: &Certificate, issuer: &Certificate) -> bool {
    match (subject.authority_key(), issuer.subject_key()) {
        (Some(wanted), Some(offered)) => wanted == offered,
        _ => true,
    }
}

/// Extensions whose meaning is judged here, or that do not bear on a document's signature when they are critical.
const UNDERSTOOD: &[ObjectIdentifier] = &[
    rfc5280::ID_CE_BASIC_CONSTRAINTS,
    rfc5280::ID_CE_KEY_USAGE,
    rfc5280::ID_CE_EXT_KEY_USAGE,
    rfc5280::ID_CE_SUBJECT_ALT_NAME,
    rfc5280::ID_CE_SUBJECT_KEY_IDENTIFIER,
    rfc5280::ID_CE_AUTHORITY_KEY_IDENTIFIER,
    rfc5280::ID_CE_CERTIFICATE_POLICIES,
    rfc5280::ID_CE_CRL_DISTRIBUTION_POINTS,
];

/// 6.1.3 (a)(2), 6.1.4 (o), 6.1.5 (f).
fn check_alone(certificate: &Certificate, at: Timestamp) -> Result<(), PathError> {
    let subject = || certificate.subject();
    if let Some(extension) = certificate
        .extensions()
        .iter()
        .find(|extension| extension.critical && !UNDERSTOOD.contains(&extension.extn_id))
    {
        let extension = extension.extn_id.to_string();
        return Err(PathError::UnknownCriticalExtension { subject: subject(), extension });
    }
    if at < certificate.not_before() {
        return Err(PathError::NotYetValid { subject: subject(), not_before: certificate.not_before() });
    }
    if at > certificate.not_after() {
        return Err(PathError::Expired { subject: subject(), not_after: certificate.not_after() });
    }
    Ok(())
}

/// 6.1.3 (a)(1) and (a)(4), 6.1.4 (k) to (n). `chain` is what stands below the issuer, `last` its end.
fn check_link(
    chain: &[Certificate],
    last: &Certificate,
    issuer: &Certificate,
) -> Result<Option<String>, PathError> {
    let not_an_authority = || PathError::NotAnAuthority { subject: issuer.subject() };
    match issuer.basic_constraints() {
        Some(constraints) if constraints.ca => {
            // Self-issued certificates do not count (6.1.4 (l)); the leaf never does.
            let below = chain.iter().skip(1).filter(|one| !one.is_self_issued()).count();
            if constraints.path_len_constraint.is_some_and(|most| below > usize::from(most)) {
                return Err(PathError::TooLong { subject: issuer.subject() });
            }
        }
        // A version 1 root has no extensions; being trusted, and signing itself, is all that it says.
        None if issuer.extensions().is_empty() && issuer.is_self_issued() => {}
        _ => return Err(not_an_authority()),
    }
    let has_usage = issuer.extensions().iter().any(|extension| extension.extn_id == rfc5280::ID_CE_KEY_USAGE);
    if has_usage && !issuer.key_usage().is_some_and(|usage| usage.key_cert_sign()) {
        return Err(not_an_authority());
    }
    last.is_signed_by(issuer)
        .map(|accepted| {
            accepted
                .weakness
                .map(|weakness| format!("certificate of \u{201c}{}\u{201d}: {weakness}", last.subject()))
        })
        .map_err(|reason| PathError::Signature { subject: last.subject(), reason })
}
