//! Whatever bytes come in, nothing breaks.

use std::sync::LazyLock;

use jiff::Timestamp;
use pki::asn1::{Tlv, to_definite_lengths};
use pki::{Authority, Certificate, KeyPair, NewAuthority, build_path};
use proptest::prelude::*;

static ROOT: LazyLock<Certificate> = LazyLock::new(|| {
    let key = KeyPair::generate_p256().expect("made");
    let new =
        NewAuthority { name: "Root".into(), key, serial: [1; 16], now: Timestamp::UNIX_EPOCH, years: 90 };
    Authority::create(new).expect("created").certificate().clone()
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_certificate_is_refused_or_leads_nowhere(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..6)
    ) {
        let mut der = ROOT.der().to_vec();
        for (place, bits) in flips {
            let place = place.index(der.len());
            der[place] ^= bits;
        }
        if let Ok(changed) = Certificate::from_der(&der) {
            let at = Timestamp::UNIX_EPOCH;
            let path = build_path(&changed, &[], std::slice::from_ref(&*ROOT), at);
            prop_assert!(path.is_err() || changed == *ROOT);
            let _ = (changed.subject_name(), changed.emails(), changed.to_pem());
        }
    }

    #[test]
    fn any_bytes_are_converted_once_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok((der, used)) = to_definite_lengths(&bytes) {
            prop_assert!(used <= bytes.len());
            prop_assert_eq!(to_definite_lengths(&der).map(|(again, _)| again), Ok(der));
        }
        let _ = Tlv::first(&bytes).map(|(element, _)| element.children().all());
    }
}
