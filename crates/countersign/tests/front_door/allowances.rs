//! Mails that strangers can have sent: so many and no more, and nothing tells whom we know.

use crate::given::{sent_to_one, setup};
use serde_json::{Value, json};
use testkit::server::{Answer, Server, request, wait_for};

const OWNER: &str = "owner@example.org";
const OTHER: &str = "other@example.org";

fn ask_to_sign_in(server: &Server, email: &str) -> Answer {
    let body = json!({ "email": email }).to_string();
    request(server.port(), "POST", "/v1/sign-in", &[], body.as_bytes()).unwrap()
}

/// How many mails with such a link went to this address.
fn mails(server: &Server, to: &str, link: &str) -> usize {
    let all = server.outbox(to);
    all.iter().filter(|mail| mail["text"].as_str().is_some_and(|text| text.contains(link))).count()
}

#[test]
fn who_asks_for_sign_in_links_again_and_again_gets_one_mail_and_always_the_same_answer() {
    let setup = setup();
    let _ = setup.tenant("Second Inc.", OTHER);
    let mut server = setup.start();
    let first = ask_to_sign_in(&server, OWNER).expect(202);
    for address in [OWNER, " Owner@Example.org ", "nobody@example.org", "nobody@example.org"] {
        let again = ask_to_sign_in(&server, address).expect(202);
        assert_eq!(again.body, first.body, "{address}");
    }
    wait_for("the mail to the first", || (mails(&server, OWNER, "/sign-in/") == 1).then_some(()));

    // Another address is counted by itself, also by the process that comes after.
    assert!(server.stop().success());
    server.start();
    assert_eq!(ask_to_sign_in(&server, OWNER).expect(202).body, first.body);
    ask_to_sign_in(&server, OTHER).expect(202);
    wait_for("the mail to the other", || (mails(&server, OTHER, "/sign-in/") == 1).then_some(()));
    assert_eq!(mails(&server, OWNER, "/sign-in/"), 1);
    assert_eq!(server.outbox("nobody@example.org").len(), 0);
}

#[test]
fn who_renews_a_download_link_twice_at_once_gets_one_mail() {
    let server = setup().start();
    let api = server.api();
    let id = sent_to_one(&api);
    server.visit("ada@example.org").sign();
    api.wait_until(&id, "completed");
    let renewed = || api.events(&id).iter().filter(|it| is_renewal(it)).count();
    let download = wait_for("the mail with the files", || {
        let visit = server.visit("ada@example.org");
        (visit.read().json()["state"] == "download").then_some(visit)
    });
    for _ in 0..3 {
        download.ask("POST", "/renew", &Value::Null).expect(202);
    }
    let second = wait_for("the new link", || {
        let visit = server.visit("ada@example.org");
        (renewed() == 1 && visit.token != download.token).then_some(visit)
    });
    // Each link is counted by itself.
    second.ask("POST", "/renew", &Value::Null).expect(202);
    wait_for("a mail for the other link", || (renewed() >= 2).then_some(()));
    assert_eq!(renewed(), 2);
}

fn is_renewal(event: &Value) -> bool {
    event["type"] == "message_sent" && event["summary"].as_str().is_some_and(|it| it.contains("(download)"))
}
