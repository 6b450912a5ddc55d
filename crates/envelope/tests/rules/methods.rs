//! How recipients may be asked to prove who they are: what the sender, the tenant and the vendors' rules refuse.

use crate::given::*;
use envelope::{
    Arrival, CombinedMethods, Draft, EmbeddedSigning, Embedding, Method, MethodKind, RecipientDraft, Refusal,
    Role, Rules, Telephone,
};

fn host() -> Method {
    Method::Host { client_user_id: Some("42".into()) }
}

fn with(methods: impl IntoIterator<Item = Method>) -> Draft {
    people(vec![proving("Ada", 1, methods), signer("Ben", 2)])
}

/// Ada inside the sender's pages, in the same step as Ben or not.
fn inside(methods: impl IntoIterator<Item = Method>, bens_step: u16) -> Draft {
    let arrival = Arrival::Embedded(Embedding::default());
    let ada = RecipientDraft { arrival, ..proving("Ada", 1, methods) };
    people(vec![ada, signer("Ben", bens_step)])
}

fn handed(draft: Draft) -> Draft {
    let mut draft = draft;
    draft.recipients[0].arrival = Arrival::Handed;
    draft
}

const CHAIN: &str = "/recipients/0/authentication";

/// Seed: signatureapi.txt:9
/// Seed: signatureapi.txt:10
/// Seed: signatureapi.txt:11
/// Seed: signatureapi.txt:12
/// Seed: signatureapi.txt:132
#[test]
fn who_arrives_does_so_first() {
    fine(with([custom(), Method::EmailCode]));
    fine(with([Method::EmailLink, Method::EmailCode]));
    fine(with([Method::EmailCode]));
    fine(inside([host(), Method::EmailCode], 2));
    let told = |draft, word: &str| {
        let sentence = format!("The method {word} can only come first; move it to the front.");
        told(draft, "/recipients/0/authentication/1", "method_comes_first", &sentence);
    };
    told(with([Method::EmailCode, custom()]), "custom");
    told(with([Method::EmailCode, Method::EmailLink]), "email_link");
    told(inside([Method::EmailCode, host()], 2), "host");
}

/// Seed: signatureapi.txt:133
#[test]
fn nobody_arrives_in_two_ways() {
    for (first, second) in [(custom(), Method::EmailLink), (Method::EmailLink, custom())] {
        given([]).when(create(with([first, second]))).then_found([
            (CHAIN, "methods_exclude_each_other"),
            ("/recipients/0/authentication/1", "method_comes_first"),
        ]);
    }
    let host_and_custom = inside([host(), custom()], 2);
    let found =
        [(CHAIN, "methods_exclude_each_other"), ("/recipients/0/authentication/1", "method_comes_first")];
    given([]).when(create(host_and_custom)).then_found(found);
}

/// Seed: signatureapi.txt:134
#[test]
fn no_method_is_asked_for_twice() {
    fine(with([
        Method::EmailCode,
        Method::SmsCode,
        Method::VoiceCode,
        Method::Totp,
        Method::Passkey,
        Method::Oidc { subject: None },
    ]));
    let sentence = "The method email_code is there twice; keep one.";
    let twice = with([Method::EmailCode, Method::Totp, Method::EmailCode]);
    told(twice, "/recipients/0/authentication/2", "method_repeated", sentence);
    let other_pin = Method::Pin { pin: Some("sec_9".into()) };
    told(
        with([pin(), other_pin]),
        "/recipients/0/authentication/1",
        "method_repeated",
        "The method pin is there twice; keep one.",
    );
    given([]).when(create(with([Method::EmailLink, Method::EmailLink]))).then_found([
        (CHAIN, "methods_exclude_each_other"),
        ("/recipients/0/authentication/1", "method_repeated"),
    ]);
}

