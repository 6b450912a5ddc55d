//! Telephone numbers as people write them.

use identity::{Phone, PhoneFinding, PhoneKind, mask_email};
use proptest::prelude::*;

#[test]
fn a_number_is_read_as_people_write_it_and_kept_in_one_form() {
    for text in [
        "+33612345678",
        "+33 6 12 34 56 78",
        " +33 (0)6.12.34.56.78 ",
        "+33-6-12-34-56-78",
        "+33/612/345/678",
        "+33\u{00A0}6\u{202F}12\u{2011}34 56 78",
        "\u{202A}+33612345678\u{202C}",
        "\u{FF0B}\u{FF13}\u{FF13}\u{FF16}12345678",
        "+٣٣٦١٢٣٤٥٦٧٨",
    ] {
        assert_eq!(Phone::parse(text).unwrap().as_str(), "+33612345678", "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_what_is_wrong() {
    for (text, finding) in [
        ("", PhoneFinding::Empty),
        (" - ", PhoneFinding::Empty),
        ("0612345678", PhoneFinding::NoPlus),
        ("0033612345678", PhoneFinding::NoPlus),
        ("+33 6 12 34 56 78 ext 4", PhoneFinding::NotDigits),
        ("+33612345678, +33612345679", PhoneFinding::NotDigits),
        ("+33+612345678", PhoneFinding::NotDigits),
        ("+", PhoneFinding::NoSuchCountry),
        ("+0612345678", PhoneFinding::NoSuchCountry),
        ("+210123456789", PhoneFinding::NoSuchCountry),
        ("+33", PhoneFinding::TooShort),
        ("+1555123", PhoneFinding::TooShort),
        ("+330612345678", PhoneFinding::TooLong),
        ("+1234567890123456", PhoneFinding::TooLong),
        ("+4512345678901", PhoneFinding::TooLong),
    ] {
        let found = Phone::parse(text).unwrap_err();
        assert_eq!(found, finding, "{text}");
        assert!(found.code().starts_with("phone_") && found.to_string().ends_with('.'));
    }
}

#[test]
fn each_end_of_what_a_country_allows_has_its_twin() {
    // France has numbers of nine digits alone.
    assert_eq!(Phone::parse("+3361234567").unwrap_err(), PhoneFinding::TooShort);
    assert!(Phone::parse("+33612345678").is_ok());
    assert_eq!(Phone::parse("+336123456789").unwrap_err(), PhoneFinding::TooLong);
    // Great Britain has seven, nine and ten.
    assert!(Phone::parse("+448001111").is_ok());
    assert_eq!(Phone::parse("+4480011112").unwrap_err(), PhoneFinding::ImpossibleLength);
    assert!(Phone::parse("+447400123456").is_ok());
    // 64 letters after the plus are looked at, 65 are not.
    let wide = |spaces: usize| format!("+33{}612345678", " ".repeat(spaces));
    assert!(Phone::parse(&wide(53)).is_ok());
    assert_eq!(Phone::parse(&wide(54)).unwrap_err(), PhoneFinding::TooLong);
}

#[test]
fn the_kind_of_line_is_told_where_the_numbering_plan_tells_it() {
    for (text, kind) in [
        ("+33612345678", PhoneKind::Mobile),
        ("+4915112345678", PhoneKind::Mobile),
        ("+33140205050", PhoneKind::Fixed),
        ("+39 06 6982", PhoneKind::Fixed),
        ("+445612345678", PhoneKind::Voip),
        ("+441212345678", PhoneKind::Fixed),
        ("+33891123456", PhoneKind::Premium),
        ("+15208782491", PhoneKind::Unknown),
        ("+80012345678", PhoneKind::Unknown),
    ] {
        assert_eq!(Phone::parse(text).unwrap().kind(), kind, "{text}");
    }
}

#[test]
fn numbers_of_every_country_are_read_and_told() {
    let mut seen = 0;
    for region in phonenumber::metadata::DATABASE.iter() {
        let kinds = region.descriptors();
        let examples = [kinds.mobile(), kinds.fixed_line(), kinds.toll_free(), kinds.voip()];
        for example in examples.into_iter().flatten().filter_map(|kind| kind.example()) {
            let phone = Phone::parse(&format!("+{}{example}", region.country_code()));
            assert!(phone.is_ok(), "{} {example}: {phone:?}", region.id());
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen}");
}

/// Seed: xodo-sign.txt:223
#[test]
fn a_mask_shows_the_country_and_the_last_two_digits() {
    assert_eq!(Phone::parse("+33612345623").unwrap().masked(), "+33 •••• 23");
    assert_eq!(Phone::parse("+15208782491").unwrap().masked(), "+1 •••• 91");
    assert_eq!(Phone::parse("+358401234567").unwrap().masked(), "+358 •••• 67");
    assert_eq!(format!("{:?}", Phone::parse("+33612345623").unwrap()), "Phone(+33 •••• 23)");
}

#[test]
fn an_address_shows_its_first_letter_and_its_domain() {
    for (address, masked) in [
        ("ada@example.org", "a••@example.org"),
        ("ada.lovelace@example.org", "a••@example.org"),
        ("élise@example.org", "é••@example.org"),
        ("\"a@b\"@example.org", "\"••@example.org"),
        ("a@example.org", "•••@example.org"),
        ("@example.org", "•••@example.org"),
        ("ada", "•••"),
        ("", "•••"),
    ] {
        assert_eq!(mask_email(address), masked);
    }
}

#[test]
fn a_number_is_stored_as_its_text_and_checked_when_it_comes_back() {
    let phone = Phone::parse("+33 6 12 34 56 78").unwrap();
    let stored = serde_json::to_string(&phone).unwrap();
    assert_eq!(stored, "\"+33612345678\"");
    assert_eq!(serde_json::from_str::<Phone>(&stored).unwrap(), phone);
    assert!(serde_json::from_str::<Phone>("\"0612345678\"").is_err());
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC*") {
        let _ = Phone::parse(&text);
        let _ = mask_email(&text);
    }

    #[test]
    fn what_is_read_is_e164_and_reads_as_itself(text in "[+＋]?[0-9٠-٩ ().\\-/]{0,24}") {
        if let Ok(phone) = Phone::parse(&text) {
            let digits = phone.as_str().strip_prefix('+').unwrap();
            prop_assert!(digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert!(!digits.starts_with('0'));
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            prop_assert!(phone.masked().ends_with(&digits[digits.len() - 2..]));
            prop_assert!(phone.masked().chars().filter(char::is_ascii_digit).count() <= 5);
            let _ = phone.kind();
        }
    }

    #[test]
    fn numbers_of_any_code_and_length_are_answered(code in 1_u16..1000, rest in "[0-9]{0,14}") {
        if let Ok(phone) = Phone::parse(&format!("+{code}{rest}")) {
            let _ = phone.kind();
        }
    }
}
