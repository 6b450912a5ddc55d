//! Those who use the server: a program with a key, and a person with a link.

use super::http::{Answer, request};
use super::wait_for;
use serde_json::{Map, Value, json};
use std::io::Result;

/// A program with a key.
#[derive(Clone, Debug)]
pub struct Api {
    /// The server's port.
    pub port: u16,
    /// The key.
    pub key: String,
}

impl Api {
    /// Any request; the server may have been stopped.
    ///
    /// # Errors
    /// When there was no whole answer.
    pub fn try_ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
        let bearer = format!("Bearer {}", self.key);
        let mut all = vec![("Authorization", bearer.as_str())];
        all.extend(headers);
        request(self.port, method, path, &all, body)
    }

    /// Any request to a server that runs.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_ask(method, path, headers, body).expect("the server answers")
    }

    /// GET.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], &[])
    }

    /// POST of JSON; nothing is sent for null.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, &[], &bytes(body))
    }

    /// The same, to a server that may have been stopped.
    ///
    /// # Errors
    /// When there was no whole answer.
    pub fn try_post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.try_ask("POST", path, &[], &bytes(body))
    }

    /// Uploads a file.
    pub fn upload(&self, file: &[u8]) -> Answer {
        self.ask("POST", "/v1/uploads?filename=contract.pdf", &[("Content-Type", "application/pdf")], file)
    }

    /// Uploads a file that has to be accepted; its id.
    #[must_use]
    pub fn uploaded(&self, file: &[u8]) -> String {
        word(&self.upload(file).expect(201).json()["id"])
    }

    /// Makes an envelope of a draft that has to be accepted, and sends it; its id.
    #[must_use]
    pub fn sent(&self, draft: &Value) -> String {
        let id = word(&self.post("/v1/envelopes", draft).expect(201).json()["id"]);
        let _ = self.post(&format!("/v1/envelopes/{id}/send"), &Value::Null).expect(200);
        id
    }

    /// An envelope as it stands.
    #[must_use]
    pub fn envelope(&self, id: &str) -> Value {
        self.get(&format!("/v1/envelopes/{id}")).expect(200).json()
    }

    /// The events of an envelope.
    #[must_use]
    pub fn events(&self, id: &str) -> Vec<Value> {
        let answer = self.get(&format!("/v1/envelopes/{id}/events")).expect(200).json();
        answer["items"].as_array().cloned().unwrap_or_default()
    }

    /// Types of the events, in order.
    #[must_use]
    pub fn happened(&self, id: &str) -> Vec<String> {
        self.events(id).iter().map(|event| word(&event["type"])).collect()
    }

    /// Waits until an envelope has this status and gives it.
    pub fn wait_until(&self, id: &str, status: &str) -> Value {
        wait_for(&format!("{id} to be {status}"), || {
            let envelope = self.envelope(id);
            (envelope["status"] == status).then_some(envelope)
        })
    }

    /// A file of an envelope, such as `documents/1`, `audit.pdf`, `evidence.json`; waits while it is being made.
    pub fn file(&self, id: &str, name: &str) -> Vec<u8> {
        wait_for(name, || {
            let answer = self.get(&format!("/v1/envelopes/{id}/{name}"));
            (answer.status == 200).then_some(answer.body)
        })
    }

    /// A visit by a link that is made for this recipient.
    pub fn visit(&self, id: &str, recipient: usize) -> Visit {
        let path = format!("/v1/envelopes/{id}/recipients/{recipient}/links");
        let url = word(&self.post(&path, &Value::Null).expect(201).json()["url"]);
        Visit { port: self.port, token: url.rsplit('/').next().unwrap_or_default().to_owned() }
    }
}

/// A person with a link.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The server's port.
    pub port: u16,
    /// What stands after `/s/`.
    pub token: String,
}

impl Visit {
    /// Any request of the page; the server may have been stopped.
    ///
    /// # Errors
    /// When there was no whole answer.
    pub fn try_ask(&self, method: &str, path: &str, body: &Value) -> Result<Answer> {
        let bearer = format!("Bearer {}", self.token);
        let path = format!("/v1/ceremony{path}");
        request(self.port, method, &path, &[("Authorization", &bearer)], &bytes(body))
    }

    /// Any request of the page to a server that runs.
    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.try_ask(method, path, body).expect("the server answers")
    }

    /// What the page shows.
    #[must_use]
    pub fn read(&self) -> Answer {
        self.ask("GET", "", &Value::Null)
    }

    /// Agrees to sign electronically.
    pub fn consent(&self) -> Answer {
        let version = self.read().json()["consent"]["version"].clone();
        self.ask("POST", "/consent", &json!({ "version": version }))
    }

    /// What the page sends at the end: every field filled, the name typed, the revisions that were shown.
    #[must_use]
    pub fn whole_act(&self) -> Value {
        whole_act(&self.read().json())
    }

    /// Finishes as a page would that filled everything.
    pub fn finish(&self) -> Answer {
        self.ask("POST", "/finish", &self.whole_act())
    }

    /// Consents and finishes; both have to succeed.
    pub fn sign(&self) -> Answer {
        let _ = self.consent().expect(200);
        self.finish().expect(200)
    }
}

/// The act that fills everything that a ceremony, as it was read, asks for.
#[must_use]
pub fn whole_act(ceremony: &Value) -> Value {
    let (mut values, mut revisions) = (Map::new(), Map::new());
    for field in ceremony["fields"].as_array().into_iter().flatten() {
        let value = match field["type"].as_str() {
            Some("text") => "Acmé 42",
            Some("checkbox") => "true",
            _ => continue,
        };
        values.insert(word(&field["id"]), value.into());
    }
    for document in ceremony["documents"].as_array().into_iter().flatten() {
        revisions.insert(document["number"].to_string(), document["revision"].clone());
    }
    let name = &ceremony["recipient"]["name"];
    json!({
        "agreed": true, "signature": {"kind": "typed", "text": name}, "initials": {"kind": "typed", "text": "AL"},
        "values": values, "revisions": revisions,
    })
}

fn bytes(body: &Value) -> Vec<u8> {
    if body.is_null() { Vec::new() } else { body.to_string().into_bytes() }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
