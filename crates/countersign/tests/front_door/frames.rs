//! Who may show the signers' page in a frame: the sites that the envelope names, and those that its key names.

use crate::given::{one_signer, server};
use serde_json::json;
use testkit::Pdf;
use testkit::server::{Api, Server, request};

const PORTAL: &str = "https://portal.example";

/// The sites that may frame the page of the signer of an envelope that is sent now, as the browser is told.
fn ancestors(server: &Server, api: &Api, own: &[&str]) -> String {
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    draft["frame_origins"] = json!(own);
    let id = api.sent(&draft);
    let page = format!("/s/{}", api.visit(&id, 1).token);
    let answer = request(server.port(), "GET", &page, &[], &[]).unwrap().expect(200);
    let policy = answer.header("content-security-policy").unwrap().to_owned();
    let told = policy.split(';').find_map(|part| part.trim().strip_prefix("frame-ancestors "));
    told.unwrap().to_owned()
}

#[test]
fn a_page_is_framed_where_the_envelope_or_its_key_allows_it() {
    let server = server();
    let make = ["admin", "api-key", "create", "--tenant", "Example Inc.", "--frame-origin", PORTAL, "--json"];
    let made = server.setup().json(&make);
    let with_a_site = server.api_with(made["api_key"].as_str().unwrap());
    assert_eq!(ancestors(&server, &server.api(), &[]), "'none'");
    assert_eq!(ancestors(&server, &with_a_site, &[]), PORTAL);
    let both = ancestors(&server, &with_a_site, &["https://app.example", PORTAL]);
    assert_eq!(both, format!("https://app.example {PORTAL}"));

    // A change of the draft takes the key's site away as little as its making did.
    let draft =
        with_a_site.post("/v1/envelopes", &one_signer(&with_a_site.uploaded(&Pdf::one_page().bytes())));
    let draft = draft.expect(201).json();
    let change = one_signer(draft["documents"][0]["upload"].as_str().unwrap());
    let path = format!("/v1/envelopes/{}", draft["id"].as_str().unwrap());
    let changed = with_a_site.ask("PUT", &path, &[], change.to_string().as_bytes()).expect(200).json();
    assert_eq!(changed["frame_origins"], json!([PORTAL]));
}

#[test]
fn a_key_is_not_made_for_a_site_that_is_none() {
    let server = server();
    let make =
        ["admin", "api-key", "create", "--tenant", "Example Inc.", "--frame-origin", "portal; script-src *"];
    let refused = server.setup().command(&make);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("is no web origin; write it like https://app.example.org"), "{said}");
}
