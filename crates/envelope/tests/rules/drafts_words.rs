//! Titles, names, addresses, languages, time zones and origins of a draft.

use crate::given::*;
use envelope::{DocumentDraft, Draft, FieldDraft, RecipientDraft};

fn titled(title: &str) -> Draft {
    Draft { title: title.into(), ..draft() }
}

fn addressed(email: &str) -> Draft {
    let ada = RecipientDraft { email: email.into(), ..signer("Ada", 1) };
    Draft { recipients: vec![ada, signer("Ben", 2)], ..draft() }
}

fn framed_by(origin: &str) -> Draft {
    Draft { frame_origins: vec![origin.into()], ..draft() }
}

const TOO_LONG: &str = "This is longer than 200 characters; shorten it.";

#[test]
fn two_hundred_characters_of_a_title_pass_and_one_more_is_refused() {
    given([]).when(create(titled(&"é".repeat(200)))).then_allowed();
    given([]).when(create(titled(&"é".repeat(201)))).then_told("/title", "text_too_long", TOO_LONG);
}

#[test]
fn two_hundred_characters_of_a_document_title_pass_and_one_more_is_refused() {
    let with = |title: String| {
        let second = DocumentDraft { title, ..document(2) };
        Draft { documents: vec![document(1), second], ..draft() }
    };
    given([]).when(create(with("x".repeat(200)))).then_allowed();
    given([]).when(create(with("x".repeat(201)))).then_told("/documents/1/title", "text_too_long", TOO_LONG);
}

#[test]
fn two_hundred_characters_of_a_name_pass_and_one_more_is_refused() {
    let with = |name: String| {
        let ben = RecipientDraft { name: name.into(), ..signer("Ben", 2) };
        Draft { recipients: vec![signer("Ada", 1), ben], ..draft() }
    };
    given([]).when(create(with("x".repeat(200)))).then_allowed();
    given([]).when(create(with("x".repeat(201)))).then_told("/recipients/1/name", "text_too_long", TOO_LONG);
}

#[test]
fn two_hundred_characters_of_a_label_pass_and_one_more_is_refused() {
    let with = |label: String| {
        let second = FieldDraft { label, ..place("ben", 2) };
        Draft { fields: vec![place("ada", 1), second], ..draft() }
    };
    given([]).when(create(with("x".repeat(200)))).then_allowed();
    given([]).when(create(with("x".repeat(201)))).then_told("/fields/1/label", "text_too_long", TOO_LONG);
}

#[test]
fn a_line_of_text_is_one_line() {
    for stray in ["Lease\nof a boat", "Lease\t", "Le\u{0}ase", "Lease\u{85}"] {
        given([]).when(create(titled(stray))).then_told(
            "/title",
            "text_malformed",
            "This holds a line break or another control character; remove it.",
        );
    }
    given([]).when(create(titled("Lease of a boat — Πλοίο"))).then_allowed();
}

#[test]
fn five_thousand_characters_of_a_message_pass_and_one_more_is_refused() {
    let with = |message: String| Draft { message: message.into(), ..draft() };
    given([]).when(create(with("é".repeat(5000)))).then_allowed();
    given([]).when(create(with("é".repeat(5001)))).then_told(
        "/message",
        "text_too_long",
        "The message is longer than 5000 characters; shorten it.",
    );
}

#[test]
fn a_message_has_lines_and_no_other_control_characters() {
    let with = |message: &str| Draft { message: message.into(), ..draft() };
    given([]).when(create(with("Dear all,\r\n\tplease sign.\n"))).then_allowed();
    for stray in ["\u{0}", "\u{1b}[1m", "\u{7f}"] {
        given([]).when(create(with(stray))).then_told(
            "/message",
            "text_malformed",
            "This holds a control character other than a line break; remove it.",
        );
    }
}

#[test]
fn addresses_that_a_mail_server_may_know_pass() {
    for email in ["", "a@b.c", "ada.lovelace+lease@mail.example.org", "ada@exämple.org", "o'hara@example.org"]
    {
        given([]).when(create(addressed(email))).then_allowed();
    }
}

