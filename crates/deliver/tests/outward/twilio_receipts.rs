//! Receipts that Twilio's own validator would sign.

use crate::python::ask;
use deliver::Password;
use deliver::channel::{
    Callback, Channel, ChannelSettings, Receipt, ReceiptFault, ReceiptStatus, TwilioSettings,
};
use serde_json::{Value, json};

const URL: &str = "https://sign.example.org/receipts?x=1";

fn channel() -> Channel {
    let settings = TwilioSettings {
        from: Some("+15550100".into()),
        receipts_key: Some(Password::new("shared key")),
        ..TwilioSettings::new("AC1", Password::new("token"))
    };
    Channel::new(&ChannelSettings::Twilio(settings)).unwrap()
}

fn body(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn signature(url: &str, fields: &[(&str, &str)], token: &str, algorithm: &str) -> String {
    let mut lists = serde_json::Map::new();
    for (name, value) in fields {
        let list = lists.entry(*name).or_insert(json!([]));
        list.as_array_mut().unwrap().push(json!(value));
    }
    let question = json!({
        "ask": "twilio_signature", "url": url, "fields": Value::Object(lists), "token": token,
        "algorithm": algorithm,
    });
    ask(&question, None).await["signature"].as_str().unwrap().to_owned()
}

fn read(url: &str, body: &str, headers: &[(&str, &str)]) -> Result<Receipt, ReceiptFault> {
    let headers: Vec<_> = headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    channel().receipt(&Callback { url, headers: &headers, body: body.as_bytes() })
}

#[tokio::test]
async fn a_signed_receipt_says_what_became_of_a_message_or_call() {
    let call = |status| [("CallSid", "CA1"), ("CallStatus", status), ("To", "+33612345678")];
    let message = |status| [("MessageSid", "SM1"), ("MessageStatus", status), ("To", "+33612345678")];
    for (fields, status) in [
        (message("delivered"), ReceiptStatus::Delivered),
        (message("sent"), ReceiptStatus::Pending),
        (message("undelivered"), ReceiptStatus::Failed),
        (call("completed"), ReceiptStatus::Delivered),
        (call("no-answer"), ReceiptStatus::Failed),
        (call("ringing"), ReceiptStatus::Pending),
    ] {
        let signature = signature(URL, &fields, "token", "HMAC_SHA1").await;
        let receipt = read(URL, &body(&fields), &[("X-Twilio-Signature", &signature)]).unwrap();
        let expected = Receipt { id: fields[0].1.into(), key: None, status, reason: None };
        assert_eq!(receipt, expected);
    }
}

#[tokio::test]
async fn a_receipt_signed_with_its_port_or_a_shared_key_or_repeated_fields_is_read_too() {
    let fields = [
        ("MessageSid", "SM1"),
        ("MessageStatus", "failed"),
        ("ErrorCode", "30003"),
        ("Z", "b & é"),
        ("Z", "a+"),
        ("Z", "a+"),
    ];
    let failed =
        Receipt { id: "SM1".into(), key: None, status: ReceiptStatus::Failed, reason: Some("30003".into()) };
    let with_port =
        signature("https://sign.example.org:443/receipts?x=1", &fields, "token", "HMAC_SHA1").await;
    let read_back = read(URL, &body(&fields), &[("x-twilio-signature", &with_port)]);
    assert_eq!(read_back, Ok(failed.clone()));

    let shared = signature(URL, &fields, "shared key", "HMAC_SHA256").await;
    let said = ("X-Twilio-Webhooks-Signature-Settings", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256");
    assert_eq!(read(URL, &body(&fields), &[("X-Twilio-Signature", &shared), said]), Ok(failed));
    let with_token = signature(URL, &fields, "token", "HMAC_SHA256").await;
    let other_key = read(URL, &body(&fields), &[("X-Twilio-Signature", &with_token), said]);
    assert_eq!(other_key, Err(ReceiptFault::NotAuthentic));
}

#[tokio::test]
async fn a_receipt_that_was_not_signed_like_this_is_refused() {
    let fields = [("MessageSid", "SM1"), ("MessageStatus", "delivered")];
    let signature = signature(URL, &fields, "token", "HMAC_SHA1").await;
    let good = ("X-Twilio-Signature", signature.as_str());
    let refused = Err(ReceiptFault::NotAuthentic);
    assert!(read(URL, &body(&fields), &[good]).is_ok());
    assert_eq!(read(URL, &body(&fields), &[]), refused);
    assert_eq!(read(URL, &body(&fields), &[("X-Twilio-Signature", "")]), refused);
    assert_eq!(read(URL, &body(&fields), &[("X-Twilio-Signature", "%")]), refused);
    assert_eq!(read("https://sign.example.org/receipts?x=2", &body(&fields), &[good]), refused);
    let other = [("MessageSid", "SM2"), ("MessageStatus", "delivered")];
    assert_eq!(read(URL, &body(&other), &[good]), refused);
    for algorithm in ["algorithm=HMAC_SHA256", "algorithm=NONE"] {
        let said = ("X-Twilio-Webhooks-Signature-Settings", algorithm);
        assert_eq!(read(URL, &body(&fields), &[good, said]), refused, "{algorithm}");
    }
}

#[tokio::test]
async fn a_signed_request_about_something_else_is_told_apart() {
    let fields = [("AccountSid", "AC1")];
    let signature = signature(URL, &fields, "token", "HMAC_SHA1").await;
    let receipt = read(URL, &body(&fields), &[("X-Twilio-Signature", &signature)]);
    assert_eq!(receipt, Err(ReceiptFault::NotUnderstood));
}
