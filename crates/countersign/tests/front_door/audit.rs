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
    let bench = Bench::new();
    let pdf = bench.lay("audit.pdf", &api.file(id, "audit.pdf"));
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
