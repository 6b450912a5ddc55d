//! Messages by an HTTP service that the configuration describes.

use crate::recorder::{Answer, Recorder};
use crate::twilio::{TICKET, call, text};
use deliver::channel::{
    Callback, Channel, ChannelFault, ChannelSettings, Handed, Medium, Receipt, ReceiptFault, ReceiptStatus,
};
use serde_json::{Value, json};

fn channel(described: Value) -> Channel {
    let mut described = described;
    described["provider"] = "http".into();
    Channel::new(&serde_json::from_value::<ChannelSettings>(described).unwrap()).unwrap()
}

#[tokio::test]
async fn a_message_is_sent_as_described_in_json() {
    let answer = r#"{"result": {"state": "queued", "id": 17}}"#;
    let recorder = Recorder::open(false, vec![Answer::json(202, answer)]).await;
    let channel = channel(json!({ "text": {
        "url": recorder.url("/v1/{{language}}/send"),
        "headers": { "Authorization": "Key hunter2", "Idempotency-Key": "{{key}}" },
        "body": r#"{"to": ["{{to}}"], "message": {"body": "{{text}}"}}"#,
        "accepted_at": "/result/state", "accepted_values": ["queued", "sent"], "id_at": "/result/id",
    }}));
    let words = "\"12\\34\" & é\n{{key}}";
    assert_eq!(channel.text(&text(words)).await, Ok(Handed::Accepted { id: Some("17".into()) }));
    let [request] = recorder.requests().try_into().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1/fr/send"));
    assert_eq!(request.json(), json!({ "to": ["+33612345678"], "message": { "body": words } }));
    assert_eq!(request.header("authorization"), Some("Key hunter2"));
    assert_eq!(request.header("idempotency-key"), Some("msg_1"));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_call_is_made_as_described_in_a_form_and_the_words_are_said_twice() {
    let recorder = Recorder::open(false, vec![]).await;
    let described = json!({ "call": {
        "method": "PUT", "url": recorder.url("/call?n={{to}}"), "encoding": "form",
        "body": "to={{to_digits}}&say={{words}}&once={{words_once}}",
    }});
    let channel = channel(described);
    assert!(channel.carries(Medium::Voice) && !channel.carries(Medium::Text));
    assert_eq!(channel.call(&call("1, 2 & 3."), &TICKET).await, Ok(Handed::Accepted { id: None }));
    assert_eq!(channel.text(&text("1")).await, Err(ChannelFault::NotConfigured));
    let [request] = recorder.requests().try_into().unwrap();
    assert_eq!((request.method.as_str(), request.query.as_str()), ("PUT", "n=%2B33612345678"));
    let expected = [("once", "1, 2 & 3."), ("say", "1, 2 & 3. 1, 2 & 3."), ("to", "33612345678")];
    assert_eq!(request.form(), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[tokio::test]
async fn a_message_is_accepted_when_the_answer_says_so_as_described() {
    let answers = [
        (200, r#"{"status": "ok"}"#, None),
        (200, r#"{"status": "blocked"}"#, Some("channel_refused")),
        (200, r#"{"status": 12}"#, Some("channel_refused")),
        (200, "OK", Some("channel_not_understood")),
        (201, r#"{"status": "ok"}"#, Some("channel_refused")),
        (302, "", Some("channel_redirected")),
        (429, "", Some("channel_not_now")),
    ];
    let script = answers
        .iter()
        .map(|(status, body, _)| Answer::Whole(*status, "location: http://localhost:1/", (*body).to_owned()));
    let recorder = Recorder::open(false, script.collect()).await;
    let channel = channel(json!({ "text": {
        "method": "GET", "url": recorder.url("/?t={{text}}"), "accepted_statuses": [200],
        "accepted_at": "/status", "accepted_values": ["ok"],
    }}));
    for (status, body, expected) in answers {
        let fault = channel.text(&text("1")).await.err().map(ChannelFault::code);
        assert_eq!(fault, expected, "{status} {body}");
    }
    assert!(recorder.requests().iter().all(|it| it.method == "GET" && it.body.is_empty()));
}

fn read(channel: &Channel, url: &str, body: &str, headers: &[(&str, &str)]) -> Result<Receipt, ReceiptFault> {
    let headers: Vec<_> = headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    channel.receipt(&Callback { url, headers: &headers, body: body.as_bytes() })
}

#[test]
fn a_receipt_is_read_as_described_by_whoever_knows_the_secret() {
    let channel = channel(json!({ "receipts": {
        "secret": "hunter2", "id_at": "/message/id", "key_at": "/ref", "status_at": "/state",
        "delivered": ["DELIVRD"], "failed": ["UNDELIV", "7"],
    }}));
    let receipt = |status, reason: Option<&str>| {
        Ok(Receipt { id: "17".into(), key: Some("msg_1".into()), status, reason: reason.map(str::to_owned) })
    };
    let json = ("content-type", "application/json; charset=utf-8");
    let body = |state: Value| json!({ "message": { "id": 17 }, "ref": "msg_1", "state": state }).to_string();
    let secret = ("Authorization", "Bearer hunter2");
    for (state, expected) in [
        (json!("DELIVRD"), receipt(ReceiptStatus::Delivered, None)),
        (json!(7), receipt(ReceiptStatus::Failed, Some("7"))),
        (json!("ENROUTE"), receipt(ReceiptStatus::Pending, None)),
        (json!(null), Err(ReceiptFault::NotUnderstood)),
    ] {
        assert_eq!(read(&channel, "https://x/", &body(state), &[json, secret]), expected);
    }
    for headers in [&[json][..], &[json, ("Authorization", "Bearer hunter")], &[json, ("Authorization", "")]]
    {
        let read = read(&channel, "https://x/?authorization=hunter2", &body(json!("DELIVRD")), headers);
        assert_eq!(read, Err(ReceiptFault::NotAuthentic));
    }
}

#[test]
fn a_receipt_in_a_form_or_a_query_is_read_too() {
    let channel = channel(json!({ "receipts": {
        "secret": "hunter2", "secret_in": "query", "secret_name": "s",
        "id_at": "/id", "status_at": "/state", "delivered": ["1"],
    }}));
    let delivered = Receipt { id: "17".into(), key: None, status: ReceiptStatus::Delivered, reason: None };
    assert_eq!(read(&channel, "https://x/r?s=hunter2", "id=17&state=1", &[]), Ok(delivered.clone()));
    assert_eq!(read(&channel, "https://x/r?s=hunter2&id=17&state=1", "", &[]), Ok(delivered));
    assert_eq!(read(&channel, "https://x/r?s=x", "id=17&state=1", &[]), Err(ReceiptFault::NotAuthentic));
    assert_eq!(read(&channel, "https://x/r", "s=hunter2", &[]), Err(ReceiptFault::NotAuthentic));
}
