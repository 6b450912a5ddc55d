//! Messages and calls by Twilio, beside those of its own client.

use crate::python::ask;
use crate::recorder::{Answer, Recorder};
use deliver::Password;
use deliver::channel::{
    Call, Channel, ChannelFault, ChannelSettings, Handed, Medium, Phone, TextMessage, Ticket, TwilioSettings,
};
use serde_json::json;

pub const TICKET: Ticket = Ticket { now_s: 1_735_689_599, random: [7; 16] };

pub fn text(text: &str) -> TextMessage {
    let to = Phone::parse("+33612345678").unwrap();
    TextMessage { to, text: text.into(), language: "fr".into(), key: "msg_1".into() }
}

pub fn call(words: &str) -> Call {
    let to = Phone::parse("+33612345678").unwrap();
    Call { to, words: words.into(), language: "fr".into(), key: "call_1".into() }
}

fn settings(recorder: &Recorder) -> TwilioSettings {
    TwilioSettings {
        from: Some("+15550100".into()),
        receipts_url: Some("https://sign.example.org/receipts?x=1&y=2".into()),
        base_url: format!("https://localhost:{}", recorder.port),
        authorities_pem: Some(recorder.certificate_pem.clone()),
        ..TwilioSettings::new("AC0123456789abcdef", Password::new("token"))
    }
}

fn channel(settings: TwilioSettings) -> Channel {
    Channel::new(&ChannelSettings::Twilio(settings)).unwrap()
}

fn accepted(id: &str) -> Result<Handed, ChannelFault> {
    Ok(Handed::Accepted { id: Some(id.into()) })
}

