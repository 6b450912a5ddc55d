//! Who may use each route: nobody, a stranger's key, another recipient's link, a link whose act is done, a revoked key.
//! The routes come from the router itself; one without its row here fails.

use crate::given::{place, setup};
use crate::judges::countersign;
use crate::parts::{draft, somebody};
use crate::person::Person;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::server::{Answer, Api, Server, Visit, request, wait_for};

/// What the five are answered, in the order of [`CALLERS`].
pub type Answers = [u16; 5];

const CALLERS: [&str; 5] = [
    "nobody",
    "another tenant's key",
    "another recipient's link",
    "a finished recipient's link",
    "a revoked key",
];

/// For those who know a key: of an envelope that is another tenant's it is not even said that it exists.
const OF_A_KEY: Answers = [401, 404, 401, 401, 401];
/// A stranger gets what is theirs, which is not ours.
const OF_ONES_OWN: Answers = [401, 200, 401, 401, 401];
/// The same for what holds for envelopes in earnest too, which the stranger's test key cannot change even at home.
const OF_A_TEST_KEY: Answers = [401, 403, 401, 401, 401];
const MADE: Answers = [401, 201, 401, 401, 401];
/// For a recipient at their page: keys are no links, others have not proved to be this person, and what is done is done.
const OF_A_PAGE: Answers = [401, 404, 403, 409, 404];
/// The same, where a link that has ended is told from one that never was good for it.
const OF_FILES: Answers = [401, 404, 403, 410, 404];
const OF_DOWNLOADS: Answers = [401, 404, 410, 410, 404];
/// A page says to each recipient how they stand, and nothing of what is another's.
const PAGE: Answers = [401, 404, 200, 200, 404];
/// An answer that is right for somebody else is wrong.
const OF_AN_ANSWER: Answers = [401, 404, 422, 409, 404];
/// The desk knows its people by a cookie alone.
const OF_THE_DESK: Answers = [401; 5];
/// Only an admin at the desk: no key, whoever's it is.
const OF_AN_ADMIN: Answers = [401, 403, 401, 401, 401];
const OPEN: Answers = [202; 5];

