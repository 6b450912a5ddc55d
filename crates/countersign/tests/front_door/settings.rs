//! What a tenant sets for itself: the words that people agree to, and what drafts begin with.

use crate::audit::text;
use crate::given::{one_signer, place, setup};
use crate::parts::{draft, somebody};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api, Server, Setup, wait_for};

const CONSENT: &str = "/v1/settings/consent/en";
const DEFAULTS: &str = "/v1/settings/defaults";

pub fn put(api: &Api, path: &str, body: &Value) -> Answer {
    api.ask("PUT", path, &[], body.to_string().as_bytes())
}

/// A server, its test key and its live key.
pub fn begun(setup: Setup) -> (Server, Api, Api) {
    let server = setup.start();
    let (test, live) = (server.api(), server.api_with(&server.setup().live_key()));
    (server, test, live)
}

/// The same on PostgreSQL, in a schema of its own.
pub fn on_postgresql(name: &str, shows: impl Fn(Setup)) {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, name);
    shows(setup().at("--database", &schema.address()));
}

fn own_words_are_agreed_to_version_by_version(setup: Setup) {
    let (_server, test, live) = begun(setup);
    let built_in = test.get(CONSENT).expect(200).json();
    assert_eq!((&built_in["own"], &built_in["versions"]), (&json!(false), &json!([])));
    let people = json!([
        somebody("Ada", 1, json!({})),
        somebody("Ben", 1, json!({"role": "approver"})),
        somebody("Émile", 1, json!({"language": "fr", "email": "emile@example.org"})),
    ]);
    let id = test.sent(&draft(&test, people, json!([place(4, 140, 1), place(4, 240, 3)])));
    let [ada, ben, emile] = [1, 2, 3].map(|number| test.visit(&id, number));
    let shown = |visit: &testkit::server::Visit| visit.read().json()["consent"].clone();
    assert_eq!(shown(&ada), json!({"version": built_in["version"], "text": built_in["text"]}));
    assert!(shown(&ben)["text"][0].as_str().unwrap().contains("to approve online"));

    let first = json!({"text": ["We are Example Inc.", "Sign on this screen?"]});
    assert_refused(&put(&test, CONSENT, &first), 403, "settings_of_a_test_key");
    assert_refused(&put(&live, CONSENT, &json!({"text": [" "]})), 422, "consent_empty");
    assert_refused(&put(&live, "/v1/settings/consent/tlh", &first), 404, "not_found");
    let before = shown(&ada)["version"].clone();
    assert_eq!(put(&live, CONSENT, &first).expect(200).json()["version"], "en-1");
    let agree = |version: &Value| ada.ask("POST", "/consent", &json!({ "version": version }));
    assert_refused(&agree(&before), 409, "consent_moved");
    assert_eq!(shown(&ben), json!({"version": "en-1", "text": first["text"]}));
    assert!(shown(&emile)["text"][0].as_str().unwrap().contains("signer en ligne"));
    agree(&json!("en-1")).expect(200);

    // Taken back, it is given again to the words that are in force then; both stay in the evidence.
    let second = json!({"text": ["Really sign on this screen?"]});
    put(&live, CONSENT, &second).expect(200);
    assert_eq!(ada.ask("POST", "/consent/withdraw", &Value::Null).expect(200).json()["state"], "consent");
    assert_refused(&ada.finish(), 409, "consent_missing");
    agree(&json!("en-2")).expect(200);
    ada.finish().expect(200);
    let again = put(&live, CONSENT, &second).expect(200).json();
    assert_eq!(again["versions"].as_array().unwrap().len(), 2, "the same words are no new version");
    let reset = live.ask("DELETE", CONSENT, &[], &[]).expect(200).json();
    assert_eq!((&reset["own"], &reset["text"]), (&json!(false), &built_in["text"]));
    assert_eq!(reset["versions"].as_array().unwrap().len(), 3, "and going back is one");
    assert_eq!(put(&live, CONSENT, &first).expect(200).json()["version"], "en-4");

    ben.sign();
    emile.sign();
    test.wait_until(&id, "completed");
    let trail = text(&test, &id);
    let evidence = String::from_utf8(test.file(&id, "evidence.json")).unwrap();
    for (version, number) in [("en-1", 1), ("en-2", 1), ("en-4", 2), ("2026-11", 3)] {
        let agreed = format!("Text {version}, agreed to by recipient {number}");
        assert!(trail.contains(&agreed), "{agreed} is not in {trail}");
    }
    let digest = again["versions"][0]["digest"].as_str().unwrap();
    for words in [
        "Really sign on this screen?",
        "Sign on this screen?",
        "We are Example Inc.",
        "signer en ligne",
        digest,
    ] {
        assert!(trail.replace(' ', "").contains(&words.replace(' ', "")), "{words} is not in {trail}");
        assert!(evidence.contains(words), "{words} is not in the evidence");
    }
}

