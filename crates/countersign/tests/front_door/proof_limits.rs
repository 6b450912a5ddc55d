//! What a proof must not do: hold for ever, be guessed, or be read where it is kept.

use crate::given::{server, setup};
use crate::person::{Person, another, code, codes};
use crate::proofs::{ADA, PHONE, asked, sent};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::server::{Setup, wait_for};

#[test]
fn a_code_is_good_for_ten_minutes_and_the_next_one_comes_after_a_pause() {
    let mut server = server();
    let api = server.api();
    let (id, mut person) = sent(&server, &api, &json!([{"method": "email_code"}]));
    let begun = person.begin("email_code").expect(200).json();
    let too_soon = person.begin("email_code");
    assert_refused(&too_soon, 429, "code_too_soon");
    assert_eq!(too_soon.json()["again_at"], begun["challenge"]["next_code_at"]);
    let first = code(&api, "email_code", ADA, 0);

    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "660")]);
    assert_eq!(person.read()["challenge"]["code_sent_at"], Value::Null, "none is out");
    assert_refused(&person.answer("email_code", &first), 409, "code_expired");
    person.begin("email_code").expect(200);
    let second = code(&api, "email_code", ADA, 1);
    assert_refused(&person.answer("email_code", &first), 422, "answer_wrong");

    // Five within an hour, and then none before the first is an hour old.
    for ahead in ["720", "780", "840"] {
        server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", ahead)]);
        person.begin("email_code").expect(200);
    }
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "900")]);
    assert_refused(&person.begin("email_code"), 429, "code_too_soon");
    assert_refused(&person.answer("email_code", &second), 422, "answer_wrong");
    let last = wait_for("the last code", || {
        let all = codes(&api, "email_code", ADA);
        (all.len() == 5).then(|| all[0].clone())
    });
    person.answer("email_code", &last).expect(200);
    person.finish();
    api.wait_until(&id, "completed");
}

#[test]
fn what_is_asked_too_often_is_locked_until_the_sender_lifts_it() {
    locked_and_lifted(setup());
}

#[test]
fn what_is_asked_too_often_is_locked_until_the_sender_lifts_it_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "locks");
    locked_and_lifted(setup().at("--database", &schema.address()));
}

fn locked_and_lifted(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let (id, mut person) = sent(&server, &api, &json!([{"method": "sms_code"}]));
    person.begin("sms_code").expect(200);
    let right = code(&api, "sms_code", PHONE, 0);
    for left in (0..5).rev() {
        let answer = person.answer("sms_code", &another(&right));
        assert_refused(&answer, 422, "answer_wrong");
        assert_eq!(answer.json()["attempts_left"], left);
    }
    assert_refused(&person.answer("sms_code", &right), 409, "recipient_locked");
    assert_refused(&person.begin("sms_code"), 409, "recipient_locked");
    assert_eq!(person.read()["challenge"]["locked"], true);
    assert_eq!(person.second_phone().read()["challenge"]["locked"], true);
    assert_eq!(api.envelope(&id)["recipients"][0]["locked"], true);
    wait_for("the sender to hear of it", || {
        let mails = server.outbox("owner@example.org");
        mails.iter().any(|mail| mail["text"].as_str().unwrap().contains("Ada Lovelace")).then_some(())
    });

    let unlock = format!("/v1/envelopes/{id}/recipients/1/unlock");
    assert_eq!(api.post(&unlock, &Value::Null).expect(200).json()["recipients"][0]["locked"], false);
    assert_refused(&api.post(&unlock, &Value::Null), 409, "not_locked");
    assert_refused(&person.answer("sms_code", &right), 409, "code_expired");
    person.prove_by_code(&api, "sms_code", PHONE);
    person.finish();
    api.wait_until(&id, "completed");
    let happened = api.happened(&id);
    assert!(["recipient_locked", "recipient_unlocked"].iter().all(|it| happened.contains(&(*it).to_owned())));
}

#[test]
fn no_code_no_pin_and_no_answer_stands_in_what_the_server_keeps_or_writes() {
    let mailbox = testkit::server::Mailbox::open();
    let debug = "countersign=debug,http_api=debug,service=debug,store=debug,deliver=debug,envelope=debug,identity=debug,info";
    let setup = setup().in_earnest().with_all(mailbox.settings()).with("COUNTERSIGN_LOG", debug);
    let mut server = setup.start();
    let api = server.api_with(&server.setup().live_key());
    let (pin, answer) = ("Zebra4711x", "Ottilie Zwetschgenbaum");
    let draft = asked(
        &api,
        &json!([{"method": "email_code"}, {"method": "pin", "pin": pin}, {"method": "secret", "question": "Who?", "answer": answer}]),
    );
    let id = api.sent(&draft);
    let mut person = Person::with(api.visit(&id, 1));
    person.begin("email_code").expect(200);
    let code: String = wait_for("the mail with the code", || {
        let mails = mailbox.mails();
        let subject = mails.iter().filter(|it| it.to == ADA).flat_map(|it| it.text.lines());
        let subject = subject.filter_map(|line| line.strip_prefix("Subject: "));
        subject.map(|it| it.chars().filter(char::is_ascii_digit).collect::<String>()).find(|it| it.len() == 9)
    });
    assert_refused(&person.answer("email_code", "not a code, Zebulon"), 422, "answer_wrong");
    person.answer("email_code", &code).expect(200);
    assert_refused(&person.answer("pin", "Zebulon99"), 422, "answer_wrong");
    person.answer("pin", pin).expect(200);
    person.answer("secret", answer).expect(200);
    person.finish();
    api.wait_until(&id, "completed");
    let evidence = String::from_utf8(api.file(&id, "evidence.json")).unwrap();
    let events = Value::from(api.events(&id)).to_string();
    assert!(server.stop().success());

    let grouped = format!("{} {} {}", &code[..3], &code[3..6], &code[6..]);
    let secrets = [code.as_str(), &grouped, pin, answer, "ottiliezwetschgenbaum", "Zebulon"];
    let mut places = vec![("the events".to_owned(), events), ("the evidence".to_owned(), evidence)];
    places.push(("the log".to_owned(), server.log()));
    for file in files(&server.setup().folder().join("data")) {
        let bytes = std::fs::read(&file).unwrap();
        places.push((file.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    assert!(places.iter().any(|(_, text)| text.contains("challenge_passed")), "the database was read");
    for (place, text) in &places {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} stands in {place}");
        }
    }
}

/// All files below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
