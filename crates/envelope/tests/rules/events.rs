//! Events as JSON: what is in the chain has to be readable for as long as an envelope made with it exists.

use crate::given::*;
use envelope::{
    Actor, Certification, Digest, DocumentFacts, Draft, Event, Expiry, FieldDraft, FieldKind, NewRevision,
    Personal, Revision, RevisionKind, Rules,
};
use serde_json::Value;

/// Sixty-four digits, of which the first four tell it from others.
fn hex(start: &str) -> String {
    format!("{start}{}", "0".repeat(60))
}

/// The event reads as this JSON, in which `#xxxx` stands for a digest that begins so, and back; also with its keys
/// in the order of RFC 8785, in which it is hashed.
#[track_caller]
pub fn reads(event: &Event, json: &str) {
    let mut parts = json.split('#');
    let mut expected = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (start, rest) = part.split_at(4);
        expected.push_str(&hex(start));
        expected.push_str(rest);
    }
    let written = serde_json::to_string(event).expect("events can be written");
    assert_eq!(written, expected);
    assert_eq!(serde_json::from_str::<Event>(&written).as_ref().ok(), Some(event));
    let mut value: Value = serde_json::from_str(&written).expect("it is JSON");
    whole_numbers_only(&value);
    value.sort_all_objects();
    let canonical = value.to_string();
    let back = serde_json::from_str::<Event>(&canonical);
    assert_eq!(back.map_err(|error| error.to_string()).as_ref(), Ok(event), "{canonical}");
    let back = serde_json::from_value::<Event>(value);
    assert_eq!(back.map_err(|error| error.to_string()).as_ref(), Ok(event));
}

/// Fractions are written differently from language to language, and whole numbers beyond 2^53 are lost in some.
fn whole_numbers_only(value: &Value) {
    match value {
        Value::Number(number) => {
            let whole = number.as_i64().expect("a whole number");
            assert!(whole.abs() < 1 << 53, "{whole}");
        }
        Value::Array(items) => items.iter().for_each(whole_numbers_only),
        Value::Object(items) => items.values().for_each(whole_numbers_only),
        _ => {}
    }
}

/// One of everything that a draft can hold.
fn full() -> Draft {
    let mut draft = Draft {
        fields: vec![place("ada", 1)],
        recipients: vec![signer("Ada", 1), copy("Cleo")],
        frame_origins: vec!["https://app.example.org".into()],
        ..draft()
    };
    draft.fields.push(FieldDraft {
        label: "City".into(),
        required: false,
        rect: rect(10.5, 20.25, 30.125, 40.0),
        ..field("city", FieldKind::Text, 1)
    });
    draft
}

const FULL: &str = concat!(
    r##"{"title":"Lease","message":{"$personal":"Please sign."},"documents":[{"upload":"upl_1","title":"Document 1","##,
    r##""facts":{"digest":"#0001","length":1000,"sent":{"kind":{"made_by":"upload"},"digest":"#0001","length":1000},"##,
    r##""pages":[{"width_millipoints":595000,"height_millipoints":842000},"##,
    r##"{"width_millipoints":842000,"height_millipoints":595000}],"signatures":0,"certification":null}}],"##,
    r##""recipients":[{"name":{"$personal":"Ada"},"email":{"$personal":"ada@example.org"},"role":"signer","step":1,"##,
    r##""language":"en"},{"name":{"$personal":"Cleo"},"email":{"$personal":"cleo@example.org"},"role":"copy","step":1,"##,
    r##""language":"en"}],"fields":[{"id":"ada","kind":"signature","document":1,"page":1,"rect":{"x_millipoints":100000,"##,
    r##""y_millipoints":100000,"width_millipoints":150000,"height_millipoints":40000},"recipient":1,"required":true,"##,
    r##""label":""},{"id":"city","kind":"text","document":1,"page":1,"rect":{"x_millipoints":10500,"##,
    r##""y_millipoints":20250,"width_millipoints":30125,"height_millipoints":40000},"recipient":1,"required":false,"##,
    r##""label":"City"}],"language":"en","time_zone":"Europe/Paris","expiry":{"days":30},"##,
    r##""rules":{"place_required":true,"decline_ends":"envelope"},"frame_origins":["https://app.example.org"]}"##,
);

#[test]
fn envelope_created() {
    let event = Event::EnvelopeCreated { sender: sender(), test: true, draft: Box::new(full()) };
    let sender = concat!(
        r#"{"type":"envelope_created","body":{"sender":{"user":"usr_1","name":{"$personal":"Grace"},"#,
        r#""email":{"$personal":"grace@example.org"}},"test":true,"draft":"#
    );
    reads(&event, &format!("{sender}{FULL}}}}}"));
}

