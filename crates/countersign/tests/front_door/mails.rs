//! What the sender writes, and who reads it.

use crate::given::{place, setup};
use crate::parts::{draft, somebody};
use serde_json::{Value, json};
use testkit::server::{Mail, Mailbox, wait_for};

/// Seed: xodo-sign.txt:51
/// Seed: xodo-sign.txt:70
/// Seed: xodo-sign.txt:95
/// Seed: xodo-sign.txt:96
/// Seed: xodo-sign.txt:112
/// Seed: xodo-sign.txt:144
#[test]
fn all_read_the_message_to_all_and_one_their_own_under_the_name_and_subject_that_the_sender_chose() {
    let mailbox = Mailbox::open();
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    let api = server.api_with(&server.setup().live_key());
    let people = json!([
        somebody("Ada", 1, json!({})),
        somebody("Ben", 1, json!({"message": "Ben, page four is yours.", "subject": "For Ben alone"})),
        somebody("Cleo", 1, json!({})),
        somebody("Dan", 1, json!({"arrival": "handed"})),
    ]);
    let fields = (1..).zip([140, 240, 340, 440]).map(|(number, y)| place(4, y, number)).collect();
    let mut it = draft(&api, people, Value::Array(fields));
    it["message"] = "As discussed on Monday.".into();
    it["mails"] = json!({
        "subject": "The contract of May", "sender_name": "Legal desk", "reply_to": "legal@example.org",
    });
    let _ = api.sent(&it);

    let invited = ["ada@example.org", "ben@example.org", "cleo@example.org"];
    let mails = wait_for("three invitations", || {
        let all = mailbox.mails();
        let of = |to: &str| all.iter().find(|it| it.to == to).cloned();
        invited.iter().map(|to| of(to)).collect::<Option<Vec<Mail>>>()
    });
    for (mail, subject, message, others) in [
        (&mails[0], "The contract of May", "As discussed on Monday.", "page four"),
        (&mails[1], "For Ben alone", "Ben, page four is yours.", "Monday"),
        (&mails[2], "The contract of May", "As discussed on Monday.", "page four"),
    ] {
        let text = &mail.text;
        assert!(text.contains(&format!("Subject: {subject}")) && text.contains(message), "{text}");
        assert!(!text.contains(others), "{text}");
        let head = text.lines().take_while(|line| !line.trim().is_empty());
        let head: Vec<&str> = head.collect();
        let line = |name: &str| head.iter().find(|it| it.starts_with(name)).copied().unwrap_or_default();
        assert!(line("From:").contains("Legal desk"), "{head:?}");
        assert!(line("Reply-To:").contains("legal@example.org"), "{head:?}");
    }
    assert_eq!(mailbox.tries("dan@example.org"), 0, "whose link is handed over gets no mail");
}