#[test]
fn what_is_no_address_is_refused() {
    for email in [
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@.example.org",
        "ada@example.org.",
        "ada@home@example.org",
        "ada lovelace@example.org",
        "ada\u{0}@example.org",
        "Ada <ada@example.org>",
        "ada@example.org,ben@example.org",
        "ada@example.org;ben@example.org",
        "ada:x@example.org",
        "\"ada\"@example.org",
        "ada(x)@example.org",
        "ada@[127.0.0.1]",
        "a\\da@example.org",
    ] {
        given([]).when(create(addressed(email))).then_told(
            "/recipients/0/email",
            "email_malformed",
            "The e-mail address of recipient 1 is not one; write it like name@example.org.",
        );
    }
}

#[test]
fn an_address_of_254_characters_passes_and_one_of_255_is_refused() {
    let long = |characters: usize| format!("{}@example.org", "a".repeat(characters - "@example.org".len()));
    given([]).when(create(addressed(&long(254)))).then_allowed();
    given([]).when(create(addressed(&long(255)))).then_found([("/recipients/0/email", "email_malformed")]);
}

#[test]
fn the_second_recipient_is_called_the_second() {
    let ben = RecipientDraft { email: "ben".into(), ..signer("Ben", 2) };
    let draft = Draft { recipients: vec![signer("Ada", 1), ben], ..draft() };
    given([]).when(create(draft)).then_told(
        "/recipients/1/email",
        "email_malformed",
        "The e-mail address of recipient 2 is not one; write it like name@example.org.",
    );
}

#[test]
fn english_and_french_are_known_and_others_are_not_yet() {
    for language in ["en", "fr"] {
        given([]).when(create(Draft { language: language.into(), ..draft() })).then_allowed();
    }
    for language in ["xx", "EN", ""] {
        given([]).when(create(Draft { language: language.into(), ..draft() })).then_told(
            "/language",
            "language_unknown",
            &format!("\u{201c}{language}\u{201d} is no language we have; use one of da, de, en, es, fr, hi, hu, it, nl, pl, pt, ru, sv, tr, zh."),
        );
    }
}

#[test]
fn a_recipient_reads_a_language_that_we_have() {
    let with = |language: &str| {
        let ben = RecipientDraft { language: language.into(), ..signer("Ben", 2) };
        Draft { recipients: vec![signer("Ada", 1), ben], ..draft() }
    };
    given([]).when(create(with("fr"))).then_allowed();
    given([]).when(create(with("xx"))).then_found([("/recipients/1/language", "language_unknown")]);
}

#[test]
fn steps_are_counted_from_one() {
    let with = |step| Draft { recipients: vec![signer("Ada", 1), signer("Ben", step)], ..draft() };
    given([]).when(create(with(1))).then_allowed();
    given([]).when(create(with(u16::MAX))).then_allowed();
    given([]).when(create(with(0))).then_told(
        "/recipients/1/step",
        "step_malformed",
        "Steps are counted from 1; use 1 for the first.",
    );
}

#[test]
fn a_time_zone_is_one_of_the_iana_names() {
    for zone in ["UTC", "Europe/Paris", "America/St_Johns"] {
        given([]).when(create(Draft { time_zone: zone.into(), ..draft() })).then_allowed();
    }
    for zone in ["", "Paris", "+02:00", "Europe/Paris "] {
        given([]).when(create(Draft { time_zone: zone.into(), ..draft() })).then_told(
            "/time_zone",
            "time_zone_unknown",
            &format!(
                "\u{201c}{zone}\u{201d} is no time zone we know; use an IANA name such as Europe/Paris."
            ),
        );
    }
}

#[test]
fn a_frame_origin_is_scheme_host_and_perhaps_a_port() {
    for origin in ["https://app.example.org", "http://localhost:3000", "https://my-app.example.org:8443"] {
        given([]).when(create(framed_by(origin))).then_allowed();
    }
    for origin in [
        "app.example.org",
        "https://",
        "ftp://example.org",
        "https://example.org/",
        "https://*",
        "https://a;b",
    ] {
        given([]).when(create(framed_by(origin))).then_told(
            "/frame_origins/0",
            "origin_malformed",
            &format!("\u{201c}{origin}\u{201d} is no web origin; write it like https://app.example.org."),
        );
    }
}
