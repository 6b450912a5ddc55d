//! Mails that come back: by a pipe from the mail server, by its post, and by the webhooks of providers.

use crate::given::{setup, two_in_order};
use crate::judges::said;
use crate::replicas::{Schema, service};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use aws_lc_rs::{hmac, rand::SystemRandom};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api, Mailbox, Server, Setup, request, wait_for};

const ADA: &str = "ada@example.org";
const EMILE: &str = "emile@example.org";
const SECRET: &str = "of the mail server";

/// An envelope that was sent to Ada and Émile at once by a server that takes reports, and whose mails left.
fn sent(setup: Setup, mailbox: &Mailbox) -> (Server, Api, String) {
    let server = setup
        .in_earnest()
        .with_all(mailbox.settings())
        .with("COUNTERSIGN_BOUNCES__DSN_SECRET", SECRET)
        .start();
    let api = server.api_with(&server.setup().live_key());
    let mut draft = two_in_order(&api.uploaded(&Pdf::contract().bytes()));
    draft["recipients"][1]["step"] = 1.into();
    let id = api.sent(&draft);
    wait_for("both mails to be noted", || (told(&api, &id, "message_sent").len() == 2).then_some(()));
    (server, api, id)
}

/// The Message-ID of the first mail to an address.
fn mail_to(mailbox: &Mailbox, to: &str) -> String {
    mailbox.mails().into_iter().find(|it| it.to == to).unwrap().id
}

/// A report about a mail, as RFC 3464 has it.
fn report(id: &str, action: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: sign@example.org\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered to the confidential person.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; somebody@example.org\r\nAction: {action}\r\nStatus: 5.1.1\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\nSubject: Lease\r\n--b--\r\n"
    )
}

/// What the events say of a kind, in sentences.
fn told(api: &Api, id: &str, kind: &str) -> Vec<String> {
    let events = api.events(id).into_iter().filter(|it| it["type"] == kind);
    events.map(|it| it["summary"].as_str().unwrap().to_owned()).collect()
}

fn post(server: &Server, source: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    request(server.port(), "POST", &format!("/hooks/mail/{source}"), headers, body).unwrap()
}

fn results(answer: Answer) -> Value {
    answer.expect(200).json()["results"].clone()
}

#[test]
fn a_mail_that_came_back_is_told_to_the_sender_once_and_the_address_can_be_corrected() {
    comes_back(setup());
}

#[test]
fn a_mail_that_came_back_is_told_to_the_sender_once_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "bounced");
    comes_back(setup().at("--database", &schema.address()));
}

fn comes_back(setup: Setup) {
    let mailbox = Mailbox::open();
    let (server, api, id) = sent(setup, &mailbox);
    let _ = server.setup().tenant("Others", "others@example.org");
    let (to_ada, to_emile) = (mail_to(&mailbox, ADA), mail_to(&mailbox, EMILE));
    let before = api.happened(&id);
    let pipe = |more: &[&str], report: &str| {
        server.setup().command_reading(&[&["admin", "bounce"][..], more].concat(), report.as_bytes())
    };

    // What names nothing of ours, or of that organisation, what may yet arrive, and what is no report.
    for (more, text, status, word) in [
        (&[][..], report("<job_unknown@127.0.0.1>", "failed"), 1, "unknown"),
        (&[], report(&to_ada.replace("job_", "job-"), "failed"), 1, "unknown"),
        (&["--tenant", "Others"], report(&to_ada, "failed"), 1, "unknown"),
        (&[], report(&to_ada, "delayed"), 0, "not final"),
        (&[], "Out of office".to_owned(), 2, "RFC 3464"),
        (&["--tenant", "Nobody"], report(&to_ada, "failed"), 2, "no tenant"),
    ] {
        let answer = pipe(more, &text);
        assert_eq!(answer.status.code(), Some(status), "{word}: {}", said(&answer));
        assert!(said(&answer).contains(word), "{word}: {}", said(&answer));
    }
    assert_eq!(api.happened(&id), before, "nothing of this happened");

    let answer = pipe(&["--tenant", "Example Inc."], &report(&to_ada, "failed"));
    assert!(answer.status.success() && said(&answer).contains("recorded"), "{}", said(&answer));
    assert_eq!(
        told(&api, &id, "message_bounced"),
        ["A mail to Ada Lovelace, a••@example.org, came back (5.1.1)."]
    );
    let ada = api.envelope(&id)["recipients"][0].clone();
    assert_eq!(
        (&ada["bounced"], &ada["delivery"], &ada["status"]),
        (&json!(true), &json!("refused"), &json!("invited"))
    );
    wait_for("the sender to be told", || {
        told(&api, &id, "message_sent").iter().any(|it| it.contains("(bounced) to the sender")).then_some(())
    });

    // Twice the same is once; by the other way too.
    let again = pipe(&["--json"], &report(&to_ada, "failed"));
    assert_eq!(serde_json::from_slice::<Value>(&again.stdout).unwrap(), json!({"result": "known"}));
    let bearer = format!("Bearer {SECRET}");
    let allowed = [("Authorization", bearer.as_str())];
    assert_eq!(
        results(post(&server, "dsn", &allowed, report(&to_ada, "failed").as_bytes())),
        json!(["known"])
    );
    assert_eq!(
        results(post(&server, "dsn", &allowed, report(&to_emile, "failed").as_bytes())),
        json!(["recorded"])
    );
    assert_eq!(
        results(post(&server, "dsn", &allowed, report("<x@y>", "failed").as_bytes())),
        json!(["unknown"])
    );
    assert_eq!(post(&server, "dsn", &allowed, b"\0\xff").code(), "bounce_not_understood");
    for headers in [&[][..], &[("Authorization", "Bearer of somebody")]] {
        let answer = post(&server, "dsn", headers, report(&to_emile, "failed").as_bytes());
        assert_eq!((answer.status, answer.code().as_str()), (401, "bounce_not_authentic"));
    }
    assert_eq!(told(&api, &id, "message_bounced").len(), 2);

    // A corrected address is another one, and what still comes back from the old one says nothing about it.
    let path = format!("/v1/envelopes/{id}/recipients/1/correct");
    api.post(&path, &json!({"email": "lovelace@example.org"})).expect(200);
    assert_eq!(api.envelope(&id)["recipients"][0]["bounced"], json!(false));
    wait_for("the new invitation", || {
        mailbox.mails().iter().find(|it| it.to == "lovelace@example.org").map(drop)
    });

    let log = server.log();
    for word in ["confidential person", ADA, EMILE, SECRET] {
        assert!(!log.contains(word), "{word} is in the log");
    }
}