pub fn rows() -> Vec<(&'static str, Value, Answers)> {
    let none = || Value::Null;
    let recipient = "/v1/envelopes/{envelope}/recipients/{recipient}";
    let of_recipients = [
        ("PUT authentication", json!({"authentication": []})),
        ("POST correct", json!({"email": "eve@example.org"})),
        ("POST delegation", json!({"accept": true})),
        ("POST links", none()),
        ("POST remind", none()),
        ("POST remove", none()),
        ("POST replace", json!({"name": "Eve", "email": "eve@example.org"})),
        ("POST resend", none()),
        ("POST unlock", none()),
    ];
    let mut rows = vec![
        // Who calls back shows a secret of their own, or a signature; nobody's key is one.
        ("POST /hooks/mail/{source}", none(), [401; 5]),
        ("POST /hooks/telephone/{provider}", none(), [404; 5]),
        ("GET /hooks/telephone/{provider}", none(), [404; 5]),
        ("GET /v1/ceremony", none(), PAGE),
        ("GET /v1/ceremony/audit.pdf", none(), OF_DOWNLOADS),
        ("POST /v1/ceremony/challenge", json!({"method": "pin"}), OF_A_PAGE),
        ("POST /v1/ceremony/challenge/answer", json!({"method": "pin", "answer": ADAS_PIN}), OF_AN_ANSWER),
        ("POST /v1/ceremony/consent", json!({"version": service::ceremony::CONSENT_VERSION}), OF_A_PAGE),
        ("POST /v1/ceremony/consent/withdraw", none(), OF_A_PAGE),
        ("POST /v1/ceremony/decline", json!({"reason": "No"}), OF_A_PAGE),
        ("POST /v1/ceremony/delegate", json!({"name": "Eve", "email": "eve@example.org"}), OF_A_PAGE),
        ("GET /v1/ceremony/documents.zip", none(), OF_DOWNLOADS),
        ("GET /v1/ceremony/documents/{document}", none(), OF_FILES),
        ("GET /v1/ceremony/files/{field}", none(), OF_FILES),
        ("PUT /v1/ceremony/files/{field}", json!("Forged"), OF_A_PAGE),
        ("DELETE /v1/ceremony/files/{field}", none(), OF_A_PAGE),
        ("GET /v1/ceremony/documents/{document}/pages/{page}", none(), OF_FILES),
        ("PUT /v1/ceremony/fields", json!({"fields": []}), OF_A_PAGE),
        ("POST /v1/ceremony/finish", json!({"agreed": true}), OF_A_PAGE),
        ("POST /v1/ceremony/renew", none(), OF_DOWNLOADS),
        ("PUT /v1/ceremony/values", json!({"values": {"field_1": "Eve"}}), OF_A_PAGE),
        ("GET /v1/api-keys", none(), OF_AN_ADMIN),
        ("POST /v1/api-keys", json!({"label": "Forged"}), OF_AN_ADMIN),
        ("DELETE /v1/api-keys/{key}", none(), OF_AN_ADMIN),
        ("GET /v1/bulk-sends", none(), OF_ONES_OWN),
        ("POST /v1/bulk-sends", none(), OF_A_KEY),
        ("GET /v1/bulk-sends/{bulk}", none(), OF_A_KEY),
        ("POST /v1/bulk-sends/{bulk}/cancel", none(), OF_A_KEY),
        ("POST /v1/bulk-sends/{bulk}/pause", none(), OF_A_KEY),
        ("POST /v1/bulk-sends/{bulk}/resume", none(), OF_A_KEY),
        ("POST /v1/bulk-sends/{bulk}/start", none(), OF_A_KEY),
        ("GET /v1/bulk-sends/{bulk}/results.csv", none(), OF_A_KEY),
        ("GET /v1/choice-lists/{list}", none(), OF_ONES_OWN),
        ("GET /v1/contacts", none(), OF_ONES_OWN),
        ("POST /v1/contacts", json!({"name": "Eve", "email": "eve@example.org"}), MADE),
        ("GET /v1/contacts/{contact}", none(), OF_A_KEY),
        ("PATCH /v1/contacts/{contact}", json!({"phone": "+33600000000"}), OF_A_KEY),
        ("DELETE /v1/contacts/{contact}", none(), OF_A_KEY),
        // An address for editing shows itself in a way of its own, which a key and a link to sign are not.
        ("GET /v1/edit-link", none(), [401; 5]),
        ("POST /v1/edit-link/sign", none(), [401; 5]),
        ("GET /v1/envelopes", none(), OF_ONES_OWN),
        ("POST /v1/envelopes", json!({}), MADE),
        ("GET /v1/envelopes/{envelope}", none(), OF_A_KEY),
        ("PUT /v1/envelopes/{envelope}", json!({"title": "Forged"}), OF_A_KEY),
        ("DELETE /v1/envelopes/{envelope}", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/archive", none(), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/audit.pdf", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/cancel", json!({"reason": "Forged"}), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/documents.zip", none(), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/documents/{document}", none(), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/documents/{document}/pages/{page}", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/edit-link", json!({}), OF_A_KEY),
        ("DELETE /v1/envelopes/{envelope}/edit-link", none(), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/events", none(), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/evidence.json", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/extend", json!({"expires_in_days": 300}), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/files/{field}", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/hand-over", json!({"email": "others@example.org"}), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/remind", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/restore", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/send", none(), OF_A_KEY),
        ("POST /v1/envelopes/{envelope}/trash", none(), OF_A_KEY),
        ("GET /v1/envelopes/{envelope}/values", none(), OF_A_KEY),
        // A stranger has none of their own, and theirs is no key that may set one.
        ("GET /v1/identity-provider", none(), OF_A_KEY),
        ("PUT /v1/identity-provider", json!({"name": "Forged"}), [401, 403, 401, 401, 401]),
        ("DELETE /v1/identity-provider", none(), [401, 403, 401, 401, 401]),
        // A public link is opened by its own token alone, which is none of these.
        ("GET /v1/public-form", none(), [401, 404, 404, 404, 404]),
        (
            "POST /v1/public-form/start",
            json!({"name": "Eve", "email": "eve@example.org"}),
            [401, 404, 404, 404, 404],
        ),
        ("GET /v1/session", none(), OF_THE_DESK),
        ("GET /v1/settings/consent/{language}", none(), OF_ONES_OWN),
        ("PUT /v1/settings/consent/{language}", json!({"text": ["Forged"]}), OF_A_TEST_KEY),
        ("DELETE /v1/settings/consent/{language}", none(), OF_A_TEST_KEY),
        ("GET /v1/settings/defaults", none(), OF_ONES_OWN),
        ("PUT /v1/settings/defaults", json!({"expires_in_days": 1}), OF_A_TEST_KEY),
        ("GET /v1/settings/mails", none(), OF_ONES_OWN),
        ("GET /v1/settings/mails/{kind}/{language}", none(), OF_ONES_OWN),
        (
            "PUT /v1/settings/mails/{kind}/{language}",
            json!({"subject": "x", "text": "{{ link }}"}),
            OF_A_TEST_KEY,
        ),
        ("DELETE /v1/settings/mails/{kind}/{language}", none(), OF_A_TEST_KEY),
        ("POST /v1/settings/mails/{kind}/{language}/preview", none(), OF_ONES_OWN),
        // A key has no session that could end.
        ("DELETE /v1/session", none(), [401, 204, 401, 401, 401]),
        ("POST /v1/sign-in", json!({"email": "nobody@example.org"}), OPEN),
        ("POST /v1/sign-in/confirm", json!({"token": "x".repeat(50)}), [410; 5]),
        ("GET /v1/templates", none(), OF_ONES_OWN),
        // A stranger may make some of their own, and not of an envelope of ours.
        ("POST /v1/templates", json!({"name": "Forged", "envelope": "{envelope}"}), OF_A_KEY),
        ("GET /v1/templates/{template}", none(), OF_A_KEY),
        ("PUT /v1/templates/{template}", json!({"name": "Forged"}), OF_A_KEY),
        ("DELETE /v1/templates/{template}", none(), OF_A_KEY),
        ("POST /v1/templates/{template}/archive", none(), OF_A_KEY),
        ("GET /v1/templates/{template}/bulk-file", none(), OF_A_KEY),
        ("GET /v1/templates/{template}/form-fields", none(), OF_A_KEY),
        ("GET /v1/templates/{template}/links", none(), OF_A_KEY),
        ("POST /v1/templates/{template}/links", json!({}), OF_A_KEY),
        ("POST /v1/templates/{template}/links/{link}/end", none(), OF_A_KEY),
        ("POST /v1/templates/{template}/restore", none(), OF_A_KEY),
        ("POST /v1/templates/{template}/use", none(), OF_A_KEY),
        ("GET /v1/test-messages", none(), OF_ONES_OWN),
        ("POST /v1/uploads", none(), [401, 422, 401, 401, 401]),
        ("POST /v1/uploads/combine", none(), [401, 400, 401, 401, 401]),
        ("POST /v1/uploads/from", none(), [401, 422, 401, 401, 401]),
        ("GET /v1/uploads/{upload}/content", none(), OF_A_KEY),
        ("GET /v1/uploads/{upload}/text", none(), OF_A_KEY),
        ("GET /v1/uploads/{upload}/tags", none(), OF_A_KEY),
        ("GET /v1/uploads/{upload}/form-fields", none(), OF_A_KEY),
        ("GET /v1/uploads/{upload}/pages/{page}", none(), OF_A_KEY),
        ("GET /v1/users", none(), OF_ONES_OWN),
        ("POST /v1/users", json!({"email": "eve@example.org"}), OF_AN_ADMIN),
        ("PATCH /v1/users/{user}", json!({"enabled": false}), OF_AN_ADMIN),
        ("GET /v1/values", none(), OF_ONES_OWN),
        ("GET /v1/webhooks", none(), OF_ONES_OWN),
        ("POST /v1/webhooks", json!({"url": HOOK}), MADE),
        ("GET /v1/webhooks/{webhook}", none(), OF_A_KEY),
        ("PATCH /v1/webhooks/{webhook}", json!({"url": HOOK}), OF_A_KEY),
        ("DELETE /v1/webhooks/{webhook}", none(), OF_A_KEY),
        ("GET /v1/webhooks/{webhook}/deliveries", none(), OF_A_KEY),
        ("POST /v1/webhooks/{webhook}/deliveries/{delivery}/replay", none(), OF_A_KEY),
        ("POST /v1/webhooks/{webhook}/rotate", none(), OF_A_KEY),
    ];
    for (what, body) in of_recipients {
        let (method, name) = what.split_once(' ').unwrap();
        rows.push((format!("{method} {recipient}/{name}").leak(), body, OF_A_KEY));
    }
    rows
}

const ADAS_PIN: &str = "135791";
/// Nobody listens there.
const HOOK: &str = "http://127.0.0.1:9/hook";

/// Ada, who has come in; Ben, who has not; Cleo, who is done; and what belongs to them.
pub struct Scene {
    server: Server,
    id: String,
    upload: String,
    webhook: String,
    contact: String,
    template: String,
    bulk: String,
    link: String,
    user: String,
    tokens: [Option<String>; 5],
    adas_visit: String,
}

impl Scene {
    pub fn set() -> Self {
        let server = setup().with("COUNTERSIGN_BOUNCES__DSN_SECRET", "of the mail server").start();
        let api = server.api();
        let made =
            api.post("/v1/webhooks", &json!({"url": HOOK, "events": ["envelope.archived"]})).expect(201);
        let webhook = made.json()["id"].as_str().unwrap().to_owned();
        let ada = json!({"name": "Ada", "email": "ada@example.org"});
        let contact = api.post("/v1/contacts", &ada).expect(201).json()["id"].as_str().unwrap().to_owned();
        let users = api.get("/v1/users").expect(200).json();
        let user = users["items"][0]["id"].as_str().unwrap().to_owned();
        let pin = |pin: &str| json!({"authentication": [{"method": "pin", "pin": pin}]});
        let people = json!([
            somebody("Ada", 1, pin(ADAS_PIN)),
            somebody("Ben", 1, pin("975310")),
            somebody("Cleo", 1, json!({})),
        ]);
        let template = crate::templates::lease_template(&api);
        let link = crate::public_form::link(&api, &template, &json!({}));
        let link = link["id"].as_str().unwrap().to_owned();
        let bulk = crate::bulk::taken_in(&api, &template, &crate::bulk::rows(1)).expect(201).json();
        let bulk = bulk["id"].as_str().unwrap().to_owned();
        let draft = draft(&api, people, json!([place(4, 140, 1), place(4, 240, 2), place(4, 340, 3)]));
        let upload = draft["documents"][0]["upload"].as_str().unwrap().to_owned();
        let id = api.sent(&draft);
        let [ada, ben, cleo] = [1, 2, 3].map(|number| api.visit(&id, number));
        let mut in_her_page = Person::with(ada);
        let admitted = in_her_page.answer("pin", ADAS_PIN).expect(200).json();
        in_her_page.consent().expect(200);
        cleo.sign();
        let made = server.setup().json(&["admin", "api-key", "create", "--tenant", "Example Inc.", "--json"]);
        let revoked = made["api_key"].as_str().unwrap().to_owned();
        server.api_with(&revoked).get("/v1/envelopes").expect(200);
        let revoke = ["admin", "api-key", "revoke", "--tenant", "Example Inc.", made["id"].as_str().unwrap()];
        assert!(server.setup().command(&revoke).status.success());
        assert!(!server.setup().command(&revoke).status.success(), "it is over already");
        let stranger = server.setup().tenant("Others", "others@example.org");
        let tokens = [None, Some(stranger), Some(ben.token), Some(cleo.token), Some(revoked)];
        let adas_visit = admitted["visit"].as_str().unwrap().to_owned();
        Self { server, id, upload, webhook, contact, template, bulk, link, user, tokens, adas_visit }
    }

    /// Asks as one of the five does, who also holds the token of Ada's visit.
    fn ask(&self, route: &str, body: &Value, caller: usize) -> Answer {
        let bearer = self.tokens[caller].as_ref().map(|token| format!("Bearer {token}"));
        self.ask_showing(route, body, bearer.as_deref())
    }

    pub fn api(&self) -> Api {
        self.server.api()
    }

    /// Id of the envelope that is asked about.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Asks as somebody who shows this.
    pub fn ask_showing(&self, route: &str, body: &Value, shown: Option<&str>) -> Answer {
        let (method, path) = route.split_once(' ').unwrap();
        // A list is taken in for a template, which stands behind the question mark.
        let path = if route == "POST /v1/bulk-sends" { "/v1/bulk-sends?template={template}" } else { path };
        let path = path
            .replace("{envelope}", &self.id)
            .replace("{upload}", &self.upload)
            .replace("{webhook}", &self.webhook)
            .replace("{delivery}", "whd_1")
            .replace("{source}", "dsn")
            .replace("{provider}", "twilio")
            .replace("{kind}", "invitation")
            .replace("{language}", "en")
            .replace("{contact}", &self.contact)
            .replace("{template}", &self.template)
            .replace("{link}", &self.link)
            .replace("{list}", "country_names")
            .replace("{bulk}", &self.bulk)
            .replace("{user}", &self.user)
            .replace("{key}", "key_1")
            .replace("{recipient}", "1")
            .replace("{document}", "1")
            .replace("{field}", "field_1")
            .replace("{page}", "1.png");
        let mut headers =
            vec![("X-Countersign-Visit", self.adas_visit.as_str()), ("X-Countersign-Desk", "1")];
        headers.extend(shown.map(|it| ("Authorization", it)));
        let body = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().replace("{envelope}", &self.id).into_bytes()
        };
        request(self.server.port(), method, &path, &headers, &body).unwrap()
    }
}

