//! Where vendors contradict each other the rule is a value of the envelope: both cases on one account, one after the other.

use crate::given::{place, server};
use crate::parts::{draft, somebody, status};
use crate::person::Person;
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use testkit::server::{Answer, Api, Visit};

/// Ada and Ben in one step, each with a place to sign, under these rules; `ada` and `ben` say more of them.
fn two(api: &Api, rules: &Value, [ada, ben]: [Value; 2]) -> Value {
    let people = json!([somebody("Ada", 1, ada), somebody("Ben", 1, ben)]);
    let mut it = draft(api, people, json!([place(4, 240, 1), place(4, 320, 2)]));
    it["rules"] = rules.clone();
    it
}

/// Makes it and sends it; the answer that refuses one of the two, or that of sending.
fn sent(api: &Api, draft: &Value) -> Answer {
    let made = api.post("/v1/envelopes", draft);
    if made.status != 201 {
        return made;
    }
    let id = made.json()["id"].as_str().unwrap().to_owned();
    api.post(&format!("/v1/envelopes/{id}/send"), &Value::Null)
}

fn id(answer: Answer) -> String {
    answer.expect(200).json()["id"].as_str().unwrap().to_owned()
}

/// The same where nothing is refused; its id.
fn runs(api: &Api, rules: &Value, people: [Value; 2]) -> String {
    id(sent(api, &two(api, rules, people)))
}

/// What one vendor refuses and another allows, of the same draft but for its rules.
fn refused_and_allowed(api: &Api, [refused, allowed]: [Value; 2], people: [Value; 2], code: &str) -> String {
    assert_refused(&sent(api, &two(api, &refused, people.clone())), 422, code);
    runs(api, &allowed, people)
}

#[test]
fn each_value_of_the_rules_has_its_contrary_cases_here() {
    let described = server().get("/v1/openapi.json").expect(200).json();
    let values = described["components"]["schemas"]["Rules"]["properties"].as_object().unwrap().clone();
    assert!(!values.is_empty());
    let untested: Vec<&String> =
        values.keys().filter(|it| !include_str!("contrary.rs").contains(&format!("\"{it}\":"))).collect();
    assert!(untested.is_empty(), "{untested:?}");
}

/// Seed: consigno-cloud.txt:78
/// Seed: consigno-cloud.txt:80
/// Seed: xodo-sign.txt:55
#[test]
fn several_sign_at_once_inside_other_pages_or_one_alone_or_nobody() {
    let server = server();
    let api = &server.api();
    let embedded = || json!({"arrival": "embedded"});
    let alone = json!({"embedded": "alone_in_step"});
    let people = [embedded(), embedded()];
    let both = refused_and_allowed(api, [alone, json!({})], people.clone(), "embedded_in_parallel_step");
    api.visit(&both, 1).sign();
    api.visit(&both, 2).sign();
    assert_eq!(api.wait_until(&both, "completed")["problem"], Value::Null);
    let switched_off = two(api, &json!({"embedded": "refused"}), people);
    assert_refused(&sent(api, &switched_off), 422, "embedded_not_allowed");
}

/// Seed: signatureapi.txt:136
#[test]
fn several_methods_need_a_link_that_a_program_asks_for_or_can_be_mailed() {
    let server = server();
    let api = &server.api();
    let chain = || json!([{"method": "email_link"}, {"method": "email_code"}]);
    let mailed = [json!({"authentication": chain()}), json!({})];
    let rules = [json!({"combined_methods": "manual_ceremony"}), json!({"combined_methods": "free"})];
    refused_and_allowed(api, rules.clone(), mailed, "combined_methods_need_manual_ceremony");
    // The twin on the strict side: with a link of its own the same chain is taken there too.
    let handed = [json!({"authentication": chain(), "arrival": "handed"}), json!({})];
    let by_program = runs(api, &rules[0], handed);
    assert_eq!(api.visit(&by_program, 1).read().json()["challenge"]["method"], "email_code");
}

/// Seed: consigno-cloud.txt:158
#[test]
fn two_factors_are_asked_for_or_the_link_is_enough() {
    let server = server();
    let api = &server.api();
    let rules = [json!({"factors_min": 2}), json!({})];
    refused_and_allowed(api, rules.clone(), [json!({}), json!({})], "factors_missing");
    let pin = || json!({"authentication": [{"method": "pin", "pin": "2468"}]});
    sent(api, &two(api, &rules[0], [pin(), pin()])).expect(200);
}

/// Seed: consigno-cloud.txt:158
#[test]
fn an_organisation_allows_some_methods_or_all() {
    let server = server();
    let api = &server.api();
    let pin = [json!({"authentication": [{"method": "pin", "pin": "2468"}]}), json!({})];
    let some = json!({"methods_allowed": ["email_link", "email_code"]});
    refused_and_allowed(api, [some, json!({})], pin, "method_not_allowed");
}

/// Seed: xodo-sign.txt:33
/// Seed: xodo-sign.txt:34
#[test]
fn codes_by_telephone_are_switched_off_or_limited_or_free() {
    let server = server();
    let api = &server.api();
    let sms = || [json!({"authentication": [{"method": "sms_code"}], "phone": "+33612345678"}), json!({})];
    let off = json!({"telephone": {"refused": true}});
    refused_and_allowed(api, [off, json!({})], sms(), "telephone_codes_disabled");
    let none = json!({"telephone": {"monthly_allowance": 0}});
    assert_refused(&sent(api, &two(api, &none, sms())), 409, "telephone_allowance_used");
    let overage = json!({"telephone": {"monthly_allowance": 0, "overage": true}});
    sent(api, &two(api, &overage, sms())).expect(200);
}

