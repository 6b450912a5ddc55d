//! What vendors say of signers, order, authentication and notification, where no other test says it already.

use crate::given::*;
use envelope::MethodKind::{EmailCode, Pin, SmsCode};
use envelope::commands::create::CreateEnvelope;
use envelope::{
    Arrival, Command, Draft, Effect, Event, FieldKind, Method, MethodKind, Part, Personal, Placeholders,
    RecipientDraft, Refusal, Rules, Telephone,
};

fn missing(method: MethodKind) -> Refusal {
    Refusal::AuthenticationMissing { method }
}

/// Ada proves herself in these ways; Ben, in the same step, does not.
fn one_of_two(methods: impl IntoIterator<Item = Method>) -> Given {
    going(people(vec![proving("Ada", 1, methods), signer("Ben", 1)]))
}

/// How the record of events holds a recipient.
fn recorded(draft: Draft, recipient: usize) -> serde_json::Value {
    let events = given([]).when(create(draft)).events();
    let first = serde_json::to_value(&events[0]).expect("an event is JSON");
    first["body"]["draft"]["recipients"][recipient - 1].clone()
}

/// Seed: xodo-sign.txt:18
/// Seed: xodo-sign.txt:44
/// Seed: xodo-sign.txt:229
#[test]
fn one_of_two_signers_types_a_code_and_the_other_is_asked_for_none() {
    let given = one_of_two([Method::SmsCode]);
    given.when(open(2)).then([opened(2)], []);
    given.when(open(1)).then_refused(missing(SmsCode));
    let out = given.did(begin(1, SmsCode)).visit(1);
    out.clone().did(wrong(1, SmsCode)).when(open(1)).then_refused(missing(SmsCode));
    out.did(answer(1, SmsCode)).when(open(1)).then([opened(1)], []);
}

/// Seed: xodo-sign.txt:28
#[test]
fn each_fault_about_the_authentication_has_a_code_of_its_own() {
    let alone = |method| people(vec![proving("Ada", 1, [method])]);
    let mut malformed = alone(Method::SmsCode);
    malformed.recipients[0].phone = "12".into();
    given([]).when(create(malformed)).then_found([("/recipients/0/phone", "phone_malformed")]);
    let off = Telephone { refused: true, ..Telephone::default() };
    let off = under(Rules { telephone: off, ..Rules::default() }, alone(Method::SmsCode));
    let at = "/recipients/0/authentication/0";
    given([]).when(create(off)).then_found([(at, "telephone_codes_disabled")]);
    let none = Telephone { monthly_allowance: Some(0), ..Telephone::default() };
    let none = under(Rules { telephone: none, ..Rules::default() }, alone(Method::SmsCode));
    given(created(none.clone())).when(send(&none)).then_refused(Refusal::TelephoneAllowanceUsed);
    assert_eq!(Refusal::TelephoneAllowanceUsed.code(), "telephone_allowance_used");
}

/// Seed: xodo-sign.txt:67
/// Seed: consigno-cloud.txt:137
#[test]
fn a_signer_has_a_name_an_address_methods_and_a_language() {
    let with = |name: &str, email: &str| {
        let ada = RecipientDraft { name: name.into(), email: email.into(), ..proving("Ada", 1, [pin()]) };
        people(vec![RecipientDraft { language: "fr".into(), ..ada }])
    };
    let sending = |draft: Draft| given(created(draft.clone())).when(send(&draft));
    sending(with("", "ada@example.org")).then_found([("/recipients/0/name", "name_missing")]);
    sending(with("Ada", "")).then_found([("/recipients/0/email", "email_missing")]);
    let sent = going(with("Ada", "ada@example.org")).state();
    let ada = sent.recipient(1).expect("she was sent to");
    assert_eq!((ada.name.text(), ada.email.text(), ada.language.as_str()), ("Ada", "ada@example.org", "fr"));
    assert_eq!(ada.authentication, [pin()]);
}

/// Seed: xodo-sign.txt:145
#[test]
fn each_signer_has_a_language_of_their_own() {
    let ben = RecipientDraft { language: "fr".into(), ..signer("Ben", 1) };
    let state = going(people(vec![signer("Ada", 1), ben.clone()])).state();
    let languages: Vec<&str> = state.draft.recipients.iter().map(|it| it.language.as_str()).collect();
    assert_eq!(languages, ["en", "fr"]);
    let ben = RecipientDraft { language: "xx".into(), ..ben };
    given([]).when(create(people(vec![ben]))).then_found([("/recipients/0/language", "language_unknown")]);
}

