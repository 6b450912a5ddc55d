//! Templates: what is sent again and again, with roles in the place of persons.

use crate::given::{place, setup};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Api, Setup, wait_for};

/// On either database.
pub fn on_both(name: &str, tried: fn(Setup)) {
    tried(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, name);
    tried(setup().at("--database", &schema.address()));
}

/// A lease for a role, and for the landlord, who is always the same.
pub fn lease(api: &Api) -> Value {
    json!({
        "title": "Lease of the boathouse",
        "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes()), "title": "Lease"}],
        "recipients": [
            {"placeholder": "Tenant", "step": 1, "language": "fr"},
            {"name": "Lena Landlord", "email": "lena@example.org", "step": 2},
        ],
        "fields": [place(1, 500, 1), place(1, 600, 2)],
        "rules": {"decline_ends": "recipient"},
        "expires_in_days": 9,
    })
}

/// A template of it; its id.
pub fn lease_template(api: &Api) -> String {
    let made = api.post("/v1/templates", &json!({"name": "Lease", "draft": lease(api)})).expect(201).json();
    made["id"].as_str().unwrap().to_owned()
}

fn put(api: &Api, id: &str, change: &Value) -> testkit::server::Answer {
    api.ask("PUT", &format!("/v1/templates/{id}"), &[], change.to_string().as_bytes())
}

#[test]
fn a_template_is_used_again_and_again_and_each_use_names_its_version() {
    on_both("templates", used_again_and_again);
}

fn used_again_and_again(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = lease_template(&api);
    let path = format!("/v1/templates/{id}");
    let shown = api.get(&path).expect(200).json();
    assert_eq!((&shown["version"], &shown["uses"], &shown["test"]), (&json!(1), &json!(0), &json!(true)));
    let roles = shown["roles"].as_array().unwrap();
    assert_eq!(roles.len(), 1);
    assert_eq!((&roles[0]["name"], &roles[0]["needs_email"]), (&json!("Tenant"), &json!(true)));
    assert_eq!(shown["draft"]["expires_in_days"], 9);

    // A role is called in any case of its letters; the rest is as it was prepared.
    let ada = json!({"role": "tenant", "name": "Ada Lovelace", "email": "ada@example.org"});
    let usage = json!({"people": [ada], "title": "Lease for Ada"});
    let made = api.post(&format!("{path}/use"), &usage).expect(201).json();
    assert_eq!((&made["status"], &made["title"]), (&json!("draft"), &json!("Lease for Ada")));
    assert_eq!(made["template"], json!({"id": id, "version": 1, "link": null}));
    let (first, second) = (&made["recipients"][0], &made["recipients"][1]);
    assert_eq!(
        (&first["name"], &first["placeholder"], &first["language"]),
        (&json!("Ada Lovelace"), &Value::Null, &json!("fr"))
    );
    assert_eq!(second["email"], "lena@example.org");
    assert_eq!(made["rules"]["decline_ends"], "recipient");
    assert_eq!(made["fields"].as_array().unwrap().len(), 2);

    // A new version changes nothing in what was made, and the old one can still be read and used.
    let mut changed = lease(&api);
    changed["title"] = json!("Lease, second edition");
    let second = put(&api, &id, &json!({"draft": changed, "version": 1})).expect(200).json();
    assert_eq!((&second["version"], &second["name"]), (&json!(2), &json!("Lease")));
    assert_refused(&put(&api, &id, &json!({"draft": changed, "version": 1})), 409, "draft_moved");
    assert_eq!(
        api.get(&format!("{path}?version=1")).expect(200).json()["draft"]["title"],
        "Lease of the boathouse"
    );
    let old = json!({"people": [ada], "version": 1, "send": true});
    let sent = api.post(&format!("{path}/use"), &old).expect(201).json();
    assert_eq!((&sent["status"], &sent["template"]["version"]), (&json!("in_progress"), &json!(1)));
    let person = server.visit("ada@example.org");
    person.sign();
    let sent_id = sent["id"].as_str().unwrap();
    wait_for("Lena's turn", || (!server.outbox("lena@example.org").is_empty()).then_some(()));
    server.visit("lena@example.org").sign();
    api.wait_until(sent_id, "completed");
    assert_eq!(api.envelope(sent_id)["template"]["version"], 1);
    assert_eq!(api.get(&path).expect(200).json()["uses"], 2);
    assert_refused(&api.get(&format!("{path}?version=3")), 404, "not_found");
}