#[test]
fn a_tenants_own_words_are_agreed_to_version_by_version_on_sqlite() {
    own_words_are_agreed_to_version_by_version(setup());
}

#[test]
fn a_tenants_own_words_are_agreed_to_version_by_version_on_postgresql() {
    on_postgresql("consent", own_words_are_agreed_to_version_by_version);
}

fn drafts_begin_with_what_the_tenant_set(setup: Setup) {
    let (_server, test, live) = begun(setup);
    let usual = test.get(DEFAULTS).expect(200).json();
    assert_eq!((&usual["expires_in_days"], &usual["mails"]["attach_documents"]), (&json!(30), &json!(false)));
    let set = json!({
        "rules": {"decline_ends": "recipient", "delegation": "free"}, "expires_in_days": 12,
        "reminders": {"first_after_days": 3}, "mails": {"to_sender": false, "attach_documents": true},
    });
    assert_refused(&put(&test, DEFAULTS, &set), 403, "settings_of_a_test_key");
    let mut wrong = set.clone();
    wrong["expires_in_days"] = json!(366);
    wrong["rules"]["part_11"] = json!({"meanings": []});
    let answer = put(&live, DEFAULTS, &wrong);
    assert_refused(&answer, 422, "expiry_malformed");
    let pointers: Vec<_> =
        answer.json()["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/expires_in_days", "/rules/part_11/meanings"]);
    assert_eq!(test.get(DEFAULTS).json(), usual);

    let before = one_signer(&test.uploaded(&Pdf::one_page().bytes()));
    let made = |draft: &Value| test.post("/v1/envelopes", draft).expect(201).json();
    let old = made(&before);
    put(&live, DEFAULTS, &set).expect(200);
    let fresh = made(&before);
    let of = |it: &Value| {
        [
            &it["rules"]["delegation"],
            &it["expires_in_days"],
            &it["reminders"]["first_after_days"],
            &it["mails"]["to_sender"],
            &it["mails"]["attach_documents"],
        ]
        .map(Clone::clone)
    };
    let (none, takes) = (Value::Null, [json!("free"), json!(12), json!(3), json!(false), json!(true)]);
    assert_eq!(of(&fresh), takes);
    let untouched = [none.clone(), json!(30), none.clone(), none.clone(), json!(false)];
    assert_eq!(
        of(&test.envelope(old["id"].as_str().unwrap())),
        untouched,
        "a draft that was there stays as it is"
    );

    let mut own = before.clone();
    own["rules"] = json!({"delegation": "with_consent"});
    own["expires_in_days"] = json!(5);
    own["reminders"] = json!({});
    own["mails"] = json!({"to_sender": null, "attach_documents": false});
    let says_itself = [json!("with_consent"), json!(5), none.clone(), none, json!(false)];
    let own = made(&own);
    assert_eq!(of(&own), says_itself);
    assert_eq!(own["rules"]["decline_ends"], "envelope", "rules are given whole");

    // Later changes of the defaults, and of the draft, leave what it took.
    put(&live, DEFAULTS, &json!({})).expect(200);
    assert_eq!(test.get(DEFAULTS).json(), usual);
    let path = format!("/v1/envelopes/{}", fresh["id"].as_str().unwrap());
    let mut renamed = before.clone();
    renamed["title"] = json!("Another title");
    assert_eq!(of(&put(&test, &path, &renamed).expect(200).json()), takes);
    renamed["rules"] = json!({});
    assert_eq!(put(&test, &path, &renamed).expect(200).json()["rules"]["delegation"], Value::Null);
    let id = fresh["id"].as_str().unwrap();
    test.post(&format!("/v1/envelopes/{id}/send"), &Value::Null).expect(200);
    wait_for("the invitation", || test.happened(id).contains(&"message_sent".to_owned()).then_some(()));
}

#[test]
fn drafts_begin_with_what_the_tenant_set_on_sqlite() {
    drafts_begin_with_what_the_tenant_set(setup());
}

#[test]
fn drafts_begin_with_what_the_tenant_set_on_postgresql() {
    on_postgresql("defaults", drafts_begin_with_what_the_tenant_set);
}
