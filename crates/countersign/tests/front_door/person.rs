//! Somebody at their page who has to prove who they are.

use serde_json::{Value, json};
use testkit::server::{Answer, Api, Server, Visit, request, wait_for, whole_act};

/// A person with a link, in one browser: it keeps the token of its visit, as the page does.
pub struct Person {
    visit: Visit,
    pass: Option<String>,
}

impl Person {
    /// Who follows this link.
    pub fn with(visit: Visit) -> Self {
        Self { visit, pass: None }
    }

    /// Who follows the newest link that was mailed to this address.
    pub fn mailed(server: &Server, to: &str) -> Self {
        Self::with(server.visit(to))
    }

    /// The same link in another browser, which knows nothing of this one.
    pub fn second_phone(&self) -> Self {
        Self::with(self.visit.clone())
    }

    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.visit.token);
        let mut headers = vec![("Authorization", bearer.as_str())];
        headers.extend(self.pass.as_deref().map(|pass| ("X-Countersign-Visit", pass)));
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        request(self.visit.port, method, &format!("/v1/ceremony{path}"), &headers, &body).unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, body)
    }

    /// What the page shows.
    pub fn read(&self) -> Value {
        self.ask("GET", "", &Value::Null).expect(200).json()
    }

    /// Asks for a code, or for what an app needs.
    pub fn begin(&mut self, method: &str) -> Answer {
        let answer = self.post("/challenge", &json!({ "method": method }));
        self.keep(&answer);
        answer
    }

    pub fn answer(&mut self, method: &str, text: &str) -> Answer {
        let answer = self.post("/challenge/answer", &json!({"method": method, "answer": text}));
        self.keep(&answer);
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        if answer.status == 200
            && let Some(pass) = answer.json()["visit"].as_str()
        {
            self.pass = Some(pass.to_owned());
        }
    }

    /// Asks for a code and answers with the one that comes; it has to be right.
    pub fn prove_by_code(&mut self, api: &Api, method: &str, to: &str) -> Value {
        let before = codes(api, method, to).len();
        self.begin(method).expect(200);
        let code = code(api, method, to, before);
        self.answer(method, &code).expect(200).json()["ceremony"].clone()
    }

    pub fn consent(&self) -> Answer {
        let version = self.read()["consent"]["version"].clone();
        self.post("/consent", &json!({ "version": version }))
    }

    /// What the page sends at the end.
    pub fn act(&self) -> Value {
        whole_act(&self.read())
    }

    /// Consents and finishes; both have to succeed.
    pub fn finish(&self) -> Value {
        self.consent().expect(200);
        self.post("/finish", &self.act()).expect(200).json()
    }
}

fn channel(method: &str) -> &str {
    match method {
        "sms_code" => "sms",
        "voice_code" => "voice",
        _ => "email",
    }
}

/// The texts in which codes came by this method to this address, newest first.
pub fn texts(api: &Api, method: &str, to: &str) -> Vec<String> {
    let path = format!("/v1/test-messages?to={}", to.replace('+', "%2B"));
    let messages = api.get(&path).expect(200).json();
    let of_codes = messages.as_array().unwrap().iter().filter(|it| it["channel"] == channel(method));
    of_codes
        .map(|it| if method == "email_code" { &it["subject"] } else { &it["text"] })
        .filter_map(Value::as_str)
        .filter(|text| text.contains("code") && text.chars().any(|it| it.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// The codes themselves.
pub fn codes(api: &Api, method: &str, to: &str) -> Vec<String> {
    let length = if method == "email_code" { 9 } else { 6 };
    let digits = |text: &String| text.chars().filter(char::is_ascii_digit).take(length).collect();
    texts(api, method, to).iter().map(digits).collect()
}

/// The newest code, where so many were there before.
pub fn code(api: &Api, method: &str, to: &str, before: usize) -> String {
    wait_for("a code", || {
        let all = codes(api, method, to);
        (all.len() > before).then(|| all[0].clone())
    })
}

/// A code that is not this one.
pub fn another(code: &str) -> String {
    code.chars().map(|it| if it == '9' { '0' } else { char::from(it as u8 + 1) }).collect()
}
