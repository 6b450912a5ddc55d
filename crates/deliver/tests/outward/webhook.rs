//! Webhooks to receivers that fail, hang, lead elsewhere, or never stop.

use crate::recorder::{Answer, Recorder};
use deliver::webhook::{
    Attempted, Caller, CallerError, CallerSettings, Delivery, Found, Lookup, WebhookFault,
};
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

/// Plain HTTP to this machine, which only these tests allow.
fn here() -> CallerSettings {
    CallerSettings { plain_http: true, allow: vec!["127.0.0.0/8".into(), "::1".into()], ..strict() }
}

/// As it is where nothing is configured, so a test that took the time out would take it out for everybody.
fn strict() -> CallerSettings {
    CallerSettings::default()
}

async fn call(caller: &Caller, url: &str) -> Attempted {
    caller.call(&Delivery { url, headers: &[], body: b"{}" }).await
}

/// Answers each look-up with the next of its answers.
struct Script(Mutex<Vec<Vec<IpAddr>>>);

impl Script {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let parsed = |it: &&[&str]| it.iter().map(|it| it.parse().unwrap()).collect();
        Arc::new(Self(Mutex::new(answers.iter().rev().map(parsed).collect())))
    }

    fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

impl Lookup for Script {
    fn addresses(&self, _: &str) -> Found {
        let next = self.0.lock().unwrap().pop();
        Box::pin(async move { next.ok_or_else(|| io::Error::other("nobody knows this name")) })
    }
}

