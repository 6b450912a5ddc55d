//! `Idempotency-Key`: a request that is made again is done once, also when the process died over the first one.

use crate::given::{one_signer, server, setup};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::Value;
use std::os::unix::process::ExitStatusExt;
use testkit::Pdf;
use testkit::server::{Answer, Api, Setup, wait_for};

#[test]
fn a_request_with_the_same_idempotency_key_is_done_once() {
    let server = server();
    let api = server.api();
    let draft = one_signer(&api.uploaded(&Pdf::one_page().bytes())).to_string();
    let ask = |api: &Api, key: &str, body: &str| {
        api.ask("POST", "/v1/envelopes", &[("Idempotency-Key", key)], body.as_bytes())
    };
    let first = ask(&api, "one", &draft).expect(201);
    let again = ask(&api, "one", &draft).expect(201);
    assert_eq!((again.body.clone(), again.header("idempotent-replayed")), (first.body.clone(), Some("true")));
    assert_refused(&ask(&api, "one", &draft.replace("Lease", "Loan")), 422, "idempotency_key_reused");
    for key in ["", "é", &"x".repeat(201)] {
        assert_refused(&ask(&api, key, &draft), 400, "idempotency_key_malformed");
    }

    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(|| ask(&api, "two", &draft))).collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let done: Vec<&Answer> = answers.iter().filter(|it| it.status == 201).collect();
    assert!(!done.is_empty() && done.iter().all(|it| it.body == done[0].body));
    answers
        .iter()
        .filter(|it| it.status != 201)
        .for_each(|it| assert_refused(it, 409, "idempotency_key_in_use"));
    let listed = api.get("/v1/envelopes").json()["items"].as_array().unwrap().len();
    assert_eq!(listed, 2, "one for each key");
    assert_ne!(done[0].body, first.body);
}

/// A process stops right after its commit, before anything was answered; the next one is asked the same.
fn asked_again_after_the_commit(setup: Setup) {
    let mut server = setup.start();
    let api = server.api();
    let file = Pdf::one_page().bytes();
    let upload = api.uploaded(&file);
    let draft = one_signer(&upload).to_string().into_bytes();
    for (point, path, body) in
        [("create.after_commit", "/v1/envelopes", &draft), ("upload.after_commit", "/v1/uploads", &file)]
    {
        let key = [("Idempotency-Key", point)];
        server.start_with(&[("COUNTERSIGN_STOP_AT", point)]);
        let cut = api.try_ask("POST", path, &key, body);
        assert!(cut.is_err(), "{point}: nothing was answered");
        let ended = wait_for("the process to end", || server.exit_status());
        assert_eq!(ended.signal(), Some(6), "{point}: it stopped itself");
        server.start();

        let again = api.ask("POST", path, &key, body).expect(201);
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{point}: it was done before");
        let id = again.json()["id"].as_str().unwrap().to_owned();
        if path == "/v1/uploads" {
            assert_eq!(api.get(&format!("{path}/{id}/content")).expect(200).body, file);
            assert_ne!(id, upload);
        } else {
            let items = api.get(path).expect(200).json()["items"].clone();
            let listed: Vec<&Value> = items.as_array().unwrap().iter().map(|it| &it["id"]).collect();
            assert_eq!(listed, [&Value::from(id.as_str())], "one, and no second one");
            assert_eq!(api.envelope(&id), again.json(), "the answer is that of the envelope");
        }
    }
}

#[test]
fn what_was_made_before_the_process_died_is_answered_and_not_made_again_on_sqlite() {
    asked_again_after_the_commit(setup());
}

#[test]
fn what_was_made_before_the_process_died_is_answered_and_not_made_again_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "once");
    asked_again_after_the_commit(setup().at("--database", &schema.address()));
}
