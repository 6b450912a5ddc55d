//! Acts at the wrong time, by the wrong person, twice, or with something wrong in them.

use crate::given::{one_signer, sent_to_one, sent_to_two, server};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Visit, wait_for};

/// Seed: xodo-sign.txt:77
/// Seed: xodo-sign.txt:173
/// Seed: consigno-cloud.txt:169
#[test]
fn nobody_acts_out_of_turn() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    let second = api.post(&format!("/v1/envelopes/{id}/recipients/2/links"), &Value::Null);
    assert_eq!((second.status, second.code().as_str()), (409, "recipient_out_of_turn"));
    let third = api.post(&format!("/v1/envelopes/{id}/recipients/3/links"), &Value::Null);
    assert_eq!(third.status, 404);
    for token in ["", "x", &"y".repeat(60), &"z".repeat(300)] {
        let visit = Visit { port: server.port(), token: token.to_string() };
        let answer = visit.read();
        let expected = if token.is_empty() { (401, "not_authenticated") } else { (404, "link_unknown") };
        assert_eq!((answer.status, answer.code().as_str()), expected);
    }
}

#[test]
fn what_is_wrong_in_an_act_is_named_at_its_place_and_nothing_is_lost() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    let visit = server.visit("ada@example.org");
    let early = visit.ask("PUT", "/values", &json!({"values": {}}));
    assert_eq!((early.status, early.code().as_str()), (409, "consent_missing"));
    assert_eq!(visit.finish().code(), "consent_missing");
    assert_eq!(visit.ask("POST", "/consent", &json!({"version": "an older one"})).code(), "consent_moved");
    visit.consent().expect(200);
    visit.ask("PUT", "/values", &json!({"values": {"field_2": "half a sen"}})).expect(204);
    wait_for("the mail to be noted", || api.happened(&id).contains(&"message_sent".into()).then_some(()));
    let before = api.happened(&id);

    let sound = visit.whole_act();
    let typed = |text: &str| json!({"kind": "typed", "text": text});
    let picture = json!({"kind": "image", "data": "bm8gcGljdHVyZQ=="});
    for (key, value, status, code, pointer) in [
        ("/agreed", json!(false), 422, "not_agreed", "/agreed"),
        ("/signature", Value::Null, 422, "field_required", "/signature"),
        ("/initials", Value::Null, 422, "field_required", "/initials"),
        ("/signature", typed("สมชาย"), 422, "text_not_drawable", "/signature"),
        ("/signature", typed("  "), 422, "ink_empty", "/signature"),
        ("/signature", picture, 422, "image_unreadable", "/signature"),
        ("/signature", json!({"kind": "image", "data": "%%%"}), 422, "image_unreadable", "/signature"),
        (
            "/initials",
            json!({"kind": "drawn", "width": 10, "height": 10, "strokes": []}),
            422,
            "ink_empty",
            "/initials",
        ),
        ("/values/field_2", json!("สมชาย"), 422, "text_not_drawable", "/values/field_2"),
        ("/values/field_2", json!(""), 422, "field_required", "/values/field_2"),
        ("/values/field_3", json!("false"), 422, "field_required", "/values/field_3"),
        ("/values/field_3", json!("perhaps"), 422, "checkbox_malformed", "/values/field_3"),
        ("/values/field_6", json!("for another"), 422, "field_unknown", "/values/field_6"),
        ("/revisions/1", json!("0".repeat(64)), 409, "revision_moved", ""),
        ("/revisions/1", json!("no digest"), 422, "revision_malformed", "/revisions/1"),
        ("/revisions", json!({}), 409, "revision_moved", ""),
    ] {
        let mut act = sound.clone();
        let (parent, name) = key.rsplit_once('/').unwrap();
        act.pointer_mut(parent).unwrap()[name] = value;
        let answer = visit.ask("POST", "/finish", &act);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{key}: {}", answer.text());
        let problem = answer.json();
        let found = problem["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert_eq!(found, pointer, "{problem}");
    }
    assert_eq!(api.happened(&id), before, "a refusal leaves no trace");
    let kept = visit.read().json()["fields"].clone();
    assert!(kept.as_array().unwrap().iter().any(|it| it["value"] == "half a sen"), "{kept}");
    visit.ask("POST", "/finish", &sound).expect(200);
}

#[test]
fn an_act_is_done_once_whoever_repeats_it() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    let visit = server.visit("ada@example.org");
    visit.consent().expect(200);
    let act = visit.whole_act();
    visit.ask("POST", "/finish", &act).expect(200);
    for (path, body) in [("/finish", act), ("/decline", json!({"reason": "No"}))] {
        let again = visit.ask("POST", path, &body);
        assert_eq!((again.status, again.code().as_str()), (409, "already_acted"), "{}", again.text());
    }
    assert_eq!(visit.read().expect(200).json()["state"], "signed");
    assert!(visit.ask("GET", "/documents/1", &Value::Null).status >= 400, "the link has ended");
    let link = api.post(&format!("/v1/envelopes/{id}/recipients/1/links"), &Value::Null);
    assert_eq!(link.code(), "already_acted");
    let happened = api.happened(&id);
    assert_eq!(happened.iter().filter(|it| *it == "signing_intended").count(), 1);
}