#[test]
fn what_is_wrong_with_a_use_is_said_with_its_place() {
    let server = setup().start();
    let api = server.api();
    let id = lease_template(&api);
    let used = |usage: &Value| api.post(&format!("/v1/templates/{id}/use"), usage);
    let ada = |role: &str| json!({"role": role, "name": "Ada", "email": "ada@example.org"});
    for (people, code, pointer) in [
        (json!([ada("Landlord")]), "role_unknown", "/people/0/role"),
        (json!([ada("2")]), "role_has_person", "/people/0/role"),
        (json!([ada("Tenant"), ada("1")]), "role_taken_twice", "/people/1/role"),
        (json!([{"role": "Tenant", "name": "Ada"}]), "email_missing", "/people/0/email"),
        (
            json!([{"role": "Tenant", "name": " ", "email": "a@example.org"}]),
            "name_missing",
            "/people/0/name",
        ),
    ] {
        let answer = used(&json!({"people": people}));
        assert_refused(&answer, 422, code);
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
    }
    // A draft may keep its role without a person; what is sent may not.
    let draft = used(&json!({})).expect(201).json();
    assert_eq!(draft["recipients"][0]["placeholder"], "Tenant");
    assert_refused(&used(&json!({"send": true})), 422, "role_vacant");

    let mut twice = lease(&api);
    twice["recipients"][1] = json!({"placeholder": "tenant "});
    let answer = api.post("/v1/templates", &json!({"name": "Twice", "draft": twice}));
    assert_refused(&answer, 422, "role_repeated");
    assert_refused(&api.post("/v1/templates", &json!({"draft": lease(&api)})), 422, "name_missing");
    assert_refused(&api.post("/v1/templates", &json!({"name": "x"})), 422, "template_without_source");
}

#[test]
fn values_come_as_json_or_xml_and_are_judged_as_a_person_s_are() {
    let server = setup().start();
    let api = server.api();
    let mut draft = lease(&api);
    let field = |id: &str, kind: &str, more: Value| {
        let mut field = json!({"id": id, "type": kind, "page": 1, "x": 72, "y": 300, "width": 120, "height": 20,
                               "recipient": 1, "label": id});
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        field
    };
    draft["fields"].as_array_mut().unwrap().extend([
        field("rent_1", "number", json!({"merge_key": "rent", "read_only": true, "required": true})),
        field("rent_2", "number", json!({"merge_key": "rent", "required": false})),
        field("pets", "checkbox", json!({"required": false})),
        field(
            "colour",
            "dropdown",
            json!({"required": false, "choices": {"options": [{"label": "Red", "value": "r"}]}}),
        ),
    ]);
    let made = api.post("/v1/templates", &json!({"name": "Lease", "draft": draft})).expect(201).json();
    let path = format!("/v1/templates/{}", made["id"].as_str().unwrap());
    let fields = api.get(&format!("{path}/form-fields")).expect(200).json()["items"].clone();
    let keys: Vec<&str> = fields.as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["rent", "pets", "colour"]);
    assert_eq!((&fields[0]["fields"], &fields[0]["type"]), (&json!(["rent_1", "rent_2"]), &json!("number")));
    assert_eq!(fields[2]["options"], json!([{"label": "Red", "value": "r"}]));

    let used = |values: Value| api.post(&format!("{path}/use"), &json!({"values": values}));
    let made = used(json!({"rent": 950.5, "pets": true, "colour": "r"})).expect(201).json();
    let value = |it: usize| made["fields"][it]["value"].clone();
    assert_eq!([value(2), value(3), value(4), value(5)], ["950.5", "950.5", "true", "r"].map(|it| json!(it)));
    for (values, code, pointer) in [
        (json!({"rent": "much"}), "number_malformed", "/values/rent"),
        (json!({"rent": 1, "colour": "Blue"}), "option_unknown", "/values/colour"),
        (json!({"rent": 1, "size": "3"}), "value_unknown", "/values/size"),
        (json!({}), "read_only_and_empty", "/values/rent"),
    ] {
        let answer = used(values);
        assert_refused(&answer, 422, code);
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
    }

    let xml = r#"<use><title>Lease &amp; more</title>
        <person role="Tenant"><name>Ada</name><email>ada@example.org</email></person><value key="rent">800</value></use>"#;
    let as_xml = |body: &str| {
        api.ask("POST", &format!("{path}/use"), &[("Content-Type", "application/xml")], body.as_bytes())
    };
    let drafted = as_xml(xml).expect(201).json();
    assert_eq!((&drafted["title"], &drafted["fields"][2]["value"]), (&json!("Lease & more"), &json!("800")));
    assert_eq!(drafted["status"], "draft");
    assert_refused(&as_xml("<use><colour/></use>"), 400, "xml_malformed");
}

