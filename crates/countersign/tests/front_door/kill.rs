//! `kill -9`, at every named place between a click and the stored result and at moments of chance: what was
//! acknowledged is done, and done once.

use crate::given::{place, setup};
use crate::judges;
use crate::replicas::{Schema, service};
use ::service::fault_point;
use pades::Indication;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::io::Result;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::Pdf;
use testkit::server::{Answer, Api, Mail, Mailbox, Server, Setup, wait_for};

/// Three invitations, the sender hears of the first two acts, and four hear that it is completed.
const MAILS: usize = 9;
/// So many envelopes are under way at once when the process is killed by chance.
const AT_ONCE: usize = 3;

/// An envelope of two documents, somebody who fills in and two signers in order, and how far those outside know it to be.
struct Case {
    number: usize,
    id: Option<String>,
    acknowledged: Vec<usize>,
}

impl Case {
    fn new(number: usize) -> Self {
        Self { number, id: None, acknowledged: Vec::new() }
    }

    fn address(&self, recipient: usize) -> String {
        format!("signer{recipient}.of{}@example.org", self.number)
    }

    fn id(&self) -> &str {
        self.id.as_deref().unwrap()
    }

    fn draft(&self, uploads: &[Value; 2]) -> Value {
        let person = |number: usize| json!({"name": "Ada", "email": self.address(number), "step": number});
        let mut filler = person(1);
        filler["role"] = "filler".into();
        let text =
            json!({"type": "text", "page": 1, "x": 72, "y": 500, "width": 180, "height": 20, "recipient": 1});
        let mut fields = [text, place(1, 100, 2), place(1, 300, 3), place(1, 100, 2), place(1, 300, 3)];
        fields[3]["document"] = 2.into();
        fields[4]["document"] = 2.into();
        json!({"title": "Twofold", "documents": uploads.clone().map(|it| json!({"upload": it})),
               "recipients": [filler, person(2), person(3)], "fields": fields})
    }

    /// Does what is to be done next, as a program does that looks before it acts; says whether all is done.
    fn step(&mut self, api: &Api) -> Result<bool> {
        let Some(id) = self.id.clone() else {
            let files = [Pdf::contract(), Pdf::one_page()].map(|it| it.bytes());
            let mut uploads = [Value::Null, Value::Null];
            for (upload, file) in uploads.iter_mut().zip(&files) {
                *upload = api.try_ask("POST", "/v1/uploads", &[], file)?.expect(201).json()["id"].clone();
            }
            let made = api.try_post("/v1/envelopes", &self.draft(&uploads))?.expect(201).json();
            self.id = made["id"].as_str().map(str::to_owned);
            return Ok(false);
        };
        let path = format!("/v1/envelopes/{id}");
        let envelope = get(api, &path)?;
        match envelope["status"].as_str().unwrap() {
            "draft" => drop(api.try_post(&format!("{path}/send"), &Value::Null)?.expect(200)),
            "in_progress" => self.act(api, &path, &envelope)?,
            status => return Ok(status == "completed"),
        }
        Ok(false)
    }

    fn act(&mut self, api: &Api, path: &str, envelope: &Value) -> Result<()> {
        let events = get(api, &format!("{path}/events"))?;
        let invited = |it: &&Value| it["summary"].as_str().is_some_and(|it| it.contains("(invitation)"));
        let mails = events["items"].as_array().unwrap().iter().filter(invited).count();
        for (number, recipient) in (1..).zip(envelope["recipients"].as_array().unwrap()) {
            let may_act = ["invited", "opened", "consented"].iter().any(|it| recipient["status"] == **it);
            // They come by their mail: an invitation that is overtaken would not be sent.
            if !may_act || mails < number {
                continue;
            }
            let link = api.try_post(&format!("{path}/recipients/{number}/links"), &Value::Null)?.expect(201);
            let token = link.json()["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            let visit = testkit::server::Visit { port: api.port, token };
            let version = visit.try_ask("GET", "", &Value::Null)?.json()["consent"]["version"].clone();
            visit.try_ask("POST", "/consent", &json!({ "version": version }))?.expect(200);
            let shown = visit.try_ask("GET", "", &Value::Null)?.expect(200).json();
            visit.try_ask("POST", "/finish", &testkit::server::whole_act(&shown))?.expect(200);
            self.acknowledged.push(number);
        }
        Ok(())
    }

    /// Holds everything that is promised of a completed envelope.
    fn check(&self, server: &Server, api: &Api, mails: &[Mail]) {
        let events = wait_for("the mails and the audit trail", || {
            let events = get(api, &format!("/v1/envelopes/{}/events", self.id())).unwrap()["items"].clone();
            let done = count(&events, "message_sent") >= MAILS && count(&events, "audit_trail_issued") == 1;
            done.then_some(events)
        });
        assert!(self.acknowledged.is_sorted_by(|one, next| one < next), "no act was taken twice");
        for (kind, number) in [
            ("filling_intended", 1),
            ("recipient_filled", 1),
            ("signing_intended", 2),
            ("recipient_signed", 2),
            ("envelope_sealed", 1),
            ("envelope_completed", 1),
            ("message_sent", MAILS),
        ] {
            assert_eq!(count(&events, kind), number, "{kind} of {events}");
        }
        let root = server.get("/pki/ca.pem").expect(200).text();
        let trust = pki::Certificate::all_from_pem(&root).unwrap();
        let files: Vec<Vec<u8>> =
            (1..=2).map(|number| api.file(self.id(), &format!("documents/{number}"))).collect();
        for file in &files {
            let options =
                pades::Options { trust: trust.clone(), at: judges::now(), require_revocation: false };
            let report = pades::verify(Arc::new(file.clone()), &options).unwrap();
            assert_eq!(report.signatures.len(), 3, "one for each act, and the seal");
            assert!(
                report.signatures.iter().all(|it| it.indication == Indication::TotalPassed),
                "{report:?}"
            );
        }
        judges::evidence(&api.file(self.id(), "evidence.json"), &[&files[0], &files[1]]).unwrap();
        for recipient in [1, 2, 3] {
            let own = mails.iter().filter(|mail| mail.to == self.address(recipient));
            assert_eq!(by_id(own).len(), 2, "an invitation, and the news that it is completed");
        }
    }
}

fn get(api: &Api, path: &str) -> Result<Value> {
    Ok(api.try_ask("GET", path, &[], &[])?.expect(200)).map(|answer: Answer| answer.json())
}

fn count(events: &Value, kind: &str) -> usize {
    events.as_array().unwrap().iter().filter(|event| event["type"] == kind).count()
}

/// How often each mail came.
fn by_id<'m>(mails: impl Iterator<Item = &'m Mail>) -> BTreeMap<&'m str, usize> {
    let mut found = BTreeMap::new();
    for mail in mails {
        *found.entry(mail.id.as_str()).or_default() += 1;
    }
    found
}

