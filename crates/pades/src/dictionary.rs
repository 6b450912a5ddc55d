//! The signature dictionary's own keys (ISO 32000-2 12.8.1, ETSI EN 319 142-1 5.3 and 6.3).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pdf::{Dictionary, Object};

/// What a signature says of itself besides its value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignatureInfo {
    /// The time that the signer's side claims. It stands in /M, since PAdES allows no signing-time attribute.
    pub claimed_time: Timestamp,
    /// The signer's name.
    pub name: Option<String>,
    /// Why they sign.
    pub reason: Option<String>,
    /// Where they sign.
    pub location: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// The head of the event chain at the moment of signing, so that the signed bytes testify to the record.
    pub event_head: Option<[u8; 32]>,
}

/// The private key that names the head of the event chain: `/CSGN_EventHead /sha256-` and 64 hexadecimal digits.
pub(crate) const EVENT_HEAD: &str = "CSGN_EventHead";
pub(crate) const EVENT_HEAD_PREFIX: &str = "sha256-";

/// The keys of a signature dictionary but for /ByteRange and /Contents, which the revision writes, and /Reference,
/// which belongs to the field's lock and to a certification.
#[must_use]
pub fn signature_dictionary(info: &SignatureInfo) -> Dictionary {
    let mut dictionary = Dictionary::new()
        .with("Type", Object::name("Sig"))
        .with("Filter", Object::name("Adobe.PPKLite"))
        .with("SubFilter", Object::name("ETSI.CAdES.detached"))
        .with("M", Object::string(pdf_date(info.claimed_time)));
    for (key, text) in [
        ("Name", &info.name),
        ("Reason", &info.reason),
        ("Location", &info.location),
        ("ContactInfo", &info.contact),
    ] {
        if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
            dictionary.set(key, Object::text(text));
        }
    }
    if let Some(head) = &info.event_head {
        // A name, not a string: strings of a signature dictionary are encrypted with the document, names are not.
        dictionary.set(EVENT_HEAD, Object::name(&format!("{EVENT_HEAD_PREFIX}{}", hex(head))));
    }
    let app = Dictionary::new().with("Name", Object::name("Countersign"));
    dictionary.set("Prop_Build", Dictionary::new().with("App", app));
    dictionary
}

/// ISO 32000-2 7.9.4, in UTC.
fn pdf_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("D:%Y%m%d%H%M%SZ").to_string()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> SignatureInfo {
        SignatureInfo {
            claimed_time: "2026-11-22T09:08:07.9Z".parse().expect("a time"),
            reason: Some("J’accepte".into()),
            event_head: Some([0xAB; 32]),
            ..SignatureInfo::default()
        }
    }

    #[test]
    fn the_time_is_written_in_whole_seconds_utc() {
        let dictionary = signature_dictionary(&info());
        assert_eq!(dictionary.get("M").and_then(Object::as_text).as_deref(), Some("D:20261122090807Z"));
    }

    #[test]
    fn the_event_head_is_a_name() {
        let dictionary = signature_dictionary(&info());
        let wanted = format!("sha256-{}", "ab".repeat(32));
        assert!(dictionary.get("CSGN_EventHead").is_some_and(|head| head.is_name(&wanted)));
    }

    #[test]
    fn what_is_not_said_is_not_written() {
        let dictionary = signature_dictionary(&info());
        assert!(dictionary.get("Name").is_none() && dictionary.get("Reference").is_none());
        assert_eq!(dictionary.get("Reason").and_then(Object::as_text).as_deref(), Some("J’accepte"));
    }
}
