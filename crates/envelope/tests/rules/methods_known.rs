//! What has to be known for a method: telephone, question, PIN, what the sender's application says.

use crate::given::*;
use envelope::{Draft, Method, Personal, RecipientDraft, Role, Rules};
use std::collections::BTreeMap;

fn with(methods: impl IntoIterator<Item = Method>) -> Draft {
    people(vec![proving("Ada", 1, methods), signer("Ben", 2)])
}

const CHAIN: &str = "/recipients/0/authentication";

/// Seed: xodo-sign.txt:26
/// Seed: xodo-sign.txt:32
#[test]
fn a_telephone_number_is_written_in_the_international_form() {
    let phone = |number: &str| {
        let mut draft = with([]);
        draft.recipients[0].phone = number.into();
        draft
    };
    for right in ["+43677123132123", "+1234567", "+123456789012345", " +33612345678 ", ""] {
        fine(phone(right));
    }
    const SENTENCE: &str =
        "This is no telephone number in the international form; write it like +33612345678.";
    for wrong in [
        "0612345678",
        "33612345678",
        "+123456",
        "+1234567890123456",
        "+0612345678",
        "+33 6 12 34 56 78",
        "+336x2345678",
    ] {
        told(phone(wrong), "/recipients/0/phone", "phone_malformed", SENTENCE);
    }
}

/// Seed: consigno-cloud.txt:154
/// Seed: xodo-sign.txt:71
/// Seed: xodo-sign.txt:72
#[test]
fn a_code_by_telephone_needs_a_number_when_it_is_sent() {
    let draft = |method, number: &str| {
        let ada = RecipientDraft { phone: number.into(), ..proving("Ada", 1, [method]) };
        people(vec![ada])
    };
    const SENTENCE: &str =
        "A code is sent to the telephone of recipient 1; write its number like +33612345678.";
    for method in [Method::SmsCode, Method::VoiceCode] {
        not_sent(draft(method.clone(), ""), "/recipients/0/phone", "phone_missing", SENTENCE);
        not_sent(draft(method.clone(), " "), "/recipients/0/phone", "phone_missing", SENTENCE);
        going(draft(method, "+33612345678"));
    }
    going(draft(Method::EmailCode, ""));
}

/// Seed: consigno-cloud.txt:156
#[test]
fn a_secret_has_a_question_and_an_answer_when_it_is_sent() {
    let draft = |question: &str, answer: Option<&str>| {
        people(vec![proving(
            "Ada",
            1,
            [Method::Secret { question: question.into(), answer: answer.map(str::to_owned) }],
        )])
    };
    const QUESTION: &str = "The secret of recipient 1 has no question; write one that only they can answer.";
    let at = |key: &str| format!("{CHAIN}/0/{key}");
    for empty in ["", " "] {
        not_sent(draft(empty, Some("sec_1")), &at("question"), "secret_question_missing", QUESTION);
    }
    const ANSWER: &str = "The question of recipient 1 has no answer yet; write it.";
    not_sent(draft("First pet?", None), &at("answer"), "secret_answer_missing", ANSWER);
    going(draft("First pet?", Some("sec_1")));
    fine(draft(&"é".repeat(300), None));
    const LONG: &str = "The question is longer than 300 characters; shorten it.";
    told(draft(&"é".repeat(301), None), &at("question"), "text_too_long", LONG);
    fine(draft("First\npet?", None));
    let stray = "This holds a control character other than a line break; remove it.";
    told(draft("First\u{0}pet?", None), &at("question"), "text_malformed", stray);
}

#[test]
fn a_pin_is_there_when_it_is_sent() {
    const SENTENCE: &str = "Recipient 1 is to enter a PIN and there is none; write one.";
    let without = people(vec![proving("Ada", 1, [Method::Pin { pin: None }])]);
    not_sent(without, &format!("{CHAIN}/0/pin"), "pin_missing", SENTENCE);
    going(people(vec![proving("Ada", 1, [pin()])]));
}

