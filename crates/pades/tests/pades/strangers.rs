//! Whatever a stranger's signature holds, it is judged and nothing breaks.

use std::sync::{Arc, LazyLock};

use pades::{DocumentVerdict, Options, verify};
use pki::Certificate;
use pki::asn1::Tlv;
use proptest::prelude::*;
use testkit::Pdf;

use crate::kit::{Person, authority, digits, judged, now, value, with_value};

struct Sample {
    signed: Vec<u8>,
    trust: Vec<Certificate>,
    gap: std::ops::Range<usize>,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let authority = authority();
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let gap = digits(&signed);
    Sample { signed, trust: vec![authority.certificate().clone()], gap }
});

fn word(bytes: Vec<u8>) -> Option<DocumentVerdict> {
    let options = Options { trust: SAMPLE.trust.clone(), at: now(), require_revocation: false };
    verify(Arc::new(bytes), &options).ok().map(|report| report.verdict)
}

/// Indefinite lengths all the way down, as some signers write them.
fn indefinite(element: &Tlv<'_>) -> Vec<u8> {
    if element.tag & 0x20 == 0 {
        return element.raw.to_vec();
    }
    let mut out = vec![element.tag, 0x80];
    for child in element.children().all().expect("DER") {
        out.extend(indefinite(&child));
    }
    out.extend([0, 0]);
    out
}

#[test]
fn a_value_in_ber_is_read_as_what_it_says() {
    let whole = value(&SAMPLE.signed);
    let (element, _) = Tlv::first(&whole).expect("DER");
    // The frame in indefinite lengths; what was signed (certificates, attributes) stays in DER.
    let content = element.children().all().expect("DER");
    let signed_data = Tlv::only(content[1].value).expect("DER");
    let parts: Vec<&[u8]> = signed_data.children().all().expect("DER").iter().map(|part| part.raw).collect();
    let ber =
        [&[0x30, 0x80][..], content[0].raw, &[0xA0, 0x80, 0x30, 0x80], &parts.concat(), &[0, 0, 0, 0, 0, 0]]
            .concat();
    let report = judged(&with_value(&SAMPLE.signed, &ber), &SAMPLE.trust, now());
    assert_eq!(report.verdict, DocumentVerdict::Valid, "{report:#?}");
    // Attributes are hashed in DER whatever they came in (RFC 5652 5.4); certificates stand as they are.
    let everywhere = indefinite(&element);
    if everywhere.len() * 2 <= SAMPLE.gap.len() {
        let report = judged(&with_value(&SAMPLE.signed, &everywhere), &SAMPLE.trust, now());
        assert_eq!(report.verdict, DocumentVerdict::Valid, "{report:#?}");
    }
}

#[test]
fn bytes_behind_the_value_are_remarked_on() {
    let mut longer = value(&SAMPLE.signed);
    *longer.last_mut().expect("padding") = 1;
    let report = judged(&with_value(&SAMPLE.signed, &longer), &SAMPLE.trust, now());
    assert!(report.signatures[0].remarks.iter().any(|remark| remark.contains("padding")), "{report:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes_in_the_value_never_break_the_judge(
        flips in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"0123456789abcdef".to_vec())), 1..8)
    ) {
        let mut bytes = SAMPLE.signed.clone();
        for (place, digit) in flips {
            let place = SAMPLE.gap.start + place.index(SAMPLE.gap.len());
            bytes[place] = digit;
        }
        prop_assert!(word(bytes).is_some());
    }

    #[test]
    fn flipped_bytes_anywhere_never_break_the_judge(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let mut bytes = SAMPLE.signed.clone();
        for (place, byte) in flips {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        word(bytes);
    }

    #[test]
    fn a_file_cut_anywhere_is_never_valid(length in any::<prop::sample::Index>()) {
        let length = length.index(SAMPLE.signed.len() - 8);
        prop_assert_ne!(word(SAMPLE.signed[..length].to_vec()), Some(DocumentVerdict::Valid));
    }
}
