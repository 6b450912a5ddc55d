//! What comes back of a mail: reports as servers and providers write them, and as strangers do.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use deliver::bounce::{BounceFault, BounceReport, BounceSettings, BounceSource, Bounces, REPORT_BYTES_MAX};
use deliver::channel::Callback;
use deliver::{Message, Password};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW_S: i64 = 1_767_225_600;
/// Made with `openssl ecparam -name prime256v1 -genkey`.
const PUBLIC_KEY: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENL1AcKBlNX1skrWzvEm5HqHhyTE4bDwclC8mcEl/X/tr9Q/p+oOJiJfeEMSob7DLVs0QiYf4m27MUJxJ01NRUQ==";
/// Of the time and the events below, made with `openssl dgst -sha256 -sign`.
const SIGNATURE: &str =
    "MEUCIQDhBeUyLCwZJ/ndBnUR44qrTiTdHx4GJoNEYSFC2Tyn2wIgb/4eKvlupROTnoDzxmDjJkk856QZP6lKfwtfdGkusBQ=";
const EVENTS: &str = r#"[{"event":"bounce","type":"bounce","email":"ada@example.org","status":"5.1.1","reason":"550 5.1.1 unknown","smtp-id":"<job_1@sign.example.org>"}]"#;

fn bounces() -> Bounces {
    let secret = |text: &str| Some(Password::new(text));
    let settings = BounceSettings {
        return_path: Some("bounces@sign.example.org".into()),
        dsn_secret: secret("of the mail server"),
        postmark_secret: secret("of postmark"),
        mailgun_signing_key: secret("key-1"),
        sendgrid_public_key: Some(PUBLIC_KEY.into()),
    };
    Bounces::new(&settings).unwrap()
}

/// A report as Postfix writes it.
fn postfix(to: &str, action: &str, status: &str, original: &str) -> String {
    format!(
        "Return-Path: <>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nFrom: MAILER-DAEMON@mx.example.org\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nTo: {to}\r\nAuto-Submitted: auto-replied\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"X/mx.example.org\"\r\n\
         Message-Id: <20260302100000.X@mx.example.org>\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n\
         --X/mx.example.org\r\nContent-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n\
         I'm sorry to have to inform you that your message could not be delivered.\r\n\r\n\
         --X/mx.example.org\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example.org\r\nX-Postfix-Queue-ID: X\r\nArrival-Date: Mon, 02 Mar 2026 09:59:59 +0000\r\n\r\n\
         Final-Recipient: rfc822; ada@example.org\r\nOriginal-Recipient: rfc822;ada@example.org\r\nAction: {action}\r\n\
         Status: {status}\r\nRemote-MTA: dns; mail.example.org\r\nDiagnostic-Code: smtp; 550 5.1.1 <ada@example.org>:\r\n    unknown\r\n\r\n\
         --X/mx.example.org\r\n{original}\r\n--X/mx.example.org--\r\n"
    )
}

const WHOLE: &str = "Content-Type: message/rfc822\r\n\r\nMessage-ID: <job_1@sign.example.org>\r\nFrom: sign@example.org\r\n\
                     To: ada@example.org\r\nSubject: Lease\r\n\r\nPlease sign.\r\n";
const HEAD: &str = "Content-Type: text/rfc822-headers\r\n\r\nFrom: sign@example.org\r\nMessage-ID:\r\n <job_1@sign.example.org>\r\n";
const LAST: &str = "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <job_1@sign.example.org>";
const NOTHING: &str = "Content-Type: text/plain\r\n\r\nNothing of it.\r\n";

fn read(report: &str) -> Result<BounceReport, BounceFault> {
    bounces().notification(report.as_bytes())
}

fn report(names: &[&str], failed: bool, status: &str) -> BounceReport {
    BounceReport { names: names.iter().map(|it| (*it).to_owned()).collect(), failed, status: status.into() }
}

#[test]
fn a_report_names_the_mail_that_it_sends_back_whole_or_its_head_alone() {
    for original in [WHOLE, HEAD, LAST] {
        let read = read(&postfix("sign@example.org", "failed", "5.1.1", original));
        assert_eq!(read, Ok(report(&["job_1"], true, "5.1.1")), "{original}");
    }
}

