//! Paths through certificates that `openssl` made: every algorithm, and every reason to refuse.

use crate::openssl::OpenSsl;
use jiff::{SignedDuration, Timestamp};
use pki::{Certificate, PathError, build_path};

const AUTHORITY: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
    subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
const END: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\n\
    subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";

/// Certificates made one under the other; each is named by its files.
struct Forge(OpenSsl);

impl Forge {
    fn new() -> Self {
        Self(OpenSsl::new())
    }

    /// A certificate for a new key, signed by `issuer` (or itself) with `hash` options such as `-sha256`.
    fn make(&self, name: &str, key: &str, extensions: &str, issuer: Option<&str>, hash: &str) -> Certificate {
        let openssl = &self.0;
        openssl.must(&format!("genpkey {key} -out {name}.key"));
        openssl.must(&format!("req -new -key {name}.key -subj /CN={name} -out {name}.csr"));
        openssl.write(&format!("{name}.ext"), extensions);
        let by = match issuer {
            Some(issuer) => format!("-CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial"),
            None => format!("-signkey {name}.key"),
        };
        openssl.must(&format!(
            "x509 -req -in {name}.csr {by} -days 30 -extfile {name}.ext {hash} -out {name}.pem"
        ));
        let pem = String::from_utf8(openssl.read(&format!("{name}.pem"))).expect("PEM is text");
        Certificate::from_pem(&pem).expect("a certificate")
    }
}

const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
const P384: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-384";
const P521: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-521";
const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
const ED25519: &str = "-algorithm ED25519";

fn in_a_week(leaf: &Certificate) -> Timestamp {
    leaf.not_before() + SignedDuration::from_hours(24 * 7)
}

#[test]
fn every_algorithm_in_use_carries_a_path() {
    let forge = Forge::new();
    for (number, (key, hash)) in [
        (P256, "-sha256"),
        (P384, "-sha384"),
        (P521, "-sha512"),
        (P256, "-sha512"),
        (RSA, "-sha256"),
        (RSA, "-sha384"),
        (RSA, "-sha512"),
        (RSA, "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32"),
        (RSA, "-sha512 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:64"),
        (ED25519, ""),
    ]
    .into_iter()
    .enumerate()
    {
        let (root_name, leaf_name) = (format!("root{number}"), format!("leaf{number}"));
        let root = forge.make(&root_name, key, AUTHORITY, None, hash);
        let leaf = forge.make(&leaf_name, P256, END, Some(&root_name), hash);
        let path = build_path(&leaf, &[], std::slice::from_ref(&root), in_a_week(&leaf));
        let path = path.unwrap_or_else(|error| panic!("{key} {hash}: {error}"));
        assert_eq!(path.certificates, [leaf, root]);
        assert!(path.weaknesses.is_empty());
    }
}

#[test]
fn sha_1_is_accepted_and_named() {
    let forge = Forge::new();
    let root = forge.make("root", RSA, AUTHORITY, None, "-sha256");
    let leaf = forge.make("leaf", P256, END, Some("root"), "-sha1");
    let path = build_path(&leaf, &[], &[root], in_a_week(&leaf)).expect("valid");
    assert!(path.weaknesses.first().is_some_and(|weakness| weakness.contains("SHA-1")));
}

#[test]
fn a_path_goes_through_the_pool_and_needs_its_root() {
    let forge = Forge::new();
    let root = forge.make("root", P256, AUTHORITY, None, "-sha256");
    let middle = forge.make("middle", P256, AUTHORITY, Some("root"), "-sha256");
    let leaf = forge.make("leaf", P256, END, Some("middle"), "-sha256");
    let at = in_a_week(&leaf);
    let pool = [leaf.clone(), root.clone(), middle.clone()];
    let path = build_path(&leaf, &pool, std::slice::from_ref(&root), at).expect("valid");
    assert_eq!(path.certificates, [leaf.clone(), middle.clone(), root.clone()]);
    let unknown = PathError::IssuerUnknown { subject: "root".into() };
    assert_eq!(build_path(&leaf, &pool, &[], at), Err(unknown));
    let cut = build_path(&leaf, &[], &[root], at);
    assert_eq!(cut, Err(PathError::IssuerUnknown { subject: "leaf".into() }));
    // What is trusted itself needs nobody.
    assert!(build_path(&leaf, &[], std::slice::from_ref(&leaf), at).is_ok());
}

