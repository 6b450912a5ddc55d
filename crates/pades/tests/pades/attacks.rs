//! What attackers do to signed files.

use pades::{Coverage, DocumentVerdict, Integrity, Report, SubIndication};
use testkit::Pdf;

use crate::kit::{Person, authority, judged, now};

fn find(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).rposition(|window| window == part).expect("it is there")
}

/// Replaces the last occurrence by as many bytes.
fn replaced(bytes: &[u8], part: &[u8], by: &[u8]) -> Vec<u8> {
    assert_eq!(part.len(), by.len());
    let mut out = bytes.to_vec();
    let place = find(bytes, part);
    out[place..place + by.len()].copy_from_slice(by);
    out
}

#[test]
fn every_flipped_byte_is_caught_or_changes_no_judgement() {
    let authority = authority();
    let trust = [authority.certificate().clone()];
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let gap = find(&signed, b"/Contents <") + b"/Contents ".len();
    let gap_end = gap + signed[gap..].iter().position(|byte| *byte == b'>').expect("closed") + 1;
    let before = judged(&signed, &trust, now());
    assert_eq!(before.verdict, DocumentVerdict::Valid);
    let mut harmless = Vec::new();
    // Every byte around the gap and in the structure's beginning, every seventh of the rest.
    let near = |place: usize| place.abs_diff(gap) < 400 || place.abs_diff(gap_end) < 200;
    for place in (0..signed.len()).filter(|place| near(*place) || place % 7 == 0) {
        let mut changed = signed.clone();
        changed[place] ^= 1;
        let options = pades::Options { trust: trust.to_vec(), at: now(), require_revocation: false };
        let Ok(report) = pades::verify(std::sync::Arc::new(changed), &options) else { continue };
        if report.verdict == DocumentVerdict::Valid {
            harmless.push(place);
            // RFC 5652 protects neither its own version numbers nor the issuers' certificates that are put beside the
            // signer's: what they say never gets into a judgement.
            let without_remarks = |report: &Report| {
                let mut signature = report.signatures[0].clone();
                signature.remarks.clear();
                signature
            };
            assert_eq!(without_remarks(&report), without_remarks(&before), "at {place}");
        }
    }
    let outside: Vec<_> = harmless.iter().filter(|place| !(gap..gap_end).contains(*place)).collect();
    assert!(outside.is_empty(), "changes at {outside:?} went unseen; the gap is {gap}..{gap_end}");
}

#[test]
fn a_changed_page_is_a_broken_hash() {
    let authority = authority();
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let changed = replaced(&signed, b"One page", b"Two page");
    let report = judged(&changed, &[authority.certificate().clone()], now());
    assert_eq!(report.verdict, DocumentVerdict::Invalid);
    assert_eq!(report.signatures[0].sub_indication, Some(SubIndication::HashFailure));
    assert!(matches!(report.signatures[0].integrity, Integrity::Broken(_)));
}

#[test]
fn a_dictionary_that_is_replaced_after_signing_does_not_speak_for_the_signature() {
    let authority = authority();
    let trust = [authority.certificate().clone()];
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    // The same object once more, with another reason; value and range stay as they are.
    let source = std::sync::Arc::new(signed.clone());
    let document = pdf::Document::open(source).expect("opened");
    let catalog = document.catalog().expect("read");
    let form = document.lookup(&catalog, "AcroForm").expect("read");
    let fields = document.lookup(form.as_dictionary().expect("a form"), "Fields").expect("read");
    let field = document.resolve(&fields.as_array().expect("fields")[0]).expect("read");
    let id = field
        .as_dictionary()
        .and_then(|field| field.get("V"))
        .and_then(pdf::Object::as_reference)
        .expect("indirect");
    let value = document.get(id).expect("read");
    let mut value = value.as_dictionary().expect("a dictionary").clone();
    value.set("Reason", pdf::Object::text("I give everything away"));
    let mut revision = pdf::Revision::new(&document).expect("sound");
    revision.put(id, value);
    let forged = [signed.as_slice(), &revision.finish().expect("written").bytes].concat();
    let report = judged(&forged, &trust, now());
    assert_eq!(report.verdict, DocumentVerdict::Invalid, "{report:#?}");
    assert_eq!(report.signatures[0].coverage, Coverage::Wrong);
}

#[test]
fn a_range_that_leaves_out_more_than_the_value_proves_nothing() {
    let authority = authority();
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let range = find(&signed, b"/ByteRange [0 ");
    let text_end = range + signed[range..].iter().position(|byte| *byte == b']').expect("closed");
    let text = String::from_utf8(signed[range + b"/ByteRange [".len()..text_end].to_vec()).expect("numbers");
    let numbers: Vec<u64> = text.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    for changed in [
        [0, numbers[1] - 1, numbers[2], numbers[3]],
        [0, numbers[1], numbers[2] + 1, numbers[3] - 1],
        [1, numbers[1] - 1, numbers[2], numbers[3]],
        [0, numbers[2], numbers[1], numbers[3]],
        [0, numbers[1], numbers[2], numbers[3] + 1],
    ] {
        let words = changed.map(|number| number.to_string()).join(" ");
        let mut forged = signed.clone();
        let room = range + b"/ByteRange ".len();
        let entry = format!("{:<47}", format!("[{words}]"));
        forged[room..room + entry.len()].copy_from_slice(entry.as_bytes());
        let report = judged(&forged, &[authority.certificate().clone()], now());
        assert_eq!(
            report.signatures[0].sub_indication,
            Some(SubIndication::FormatFailure),
            "{words}: {report:#?}"
        );
    }
}

#[test]
fn a_value_moved_into_another_document_proves_nothing() {
    let authority = authority();
    let trust = [authority.certificate().clone()];
    let person = Person::new(&authority, "Zoe");
    let one = person.sign(&Pdf::one_page().bytes(), "Zoe");
    let other = person.sign(&Pdf::one_page().title("Tost").bytes(), "Zoe");
    let value = |bytes: &[u8]| {
        let start = find(bytes, b"/Contents <");
        let end = start + bytes[start..].iter().position(|byte| *byte == b'>').expect("closed");
        start..end
    };
    let mut forged = other.clone();
    forged[value(&other)].copy_from_slice(&one[value(&one)]);
    let report = judged(&forged, &trust, now());
    assert_eq!(report.signatures[0].sub_indication, Some(SubIndication::HashFailure));
}
