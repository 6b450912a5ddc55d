//! How a recipient proves who they are is settled after sending, with a link that the sender's program asks for.

use crate::given::*;
use envelope::MethodKind::{EmailCode, Pin};
use envelope::commands::set_authentication::SetAuthentication;
use envelope::{
    Arrival, CombinedMethods, Command, Embedding, Event, Method, RecipientDraft, Refusal, Role, Rules,
};

fn set(recipient: u16, methods: &[Method], arrival: Option<Arrival>) -> Command {
    Command::SetAuthentication(SetAuthentication { recipient, authentication: methods.to_vec(), arrival })
}

fn was_set(recipient: u16, methods: &[Method], arrival: Arrival) -> Event {
    Event::AuthenticationSet { recipient, authentication: methods.to_vec(), arrival }
}

/// Ada's link is handed over; Ben comes later; several methods need such a link.
fn manual() -> Given {
    let handed = RecipientDraft { arrival: Arrival::Handed, ..signer("Ada", 1) };
    let rules = Rules { combined_methods: CombinedMethods::ManualCeremony, ..Rules::default() };
    going(under(rules, people(vec![handed, signer("Ben", 2)])))
}

/// Seed: signatureapi.txt:18
/// Seed: signatureapi.txt:22
/// Seed: signatureapi.txt:136
#[test]
fn a_program_asks_for_a_link_and_says_how_its_person_is_authenticated() {
    let chain = [custom(), Method::EmailCode];
    manual().when(set(1, &chain, None)).then([was_set(1, &chain, Arrival::Handed)], [end_link(1)]);
    let given = manual().did(set(1, &chain, None));
    given.when(open(1)).then_refused(Refusal::AuthenticationMissing { method: EmailCode });
    given.did(begin(1, EmailCode)).visit(1).did(answer(1, EmailCode)).when(open(1)).then_allowed();
}

/// Seed: signatureapi.txt:77
/// Seed: signatureapi.txt:79
#[test]
fn a_link_with_the_method_email_link_is_mailed() {
    let chain = [Method::EmailLink, Method::EmailCode];
    manual().when(set(1, &chain, None)).then_done([end_link(1), invite(1)]);
    manual().did(set(1, &chain, None)).when(invite_again(1)).then_allowed();
    // Who comes later is invited later.
    let by_hand = Some(Arrival::Handed);
    manual().when(set(2, &chain, by_hand.clone())).then([was_set(2, &chain, Arrival::Handed)], []);
    manual()
        .when(set(2, &chain, None))
        .then_found([("/recipients/1/authentication", "combined_methods_need_manual_ceremony")]);
    let embedded = Arrival::Embedded(Embedding::default());
    let host = [Method::Host { client_user_id: None }];
    manual().when(set(2, &host, Some(embedded.clone()))).then([was_set(2, &host, embedded)], []);
}

#[test]
fn what_was_proved_before_counts_no_more() {
    let given = going(people(vec![proving("Ada", 1, [Method::EmailCode]), signer("Ben", 1)]));
    let out = given.did(begin(1, EmailCode)).visit(1);
    let changed = [Method::EmailCode, pin()];
    out.clone().did(set(1, &changed, None)).when(answer(1, EmailCode)).then_refused(Refusal::CodeExpired);
    let proved = out.did(answer(1, EmailCode)).did(consent(1));
    let after = proved.did(set(1, &changed, None));
    after.when(sign(1)).then_refused(Refusal::AuthenticationMissing { method: EmailCode });
    assert_eq!(after.state().methods_passed(1, Some(1)), []);
    // Where it stays as it was nothing happens.
    after.when(set(1, &changed, None)).then_nothing();
    after.when(set(1, &changed, Some(Arrival::Mail))).then_nothing();
    after.when(set(1, &changed, Some(Arrival::Handed))).then_allowed();
    after.when(set(1, &[pin()], Some(Arrival::Mail))).then_allowed();
}

#[test]
fn a_chain_that_could_not_be_sent_cannot_be_set() {
    manual().when(set(1, &[Method::SmsCode, pin()], None)).then_found([
        ("/recipients/0/authentication", "signer_authentication_combined_with_pin_not_supported"),
        ("/recipients/0/phone", "phone_missing"),
    ]);
    let nowhere = [Method::Pin { pin: None }];
    manual().when(set(2, &nowhere, None)).then_found([("/recipients/1/authentication/0/pin", "pin_missing")]);
    let refused =
        |given: Given, recipient, refusal| given.when(set(recipient, &[pin()], None)).then_refused(refusal);
    refused(manual().meant(1), 1, Refusal::AlreadyActed);
    refused(manual(), 9, Refusal::RecipientUnknown);
    refused(manual(), 0, Refusal::RecipientUnknown);
    refused(given(created(draft())), 1, Refusal::NotSent);
    refused(given(all_signed()), 1, Refusal::AlreadyFinishing);
}

#[test]
fn who_reads_the_result_can_be_asked_for_more_as_well() {
    let given = going(people(vec![signer("Ada", 1), in_role(Role::Copy, "Cleo", 1)]));
    given.when(set(2, &[pin()], None)).then([was_set(2, &[pin()], Arrival::Mail)], []);
    let sealing = given.did(set(2, &[pin()], None)).signed(1);
    let head = sealing.head();
    sealing.did(record_seal(head)).when(answer(2, Pin)).then_allowed();
}
