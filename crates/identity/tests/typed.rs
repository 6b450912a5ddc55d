//! Codes, PINs and answers: what is made, and what is forgiven to those who type them.

use identity::{Code, CodeLength, Pin, PinFinding, normalised_answer, normalised_code};
use proptest::prelude::*;

fn bytes(number: u128) -> [u8; 16] {
    number.to_be_bytes()
}

/// Seed: signatureapi.txt:69
#[test]
fn a_code_has_its_length_and_keeps_its_zeros() {
    assert_eq!(Code::digits(bytes(0), CodeLength::Six).as_str(), "000000");
    assert_eq!(Code::digits(bytes(7_000_042), CodeLength::Six).as_str(), "000042");
    assert_eq!(Code::digits(bytes(7_000_042), CodeLength::Nine).as_str(), "007000042");
    assert_eq!(Code::digits(bytes(u128::MAX), CodeLength::Six).as_str(), "211455");
    assert_eq!(Code::digits(bytes(u128::MAX), CodeLength::Nine).as_str(), "768211455");
}

#[test]
fn every_random_byte_counts() {
    for place in 0..16 {
        let mut random = [0; 16];
        random[place] = 1;
        assert_ne!(Code::digits(random, CodeLength::Nine).as_str(), "000000000", "byte {place}");
    }
}

#[test]
fn a_code_is_said_digit_by_digit_with_the_pauses_of_the_language() {
    let code = Code::digits(bytes(123_456), CodeLength::Six);
    assert_eq!(code.spoken("en"), "1, 2, 3. 4, 5, 6.");
    assert_eq!(code.spoken("fr-CA"), "1, 2, 3. 4, 5, 6.");
    assert_eq!(code.spoken("ja"), "1、2、3。4、5、6。");
    assert_eq!(code.spoken("zh_TW"), "1、2、3。4、5、6。");
    assert_eq!(code.spoken("ar"), "1، 2، 3. 4، 5، 6.");
    assert_eq!(Code::digits(bytes(123_456_789), CodeLength::Nine).spoken(""), "1, 2, 3. 4, 5, 6. 7, 8, 9.");
    assert_eq!(code.grouped(), "123 456");
}

#[test]
fn no_secret_is_shown_by_debug() {
    let shown = format!("{:?} {:?}", Code::digits(bytes(7), CodeLength::Six), Pin::parse("abcd").unwrap());
    assert_eq!(shown, "Code(•••) Pin(•••)");
}

/// Seed: xodo-sign.txt:229
#[test]
fn a_code_is_read_as_it_is_typed_and_pasted() {
    for typed in [
        "123456",
        " 123 456\n",
        "123-456",
        "123.456",
        "１２３４５６",
        "١٢٣٤٥٦",
        "۱۲۳۴۵۶",
        "१२३४५६",
        "123\u{2011}456",
    ] {
        assert_eq!(normalised_code(typed).as_deref(), Some("123456"), "{typed}");
    }
    assert_eq!(normalised_code("123456789").as_deref(), Some("123456789"));
    for typed in ["", " - ", "12345a", "1234567890", "½", "²", "一二三"] {
        assert_eq!(normalised_code(typed), None, "{typed}");
    }
}

#[test]
fn a_pin_has_four_to_twelve_letters_and_digits() {
    assert_eq!(Pin::parse("abc").unwrap_err(), PinFinding::TooShort);
    assert_eq!(Pin::parse("ab1C").unwrap().as_str(), "ab1C");
    assert_eq!(Pin::parse("ab 1-C").unwrap().as_str(), "ab1C");
    assert_eq!(Pin::parse("１２３４").unwrap().as_str(), "1234");
    assert_eq!(Pin::parse("abcdef123456").unwrap().as_str(), "abcdef123456");
    assert_eq!(Pin::parse("abcdef1234567").unwrap_err(), PinFinding::TooLong);
    assert_eq!(Pin::parse("abcé").unwrap_err(), PinFinding::NotLettersOrDigits);
    assert_eq!(Pin::parse("").unwrap_err(), PinFinding::TooShort);
    assert_ne!(Pin::parse("abcd"), Pin::parse("ABCD"));
}

#[test]
fn answers_that_people_hold_for_the_same_are_the_same() {
    for group in [
        &["Saint-Étienne", "saint etienne", " SAINT  ETIENNE. ", "SaintEtienne", "Saint-E\u{0301}tienne"][..],
        &["Straße", "STRASSE", "strasse", "STRAẞE"],
        &["Ærø", "aero", "ÆRØ"],
        &["Łódź", "lodz", "ŁÓDŹ"],
        &["Cœur", "coeur", "CŒUR"],
        &["Đorđe Ðorðe", "dordedorde", "ĐORĐE ÐORÐE"],
        &["Þór", "thor", "þÓR"],
        &["Ħal", "hal", "ħAL"],
        &["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"],
        &["Ὀδυσσεύς", "οδυσσευσ", "ΟΔΥΣΣΕΎΣ"],
        &["O'Brien", "OBrien", "o’brien"],
        &["Müller", "muller", "MU\u{0308}LLER"],
        &["ﬁnd", "find"],
        &["1984", "１９８４", "١٩٨٤"],
        &["שָׁלוֹם", "שלום"],
        &["مُحَمَّد", "محمد"],
        &["Ёлка", "елка"],
        &["ｶﾞｽ", "ガス"],
    ] {
        let first = normalised_answer(group[0]);
        assert!(first.is_some(), "{}", group[0]);
        for answer in group {
            assert_eq!(normalised_answer(answer), first, "{answer}");
        }
    }
}

#[test]
fn answers_that_are_other_words_stay_apart() {
    for (one, other) in [
        ("Müller", "Mueller"),
        ("rose", "rosa"),
        ("かき", "がき"), // persimmon, brat
        ("कि", "का"),
        ("กา", "กุ"),
        ("1984", "1985"),
        ("東京", "京都"),
    ] {
        assert_ne!(normalised_answer(one), normalised_answer(other), "{one} {other}");
        assert!(normalised_answer(one).is_some() && normalised_answer(other).is_some());
    }
}

#[test]
fn what_holds_no_letter_and_no_digit_is_no_answer() {
    for answer in ["", "   ", "?!", "\u{0301}", "🎉", "\u{200B}"] {
        assert_eq!(normalised_answer(answer), None, "{answer:?}");
    }
    assert!(normalised_answer(&"a".repeat(1000)).is_some());
    assert_eq!(normalised_answer(&"a".repeat(1001)), None);
}

proptest! {
    #[test]
    fn what_is_kept_of_an_answer_stays_when_it_is_read_again(answer in "\\PC{0,40}") {
        if let Some(kept) = normalised_answer(&answer) {
            prop_assert_eq!(normalised_answer(&kept), Some(kept.clone()));
            prop_assert_eq!(normalised_answer(&format!(" {answer}! ")), Some(kept));
        }
    }

    #[test]
    fn any_code_that_we_make_is_read_as_itself(random: [u8; 16]) {
        for length in [CodeLength::Six, CodeLength::Nine] {
            let code = Code::digits(random, length);
            prop_assert_eq!(code.as_str().len(), length.digits());
            prop_assert_eq!(normalised_code(code.as_str()), Some(code.as_str().to_owned()));
            prop_assert_eq!(normalised_code(&code.grouped()), Some(code.as_str().to_owned()));
        }
    }

    #[test]
    fn no_text_breaks_a_reader(text in any::<String>()) {
        let _ = (normalised_code(&text), normalised_answer(&text), Pin::parse(&text).is_ok());
    }
}
