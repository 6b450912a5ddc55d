//! Receipts as Vonage's own packages sign them.

use crate::python::ask;
use deliver::Password;
use deliver::channel::{
    Callback, Channel, ChannelSettings, Receipt, ReceiptFault, ReceiptStatus, VonageSettings,
};
use serde_json::{Value, json};

const URL: &str = "https://sign.example.org/receipts";
const SECRET: &str = "the signature secret of this account";
const OTHER: &str = "the signature secret of another account";
const JSON: (&str, &str) = ("Content-Type", "application/json");

fn channel() -> Channel {
    let settings = VonageSettings {
        signature_secret: Some(Password::new(SECRET)),
        ..VonageSettings::new("key", Password::new("secret"), "Sign")
    };
    Channel::new(&ChannelSettings::Vonage(settings)).unwrap()
}

fn read(url: &str, body: &str, headers: &[(&str, &str)]) -> Result<Receipt, ReceiptFault> {
    let headers: Vec<_> = headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    channel().receipt(&Callback { url, headers: &headers, body: body.as_bytes() })
}

fn fields(status: &str) -> Value {
    json!({
        "msisdn": "33612345678", "to": "Sign", "messageId": "M1", "status": status, "err-code": "0",
        "client-ref": "msg_1", "scts": "2501010000", "timestamp": "1735689599", "nonce": "a&b=c",
    })
}

async fn signed(status: &str, secret: &str) -> Value {
    let mut fields = fields(status);
    let question = json!({ "ask": "vonage_signature", "fields": fields, "secret": secret });
    fields["sig"] = ask(&question, None).await["sig"].clone();
    fields
}

fn form(fields: &Value) -> String {
    let pairs = fields.as_object().unwrap().iter().map(|(name, value)| (name, value.as_str().unwrap()));
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[tokio::test]
async fn a_signed_receipt_of_a_message_is_read_as_json_as_form_and_as_query() {
    for (said, status) in [
        ("delivered", ReceiptStatus::Delivered),
        ("expired", ReceiptStatus::Failed),
        ("buffered", ReceiptStatus::Pending),
    ] {
        let fields = signed(said, SECRET).await;
        let expected = Receipt { id: "M1".into(), key: Some("msg_1".into()), status, reason: None };
        assert_eq!(read(URL, &fields.to_string(), &[JSON]).as_ref(), Ok(&expected));
        assert_eq!(read(URL, &form(&fields), &[]).as_ref(), Ok(&expected));
        assert_eq!(read(&format!("{URL}?{}", form(&fields)), "", &[]).as_ref(), Ok(&expected));
    }
}

#[tokio::test]
async fn a_receipt_of_a_message_that_was_not_signed_like_this_is_refused() {
    let refused = Err(ReceiptFault::NotAuthentic);
    let mut changed = signed("failed", SECRET).await;
    changed["status"] = "delivered".into();
    let other_secret = signed("delivered", OTHER).await;
    for fields in [fields("delivered"), changed, other_secret] {
        assert_eq!(read(URL, &fields.to_string(), &[JSON]), refused);
    }
    let without = VonageSettings::new("key", Password::new("secret"), "Sign");
    let without = Channel::new(&ChannelSettings::Vonage(without)).unwrap();
    let body = signed("delivered", OTHER).await.to_string();
    let headers = [(JSON.0.to_owned(), JSON.1.to_owned())];
    let callback = Callback { url: URL, headers: &headers, body: body.as_bytes() };
    assert_eq!(without.receipt(&callback), refused, "no secret trusts nobody");
}

async fn vouched(body: &str, secret: &str, algorithm: &str) -> String {
    let question = json!({ "ask": "vonage_vouch", "body": body, "secret": secret, "algorithm": algorithm });
    format!("Bearer {}", ask(&question, None).await["token"].as_str().unwrap())
}

#[tokio::test]
async fn an_event_of_a_call_is_read_when_a_token_vouches_for_it() {
    for (said, status) in [
        ("ringing", ReceiptStatus::Pending),
        ("answered", ReceiptStatus::Delivered),
        ("unanswered", ReceiptStatus::Failed),
    ] {
        let body = json!({ "uuid": "C1", "status": said, "to": "33612345678" });
        let token = vouched(&body.to_string(), SECRET, "HS256").await;
        let expected = Ok(Receipt { id: "C1".into(), key: None, status, reason: None });
        let headers = [JSON, ("Authorization", token.as_str())];
        assert_eq!(read(URL, &body.to_string(), &headers), expected);
        let pretty = serde_json::to_string_pretty(&body).unwrap();
        assert_eq!(read(URL, &pretty, &headers), expected, "the digest is of the JSON without blanks");
    }
}

#[tokio::test]
async fn an_event_of_a_call_that_no_token_vouches_for_is_refused() {
    let body = json!({ "uuid": "C1", "status": "answered" }).to_string();
    let other = json!({ "uuid": "C2", "status": "answered" }).to_string();
    let good = vouched(&body, SECRET, "HS256").await;
    let of_another_secret = vouched(&body, OTHER, "HS256").await;
    let of_another_kind = vouched(&body, SECRET, "HS512").await;
    let refused = Err(ReceiptFault::NotAuthentic);
    assert!(read(URL, &body, &[JSON, ("Authorization", &good)]).is_ok());
    assert_eq!(read(URL, &other, &[JSON, ("Authorization", &good)]), refused);
    let without_signature = good.rsplit_once('.').unwrap().0.to_owned() + ".";
    for token in [&of_another_secret, &of_another_kind, &without_signature, "Bearer x", "Bearer a.b.c", ""] {
        assert_eq!(read(URL, &body, &[JSON, ("Authorization", token)]), refused, "{token}");
    }
    assert_eq!(read(URL, &body, &[JSON]), refused);
}