/// Seed: xodo-sign.txt:40
/// Seed: xodo-sign.txt:42
#[test]
fn a_pin_and_a_code_by_text_message_are_not_combined_for_one_person() {
    const SENTENCE: &str =
        "A PIN and a code by text message cannot be combined for one person; keep one of them.";
    const CODE: &str = "signer_authentication_combined_with_pin_not_supported";
    told(with([pin(), Method::SmsCode]), CHAIN, CODE, SENTENCE);
    told(with([Method::SmsCode, Method::EmailCode, pin()]), CHAIN, CODE, SENTENCE);
    for methods in [vec![pin()], vec![Method::SmsCode], vec![pin(), Method::VoiceCode]] {
        fine(with(methods));
    }
    // Each of two people may have one.
    fine(people(vec![proving("Ada", 1, [pin()]), proving("Ben", 1, [Method::SmsCode])]));
}

/// Seed: consigno-cloud.txt:80
/// Seed: consigno-cloud.txt:156
#[test]
fn a_secret_is_not_for_people_inside_the_senders_pages() {
    const SENTENCE: &str = "A secret question cannot be used inside your own pages; use another method.";
    told(inside([secret()], 2), CHAIN, "secret_not_for_embedded", SENTENCE);
    fine(inside([pin()], 2));
    fine(with([secret()]));
}

/// Seed: consigno-cloud.txt:80
#[test]
fn where_the_rules_say_so_who_is_embedded_is_alone_in_their_step() {
    let rules = || Rules { embedded: EmbeddedSigning::AloneInStep, ..Rules::default() };
    const SENTENCE: &str =
        "Who signs inside your own pages has to be alone in their step; give them one of their own.";
    told(under(rules(), inside([], 1)), "/recipients/0/step", "embedded_in_parallel_step", SENTENCE);
    fine(under(rules(), inside([], 2)));
    // On the same tenant another envelope may say otherwise.
    fine(inside([], 1));
    // Who only receives copies does not count.
    let mut with_copy = inside([], 2);
    with_copy.recipients.push(copy("Cleo"));
    fine(under(rules(), with_copy));
    let with_mail = people(vec![signer("Ada", 1), signer("Ben", 1)]);
    fine(under(rules(), with_mail));
}

/// Seed: consigno-cloud.txt:78
/// Seed: xodo-sign.txt:55
#[test]
fn signing_inside_the_senders_pages_can_be_switched_off() {
    let rules = || Rules { embedded: EmbeddedSigning::Refused, ..Rules::default() };
    const SENTENCE: &str =
        "Signing inside your own pages is switched off for this organisation; let the link be mailed.";
    told(under(rules(), inside([], 2)), "/recipients/0/arrival", "embedded_not_allowed", SENTENCE);
    fine(under(rules(), with([])));
    fine(inside([], 2));
}

/// Seed: consigno-cloud.txt:76
#[test]
fn only_who_is_embedded_is_authenticated_by_the_host() {
    const SENTENCE: &str =
        "The method host is for people inside your own pages; set the arrival to embedded.";
    told(with([host()]), "/recipients/0/authentication/0", "host_method_needs_embedding", SENTENCE);
    fine(inside([host()], 2));
}

/// Seed: consigno-cloud.txt:86
#[test]
fn the_name_that_the_application_gives_a_person_is_one_line() {
    let named = |name: &str| {
        let mut draft = inside([], 2);
        let client_user_id = Some(name.to_owned());
        draft.recipients[0].arrival = Arrival::Embedded(Embedding { client_user_id, mail: false });
        draft
    };
    fine(named(&"x".repeat(200)));
    given([])
        .when(create(named(&"x".repeat(201))))
        .then_found([("/recipients/0/arrival/client_user_id", "text_too_long")]);
}

/// Seed: signatureapi.txt:136
#[test]
fn where_the_rules_say_so_combined_methods_need_a_link_that_a_program_asks_for() {
    let rules = || Rules { combined_methods: CombinedMethods::ManualCeremony, ..Rules::default() };
    let two = || with([custom(), Method::EmailCode]);
    const SENTENCE: &str =
        "Several methods together need a link that your program asks for itself; set the arrival to handed.";
    told(under(rules(), two()), CHAIN, "combined_methods_need_manual_ceremony", SENTENCE);
    fine(under(rules(), handed(two())));
    fine(under(rules(), with([Method::EmailCode])));
    fine(under(rules(), inside([host(), Method::EmailCode], 2)));
    fine(two());
}

