//! Distinguished names: written within the limits of RFC 5280, compared by its rules, read as text.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519;
use der::asn1::{Any, PrintableStringRef, SetOfVec, Utf8StringRef};
use der::{Encode, Tag, Tagged};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

/// RFC 5280 Appendix A.1: ub-common-name, ub-organization-name and ub-organizational-unit-name, in characters.
const UPPER_BOUND: usize = 64;

/// A name made of these parts, each at most 64 characters long: what is longer is cut, with `…` as its last.
///
/// Letters, digits and the punctuation of PrintableString are written as such; everything else as UTF8String
/// (RFC 5280 4.1.2.4).
pub(crate) fn write(parts: &[(ObjectIdentifier, &str)]) -> der::Result<Name> {
    let mut sequence = Vec::with_capacity(parts.len());
    for (oid, text) in parts {
        let text = shortened(text);
        let value = match PrintableStringRef::new(&text) {
            Ok(printable) => Any::from(printable),
            Err(_) => Any::from(Utf8StringRef::new(&text)?),
        };
        let attribute = AttributeTypeAndValue { oid: *oid, value };
        sequence.push(RelativeDistinguishedName(SetOfVec::try_from(vec![attribute])?));
    }
    Ok(RdnSequence(sequence))
}

fn shortened(text: &str) -> String {
    // A control character in a name serves nobody but who wants to mislead a reader.
    let text: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() <= UPPER_BOUND {
        return text;
    }
    text.chars().take(UPPER_BOUND - 1).chain(['…']).collect()
}

/// The text of the first attribute of this kind, the most specific (last) first.
pub(crate) fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    name.0.iter().rev().flat_map(|rdn| rdn.0.iter()).find(|part| part.oid == oid).map(text)
}

/// The common name, else the organization, else the whole name as RFC 4514 writes it.
pub(crate) fn display(name: &Name) -> String {
    attribute(name, rfc4519::COMMON_NAME)
        .or_else(|| attribute(name, rfc4519::ORGANIZATION_NAME))
        .unwrap_or_else(|| full(name))
}

/// RFC 4514 3, and those that certificates of signers carry besides.
const LABELS: &[(ObjectIdentifier, &str)] = &[
    (rfc4519::COMMON_NAME, "CN"),
    (rfc4519::SURNAME, "SN"),
    (rfc4519::GIVEN_NAME, "GN"),
    (rfc4519::SERIAL_NUMBER, "serialNumber"),
    (rfc4519::LOCALITY_NAME, "L"),
    (rfc4519::ST, "ST"),
    (rfc4519::STREET, "STREET"),
    (rfc4519::ORGANIZATION_NAME, "O"),
    (rfc4519::ORGANIZATIONAL_UNIT_NAME, "OU"),
    (rfc4519::TITLE, "title"),
    (rfc4519::COUNTRY_NAME, "C"),
    (rfc4519::DOMAIN_COMPONENT, "DC"),
    (rfc4519::UID, "UID"),
    (const_oid::db::rfc3280::EMAIL_ADDRESS, "emailAddress"),
];

/// The whole name in the manner of RFC 4514, most specific part first, characters as they are.
pub(crate) fn full(name: &Name) -> String {
    let mut parts = Vec::new();
    for part in name.0.iter().rev().flat_map(|rdn| rdn.0.iter()) {
        let value = text(part);
        match LABELS.iter().find(|(oid, _)| *oid == part.oid) {
            Some((_, label)) => parts.push(format!("{label}={value}")),
            None => parts.push(format!("{}={value}", part.oid)),
        }
    }
    parts.join(", ")
}

fn text(part: &AttributeTypeAndValue) -> String {
    let bytes = part.value.value();
    match part.value.tag() {
        // X.690 8.23.9: two octets a character.
        Tag::BmpString => {
            let units =
                bytes.chunks_exact(2).map(|pair| pair.iter().fold(0, |sum, b| (sum << 8) | u16::from(*b)));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        // T.61 is read as Latin-1 by everyone who ever wrote it.
        Tag::TeletexString => bytes.iter().map(|b| char::from(*b)).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// RFC 5280 7.1: names are equal when their parts are, letters compared without case, runs of blanks as one.
pub(crate) fn equal(one: &Name, other: &Name) -> bool {
    if one == other {
        return true;
    }
    let (Some(one), Some(other)) = (canonical(one), canonical(other)) else { return false };
    one == other
}

/// One relative name: its attributes in a fixed order, with what is compared of their values.
type Comparable = Vec<(ObjectIdentifier, Vec<u8>)>;

fn canonical(name: &Name) -> Option<Vec<Comparable>> {
    let mut sequence = Vec::with_capacity(name.0.len());
    for rdn in &name.0 {
        let mut parts = Vec::new();
        for part in rdn.0.iter() {
            let value = match part.value.tag() {
                Tag::Utf8String
                | Tag::PrintableString
                | Tag::Ia5String
                | Tag::BmpString
                | Tag::TeletexString => {
                    let folded = text(part).to_lowercase();
                    folded.split_whitespace().collect::<Vec<_>>().join(" ").into_bytes()
                }
                _ => part.value.to_der().ok()?,
            };
            parts.push((part.oid, value));
        }
        parts.sort();
        sequence.push(parts);
    }
    Some(sequence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(text: &str) -> Name {
        write(&[(rfc4519::COMMON_NAME, text)]).expect("written")
    }

    #[test]
    fn sixty_four_characters_stay_and_one_more_is_cut_at_a_character() {
        let long = "é".repeat(64);
        assert_eq!(display(&common(&long)), long);
        let cut = display(&common(&"é".repeat(65)));
        assert_eq!((cut.chars().count(), cut.chars().last()), (64, Some('…')));
    }

    #[test]
    fn ascii_is_a_printable_string_and_the_rest_is_utf8() {
        let kind =
            |text: &str| common(text).0.first().and_then(|rdn| rdn.0.get(0).map(|part| part.value.tag()));
        assert_eq!(kind("Ada Lovelace"), Some(Tag::PrintableString));
        assert_eq!(kind("Зоя"), Some(Tag::Utf8String));
        assert_eq!(kind("a@b"), Some(Tag::Utf8String));
    }

    #[test]
    fn names_are_compared_without_case_and_extra_blanks() {
        assert!(equal(&common("Root  CA"), &common("root ca")));
        assert!(!equal(&common("Root CA"), &common("Root CB")));
    }

    #[test]
    fn a_line_break_does_not_get_into_a_name() {
        assert_eq!(display(&common("Ada\nLovelace")), "Ada Lovelace");
    }
}