#[test]
fn two_devices_that_finish_at_once_make_one_signature() {
    let server = server();
    let api = server.api();
    for _ in 0..5 {
        let id = sent_to_one(&api);
        let devices = [api.visit(&id, 1), api.visit(&id, 1), api.visit(&id, 1)];
        let _ = devices[0].consent().expect(200);
        let act = devices[0].whole_act();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> =
                devices.iter().map(|it| scope.spawn(|| it.ask("POST", "/finish", &act))).collect();
            all.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let (done, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|it| it.status == 200);
        assert_eq!(done.len(), 1, "{answers:?}");
        assert!(
            refused.iter().all(|it| (it.status, it.code().as_str()) == (409, "already_acted")),
            "{refused:?}"
        );
        api.wait_until(&id, "completed");
        let file = api.file(&id, "documents/1");
        let report = pdf::inspect::inspect(&pdf::Document::open(std::sync::Arc::new(file)).unwrap()).unwrap();
        assert_eq!(report.signatures.len(), 2, "the act and the seal");
    }
}

/// Seed: xodo-sign.txt:103
#[test]
fn nothing_can_be_done_after_a_cancel_and_what_was_done_before_stays() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    server.visit("ada@example.org").sign();
    let visit = server.visit("emile@example.org");
    visit.consent().expect(200);
    let act = visit.whole_act();
    api.post(&format!("/v1/envelopes/{id}/cancel"), &json!({"reason": "Sent by mistake"})).expect(200);
    let late = visit.ask("POST", "/finish", &act);
    assert_eq!((late.status, late.code().as_str()), (409, "envelope_ended"), "{}", late.text());
    let page = visit.read().expect(200).json();
    assert_eq!((&page["state"], &page["ended_because"]), (&json!("ended"), &json!("cancelled")));
    for path in ["cancel", "send"] {
        let again = api.post(&format!("/v1/envelopes/{id}/{path}"), &json!({}));
        assert_eq!(again.code(), "envelope_ended", "{path}");
    }
    let envelope = api.wait_until(&id, "cancelled");
    assert_eq!(envelope["recipients"][0]["status"], "signed");
    let pdf = api.file(&id, "documents/1");
    crate::judges::evidence(&api.file(&id, "evidence.json"), &[&pdf]).unwrap();
}

/// Seed: xodo-sign.txt:104
#[test]
fn an_envelope_ends_by_itself_when_its_time_has_come() {
    let server = server();
    let api = server.api();
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    draft["expires_at"] = (crate::judges::now() + jiff::SignedDuration::from_secs(3)).to_string().into();
    let id = api.sent(&draft);
    let visit = api.visit(&id, 1);
    visit.consent().expect(200);
    let act = visit.whole_act();
    wait_for("its time to come", || (visit.read().json()["state"] == "ended").then_some(()));
    // The answer does not wait for the worker that writes it down.
    let late = visit.ask("POST", "/finish", &act);
    assert_eq!((late.status, late.code().as_str()), (409, "envelope_ended"), "{}", late.text());
    api.wait_until(&id, "expired");
    assert_eq!(visit.read().json()["ended_because"], "expired");
    assert_eq!(visit.ask("POST", "/finish", &act).code(), "envelope_ended");
}

/// Seed: xodo-sign.txt:146
#[test]
fn a_decline_ends_it_for_all_and_says_why() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    let visit = server.visit("ada@example.org");
    let reason = json!({"reason": "Clause 5 is not what we agreed."});
    visit.consent().expect(200);
    assert_eq!(visit.ask("POST", "/decline", &json!({"reason": ""})).status, 422);
    visit.ask("POST", "/decline", &reason).expect(200);
    let envelope = api.wait_until(&id, "declined");
    assert_eq!(envelope["recipients"][0]["decline_reason"], reason["reason"]);
    wait_for("the sender to hear why", || {
        let mails = server.outbox("owner@example.org");
        mails.iter().any(|mail| mail["text"].as_str().is_some_and(|it| it.contains("Clause 5"))).then_some(())
    });
    assert!(server.outbox("emile@example.org").is_empty(), "it never was their turn");
}

#[test]
fn a_link_that_is_handed_to_the_sender_stands_in_the_trail_before_it_is_used() {
    let server = server();
    let api = server.api();
    let id = sent_to_one(&api);
    let visit = api.visit(&id, 1);
    let issued = |api: &testkit::server::Api| {
        let events = api.events(&id);
        events.into_iter().filter(|it| it["type"] == "link_issued").collect::<Vec<_>>()
    };
    let before = issued(&api);
    assert_eq!(before.len(), 1);
    assert_eq!(before[0]["actor"]["kind"], "api_key");
    assert_eq!(
        before[0]["summary"],
        "A link for Ada Lovelace was handed to the sender, to take them to their page."
    );
    visit.sign();
    let late = api.post(&format!("/v1/envelopes/{id}/recipients/1/links"), &Value::Null);
    assert_eq!((late.status, late.code().as_str()), (409, "already_acted"));
    let nobody = api.post(&format!("/v1/envelopes/{id}/recipients/2/links"), &Value::Null);
    assert_eq!((nobody.status, nobody.code().as_str()), (404, "recipient_unknown"));
    assert_eq!(issued(&api), before, "what was refused is not written");
}