async fn recorder() -> Recorder {
    Recorder::open(true, vec![Answer::json(201, r#"{"sid": "SM1"}"#), Answer::json(201, r#"{"sid": "SM1"}"#)])
        .await
}

#[tokio::test]
async fn a_short_message_is_the_one_that_twilios_own_client_sends() {
    let recorder = recorder().await;
    let words = "Votre code est 123456 & \"c'est\" 100% + é€\n";
    assert_eq!(channel(settings(&recorder)).text(&text(words)).await, accepted("SM1"));
    let question = json!({
        "ask": "twilio_text", "port": recorder.port,
        "username": "AC0123456789abcdef", "password": "token", "account_sid": null,
        "message": {
            "to": "+33612345678", "from_": "+15550100", "body": words,
            "status_callback": "https://sign.example.org/receipts?x=1&y=2&message=msg_1",
        },
    });
    assert_eq!(ask(&question, Some(&recorder)).await, json!({ "sid": "SM1" }));
    let [ours, theirs] = recorder.requests().try_into().unwrap();
    assert_eq!(ours.head(), theirs.head());
    assert_eq!(ours.form(), theirs.form());
    assert_eq!(ours.path, "/2010-04-01/Accounts/AC0123456789abcdef/Messages.json");
}

#[tokio::test]
async fn a_message_by_an_api_key_and_a_messaging_service_is_the_same_too() {
    let recorder = recorder().await;
    let settings = TwilioSettings {
        api_key: Some("SK1".into()),
        api_secret: Some(Password::new("secret")),
        messaging_service: Some("MG1".into()),
        receipts_url: None,
        ..settings(&recorder)
    };
    assert_eq!(channel(settings).text(&text("123456")).await, accepted("SM1"));
    let question = json!({
        "ask": "twilio_text", "port": recorder.port,
        "username": "SK1", "password": "secret", "account_sid": "AC0123456789abcdef",
        "message": { "to": "+33612345678", "messaging_service_sid": "MG1", "body": "123456" },
    });
    ask(&question, Some(&recorder)).await;
    let [ours, theirs] = recorder.requests().try_into().unwrap();
    assert_eq!((ours.head(), ours.form()), (theirs.head(), theirs.form()));
}

#[tokio::test]
async fn a_call_is_the_one_that_twilios_own_client_makes() {
    let recorder = recorder().await;
    let words = "Votre code pour <Bail & \"Co\"> : 1, 2, 3, é";
    assert_eq!(channel(settings(&recorder)).call(&call(words), &TICKET).await, accepted("SM1"));
    let question = json!({
        "ask": "twilio_call", "port": recorder.port,
        "username": "AC0123456789abcdef", "password": "token", "account_sid": null,
        "words": words, "language": "fr-FR",
        "call": {
            "to": "+33612345678", "from_": "+15550100",
            "status_callback": "https://sign.example.org/receipts?x=1&y=2&message=call_1",
        },
    });
    ask(&question, Some(&recorder)).await;
    let [ours, theirs] = recorder.requests().try_into().unwrap();
    assert_eq!((ours.head(), ours.form()), (theirs.head(), theirs.form()));
}

#[tokio::test]
async fn what_twilio_answers_decides_whether_it_is_tried_again() {
    let refusals = [
        (429, "{}", "channel_not_now", Some(429), true),
        (503, "down", "channel_not_now", Some(503), true),
        (400, r#"{"code": 21211, "message": "+33612345678"}"#, "channel_refused", Some(21_211), false),
        (401, r#"{"code": 20003}"#, "channel_log_in", Some(20_003), false),
        (307, "", "channel_redirected", None, false),
        (200, "<html>", "channel_not_understood", None, false),
    ];
    let answers = refusals.iter().map(|(status, body, ..)| {
        Answer::Whole(*status, "location: https://localhost:1/elsewhere", (*body).to_owned())
    });
    let recorder = Recorder::open(true, answers.collect()).await;
    let channel = channel(settings(&recorder));
    for (status, _, code, reason, again) in refusals {
        let fault = channel.text(&text("123456")).await.unwrap_err();
        assert_eq!((fault.code(), fault.reason(), fault.again()), (code, reason, again), "{status}");
        assert!(!format!("{fault} {fault:?}").contains("612345678"));
    }
    assert_eq!(recorder.requests().len(), refusals.len(), "nothing was sent twice, nothing followed");
}

#[tokio::test]
async fn an_answer_without_end_is_read_to_64_kib_and_dropped() {
    let recorder = Recorder::open(true, vec![Answer::Endless]).await;
    let fault = channel(settings(&recorder)).text(&text("123456")).await;
    assert_eq!(fault, Err(ChannelFault::NotUnderstood));
    recorder.dropped(1).await;
}

#[tokio::test]
async fn a_provider_that_falls_silent_or_is_not_trusted_is_tried_again() {
    let recorder = Recorder::open(true, vec![Answer::Silence]).await;
    let silent = channel(TwilioSettings { timeout_s: 1, ..settings(&recorder) });
    assert_eq!(silent.text(&text("1")).await, Err(ChannelFault::Unreachable));
    let unknown = channel(TwilioSettings { authorities_pem: None, ..settings(&recorder) });
    assert_eq!(unknown.text(&text("1")).await, Err(ChannelFault::Untrusted));
    assert_eq!(recorder.requests().len(), 1, "nothing was told to a server that is not trusted");
}

#[tokio::test]
async fn without_a_provider_messages_stay_where_they_are_kept() {
    assert!(Channel::None.carries(Medium::Text) && Channel::None.carries(Medium::Voice));
    assert_eq!(Channel::None.text(&text("1")).await, Ok(Handed::Kept));
    assert_eq!(Channel::None.call(&call("1"), &TICKET).await, Ok(Handed::Kept));
}

#[test]
fn settings_are_read_as_they_are_written() {
    let settings: ChannelSettings = serde_json::from_value(json!({
        "provider": "twilio", "account_sid": "AC1", "auth_token": "hunter2", "from": "+15550100",
    }))
    .unwrap();
    let expected = TwilioSettings {
        from: Some("+15550100".into()),
        ..TwilioSettings::new("AC1", Password::new("hunter2"))
    };
    assert_eq!(settings, ChannelSettings::Twilio(expected));
    let shown = format!("{settings:?} {:?}", Channel::new(&settings).unwrap());
    assert!(!shown.contains("hunter2"));
    let misspelt = json!({ "provider": "twilio", "account_sid": "AC1", "auth_token": "t", "form": "+1" });
    assert!(serde_json::from_value::<ChannelSettings>(misspelt).is_err());
}
