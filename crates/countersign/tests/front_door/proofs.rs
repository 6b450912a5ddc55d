//! Every way to prove who one is, as a person goes it: nothing of the documents before, everything after.

use crate::given::{one_signer, server, setup};
use crate::person::{Person, another, code, texts};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Api, Server, Setup, wait_for};

pub const ADA: &str = "ada@example.org";
pub const PHONE: &str = "+33612345678";

/// A draft for one signer who has to pass this chain.
pub fn asked(api: &Api, authentication: &Value) -> Value {
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    draft["documents"][0]["title"] = "Salary of the board".into();
    draft["recipients"][0]["phone"] = PHONE.into();
    draft["recipients"][0]["authentication"] = authentication.clone();
    draft
}

/// The same, sent; its id and who followed the link in the mail.
pub fn sent(server: &Server, api: &Api, authentication: &Value) -> (String, Person) {
    let id = api.sent(&asked(api, authentication));
    (id.clone(), mailed(server, api, &id))
}

/// Who followed the link that was mailed for this envelope.
fn mailed(server: &Server, api: &Api, id: &str) -> Person {
    wait_for("the mail to be noted", || api.happened(id).contains(&"message_sent".into()).then_some(()));
    Person::mailed(server, ADA)
}

/// Holds that nobody sees anything of the documents here, and nothing can be done.
pub fn assert_closed(person: &Person, method: &str) {
    let answer = person.ask("GET", "", &Value::Null).expect(200);
    let page = answer.json();
    assert_eq!(
        (&page["state"], &page["challenge"]["method"]),
        (&json!("challenge"), &json!(method)),
        "{page}"
    );
    for key in ["documents", "fields", "audit"] {
        assert!(page.get(key).is_none(), "{key} in {page}");
    }
    for word in ["Salary", ADA, PHONE, "field_1"] {
        assert!(!answer.text().contains(word), "{word} in {page}");
    }
    for (verb, path, body) in [
        ("GET", "/documents/1", Value::Null),
        ("POST", "/consent", json!({"version": page["consent"]["version"]})),
        ("PUT", "/values", json!({"values": {}})),
        ("POST", "/finish", json!({"agreed": true})),
        ("POST", "/decline", json!({"reason": "No"})),
        ("POST", "/delegate", json!({"name": "Eve", "email": "eve@example.org"})),
    ] {
        assert_refused(&person.ask(verb, path, &body), 403, "authentication_missing");
    }
}

/// How often this happened.
fn count(api: &Api, id: &str, kind: &str) -> usize {
    api.happened(id).iter().filter(|it| *it == kind).count()
}

/// How the actor of an event was known.
fn methods(api: &Api, id: &str, kind: &str) -> Value {
    let events = api.events(id);
    events.iter().find(|it| it["type"] == kind).unwrap()["actor"]["methods"].clone()
}

/// Seed: xodo-sign.txt:16
/// Seed: xodo-sign.txt:18
/// Seed: xodo-sign.txt:26
/// Seed: xodo-sign.txt:225
/// Seed: signatureapi.txt:128
/// Seed: consigno-cloud.txt:150
/// Seed: consigno-cloud.txt:154
#[test]
fn a_code_by_mail_by_text_message_or_by_call_opens_the_page() {
    codes_open_the_page(setup());
}

#[test]
fn a_code_by_mail_by_text_message_or_by_call_opens_the_page_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "codes");
    codes_open_the_page(setup().at("--database", &schema.address()));
}