/// Seed: signatureapi.txt:18
#[test]
fn the_senders_application_says_its_name_and_a_little_about_the_sign_in() {
    let said = |provider: &str, data: BTreeMap<String, String>| {
        with([Method::Custom { provider: provider.into(), data: Personal::Known(data) }])
    };
    let entries = |count: usize| (0..count).map(|it| (format!("key{it}"), "x".into())).collect();
    let one = |key: &str, value: &str| [(key.to_owned(), value.to_owned())].into();
    fine(said("SuperApp", one("session_id", "sess_12345")));
    for nameless in ["", " "] {
        told(
            said(nameless, BTreeMap::new()),
            &format!("{CHAIN}/0/provider"),
            "provider_missing",
            "Say which application signed the person in; it stands in the audit trail.",
        );
    }
    given([])
        .when(create(said(&"x".repeat(201), BTreeMap::new())))
        .then_found([("/recipients/0/authentication/0/provider", "text_too_long")]);
    let long = "é".repeat(1000);
    for right in [entries(20), one(&long, "x"), one("x", &long), one("a\nb", "c\td")] {
        fine(said("SuperApp", right));
    }
    const SENTENCE: &str = "At most 20 entries of 1000 readable characters each are kept; shorten it.";
    let longer = "é".repeat(1001);
    for wrong in [entries(21), one(&longer, "x"), one("x", &longer), one("a\u{0}", "x"), one("x", "a\u{0}")] {
        told(said("SuperApp", wrong), &format!("{CHAIN}/0/data"), "custom_data_too_long", SENTENCE);
    }
}

#[test]
fn what_is_asked_of_a_role_without_a_person_is_complete_but_for_the_telephone() {
    let rules = Rules { placeholders: envelope::Placeholders::Turn, ..Rules::default() };
    let chain = |methods: Vec<Method>| {
        let tenant = RecipientDraft { authentication: methods, ..vacant("Tenant", 2) };
        under(rules.clone(), people(vec![signer("Ada", 1), tenant]))
    };
    going(chain(vec![Method::SmsCode]));
    let pointer = "/recipients/1/authentication/0/pin";
    const SENTENCE: &str = "Recipient 2 is to enter a PIN and there is none; write one.";
    not_sent(chain(vec![Method::Pin { pin: None }]), pointer, "pin_missing", SENTENCE);
}

#[test]
fn under_part_11_each_signer_is_asked_for_more_than_the_link() {
    let profile = |meanings: Vec<String>| {
        let part_11 = Some(envelope::Part11 { meanings });
        Rules { part_11, ..Rules::default() }
    };
    let robot =
        RecipientDraft { mandate: Some("Power".into()), ..in_role(Role::AutomaticSigner, "Robot", 1) };
    let others = |ada| people(vec![ada, robot.clone(), in_role(Role::Viewer, "Vera", 1)]);
    const SENTENCE: &str =
        "Recipient 1 signs under 21 CFR Part 11 and is asked for nothing but the link; add a method.";
    for methods in [vec![], vec![Method::EmailLink]] {
        let draft = under(profile(vec!["Author".into()]), others(proving("Ada", 1, methods)));
        not_sent(draft, CHAIN, "part_11_method_missing", SENTENCE);
    }
    going(under(profile(vec!["Author".into()]), others(proving("Ada", 1, [pin()]))));
    const MEANINGS: &str = "Give 1 to 20 meanings that a signature can have, such as Approved.";
    let wrong = [vec![], vec!["Author".to_owned(); 21], vec!["Author".into(), " ".into()]];
    for meanings in wrong {
        told(under(profile(meanings), draft()), "/rules/part_11/meanings", "meanings_malformed", MEANINGS);
    }
    fine(under(profile(vec!["Author".into(); 20]), draft()));
    given([])
        .when(create(under(profile(vec!["x".into(), "x".repeat(201)]), draft())))
        .then_found([("/rules/part_11/meanings/1", "text_too_long")]);
}
