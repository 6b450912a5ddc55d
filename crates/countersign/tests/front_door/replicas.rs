//! Two processes on PostgreSQL and S3: each request may come to either.

use crate::given::{setup, two_in_order};
use crate::judges::{self, Bench, said};
use serde_json::Value;
use std::process::Command;
use testkit::Pdf;
use testkit::server::{Api, Server, Visit, request, wait_for};

/// The value of a variable that names a test service, or a printed skip; in CI a missing service is a failure.
#[expect(clippy::print_stdout, reason = "a skipped test has to be seen")]
pub fn service(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{variable} is not set, and in CI it has to be");
        println!(
            "Skipped: {variable} is not set (scripts/services.sh start; eval \"$(scripts/services.sh env)\")"
        );
    }
    found
}

/// A schema of its own in the test database; it goes with the test.
pub struct Schema {
    database: String,
    pub name: String,
}

impl Schema {
    pub fn new(database: &str, name: &str) -> Self {
        let name = format!("{name}{}", std::process::id());
        let schema = Self { database: database.to_owned(), name };
        schema.administer(&format!("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}", schema.name));
        schema
    }

    pub fn address(&self) -> String {
        format!("{}?options[search_path]={}", self.database, self.name)
    }

    pub fn administer(&self, sql: &str) {
        let mut psql = Command::new("psql");
        let output = psql.args(["-X", "-q", "-d", &self.database, "-c", sql]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.administer(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}

/// The two, and whose turn it is.
pub struct Pair {
    pub servers: [Server; 2],
    turn: std::cell::Cell<usize>,
}

impl Pair {
    fn next(&self) -> &Server {
        self.turn.set(self.turn.get() + 1);
        &self.servers[self.turn.get() % 2]
    }

    fn api(&self) -> Api {
        self.next().api()
    }

    /// The visit as it goes on at the other one.
    fn over(&self, visit: &Visit) -> Visit {
        Visit { port: self.next().port(), ..visit.clone() }
    }

    fn sign(&self, to: &str) {
        let visit = self.next().visit(to);
        let consent = self.over(&visit).read().json()["consent"]["version"].clone();
        let body = serde_json::json!({ "version": consent });
        self.over(&visit).ask("POST", "/consent", &body).expect(200);
        assert_eq!(self.over(&visit).read().json()["state"], "ready");
        self.over(&visit).ask("GET", "/documents/1", &Value::Null).expect(200);
        let act = self.over(&visit).whole_act();
        self.over(&visit).ask("POST", "/finish", &act).expect(200);
        assert_eq!(self.over(&visit).ask("POST", "/finish", &act).code(), "already_acted");
    }
}

/// The two over one database and one bucket, where these are there.
pub fn pair(name: &str) -> Option<(Schema, Pair)> {
    let (database, blobs) = (service("COUNTERSIGN_TEST_PG")?, service("COUNTERSIGN_TEST_S3")?);
    let schema = Schema::new(&database, name);
    let first = setup();
    let key = first.folder().join("master.key");
    let first = first
        .at("--database", &schema.address())
        .at("--blobs", &blobs)
        .at("--master-key-file", key.to_str().unwrap())
        .with("COUNTERSIGN_PUBLIC_URL", "http://sign.example.org");
    let second = first.beside();
    let pair = Pair { servers: [first.start(), second.start()], turn: 0.into() };
    assert_eq!(pair.servers[0].api().key, pair.servers[1].api().key);
    Some((schema, pair))
}

#[test]
fn a_flow_whose_requests_alternate_between_two_processes_ends_completed() {
    let Some((_schema, pair)) = pair("alternate") else { return };
    let bench = Bench::new();
    let upload = pair.api().uploaded(&Pdf::contract().bytes());
    let made = pair.api().post("/v1/envelopes", &two_in_order(&upload)).expect(201).json();
    let id = made["id"].as_str().unwrap();
    pair.api().post(&format!("/v1/envelopes/{id}/send"), &Value::Null).expect(200);
    pair.sign("ada@example.org");
    pair.sign("emile@example.org");
    pair.api().wait_until(id, "completed");

    let files = [pair.api(), pair.api()].map(|api| api.file(id, "documents/1"));
    assert!(files[0] == files[1], "both give the same file");
    let evidence = pair.api().file(id, "evidence.json");
    assert_eq!(judges::evidence(&evidence, &[&files[0]]).unwrap().pdfs[0].event_heads.len(), 3);
    let roots = [0, 1].map(|number| pair.servers[number].get("/pki/ca.pem").expect(200).body);
    assert_eq!(roots[0], roots[1], "there is one authority");
    let (file, root) = (bench.lay("last.pdf", &files[0]), bench.lay("ca.pem", &roots[0]));
    judges::pyhanko_accepts(&file, &root, 3);
    judges::readers_accept(&file, 3);
    let happened = pair.api().happened(id);
    for (kind, number) in [("signing_intended", 2), ("recipient_signed", 2), ("envelope_sealed", 1)] {
        assert_eq!(happened.iter().filter(|it| *it == kind).count(), number, "{kind}");
    }
    for mut server in pair.servers {
        assert!(server.stop().success());
    }
}

#[test]
fn an_act_whose_process_died_over_it_is_done_by_the_other_one() {
    let Some((_schema, mut pair)) = pair("heir") else { return };
    pair.servers[0].start_with(&[("COUNTERSIGN_STOP_AT", "act.stored")]);
    let [dying, heir] = &pair.servers;
    let id = crate::given::sent_to_one(&heir.api());
    let visit = heir.visit("ada@example.org");
    visit.consent().expect(200);
    let act = visit.whole_act();
    let there = Visit { port: dying.port(), ..visit };
    assert!(there.try_ask("POST", "/finish", &act).is_err(), "the process ends before it can answer");

    // The dead process holds the act for a minute, by its lease.
    heir.api().wait_until(&id, "completed");
    let happened = heir.api().happened(&id);
    for kind in ["signing_intended", "recipient_signed", "envelope_sealed"] {
        assert_eq!(happened.iter().filter(|it| *it == kind).count(), 1, "{kind}");
    }
    let file = heir.api().file(&id, "documents/1");
    judges::evidence(&heir.api().file(&id, "evidence.json"), &[&file]).unwrap();
}

#[test]
fn what_one_process_allowed_counts_at_the_other() {
    let Some((_schema, pair)) = pair("counted") else { return };
    let _ = pair.servers[0].setup().tenant("Second Inc.", "other@example.org");
    let ask = |email: &str| {
        let body = serde_json::json!({ "email": email }).to_string();
        let answer = request(pair.next().port(), "POST", "/v1/sign-in", &[], body.as_bytes());
        answer.unwrap().expect(202);
    };
    for email in ["owner@example.org"; 4].into_iter().chain(["other@example.org"]) {
        ask(email);
    }
    for to in ["other@example.org", "owner@example.org"] {
        wait_for("the mail with the link", || (pair.next().outbox(to).len() == 1).then_some(()));
    }
}