/// Seed: xodo-sign.txt:135
#[test]
fn a_signer_can_have_the_name_of_a_role() {
    let rules = Rules { placeholders: Placeholders::Turn, ..Rules::default() };
    let given = going(under(rules, people(vec![signer("Ada", 1), vacant("Landlord", 2)])));
    let role = |given: &Given| given.state().recipient(2).and_then(|it| it.placeholder.clone());
    assert_eq!(role(&given).as_deref(), Some("Landlord"));
    assert_eq!(role(&given.did(replace(2))), None, "a person has taken it");
}

/// Seed: xodo-sign.txt:137
#[test]
fn a_pin_is_asked_before_anything_else() {
    let given = one_of_two([pin()]);
    given.when(open(1)).then_refused(missing(Pin));
    given.did(answer(1, Pin)).visit(1).when(open(1)).then([opened(1)], []);
}

/// Seed: xodo-sign.txt:141
/// Seed: xodo-sign.txt:149
/// Seed: xodo-sign.txt:151
/// Seed: xodo-sign.txt:171
/// Seed: xodo-sign.txt:173
#[test]
fn how_far_each_signer_has_come_can_be_told() {
    let draft = draft();
    given(created(draft.clone())).when(send(&draft)).then_done([invite(1)]);
    let given = going(draft);
    assert_eq!((given.part(1), given.part(2)), (Part::Invited, Part::Waiting));
    given.when(open(2)).then_refused(Refusal::RecipientOutOfTurn);
    let given = given.did(open(1));
    assert_eq!((given.part(1), given.part(2)), (Part::Opened, Part::Waiting));
    let given = given.signed(1);
    assert_eq!((given.part(1), given.part(2)), (Part::Signed { at: time(NOW) }, Part::Invited));
}

/// Seed: xodo-sign.txt:143
#[test]
fn whose_signature_is_not_necessary_does_not_hold_it_up() {
    let rules = || Rules { completion: envelope::Completion::Required, ..Rules::default() };
    let two = |ben| under(rules(), people(vec![signer("Ada", 1), ben]));
    let sealing = |given: Given| given.signed(1).events_hold_sealing();
    assert!(sealing(going(two(optional(signer("Ben", 1))))));
    assert!(!sealing(going(two(signer("Ben", 1)))));
}

impl Given {
    fn events_hold_sealing(&self) -> bool {
        let head = self.head();
        // Only what is about to be sealed takes a seal.
        !matches!(self.when(record_seal(head)).refused(), Some(Refusal::NothingPending))
    }
}

/// Seed: xodo-sign.txt:186
/// Seed: xodo-sign.txt:206
/// Seed: signatureapi.txt:51
#[test]
fn the_record_says_of_whom_an_authentication_is_asked() {
    let draft = people(vec![proving("Ada", 1, [Method::SmsCode]), signer("Ben", 1)]);
    assert_eq!(recorded(draft.clone(), 1)["authentication"][0]["method"], "sms_code");
    assert!(recorded(draft, 2).get("authentication").is_none());
    let custom = recorded(people(vec![proving("Ada", 1, [custom()])]), 1);
    assert_eq!(custom["authentication"][0]["provider"], "SuperApp");
}

/// Seed: signatureapi.txt:32
#[test]
fn what_the_senders_application_says_of_its_sign_in_is_kept_as_personal() {
    let said = [("session_id".to_owned(), "sess_12345".to_owned())];
    let data = Personal::Known(said.into_iter().collect());
    let chain = [Method::Custom { provider: "SuperApp".into(), data }];
    let kept = recorded(people(vec![proving("Ada", 1, chain)]), 1);
    assert_eq!(kept["authentication"][0]["data"]["$personal"]["session_id"], "sess_12345");
}

/// Seed: signatureapi.txt:1
/// Seed: signatureapi.txt:20
/// Seed: signatureapi.txt:63
/// Seed: signatureapi.txt:75
#[test]
fn a_code_by_mail_follows_the_senders_own_sign_in() {
    let given = one_of_two([custom(), Method::EmailCode]);
    given.when(open(1)).then_refused(missing(EmailCode));
    given
        .when(begin(1, EmailCode))
        .then([issued(1, 1, EmailCode)], [Effect::SendCode { recipient: 1, visit: 1, method: EmailCode }]);
    given.did(begin(1, EmailCode)).visit(1).did(answer(1, EmailCode)).when(open(1)).then_allowed();
}

/// Seed: signatureapi.txt:102
/// Seed: signatureapi.txt:108
/// Seed: signatureapi.txt:114
/// Seed: signatureapi.txt:120
#[test]
fn a_link_by_mail_comes_first_and_a_code_by_another_mail_during_the_visit() {
    let draft = people(vec![proving("Ada", 1, [Method::EmailLink, Method::EmailCode])]);
    given(created(draft.clone())).when(send(&draft)).then_done([invite(1)]);
    let given = going(draft);
    given.when(open(1)).then_refused(missing(EmailCode));
    let code = Effect::SendCode { recipient: 1, visit: 1, method: EmailCode };
    given.when(begin(1, EmailCode)).then_done([code]);
    given.did(begin(1, EmailCode)).visit(1).did(answer(1, EmailCode)).when(open(1)).then_allowed();
}

