//! Messages and calls by Vonage, beside those of its own client.

use crate::python::ask;
use crate::recorder::{Answer, Recorder};
use crate::twilio::{TICKET, call, text};
use deliver::Password;
use deliver::channel::{
    Channel, ChannelError, ChannelFault, ChannelSettings, Handed, Medium, Ticket, VonageSettings,
};
use serde_json::{Value, json};

const SENT: &str = r#"{"message-count": "1", "messages": [{"message-id": "M1", "status": "0"}]}"#;
const CALLED: &str =
    r#"{"uuid": "C1", "status": "started", "direction": "outbound", "conversation_uuid": "CON-1"}"#;
const RECEIPTS: &str = "https://sign.example.org/receipts?x=1&y=2";

fn settings(recorder: &Recorder) -> VonageSettings {
    let url = format!("https://localhost:{}", recorder.port);
    VonageSettings {
        receipts_url: Some(RECEIPTS.into()),
        sms_url: url.clone(),
        voice_url: url,
        authorities_pem: Some(recorder.certificate_pem.clone()),
        ..VonageSettings::new("abcd1234", Password::new("secret"), "+15550100")
    }
}

fn channel(settings: VonageSettings) -> Channel {
    Channel::new(&ChannelSettings::Vonage(settings)).unwrap()
}

#[tokio::test]
async fn a_short_message_is_the_one_that_vonages_own_client_sends() {
    for (words, kind) in [("Code 123456 & 100% + é€\n", "text"), ("être: код", "unicode")] {
        let recorder = Recorder::open(true, vec![Answer::json(200, SENT), Answer::json(200, SENT)]).await;
        let sent = channel(settings(&recorder)).text(&text(words)).await;
        assert_eq!(sent, Ok(Handed::Accepted { id: Some("M1".into()) }));
        let question = json!({
            "ask": "vonage_text", "port": recorder.port,
            "auth": { "api_key": "abcd1234", "api_secret": "secret" },
            "message": {
                "to": "33612345678", "from_": "15550100", "text": words, "type": kind,
                "client_ref": "msg_1", "callback": RECEIPTS,
            },
        });
        assert_eq!(ask(&question, Some(&recorder)).await, json!({ "id": "M1" }));
        let [ours, theirs] = recorder.requests().try_into().unwrap();
        assert_eq!(ours.head(), theirs.head());
        assert_eq!(ours.form(), theirs.form());
        assert_eq!((ours.method.as_str(), ours.path.as_str()), ("POST", "/sms/json"));
    }
}

#[tokio::test]
async fn a_call_is_the_one_that_vonages_own_client_makes() {
    let recorder = Recorder::open(true, vec![Answer::json(201, CALLED), Answer::json(201, CALLED)]).await;
    let key = ask(&json!({ "ask": "vonage_key" }), None).await;
    let (private, public) = (key["private"].as_str().unwrap(), key["public"].as_str().unwrap());
    let settings = VonageSettings {
        application_id: Some("app-1".into()),
        private_key: Some(Password::new(private)),
        ..settings(&recorder)
    };
    let words = "Votre code : 1, 2, 3, \"é\" </speak>";
    let made = channel(settings).call(&call(words), &TICKET).await;
    assert_eq!(made, Ok(Handed::Accepted { id: Some("C1".into()) }));
    let question = json!({
        "ask": "vonage_call", "port": recorder.port,
        "auth": { "application_id": "app-1", "private_key": private },
        "talk": { "text": words, "language": "fr-FR", "loop": 2 },
        "call": {
            "to": [{ "type": "phone", "number": "33612345678" }],
            "from_": { "type": "phone", "number": "15550100" },
            "event_url": [format!("{RECEIPTS}&message=call_1")],
        },
    });
    assert_eq!(ask(&question, Some(&recorder)).await, json!({ "id": "C1" }));
    let [mut ours, mut theirs] = recorder.requests().try_into().unwrap();
    let (our_token, their_token) = (take_token(&mut ours.headers), take_token(&mut theirs.headers));
    assert_eq!(ours.head(), theirs.head());
    assert_eq!(ours.json(), theirs.json());

    // The tokens differ in time and chance and in nothing else, and the public key opens both.
    let opened = |token| json!({ "ask": "vonage_token", "token": token, "public": public });
    let mut ours = ask(&opened(our_token), None).await;
    let mut theirs = ask(&opened(their_token), None).await;
    assert_eq!(ours["claims"]["iat"], TICKET.now_s);
    assert_eq!(ours["claims"]["jti"], "07070707-0707-4707-8707-070707070707");
    for token in [&mut ours, &mut theirs] {
        let claims = token["claims"].as_object_mut().unwrap();
        let (issued, expires) = (claims.remove("iat").unwrap(), claims.remove("exp").unwrap());
        assert_eq!(expires.as_u64().unwrap() - issued.as_u64().unwrap(), 900);
        assert_eq!(claims.remove("jti").unwrap().as_str().unwrap().len(), 36);
    }
    assert_eq!(ours, theirs);
}

