//! Bulk sending: a list of which each row becomes an envelope.

use crate::given::setup;
use crate::refusals::assert_refused;
use crate::templates::{lease, lease_template, on_both};
use ::service::fault_point;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt as _;
use testkit::server::{Answer, Api, Server, Setup, wait_for};

/// Takes a list in for a template.
pub fn taken_in(api: &Api, template: &str, list: &str) -> Answer {
    let path = format!("/v1/bulk-sends?template={template}&filename=tenants.csv");
    api.ask("POST", &path, &[("Content-Type", "text/csv")], list.as_bytes())
}

/// A list of so many tenants.
pub fn rows(many: usize) -> String {
    let rows = (1..=many).map(|it| format!("Person {it},person-{it}@example.org\n"));
    rows.fold("Tenant name,Tenant email\n".to_owned(), |list, row| list + &row)
}

fn ask(api: &Api, id: &str, what: &str) -> Answer {
    api.post(&format!("/v1/bulk-sends/{id}/{what}"), &json!({}))
}

fn until(api: &Api, id: &str, status: &str) -> Value {
    wait_for(status, || {
        let bulk = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
        (bulk["status"] == status).then_some(bulk)
    })
}

fn id_of(answer: Answer) -> String {
    answer.expect(201).json()["id"].as_str().unwrap().to_owned()
}

/// Row, envelope, status and error of each row.
fn results(api: &Api, id: &str) -> Vec<Vec<String>> {
    let text = api.get(&format!("/v1/bulk-sends/{id}/results.csv")).expect(200).text();
    let lines = text.lines().skip(1);
    lines.map(|line| line.splitn(4, ',').map(str::to_owned).collect()).collect()
}

#[test]
fn each_row_becomes_an_envelope_and_its_values_stand_in_its_fields() {
    on_both("bulk", each_row_becomes_an_envelope);
}

