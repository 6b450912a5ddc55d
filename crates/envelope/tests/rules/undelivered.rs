//! A code that did not arrive.

use crate::given::*;
use envelope::MethodKind::{EmailCode, SmsCode, VoiceCode};
use envelope::commands::correct_recipient::CorrectRecipient;
use envelope::commands::record_undelivered_code::RecordUndeliveredCode;
use envelope::{Command, Context, Event, Method, MethodKind, Refusal};
use jiff::{Timestamp, ToSpan};

fn undelivered(recipient: u16, method: MethodKind, sent_at: Timestamp) -> Command {
    Command::RecordUndeliveredCode(RecordUndeliveredCode {
        recipient,
        method,
        sent_at,
        destination: "+336••••••78".into(),
        reason: Some("30003".into()),
    })
}

fn told(method: MethodKind) -> Event {
    Event::CodeUndelivered {
        recipient: 1,
        method,
        destination: "+336••••••78".into(),
        reason: Some("30003".into()),
    }
}

/// A code is out for Ada, by telephone.
fn code_out() -> Given {
    going(people(vec![proving("Ada", 1, [Method::SmsCode]), signer("Ben", 2)]))
        .did(begin(1, SmsCode))
        .visit(1)
}

fn shown(given: &Given) -> Option<bool> {
    let context = Context { visit: Some(1), ..Context::at(time(NOW)) };
    given.state().asked_of(1, &context).map(|asked| asked.undelivered)
}

#[test]
fn a_code_that_did_not_arrive_is_told_once_and_shown() {
    let given = code_out();
    assert_eq!(shown(&given), Some(false));
    given.when(undelivered(1, SmsCode, time(NOW))).then([told(SmsCode)], []);
    let lost = given.did(undelivered(1, SmsCode, time(NOW)));
    assert_eq!(shown(&lost), Some(true));
    lost.when(undelivered(1, SmsCode, time(NOW))).then_nothing();
    // A provider can be wrong: who has the code gets in by it.
    let proved = lost.did(answer(1, SmsCode));
    assert_eq!(proved.person(1).undelivered, None);
}

#[test]
fn what_is_said_of_another_code_says_nothing_about_the_one_that_is_out() {
    let given = code_out();
    let before = time(NOW) - 1.second();
    given.when(undelivered(1, SmsCode, before)).then_nothing();
    given.when(undelivered(1, VoiceCode, time(NOW))).then_nothing();
    given.when(undelivered(1, EmailCode, time(NOW))).then_nothing();
    given.when(undelivered(2, SmsCode, time(NOW))).then_nothing();
    given.when(undelivered(3, SmsCode, time(NOW))).then_refused(Refusal::RecipientUnknown);
    given.did(answer(1, SmsCode)).when(undelivered(1, SmsCode, time(NOW))).then_nothing();
}

#[test]
fn a_corrected_number_is_not_the_one_that_was_not_reached() {
    let lost = code_out().did(undelivered(1, SmsCode, time(NOW)));
    let corrected = lost.did(Command::Correct(CorrectRecipient {
        recipient: 1,
        email: "ada@example.org".into(),
        phone: "+33687654321".into(),
    }));
    assert_eq!(corrected.person(1).undelivered, None);
}