#[tokio::test]
async fn a_webhook_arrives_as_it_was_given_and_the_beginning_of_the_answer_is_kept() {
    let recorder = Recorder::open(false, vec![Answer::json(202, "thanks")]).await;
    let caller = Caller::new(&here()).unwrap();
    let headers = [("Webhook-Id".to_owned(), "msg_1".to_owned())];
    let url = recorder.url("/hooks?x=1");
    let attempted = caller.call(&Delivery { url: &url, headers: &headers, body: b"{\"a\": 1}" }).await;
    assert!(attempted.is_delivered());
    assert_eq!((attempted.status, attempted.answer.as_str(), attempted.fault), (Some(202), "thanks", None));
    let [request] = recorder.requests().try_into().unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/hooks"));
    assert_eq!((request.query.as_str(), request.body.as_slice()), ("x=1", &b"{\"a\": 1}"[..]));
    assert_eq!(request.header("webhook-id"), Some("msg_1"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    recorder.dropped(1).await;
}

#[tokio::test]
async fn a_receiver_that_fails_is_told_apart_by_its_status() {
    let recorder = Recorder::open(false, vec![Answer::json(500, "oh"), Answer::json(410, "gone")]).await;
    let caller = Caller::new(&here()).unwrap();
    for (status, words, fault) in [(500, "oh", WebhookFault::Status), (410, "gone", WebhookFault::Gone)] {
        let attempted = call(&caller, &recorder.url("/")).await;
        assert_eq!((attempted.status, attempted.answer.as_str()), (Some(status), words));
        assert_eq!(attempted.fault, Some(fault));
        assert!(!attempted.is_delivered() && fault.again() == (status == 500), "who is gone is gone");
    }
    assert_eq!(recorder.connections(), 2, "no connection is kept for the next webhook");
}

#[tokio::test]
async fn a_receiver_that_hangs_is_left_when_the_time_is_over() {
    let recorder = Recorder::open(false, vec![Answer::Silence, Answer::Unfinished]).await;
    let caller = Caller::new(&CallerSettings { timeout_ms: 300, ..here() }).unwrap();
    let attempted = call(&caller, &recorder.url("/")).await;
    assert_eq!((attempted.status, attempted.fault), (None, Some(WebhookFault::TimedOut)));
    // The limit and what it took are read from one clock, so this holds on the slowest machine.
    assert!(attempted.took_ms >= 300 && !attempted.is_delivered());
    recorder.dropped(1).await;

    let attempted = call(&caller, &recorder.url("/")).await;
    assert_eq!((attempted.status, attempted.fault), (Some(200), Some(WebhookFault::TimedOut)));
    assert_eq!(attempted.answer, "begun");
    assert!(attempted.is_delivered(), "it said yes before it fell silent");
    recorder.dropped(2).await;
}

#[tokio::test]
async fn a_redirection_is_not_followed_even_to_where_a_webhook_may_go() {
    let target = Recorder::open(false, vec![]).await;
    for status in [301, 302, 303, 307, 308] {
        let header: &'static str =
            Box::leak(format!("location: http://127.0.0.1:{}/", target.port).into_boxed_str());
        let recorder = Recorder::open(false, vec![Answer::Whole(status, header, String::new())]).await;
        let attempted = call(&Caller::new(&here()).unwrap(), &recorder.url("/")).await;
        assert_eq!((attempted.status, attempted.fault), (Some(status), Some(WebhookFault::Redirected)));
        assert!(!attempted.is_delivered());
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off_after_64_kib() {
    let recorder = Recorder::open(false, vec![Answer::Endless]).await;
    let attempted = call(&Caller::new(&here()).unwrap(), &recorder.url("/")).await;
    assert_eq!((attempted.status, attempted.fault), (Some(200), Some(WebhookFault::AnswerTooLong)));
    assert_eq!(attempted.answer, "x".repeat(1024));
    recorder.dropped(1).await;
}

#[tokio::test]
async fn a_head_without_end_is_no_answer() {
    let recorder = Recorder::open(false, vec![Answer::EndlessHead]).await;
    let attempted = call(&Caller::new(&here()).unwrap(), &recorder.url("/")).await;
    assert_eq!((attempted.status, attempted.fault), (None, Some(WebhookFault::Unreachable)));
    recorder.dropped(1).await;
}

#[tokio::test]
async fn an_answer_of_64_kib_is_read_and_one_byte_more_is_cut_off() {
    let answer = |length| Answer::Whole(200, "x: y", "x".repeat(length));
    let recorder = Recorder::open(false, vec![answer(65_536), answer(65_537)]).await;
    let caller = Caller::new(&here()).unwrap();
    assert_eq!(call(&caller, &recorder.url("/")).await.fault, None);
    assert_eq!(call(&caller, &recorder.url("/")).await.fault, Some(WebhookFault::AnswerTooLong));
}

#[tokio::test]
async fn a_name_that_is_public_first_and_private_on_the_second_look_up_is_refused() {
    let recorder = Recorder::open(false, vec![]).await;
    let script = Script::new(&[&["93.184.215.14"], &["127.0.0.1"]]);
    let settings = CallerSettings { plain_http: true, ..strict() };
    let caller = Caller::with_lookup(&settings, Arc::clone(&script) as Arc<dyn Lookup>).unwrap();
    let url = format!("http://rebind.example.org:{}/", recorder.port);
    assert_eq!(caller.admit(&url).await, Ok(()), "at the time of subscribing it was public");
    let attempted = call(&caller, &url).await;
    assert_eq!((attempted.status, attempted.fault), (None, Some(WebhookFault::AddressRefused)));
    assert_eq!(recorder.connections(), 0);
}

#[tokio::test]
async fn the_address_that_was_checked_is_the_one_that_is_connected_to() {
    let recorder = Recorder::open(false, vec![]).await;
    // Were the name looked up once more after the check, the connection would go to the second answer.
    let script = Script::new(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let caller = Caller::with_lookup(&here(), Arc::clone(&script) as Arc<dyn Lookup>).unwrap();
    let attempted = call(&caller, &format!("http://hooks.example.org:{}/", recorder.port)).await;
    assert_eq!((attempted.status, script.left()), (Some(200), 1));
    assert_eq!(recorder.connections(), 1);
}

#[tokio::test]
async fn one_private_address_among_public_ones_spoils_them_all() {
    let recorder = Recorder::open(false, vec![]).await;
    for addresses in
        [["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "2606:4700::1"], ["::ffff:127.0.0.1", "::1"]]
    {
        let script = Script::new(&[&addresses]);
        let settings = CallerSettings { plain_http: true, ..strict() };
        let caller = Caller::with_lookup(&settings, script).unwrap();
        let attempted = call(&caller, &format!("http://mixed.example.org:{}/", recorder.port)).await;
        assert_eq!(attempted.fault, Some(WebhookFault::AddressRefused), "{addresses:?}");
    }
    assert_eq!(recorder.connections(), 0);
}

#[tokio::test]
async fn an_address_that_is_written_out_is_checked_however_it_is_written() {
    let recorder = Recorder::open(false, vec![]).await;
    let caller = Caller::new(&CallerSettings { plain_http: true, ..strict() }).unwrap();
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "１２７.0.0.1",
        "localhost",
    ] {
        let url = format!("http://{host}:{}/", recorder.port);
        let attempted = call(&caller, &url).await;
        assert_eq!(attempted.fault, Some(WebhookFault::AddressRefused), "{host}");
        assert_eq!(caller.admit(&url).await, Err(WebhookFault::AddressRefused), "{host}");
    }
    assert_eq!(recorder.connections(), 0);
}

#[tokio::test]
async fn a_name_that_the_operator_allows_may_lead_anywhere_and_no_other_may() {
    let recorder = Recorder::open(false, vec![]).await;
    let settings = CallerSettings { plain_http: true, allow: vec!["hooks.internal".into()], ..strict() };
    for (name, fault) in [("hooks.internal", None), ("other.internal", Some(WebhookFault::AddressRefused))] {
        let caller = Caller::with_lookup(&settings, Script::new(&[&["127.0.0.1"]])).unwrap();
        assert_eq!(call(&caller, &format!("http://{name}:{}/", recorder.port)).await.fault, fault, "{name}");
    }
    assert_eq!(recorder.connections(), 1);
}

#[tokio::test]
async fn an_address_that_can_never_be_right_is_refused_without_a_look_up() {
    let script = Script::new(&[]);
    let caller = Caller::with_lookup(&strict(), Arc::clone(&script) as Arc<dyn Lookup>).unwrap();
    for (url, fault) in [
        ("http://example.org/", WebhookFault::NotHttps),
        ("ftp://example.org/", WebhookFault::UrlInvalid),
        ("file:///etc/passwd", WebhookFault::UrlInvalid),
        ("https://ada@example.org/", WebhookFault::UrlCredentials),
        ("https://ada:secret@example.org/", WebhookFault::UrlCredentials),
        ("https://:secret@example.org/", WebhookFault::UrlCredentials),
        ("example.org", WebhookFault::UrlInvalid),
        ("https://", WebhookFault::UrlInvalid),
        (&format!("https://example.org/{}", "x".repeat(2029)), WebhookFault::UrlInvalid),
    ] {
        assert_eq!(call(&caller, url).await.fault, Some(fault), "{url}");
        assert_eq!(caller.admit(url).await, Err(fault), "{url}");
        assert!(!fault.again());
    }
    // One byte shorter it is looked up, and nobody knows it.
    let longest = format!("https://example.org/{}", "x".repeat(2028));
    assert_eq!(longest.len(), 2048);
    assert_eq!(caller.admit(&longest).await, Err(WebhookFault::NameUnknown));
    assert_eq!(call(&caller, &longest).await.fault, Some(WebhookFault::NameUnknown));
}

#[tokio::test]
async fn a_header_that_breaks_its_line_is_not_sent() {
    let recorder = Recorder::open(false, vec![]).await;
    let caller = Caller::new(&here()).unwrap();
    for (name, value) in [("x", "a\r\nhost: b"), ("x y", "a"), ("", "a")] {
        let headers = [(name.to_owned(), value.to_owned())];
        let delivery = Delivery { url: &recorder.url("/"), headers: &headers, body: b"" };
        assert_eq!(caller.call(&delivery).await.fault, Some(WebhookFault::HeaderInvalid));
    }
    assert_eq!(recorder.connections(), 0);
}

#[tokio::test]
async fn an_encrypted_receiver_is_trusted_by_its_authority_alone() {
    let recorder = Recorder::open(true, vec![]).await;
    let url = format!("https://localhost:{}/", recorder.port);
    let unknown = Caller::new(&here()).unwrap();
    let attempted = call(&unknown, &url).await;
    assert_eq!((attempted.status, attempted.fault), (None, Some(WebhookFault::Untrusted)));
    assert_eq!(recorder.requests().len(), 0);
    let authorities_pem = Some(recorder.certificate_pem.clone());
    let known = Caller::new(&CallerSettings { authorities_pem, plain_http: false, ..here() }).unwrap();
    assert_eq!(call(&known, &url).await.fault, None);
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    drop(listener);
    let attempted = call(&Caller::new(&here()).unwrap(), &url).await;
    assert_eq!((attempted.status, attempted.fault), (None, Some(WebhookFault::Unreachable)));
    assert!(WebhookFault::Unreachable.again());
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let read: CallerSettings = serde_json::from_str("{}").unwrap();
    assert_eq!(read, strict());
    assert_eq!((read.timeout_ms, read.plain_http), (15_000, false));
    assert!(serde_json::from_str::<CallerSettings>(r#"{"allowed": []}"#).is_err());
    let settings = CallerSettings { allow: vec!["10.0.0.0/33".into()], ..strict() };
    assert_eq!(Caller::new(&settings).err(), Some(CallerError::Allow));
    let settings = CallerSettings { authorities_pem: Some("x".into()), ..strict() };
    assert_eq!(Caller::new(&settings).err(), Some(CallerError::Authorities));
}
