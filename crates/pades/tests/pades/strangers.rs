//! Whatever a stranger's signature holds, it is judged and nothing breaks.

use std::sync::{Arc, LazyLock};

use pades::{DocumentVerdict, Options, verify};
use pki::Certificate;
use proptest::prelude::*;
use testkit::Pdf;

use crate::kit::{Person, authority, now};

struct Sample {
    signed: Vec<u8>,
    trust: Vec<Certificate>,
    gap: std::ops::Range<usize>,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let authority = authority();
    let signed = Person::new(&authority, "Zoe").sign(&Pdf::one_page().bytes(), "Zoe");
    let key = b"/Contents <";
    let start = signed.windows(key.len()).rposition(|window| window == key).expect("signed") + key.len();
    let end = start + signed[start..].iter().position(|byte| *byte == b'>').expect("closed");
    Sample { signed, trust: vec![authority.certificate().clone()], gap: start..end }
});

fn word(bytes: Vec<u8>) -> Option<DocumentVerdict> {
    let options = Options { trust: SAMPLE.trust.clone(), at: now(), require_revocation: false };
    verify(Arc::new(bytes), &options).ok().map(|report| report.verdict)
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
