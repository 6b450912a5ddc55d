//! What the server writes about its work names nobody.

use crate::given::{setup, two_in_order};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Mailbox, wait_for};

const LOG: &str = "countersign=debug,http_api=debug,service=debug,store=debug,deliver=debug,pades=debug,pdf=debug,\
    envelope=debug,evidence=debug,pki=debug,info";

#[test]
fn the_log_of_a_whole_flow_holds_no_name_no_address_no_token_no_key_and_no_value() {
    let mailbox = Mailbox::open();
    let mut server = setup().in_earnest().with_all(mailbox.settings()).with("COUNTERSIGN_LOG", LOG).start();
    let key = server.setup().live_key();
    let api = server.api_with(&key);
    let draft = two_in_order(&api.uploaded(&Pdf::contract().bytes()));
    let mut tokens = Vec::new();

    // One is completed, with all that goes wrong on the way; one is declined, one cancelled.
    let id = api.sent(&draft);
    for recipient in [1, 2] {
        wait_for("their turn", || {
            (api.envelope(&id)["recipients"][recipient - 1]["status"] != "waiting").then_some(())
        });
        let visit = api.visit(&id, recipient);
        visit.consent().expect(200);
        let mut act = visit.whole_act();
        act["signature"] = json!({"kind": "typed", "text": "ไทย"});
        visit.ask("POST", "/finish", &act).expect(422);
        act["signature"] = json!({"kind": "image", "data": "bm90aGluZw=="});
        visit.ask("POST", "/finish", &act).expect(422);
        visit.finish().expect(200);
        visit.finish();
        tokens.push(visit.token);
    }
    api.wait_until(&id, "completed");
    let declined = api.sent(&draft);
    let visit = api.visit(&declined, 1);
    visit.consent().expect(200);
    visit.ask("POST", "/decline", &json!({"reason": "Far too expensive"})).expect(200);
    tokens.push(visit.token);
    let cancelled = api.sent(&draft);
    api.post(&format!("/v1/envelopes/{cancelled}/cancel"), &json!({"reason": "Sent by mistake"})).expect(200);
    api.upload(b"Lovelace is no PDF").expect(422);
    api.post("/v1/envelopes", &json!({"title": "Lovelace", "nobody": "Lovelace"})).expect(400);
    server.api_with("cs_live_wrongwrongwrongwrong").get("/v1/envelopes").expect(401);
    server.get("/s/anunknowntokenanunknowntoken");
    let _: Value = server.get("/v1/sign-in?email=ada@example.org").json();
    wait_for("the last mails", || (mailbox.mails().len() >= 9).then_some(()));
    assert!(server.stop().success());

    let log = server.log();
    assert!(log.contains("listening") && log.contains("stopped"), "{log}");
    let mut secrets = vec![key, server.api().key, "wrongwrong".to_owned(), "anunknowntoken".to_owned()];
    secrets.extend(tokens);
    let words = [
        "Lovelace",
        "Émile",
        "Zola",
        "@example.org",
        "Acmé",
        "ไทย",
        "expensive",
        "mistake",
        "Monday",
        "Services agreement",
    ];
    for word in words.into_iter().chain(secrets.iter().map(String::as_str)) {
        let found: Vec<&str> = log.lines().filter(|line| line.contains(word)).collect();
        assert!(found.is_empty(), "{word} stands in {found:#?}");
    }
}