/// Seed: signatureapi.txt:57
/// Seed: consigno-cloud.txt:58
#[test]
fn one_is_mailed_and_another_is_led_to_the_page_by_the_senders_application() {
    let handed = RecipientDraft { arrival: Arrival::Handed, ..signer("Cleo", 1) };
    let draft = people(vec![signer("Ada", 1), embedded("Ben", 1), handed]);
    given(created(draft.clone())).when(send(&draft)).then_done([invite(1)]);
    for led in [2, 3] {
        going(draft.clone()).when(issue_link(led)).then([Event::LinkIssued { recipient: led }], []);
    }
}

/// Seed: signatureapi.txt:128
#[test]
fn in_test_mode_the_same_is_asked_as_ever() {
    let draft = people(vec![proving("Ada", 1, [Method::SmsCode, Method::EmailCode])]);
    let test = Command::Create(CreateEnvelope { sender: sender(), test: true, draft: draft.clone() });
    let given = given([]).did(test).did(send(&draft));
    assert!(given.state().test);
    given.when(open(1)).then_refused(missing(SmsCode));
    let half = given.did(begin(1, SmsCode)).visit(1).did(answer(1, SmsCode));
    half.when(open(1)).then_refused(missing(EmailCode));
}

/// Seed: consigno-cloud.txt:104
#[test]
fn a_place_belongs_to_one_signer_who_alone_fills_it() {
    let mut draft = parallel();
    draft.fields.push(field("town", FieldKind::Text, 1));
    let given = going(draft).did(consent(1)).did(consent(2));
    given.when(fill(1, [("town", "Paris")])).then_allowed();
    assert!(given.when(fill(2, [("town", "Rome")])).refused().is_some());
}

/// Seed: consigno-cloud.txt:152
#[test]
fn the_link_is_one_of_the_methods_also_where_it_is_not_named() {
    for methods in [vec![Method::SmsCode], vec![Method::EmailLink, Method::SmsCode]] {
        let draft = people(vec![proving("Ada", 1, methods)]);
        let rules = Rules { factors_min: 2, ..Rules::default() };
        let draft = under(rules, draft);
        given(created(draft.clone())).when(send(&draft)).then_done([invite(1)]);
    }
}

/// Seed: consigno-cloud.txt:201
#[test]
fn who_is_told_of_the_completion_can_be_asked_for_proof() {
    let cleo = RecipientDraft { authentication: vec![pin()], ..copy("Cleo") };
    let sealing = going(people(vec![signer("Ada", 1), cleo])).signed(1);
    let head = sealing.head();
    let done = sealing.did(record_seal(head));
    assert_eq!(done.state().asked_of(2, &done.context()).map(|it| it.method.kind()), Some(Pin));
    let proved = done.did(answer(2, Pin)).visit(1);
    assert_eq!(proved.state().asked_of(2, &proved.context()), None);
}

/// Seed: consigno-cloud.txt:154
/// Seed: consigno-cloud.txt:201
#[test]
fn a_code_goes_to_the_telephone_of_the_signer_or_of_who_is_told_of_the_completion() {
    let cleo = RecipientDraft { authentication: vec![Method::SmsCode], ..copy("Cleo") };
    let with = |phone: &str| {
        let cleo = RecipientDraft { phone: phone.into(), ..cleo.clone() };
        people(vec![proving("Ada", 1, [Method::SmsCode]), cleo])
    };
    let draft = with("");
    given(created(draft.clone())).when(send(&draft)).then_found([("/recipients/1/phone", "phone_missing")]);
    let asked = going(with("+33612345679")).did(begin(1, SmsCode)).visit(1).did(answer(1, SmsCode));
    let sealing = asked.signed(1);
    let head = sealing.head();
    let code = Effect::SendCode { recipient: 2, visit: 1, method: SmsCode };
    sealing.did(record_seal(head)).no_visit().when(begin(2, SmsCode)).then_done([code]);
}

/// Seed: secured-signing.txt:116
#[test]
fn a_form_is_filled_in_and_signed_by_the_same_person() {
    let mut draft = people(vec![signer("Ada", 1)]);
    draft.fields.push(field("town", FieldKind::Text, 1));
    let given = going(draft).did(consent(1)).did(fill(1, [("town", "Paris")]));
    given.when(sign(1)).then_allowed();
}
