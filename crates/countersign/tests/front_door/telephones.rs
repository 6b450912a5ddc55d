//! Telephone numbers: kept as they are dialled, refused where no country has them, and doubted where a code may not arrive.

use crate::given::server;
use crate::proofs::asked;
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use testkit::server::Api;

/// What is known of the number of a signer who gets a code: as it is kept, and why it is doubted.
fn known(api: &Api, number: &str, method: &Value) -> (Value, Value) {
    let mut draft = asked(api, method);
    draft["recipients"][0]["phone"] = number.into();
    let made = api.post("/v1/envelopes", &draft).expect(201).json();
    // A doubt is no refusal.
    api.post(&format!("/v1/envelopes/{}/send", made["id"].as_str().unwrap()), &Value::Null).expect(200);
    let person = &made["recipients"][0];
    (person["phone"].clone(), person["phone_warning"].clone())
}

#[test]
fn a_number_is_kept_as_it_is_dialled_and_one_that_a_code_may_not_reach_is_doubted() {
    let server = server();
    let api = server.api();
    let text = json!([{"method": "sms_code"}]);
    let call = json!([{"method": "voice_code"}]);
    let none = json!([]);
    for (typed, method, kept, doubt) in [
        (" +33 (0)6 12-34-56-78 ", &text, "+33612345678", Value::Null),
        ("+33 1 40 20 50 50", &text, "+33140205050", json!("fixed_line")),
        ("+33 1 40 20 50 50", &call, "+33140205050", Value::Null),
        ("+44 56 1234 5678", &text, "+445612345678", json!("internet_line")),
        ("+33 891 123 456", &text, "+33891123456", json!("premium_rate")),
        ("+33 891 123 456", &call, "+33891123456", json!("premium_rate")),
        ("+33 891 123 456", &none, "+33891123456", Value::Null),
    ] {
        assert_eq!(known(&api, typed, method), (json!(kept), doubt), "{typed} {method}");
    }
}

#[test]
fn wherever_a_number_is_given_an_impossible_one_is_refused_and_a_possible_one_kept_as_it_is_dialled() {
    let server = server();
    let api = server.api();
    let id = api.sent(&asked(&api, &json!([{"method": "sms_code"}])));
    let at = |what: &str| format!("/v1/envelopes/{id}/recipients/1/{what}");
    for (path, body) in [
        (at("correct"), json!({"email": "ada@example.org"})),
        (at("replace"), json!({"email": "grace@example.org", "name": "Grace Hopper"})),
        ("/v1/contacts".into(), json!({"email": "emile@example.org", "name": "Émile Zola"})),
    ] {
        let with = |number: &str| {
            let mut body = body.clone();
            body["phone"] = number.into();
            body
        };
        assert_refused(&api.post(&path, &with("+3361234567")), 422, "phone_impossible");
        let answer = api.post(&path, &with("+33 6 12 34 56 79"));
        assert!(answer.status < 300, "{}", answer.text());
        let answer = answer.json();
        let kept = answer["recipients"][0].get("phone").unwrap_or(&answer["phone"]);
        assert_eq!(kept, "+33612345679", "{path}");
    }
}