/// A server that sends mails to a mail server of ours, and a program with a live key.
fn in_earnest(setup: Setup) -> (Server, Api, Mailbox) {
    let mailbox = Mailbox::open();
    let server = setup.in_earnest().with_all(mailbox.settings()).start();
    let api = server.api_with(&server.setup().live_key());
    (server, api, mailbox)
}

#[test]
fn a_process_that_stops_at_any_named_place_is_taken_up_where_it_stopped() {
    for point in fault_point::ALL {
        is_taken_up_after(point, setup(), || ());
    }
}

#[test]
fn a_process_that_stops_at_any_named_place_is_taken_up_on_postgresql_too() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    // Each has a schema of its own, and two at a time use what there is of the machine.
    let points = Mutex::new(fault_point::ALL.iter());
    let work = || {
        loop {
            let Some(point) = points.lock().unwrap().next() else { break };
            let schema = Schema::new(&database, &point.replace('.', "_"));
            is_taken_up_after(point, setup().at("--database", &schema.address()), || {
                // Another process may live there, so that a job that was begun is free when its lease is over and not
                // before: its minute passes here.
                schema.administer(&format!(
                    "UPDATE {}.jobs SET leased_until = 1 WHERE leased_until > 1",
                    schema.name
                ));
            });
        }
    };
    std::thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        assert!(workers.into_iter().all(|worker| worker.join().is_ok()), "a point failed, as said above");
    });
}

/// An envelope whose server stops at this place, and is started again after `meanwhile`, is completed, once.
fn is_taken_up_after(point: &str, setup: Setup, meanwhile: impl Fn()) {
    let (mut server, api, mailbox) = in_earnest(setup);
    let mut case = Case::new(1);
    server.start_with(&[("COUNTERSIGN_STOP_AT", point)]);
    wait_for(&format!("the process to stop at {point}"), || case.step(&api).err());
    let ended = wait_for("the process to end", || server.exit_status());
    assert_eq!(ended.signal(), Some(6), "{point}: it stopped itself");

    meanwhile();
    server.start();
    wait_for(&format!("the envelope to be completed after {point}"), || {
        case.step(&api).unwrap().then_some(())
    });

    wait_for("the last mail", || (by_id(mailbox.mails().iter()).len() >= MAILS).then_some(()));
    let mails = mailbox.mails();
    case.check(&server, &api, &mails);
    let found = by_id(mails.iter());
    let repeated = found.values().filter(|times| **times > 1).count();
    assert_eq!(found.len(), MAILS, "{point}: {found:?}");
    assert_eq!(repeated, usize::from(point == "mail.accepted"), "{point}: {found:?}");
    assert_eq!(mails.len(), MAILS + repeated, "{point}: {found:?}");
}

#[test]
fn acts_under_way_at_a_moment_of_chance_are_done_once() {
    let kills = std::env::var("COUNTERSIGN_KILLS").map_or(12, |it| it.parse().unwrap());
    let (mut server, api, mailbox) = in_earnest(setup());
    let (mut cases, mut completed) = (VecDeque::new(), Vec::new());
    let mut chance: u64 = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..kills {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = Duration::from_millis((chance >> 33) % 1200);
        let process = server.process().to_string();
        let killer = std::thread::spawn(move || {
            // No waiting for something: the moment itself is what is tried.
            std::thread::sleep(moment);
            Command::new("kill").args(["-9", &process]).status().unwrap()
        });
        let mut alive = true;
        while alive {
            while cases.len() < AT_ONCE {
                cases.push_back(Case::new(cases.len() + completed.len()));
            }
            let mut case = cases.pop_front().unwrap();
            let stepped = case.step(&api);
            alive = stepped.is_ok();
            if stepped.is_ok_and(|done| done) { completed.push(case) } else { cases.push_back(case) }
        }
        assert!(killer.join().unwrap().success());
        server.start();
    }
    let mut cases: Vec<Case> = cases.into_iter().chain(completed).collect();
    for case in &mut cases {
        wait_for("the rest to be completed", || case.step(&api).unwrap().then_some(()));
    }
    let expected = cases.len() * MAILS;
    wait_for("the last mail", || (by_id(mailbox.mails().iter()).len() >= expected).then_some(()));
    let mails = mailbox.mails();
    for case in &cases {
        case.check(&server, &api, &mails);
    }
    let found = by_id(mails.iter());
    assert_eq!(found.len(), expected, "each mail has one Message-ID, however often it was sent");
    assert!(mails.len() - found.len() <= kills * AT_ONCE, "{found:?}");
}