#[test]
fn a_report_that_sends_nothing_back_names_the_mail_by_where_it_went_or_by_what_it_answers() {
    let to = "<bounces+job_2@sign.example.org>";
    assert_eq!(read(&postfix(to, "failed", "5.1.1", NOTHING)), Ok(report(&["job_2"], true, "5.1.1")));
    let answers =
        "sign@example.org\r\nIn-Reply-To: <job_3@sign.example.org>\r\nReferences: <job_3@sign.example.org>";
    assert_eq!(read(&postfix(answers, "failed", "5.1.1", NOTHING)), Ok(report(&["job_3"], true, "5.1.1")));
    assert_eq!(
        read(&postfix("sign@example.org", "failed", "5.1.1", NOTHING)),
        Ok(report(&[], true, "5.1.1"))
    );
    // Where it went cannot be changed by who reads it, so it comes first.
    assert_eq!(read(&postfix(to, "failed", "5.1.1", WHOLE)), Ok(report(&["job_2", "job_1"], true, "5.1.1")));
}

#[test]
fn only_what_failed_will_never_arrive() {
    for (action, status, failed, told) in [
        ("failed", "5.1.1", true, "5.1.1"),
        ("Failed (for good)", "5.2.1 (mailbox disabled)", true, "5.2.1"),
        // A server that has tried for days.
        ("failed", "4.4.7", true, "4.4.7"),
        ("failed", "nothing that is a status", true, "5.0.0"),
        ("delayed", "4.4.1", false, "4.4.1"),
        ("relayed", "2.0.0", false, "2.0.0"),
        ("delivered", "2.0.0", false, "2.0.0"),
        ("expanded", "2.0.0", false, "2.0.0"),
    ] {
        let read = read(&postfix("sign@example.org", action, status, WHOLE));
        assert_eq!(read, Ok(report(&["job_1"], failed, told)), "{action} {status}");
    }
}

#[test]
fn what_is_no_report_is_not_understood() {
    let plain = "From: ada@example.org\r\nTo: sign@example.org\r\nSubject: Out of office\r\n\r\nStatus: 5.1.1\r\nAction: failed\r\n";
    let without_action =
        postfix("sign@example.org", "failed", "5.1.1", WHOLE).replace("Action: failed\r\n", "");
    for text in ["", "\0", plain, &without_action, WHOLE] {
        assert_eq!(read(text), Err(BounceFault::NotUnderstood), "{text:?}");
    }
}

#[test]
fn ten_megabytes_are_read_and_a_byte_more_is_not() {
    let mut bytes = postfix("sign@example.org", "failed", "5.1.1", WHOLE).into_bytes();
    bytes.resize(REPORT_BYTES_MAX, b'x');
    assert_eq!(bounces().notification(&bytes), Ok(report(&["job_1"], true, "5.1.1")));
    bytes.push(b'x');
    assert_eq!(bounces().notification(&bytes), Err(BounceFault::TooLarge));
}

fn call(
    source: BounceSource,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Vec<BounceReport>, BounceFault> {
    let headers: Vec<_> = headers.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let callback = Callback { url: "", headers: &headers, body: body.as_bytes() };
    bounces().webhook(source, &callback, NOW_S)
}

/// `Basic` with this name and password.
fn log_in(words: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(words))
}

#[test]
fn a_secret_opens_the_way_for_what_it_belongs_to_and_nothing_else_does() {
    let notification = postfix("sign@example.org", "failed", "5.1.1", WHOLE);
    let good = Ok(vec![report(&["job_1"], true, "5.1.1")]);
    for said in [
        "Bearer of the mail server".to_owned(),
        "bearer of the mail server".into(),
        log_in("mta:of the mail server"),
    ] {
        assert_eq!(call(BounceSource::Dsn, &[("authorization", &said)], &notification), good, "{said}");
    }
    let wrong = [
        "of the mail server".to_owned(),
        "Bearer of the mail serve".into(),
        "Bearer of the mail server2".into(),
        "Bearer ".into(),
        log_in("of the mail server"),
        log_in("mta:of postmark"),
        "Basic !".into(),
        "Digest of the mail server".into(),
    ];
    for said in wrong {
        let answer = call(BounceSource::Dsn, &[("authorization", &said)], &notification);
        assert_eq!(answer, Err(BounceFault::NotAuthentic), "{said}");
    }
    assert_eq!(call(BounceSource::Dsn, &[], &notification), Err(BounceFault::NotAuthentic));
}