#[test]
fn what_a_provider_says_of_a_mail_is_taken_where_it_is_the_provider_who_says_it() {
    let mailbox = Mailbox::open();
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    // A SubjectPublicKeyInfo of this curve is its fixed beginning and the point (RFC 5480 2.1.1).
    let mut public = STANDARD.decode("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE").unwrap();
    public.truncate(26);
    public.extend_from_slice(pair.public_key().as_ref());
    let setup = setup()
        .with("COUNTERSIGN_BOUNCES__POSTMARK_SECRET", "of postmark")
        .with("COUNTERSIGN_BOUNCES__MAILGUN_SIGNING_KEY", "key-1")
        .with("COUNTERSIGN_BOUNCES__SENDGRID_PUBLIC_KEY", &STANDARD.encode(&public));
    let (server, api, id) = sent(setup, &mailbox);
    let ada = mailbox.mails().into_iter().find(|it| it.to == ADA).unwrap();
    let name = ada.id.trim_start_matches('<').split('@').next().unwrap().to_owned();
    assert!(ada.text.contains(&format!("X-PM-Metadata-dispatch: {name}")), "{}", ada.text);

    let postmark = json!({"RecordType": "Bounce", "Type": "HardBounce", "Metadata": {"dispatch": name}});
    let ask = |password: &str| {
        let log_in = format!("Basic {}", STANDARD.encode(format!("postmark:{password}")));
        post(&server, "postmark", &[("Authorization", &log_in)], postmark.to_string().as_bytes())
    };
    assert_eq!(ask("of somebody").status, 401);
    assert_eq!(told(&api, &id, "message_bounced").len(), 0);
    assert_eq!(results(ask("of postmark")), json!(["recorded"]));

    let event = json!([{"event": "bounce", "type": "bounce", "status": "5.1.1", "smtp-id": mail_to(&mailbox, EMILE)}]);
    let event = event.to_string();
    let signed = format!("1767225600{event}");
    let signature = STANDARD.encode(pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap());
    let ask = |time: &str| {
        let headers = [
            ("X-Twilio-Email-Event-Webhook-Timestamp", time),
            ("X-Twilio-Email-Event-Webhook-Signature", signature.as_str()),
        ];
        post(&server, "sendgrid", &headers, event.as_bytes())
    };
    assert_eq!(ask("1767225601").status, 401);
    assert_eq!(told(&api, &id, "message_bounced").len(), 1);
    assert_eq!(results(ask("1767225600")), json!(["recorded"]));

    let time =
        api.envelope(&id)["created_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"key-1");
    let tag = hmac::sign(&key, format!("{time}token").as_bytes());
    let hex: String = tag.as_ref().iter().map(|it| format!("{it:02x}")).collect();
    let ask = |signature: &str| {
        let body = json!({
            "signature": {"timestamp": time.to_string(), "token": "token", "signature": signature},
            "event-data": {"event": "failed", "severity": "permanent", "message": {"headers": {"message-id": name.clone() + "@x"}}},
        });
        post(&server, "mailgun", &[], body.to_string().as_bytes())
    };
    assert_eq!(ask(&hex.replace(|it: char| it.is_ascii_digit(), "a")).status, 401);
    assert_eq!(results(ask(&hex)), json!(["known"]), "Postmark has said so before");

    assert_eq!(told(&api, &id, "message_bounced").len(), 2);
    assert_eq!(post(&server, "pigeon", &[], b"").status, 404);
}

#[test]
fn a_refusal_for_good_is_told_to_the_sender_too() {
    let mailbox = Mailbox::that_says(|to, _| (to == ADA).then_some("550 5.1.1 unknown"));
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    let api = server.api_with(&server.setup().live_key());
    let id = api.sent(&two_in_order(&api.uploaded(&Pdf::contract().bytes())));
    wait_for("the sender to be told", || {
        told(&api, &id, "message_sent").iter().any(|it| it.contains("(bounced) to the sender")).then_some(())
    });
    assert_eq!(api.envelope(&id)["recipients"][0]["bounced"], json!(true));
    assert_eq!(mailbox.tries(ADA), 1);
}
