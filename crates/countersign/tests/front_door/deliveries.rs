//! Mails that a mail server does not take: for good, or for now.

use crate::given::{setup, two_in_order};
use serde_json::Value;
use testkit::Pdf;
use testkit::server::{Api, Mailbox, Server, wait_for};

const ADA: &str = "ada@example.org";
const EMILE: &str = "emile@example.org";

/// A server over this mail server, and an envelope that was sent to Ada and Émile at once.
fn sent_by(mailbox: &Mailbox) -> (Server, Api, String) {
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    let api = server.api_with(&server.setup().live_key());
    let mut draft = two_in_order(&api.uploaded(&Pdf::contract().bytes()));
    draft["recipients"][1]["step"] = 1.into();
    let id = api.sent(&draft);
    (server, api, id)
}

/// What the events say about mails to a recipient, in sentences.
fn told(api: &Api, id: &str, kind: &str) -> Vec<String> {
    let events = api.events(id).into_iter().filter(|it| it["type"] == kind);
    events.map(|it| it["summary"].as_str().unwrap().to_owned()).collect()
}

fn deliveries(api: &Api, id: &str) -> [Value; 2] {
    let envelope = api.envelope(id);
    [0, 1].map(|at| envelope["recipients"][at]["delivery"].clone())
}

#[test]
fn a_mail_that_is_refused_for_good_is_told_and_not_sent_again() {
    let mailbox =
        Mailbox::that_says(|to, _| (to == ADA).then_some("550 5.1.1 <ada@example.org> is unknown here"));
    let (mut server, api, id) = sent_by(&mailbox);
    wait_for("both mails to be noted", || {
        (deliveries(&api, &id) == ["refused", "accepted"].map(Value::from)).then_some(())
    });
    assert_eq!(
        told(&api, &id, "message_refused"),
        [
            "A mail (invitation) to Ada Lovelace did not arrive: the mail server does not know the address (550 5.1.1)."
        ]
    );
    let envelope = api.envelope(&id);
    assert_eq!((&envelope["status"], &envelope["problem"]), (&"in_progress".into(), &Value::Null));
    assert_eq!(envelope["recipients"][0]["status"], "invited", "it is still their turn");
    // Whatever waits is taken up by a process that starts.
    server.start();
    assert_eq!(mailbox.tries(ADA), 1);

    api.visit(&id, 1).sign();
    api.visit(&id, 2).sign();
    api.wait_until(&id, "completed");
    wait_for("the last mail to be refused", || (told(&api, &id, "message_refused").len() == 2).then_some(()));
    let evidence = String::from_utf8(api.file(&id, "evidence.json")).unwrap();
    assert!(evidence.contains("\"reply\":\"550 5.1.1\"") && !evidence.contains("unknown here"));
    assert!(!server.log().contains(ADA));
}

#[test]
fn a_mail_that_is_refused_for_now_is_sent_again_until_it_is_taken() {
    let mailbox = Mailbox::that_says(|to, before| (to == ADA && before < 2).then_some("451 4.7.1 not now"));
    let (_server, api, id) = sent_by(&mailbox);
    wait_for("both mails to be noted", || {
        (deliveries(&api, &id) == ["accepted", "accepted"].map(Value::from)).then_some(())
    });
    assert_eq!(told(&api, &id, "message_refused"), Vec::<String>::new());
    assert_eq!(told(&api, &id, "message_sent").len(), 2);
    assert_eq!((mailbox.tries(ADA), mailbox.tries(EMILE)), (3, 1));
}

#[test]
fn a_refusal_of_us_is_a_problem_and_not_one_of_the_address() {
    let mailbox = Mailbox::that_says(|to, _| (to == ADA).then_some("554 5.7.1 relay access denied"));
    let (_server, api, id) = sent_by(&mailbox);
    wait_for("the problem to be shown", || api.envelope(&id)["problem"].is_string().then_some(()));
    assert_eq!(told(&api, &id, "message_refused"), Vec::<String>::new());
    assert_eq!(deliveries(&api, &id)[0], Value::Null);
}
