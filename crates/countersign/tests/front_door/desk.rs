//! A person of the tenant at the desk: signed in by a link that works once, recognised by a cookie.

use crate::given::{one_signer, server};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Server, request, wait_for};

const OWNER: &str = "owner@example.org";

fn post(server: &Server, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    request(server.port(), "POST", path, headers, body.to_string().as_bytes()).unwrap()
}

/// Asks for a link and gives the token that was mailed.
fn token(server: &Server) -> String {
    post(server, "/v1/sign-in", &[], &json!({"email": OWNER})).expect(202);
    wait_for("the mail with the link", || link_of(server, OWNER))
}

/// The token in the newest mail to somebody that holds a link to sign in.
pub fn link_of(server: &Server, email: &str) -> Option<String> {
    let mails = server.outbox(email);
    let text =
        mails.iter().filter_map(|mail| mail["text"].as_str()).find(|text| text.contains("/sign-in/"))?;
    let after = text.split("/sign-in/").nth(1)?;
    Some(after.chars().take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(*it)).collect())
}

/// Signs in with the link that was, or is being, mailed to somebody; the cookie.
pub fn signed_in_with(server: &Server, email: &str) -> String {
    let token = wait_for("the mail with the link", || link_of(server, email));
    let answer = post(server, "/v1/sign-in/confirm", &[], &json!({ "token": token })).expect(200);
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// Signs in and gives the cookie as a browser sends it back.
pub fn signed_in(server: &Server) -> String {
    let answer = post(server, "/v1/sign-in/confirm", &[], &json!({"token": token(server)})).expect(200);
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn a_link_signs_in_once_and_only_when_its_button_is_pressed() {
    let server = server();
    let token = token(&server);
    for _ in 0..2 {
        server.get(&format!("/sign-in/{token}"));
    }
    let confirm = || post(&server, "/v1/sign-in/confirm", &[], &json!({ "token": token }));
    let cookie = confirm().expect(200).header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(confirm().status, 410, "a link is good once");
    let session = |method: &str, headers: &[(&str, &str)]| {
        request(server.port(), method, "/v1/session", headers, &[]).unwrap()
    };
    let answer = session("GET", &[("Cookie", &cookie)]).expect(200).json();
    assert_eq!(answer["user"]["email"], OWNER);
    assert_eq!(answer["tenant"]["name"], "Example Inc.");
    session("DELETE", &[("Cookie", &cookie), ("X-Countersign-Desk", "1")]).expect(204);
    assert_eq!(session("GET", &[("Cookie", &cookie)]).status, 401);
    assert_eq!(session("GET", &[]).code(), "not_authenticated");
}

#[test]
fn nobody_learns_who_has_an_account() {
    let server = server();
    let known = post(&server, "/v1/sign-in", &[], &json!({"email": OWNER}));
    let unknown = post(&server, "/v1/sign-in", &[], &json!({"email": "nobody@example.org"}));
    assert_eq!((known.status, known.body), (unknown.status, unknown.body));
    wait_for("the mail to the one who has", || (server.outbox(OWNER).len() == 1).then_some(()));
    assert!(server.outbox("nobody@example.org").is_empty());
    assert_eq!(post(&server, "/v1/sign-in/confirm", &[], &json!({"token": "x".repeat(50)})).status, 410);
}

#[test]
fn another_site_cannot_change_anything_with_the_cookie() {
    let server = server();
    let cookie = signed_in(&server);
    let draft = json!({"title": "Forged"});
    let forged = post(&server, "/v1/envelopes", &[("Cookie", &cookie)], &draft);
    assert_eq!((forged.status, forged.code().as_str()), (403, "desk_header_missing"));
    post(&server, "/v1/envelopes", &[("Cookie", &cookie), ("X-Countersign-Desk", "1")], &draft).expect(201);
}

#[test]
fn a_user_opens_their_own_link_only() {
    let server = server();
    let api = server.api();
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    draft["recipients"].as_array_mut().unwrap().push(json!({"name": "Owner", "email": OWNER}));
    draft["fields"].as_array_mut().unwrap().push(crate::given::place(1, 400, 2));
    let id = api.sent(&draft);
    let cookie = signed_in(&server);
    let headers = [("Cookie", cookie.as_str()), ("X-Countersign-Desk", "1")];
    let link = |number: u8| {
        post(&server, &format!("/v1/envelopes/{id}/recipients/{number}/links"), &headers, &json!({}))
    };
    assert_eq!((link(1).status, link(1).code().as_str()), (403, "link_of_another_person"));
    link(2).expect(201);
}
