//! PKCS#12 files that `openssl` made.

use crate::openssl::OpenSsl;
use pki::{KeyError, KeyPair, Pkcs12Error, SignatureAlgorithm, Signer, open_pkcs12};

fn file(key: &str, options: &str) -> Vec<u8> {
    let openssl = OpenSsl::new();
    openssl.must("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=Root -days 30 -out ca.pem");
    openssl.must(&format!("genpkey {key} -out leaf.key"));
    openssl.must("req -new -key leaf.key -subj /CN=Leaf -out leaf.csr");
    openssl.must("x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out leaf.pem");
    let from = "-inkey leaf.key -in leaf.pem -certfile ca.pem";
    openssl.must(&format!("pkcs12 -export {from} -passout pass:geheim {options} -out leaf.p12"));
    openssl.read("leaf.p12")
}

const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";

#[test]
fn a_key_comes_out_with_its_certificate_and_its_issuers() {
    for (key, algorithm) in
        [(P256, SignatureAlgorithm::EcdsaP256Sha256), (RSA, SignatureAlgorithm::RsaPkcs1Sha256)]
    {
        let identity = open_pkcs12(&file(key, ""), "geheim").expect("opened");
        assert_eq!(identity.key.algorithm(), algorithm);
        assert_eq!(identity.certificate.subject(), "Leaf");
        assert_eq!(identity.chain.iter().map(pki::Certificate::subject).collect::<Vec<_>>(), ["Root"]);
        assert!(identity.certificate.is_signed_by(&identity.chain[0]).is_ok());
    }
}

#[test]
fn files_of_older_software_are_read_too() {
    let old = file(RSA, "-legacy");
    assert_eq!(open_pkcs12(&old, "geheim").expect("opened").certificate.subject(), "Leaf");
}

#[test]
fn a_wrong_passphrase_is_told_from_a_file_of_another_kind() {
    let bytes = file(P256, "");
    assert_eq!(open_pkcs12(&bytes, "falsch").err(), Some(Pkcs12Error::Passphrase));
    assert_eq!(open_pkcs12(b"%PDF-1.7", "geheim").err(), Some(Pkcs12Error::Unreadable));
}

#[test]
fn a_key_that_is_not_taken_is_named() {
    let curve = file("-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "");
    assert_eq!(open_pkcs12(&curve, "geheim").err(), Some(Pkcs12Error::Key(KeyError::Unsupported)));
    let short = file("-algorithm RSA -pkeyopt rsa_keygen_bits:1024", "");
    assert_eq!(open_pkcs12(&short, "geheim").err(), Some(Pkcs12Error::Key(KeyError::Length)));
}

#[test]
fn an_openssl_key_is_read_and_its_signature_is_openssls_own() {
    let openssl = OpenSsl::new();
    openssl.must(&format!("genpkey {RSA} -out key.pem"));
    openssl.must("pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.der");
    openssl.must("pkey -in key.pem -pubout -out pub.pem");
    let key = KeyPair::from_pkcs8(&openssl.read("key.der")).expect("read");
    openssl.write("message", b"message");
    openssl.write("value", key.sign(b"message").expect("signed"));
    openssl.must("dgst -sha256 -verify pub.pem -signature value message");
}
