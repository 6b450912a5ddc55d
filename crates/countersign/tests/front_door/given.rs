//! What tests start from.

use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Api, Server, Setup};

/// A server that is to be started.
pub fn setup() -> Setup {
    Setup::new(env!("CARGO_BIN_EXE_countersign"))
}

/// A running server that lets nothing out.
pub fn server() -> Server {
    setup().start()
}

/// A place to sign on a page, for a recipient.
pub fn place(page: u32, y: u32, recipient: usize) -> Value {
    json!({"type": "signature", "page": page, "x": 72, "y": y, "width": 180, "height": 50, "recipient": recipient})
}

/// A draft of one document and one signer, with one place on the first page.
pub fn one_signer(upload: &str) -> Value {
    json!({
        "title": "Lease",
        "documents": [{"upload": upload}],
        "recipients": [{"name": "Ada Lovelace", "email": "ada@example.org"}],
        "fields": [place(1, 600, 1)],
    })
}

/// A draft for two who sign one after the other, with a field of every kind; the second one's mails are French.
pub fn two_in_order(upload: &str) -> Value {
    let field = |kind: &str, page: u32, y: u32, recipient: usize| {
        json!({"type": kind, "page": page, "x": 320, "y": y, "width": 120, "height": 20,
               "recipient": recipient, "label": format!("{kind} of {recipient}")})
    };
    json!({
        "title": "Services agreement",
        "message": "As discussed on Monday.",
        "documents": [{"upload": upload, "title": "Agreement"}],
        "recipients": [
            {"name": "Ada Lovelace", "email": "ada@example.org", "step": 1},
            {"name": "Émile Zola", "email": "emile@example.org", "step": 2, "language": "fr"},
        ],
        "fields": [
            place(4, 240, 1), field("text", 1, 100, 1), field("checkbox", 2, 100, 1), field("initials", 1, 700, 1),
            place(4, 320, 2), field("text", 3, 100, 2), field("date_signed", 4, 400, 2),
        ],
        "time_zone": "Europe/Paris",
    })
}

/// An envelope of the short contract that was sent to one signer; its id.
pub fn sent_to_one(api: &Api) -> String {
    api.sent(&one_signer(&api.uploaded(&Pdf::one_page().bytes())))
}

/// An envelope of a contract of four pages that was sent to two in order; its id.
pub fn sent_to_two(api: &Api) -> String {
    api.sent(&two_in_order(&api.uploaded(&Pdf::contract().bytes())))
}

/// Two tests of one function that takes a [`Setup`]: on SQLite and, where it is there, on PostgreSQL.
macro_rules! on_both {
    ($sqlite:ident, $postgresql:ident, $test:ident) => {
        #[test]
        fn $sqlite() {
            $test($crate::given::setup());
        }

        #[test]
        fn $postgresql() {
            let Some(database) = $crate::replicas::service("COUNTERSIGN_TEST_PG") else { return };
            let schema = $crate::replicas::Schema::new(&database, stringify!($test));
            $test($crate::given::setup().at("--database", &schema.address()));
        }
    };
}
pub(crate) use on_both;