#[test]
fn draft_revised() {
    let event = Event::DraftRevised { draft: Box::new(full()) };
    reads(&event, &format!(r#"{{"type":"draft_revised","body":{{"draft":{FULL}}}}}"#));
}

#[test]
fn envelope_sent() {
    let event = Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&draft()) };
    reads(
        &event,
        concat!(
            r##"{"type":"envelope_sent","body":{"expires_at":"2026-04-01T22:00:00Z","revisions":[{"document":1,"##,
            r##""base":"#0001","digest":"#03e9","length":1500,"tail":"#03e9","tail_length":500}]}}"##
        ),
    );
}

#[test]
fn step_is_opened() {
    reads(&step_opened(2, [1, 3]), r#"{"type":"step_opened","body":{"step":2,"recipients":[1,3]}}"#);
}

#[test]
fn message_sent() {
    let to = |recipient| Event::MessageSent {
        recipient,
        purpose: "invitation".into(),
        message: "m1@example.org".into(),
    };
    reads(
        &to(Some(1)),
        r#"{"type":"message_sent","body":{"recipient":1,"purpose":"invitation","message":"m1@example.org"}}"#,
    );
    reads(&to(None), r#"{"type":"message_sent","body":{"purpose":"invitation","message":"m1@example.org"}}"#);
}

#[test]
fn message_refused() {
    let to = |recipient, reply| Event::MessageRefused {
        recipient,
        purpose: "invitation".into(),
        message: "m1@example.org".into(),
        reply,
    };
    reads(
        &to(Some(1), Some("550 5.1.1".into())),
        concat!(
            r#"{"type":"message_refused","body":{"recipient":1,"purpose":"invitation","#,
            r#""message":"m1@example.org","reply":"550 5.1.1"}}"#
        ),
    );
    reads(
        &to(None, None),
        r#"{"type":"message_refused","body":{"purpose":"invitation","message":"m1@example.org"}}"#,
    );
}

#[test]
fn link_issued() {
    reads(&Event::LinkIssued { recipient: 1 }, r#"{"type":"link_issued","body":{"recipient":1}}"#);
}

#[test]
fn recipient_opened() {
    reads(&opened(1), r#"{"type":"recipient_opened","body":{"recipient":1}}"#);
}

#[test]
fn consent_given() {
    let first = Event::ConsentGiven { recipient: 1, version: "1".into(), text: None };
    reads(&first, r#"{"type":"consent_given","body":{"recipient":1,"version":"1"}}"#);
    reads(
        &consented(1),
        concat!(
            r##"{"type":"consent_given","body":{"recipient":1,"version":"1","text":{"language":"en","##,
            r##""paragraphs":["Sign online?"],"digest":"#1770"}}}"##,
        ),
    );
}

#[test]
fn fields_filled() {
    reads(
        &filled(1, "text", "x"),
        r#"{"type":"fields_filled","body":{"recipient":1,"values":{"text":{"$personal":"x"}}}}"#,
    );
}

#[test]
fn fields_placed() {
    reads(
        &placed(1, [own("mine", FieldKind::DateSigned)]),
        concat!(
            r#"{"type":"fields_placed","body":{"recipient":1,"fields":[{"id":"mine","kind":"date_signed","document":1,"#,
            r#""page":1,"rect":{"x_millipoints":60000,"y_millipoints":600000,"width_millipoints":165000,"#,
            r#""height_millipoints":37000}}]}}"#
        ),
    );
}

#[test]
fn signing_intended() {
    reads(
        &intended(1),
        concat!(
            r##"{"type":"signing_intended","body":{"recipient":1,"documents":[1],"shown":{"1":"#03e9"},"values":{},"##,
            r##""signature":{"$personal":"#1389"}}}"##
        ),
    );
    let full = Event::SigningIntended {
        recipient: 2,
        documents: vec![1, 2],
        shown: [(1, digest(1)), (2, digest(2)), (10, digest(3))].into(),
        values: personal([("box", "true"), ("text", "x")]),
        signature: None,
        initials: Some(Personal::Known(digest(6001))),
        meaning: None,
    };
    reads(
        &full,
        concat!(
            r##"{"type":"signing_intended","body":{"recipient":2,"documents":[1,2],"##,
            r##""shown":{"1":"#0001","2":"#0002","10":"#0003"},"##,
            r##""values":{"box":{"$personal":"true"},"text":{"$personal":"x"}},"initials":{"$personal":"#1771"}}}"##
        ),
    );
}

#[test]
fn what_was_shown_is_named_by_numbers() {
    let json = serde_json::to_string(&intended(1)).expect("events can be written");
    for key in ["x", "", "-1", "65536", "1.0"] {
        let wrong = json.replace(r#""shown":{"1""#, &format!(r#""shown":{{"{key}""#));
        assert!(serde_json::from_str::<Event>(&wrong).is_err(), "{key}");
    }
}

#[test]
fn recipient_signed() {
    let revisions = vec![NewRevision { event_head: Some(digest(4)), ..revision(1, digest(2), digest(3)) }];
    let event = Event::RecipientSigned { recipient: 1, certificate: certificate(), revisions };
    reads(
        &event,
        concat!(
            r##"{"type":"recipient_signed","body":{"recipient":1,"certificate":{"serial":"0a","digest":"#1e61"},"##,
            r##""revisions":[{"document":1,"base":"#0002","digest":"#0003","length":1500,"tail":"#0003","##,
            r##""tail_length":500,"event_head":"#0004"}]}}"##
        ),
    );
}

#[test]
fn recipient_declined() {
    reads(
        &declined(1),
        r#"{"type":"recipient_declined","body":{"recipient":1,"reason":{"$personal":"No."}}}"#,
    );
    reads(
        &Event::RecipientDeclined { recipient: 1, reason: Personal::Erased },
        r#"{"type":"recipient_declined","body":{"recipient":1,"reason":{"$erased":""}}}"#,
    );
}

#[test]
fn envelope_sealed() {
    let revisions = vec![revision(1, digest(2), digest(2))];
    let event =
        Event::EnvelopeSealed { certificate: certificate(), revisions: revisions.clone(), files: vec![] };
    reads(
        &event,
        concat!(
            r##"{"type":"envelope_sealed","body":{"certificate":{"serial":"0a","digest":"#1e61"},"##,
            r##""revisions":[{"document":1,"base":"#0002","digest":"#0002","length":1500,"tail_length":500}]}}"##
        ),
    );
    let files = vec![sealed_file("licence", 1)];
    reads(
        &Event::EnvelopeSealed { certificate: certificate(), revisions, files },
        concat!(
            r##"{"type":"envelope_sealed","body":{"certificate":{"serial":"0a","digest":"#1e61"},"##,
            r##""revisions":[{"document":1,"base":"#0002","digest":"#0002","length":1500,"tail_length":500}],"##,
            r##""files":[{"field":"licence","recipient":1,"digest":{"$personal":"#004e"},"length":1500,"##,
            r##""tail":{"$personal":"#004f"},"tail_length":500}]}}"##
        ),
    );
}

#[test]
fn the_milestones_without_a_word_of_their_own() {
    reads(&Event::SealingIntended {}, r#"{"type":"sealing_intended","body":{}}"#);
    reads(&Event::EnvelopeCompleted {}, r#"{"type":"envelope_completed","body":{}}"#);
    reads(&Event::EnvelopeCancelled {}, r#"{"type":"envelope_cancelled","body":{}}"#);
    reads(&Event::ExpiryReached {}, r#"{"type":"expiry_reached","body":{}}"#);
    reads(&Event::EnvelopeExpired {}, r#"{"type":"envelope_expired","body":{}}"#);
}

#[test]
fn envelope_declined() {
    reads(
        &Event::EnvelopeDeclined { recipient: 2 },
        r#"{"type":"envelope_declined","body":{"recipient":2}}"#,
    );
}

#[test]
fn cancel_is_requested() {
    reads(&cancel_requested(), r#"{"type":"cancel_requested","body":{"reason":{"$personal":"Enough."}}}"#);
}

#[test]
fn audit_trail_issued() {
    reads(
        &Event::AuditTrailIssued { digest: digest(1), length: 4096 },
        r##"{"type":"audit_trail_issued","body":{"digest":"#0001","length":4096}}"##,
    );
}

/// Part of an event, there and back.
#[track_caller]
pub fn part<T>(value: &T, json: &str)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(serde_json::to_string(value).expect("it can be written"), json);
    assert_eq!(&serde_json::from_str::<T>(json).expect("it can be read"), value);
}

#[test]
fn every_word_of_a_draft_is_fixed() {
    part(&Expiry::At(time(EXPIRY)), r#"{"at":"2026-04-01T22:00:00Z"}"#);
    part(&Expiry::Days(7), r#"{"days":7}"#);
    let kinds = [
        FieldKind::Signature,
        FieldKind::Initials,
        FieldKind::Text,
        FieldKind::DateSigned,
        FieldKind::Checkbox,
    ];
    part(&kinds.to_vec(), r#"["signature","initials","text","date_signed","checkbox"]"#);
    let allowed = [Certification::NoChanges, Certification::FillForms, Certification::Annotate];
    part(&allowed.to_vec(), r#"["no_changes","fill_forms","annotate"]"#);
    part(&Rules::default(), r#"{"place_required":true,"decline_ends":"envelope"}"#);
    part(
        &Rules { place_required: false, decline_ends: envelope::DeclineEnds::Recipient, ..Rules::default() },
        r#"{"place_required":false,"decline_ends":"recipient"}"#,
    );
}

#[test]
fn rules_that_are_not_named_are_the_usual_ones_and_unknown_ones_are_refused() {
    assert_eq!(serde_json::from_str::<Rules>("{}").ok(), Some(Rules::default()));
    assert!(serde_json::from_str::<Rules>(r#"{"decline_ends":"everything"}"#).is_err());
    assert!(serde_json::from_str::<Rules>(r#"{"place_requierd":true}"#).is_err());
}

#[test]
fn every_kind_of_revision_has_its_word() {
    let kinds = [
        RevisionKind::Upload,
        RevisionKind::Rewrite,
        RevisionKind::Prepare,
        RevisionKind::Act { recipient: 2 },
        RevisionKind::Fill { recipient: 3 },
        RevisionKind::Seal,
    ];
    part(
        &kinds.to_vec(),
        concat!(
            r#"[{"made_by":"upload"},{"made_by":"rewrite"},{"made_by":"prepare"},"#,
            r#"{"made_by":"act","recipient":2},{"made_by":"fill","recipient":3},{"made_by":"seal"}]"#
        ),
    );
}

#[test]
fn every_actor_has_its_word_and_what_names_a_person_is_marked() {
    let (address, user_agent): (Personal, Personal) = ("192.0.2.1".into(), "Firefox".into());
    let (from, with) = (address.clone(), user_agent.clone());
    part(
        &Actor::User { user: "usr_1".into(), address, user_agent },
        r#"{"kind":"user","user":"usr_1","address":{"$personal":"192.0.2.1"},"user_agent":{"$personal":"Firefox"}}"#,
    );
    part(
        &Actor::ApiKey { key: "key_1".into(), address: from.clone() },
        r#"{"kind":"api_key","key":"key_1","address":{"$personal":"192.0.2.1"}}"#,
    );
    let held = Actor::EditLink {
        link: "edl_1".into(),
        handed_out_by: "key_1".into(),
        address: from.clone(),
        user_agent: with.clone(),
    };
    part(
        &held,
        concat!(
            r#"{"kind":"edit_link","link":"edl_1","handed_out_by":"key_1","#,
            r#""address":{"$personal":"192.0.2.1"},"user_agent":{"$personal":"Firefox"}}"#
        ),
    );
    let methods = vec!["link".to_owned(), "sms".to_owned()];
    part(
        &Actor::Recipient { recipient: 1, address: from, user_agent: with, methods },
        concat!(
            r#"{"kind":"recipient","recipient":1,"address":{"$personal":"192.0.2.1"},"#,
            r#""user_agent":{"$personal":"Firefox"},"methods":["link","sms"]}"#
        ),
    );
    part(&Actor::System, r#"{"kind":"system"}"#);
}

#[test]
fn a_rewritten_upload_names_both_digests() {
    let facts = DocumentFacts {
        sent: Revision { kind: RevisionKind::Rewrite, digest: Digest([2; 32]), length: 900 },
        certification: Some(Certification::FillForms),
        signatures: 2,
        pages: Vec::new(),
        ..document(1).facts
    };
    let json = format!(
        concat!(
            r#"{{"digest":"{}","length":1000,"sent":{{"kind":{{"made_by":"rewrite"}},"digest":"{}","length":900}},"#,
            r#""pages":[],"signatures":2,"certification":"fill_forms"}}"#
        ),
        hex("0001"),
        "02".repeat(32)
    );
    part(&facts, &json);
}

/// Every value that speaks of a person, told from all others by its word.
#[test]
fn no_personal_value_stands_outside_its_wrapping() {
    let mut draft = full();
    draft.message = "SECRET-message".into();
    draft.recipients[0].name = "SECRET-name".into();
    draft.recipients[0].email = "SECRET-email".into();
    let sender =
        envelope::Sender { user: "usr_1".into(), name: "SECRET-sender".into(), email: "SECRET-own".into() };
    let events = [
        Event::EnvelopeCreated { sender, test: false, draft: Box::new(draft.clone()) },
        Event::DraftRevised { draft: Box::new(draft) },
        filled(1, "text", "SECRET-value"),
        Event::SigningIntended {
            recipient: 1,
            documents: vec![1],
            shown: [].into(),
            values: personal([("text", "SECRET-value")]),
            signature: None,
            initials: None,
            meaning: None,
        },
        Event::RecipientDeclined { recipient: 1, reason: "SECRET-reason".into() },
        Event::CancelRequested { reason: "SECRET-reason".into() },
    ];
    for event in events {
        let mut value = serde_json::to_value(&event).expect("events can be written");
        assert!(value.to_string().contains("SECRET"), "{value}");
        erase(&mut value);
        assert!(!value.to_string().contains("SECRET"), "{value}");
        let erased = serde_json::from_value::<Event>(value);
        assert!(
            erased.is_ok(),
            "an event is read also when its personal values have been erased: {erased:?}"
        );
    }
}
