//! The address book: people to whom a tenant sends again and again.

use crate::given::{one_signer, setup};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api, Setup};

fn made(api: &Api, contact: &Value) -> Value {
    api.post("/v1/contacts", contact).expect(201).json()
}

fn changed(api: &Api, id: &str, change: &Value) -> Answer {
    api.ask("PATCH", &format!("/v1/contacts/{id}"), &[], change.to_string().as_bytes())
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect()
}

/// On either database.
fn on_both(name: &str, tried: fn(Setup)) {
    tried(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, name);
    tried(setup().at("--database", &schema.address()));
}

#[test]
fn people_are_kept_found_changed_and_forgotten() {
    on_both("contacts", kept_found_changed_and_forgotten);
}

fn kept_found_changed_and_forgotten(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let emile = made(
        &api,
        &json!({"name": " Émile Zola ", "email": "Emile@Example.org", "phone": "+33612345678", "language": "fr",
                "company": "L’Aurore", "title": "Writer"}),
    );
    assert_eq!((&emile["name"], &emile["email"]), (&json!("Émile Zola"), &json!("emile@example.org")));
    for name in ["Zoe", "ada", "Ben", "Eva"] {
        made(&api, &json!({"name": name, "email": format!("{name}@example.org")}));
    }
    let list = |query: &str| api.get(&format!("/v1/contacts?{query}")).expect(200).json();
    assert_eq!(names(&list("")), ["ada", "Ben", "Émile Zola", "Eva", "Zoe"], "accents and capitals aside");
    for words in ["emile", "%C3%89MILE%20z", "aurore", "612345", "emile@exa"] {
        assert_eq!(names(&list(&format!("q={words}"))), ["Émile Zola"], "{words}");
    }
    assert_eq!(names(&list("q=%25")), Vec::<&str>::new(), "a sign finds nobody");
    let first = list("limit=2");
    let next = list(&format!("limit=3&cursor={}", first["next_cursor"].as_str().unwrap()));
    assert_eq!((names(&first), names(&next)), (vec!["ada", "Ben"], vec!["Émile Zola", "Eva", "Zoe"]));
    assert!(next["next_cursor"].is_null());
    assert_refused(&api.get("/v1/contacts?cursor=%C3%A9"), 400, "cursor_malformed");

    let id = emile["id"].as_str().unwrap();
    let now = changed(&api, id, &json!({"phone": "", "title": "Journalist"})).expect(200).json();
    assert_eq!(
        (&now["phone"], &now["title"], &now["company"]),
        (&json!(""), &json!("Journalist"), &emile["company"])
    );
    assert_eq!(api.get(&format!("/v1/contacts/{id}")).expect(200).json(), now);
    assert_refused(&changed(&api, id, &json!({"email": "BEN@example.org"})), 409, "contact_exists");
    assert_refused(&changed(&api, id, &json!({"phone": "0612"})), 422, "phone_malformed");
    let again = json!({"name": "Ada again", "email": "ADA@example.org"});
    assert_refused(&api.post("/v1/contacts", &again), 409, "contact_exists");
    assert_refused(
        &api.post("/v1/contacts", &json!({"name": "Nobody", "email": "nobody"})),
        422,
        "email_malformed",
    );

    // Tests and what is done in earnest have an address book each.
    let live = server.api_with(&server.setup().live_key());
    assert_eq!(names(&live.get("/v1/contacts").json()), Vec::<&str>::new());
    assert_refused(&live.get(&format!("/v1/contacts/{id}")), 404, "not_found");
    assert_refused(&changed(&live, id, &json!({"phone": "+33600000000"})), 404, "not_found");
    made(&live, &again);

    api.ask("DELETE", &format!("/v1/contacts/{id}"), &[], &[]).expect(204);
    assert_refused(&api.get(&format!("/v1/contacts/{id}")), 404, "not_found");
    assert_eq!(names(&list("q=zola")), Vec::<&str>::new());
}