#[test]
fn a_recipient_names_somebody_else_or_asks_first_or_may_not() {
    let server = server();
    let api = &server.api();
    let eve = json!({"name": "Eve", "email": "eve@example.org", "reason": "She runs the department."});
    for (delegation, may, status, name, asked) in [
        ("refused", false, 409, "Ada", false),
        ("with_consent", true, 200, "Ada", true),
        ("free", true, 200, "Eve", false),
    ] {
        let id = runs(api, &json!({"delegation": delegation}), [json!({}), json!({})]);
        let ada = api.visit(&id, 1);
        assert_eq!(ada.read().json()["may_delegate"], may, "{delegation}");
        assert_eq!(ada.ask("POST", "/delegate", &eve).status, status, "{delegation}");
        let place = api.envelope(&id)["recipients"][0].clone();
        assert_eq!((&place["name"], place["delegation"].is_object()), (&json!(name), asked), "{delegation}");
    }
}

/// Seed: xodo-sign.txt:146
#[test]
fn a_decline_ends_all_of_it_or_the_part_of_one() {
    let server = server();
    let api = &server.api();
    for (ends, status_after) in [("envelope", "declined"), ("recipient", "in_progress")] {
        let id = runs(api, &json!({"decline_ends": ends}), [json!({}), json!({})]);
        let ben = api.visit(&id, 2);
        api.visit(&id, 1).ask("POST", "/decline", &json!({"reason": "Not for me."})).expect(200);
        assert_eq!(api.envelope(&id)["status"], status_after, "{ends}");
        assert_eq!(status(api, &id, 1), "declined");
        if status_after == "in_progress" {
            ben.sign();
            api.wait_until(&id, "completed");
        } else {
            assert_refused(&ben.consent(), 409, "envelope_ended");
        }
    }
}

/// Seed: xodo-sign.txt:54
/// Seed: xodo-sign.txt:116
#[test]
fn all_complete_it_or_the_required_ones_or_any_of_them() {
    let server = server();
    let api = &server.api();
    let both = || [json!({}), json!({"optional": true})];
    for (completion, after_one) in [
        ("all", "in_progress"),
        ("required", "completed"),
        ("any_of_step", "completed"),
        ("any_of_document", "completed"),
    ] {
        let id = runs(api, &json!({"completion": completion}), both());
        let late = api.visit(&id, 2);
        api.visit(&id, 1).sign();
        if after_one == "in_progress" {
            late.sign();
        }
        api.wait_until(&id, "completed");
        let left = if after_one == "completed" { "released" } else { "signed" };
        assert_eq!(status(api, &id, 2), left, "{completion}");
    }
}

/// Seed: consigno-cloud.txt:143
#[test]
fn a_role_without_a_person_holds_up_the_sending_or_its_turn() {
    let server = server();
    let api = &server.api();
    let vacant = json!({"name": "", "email": "", "placeholder": "Landlord", "step": 2});
    let rules = [json!({"placeholders": "send"}), json!({"placeholders": "turn"})];
    let id = refused_and_allowed(api, rules, [json!({}), vacant], "role_vacant");
    assert_eq!((status(api, &id, 1).as_str(), status(api, &id, 2).as_str()), ("invited", "waiting"));
}

/// Seed: xodo-sign.txt:56
/// Seed: consigno-cloud.txt:97
#[test]
fn a_signer_needs_a_place_or_signs_without_one() {
    let server = server();
    let api = &server.api();
    let without = |rules: Value| {
        let mut it = two(api, &rules, [json!({}), json!({})]);
        it["fields"].as_array_mut().unwrap().pop();
        it
    };
    assert_refused(&sent(api, &without(json!({"place_required": true}))), 422, "place_missing");
    let id = id(sent(api, &without(json!({"place_required": false}))));
    api.visit(&id, 1).sign();
    api.visit(&id, 2).sign();
    api.wait_until(&id, "completed");
}

#[test]
fn a_signature_says_what_it_means_under_part_11_and_nowhere_else() {
    let server = server();
    let api = &server.api();
    let pin = || [json!({"authentication": [{"method": "pin", "pin": "2468"}]}), json!({})];
    let profile = json!({"part_11": {"meanings": ["Approved"]}});
    // Ben is asked for nothing but the link, so that nobody could tell at the moment of signing that it is him.
    let id = refused_and_allowed(api, [profile.clone(), json!({})], pin(), "part_11_method_missing");
    proved(api.visit(&id, 1)).finish();
    let both = [pin()[0].clone(), pin()[0].clone()];
    let strict = runs(api, &profile, both);
    let ada = proved(api.visit(&strict, 1));
    ada.consent().expect(200);
    assert_refused(&ada.post("/finish", &ada.act()), 422, "meaning_missing");
}

/// Who followed this link and gave the PIN.
fn proved(visit: Visit) -> Person {
    let mut person = Person::with(visit);
    person.answer("pin", "2468").expect(200);
    person
}
