//! Which envelopes an export is about, how many, and what is in it of whom data were erased.

use crate::exports::filled;
use crate::given::setup;
use crate::judges::said;
use crate::refusals::assert_refused;
use crate::templates::{lease_template, on_both};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::Command;
use testkit::server::{Api, Setup, wait_for};

fn of(api: &Api, path: &str, what: &str, id: &str) -> BTreeSet<String> {
    let answer = api.get(path).expect(200).json();
    let items = answer["items"].as_array().expect(what);
    items.iter().map(|it| it[id].as_str().unwrap().to_owned()).collect()
}

/// What an export holds, which is what the list of the same words shows.
fn exported(api: &Api, words: &str) -> BTreeSet<String> {
    let exported = of(api, &format!("/v1/values?{words}"), words, "envelope");
    assert_eq!(exported, of(api, &format!("/v1/envelopes?limit=100&{words}"), words, "id"), "{words}");
    exported
}

#[test]
fn an_export_holds_what_the_list_of_the_same_words_shows() {
    on_both("exports_filter", holds_what_the_list_shows);
}

fn holds_what_the_list_shows(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = |answer: Value| answer["id"].as_str().unwrap().to_owned();
    let done = filled(&api, "Filled by both");
    let template = lease_template(&api);
    let usage = json!({"people": [{"role": "Tenant", "name": "Cleo", "email": "cleo@example.org"}]});
    let used = id(api.post(&format!("/v1/templates/{template}/use"), &usage).expect(201).json());
    let bulk = id(crate::bulk::taken_in(&api, &template, &crate::bulk::rows(2)).expect(201).json());
    api.post(&format!("/v1/bulk-sends/{bulk}/start"), &json!({})).expect(200);
    wait_for("the list", || {
        let now = api.get(&format!("/v1/bulk-sends/{bulk}")).expect(200).json();
        (now["status"] == "done").then_some(())
    });
    let set = |ids: &[&String]| ids.iter().map(|it| (*it).clone()).collect::<BTreeSet<_>>();
    assert_eq!(exported(&api, "").len(), 4);
    assert_eq!(exported(&api, "status=completed"), set(&[&done]));
    assert_eq!(exported(&api, "q=by+BOTH"), set(&[&done]));
    assert_eq!(exported(&api, "status=draft"), set(&[&used]));
    assert_eq!(exported(&api, &format!("template={template}")).len(), 3);
    let of_bulk = exported(&api, &format!("bulk={bulk}"));
    assert!(of_bulk.len() == 2 && !of_bulk.contains(&used));
    assert!(exported(&api, "template=tpl_none").is_empty());
    assert!(exported(&api, "bulk=blk_none").is_empty());
    assert_eq!(exported(&api, "created_from=2020-01-01&created_before=2999-01-01").len(), 4);
    assert!(exported(&api, "created_from=2999-01-01").is_empty());
    assert!(exported(&api, "created_before=2020-01-01T00:00:00Z").is_empty());
    // The instant itself is in what begins there, and not in what ends there.
    let at = api.envelope(&done)["created_at"].as_str().unwrap().to_owned();
    assert!(exported(&api, &format!("created_from={at}")).contains(&done));
    assert!(!exported(&api, &format!("created_before={at}")).contains(&done));
    assert_refused(&api.get("/v1/values?created_from=yesterday"), 400, "instant_malformed");
    assert_refused(&api.get("/v1/values?format=docx"), 400, "query_malformed");
    assert!(exported(&api, "shelf=trash").is_empty());
    api.post(&format!("/v1/envelopes/{done}/trash"), &json!({})).expect(200);
    assert_eq!(exported(&api, "shelf=trash"), set(&[&done]));
    for format in ["csv", "xlsx", "xml", "json"] {
        api.get(&format!("/v1/values?status=expired&format={format}")).expect(200);
    }
}

#[test]
fn what_was_erased_is_exported_no_more() {
    let server = setup().start();
    let api = server.api();
    let id = filled(&api, "Filled by both");
    let export =
        |format: &str| api.get(&format!("/v1/envelopes/{id}/values?format={format}")).expect(200).text();
    assert!(export("csv").contains("ada@example.org") && export("json").contains("4711"));
    // Until the audit trail is made, her name is still needed.
    let trail = format!("/v1/envelopes/{id}/audit.pdf");
    wait_for("the audit trail", || (api.get(&trail).status == 200).then_some(()));
    let command = ["admin", "erase", "--tenant", "Example Inc.", "--person", "ada@example.org", "--json"];
    let erased = server.setup().command(&command);
    assert!(erased.status.success(), "{}", said(&erased));
    for format in ["csv", "json", "xml"] {
        let text = export(format);
        for word in ["ada@example.org", "4711", "HYPERLINK", "1990-12-31", "licence.pdf"] {
            assert!(!text.contains(word), "{word} in {format}: {text}");
        }
        assert!(text.contains("@rot") && text.contains("ben@example.org"), "another's stays: {text}");
    }
}

/// So many envelopes go into one file.
const MOST: usize = service::exports::ENVELOPES_MAX;

#[test]
fn ten_thousand_envelopes_go_into_one_file_and_one_more_does_not() {
    let Some(python) = std::env::var_os("COUNTERSIGN_PYTHON") else { return };
    let server = setup().start();
    let api = server.api();
    crate::given::sent_to_one(&api);
    // Lines of the list alone: what counts is how many there are.
    let script = "import sqlite3, sys\n\
        db = sqlite3.connect(sys.argv[1], timeout=20)\n\
        names = [row[1] for row in db.execute('PRAGMA table_info(envelopes)')]\n\
        row = dict(zip(names, db.execute('SELECT * FROM envelopes').fetchone()))\n\
        rows = [[f'env_{n}' if name == 'envelope' else row[name] for name in names] for n in range(int(sys.argv[2]))]\n\
        db.executemany(f'INSERT INTO envelopes VALUES ({\",\".join(\"?\" * len(names))})', rows)\n\
        db.commit()";
    let put = |many: usize| {
        let file = server.setup().folder().join("data/countersign.db");
        let output = Command::new(&python).args(["-c", script]).arg(file).arg(many.to_string()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", said(&output));
    };
    put(MOST - 1);
    let answer = api.get("/v1/values?format=csv").expect(200);
    assert_eq!(answer.text().lines().count(), 2, "the only one that has events, and the headings");
    crate::given::sent_to_one(&api);
    for format in ["json", "csv"] {
        let answer = api.get(&format!("/v1/values?format={format}"));
        assert_refused(&answer, 422, "export_too_large");
    }
    api.get("/v1/values?format=csv&q=nobody").expect(200);
}