#[test]
fn without_a_secret_nobody_is_trusted() {
    let empty = BounceSettings { dsn_secret: Some(Password::new("")), ..BounceSettings::default() };
    for settings in [BounceSettings::default(), empty] {
        let bounces = Bounces::new(&settings).unwrap();
        for source in
            [BounceSource::Dsn, BounceSource::Postmark, BounceSource::Mailgun, BounceSource::SendGrid]
        {
            let headers = vec![("authorization".to_owned(), "Bearer ".to_owned())];
            let callback = Callback { url: "", headers: &headers, body: b"{}" };
            assert_eq!(bounces.webhook(source, &callback, NOW_S), Err(BounceFault::NotConfigured));
            assert_eq!(bounces.admits(source, &headers), Err(BounceFault::NotConfigured));
        }
    }
}

#[test]
fn postmarks_webhook_is_read_by_its_password_and_names_the_mail_by_what_it_carried() {
    let said = |kind: &str| {
        json!({
            "RecordType": "Bounce", "Type": kind, "TypeCode": 1, "Name": "Hard bounce",
            "MessageID": "00000000-0000-0000-0000-000000000000", "Metadata": { "dispatch": "job_1" },
            "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
            "Email": "ada@example.org", "From": "sign@example.org", "Inactive": true,
        })
    };
    let ask = |body: &Value, password: &str| {
        call(
            BounceSource::Postmark,
            &[("Authorization", &log_in(&format!("postmark:{password}")))],
            &body.to_string(),
        )
    };
    for (kind, failed) in [
        ("HardBounce", true),
        ("BadEmailAddress", true),
        ("ManuallyDeactivated", true),
        ("SoftBounce", false),
        ("Transient", false),
        ("Blocked", false),
        ("SpamNotification", false),
    ] {
        let expected = Ok(vec![report(&["job_1"], failed, "5.1.1")]);
        assert_eq!(ask(&said(kind), "of postmark"), expected, "{kind}");
    }
    assert_eq!(ask(&said("HardBounce"), "of somebody"), Err(BounceFault::NotAuthentic));
    assert_eq!(ask(&json!({"RecordType": "Open"}), "of postmark"), Ok(vec![]));
    assert_eq!(ask(&json!([1]), "of postmark"), Err(BounceFault::NotUnderstood));
    let foreign =
        json!({"RecordType": "Bounce", "Type": "HardBounce", "Metadata": {"dispatch": "not one <>"}});
    assert_eq!(ask(&foreign, "of postmark"), Ok(vec![report(&[], true, "5.0.0")]));
}

/// HMAC-SHA256 of `1767225600token` under `key-1`, by Python's own library.
const MAILGUN: &str = "bb0cbe0c80f76438948e69594e2e129b8b760b5cf79ea14eccdee83dbaebf0f2";

#[test]
fn mailguns_webhook_is_read_by_its_signature_for_a_day() {
    let said = |time: &str, signature: &str, severity: &str| {
        json!({
            "signature": { "timestamp": time, "token": "token", "signature": signature },
            "event-data": {
                "event": "failed", "severity": severity, "reason": "bounce", "recipient": "ada@example.org",
                "delivery-status": { "code": 550, "enhanced-code": "5.1.1", "message": "5.1.1 unknown" },
                "message": { "headers": { "message-id": "job_1@sign.example.org", "to": "ada@example.org" } },
            },
        })
    };
    let ask = |body: &Value| call(BounceSource::Mailgun, &[], &body.to_string());
    assert_eq!(ask(&said("1767225600", MAILGUN, "permanent")), Ok(vec![report(&["job_1"], true, "5.1.1")]));
    assert_eq!(ask(&said("1767225600", MAILGUN, "temporary")), Ok(vec![report(&["job_1"], false, "5.1.1")]));
    let other = MAILGUN.replace("bb0c", "bb0d");
    for (time, signature) in [
        ("1767225601", MAILGUN),
        ("1767225600", &other),
        ("1767225600", ""),
        ("x", MAILGUN),
        ("1767225600", "zz"),
    ] {
        assert_eq!(
            ask(&said(time, signature, "permanent")),
            Err(BounceFault::NotAuthentic),
            "{time} {signature}"
        );
    }
    let at = |now_s: i64| {
        let body = said("1767225600", MAILGUN, "permanent").to_string();
        bounces().webhook(
            BounceSource::Mailgun,
            &Callback { url: "", headers: &[], body: body.as_bytes() },
            now_s,
        )
    };
    let day = 24 * 60 * 60;
    for (now_s, good) in [
        (NOW_S + day, true),
        (NOW_S + day + 1, false),
        (NOW_S - day, true),
        (NOW_S - day - 1, false),
        (i64::MIN, false),
    ] {
        assert_eq!(at(now_s).is_ok(), good, "{now_s}");
    }
    let mut delivered = said("1767225600", MAILGUN, "permanent");
    delivered["event-data"]["event"] = "delivered".into();
    assert_eq!(ask(&delivered), Ok(vec![]));
    assert_eq!(ask(&json!({"signature": {}})), Err(BounceFault::NotAuthentic));
}

