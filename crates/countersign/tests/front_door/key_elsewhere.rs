//! Somebody signs with a key of their own, which a service elsewhere holds and which takes its time: nobody waits for it,
//! and what it signs in the end is what stands then.

use crate::given::{one_signer, setup};
use crate::judges::Bench;
use crate::key_service::{KeyService, Manner, PIN, SLOW};
use crate::replicas::{Schema, service};
use crate::same_instant::{both_stand, for_two};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Instant;
use testkit::Pdf;
use testkit::server::{Api, Server, Setup, Visit, wait_for};

/// A server that asks this service, and a program with a live key.
fn asking(service: &KeyService, setup: Setup) -> (Server, Api) {
    let file = setup.folder().join("countersign.toml");
    std::fs::write(&file, service.configuration()).unwrap();
    let setup = setup.at("--config", file.to_str().unwrap()).with("COUNTERSIGN_SIGNING__PIN", PIN);
    let server = setup.start();
    let api = server.api_with(&server.setup().live_key());
    (server, api)
}

/// Ada and Emil at their pages, each by the link in their mail, with nothing left to do but to click; what their clicks
/// send.
fn both_ready(server: &Server, api: &Api) -> (String, [(Visit, Value); 2]) {
    let id = for_two(api);
    let ready = ["ada@example.org", "emil@example.org"].map(|to| {
        let visit = server.visit(to);
        visit.consent().expect(200);
        let act = visit.whole_act();
        (visit, act)
    });
    (id, ready)
}

fn click((visit, act): &(Visit, Value)) -> Value {
    visit.ask("POST", "/finish", act).expect(200).json()
}

fn statuses(api: &Api, id: &str) -> [Value; 2] {
    [0, 1].map(|it| api.envelope(id)["recipients"][it]["status"].clone())
}

/// Waits until the service was asked so often to sign.
fn asked_to_sign(service: &KeyService, times: usize) {
    wait_for("the service to be asked", || (service.asked("/signHash").len() == times).then_some(()));
}

/// Holds that everything is in order with both signatures, Ada's by her own key; who signed, in order.
fn all_is_well(
    server: &Server,
    api: &Api,
    service: &KeyService,
    id: &str,
    ready: [(Visit, Value); 2],
) -> Vec<u64> {
    let bench = Bench::new();
    let ours = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let theirs = bench.lay("outside.pem", service.root.as_bytes());
    let shown = ready.map(|(_, act)| act["revisions"]["1"].clone());
    let told = both_stand(api, id, &shown, &[&ours, &theirs], &bench);
    let signed: Vec<_> = told.iter().filter(|it| it.0 == "recipient_signed").map(|it| &it.1).collect();
    let digest = evidence::Hash::of(service.certificate.der()).to_string();
    for act in &signed {
        let by_own_key = act["certificate"]["digest"] == digest.as_str();
        assert_eq!(by_own_key, act["recipient"] == 1, "{act}");
    }
    signed.iter().map(|it| it["recipient"].as_u64().unwrap()).collect()
}

fn on_postgresql(name: &str, test: impl FnOnce(Setup, &dyn Fn())) {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, name);
    test(setup().at("--database", &schema.address()), &|| {
        // Another process may live there: what a dead one held is free when its minute is over, which passes here.
        schema
            .administer(&format!("UPDATE {}.jobs SET leased_until = 1 WHERE leased_until > 1", schema.name));
    });
}

#[test]
fn nobody_waits_for_a_key_that_takes_its_time() {
    overtaken(setup(), &|| ());
}

#[test]
fn nobody_waits_for_a_key_that_takes_its_time_on_postgresql() {
    on_postgresql("slow_key", overtaken);
}

fn overtaken(setup: Setup, _: &dyn Fn()) {
    let service = KeyService::open(Manner::TakesItsTime);
    let (server, api) = asking(&service, setup);
    let (id, ready) = both_ready(&server, &api);
    // More of them than there are workers for everybody's work.
    let workers = std::thread::available_parallelism().map_or(4, usize::from) * 4;
    let slow: Vec<_> = (2..workers + 3).map(|mails| alone(&server, &api, "ada", mails).1).collect();
    assert_eq!(click(&ready[0])["state"], "signing", "it is durable, and on its way");
    std::thread::scope(|scope| {
        for visit in &slow {
            scope.spawn(|| visit.sign());
        }
    });
    asked_to_sign(&service, 1 + slow.len());
    let (other, grace) = alone(&server, &api, "grace", 1);
    assert_eq!(grace.sign().json()["state"], "signed");
    api.wait_until(&other, "completed");
    click(&ready[1]);
    wait_for("the other one's signature", || (statuses(&api, &id)[1] == "signed").then_some(()));
    assert_eq!(statuses(&api, &id), [json!("signing"), json!("signed")]);
    assert_eq!(api.envelope(&id)["problem"], Value::Null);

    service.becomes(Manner::Signs);
    let order = all_is_well(&server, &api, &service, &id, ready);
    assert_eq!(order, [2, 1], "who was quicker came first");
    let hashes: BTreeSet<_> = service.asked("/signHash").iter().map(|it| it["hashes"].to_string()).collect();
    assert_eq!(hashes.len(), 2 + slow.len(), "signed anew, on what the other one left");
}