/// Seed: consigno-cloud.txt:158
#[test]
fn the_methods_allowed_are_those_of_the_organisation() {
    let rules = || Rules { methods_allowed: Some(vec![MethodKind::SmsCode]), ..Rules::default() };
    const SENTENCE: &str = "The method totp is switched off for this organisation; use another one.";
    let draft = under(rules(), with([Method::SmsCode, Method::Totp]));
    told(draft, "/recipients/0/authentication/1", "method_not_allowed", SENTENCE);
    fine(under(rules(), with([Method::SmsCode])));
    fine(with([Method::Totp]));
}

/// Seed: xodo-sign.txt:33
#[test]
fn codes_by_telephone_can_be_switched_off() {
    let telephone = Telephone { refused: true, ..Telephone::default() };
    let rules = || Rules { telephone, ..Rules::default() };
    const SENTENCE: &str = "Codes by telephone are switched off for this organisation; use another method.";
    for method in [Method::SmsCode, Method::VoiceCode] {
        let draft = under(rules(), with([method.clone()]));
        told(draft, "/recipients/0/authentication/0", "telephone_codes_disabled", SENTENCE);
        fine(with([method]));
    }
    fine(under(rules(), with([Method::EmailCode])));
}

/// Seed: xodo-sign.txt:34
#[test]
fn what_would_exceed_the_months_allowance_is_not_sent() {
    let draft = |most, overage| {
        let telephone = Telephone { monthly_allowance: most, overage, ..Telephone::default() };
        let two = people(vec![proving("Ada", 1, [Method::SmsCode]), proving("Ben", 1, [Method::VoiceCode])]);
        under(Rules { telephone, ..Rules::default() }, two)
    };
    let sending = |draft: Draft, used| given(created(draft.clone())).telephone_used(used).when(send(&draft));
    sending(draft(Some(10), false), 8).then_allowed();
    sending(draft(Some(10), false), 9).then_refused(Refusal::TelephoneAllowanceUsed);
    sending(draft(Some(10), true), 9).then_allowed();
    sending(draft(None, false), u32::MAX).then_allowed();
    let telephone = Telephone { monthly_allowance: Some(0), ..Telephone::default() };
    sending(under(Rules { telephone, ..Rules::default() }, with([pin()])), 5).then_allowed();
}

/// Seed: consigno-cloud.txt:158
#[test]
fn the_least_number_of_factors_is_that_of_the_organisation() {
    let rules = |factors_min| Rules { factors_min, ..Rules::default() };
    let draft = |methods: Vec<Method>| people(vec![proving("Ada", 1, methods)]);
    const SENTENCE: &str = "Recipient 1 proves who they are in 1 way(s), and 2 are needed; add a method.";
    not_sent(under(rules(2), draft(vec![])), CHAIN, "factors_missing", SENTENCE);
    not_sent(under(rules(2), draft(vec![Method::EmailLink])), CHAIN, "factors_missing", SENTENCE);
    going(under(rules(2), draft(vec![Method::SmsCode])));
    going(under(rules(1), draft(vec![])));
    const THREE: &str = "Recipient 1 proves who they are in 2 way(s), and 3 are needed; add a method.";
    not_sent(under(rules(3), draft(vec![custom(), pin()])), CHAIN, "factors_missing", THREE);
    // Nobody sends a link to those who sign by themselves or on another's device, nor asks who gets a copy.
    let ada = proving("Ada", 1, [pin()]);
    let robot =
        RecipientDraft { mandate: Some("Power".into()), ..in_role(Role::AutomaticSigner, "Robot", 1) };
    let guest = RecipientDraft { host: Some(4), ..in_role(Role::InPersonSigner, "Guest", 1) };
    going(under(rules(2), people(vec![ada, robot, guest, in_role(Role::Host, "Hal", 1), copy("Cleo")])));
}

#[test]
fn no_more_factors_are_asked_for_than_make_sense() {
    fine(under(Rules { factors_min: 5, ..Rules::default() }, draft()));
    const SENTENCE: &str = "At most 5 ways of proving who one is can be asked for; choose fewer.";
    let six = under(Rules { factors_min: 6, ..Rules::default() }, draft());
    told(six, "/rules/factors_min", "factors_malformed", SENTENCE);
}
