//! Our own judgement of our own signatures.

use jiff::SignedDuration;
use pades::{
    Chain, Changes, Coverage, DocumentVerdict, Indication, Integrity, Options, SubIndication, verify,
};
use pdf::form::Lock;
use testkit::Pdf;

use crate::kit::{Person, authority, five_years_on, judged, now};

#[test]
fn a_signature_says_who_when_why_and_where_the_record_stood() {
    let authority = authority();
    let signed = Person::new(&authority, "Zoé Żółć").sign(&Pdf::one_page().bytes(), "Zoe");
    let report = judged(&signed, &[authority.certificate().clone()], now());
    assert_eq!(report.verdict, DocumentVerdict::Valid, "{report:#?}");
    let [signature] = report.signatures.as_slice() else { panic!("one signature") };
    let signer = signature.signer.as_ref().expect("the certificate is inside");
    assert_eq!(
        (signer.name.as_str(), signer.emails.as_slice()),
        ("Zoé Żółć", &["zoe@example.org".to_owned()][..])
    );
    assert_eq!(signature.field, "Zoe");
    assert_eq!(signature.sub_filter, "ETSI.CAdES.detached");
    assert_eq!(signature.indication, Indication::TotalPassed);
    assert_eq!(signature.claimed_time, Some(now()));
    assert_eq!(signature.reason.as_deref(), Some("J’accepte le contrat"));
    assert_eq!(signature.event_head.as_deref(), Some("ab".repeat(32).as_str()));
    assert_eq!(signature.signature_algorithm.as_deref(), Some("ECDSA P-256 with SHA-256"));
    assert_eq!((signature.coverage, signature.changes), (Coverage::WholeFile, Changes::NoneLater));
    assert_eq!(signature.chain, Chain::Trusted(vec!["Zoé Żółć".into(), "Countersign Test CA".into()]));
    assert_eq!(signature.not_judged, ["revocation"]);
}

#[test]
fn a_second_signature_leaves_the_first_valid_and_says_what_it_covered() {
    let authority = authority();
    let trust = [authority.certificate().clone()];
    let first = Person::new(&authority, "Ada").sign(&Pdf::contract().bytes(), "Ada");
    let second = Person::new(&authority, "Zoe").sign(&first, "Zoe");
    let both = Person::new(&authority, "Acme").sign_with(&second, "Seal", Lock::All);
    let report = judged(&both, &trust, five_years_on());
    assert_eq!(report.verdict, DocumentVerdict::Valid, "{report:#?}");
    let seen: Vec<_> =
        report.signatures.iter().map(|one| (one.field.as_str(), one.coverage, one.changes)).collect();
    assert_eq!(
        seen,
        [
            ("Ada", Coverage::WholeRevision, Changes::LaterSignedRevisions { revisions: 2 }),
            ("Zoe", Coverage::WholeRevision, Changes::LaterSignedRevisions { revisions: 1 }),
            ("Seal", Coverage::WholeFile, Changes::NoneLater),
        ]
    );
    assert_eq!(report.signatures[0].covered_to, first.len() as u64);
    assert!(report.signatures[0].not_judged.contains(&"changes after the signature".to_owned()));
}

#[test]
fn bytes_added_by_nobody_make_the_document_suspicious() {
    let authority = authority();
    let trust = [authority.certificate().clone()];
    let person = Person::new(&authority, "Zoe");
    let signed = person.sign(&Pdf::one_page().bytes(), "Zoe");
    // A revision that was prepared and never signed is one that nobody signed.
    let mut longer = signed.clone();
    longer.extend(Person::new(&authority, "Ada").tail(&signed, "Ada", Lock::None).bytes);
    let report = judged(&longer, &trust, now());
    let zoe = report.signatures.iter().find(|one| one.field == "Zoe").expect("still there");
    assert_eq!(zoe.integrity, Integrity::Intact);
    assert!(matches!(zoe.changes, Changes::Uncovered { .. }), "{:?}", zoe.changes);
    assert_ne!(report.verdict, DocumentVerdict::Valid);
    let mut junk = signed.clone();
    junk.extend_from_slice(b"% a comment that is longer than a line end\n");
    assert_eq!(judged(&junk, &trust, now()).verdict, DocumentVerdict::Suspicious);
    let mut blank = signed;
    blank.extend_from_slice(b"\r\n");
    assert_eq!(judged(&blank, &trust, now()).verdict, DocumentVerdict::Valid);
}

#[test]
fn without_a_root_and_with_a_foreign_one_nothing_is_valid() {
    let signed = Person::new(&authority(), "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let none = judged(&signed, &[], now());
    assert_eq!(none.verdict, DocumentVerdict::Indeterminate);
    assert_eq!(none.signatures[0].chain, Chain::NoRootGiven);
    assert_eq!(none.signatures[0].integrity, Integrity::Intact);
    let foreign = judged(&signed, &[authority().certificate().clone()], now());
    assert_eq!(foreign.verdict, DocumentVerdict::Indeterminate);
    // Another authority of the same name: the name leads there, the key does not.
    let reason = foreign.signatures[0].sub_indication;
    assert_eq!(reason, Some(SubIndication::NoCertificateChainFound), "{foreign:#?}");
}

#[test]
fn when_the_authority_is_over_so_is_what_can_be_said() {
    let authority = authority();
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let late = authority.certificate().not_after() + SignedDuration::from_secs(1);
    let report = judged(&signed, &[authority.certificate().clone()], late);
    assert_eq!(report.signatures[0].sub_indication, Some(SubIndication::OutOfBoundsNoPoe));
    assert_eq!(report.verdict, DocumentVerdict::Indeterminate);
}

#[test]
fn where_revocation_has_to_be_known_it_is_said_that_it_is_not() {
    let authority = authority();
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let trust = vec![authority.certificate().clone()];
    let options = Options { trust, at: now(), require_revocation: true };
    let report = verify(std::sync::Arc::new(signed), &options).expect("a PDF");
    assert_eq!(report.signatures[0].sub_indication, Some(SubIndication::TryLater));
}

#[test]
fn a_document_without_signatures_is_unsigned() {
    let report = judged(&Pdf::contract().bytes(), &[], now());
    assert_eq!(report.verdict, DocumentVerdict::Unsigned);
    assert!(report.signatures.is_empty());
}

#[test]
fn the_report_speaks_the_words_of_the_standard() {
    let authority = authority();
    let mut signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    *signed.get_mut(20).expect("long enough") ^= 1;
    let text = serde_json::to_string(&judged(&signed, &[], now())).expect("written");
    for part in
        [r#""indication":"TOTAL-FAILED""#, r#""sub_indication":"HASH_FAILURE""#, r#""verdict":"invalid""#]
    {
        assert!(text.contains(part), "{part} missing in {text}");
    }
}