/// Of many who keep the same address at once, one does.
#[test]
fn an_address_is_kept_once_however_many_keep_it_at_once() {
    on_both("contact_race", |setup| {
        let server = setup.start();
        let api = &server.api();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let ask = |number: u8| {
                let contact = json!({"name": format!("Ada {number}"), "email": "ada@example.org"});
                scope.spawn(move || api.post("/v1/contacts", &contact).status)
            };
            let all: Vec<_> = (0..6).map(ask).collect();
            all.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|it| **it == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|it| [201, 409].contains(it)), "{statuses:?}");
    });
}

/// Seed: consigno-cloud.txt:154
#[test]
fn a_recipient_without_a_telephone_takes_the_contacts_when_it_is_drafted() {
    on_both("contact_phones", takes_the_contacts_phone);
}

fn takes_the_contacts_phone(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let upload = api.uploaded(&Pdf::one_page().bytes());
    let draft = |email: &str, more: Value| {
        let mut it = one_signer(&upload);
        let who = it["recipients"][0].as_object_mut().unwrap();
        who.insert("email".into(), json!(email));
        who.insert("authentication".into(), json!([{"method": "sms_code"}]));
        who.extend(more.as_object().unwrap().clone());
        it
    };
    let created = |draft: &Value| api.post("/v1/envelopes", draft).expect(201).json();
    let phone = |envelope: &Value| envelope["recipients"][0]["phone"].as_str().unwrap_or_default().to_owned();
    let send = |envelope: &Value| {
        api.post(&format!("/v1/envelopes/{}/send", envelope["id"].as_str().unwrap()), &json!({}))
    };

    // Nobody has a number: refused as ever, when it is sent.
    let without = created(&draft("ada@example.org", json!({})));
    assert_eq!(phone(&without), "");
    assert_refused(&send(&without), 422, "phone_missing");

    // A landline is a reason to warn and none to refuse.
    let ada = made(&api, &json!({"name": "Ada", "email": "ada@example.org", "phone": "+33142278186"}));
    let taken = created(&draft("Ada@Example.org", json!({})));
    assert_eq!(phone(&taken), "+33142278186");
    let own = created(&draft("ada@example.org", json!({"phone": "+33612345678"})));
    assert_eq!(phone(&own), "+33612345678", "their own stands");
    assert_eq!(phone(&created(&draft("ben@example.org", json!({})))), "");

    // What was drafted before takes it when it is drafted anew.
    let mut anew = draft("ada@example.org", json!({}));
    anew["version"] = without["version"].clone();
    let path = format!("/v1/envelopes/{}", without["id"].as_str().unwrap());
    let revised = api.ask("PUT", &path, &[], anew.to_string().as_bytes()).expect(200).json();
    assert_eq!(phone(&revised), "+33142278186");

    // It is in the draft: what becomes of the contact changes nothing in it.
    changed(&api, ada["id"].as_str().unwrap(), &json!({"phone": "+33600000000"})).expect(200);
    let sent = send(&taken).expect(200).json();
    assert_eq!(phone(&sent), "+33142278186");
    let page = crate::person::Person::with(api.visit(sent["id"].as_str().unwrap(), 1));
    assert!(page.ask("GET", "", &Value::Null).text().contains("86"), "the code goes there");

    // Who takes a place later takes it as well.
    made(&api, &json!({"name": "Dora", "email": "dora@example.org", "phone": "+33698765432"}));
    let path = format!("/v1/envelopes/{}/recipients/1/replace", sent["id"].as_str().unwrap());
    let put = |body: Value| phone(&api.post(&path, &body).expect(200).json());
    assert_eq!(put(json!({"name": "Dora", "email": "Dora@Example.org"})), "+33698765432");
    assert_eq!(
        put(json!({"name": "Dora", "email": "dora@example.org", "phone": "+33612345678"})),
        "+33612345678"
    );

    // The contacts of tests say nothing to envelopes in earnest.
    let live = server.api_with(&server.setup().live_key());
    let mut in_earnest = draft("ada@example.org", json!({}));
    in_earnest["documents"][0]["upload"] = json!(live.uploaded(&Pdf::one_page().bytes()));
    assert_eq!(phone(&live.post("/v1/envelopes", &in_earnest).expect(201).json()), "");
}
