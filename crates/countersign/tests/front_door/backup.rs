//! What was written down comes back: from a backup in another place, and from the events alone.

use crate::given::{sent_to_one, sent_to_two, server, setup};
use crate::judges::{self, Bench, said};

#[test]
fn an_envelope_that_was_open_at_the_backup_is_signed_on_where_it_is_restored() {
    let mut server = server();
    let id = sent_to_two(&server.api());
    server.visit("ada@example.org").sign();
    let link = server.visit("emile@example.org").token;
    let bench = Bench::new();
    let file = bench.path("all.tar");
    let backup = ["admin", "backup", file.to_str().unwrap(), "--with-master-key"];
    let made = server.setup().command(&backup);
    assert!(made.status.success(), "{}", said(&made));
    let again = server.setup().command(&backup);
    assert_eq!(again.status.code(), Some(2), "a backup does not write over another one");
    server.kill();

    let elsewhere = setup();
    let restored = elsewhere.command(&["admin", "restore", file.to_str().unwrap()]);
    assert!(restored.status.success(), "{}", said(&restored));
    let server = elsewhere.start();
    let api = server.api();
    let visit = testkit::server::Visit { port: server.port(), token: link };
    visit.sign();
    api.wait_until(&id, "completed");

    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").body);
    let pdf = api.file(&id, "documents/1");
    judges::evidence(&api.file(&id, "evidence.json"), &[&pdf]).unwrap();
    let pdf = bench.lay("last.pdf", &pdf);
    judges::pyhanko_accepts(&pdf, &root, 3);
    let into_used = server.setup().command(&["admin", "restore", file.to_str().unwrap()]);
    assert_eq!(
        into_used.status.code(),
        Some(2),
        "nothing is restored over what is there: {}",
        said(&into_used)
    );
}

#[test]
fn without_its_master_key_a_backup_says_so_and_opens_no_secret() {
    let server = server();
    sent_to_one(&server.api());
    let bench = Bench::new();
    let file = bench.path("all.tar");
    let made = server.setup().command(&["admin", "backup", file.to_str().unwrap()]);
    assert!(made.status.success() && said(&made).contains("master key"), "{}", said(&made));
    let restored = setup().command(&["admin", "restore", file.to_str().unwrap()]);
    assert_eq!(restored.status.code(), Some(2));
    assert!(said(&restored).contains("master key"), "{}", said(&restored));
}

#[test]
fn the_list_is_the_same_when_it_is_made_again_from_the_events() {
    let server = server();
    let api = server.api();
    let ids = [sent_to_two(&api), sent_to_one(&api), sent_to_one(&api)];
    api.visit(&ids[1], 1).sign();
    api.wait_until(&ids[1], "completed");
    api.file(&ids[1], "audit.pdf");
    testkit::server::wait_for("all mails", || {
        (api.happened(&ids[0]).contains(&"message_sent".into())).then_some(())
    });
    let before = api.get("/v1/envelopes").expect(200).json();
    let rebuilt = server.setup().command(&["admin", "rebuild"]);
    assert!(rebuilt.status.success() && said(&rebuilt).contains("3 envelopes"), "{}", said(&rebuilt));
    assert_eq!(api.get("/v1/envelopes").json(), before);
}
