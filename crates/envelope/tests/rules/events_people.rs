//! Events about proofs, people, roles and time as JSON, and what a draft says of them.

use crate::events::{part, reads};
use crate::given::*;
use envelope::MethodKind::{EmailCode, Pin, SmsCode};
use envelope::{
    Arrival, CombinedMethods, Completion, Delegation, Draft, EmbeddedSigning, Embedding, Event, MailWishes,
    Method, MethodKind, Notice, Part11, Personal, Placeholders, RecipientDraft, Reminders, Returns, Role,
    Rules, Sender, Shelf, StepLimit, Telephone,
};

#[test]
fn proofs() {
    reads(
        &issued(1, 2, SmsCode),
        concat!(
            r#"{"type":"challenge_issued","body":{"recipient":1,"visit":2,"method":"sms_code","#,
            r#""destination":{"$personal":"•••• 78"}}}"#
        ),
    );
    let nowhere =
        Event::ChallengeIssued { recipient: 1, visit: 2, method: EmailCode, destination: "".into() };
    reads(&nowhere, r#"{"type":"challenge_issued","body":{"recipient":1,"visit":2,"method":"email_code"}}"#);
    reads(
        &passed(1, 1, Pin),
        r#"{"type":"challenge_passed","body":{"recipient":1,"visit":1,"method":"pin"}}"#,
    );
    let learnt = Event::ChallengePassed {
        recipient: 1,
        visit: 1,
        method: MethodKind::Oidc,
        detail: "subject-1".into(),
    };
    reads(
        &learnt,
        concat!(
            r#"{"type":"challenge_passed","body":{"recipient":1,"visit":1,"method":"oidc","#,
            r#""detail":{"$personal":"subject-1"}}}"#
        ),
    );
    reads(
        &failed(1, 1, Pin, 4),
        r#"{"type":"challenge_failed","body":{"recipient":1,"visit":1,"method":"pin","attempts_left":4}}"#,
    );
    reads(
        &Event::RecipientLocked { recipient: 1, method: Pin },
        r#"{"type":"recipient_locked","body":{"recipient":1,"method":"pin"}}"#,
    );
    reads(
        &Event::RecipientUnlocked { recipient: 1 },
        r#"{"type":"recipient_unlocked","body":{"recipient":1}}"#,
    );
    reads(
        &Event::ConsentWithdrawn { recipient: 1 },
        r#"{"type":"consent_withdrawn","body":{"recipient":1}}"#,
    );
}

#[test]
fn acts_of_those_who_do_not_sign() {
    let shown = || [(1, digest(1)), (10, digest(2))].into();
    reads(
        &Event::FillingIntended {
            recipient: 1,
            documents: vec![1],
            shown: shown(),
            values: personal([("city", "Paris")]),
        },
        concat!(
            r##"{"type":"filling_intended","body":{"recipient":1,"documents":[1],"shown":{"1":"#0001","10":"#0002"},"##,
            r##""values":{"city":{"$personal":"Paris"}}}}"##
        ),
    );
    reads(
        &Event::RecipientFilled { recipient: 1, revisions: vec![revision(1, digest(2), digest(3))] },
        concat!(
            r##"{"type":"recipient_filled","body":{"recipient":1,"revisions":[{"document":1,"base":"#0002","##,
            r##""digest":"#0003","length":1500,"tail":"#0003","tail_length":500}]}}"##
        ),
    );
    reads(
        &Event::RecipientApproved { recipient: 1, shown: shown() },
        r##"{"type":"recipient_approved","body":{"recipient":1,"shown":{"1":"#0001","10":"#0002"}}}"##,
    );
    reads(
        &Event::RecipientViewed { recipient: 1, shown: shown() },
        r##"{"type":"recipient_viewed","body":{"recipient":1,"shown":{"1":"#0001","10":"#0002"}}}"##,
    );
    reads(&released([1, 3]), r#"{"type":"recipients_released","body":{"recipients":[1,3]}}"#);
    let meant = Event::SigningIntended {
        recipient: 1,
        documents: vec![1],
        shown: [(1, digest(1))].into(),
        values: [].into(),
        signature: None,
        initials: None,
        meaning: Some("Approved".into()),
    };
    reads(
        &meant,
        concat!(
            r##"{"type":"signing_intended","body":{"recipient":1,"documents":[1],"shown":{"1":"#0001"},"values":{},"##,
            r##""meaning":"Approved"}}"##
        ),
    );
}

#[test]
fn who_the_people_are() {
    reads(
        &delegation_asked(1),
        concat!(
            r#"{"type":"delegation_asked","body":{"recipient":1,"name":{"$personal":"Dora"},"#,
            r#""email":{"$personal":"dora@example.org"},"reason":{"$personal":"Holidays."}}}"#
        ),
    );
    reads(
        &Event::DelegationRefused { recipient: 1 },
        r#"{"type":"delegation_refused","body":{"recipient":1}}"#,
    );
    reads(
        &replaced(1),
        concat!(
            r#"{"type":"recipient_replaced","body":{"recipient":1,"name":{"$personal":"Dora"},"#,
            r#""email":{"$personal":"dora@example.org"}}}"#
        ),
    );
    let full = Event::RecipientReplaced {
        recipient: 1,
        name: "Dora".into(),
        email: "dora@example.org".into(),
        phone: "+33612345678".into(),
        language: Some("fr".into()),
    };
    reads(
        &full,
        concat!(
            r#"{"type":"recipient_replaced","body":{"recipient":1,"name":{"$personal":"Dora"},"#,
            r#""email":{"$personal":"dora@example.org"},"phone":{"$personal":"+33612345678"},"language":"fr"}}"#
        ),
    );
    let corrected = |phone: &str| Event::RecipientCorrected {
        recipient: 1,
        email: "ada@example.org".into(),
        phone: phone.into(),
    };
    reads(
        &corrected(""),
        r#"{"type":"recipient_corrected","body":{"recipient":1,"email":{"$personal":"ada@example.org"}}}"#,
    );
    reads(
        &corrected("+33612345678"),
        concat!(
            r#"{"type":"recipient_corrected","body":{"recipient":1,"email":{"$personal":"ada@example.org"},"#,
            r#""phone":{"$personal":"+33612345678"}}}"#
        ),
    );
    let set = |authentication, arrival| Event::AuthenticationSet { recipient: 1, authentication, arrival };
    reads(
        &set(vec![pin()], Arrival::Handed),
        concat!(
            r#"{"type":"authentication_set","body":{"recipient":1,"#,
            r#""authentication":[{"method":"pin","pin":"sec_1"}],"arrival":"handed"}}"#
        ),
    );
    reads(
        &set(Vec::new(), Arrival::Mail),
        r#"{"type":"authentication_set","body":{"recipient":1,"authentication":[]}}"#,
    );
    reads(
        &Event::RecipientRemoved { recipient: 1 },
        r#"{"type":"recipient_removed","body":{"recipient":1}}"#,
    );
}

#[test]
fn what_reaches_them_and_what_becomes_of_it() {
    reads(
        &Event::RecipientsReminded { recipients: vec![1, 2] },
        r#"{"type":"recipients_reminded","body":{"recipients":[1,2]}}"#,
    );
    reads(
        &Event::InvitationRepeated { recipient: 1 },
        r#"{"type":"invitation_repeated","body":{"recipient":1}}"#,
    );
    let bounced = |recipient| Event::MessageBounced {
        recipient,
        message: "m1@example.org".into(),
        permanent: true,
        status: "5.1.1".into(),
        destination: "".into(),
    };
    const REST: &str = r#""message":"m1@example.org","permanent":true,"status":"5.1.1"}}"#;
    reads(&bounced(Some(1)), &format!(r#"{{"type":"message_bounced","body":{{"recipient":1,{REST}"#));
    const WHERE: &str = r#""status":"5.1.1","destination":{"$personal":"a••@example.org"}}}"#;
    let Event::MessageBounced { message, permanent, status, .. } = bounced(None) else { unreachable!() };
    let masked = Event::MessageBounced {
        recipient: Some(1),
        message,
        permanent,
        status,
        destination: "a••@example.org".into(),
    };
    let json =
        r#"{"type":"message_bounced","body":{"recipient":1,"message":"m1@example.org","permanent":true,"#;
    reads(&masked, &format!("{json}{WHERE}"));
    reads(
        &Event::CodeUndelivered {
            recipient: 1,
            method: MethodKind::SmsCode,
            destination: "+336••••••78".into(),
            reason: Some("30003".into()),
        },
        concat!(
            r#"{"type":"code_undelivered","body":{"recipient":1,"method":"sms_code","#,
            r#""destination":{"$personal":"+336••••••78"},"reason":"30003"}}"#
        ),
    );
    reads(&bounced(None), &format!(r#"{{"type":"message_bounced","body":{{{REST}"#));
    reads(
        &Event::ExpiryExtended { expires_at: time(EXPIRY) },
        r#"{"type":"expiry_extended","body":{"expires_at":"2026-04-01T22:00:00Z"}}"#,
    );
    for shelf in [Shelf::Desk, Shelf::Archive, Shelf::Trash, Shelf::Deleted] {
        let json = format!(r#"{{"type":"envelope_shelved","body":{{"shelf":"{}"}}}}"#, shelf.word());
        reads(&Event::EnvelopeShelved { shelf }, &json);
    }
    let to = Sender { user: "usr_2".into(), name: "Hopper".into(), email: "hopper@example.org".into() };
    reads(
        &Event::EnvelopeHandedOver { to },
        concat!(
            r#"{"type":"envelope_handed_over","body":{"to":{"user":"usr_2","name":{"$personal":"Hopper"},"#,
            r#""email":{"$personal":"hopper@example.org"}}}}"#
        ),
    );
}

fn returns() -> Returns {
    let to = |end: &str| Some(format!("https://app.example.org/{end}"));
    Returns { done: to("done"), declined: to("declined"), failed: to("failed") }
}

/// A recipient who has everything that one can have.
fn everything() -> RecipientDraft {
    RecipientDraft {
        phone: "+33612345678".into(),
        authentication: vec![pin()],
        placeholder: Some("Tenant".into()),
        optional: true,
        host: Some(2),
        witness_of: Some(3),
        mandate: Some("Power".into()),
        arrival: Arrival::Embedded(Embedding { client_user_id: Some("42".into()), mail: true }),
        notice: Notice { subject: "Subject".into(), message: "Private".into(), returns: returns() },
        time_zone: Some("Asia/Tokyo".into()),
        ..signer("Ada", 1)
    }
}

#[test]
fn every_word_of_a_recipient_is_fixed() {
    part(
        &everything(),
        concat!(
            r#"{"name":{"$personal":"Ada"},"email":{"$personal":"ada@example.org"},"role":"signer","step":1,"#,
            r#""language":"en","phone":{"$personal":"+33612345678"},"#,
            r#""authentication":[{"method":"pin","pin":"sec_1"}],"placeholder":"Tenant","optional":true,"#,
            r#""host":2,"witness_of":3,"mandate":"Power","#,
            r#""arrival":{"embedded":{"client_user_id":"42","mail":true}},"#,
            r#""notice":{"subject":{"$personal":"Subject"},"message":{"$personal":"Private"},"#,
            r#""returns":{"done":"https://app.example.org/done","declined":"https://app.example.org/declined","#,
            r#""failed":"https://app.example.org/failed"}},"time_zone":"Asia/Tokyo"}"#
        ),
    );
    part(&vec![Arrival::Handed, Arrival::Embedded(Embedding::default())], r#"["handed",{"embedded":{}}]"#);
    let roles = concat!(
        r#"["signer","in_person_signer","automatic_signer","witness","filler","approver","viewer","host","#,
        r#""copy"]"#
    );
    part(&Role::ALL.to_vec(), roles);
    assert_eq!(serde_json::to_string(&Role::ALL.map(Role::word)).ok().as_deref(), Some(roles));
}

#[test]
fn every_method_has_its_word_and_what_is_secret_stands_in_none() {
    let said = [("session_id".to_owned(), "sess_1".to_owned())].into();
    let mut methods = vec![
        Method::EmailLink,
        Method::EmailCode,
        Method::SmsCode,
        Method::VoiceCode,
        secret(),
        Method::Pin { pin: None },
        Method::Custom { provider: "SuperApp".into(), data: Personal::Known(said) },
        Method::Host { client_user_id: Some("42".into()) },
        Method::Totp,
        Method::Passkey,
        Method::Oidc { subject: None },
        Method::Oidc { subject: Some("4711".into()) },
    ];
    part(
        &methods,
        concat!(
            r#"[{"method":"email_link"},{"method":"email_code"},{"method":"sms_code"},{"method":"voice_code"},"#,
            r#"{"method":"secret","question":{"$personal":"First pet?"},"answer":"sec_2"},{"method":"pin"},"#,
            r#"{"method":"custom","provider":"SuperApp","data":{"$personal":{"session_id":"sess_1"}}},"#,
            r#"{"method":"host","client_user_id":"42"},{"method":"totp"},{"method":"passkey"},{"method":"oidc"},"#,
            r#"{"method":"oidc","subject":{"$personal":"4711"}}]"#
        ),
    );
    methods.pop();
    let kinds: Vec<MethodKind> = methods.iter().map(Method::kind).collect();
    assert_eq!(kinds, MethodKind::ALL);
    let words = serde_json::to_value(MethodKind::ALL.map(MethodKind::word)).ok();
    assert_eq!(serde_json::to_value(MethodKind::ALL).ok(), words);
}

#[test]
fn every_word_of_the_rules_is_fixed() {
    let rules = Rules {
        completion: Completion::Required,
        placeholders: Placeholders::Turn,
        embedded: EmbeddedSigning::AloneInStep,
        combined_methods: CombinedMethods::ManualCeremony,
        factors_min: 2,
        methods_allowed: Some(vec![EmailCode, Pin]),
        telephone: Telephone { refused: true, monthly_allowance: Some(100), overage: true },
        delegation: Delegation::WithConsent,
        part_11: Some(Part11 { meanings: vec!["Author".into()] }),
        ..Rules::default()
    };
    part(
        &rules,
        concat!(
            r#"{"place_required":true,"decline_ends":"envelope","completion":"required","placeholders":"turn","#,
            r#""embedded":"alone_in_step","combined_methods":"manual_ceremony","factors_min":2,"#,
            r#""methods_allowed":["email_code","pin"],"#,
            r#""telephone":{"refused":true,"monthly_allowance":100,"overage":true},"#,
            r#""delegation":"with_consent","part_11":{"meanings":["Author"]}}"#
        ),
    );
    let completions =
        vec![Completion::All, Completion::Required, Completion::AnyOfStep, Completion::AnyOfDocument];
    part(&completions, r#"["all","required","any_of_step","any_of_document"]"#);
    part(&vec![Placeholders::Send, Placeholders::Turn], r#"["send","turn"]"#);
    let embedded = vec![EmbeddedSigning::Allowed, EmbeddedSigning::AloneInStep, EmbeddedSigning::Refused];
    part(&embedded, r#"["allowed","alone_in_step","refused"]"#);
    part(&vec![CombinedMethods::Free, CombinedMethods::ManualCeremony], r#"["free","manual_ceremony"]"#);
    let delegations = vec![Delegation::Refused, Delegation::WithConsent, Delegation::Free];
    part(&delegations, r#"["refused","with_consent","free"]"#);
    assert!(serde_json::from_str::<Rules>(r#"{"telephone":{"allowance":1}}"#).is_err());
    assert!(serde_json::from_str::<Rules>(r#"{"part_11":{"meaning":[]}}"#).is_err());
}

#[test]
fn every_word_of_reminders_limits_and_mails_is_fixed() {
    let reminders =
        Reminders { first_after_days: 3, every_days: 7, before_expiry_days: vec![1, 2], hour: Some(8) };
    part(&reminders, r#"{"first_after_days":3,"every_days":7,"before_expiry_days":[1,2],"hour":8}"#);
    part(&Reminders::default(), "{}");
    part(&StepLimit { step: 2, days: 5 }, r#"{"step":2,"days":5}"#);
    let mails = MailWishes {
        subject: "Subject".into(),
        sender_name: "Grace Ltd".into(),
        reply_to: "office@example.org".into(),
        to_sender: Some(false),
        attach_documents: true,
    };
    part(
        &mails,
        concat!(
            r#"{"subject":{"$personal":"Subject"},"sender_name":{"$personal":"Grace Ltd"},"#,
            r#""reply_to":{"$personal":"office@example.org"},"to_sender":false,"attach_documents":true}"#
        ),
    );
    part(&MailWishes::default(), "{}");
    let whole = Draft {
        reminders,
        step_limits: vec![StepLimit { step: 2, days: 5 }],
        mails,
        returns: Returns { done: Some("https://a.example".into()), ..Returns::default() },
        ..draft()
    };
    let json = serde_json::to_string(&whole).expect("it can be written");
    for key in
        [r#""reminders":{"first"#, r#""step_limits":[{"#, r#""mails":{"subject"#, r#""returns":{"done"#]
    {
        assert!(json.contains(key), "{key} in {json}");
    }
    assert_eq!(serde_json::from_str::<Draft>(&json).ok(), Some(whole));
}

/// Every value that speaks of a person, told from all others by its word.
#[test]
fn nothing_personal_of_these_stands_outside_its_wrapping() {
    let word = || Personal::from("SECRET-x");
    let said = [("SECRET-key".to_owned(), "SECRET-value".to_owned())].into();
    let ada = RecipientDraft {
        phone: word(),
        authentication: vec![
            Method::Custom { provider: "SuperApp".into(), data: Personal::Known(said) },
            Method::Secret { question: word(), answer: Some("sec_1".into()) },
        ],
        notice: Notice { subject: word(), message: word(), returns: returns() },
        ..signer("Ada", 1)
    };
    let mails =
        MailWishes { subject: word(), sender_name: word(), reply_to: word(), ..MailWishes::default() };
    let draft = Draft { recipients: vec![ada], mails, ..draft() };
    let events = [
        Event::DraftRevised { draft: Box::new(draft) },
        Event::ChallengeIssued { recipient: 1, visit: 1, method: Pin, destination: word() },
        Event::ChallengePassed { recipient: 1, visit: 1, method: Pin, detail: word() },
        Event::ChallengeFailed { recipient: 1, visit: 1, method: Pin, attempts_left: 4, detail: word() },
        Event::DelegationAsked { recipient: 1, name: word(), email: word(), reason: word() },
        Event::RecipientReplaced { recipient: 1, name: word(), email: word(), phone: word(), language: None },
        Event::RecipientCorrected { recipient: 1, email: word(), phone: word() },
        Event::EnvelopeHandedOver { to: Sender { user: "usr_2".into(), name: word(), email: word() } },
    ];
    for event in events {
        let mut value = serde_json::to_value(&event).expect("events can be written");
        assert!(value.to_string().contains("SECRET"), "{value}");
        erase(&mut value);
        assert!(!value.to_string().contains("SECRET"), "{value}");
        assert!(serde_json::from_value::<Event>(value).is_ok(), "read also when erased: {event:?}");
    }
}
