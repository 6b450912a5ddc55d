//! The audit trail as a judge reads it: as text, from the PDF alone.

use crate::given::{place, server};
use crate::judges::Bench;
use serde_json::{Value, json};
use std::process::Command;
use testkit::Pdf;
use testkit::server::{Answer, Api, Server, Visit, request, wait_for, whole_act};

/// A person's browser, which keeps the token of its visit.
pub struct Browser {
    link: Visit,
    visit: Option<String>,
}

impl Browser {
    /// Follows the newest link that was mailed to this address.
    pub fn of(server: &Server, to: &str) -> Self {
        Self { link: server.visit(to), visit: None }
    }

    pub fn ask(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.link.token);
        let mut headers = vec![("Authorization", bearer.as_str())];
        headers.extend(self.visit.as_deref().map(|visit| ("X-Countersign-Visit", visit)));
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let path = format!("/v1/ceremony{path}");
        let answer = request(self.link.port, method, &path, &headers, &body).unwrap();
        if answer.status == 200 && answer.json()["visit"].is_string() {
            self.visit = answer.json()["visit"].as_str().map(str::to_owned);
        }
        answer
    }

    pub fn answer(&mut self, method: &str, answer: &str) -> Answer {
        self.ask("POST", "/challenge/answer", &json!({"method": method, "answer": answer}))
    }

    /// Asks for a code by mail and answers with it.
    pub fn prove_by_mail(&mut self, api: &Api, to: &str) {
        self.ask("POST", "/challenge", &json!({"method": "email_code"})).expect(200);
        let code = wait_for("the code", || {
            let mails = api.get(&format!("/v1/test-messages?to={to}")).json();
            let subjects = mails.as_array()?.iter().filter_map(|it| it["subject"].as_str());
            let mut codes = subjects.map(|it| it.chars().filter(char::is_ascii_digit).collect::<String>());
            codes.find(|it| it.len() == 9)
        });
        self.answer("email_code", &code).expect(200);
    }

    pub fn finish(&mut self) {
        let version = self.ask("GET", "", &Value::Null).expect(200).json()["consent"]["version"].clone();
        self.ask("POST", "/consent", &json!({ "version": version })).expect(200);
        let act = whole_act(&self.ask("GET", "", &Value::Null).json());
        self.ask("POST", "/finish", &act).expect(200);
    }
}

/// One who proves herself by a code, one who approves with a PIN, and one whose place another takes.
fn draft(api: &Api, language: &str) -> Value {
    let person = |name: &str, more: Value| {
        let mut person = json!({"name": name, "email": format!("{}@example.org", name.to_lowercase())});
        person.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        person
    };
    json!({
        "title": "Lease",
        "language": language,
        "time_zone": "Europe/Paris",
        "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [
            person("Ada", json!({"step": 1, "authentication": [{"method": "email_code"}]})),
            person("Ben", json!({"step": 2, "role": "approver", "authentication": [{"method": "pin", "pin": "4711"}]})),
            person("Carl", json!({"step": 3})),
        ],
        "fields": [place(1, 500, 1), place(1, 600, 3)],
    })
}

/// All of it happens; the audit trail and the events.
fn happened(language: &str) -> (String, Vec<Value>) {
    let server = server();
    let api = server.api();
    let id = api.sent(&draft(&api, language));
    let mut ada = Browser::of(&server, "ada@example.org");
    ada.prove_by_mail(&api, "ada@example.org");
    ada.finish();

    let mut ben = Browser::of(&server, "ben@example.org");
    for _ in 0..5 {
        ben.answer("pin", "0000");
    }
    assert_eq!(ben.answer("pin", "4711").code(), "recipient_locked");
    let about = |path: &str, body: &Value| {
        api.post(&format!("/v1/envelopes/{id}/recipients/{path}"), body).expect(200);
    };
    about("2/unlock", &Value::Null);
    ben.answer("pin", "4711").expect(200);
    ben.finish();

    wait_for("Carl's turn", || (api.envelope(&id)["recipients"][2]["status"] == "invited").then_some(()));
    about("3/replace", &json!({"name": "Dora", "email": "dora@example.org"}));
    Browser::of(&server, "dora@example.org").finish();
    api.wait_until(&id, "completed");

    (text(&api, &id), api.events(&id))
}