fn codes_open_the_page(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    for (method, to, digits, masked) in
        [("email_code", ADA, 9, "@example.org"), ("sms_code", PHONE, 6, "78"), ("voice_code", PHONE, 6, "78")]
    {
        let (id, mut person) = sent(&server, &api, &json!([{ "method": method }]));
        assert_closed(&person, method);
        let shown = person.read()["challenge"].clone();
        let destination = shown["destination"].as_str().unwrap();
        assert!(destination.ends_with(masked) && destination.contains('•'), "{destination}");
        assert_eq!((&shown["attempts_left"], &shown["code_sent_at"]), (&json!(5), &Value::Null));
        assert_refused(&person.answer(method, "123456789"), 409, "nothing_asked");

        let begun = person.begin(method).expect(200).json();
        assert!(begun["visit"].is_string() && begun["challenge"]["code_sent_at"].is_string(), "{begun}");
        let code = code(&api, method, to, 0);
        assert_eq!(code.len(), digits);
        if method == "voice_code" {
            let spoken: Vec<String> = code.chars().map(String::from).collect();
            assert!(texts(&api, method, to)[0].contains(&spoken.join(", ")), "spoken one by one");
        }
        assert_closed(&person, method);
        assert_refused(&person.answer(method, &another(&code)), 422, "answer_wrong");
        assert_eq!(person.read()["challenge"]["attempts_left"], 4);
        // As people type what they read in groups.
        let typed = format!(" {} {} ", &code[..3], &code[3..]);
        let admitted = person.answer(method, &typed).expect(200).json();
        assert_eq!(admitted["ceremony"]["state"], "consent");
        assert_refused(&person.answer(method, &code), 409, "nothing_asked");
        assert_eq!(person.finish()["state"], "signed");
        api.wait_until(&id, "completed");
        for kind in ["challenge_issued", "challenge_failed", "challenge_passed"] {
            assert_eq!(count(&api, &id, kind), 1, "{kind}");
        }
        assert_eq!(methods(&api, &id, "signing_intended"), json!(["email_link", method]));
    }
}

/// Seed: xodo-sign.txt:137
/// Seed: consigno-cloud.txt:150
#[test]
fn an_answer_is_taken_as_people_write_it_and_a_pin_as_it_was_told() {
    let server = server();
    let api = server.api();
    let question =
        json!([{"method": "secret", "question": "Name of your grandmother?", "answer": "Éloïse  Müller"}]);
    let (id, mut person) = sent(&server, &api, &question);
    assert_closed(&person, "secret");
    assert_eq!(person.read()["challenge"]["question"], "Name of your grandmother?");
    assert_refused(&person.answer("secret", "Heloise Muller"), 422, "answer_wrong");
    assert_refused(&person.answer("secret", ""), 422, "answer_wrong");
    person.answer("secret", " eloise muller ").expect(200);
    person.finish();
    api.wait_until(&id, "completed");

    let (id, mut person) = sent(&server, &api, &json!([{"method": "pin", "pin": "4711ab"}]));
    assert_closed(&person, "pin");
    assert_refused(&person.answer("pin", "4711ac"), 422, "answer_wrong");
    assert_refused(&person.begin("pin"), 403, "authentication_missing");
    person.answer("pin", "4711ab").expect(200);
    person.finish();
    assert_eq!(methods(&api, &id, "signing_intended"), json!(["email_link", "pin"]));
}

/// Seed: consigno-cloud.txt:156
#[test]
fn a_secret_that_is_not_given_again_stays_and_is_never_shown() {
    let server = server();
    let api = server.api();
    let draft = asked(&api, &json!([{"method": "secret", "question": "Colour?", "answer": "Ultramarine"}]));
    let made = api.post("/v1/envelopes", &draft).expect(201);
    assert!(!made.text().contains("Ultramarine"));
    let made = made.json();
    let path = format!("/v1/envelopes/{}", made["id"].as_str().unwrap());
    let kept = made["recipients"][0]["authentication"].clone();
    assert_eq!(kept, json!([{"method": "secret", "question": "Colour?", "answer_set": true}]));
    // What was read is written back.
    let mut changed = draft.clone();
    changed["title"] = "Lease of 2027".into();
    changed["version"] = made["version"].clone();
    changed["recipients"][0]["authentication"] = kept;
    api.ask("PUT", &path, &[], changed.to_string().as_bytes()).expect(200);
    api.post(&format!("{path}/send"), &Value::Null).expect(200);
    let mut person = Person::mailed(&server, ADA);
    person.answer("secret", "ultra marine").expect(200);
    person.finish();
}

