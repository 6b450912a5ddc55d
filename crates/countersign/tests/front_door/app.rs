//! An authenticator app: enrolled at the first visit that asks for it, used again at every later one.

use crate::given::server;
use crate::person::Person;
use crate::proofs::{asked, assert_closed, sent};
use crate::refusals::assert_refused;
use aws_lc_rs::hmac;
use serde_json::{Value, json};

/// The app on somebody's telephone (RFC 6238 over RFC 4226), written apart from ours.
struct App(Vec<u8>);

impl App {
    /// As somebody types the secret into it (RFC 4648 6).
    fn typed(secret: &str) -> Self {
        let (mut bytes, mut kept, mut bits) = (Vec::new(), 0u32, 0);
        for letter in secret.chars().filter(char::is_ascii_alphanumeric) {
            let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter.to_ascii_uppercase()).unwrap();
            kept = kept << 5 | u32::try_from(value).unwrap();
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push((kept >> bits & 0xff) as u8);
            }
        }
        Self(bytes)
    }

    fn code(&self, step: u64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let at = usize::from(tag[19] & 0xf);
        let word = u32::from_be_bytes(tag[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", word % 1_000_000)
    }
}

/// The step of thirty seconds that it is.
fn step() -> u64 {
    u64::try_from(crate::judges::now().as_second()).unwrap() / 30
}

#[test]
fn an_app_is_enrolled_once_and_used_again_and_its_code_is_good_once() {
    let mut server = server();
    let api = server.api();
    let (first, mut person) = sent(&server, &api, &json!([{"method": "totp"}]));
    assert_closed(&person, "totp");
    let shown = person.begin("totp").expect(200).json()["device"].clone();
    assert_eq!(shown["kind"], "new_app");
    assert!(shown["uri"].as_str().unwrap().starts_with("otpauth://totp/"), "{shown}");
    assert!(shown["picture"].as_str().unwrap().starts_with("<svg"), "{shown}");
    assert_eq!(person.begin("totp").expect(200).json()["device"], shown, "shown twice, it is the same");
    let app = App::typed(shown["secret"].as_str().unwrap());
    assert_refused(&person.answer("totp", &app.code(step() + 1000)), 422, "answer_wrong");
    let used = step();
    person.answer("totp", &app.code(used)).expect(200);
    person.finish();
    api.wait_until(&first, "completed");

    // The next envelope: the same app, and nothing of its secret is shown any more.
    let (second, _) = sent(&server, &api, &json!([{"method": "totp"}]));
    let mut person = Person::with(api.visit(&second, 1));
    assert_eq!(person.begin("totp").expect(200).json()["device"], json!({"kind": "app"}));
    assert_refused(&person.answer("totp", &app.code(used)), 422, "answer_wrong");
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "300")]);
    person.answer("totp", &app.code(step() + 10)).expect(200);
    person.finish();
    let envelope = api.wait_until(&second, "completed");
    assert_eq!(envelope["recipients"][0]["authentication"], json!([{"method": "totp"}]));
    let evidence = String::from_utf8(api.file(&second, "evidence.json")).unwrap();
    assert!(!evidence.contains(shown["secret"].as_str().unwrap()));
    let intended = api.events(&second).into_iter().find(|it| it["type"] == "signing_intended").unwrap();
    assert_eq!(intended["actor"]["methods"], json!(["handed_link", "totp"]));
    assert_eq!(person.ask("GET", "/documents/1", &Value::Null).status, 410, "the link has ended");
}

#[test]
fn of_many_who_give_the_same_code_at_once_one_is_right() {
    let mut server = server();
    let api = server.api();
    let (_, mut person) = sent(&server, &api, &json!([{"method": "totp"}]));
    let shown = person.begin("totp").expect(200).json()["device"].clone();
    let app = App::typed(shown["secret"].as_str().unwrap());
    person.answer("totp", &app.code(step())).expect(200);
    person.finish();
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "300")]);
    let code = app.code(step() + 10);
    let people: Vec<Person> = (0..4)
        .map(|_| Person::with(api.visit(&api.sent(&asked(&api, &json!([{"method": "totp"}]))), 1)))
        .collect();
    let answer = &json!({"method": "totp", "answer": code});
    let taken: usize = std::thread::scope(|scope| {
        let ask = |person| scope.spawn(move || Person::post(person, "/challenge/answer", answer).status);
        let all: Vec<_> = people.iter().map(ask).collect();
        all.into_iter().map(|it| usize::from(it.join().unwrap() == 200)).sum()
    });
    assert_eq!(taken, 1);
}

#[test]
fn people_without_an_address_share_no_app() {
    let server = server();
    let api = server.api();
    let mut secrets = Vec::new();
    for _ in 0..2 {
        let mut draft = asked(&api, &json!([{"method": "totp"}]));
        draft["recipients"][0] =
            json!({"name": "Ada", "arrival": "handed", "authentication": [{"method": "totp"}]});
        let mut person = Person::with(api.visit(&api.sent(&draft), 1));
        let shown = person.begin("totp").expect(200).json()["device"].clone();
        let secret = shown["secret"].as_str().unwrap().to_owned();
        person.answer("totp", &App::typed(&secret).code(step())).expect(200);
        secrets.push(secret);
    }
    assert_ne!(secrets[0], secrets[1]);
}