/// The text of the audit trail, in which every run of blanks is one blank.
pub fn text(api: &Api, id: &str) -> String {
    text_of(&api.file(id, "audit.pdf"))
}

fn text_of(pdf: &[u8]) -> String {
    let bench = Bench::new();
    let pdf = bench.lay("audit.pdf", pdf);
    let text = Command::new("pdftotext").arg(pdf).arg("-").output().unwrap();
    String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(text: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(text.contains(sentence), "{sentence:?} is not in: {text}");
    }
}

#[test]
fn it_tells_a_judge_how_each_person_came_and_was_known_and_what_they_saw_and_did() {
    let (text, events) = happened("en");
    says(
        &text,
        &[
            "Asked to prove it by a code by mail",
            "Came by a secret link sent to the e-mail address",
            "Proved who they are by a code by mail (sent to a",
            "Agreed to sign online",
            "text 2026-11",
            "Certificate of the act",
            "Asked to prove it by a PIN",
            "Wrong answers 5",
            "Ada was sent a code by mail: a",
            "answers still taken: 4.",
            "Locked, wrong answers a PIN, ",
            "The sender unlocked it ",
            "Part approves",
            "Status approved",
            "Earlier in this place Carl <carl@example.org>",
            "In place of Carl, recipient 3 is Dora <dora@example.org> from now on.",
            "Recipient 3 Dora <dora@example.org>",
            "What was agreed to before signing",
            "Your electronic signature binds you like one on paper.",
            "By: a program of the sender, with key key_",
            "Network address: 127.0.0.1",
            "The chain of events",
        ],
    );
    assert!(!text.contains("4711"), "no secret stands in it");
    // Before Dora came it was Carl's turn, not hers.
    says(&text, &["It is the turn of Carl."]);
    let together: String = text.split(' ').collect();
    for event in events.iter().filter(|it| it["type"] != "audit_trail_issued") {
        let hash = event["hash"].as_str().unwrap();
        // Mails that went out after the end are told in the events alone.
        if event["type"] != "message_sent" {
            assert!(together.contains(hash), "{event}");
        }
    }
}

#[test]
fn it_is_told_in_the_readers_language() {
    let (text, _) = happened("fr");
    says(
        &text,
        &[
            "Journal d’audit",
            "Preuve demandée un code par courriel",
            "Bloqué après erreurs un code PIN, ",
            "Place tenue avant par Carl <carl@example.org>",
            "À la place de Carl, le destinataire 3 est désormais Dora",
            "a approuvé",
        ],
    );
}

/// Signed by Ada, whose language is another one than the envelope's; the audit trail is there.
fn signed_in(server: &Server, api: &Api, of_envelope: &str, of_ada: &str) -> String {
    let id = api.sent(&json!({
        "title": "Lease",
        "language": of_envelope,
        "time_zone": "Europe/Berlin",
        "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [{"name": "Ada", "email": "ada@example.org", "language": of_ada}],
        "fields": [place(1, 500, 1)],
    }));
    server.visit("ada@example.org").sign();
    api.wait_until(&id, "completed");
    api.file(&id, "audit.pdf");
    id
}