/// Seed: signatureapi.txt:22
/// Seed: signatureapi.txt:32
/// Seed: signatureapi.txt:51
/// Seed: signatureapi.txt:57
/// Seed: consigno-cloud.txt:58
/// Seed: consigno-cloud.txt:76
/// Seed: consigno-cloud.txt:86
#[test]
fn who_was_signed_in_elsewhere_comes_by_a_link_that_the_sender_hands_over() {
    let server = server();
    let api = server.api();
    let custom = json!([{"method": "custom", "provider": "Acme login", "data": {"level": "substantial"}}]);
    let host = json!([{"method": "host", "client_user_id": "u-7"}]);
    for (method, authentication, arrival) in [("custom", custom, "handed"), ("host", host, "embedded")] {
        let mut draft = asked(&api, &authentication);
        draft["recipients"][0]["arrival"] = arrival.into();
        if arrival == "embedded" {
            draft["recipients"][0]["embedding"] = json!({"client_user_id": "u-7"});
        }
        let mails = server.outbox(ADA).len();
        let id = api.sent(&draft);
        let person = Person::with(api.visit(&id, 1));
        assert_eq!(person.read()["state"], "consent", "nothing more is asked");
        person.finish();
        api.wait_until(&id, "completed");
        assert_eq!(methods(&api, &id, "signing_intended"), json!([method]));
        let evidence = String::from_utf8(api.file(&id, "evidence.json")).unwrap();
        let words: &[&str] = if method == "custom" { &["Acme login", "substantial"] } else { &["u-7"] };
        assert!(words.iter().all(|word| evidence.contains(word)), "{method}");
        let invited =
            server.outbox(ADA).iter().filter(|it| it["text"].as_str().unwrap().contains("/s/")).count();
        assert!(invited <= mails + 1, "no invitation was mailed, only what came out");
    }
}

/// Seed: signatureapi.txt:1
/// Seed: signatureapi.txt:135
#[test]
fn a_chain_is_gone_in_its_order_and_the_certificate_and_the_trail_tell_it() {
    let server = server();
    let api = server.api();
    let chain = json!([
        {"method": "email_code"}, {"method": "secret", "question": "Colour?", "answer": "Blue"}, {"method": "pin", "pin": "24680"}
    ]);
    let (id, mut person) = sent(&server, &api, &chain);
    assert_closed(&person, "email_code");
    assert_refused(&person.answer("pin", "24680"), 403, "authentication_missing");
    let page = person.prove_by_code(&api, "email_code", ADA);
    assert_eq!((&page["state"], &page["challenge"]["method"]), (&json!("challenge"), &json!("secret")));
    assert_closed(&person, "secret");
    assert_refused(&person.answer("pin", "24680"), 403, "authentication_missing");
    person.answer("secret", "blue").expect(200);
    assert_closed(&person, "pin");

    // Another telephone with the same link begins anew, and the first goes on.
    let mut second = person.second_phone();
    assert_closed(&second, "email_code");
    assert_refused(&second.answer("email_code", "123456789"), 409, "nothing_asked");
    assert_eq!(person.answer("pin", "24680").expect(200).json()["ceremony"]["state"], "consent");
    assert_closed(&second, "email_code");
    person.finish();
    api.wait_until(&id, "completed");

    let known = ["email_link", "email_code", "secret", "pin"];
    assert_eq!(methods(&api, &id, "signing_intended"), json!(known));
    let bench = crate::judges::Bench::new();
    let file = bench.lay("signed.pdf", &api.file(&id, "documents/1"));
    let words =
        std::process::Command::new("pdfsig").args(["-nocert", file.to_str().unwrap()]).output().unwrap();
    let words = crate::judges::said(&words);
    for method in known {
        assert!(words.contains(&format!("Authenticated by {method}")), "{method} in {words}");
    }
    let audit = bench.lay("audit.pdf", &api.file(&id, "audit.pdf"));
    let text = std::process::Command::new("pdftotext").args([audit.to_str().unwrap(), "-"]).output().unwrap();
    let text = crate::judges::said(&text);
    assert!(text.contains("PIN") && text.to_lowercase().contains("code"), "{text}");
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").body);
    crate::judges::pyhanko_accepts(&file, &root, 2);
}

