//! What was written down comes back: from a backup in another place, and from the events alone.

use crate::given::{sent_to_one, sent_to_two, server, setup};
use crate::judges::{self, Bench, said};
use crate::replicas::{Schema, service};
use std::path::Path;
use testkit::server::Setup;

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
fn a_backup_restored_without_its_master_key_says_which_is_needed_and_no_other_takes_its_place() {
    let mut server = server();
    let id = sent_to_one(&server.api());
    let link = server.visit("ada@example.org").token;
    let bench = Bench::new();
    let file = bench.path("all.tar");
    let made = server.setup().command(&["admin", "backup", file.to_str().unwrap()]);
    assert!(made.status.success() && said(&made).contains("master key"), "{}", said(&made));
    server.kill();
    let right = server.setup().folder().join("data/master.key");

    let needs_it = |elsewhere: Setup| needs_its_master_key(elsewhere, &file, &right, &id, &link);
    needs_it(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "restored");
    needs_it(setup().at("--database", &schema.address()));
}

/// A backup is restored here without its key, with another one, and with the right one.
fn needs_its_master_key(elsewhere: Setup, file: &Path, right: &Path, id: &str, link: &str) {
    // Without any key: the data come back, and it is said what is missing.
    let key = elsewhere.folder().join("data/master.key");
    let restored = elsewhere.command(&["admin", "restore", file.to_str().unwrap()]);
    assert_eq!(restored.status.code(), Some(1), "{}", said(&restored));
    assert!(String::from_utf8_lossy(&restored.stdout).contains("rows and"), "{}", said(&restored));
    let named = fingerprint(&said(&restored));
    assert!(said(&restored).contains(key.to_str().unwrap()), "{}", said(&restored));
    assert!(!key.exists(), "none is made");
    refuses_to_serve(&elsewhere, &named);
    assert!(!key.exists(), "none is made");

    // With the key of another server.
    let other = setup();
    assert!(!other.tenant("Other", "other@example.org").is_empty());
    std::fs::copy(other.folder().join("data/master.key"), &key).unwrap();
    refuses_to_serve(&elsewhere, &named);
    let third = setup();
    let key_of_another = third.folder().join("data/master.key");
    std::fs::create_dir_all(key_of_another.parent().unwrap()).unwrap();
    std::fs::copy(&key, &key_of_another).unwrap();
    let restored = third.command(&["admin", "restore", file.to_str().unwrap()]);
    assert_eq!(restored.status.code(), Some(1), "{}", said(&restored));
    assert!(said(&restored).contains(&named), "{}", said(&restored));

    // With the right one.
    std::fs::copy(right, &key).unwrap();
    let server = elsewhere.start();
    testkit::server::Visit { port: server.port(), token: link.to_owned() }.sign();
    server.api().wait_until(id, "completed");
}

/// `serve` ends at once and names the key that it needs.
fn refuses_to_serve(setup: &Setup, named: &str) {
    let output = setup.command(&["serve", "--dev", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains(named) && said(&output).contains("master.key"), "{}", said(&output));
}

/// The fingerprint that a sentence names.
fn fingerprint(words: &str) -> String {
    let named: String = words.split("fingerprint ").nth(1).unwrap().chars().take(16).collect();
    assert!(named.bytes().all(|byte| byte.is_ascii_hexdigit()), "{words}");
    named
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