fn digest_of_issued(api: &Api, id: &str) -> String {
    let issued = api.events(id).into_iter().find(|it| it["type"] == "audit_trail_issued").unwrap();
    let summary = issued["summary"].as_str().unwrap();
    summary.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn the_same_events_are_told_and_sealed_in_the_language_that_is_asked_for() {
    let server = server();
    let api = server.api();
    let id = signed_in(&server, &api, "en", "en");
    let ask = |language: &str| api.get(&format!("/v1/envelopes/{id}/audit.pdf?language={language}"));
    assert_eq!(ask("en").expect(200).body, api.file(&id, "audit.pdf"), "the issued one itself");
    let issued = digest_of_issued(&api, &id);
    for (language, sentences) in [
        ("de", ["Prüfprotokoll", "Ada hat unterzeichnet; Zertifikat", "Der Vorgang ist abgeschlossen."]),
        ("ru", ["Журнал аудита", "Ada: подписано; сертификат", "Завершено."]),
        ("pl", ["Ścieżka audytu", "Ada: podpisano; certyfikat", "Ukończono."]),
        ("tr", ["Denetim kaydı", "Ada imzaladı; sertifika", "Tamamlandı."]),
        ("hu", ["Ellenőrzési napló", "Ada aláírta; tanúsítvány:", "Befejeződött."]),
    ] {
        let text = text_of(&ask(language).expect(200).body);
        says(&text, &sentences);
        // Local time with its distance from UTC, the instant itself, and which record was issued.
        says(&text, &["(UTC+0", "Z · SHA-256", issued.as_str()]);
        assert!(!text.contains("[U+"), "{language}: {text}");
    }

    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let german = bench.lay("german.pdf", &ask("de-AT").expect(200).body);
    crate::judges::pyhanko_accepts(&german, &root, 1);
    crate::judges::readers_accept(&german, 1);
}

#[test]
fn a_language_that_cannot_be_written_or_is_none_is_refused() {
    let server = server();
    let api = server.api();
    let id = signed_in(&server, &api, "en", "en");
    let ask = |language: &str| api.get(&format!("/v1/envelopes/{id}/audit.pdf?language={language}"));
    // Whether the faces have these letters is theirs to say; a letter is never left as its code.
    for language in ["hi", "zh"] {
        let answer = ask(language);
        match answer.status {
            200 => assert!(!text_of(&answer.body).contains("[U+"), "{language}"),
            _ => assert_eq!((answer.status, answer.code().as_str()), (422, "language_not_drawable")),
        }
    }
    assert_eq!((ask("tlh").status, ask("tlh").code().as_str()), (400, "language_unknown"));
    let events = |language: &str| api.get(&format!("/v1/envelopes/{id}/events?language={language}"));
    assert_eq!((events("tlh").status, events("tlh").code().as_str()), (400, "language_unknown"));
    let hindi = events("hi").expect(200).json();
    assert!(hindi["items"][0]["summary"].as_str().unwrap().ends_with(" ने मसौदा बनाया।"), "{hindi}");
}

#[test]
fn a_recipient_reads_it_in_their_own_language() {
    let server = server();
    let api = server.api();
    let id = signed_in(&server, &api, "en", "de");
    let download = wait_for("the link to the files", || {
        let visit = server.visit("ada@example.org");
        (visit.read().json()["state"] == "download").then_some(visit)
    });
    let own = download.ask("GET", "/audit.pdf", &Value::Null).expect(200);
    assert!(own.header("content-disposition").unwrap().contains("Pr%C3%BCfprotokoll"));
    let issued = digest_of_issued(&api, &id);
    says(&text_of(&own.body), &["Prüfprotokoll", issued.as_str()]);
    let english = download.ask("GET", "/audit.pdf?language=en", &Value::Null).expect(200);
    assert_eq!(english.body, api.file(&id, "audit.pdf"));
    let unknown = download.ask("GET", "/audit.pdf?language=tlh", &Value::Null);
    assert_eq!((unknown.status, unknown.code().as_str()), (400, "language_unknown"));
}

#[test]
fn it_names_the_mandate_and_what_the_senders_application_said_of_its_sign_in() {
    let server = server();
    let api = server.api();
    let data = json!({"session": "sess_12345"});
    let id = api.sent(&json!({
        "title": "Lease",
        "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [
            {"name": "Cleo", "email": "cleo@example.org", "step": 1, "arrival": "handed",
             "authentication": [{"method": "custom", "provider": "SuperApp", "data": data}]},
            {"name": "Robot", "email": "robot@example.org", "step": 2, "role": "automatic_signer",
             "mandate": "Power of attorney of 3 May 2026"},
        ],
        "fields": [place(1, 500, 1), place(1, 600, 2)],
    }));
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    says(
        &text(&api, &id),
        &[
            "Came by the sender’s application, which had signed them in",
            "SuperApp · session: sess_12345",
            "Signs by Power of attorney of 3 May 2026",
            "signs by mandate, without a person at the page",
        ],
    );
}