fn take_token(headers: &mut Vec<(String, String)>) -> String {
    let at = headers.iter().position(|(name, _)| name == "authorization").unwrap();
    headers.remove(at).1.strip_prefix("Bearer ").unwrap().to_owned()
}

#[tokio::test]
async fn what_vonage_answers_decides_whether_it_is_tried_again() {
    let parts = |statuses: &[&str]| {
        let parts: Vec<Value> =
            statuses.iter().map(|it| json!({ "status": it, "message-id": "M1" })).collect();
        json!({ "messages": parts }).to_string()
    };
    let refusals = [
        (200, parts(&["1"]), "channel_not_now", Some(1), true),
        (200, parts(&["5"]), "channel_not_now", Some(5), true),
        (200, parts(&["4"]), "channel_log_in", Some(4), false),
        (200, parts(&["6"]), "channel_refused", Some(6), false),
        (200, parts(&["0", "1"]), "channel_refused", Some(1), false),
        (200, parts(&[]), "channel_not_understood", None, false),
        (200, "{}".to_owned(), "channel_not_understood", None, false),
        (429, String::new(), "channel_not_now", Some(429), true),
        (500, String::new(), "channel_not_now", Some(500), true),
        (401, String::new(), "channel_log_in", Some(401), false),
    ];
    let answers = refusals.iter().map(|(status, body, ..)| Answer::json(*status, body)).collect();
    let recorder = Recorder::open(true, answers).await;
    let channel = channel(settings(&recorder));
    for (status, body, code, reason, again) in refusals {
        let fault = channel.text(&text("123456")).await.unwrap_err();
        assert_eq!((fault.code(), fault.reason(), fault.again()), (code, reason, again), "{status} {body}");
    }
}

#[tokio::test]
async fn without_an_application_there_are_no_calls() {
    let recorder = Recorder::open(true, vec![]).await;
    let channel = channel(settings(&recorder));
    assert!(channel.carries(Medium::Text) && !channel.carries(Medium::Voice));
    let ticket = Ticket { now_s: 0, random: [0; 16] };
    assert_eq!(channel.call(&call("1"), &ticket).await, Err(ChannelFault::NotConfigured));
    assert_eq!(recorder.connections(), 0);
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_before_anything_is_sent() {
    let good = VonageSettings::new("key", Password::new("secret"), "Sign");
    let key = Some(Password::new("x"));
    for (settings, expected) in [
        (VonageSettings { from: String::new(), ..good.clone() }, ChannelError::NoSender),
        (
            VonageSettings { private_key: key.clone(), ..good.clone() },
            ChannelError::Half("application_id and private_key"),
        ),
        (
            VonageSettings { private_key: key, application_id: Some("a".into()), ..good.clone() },
            ChannelError::PrivateKey,
        ),
        (VonageSettings { sms_url: "http://example.org".into(), ..good.clone() }, ChannelError::NotEncrypted),
        (VonageSettings { receipts_url: Some("x".repeat(101)), ..good }, ChannelError::Url),
    ] {
        assert_eq!(Channel::new(&ChannelSettings::Vonage(settings)).err(), Some(expected));
    }
}