#[test]
fn before_and_after_its_time_a_certificate_carries_nothing() {
    let forge = Forge::new();
    let root = forge.make("root", P256, AUTHORITY, None, "-sha256");
    let leaf = forge.make("leaf", P256, END, Some("root"), "-sha256");
    let judge = |at| build_path(&leaf, &[], std::slice::from_ref(&root), at);
    // The two are made one after the other, so that either may end first, by a second.
    assert!(judge(leaf.not_after().min(root.not_after())).is_ok());
    let late = judge(leaf.not_after() + SignedDuration::from_secs(1));
    assert!(matches!(late, Err(PathError::Expired { .. })), "{late:?}");
    let early = judge(leaf.not_before() - SignedDuration::from_secs(1));
    assert!(matches!(early, Err(PathError::NotYetValid { .. })), "{early:?}");
}

#[test]
fn an_end_does_not_become_an_authority() {
    let forge = Forge::new();
    let root = forge.make("root", P256, AUTHORITY, None, "-sha256");
    let end = forge.make("end", P256, END, Some("root"), "-sha256");
    let leaf = forge.make("leaf", P256, END, Some("end"), "-sha256");
    let judged = build_path(&leaf, &[end], &[root], in_a_week(&leaf));
    assert_eq!(judged, Err(PathError::NotAnAuthority { subject: "end".into() }));
}

#[test]
fn an_authority_without_certificate_signing_in_its_key_usage_does_not_issue() {
    let forge = Forge::new();
    let usage = AUTHORITY.replace("keyCertSign,cRLSign", "cRLSign");
    let root = forge.make("root", P256, &usage, None, "-sha256");
    let leaf = forge.make("leaf", P256, END, Some("root"), "-sha256");
    let judged = build_path(&leaf, &[], &[root], in_a_week(&leaf));
    assert_eq!(judged, Err(PathError::NotAnAuthority { subject: "root".into() }));
}

#[test]
fn the_path_length_is_kept() {
    let forge = Forge::new();
    let root = forge.make("root", P256, &AUTHORITY.replace("CA:TRUE", "CA:TRUE,pathlen:0"), None, "-sha256");
    let direct = forge.make("direct", P256, END, Some("root"), "-sha256");
    let middle = forge.make("middle", P256, AUTHORITY, Some("root"), "-sha256");
    let leaf = forge.make("leaf", P256, END, Some("middle"), "-sha256");
    let roots = [root];
    assert!(build_path(&direct, &[], &roots, in_a_week(&direct)).is_ok());
    let judged = build_path(&leaf, &[middle], &roots, in_a_week(&leaf));
    assert_eq!(judged, Err(PathError::TooLong { subject: "root".into() }));
}

#[test]
fn a_critical_extension_that_nobody_knows_ends_the_path() {
    let forge = Forge::new();
    let root = forge.make("root", P256, AUTHORITY, None, "-sha256");
    let odd = format!("{END}1.2.3.4=critical,ASN1:NULL\n");
    let leaf = forge.make("leaf", P256, &odd, Some("root"), "-sha256");
    let judged = build_path(&leaf, &[], &[root], in_a_week(&leaf));
    let extension = "1.2.3.4".to_owned();
    assert_eq!(judged, Err(PathError::UnknownCriticalExtension { subject: "leaf".into(), extension }));
}

#[test]
fn another_key_under_the_same_name_does_not_pass() {
    let (forge, other) = (Forge::new(), Forge::new());
    // Without key identifiers, so that the name alone leads to the wrong one.
    let plain = AUTHORITY
        .replace("subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n", "subjectKeyIdentifier=none\n");
    forge.make("root", P256, &plain, None, "-sha256");
    let impostor = other.make("root", P256, &plain, None, "-sha256");
    let end = END.replace("authorityKeyIdentifier=keyid\n", "");
    let leaf = forge.make("leaf", P256, &end, Some("root"), "-sha256");
    let judged = build_path(&leaf, &[], &[impostor], in_a_week(&leaf));
    assert!(matches!(judged, Err(PathError::Signature { .. })), "{judged:?}");
}
