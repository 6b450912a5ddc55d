//! What somebody without an account may use who holds an address for editing one draft: the routes that are named here, for
//! that draft, and no other one.

use crate::edit_link::Guest;
use crate::given::one_signer;
use crate::who_may::{Scene, routes, rows};
use serde_json::{Value, json};
use testkit::Pdf;

/// What is answered where it is asked of what is not theirs.
const REACHED: [(&str, u16); 13] = [
    ("GET /v1/edit-link", 200),
    // They are nobody who is to sign.
    ("POST /v1/edit-link/sign", 409),
    ("GET /v1/envelopes/{envelope}", 404),
    ("PUT /v1/envelopes/{envelope}", 404),
    ("POST /v1/envelopes/{envelope}/send", 404),
    ("POST /v1/envelopes/{envelope}/trash", 404),
    // Nothing is no file.
    ("POST /v1/uploads", 422),
    ("GET /v1/uploads/{upload}/content", 404),
    ("GET /v1/uploads/{upload}/text", 404),
    ("GET /v1/uploads/{upload}/tags", 404),
    ("GET /v1/uploads/{upload}/form-fields", 404),
    ("GET /v1/uploads/{upload}/pages/{page}", 404),
    // Whoever has an address asks for a link to sign in.
    ("POST /v1/sign-in", 202),
];

/// Where a link or a secret of another kind is asked for, which theirs is not.
const OF_OTHERS: [(&str, u16); 4] = [
    ("POST /hooks/mail/{source}", 401),
    ("POST /hooks/telephone/{provider}", 404),
    ("GET /hooks/telephone/{provider}", 404),
    ("POST /v1/sign-in/confirm", 410),
];

fn expected(route: &str) -> u16 {
    let known = REACHED.iter().chain(&OF_OTHERS).find(|(it, _)| *it == route);
    let of_a_link = ["/v1/ceremony", "/v1/public-form"].iter().any(|it| route.contains(it));
    known.map_or(if of_a_link { 401 } else { 403 }, |(_, status)| *status)
}

#[test]
fn who_edits_one_draft_reaches_that_draft_and_nothing_else() {
    let scene = Scene::set();
    let api = scene.api();
    let draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    let id = api.post("/v1/envelopes", &draft).expect(201).json()["id"].as_str().unwrap().to_owned();
    let guest = Guest::of(&api, &id, &json!({}));
    let (rows, before) = (rows(), api.happened(scene.id()));
    assert_eq!(rows.len(), routes().len());
    let mut wrong = Vec::new();
    for (route, body, _) in &rows {
        let answer = scene.ask_showing(route, body, Some(&format!("EditLink {}", guest.token)));
        let expected = expected(route);
        if answer.status != expected {
            wrong.push(format!("{route}: {} instead of {expected}: {}", answer.status, answer.text()));
        }
        if expected == 403 && answer.code() != "edit_link_elsewhere" {
            wrong.push(format!("{route}: {}", answer.code()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(api.happened(scene.id()), before, "nothing was done");

    // And of their own draft they reach each of them.
    let upload = draft["documents"][0]["upload"].as_str().unwrap();
    for what in ["content", "text?find=a", "tags", "form-fields", "pages/1.png"] {
        guest.ask("GET", &format!("/v1/uploads/{upload}/{what}"), &Value::Null).expect(200);
    }
    let at = format!("/v1/envelopes/{id}");
    guest.ask("GET", &at, &Value::Null).expect(200);
    guest.ask("PUT", &at, &draft).expect(200);
    guest.ask("POST", &format!("{at}/send"), &Value::Null).expect(200);
}