/// Every route, as the binary itself lists them.
pub fn routes() -> BTreeSet<String> {
    let described: Value = serde_json::from_slice(&countersign(&["openapi"]).stdout).unwrap();
    let paths = described["paths"].as_object().unwrap().iter();
    let of_path = |(path, of): (&String, &Value)| {
        let methods = of.as_object().unwrap().keys().map(|it| it.to_uppercase());
        methods.map(|method| format!("{method} {path}")).collect::<Vec<_>>()
    };
    paths.flat_map(of_path).collect()
}

#[test]
fn every_route_refuses_all_who_may_not_and_a_new_one_has_to_say_whom() {
    let rows = rows();
    let known: BTreeSet<String> = rows.iter().map(|(route, ..)| (*route).to_owned()).collect();
    let routes = routes();
    assert!(routes.len() > 40);
    let without: Vec<_> = routes.difference(&known).collect();
    assert!(without.is_empty(), "give these routes a row that says who may use them: {without:?}");
    let gone: Vec<_> = known.difference(&routes).collect();
    assert!(gone.is_empty(), "these routes are no more: {gone:?}");

    let scene = Scene::set();
    let api = scene.server.api();
    // Ada's PIN in Ben's name is a wrong answer, and counted against him.
    let story =
        || api.happened(&scene.id).into_iter().filter(|it| it != "challenge_failed").collect::<Vec<_>>();
    wait_for("the last mail", || {
        let mails = story().iter().filter(|it| *it == "message_sent").count();
        (mails == 4).then_some(())
    });
    let before = story();
    let mut wrong = Vec::new();
    for (route, body, expected) in &rows {
        for (caller, expected) in expected.iter().enumerate() {
            let answer = scene.ask(route, body, caller);
            if answer.status != *expected {
                wrong.push(format!(
                    "{route} for {}: {} instead of {expected}",
                    CALLERS[caller], answer.status
                ));
            }
            let says = answer.text();
            // Nothing of the documents, and nothing of whose page it is.
            for word in ["field_1", "Services agreement", "ada@example.org"] {
                let own_page = route.ends_with("/v1/ceremony") && word == "Services agreement";
                if says.contains(word) && !own_page {
                    wrong.push(format!("{route} tells {} of {word}", CALLERS[caller]));
                }
            }
            if answer.status >= 400 && !answer.json()["detail"].as_str().is_some_and(|it| it.ends_with('.')) {
                wrong.push(format!("{route} for {}: no sentence in {says}", CALLERS[caller]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(story(), before, "nobody did anything");

    // And those who may still can.
    let finished = Visit { port: scene.server.port(), token: scene.tokens[3].clone().unwrap() };
    assert_eq!(finished.read().expect(200).json()["state"], "signed", "who is done is told so kindly");
    for (number, pin) in [(1, ADAS_PIN), (2, "975310")] {
        let mut person = Person::with(api.visit(&scene.id, number));
        person.answer("pin", pin).expect(200);
        person.finish();
    }
    api.wait_until(&scene.id, "completed");
}
