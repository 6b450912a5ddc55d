//! Mails in a tenant's own words, and mails that carry the finished documents.

use crate::given::{one_signer, setup};
use crate::parts::{draft, somebody};
use crate::refusals::assert_refused;
use crate::settings::{begun, on_postgresql, put};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use testkit::Pdf;
use testkit::server::{Api, Mail, Mailbox, Setup, wait_for};

const INVITATION: &str = "/v1/settings/mails/invitation/en";

fn words() -> Value {
    json!({
        "subject": "{{ organization }} has a contract for you",
        "text": "Dear {{ name }},\n\n{% if until %}you have until {{ until }}.{% endif %}\n\n{{ link }}\n\n<b>Yours</b>",
        "button": "To the contract",
    })
}

fn mails_say_what_the_tenant_wrote(setup: Setup) {
    let (server, test, live) = begun(setup);
    let built_in = test.get(INVITATION).expect(200).json();
    assert_eq!((&built_in["own"], &built_in["words"]), (&json!(false), &built_in["built_in"]));
    assert_refused(&put(&test, INVITATION, &words()), 403, "settings_of_a_test_key");
    assert_refused(&put(&live, "/v1/settings/mails/greeting/en", &words()), 404, "not_found");
    let refused = |change: &[(&str, &str)], code: &str| {
        let mut wrong = words();
        for (part, template) in change {
            wrong[part] = json!(template);
        }
        let answer = put(&live, INVITATION, &wrong);
        assert_refused(&answer, 422, code);
        let place = &answer.json()["errors"][0];
        (place["pointer"].as_str().unwrap().to_owned(), place["detail"].as_str().unwrap().to_owned())
    };
    let (place, why) = refused(&[("text", "{{ link }}\n\nDear {{ nmae }}")], "template_variable_unknown");
    assert!(
        place == "/text" && why.starts_with("Line 3: nothing here is called nmae; use one of name, "),
        "{why}"
    );
    refused(&[("text", "No way in.")], "template_variable_missing");
    refused(&[("text", "{{ link }}{% for a in name %}{% endfor %}")], "template_malformed");
    refused(&[("subject", "")], "template_empty");
    assert_eq!(test.get(INVITATION).json(), built_in, "nothing of that is kept");

    let preview = |body: &Value| test.post(&format!("{INVITATION}/preview"), body);
    let seen = preview(&json!({"words": words()})).expect(200).json();
    assert_eq!(seen["subject"], "Example Inc. has a contract for you");
    assert!(seen["html"].as_str().unwrap().contains("&lt;b&gt;Yours&lt;&#x2f;b&gt;"));
    assert_refused(
        &preview(&json!({"words": {"subject": "x", "text": "y"}})),
        422,
        "template_variable_missing",
    );
    assert_eq!(
        preview(&Value::Null).expect(200).json()["subject"],
        "Grace Hopper asks you to sign “Framework contract”"
    );
    assert_eq!(server.outbox("ada@example.org"), Vec::<Value>::new(), "a preview sends nothing");

    assert_eq!(put(&live, INVITATION, &words()).expect(200).json()["own"], true);
    let mut people = one_signer(&test.uploaded(&Pdf::one_page().bytes()));
    people["recipients"][0]["name"] = json!("Ada <script>");
    let copy = json!({"name": "Émile", "email": "emile@example.org", "role": "copy", "language": "fr"});
    people["recipients"].as_array_mut().unwrap().push(copy);
    let id = test.sent(&people);
    let mail = wait_for("the invitation", || server.outbox("ada@example.org").pop());
    assert_eq!(mail["subject"], "[Test] Example Inc. has a contract for you");
    let [said, html] = ["text", "html"].map(|it| mail[it].as_str().unwrap());
    assert!(
        said.contains("Dear Ada <script>,\n\nyou have until ") && said.contains("To the contract:\nhttp"),
        "{said}"
    );
    assert!(
        said.contains("Sent with Countersign for Example Inc.") && said.contains("This is a test."),
        "{said}"
    );
    assert!(html.contains("Ada &lt;script&gt;") && !html.contains("<script"), "{html}");
    server.visit("ada@example.org").sign();
    test.wait_until(&id, "completed");
    assert!(!server.log().contains("Ada"), "nobody's name is in the log");

    let listed = test.get("/v1/settings/mails").expect(200).json();
    let own: Vec<_> = listed["items"].as_array().unwrap().iter().filter(|it| it["own"] == true).collect();
    assert_eq!(own, [&json!({"kind": "invitation", "language": "en", "own": true})]);
    assert_eq!(live.ask("DELETE", INVITATION, &[], &[]).expect(200).json(), built_in);
    assert_eq!(test.get(INVITATION).json(), built_in);
}

