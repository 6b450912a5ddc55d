//! What operators rely on.

use crate::given::{sent_to_one, server, setup};
use crate::judges::said;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use testkit::server::{Mailbox, wait_for};

/// `serve` with these arguments over the data of a test; it is expected to end by itself.
fn serve(data: &str, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let output = command.args(["serve", "--data", data]).args(more).output().unwrap();
    (output.status.code(), said(&output))
}

#[test]
fn what_must_not_be_served_is_not_started() {
    let server = server();
    let data = server.setup().folder().join("data");
    let data = data.to_str().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let other = elsewhere.path().to_str().unwrap();
    for (data, more, word) in [
        (data, &["--dev", "--listen", "127.0.0.1:1"][..], "stop it first"),
        (other, &["--dev", "--listen", "0.0.0.0:1"], "loopback"),
        (other, &["--listen", "127.0.0.1:1"], "mail.host"),
        (other, &["--dev", "--role", "king"], "api, worker"),
        (other, &["--config", "nothing.toml"], "nothing.toml"),
    ] {
        let (status, words) = serve(data, more);
        assert_eq!(status, Some(2), "{more:?}: {words}");
        assert!(words.contains(word), "{more:?}: {words}");
    }
    server.get("/readyz").expect(200);
}

#[test]
fn health_and_figures_are_there_and_the_outbox_is_not_where_mails_go_out() {
    let mailbox = Mailbox::open();
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    for (path, status) in [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 200),
        ("/v1/openapi.json", 200),
        ("/pki/ca.cer", 200),
        ("/pki/ca.crl", 200),
        ("/dev/outbox", 404),
        ("/dev/outbox.json", 404),
    ] {
        server.get(path).expect(status);
    }
    let api = server.api();
    api.get("/v1/envelopes").expect(200);
    let figures = server.get("/metrics").text();
    assert!(figures.ends_with("# EOF\n") && !figures.contains("env_"), "{figures}");
    let key = server.setup().folder().join("data/master.key");
    assert_eq!(std::fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    let id = sent_to_one(&api);
    wait_for("the message", || {
        let messages = api.get("/v1/test-messages").json();
        messages.as_array().is_some_and(|it| it.len() == 1).then_some(())
    });
    assert!(mailbox.mails().is_empty(), "a test envelope sends nothing outside: {id}");
}

#[test]
fn a_forwarded_address_reaches_the_evidence_only_from_a_trusted_proxy() {
    for (trusted, address) in [("[]", "127.0.0.1"), ("[\"127.0.0.0/8\"]", "203.0.113.9")] {
        let server = setup().with("COUNTERSIGN_TRUSTED_PROXIES", trusted).start();
        let api = server.api();
        let headers = [("X-Forwarded-For", "198.51.100.7, 203.0.113.9")];
        let made = api.ask("POST", "/v1/envelopes", &headers, b"{\"title\": \"Lease\"}").expect(201).json();
        let events = api.events(made["id"].as_str().unwrap());
        assert_eq!(events[0]["actor"]["address"], address, "{trusted}");
    }
}

#[test]
fn an_act_under_way_when_the_server_is_asked_to_stop_is_answered_and_done() {
    let mut server = server();
    let api = server.api();
    let ids: Vec<String> = (0..4).map(|_| sent_to_one(&api)).collect();
    let visits: Vec<_> = ids.iter().map(|id| api.visit(id, 1)).collect();
    let acts: Vec<Value> = visits
        .iter()
        .map(|visit| {
            visit.consent().expect(200);
            visit.whole_act()
        })
        .collect();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let asked: Vec<_> = visits
            .iter()
            .zip(&acts)
            .map(|(visit, act)| scope.spawn(move || visit.try_ask("POST", "/finish", act)))
            .collect();
        wait_for("the first act", || {
            api.happened(&ids[0]).contains(&"signing_intended".into()).then_some(())
        });
        assert!(server.stop().success());
        asked.into_iter().map(|it| it.join().unwrap()).collect()
    });
    server.start();
    for (id, answer) in ids.iter().zip(answers) {
        let Ok(answer) = answer else { continue };
        answer.expect(200);
        api.wait_until(id, "completed");
        assert_eq!(api.happened(id).iter().filter(|it| *it == "recipient_signed").count(), 1);
    }
    api.wait_until(&ids[0], "completed");
}

#[test]
fn the_configuration_is_shown_without_its_secrets() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    let output = command
        .args(["serve", "--print-config", "--database", "postgres://me:hunter2@db/x"])
        .env("COUNTERSIGN_MAIL__HOST", "mail.example.org")
        .env("COUNTERSIGN_MAIL__FROM", "sign@example.org")
        .env("COUNTERSIGN_MAIL__USERNAME", "sign")
        .env("COUNTERSIGN_MAIL__PASSWORD", "hunter2")
        .output()
        .unwrap();
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(shown["mail"]["host"], "mail.example.org");
    assert!(output.status.success() && !said(&output).contains("hunter2"), "{shown}");
}

#[test]
fn what_the_environment_writes_as_text_is_text_even_where_it_looks_like_a_number() {
    for word in ["0042", "1e5", "true", "[7]", "{x", "\"quoted\""] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        let output = command
            .args(["serve", "--print-config"])
            .env("COUNTERSIGN_MAIL__HOST", "mail.example.org")
            .env("COUNTERSIGN_MAIL__PORT", "2525")
            .env("COUNTERSIGN_MAIL__FROM", "sign@example.org")
            .env("COUNTERSIGN_MAIL__USERNAME", word)
            .env("COUNTERSIGN_MAIL__PASSWORD", word)
            .env("COUNTERSIGN_DATA", word)
            .env("COUNTERSIGN_UPLOAD_BYTES_MAX", "1000")
            .env("COUNTERSIGN_DEV", "true")
            .output()
            .unwrap();
        assert!(output.status.success(), "{word}: {}", said(&output));
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!([&shown["mail"]["username"], &shown["data"]], [word, word]);
        assert_eq!(shown["mail"]["port"], 2525);
        assert_eq!((&shown["upload_bytes_max"], &shown["dev"]), (&json!(1000), &json!(true)));
    }
}

#[test]
fn a_list_is_read_page_by_page_each_line_once() {
    let server = server();
    let api = server.api();
    for number in 0..7 {
        api.post("/v1/envelopes", &json!({"title": format!("Draft {number}")})).expect(201);
    }
    let sent = sent_to_one(&api);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("/v1/envelopes?limit=3&status=draft{cursor}")).expect(200).json();
        let items = page["items"].as_array().unwrap();
        assert!((1..=3).contains(&items.len()));
        seen.extend(items.iter().map(|it| it["title"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let newest_first: Vec<String> = (0..7).rev().map(|number| format!("Draft {number}")).collect();
    assert_eq!(seen, newest_first);
    let found = api.get("/v1/envelopes?q=lovelace").expect(200).json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(found["items"][0]["id"], sent);
    assert!(api.get("/v1/envelopes?cursor=nonsense").status < 500);
}
