//! Signatures, judged by the package of Standard Webhooks itself.

use crate::python::ask;
use crate::recorder::Recorder;
use deliver::webhook::{Caller, CallerSettings, Delivery, SigningSecret, sign, signed_headers};
use serde_json::{Map, Value, json};
use std::time::SystemTime;

/// The judge refuses what is older than five minutes, by its own clock.
#[expect(clippy::disallowed_methods, reason = "an outside verifier compares with the clock on the wall")]
fn now_s() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

async fn verify(secret: &SigningSecret, headers: &[(String, String)], body: &str) -> Value {
    let headers: Map<String, Value> =
        headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let body = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, body);
    ask(
        &json!({ "ask": "webhook_verify", "secret": secret.to_text(), "headers": headers, "body": body }),
        None,
    )
    .await
}

#[tokio::test]
async fn what_arrives_is_verified_by_the_package_of_standard_webhooks() {
    let recorder = Recorder::open(false, vec![]).await;
    let allow = vec!["127.0.0.1".to_owned(), "::1".to_owned()];
    let caller =
        Caller::new(&CallerSettings { plain_http: true, allow, ..CallerSettings::default() }).unwrap();
    let secret = SigningSecret::from_random([3; 32]);
    let body = json!({ "type": "envelope.completed", "data": { "title": "Bail – été ✓" } }).to_string();
    let headers = signed_headers(std::slice::from_ref(&secret), "evt_1", now_s(), body.as_bytes());
    let delivery = Delivery { url: &recorder.url("/"), headers: &headers, body: body.as_bytes() };
    assert!(caller.call(&delivery).await.is_delivered());
    let [arrived] = recorder.requests().try_into().unwrap();
    let arrived_body = String::from_utf8(arrived.body.clone()).unwrap();
    let judged = verify(&secret, &arrived.headers, &arrived_body).await;
    assert_eq!(judged["read"], serde_json::from_str::<Value>(&body).unwrap());

    let other = verify(&SigningSecret::from_random([4; 32]), &arrived.headers, &arrived_body).await;
    assert_eq!(other, json!({ "refused": "No matching signature found" }));
    let changed = verify(&secret, &arrived.headers, &arrived_body.replace("completed", "declined")).await;
    assert_eq!(changed, json!({ "refused": "No matching signature found" }));
}

#[tokio::test]
async fn while_a_secret_is_replaced_a_receiver_with_either_goes_on() {
    let (new, old) = (SigningSecret::from_random([5; 32]), SigningSecret::from_random([6; 32]));
    let both = [new.clone(), old.clone()];
    let headers = signed_headers(&both, "evt_1", now_s(), b"{}");
    assert_eq!(headers[2].1.split(' ').count(), 2);
    assert_eq!(headers[2].1, sign(&both, "evt_1", headers[1].1.parse().unwrap(), b"{}"));
    for secret in [new, old] {
        assert_eq!(verify(&secret, &headers, "{}").await, json!({ "read": {} }));
    }
}