#[test]
fn mails_say_what_the_tenant_wrote_on_sqlite() {
    mails_say_what_the_tenant_wrote(setup());
}

#[test]
fn mails_say_what_the_tenant_wrote_on_postgresql() {
    on_postgresql("mails", mails_say_what_the_tenant_wrote);
}

/// What Python's own parser finds in a mail: name and SHA-256 of each PDF, and the words.
fn parsed(mail: &Mail) -> Value {
    const SCRIPT: &str = "
import email, email.policy, hashlib, json, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
assert not mail.defects and not any(part.defects for part in mail.walk())
files = [[it.get_filename(), it.get_content_type(), hashlib.sha256(it.get_content()).hexdigest()] for it in mail.iter_attachments()]
print(json.dumps({'files': files, 'text': mail.get_body(('plain',)).get_content(), 'html': mail.get_body(('html',)).get_content()}))
";
    let mut python = Command::new("python3");
    let pipes =
        python.args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut python = pipes.spawn().unwrap();
    python.stdin.take().unwrap().write_all(mail.text.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", crate::judges::said(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Name and SHA-256 of a finished document, as the API gives it.
fn finished(api: &Api, id: &str, number: usize, name: &str) -> Value {
    let bytes = api.file(id, &format!("documents/{number}"));
    json!([name, "application/pdf", evidence::Hash::of(&bytes).to_string()])
}

/// The last mail to somebody about this envelope's end, as Python reads it.
fn last_mail(mailbox: &Mailbox, to: &str) -> Value {
    let is_last = |mail: &Mail| mail.to == to && mail.text.contains("Signed by everyone");
    let found = wait_for(to, || mailbox.mails().into_iter().find(is_last));
    parsed(&found)
}

fn sent(api: &Api) -> String {
    let people = json!([
        somebody("Ada", 1, json!({})),
        somebody("Ben", 1, json!({"role": "copy", "authentication": [{"method": "pin", "pin": "4711"}]})),
    ]);
    let mut draft = draft(api, people, json!([crate::given::place(4, 140, 1)]));
    let second = api.uploaded(&Pdf::one_page().bytes());
    draft["documents"] = json!([draft["documents"][0], {"upload": second, "title": "Règlement intérieur"}]);
    draft["mails"] = json!({"attach_documents": true});
    let id = api.sent(&draft);
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    id
}

#[test]
fn the_last_mail_carries_the_finished_documents_byte_for_byte_where_nothing_is_to_be_proved_first() {
    let mailbox = Mailbox::open();
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    let api = server.api_with(&server.setup().live_key());
    let id = sent(&api);
    let files =
        json!([finished(&api, &id, 1, "Agreement.pdf"), finished(&api, &id, 2, "Règlement intérieur.pdf")]);
    for to in ["ada@example.org", "owner@example.org"] {
        let mail = last_mail(&mailbox, to);
        assert_eq!(mail["files"], files, "{to}");
        assert!(mail["text"].as_str().unwrap().contains("The finished documents are attached to this mail."));
    }
    let of_ben = |mail: &Mail| mail.to == "ben@example.org";
    let mail = parsed(&wait_for("Ben's copy", || mailbox.mails().into_iter().find(of_ben)));
    assert_eq!(mail["files"], json!([]));
    assert!(mail["text"].as_str().unwrap().contains("not attached, because you prove who you are"));
}

#[test]
fn documents_that_are_too_large_for_a_mail_stay_behind_its_link_and_the_mail_says_so() {
    let mailbox = Mailbox::open();
    let limited = setup().in_earnest().with_all(mailbox.settings());
    let server = limited.with("COUNTERSIGN_MAIL__ATTACHMENTS_BYTES_MAX", "1000").start();
    let api = server.api_with(&server.setup().live_key());
    sent(&api);
    let mail = last_mail(&mailbox, "ada@example.org");
    assert_eq!(mail["files"], json!([]));
    for body in ["text", "html"] {
        let said = mail[body].as_str().unwrap().replace("&#x2f;", "/");
        assert!(
            said.contains("too large for a mail; the link above leads to them.") && said.contains("/s/"),
            "{said}"
        );
    }
}