#[test]
fn sendgrids_webhook_is_read_by_its_signature() {
    let ask = |time: &str, signature: &str, body: &str| {
        let headers = [
            ("X-Twilio-Email-Event-Webhook-Timestamp", time),
            ("X-Twilio-Email-Event-Webhook-Signature", signature),
        ];
        call(BounceSource::SendGrid, &headers, body)
    };
    assert_eq!(ask("1767225600", SIGNATURE, EVENTS), Ok(vec![report(&["job_1"], true, "5.1.1")]));
    let flipped = SIGNATURE.replace("MEUC", "MEUD");
    for (time, signature, body) in [
        ("1767225601", SIGNATURE, EVENTS),
        ("1767225600", flipped.as_str(), EVENTS),
        ("1767225600", "", EVENTS),
        ("1767225600", SIGNATURE, &EVENTS.replace("job_1", "job_2")),
    ] {
        assert_eq!(ask(time, signature, body), Err(BounceFault::NotAuthentic));
    }
    assert_eq!(call(BounceSource::SendGrid, &[], EVENTS), Err(BounceFault::NotAuthentic));
    let wrong = BounceSettings { sendgrid_public_key: Some("AAAA".into()), ..BounceSettings::default() };
    assert!(Bounces::new(&wrong).is_err());
}

#[test]
fn a_mail_leaves_with_what_names_it_when_it_comes_back() {
    let mut message = Message {
        id: "<job_1@sign.example.org>".into(),
        to: "ada@example.org".into(),
        to_name: String::new(),
        from: "sign@example.org".into(),
        from_name: String::new(),
        reply_to: String::new(),
        subject: String::new(),
        text: String::new(),
        html: String::new(),
        return_path: String::new(),
        headers: Vec::new(),
        attachments: Vec::new(),
    };
    let bare = message.clone();
    bounces().mark(&mut message);
    assert_eq!(message.return_path, "bounces+job_1@sign.example.org");
    let expected = [
        ("X-PM-Metadata-dispatch", "job_1".to_owned()),
        ("X-SMTPAPI", r#"{"unique_args":{"dispatch":"job_1"}}"#.to_owned()),
    ];
    assert_eq!(message.headers, expected);
    let mut unmarked = bare.clone();
    Bounces::default().mark(&mut unmarked);
    assert_eq!(unmarked, bare);
}

proptest! {
    #[test]
    fn no_bytes_of_strangers_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = bounces().notification(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let _ = call(BounceSource::Postmark, &[("Authorization", &log_in("p:of postmark"))], &text);
        let _ = call(BounceSource::Mailgun, &[], &text);
        let _ = call(BounceSource::SendGrid, &[("X-Twilio-Email-Event-Webhook-Signature", &text)], &text);
    }

    #[test]
    fn no_report_that_was_tampered_with_makes_it_fail(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        cut in any::<prop::sample::Index>(), twice: bool,
    ) {
        let mut bytes = postfix("bounces+job_2@sign.example.org", "failed", "5.1.1", WHOLE).into_bytes();
        if twice {
            let inner = String::from_utf8_lossy(&bytes).into_owned();
            let whole = format!("Content-Type: message/rfc822\r\n\r\n{inner}");
            bytes = postfix("sign@example.org", "failed", "5.1.1", &whole).into_bytes();
        }
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(report) = bounces().notification(&bytes) {
            prop_assert!(report.names.len() <= 8);
            prop_assert!(report.names.iter().all(|it| (1..=64).contains(&it.len())));
        }
        bytes.truncate(cut.index(bytes.len()));
        let _ = bounces().notification(&bytes);
    }
}
