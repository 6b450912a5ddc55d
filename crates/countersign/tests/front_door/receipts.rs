//! What providers say of short messages and calls: who waits for a code is told that none will come.

use crate::given::setup;
use crate::person::Person;
use crate::proofs::{PHONE, asked};
use crate::receiver::{Receiver, Says, ask};
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::server::{Answer, Api, Mailbox, Server, Setup, request, wait_for};

/// A server that sends codes by this provider, in earnest.
fn with_twilio(setup: Setup, twilio: &Receiver, mailbox: &Mailbox) -> Server {
    let telephone = [
        ("PROVIDER", "twilio"),
        ("ACCOUNT_SID", "AC1"),
        ("AUTH_TOKEN", "token"),
        ("FROM", "+15005550006"),
        ("BASE_URL", &twilio.url()),
    ];
    let setup = setup
        .in_earnest()
        .with_all(mailbox.settings())
        .with("COUNTERSIGN_PUBLIC_URL", "https://sign.example.org");
    telephone
        .into_iter()
        .fold(setup, |setup, (key, value)| setup.with(&format!("COUNTERSIGN_TELEPHONE__{key}"), value))
        .start()
}

/// What Twilio was asked to send last.
fn form(twilio: &Receiver, number: usize) -> BTreeMap<String, String> {
    let arrived = wait_for("the message", || twilio.arrived().get(number).cloned());
    url::form_urlencoded::parse(arrived.text.as_bytes()).into_owned().collect()
}

/// A receipt as Twilio sends it; signed by its own validator with this token.
fn receipt(server: &Server, url: &str, status: &str, token: &str) -> Answer {
    let fields = [("MessageSid", "SM1"), ("MessageStatus", status), ("ErrorCode", "30003"), ("To", PHONE)];
    let lists: BTreeMap<_, _> = fields.iter().map(|(name, value)| (*name, vec![*value])).collect();
    let question =
        json!({"ask": "twilio_signature", "url": url, "token": token, "fields": lists, "algorithm": null});
    let answer = ask(&question);
    let signature = answer["signature"].as_str().unwrap();
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = [("X-Twilio-Signature", signature), ("Content-Type", "application/x-www-form-urlencoded")];
    let path = url.strip_prefix("https://sign.example.org").unwrap();
    request(server.port(), "POST", path, &headers, body.as_bytes()).unwrap()
}

fn undelivered(api: &Api, id: &str) -> Vec<String> {
    let events = api.events(id).into_iter().filter(|it| it["type"] == "code_undelivered");
    events.map(|it| it["summary"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn who_waits_for_a_code_is_told_that_it_did_not_arrive_and_the_sender_too() {
    is_told(setup());
}

#[test]
fn who_waits_for_a_code_is_told_that_it_did_not_arrive_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "receipts");
    is_told(setup().at("--database", &schema.address()));
}

fn is_told(setup: Setup) {
    let (mailbox, twilio) = (Mailbox::open(), Receiver::that(|_, _| Says::Status(201, r#"{"sid": "SM1"}"#)));
    let server = with_twilio(setup, &twilio, &mailbox);
    let api = server.api_with(&server.setup().live_key());
    let id = api.sent(&asked(&api, &json!([{"method": "sms_code"}])));
    let mut person = Person::with(api.visit(&id, 1));
    person.begin("sms_code").expect(200);
    let url = form(&twilio, 0)["StatusCallback"].clone();
    assert!(url.starts_with("https://sign.example.org/hooks/telephone/twilio?message=job_"), "{url}");
    let challenge = |person: &Person| person.read()["challenge"].clone();
    assert_eq!(challenge(&person)["undelivered"], json!(false));

    // Not Twilio's, of another message, of nothing that left, or nothing final.
    let other = format!("{url}x");
    assert_eq!(receipt(&server, &url, "undelivered", "another token").code(), "receipt_not_authentic");
    for (url, status, result) in
        [(&other, "undelivered", "unknown"), (&url, "sent", "not_final"), (&url, "delivered", "not_final")]
    {
        assert_eq!(
            receipt(&server, url, status, "token").expect(200).json()["results"],
            json!([result]),
            "{status}"
        );
    }
    let vonage = request(server.port(), "POST", "/hooks/telephone/vonage", &[], b"status=failed").unwrap();
    assert_eq!((vonage.status, vonage.code().as_str()), (404, "receipts_not_configured"));
    let long =
        request(server.port(), "POST", "/hooks/telephone/twilio", &[], &vec![b'x'; (64 << 10) + 1]).unwrap();
    assert_eq!(long.status, 413);
    assert_eq!(undelivered(&api, &id), Vec::<String>::new());

    assert_eq!(
        receipt(&server, &url, "undelivered", "token").expect(200).json()["results"],
        json!(["recorded"])
    );
    assert_eq!(
        receipt(&server, &url, "undelivered", "token").expect(200).json()["results"],
        json!(["known"])
    );
    let [summary] = undelivered(&api, &id).try_into().unwrap();
    assert!(summary.starts_with("A code by text message for Ada Lovelace did not arrive: "), "{summary}");
    assert!(summary.ends_with("78 (30003).") && !summary.contains(PHONE), "{summary}");
    assert_eq!(challenge(&person)["undelivered"], json!(true));
    assert_eq!(api.envelope(&id)["recipients"][0]["code_undelivered"], json!("sms_code"));
    // The code stays good: a provider can be wrong.
    let said = form(&twilio, 0)["Body"].clone();
    let code: String = said.chars().filter(char::is_ascii_digit).take(6).collect();
    person.answer("sms_code", &code).expect(200);
    assert_eq!(api.envelope(&id)["recipients"][0]["code_undelivered"], Value::Null);
    assert_eq!(
        receipt(&server, &url, "undelivered", "token").expect(200).json()["results"],
        json!(["known"])
    );
    assert!(!server.log().contains(PHONE) && !server.log().contains("30003"));
}

#[test]
fn a_provider_that_refuses_a_number_at_once_leaves_nobody_waiting() {
    let mailbox = Mailbox::open();
    let twilio = Receiver::that(|_, _| {
        Says::Status(400, r#"{"code": 21211, "message": "Invalid 'To' Phone Number"}"#)
    });
    let server = with_twilio(setup(), &twilio, &mailbox);
    let api = server.api_with(&server.setup().live_key());
    let id = api.sent(&asked(&api, &json!([{"method": "sms_code"}])));
    let mut person = Person::with(api.visit(&id, 1));
    person.begin("sms_code").expect(200);
    let told = wait_for("the event", || undelivered(&api, &id).pop());
    assert!(told.ends_with("(21211)."), "{told}");
    assert_eq!(person.read()["challenge"]["undelivered"], json!(true));
    assert_eq!(api.envelope(&id)["problem"], Value::Null, "it is not tried for ever");
    assert_eq!(twilio.arrived().len(), 1);
}
