//! Two who sign at the same time: their finishes leave in one instant, fifty times over. Each signature stands in the
//! document, is valid, and its event names the revision that its signer was shown.

use crate::given::{place, setup};
use crate::judges::{self, Bench};
use crate::replicas::pair;
use pades::Indication;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use testkit::Pdf;
use testkit::server::{Api, Server, Visit};

const TIMES: usize = 50;
/// So many pairs at once.
const LANES: usize = 5;

/// An envelope of a small document for two of one step, sent; its id.
pub fn for_two(api: &Api) -> String {
    let upload = api.uploaded(&Pdf::one_page().bytes());
    let people = json!([
        {"name": "Ada Lovelace", "email": "ada@example.org", "step": 1},
        {"name": "Emil Post", "email": "emil@example.org", "step": 1},
    ]);
    api.sent(&json!({
        "title": "Lease", "documents": [{"upload": upload}], "recipients": people,
        "fields": [place(1, 600, 1), place(1, 300, 2)],
    }))
}

/// Somebody in front of their page who has only to click; what the click sends.
fn ready(api: &Api, id: &str, recipient: usize, port: u16) -> (Visit, Value) {
    let visit = Visit { port, ..api.visit(id, recipient) };
    visit.consent().expect(200);
    let act = visit.whole_act();
    (visit, act)
}

/// Both click in one instant, the second one at this port.
fn finish_together(api: &Api, port: u16) -> (String, [Value; 2]) {
    let id = for_two(api);
    let both = [ready(api, &id, 1, api.port), ready(api, &id, 2, port)];
    let instant = Barrier::new(2);
    std::thread::scope(|scope| {
        for (visit, act) in &both {
            scope.spawn(|| {
                instant.wait();
                visit.ask("POST", "/finish", act).expect(200);
            });
        }
    });
    (id, both.map(|(_, act)| act["revisions"]["1"].clone()))
}

/// Holds that both signatures and the seal are in the document and valid, for us and for pyHanko, and that the events
/// name what each was `shown`; the file and the events' bodies with their types.
pub fn both_stand(
    api: &Api,
    id: &str,
    shown: &[Value; 2],
    roots: &[&Path],
    bench: &Bench,
) -> Vec<(String, Value)> {
    assert_eq!(api.wait_until(id, "completed")["problem"], Value::Null);
    let file = api.file(id, "documents/1");
    let pem: Vec<u8> = roots.iter().flat_map(|root| std::fs::read(root).unwrap()).collect();
    let trust = pki::Certificate::all_from_pem(&String::from_utf8(pem).unwrap()).unwrap();
    let options = pades::Options { trust, at: judges::now(), require_revocation: false };
    let report = pades::verify(Arc::new(file.clone()), &options).unwrap();
    assert_eq!(report.signatures.len(), 3, "two signers, and the seal");
    assert!(report.signatures.iter().all(|it| it.indication == Indication::TotalPassed), "{report:?}");
    let lying = bench.lay(&format!("{id}.pdf"), &file);
    if let Some(said) = testkit::pyhanko::judge(&lying, roots, None, true) {
        let signatures = said["signatures"].as_array().unwrap();
        assert_eq!(signatures.len(), 3, "{said}");
        for key in ["intact", "valid", "trusted", "bottom_line", "docmdp_ok"] {
            assert!(signatures.iter().all(|it| it[key] == true), "{key}: {said}");
        }
    }

    let evidence = api.file(id, "evidence.json");
    assert_eq!(judges::evidence(&evidence, &[&file]).unwrap().pdfs[0].event_heads.len(), 3);
    let evidence: Value = serde_json::from_slice(&evidence).unwrap();
    let entries = evidence["entries"].as_array().unwrap().iter().map(|it| &it["entry"]);
    let told: Vec<_> =
        entries.map(|it| (it["type"].as_str().unwrap().to_owned(), it["body"].clone())).collect();
    let bodies = |kind: &str| told.iter().filter(|it| it.0 == kind).map(|it| &it.1).collect::<Vec<_>>();
    let intents = bodies("signing_intended");
    assert_eq!(intents.len(), 2);
    for (intent, number) in intents.iter().zip(intents.iter().map(|it| it["recipient"].as_u64().unwrap())) {
        let shown = &shown[usize::try_from(number).unwrap() - 1];
        assert_eq!(intent["shown"]["1"], *shown, "the event of {number} names what they were shown");
        let prefix = bodies("envelope_sent")[0]["revisions"][0].clone();
        assert_eq!(
            (&prefix["digest"], begins(&file, &prefix)),
            (shown, true),
            "and it is in what they signed"
        );
    }
    let signed = bodies("recipient_signed");
    assert_eq!(signed.len(), 2, "each once");
    assert_ne!(signed[0]["recipient"], signed[1]["recipient"]);
    assert_eq!(signed[1]["revisions"][0]["base"], signed[0]["revisions"][0]["digest"], "one on the other");
    told
}

/// Whether a file begins with this revision.
fn begins(file: &[u8], revision: &Value) -> bool {
    let length = usize::try_from(revision["length"].as_u64().unwrap()).unwrap();
    evidence::Hash::of(&file[..length]).to_string() == revision["digest"].as_str().unwrap()
}

fn fifty_times(one: &Server, other: &Server) {
    let (api, bench) = (one.api(), Bench::new());
    let root = bench.lay("ca.pem", &one.get("/pki/ca.pem").expect(200).body);
    let overlapped = AtomicUsize::new(0);
    let lane = || {
        let all: Vec<_> = (0..TIMES / LANES).map(|_| finish_together(&api, other.port())).collect();
        for (id, shown) in &all {
            let told = both_stand(&api, id, shown, &[&root], &bench);
            let kinds: Vec<&str> = told.iter().map(|it| it.0.as_str()).collect();
            let last_click = kinds.iter().rposition(|it| *it == "signing_intended");
            let first_signed = kinds.iter().position(|it| *it == "recipient_signed");
            overlapped.fetch_add(usize::from(last_click < first_signed), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES).map(|_| scope.spawn(lane)).collect();
        assert!(lanes.into_iter().all(|lane| lane.join().is_ok()), "a pair failed, as said above");
    });
    let overlapped = overlapped.into_inner();
    assert!(overlapped > 0, "not once did one come while the other was on its way");
}

#[test]
fn two_of_one_step_who_finish_in_the_same_instant_both_sign_fifty_times_over() {
    let server = setup().start();
    fifty_times(&server, &server);
}

#[test]
fn two_of_one_step_who_finish_in_the_same_instant_at_two_processes_on_postgresql_both_sign() {
    let Some((_schema, pair)) = pair("instant") else { return };
    let [one, other] = &pair.servers;
    fifty_times(one, other);
}