#[test]
fn a_key_that_takes_a_minute_signs_once_while_another_signs() {
    let service = KeyService::open(Manner::IsSlow);
    let (server, api) = asking(&service, setup());
    let (id, ready) = both_ready(&server, &api);
    let begun = Instant::now();
    assert_eq!(click(&ready[0])["state"], "signing");
    asked_to_sign(&service, 1);
    // What it signs anew afterwards, on what the other one left, it signs at once.
    service.becomes(Manner::Signs);
    click(&ready[1]);
    wait_for("the other one's signature", || (statuses(&api, &id)[1] == "signed").then_some(()));
    assert_eq!(statuses(&api, &id), [json!("signing"), json!("signed")]);
    assert_eq!(service.asked("/signHash").len(), 1, "it has not answered yet");

    assert_eq!(all_is_well(&server, &api, &service, &id, ready), [2, 1]);
    assert!(begun.elapsed() >= SLOW, "it was waited for");
    let hashes: BTreeSet<_> = service.asked("/signHash").iter().map(|it| it["hashes"].to_string()).collect();
    assert_eq!(
        (hashes.len(), service.asked("/signHash").len()),
        (2, 2),
        "nobody took it for dead and asked a second time for the same"
    );
    assert_eq!(api.envelope(&id)["problem"], Value::Null);
}

#[test]
fn an_act_whose_process_died_over_the_wait_is_done_once() {
    taken_up(setup(), &|| ());
}

#[test]
fn an_act_whose_process_died_over_the_wait_is_done_once_on_postgresql() {
    on_postgresql("key_heir", taken_up);
}

fn taken_up(setup: Setup, meanwhile: &dyn Fn()) {
    let service = KeyService::open(Manner::TakesItsTime);
    let (mut server, api) = asking(&service, setup);
    let (id, ready) = both_ready(&server, &api);
    click(&ready[0]);
    asked_to_sign(&service, 1);
    // Who is asked to stop does not wait for it either.
    assert!(server.stop().success());
    server.start();
    asked_to_sign(&service, 2);
    server.kill();
    meanwhile();
    server.start();
    asked_to_sign(&service, 3);
    click(&ready[1]);
    service.becomes(Manner::Signs);
    all_is_well(&server, &api, &service, &id, ready);
}

#[test]
fn an_envelope_says_that_a_key_does_not_answer_and_goes_on_when_it_does() {
    let service = KeyService::open(Manner::IsDown);
    let (server, api) = asking(&service, setup());
    let (id, ready) = both_ready(&server, &api);
    assert_eq!(click(&ready[0])["state"], "signing");
    let says = |word: &str| {
        wait_for(&format!("the envelope to say: {word}"), || {
            let problem = api.envelope(&id)["problem"].as_str()?.to_owned();
            (problem.contains("the signing service that holds the signer's key") && problem.contains(word))
                .then_some(())
        });
    };
    says("does not take it now");
    service.becomes(Manner::SignsWrongly);
    says("does not fit");
    service.becomes(Manner::Signs);
    wait_for("Ada's signature", || (statuses(&api, &id)[0] == "signed").then_some(()));
    assert_eq!(api.envelope(&id)["problem"], Value::Null);
    click(&ready[1]);
    assert_eq!(all_is_well(&server, &api, &service, &id, ready), [1, 2]);
    let log = server.log();
    assert!(!log.contains("token-of-this-server") && !log.contains(PIN), "no secret is in the log");
}

#[test]
fn a_persons_own_key_signs_only_what_they_came_for_themselves() {
    let service = KeyService::open(Manner::IsDown);
    let (server, live) = asking(&service, setup());
    // Nothing of a test leaves.
    let (tried, ada) = alone(&server, &server.api(), "ada", 1);
    ada.sign();
    server.api().wait_until(&tried, "completed");
    // Who was handed the link may be the sender.
    let (handed, _) = alone(&server, &live, "ada", 3);
    live.visit(&handed, 1).sign();
    live.wait_until(&handed, "completed");
    // Another organisation.
    let others = server.setup().json(&[
        "admin",
        "bootstrap",
        "--tenant",
        "Others",
        "--email",
        "others@example.org",
        "--json",
    ]);
    assert!(others["api_key"].is_string());
    let made = ["admin", "api-key", "create", "--tenant", "Others", "--live", "--json"];
    let others = server.api_with(server.setup().json(&made)["api_key"].as_str().unwrap());
    let (theirs, ada) = alone(&server, &others, "ada", 5);
    ada.sign();
    others.wait_until(&theirs, "completed");
    assert!(service.asked("").is_empty(), "it was not even asked");
}

/// An envelope for this person alone, who has got so many mails by then; their visit by the link in the last one.
fn alone(server: &Server, api: &Api, name: &str, mails: usize) -> (String, Visit) {
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    let to = format!("{name}@example.org");
    draft["recipients"] = json!([{"name": name, "email": to}]);
    let id = api.sent(&draft);
    wait_for("the invitation", || (server.outbox(&to).len() == mails).then_some(()));
    (id, server.visit(&to))
}