#[test]
fn an_envelope_becomes_a_template_and_its_people_become_roles() {
    let server = setup().start();
    let api = server.api();
    let mut draft = lease(&api);
    draft["recipients"][0] = json!({"name": "Ada", "email": "ada@example.org", "authentication": [{"method": "pin", "pin": "135791"}]});
    let envelope = api.sent(&draft);
    let of =
        json!({"name": "From Ada's", "envelope": envelope, "roles": [{"recipient": 1, "name": "Tenant"}]});
    let made = api.post("/v1/templates", &of).expect(201).json();
    assert!(!made.to_string().contains("ada@example.org"), "{made}");
    assert_eq!(made["draft"]["recipients"][1]["email"], "lena@example.org");
    assert_eq!((&made["roles"][0]["name"], &made["roles"][0]["needs_pin"]), (&json!("Tenant"), &json!(true)));

    // The PIN was Ada's: who comes next has their own.
    let path = format!("/v1/templates/{}/use", made["id"].as_str().unwrap());
    let mut ben = json!({"role": "Tenant", "name": "Ben", "email": "ben@example.org"});
    assert_refused(&api.post(&path, &json!({"people": [ben], "send": true})), 422, "pin_missing");
    ben["pin"] = json!("246802");
    let sent = api.post(&path, &json!({"people": [ben], "send": true})).expect(201).json();
    let mut page = crate::person::Person::mailed(&server, "ben@example.org");
    assert_refused(&page.answer("pin", "135791"), 422, "answer_wrong");
    page.answer("pin", "246802").expect(200);
    assert_eq!(sent["status"], "in_progress");
}

#[test]
fn an_archived_template_is_out_of_the_list_and_a_deleted_one_is_gone_with_nothing_made_from_it() {
    let server = setup().start();
    let api = server.api();
    let ids: Vec<String> = (0..3).map(|_| lease_template(&api)).collect();
    let list = |query: &str| api.get(&format!("/v1/templates?{query}")).expect(200).json();
    let first = list("limit=2");
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let next = list(&format!("limit=2&cursor={}", first["next_cursor"].as_str().unwrap()));
    assert_eq!(
        (next["items"][0]["id"].as_str(), &next["next_cursor"]),
        (Some(ids[0].as_str()), &Value::Null)
    );

    let path = format!("/v1/templates/{}", ids[0]);
    api.post(&format!("{path}/archive"), &json!({})).expect(200);
    assert_eq!(list("")["items"].as_array().unwrap().len(), 2);
    assert_eq!(list("archived=true")["items"][0]["id"].as_str(), Some(ids[0].as_str()));
    assert_refused(&api.post(&format!("{path}/use"), &json!({})), 409, "template_archived");
    api.post(&format!("{path}/restore"), &json!({})).expect(200);
    let made = api.post(&format!("{path}/use"), &json!({})).expect(201).json();
    assert_eq!(api.ask("DELETE", &path, &[], b"").status, 204);
    assert_refused(&api.get(&path), 404, "not_found");
    assert_eq!(api.envelope(made["id"].as_str().unwrap())["title"], "Lease of the boathouse");
}

#[test]
fn templates_of_tests_are_apart_and_their_files_outlive_the_envelopes_made_from_them() {
    let server = setup().start();
    let api = server.api();
    let live = server.api_with(&server.setup().live_key());
    let id = lease_template(&api);
    let path = format!("/v1/templates/{id}");
    assert_refused(&live.get(&path), 404, "not_found");
    assert_refused(&live.post(&format!("{path}/use"), &json!({})), 404, "not_found");
    assert_eq!(live.get("/v1/templates").expect(200).json()["items"], json!([]));

    let made = api.post(&format!("{path}/use"), &json!({})).expect(201).json();
    let envelope = made["id"].as_str().unwrap();
    assert_eq!(api.ask("DELETE", &format!("/v1/envelopes/{envelope}"), &[], b"").status, 200);
    let upload = made["documents"][0]["upload"].as_str().unwrap();
    wait_for("the deletion", || {
        let path = format!("/v1/envelopes/{envelope}/documents/1");
        (api.get(&path).status != 200).then_some(())
    });
    assert_eq!(api.get(&format!("/v1/uploads/{upload}/content")).status, 200);
    let ada = json!({"role": "Tenant", "name": "Ada", "email": "ada@example.org"});
    api.post(&format!("{path}/use"), &json!({"people": [ada], "send": true})).expect(201);
}

#[test]
fn who_is_erased_is_gone_from_templates_too() {
    let mut server = setup().start();
    let api = server.api();
    let id = lease_template(&api);
    server.stop();
    let erase = ["admin", "erase", "--tenant", "Example Inc.", "--person", "lena@example.org", "--json"];
    assert_eq!(server.setup().json(&erase)["templates"], 1);
    assert_eq!(server.setup().json(&erase)["templates"], 0, "nothing is left");
    server.start();
    let shown = server.api().get(&format!("/v1/templates/{id}")).expect(200).json();
    assert!(!shown.to_string().contains("lena@example.org"));
    assert_eq!(shown["roles"][1]["name"], "Role 2");
}