/// Seed: consigno-cloud.txt:201
#[test]
fn what_came_out_is_shown_to_who_proves_who_they_are_there_too() {
    let server = server();
    let api = server.api();
    let mut draft = asked(&api, &json!([{"method": "pin", "pin": "24680"}]));
    let copy = json!({"name": "Cora", "email": "cora@example.org", "role": "copy", "authentication": [{"method": "pin", "pin": "13579"}]});
    draft["recipients"].as_array_mut().unwrap().push(copy);
    let id = api.sent(&draft);
    let mut ada = mailed(&server, &api, &id);
    ada.answer("pin", "24680").expect(200);
    let done = ada.finish();
    assert_eq!(done["state"], "signed");
    api.wait_until(&id, "completed");
    wait_for("the audit trail", || api.happened(&id).contains(&"audit_trail_issued".into()).then_some(()));
    for (to, pin) in [(ADA, "24680"), ("cora@example.org", "13579")] {
        let mut reader = wait_for("the link to the files", || {
            let reader = Person::mailed(&server, to);
            (reader.read()["state"] == "challenge").then_some(reader)
        });
        assert!(reader.read().get("documents").is_none());
        for path in ["/documents/1", "/audit.pdf"] {
            assert_refused(&reader.ask("GET", path, &Value::Null), 403, "authentication_missing");
        }
        assert_refused(&reader.answer("pin", "00000"), 422, "answer_wrong");
        assert_eq!(reader.answer("pin", pin).expect(200).json()["ceremony"]["state"], "download");
        let file = reader.ask("GET", "/documents/1", &Value::Null).expect(200).body;
        assert_eq!(file, api.file(&id, "documents/1"));
        assert_eq!(
            reader.ask("GET", "/audit.pdf", &Value::Null).expect(200).body,
            api.file(&id, "audit.pdf")
        );
    }
}

/// Seed: xodo-sign.txt:28
/// Seed: xodo-sign.txt:32
/// Seed: xodo-sign.txt:40
/// Seed: xodo-sign.txt:42
/// Seed: signatureapi.txt:12
/// Seed: signatureapi.txt:133
/// Seed: signatureapi.txt:134
#[test]
fn a_draft_whose_chain_cannot_be_gone_is_refused_at_its_place() {
    let server = server();
    let api = server.api();
    for (chain, code) in [
        (json!([{"method": "email_code"}, {"method": "email_code"}]), "method_repeated"),
        (json!([{"method": "email_code"}, {"method": "custom", "provider": "x"}]), "method_comes_first"),
        (json!([{"method": "custom", "provider": "x"}, {"method": "host"}]), "methods_exclude_each_other"),
        (
            json!([{"method": "pin", "pin": "1234"}, {"method": "sms_code"}]),
            "signer_authentication_combined_with_pin_not_supported",
        ),
        (json!([{"method": "host"}]), "host_method_needs_embedding"),
        (json!([{"method": "pin", "pin": "12"}]), "pin_malformed"),
        (json!([{"method": "secret", "question": "?", "answer": " - "}]), "secret_answer_malformed"),
    ] {
        let answer = api.post("/v1/envelopes", &asked(&api, &chain));
        assert_eq!(answer.status, 422, "{}", answer.text());
        let found = answer.json()["errors"].as_array().unwrap().iter().any(|it| it["code"] == code);
        assert!(found, "{code}: {}", answer.text());
    }
    let mut draft = asked(&api, &json!([{"method": "sms_code"}]));
    let wrong = [
        ("", "phone_missing"),
        ("0612345678", "phone_malformed"),
        ("+3361234567", "phone_impossible"),
        ("+330612345678", "phone_impossible"),
        ("+210123456789", "phone_impossible"),
    ];
    for (phone, code) in wrong {
        draft["recipients"][0]["phone"] = phone.into();
        let made = api.post("/v1/envelopes", &draft);
        let answer = match made.status {
            201 => {
                api.post(&format!("/v1/envelopes/{}/send", made.json()["id"].as_str().unwrap()), &Value::Null)
            }
            _ => made,
        };
        assert_refused(&answer, 422, code);
    }
}