fn each_row_becomes_an_envelope(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let mut draft = lease(&api);
    let rent = json!({"type": "number", "page": 1, "x": 72, "y": 300, "width": 120, "height": 20, "recipient": 1,
                      "merge_key": "rent", "read_only": true});
    draft["fields"].as_array_mut().unwrap().push(rent);
    let template = id_of(api.post("/v1/templates", &json!({"name": "Lease", "draft": draft})));
    let blank = api.get(&format!("/v1/templates/{template}/bulk-file")).expect(200).text();
    assert_eq!(blank.trim_start_matches('\u{feff}').trim(), "Tenant name,Tenant email,rent");
    let sheet = api.get(&format!("/v1/templates/{template}/bulk-file?format=xlsx")).expect(200);
    assert!(sheet.body.starts_with(b"PK"));

    let list = "Tenant name;Tenant email;Rent;Title\nAda;ada@example.org;950.50;For Ada\n\nBen;ben@example.org;800;\n";
    let id = id_of(taken_in(&api, &template, list));
    let ready = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
    assert_eq!((&ready["status"], &ready["rows"], &ready["sent"]), (&json!("ready"), &json!(2), &json!(0)));
    assert!(server.outbox("ada@example.org").is_empty(), "nothing is sent before it is started");
    assert_refused(&ask(&api, &id, "resume"), 409, "bulk_not_possible");
    ask(&api, &id, "start").expect(200);
    ask(&api, &id, "start").expect(200);
    let done = until(&api, &id, "done");
    assert_eq!((&done["sent"], &done["failed"]), (&json!(2), &json!(0)));
    let results = results(&api, &id);
    assert_eq!(results.iter().map(|it| it[2].as_str()).collect::<Vec<_>>(), ["sent", "sent"]);
    let ada = api.envelope(&results[0][1]);
    assert_eq!((&ada["title"], &ada["recipients"][0]["name"]), (&json!("For Ada"), &json!("Ada")));
    assert_eq!((&ada["fields"][2]["value"], &ada["template"]["id"]), (&json!("950.50"), &json!(template)));
    assert_eq!(api.envelope(&results[1][1])["title"], "Lease of the boathouse");
    server.visit("ada@example.org").sign();
    assert_refused(&ask(&api, &id, "cancel"), 409, "bulk_not_possible");
    assert_eq!(api.get("/v1/bulk-sends").expect(200).json()["items"][0]["id"], json!(id));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_row_and_column_and_nothing_is_sent() {
    let server = setup().start();
    let api = server.api();
    let template = lease_template(&api);
    let wrong = |list: &str| {
        let answer = taken_in(&api, &template, list);
        assert_eq!(answer.status, 422, "{}", answer.text());
        let found = answer.json()["errors"].as_array().unwrap().clone();
        let of = |it: &Value| {
            (it["pointer"].as_str().unwrap().to_owned(), it["code"].as_str().unwrap().to_owned())
        };
        found.iter().map(of).collect::<Vec<_>>()
    };
    let found = wrong(
        "Tenant name,tenant EMAIL,Tenant language\nAda,ada@example.org,\n,nobody,\nBen,ben@example.org,xx\n",
    );
    let at = |row: u32, column: &str, code: &str| (format!("/rows/{row}/{column}"), code.to_owned());
    assert_eq!(
        found,
        [
            at(3, "Tenant name", "name_missing"),
            at(3, "tenant EMAIL", "email_malformed"),
            at(4, "Tenant language", "language_unknown"),
        ]
    );
    let found = wrong("Tenant name,Colour,Tenant name\nAda,red,Ada\n");
    assert_eq!(
        found,
        [
            at(1, "Colour", "column_unknown"),
            at(1, "Tenant name", "column_repeated"),
            at(1, "Tenant email", "column_missing"),
        ]
    );
    assert_refused(&taken_in(&api, &template, "Tenant name,Tenant email\n"), 422, "list_empty");
    assert_refused(&taken_in(&api, "tpl_none", &rows(1)), 404, "not_found");
    assert_eq!(api.get("/v1/bulk-sends").expect(200).json()["items"], json!([]));
    assert!(api.get("/v1/envelopes").expect(200).json()["items"].as_array().unwrap().is_empty());
}

#[test]
fn a_list_is_held_goes_on_and_is_called_off() {
    let server = setup().start();
    let api = server.api();
    let template = lease_template(&api);
    let id = id_of(taken_in(&api, &template, &rows(150)));
    ask(&api, &id, "start").expect(200);
    wait_for("some of them", || {
        let bulk = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
        (bulk["sent"].as_i64() > Some(3)).then_some(())
    });
    assert_eq!(ask(&api, &id, "pause").expect(200).json()["status"], "paused");
    // The row under way is the last one.
    let held = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json()["sent"].as_i64().unwrap();
    assert!(held < 150, "it was held in time");
    ask(&api, &id, "resume").expect(200);
    wait_for("more of them", || {
        let bulk = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
        (bulk["sent"].as_i64() > Some(held + 3)).then_some(())
    });
    let called_off = ask(&api, &id, "cancel").expect(200).json();
    assert_eq!(called_off["status"], "cancelled");
    let end = wait_for("the row under way", || {
        let bulk = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
        let sum = bulk["sent"].as_i64().unwrap() + bulk["cancelled"].as_i64().unwrap();
        (sum == 150).then_some(bulk)
    });
    assert!(end["cancelled"].as_i64() > Some(0));
    let sent = results(&api, &id).iter().filter(|it| it[2] == "sent").count();
    assert_eq!(i64::try_from(sent).unwrap(), end["sent"].as_i64().unwrap());
}

#[test]
fn a_server_that_dies_in_the_middle_neither_loses_a_row_nor_doubles_one() {
    on_both("bulk_kill", dies_in_the_middle);
}

fn dies_in_the_middle(setup: Setup) {
    let many = std::env::var("COUNTERSIGN_BULK_ROWS").ok().and_then(|it| it.parse().ok()).unwrap_or(60);
    let mut server = setup.start();
    // On PostgreSQL nobody knows that the process is gone until its leases have run out: each start is two minutes later.
    let mut ahead = 0;
    let mut later = |server: &mut Server, more: &[(&str, &str)]| {
        ahead += 120;
        let ahead = ahead.to_string();
        server.start_with(&[more, &[("COUNTERSIGN_CLOCK_AHEAD_S", ahead.as_str())]].concat());
    };
    let api = server.api();
    let template = lease_template(&api);
    let id = id_of(taken_in(&api, &template, &rows(many)));
    let sent = |server: &Server| {
        server.api().get(&format!("/v1/bulk-sends/{id}")).expect(200).json()["sent"].as_i64().unwrap()
    };
    for (death, point) in fault_point::OF_BULK.into_iter().cycle().take(4).enumerate() {
        later(&mut server, &[("COUNTERSIGN_STOP_AT", point)]);
        let path = format!("/v1/bulk-sends/{id}/{}", if death == 0 { "start" } else { "resume" });
        // It dies over the first row that it comes to, perhaps before it has answered.
        let _ = server.api().try_post(&path, &json!({}));
        let ended = wait_for("the process to end", || server.exit_status());
        assert_eq!(ended.signal(), Some(6), "{point}");
        later(&mut server, &[]);
        let before = sent(&server);
        wait_for("some more of them", || (sent(&server) >= before + 3).then_some(()));
        ask(&server.api(), &id, "pause").expect(200);
    }
    ask(&server.api(), &id, "resume").expect(200);
    let api = server.api();
    let end = patiently(many, &api, &id);
    assert_eq!((end["sent"].as_u64(), &end["failed"]), (Some(many as u64), &json!(0)));
    let results = results(&api, &id);
    let envelopes: BTreeSet<&str> = results.iter().map(|it| it[1].as_str()).collect();
    assert_eq!((results.len(), envelopes.len()), (many, many), "each row has an envelope of its own");
    let listed = all_envelopes(&api);
    assert_eq!(
        listed,
        envelopes.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>(),
        "and there are no others"
    );
}

/// A list of the full ten thousand takes longer than anything else that is waited for.
fn patiently(many: usize, api: &Api, id: &str) -> Value {
    for _ in 0..many / 100 {
        let before = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
        if before["status"] == "done" {
            break;
        }
        wait_for("some more of them", || {
            let bulk = api.get(&format!("/v1/bulk-sends/{id}")).expect(200).json();
            let moved = bulk["sent"].as_i64() >= before["sent"].as_i64().map(|it| it + 90);
            (moved || bulk["status"] == "done").then_some(())
        });
    }
    until(api, id, "done")
}

fn all_envelopes(api: &Api) -> BTreeSet<String> {
    let (mut all, mut from) = (BTreeSet::new(), String::new());
    loop {
        let page = api.get(&format!("/v1/envelopes?limit=100{from}"));
        let page = page.expect(200).json();
        all.extend(page["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => from = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn who_is_erased_waits_in_no_list_any_more() {
    let mut server = setup().start();
    let api = server.api();
    let template = lease_template(&api);
    let id = id_of(taken_in(&api, &template, &rows(3)));
    server.stop();
    let erase = ["admin", "erase", "--tenant", "Example Inc.", "--person", "person-2@example.org", "--json"];
    assert_eq!(server.setup().json(&erase)["rows"], 1);
    assert_eq!(server.setup().json(&erase)["rows"], 0, "nothing is left");
    server.start();
    let api = server.api();
    ask(&api, &id, "start").expect(200);
    let done = until(&api, &id, "done");
    assert_eq!((&done["sent"], &done["cancelled"]), (&json!(2), &json!(1)));
    assert!(server.outbox("person-2@example.org").is_empty());
}
