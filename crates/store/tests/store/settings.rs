//! What an account sets for itself: words that are agreed to, words of mails, what drafts begin with.

use store::consent_texts::{self, ConsentTextRow};
use store::mail_templates::{self, MailTemplateRow};
use store::{Store, draft_defaults};

use crate::given::{read, write};

crate::on_both_engines!(
    a_text_that_is_agreed_to_has_versions_and_none_is_ever_changed,
    the_words_of_a_mail_stand_until_they_are_removed,
    what_drafts_begin_with_is_written_over,
);

fn text(tenant: &str, version: i64, paragraphs: &str) -> ConsentTextRow {
    ConsentTextRow {
        tenant: tenant.into(),
        language: "en".into(),
        version,
        paragraphs: paragraphs.into(),
        made_by: "usr".into(),
        created_at: 5,
    }
}

async fn a_text_that_is_agreed_to_has_versions_and_none_is_ever_changed(store: &Store) {
    let insert = |row: ConsentTextRow| async move {
        let row = &row;
        write(store, move |tx| Box::pin(consent_texts::insert(tx, row))).await
    };
    assert!(insert(text("acme", 1, "[1]")).await);
    assert!(insert(text("acme", 2, "[2]")).await);
    assert!(!insert(text("acme", 2, "[3]")).await, "a number is given once");
    assert!(insert(text("other", 1, "[4]")).await);
    let newest =
        |language: &'static str| read(store, move |tx| Box::pin(consent_texts::newest(tx, "acme", language)));
    assert_eq!((newest("en").await, newest("fr").await), (Some(text("acme", 2, "[2]")), None));
    let list = |limit| read(store, move |tx| Box::pin(consent_texts::list(tx, "acme", "en", limit)));
    assert_eq!(list(9).await, [text("acme", 2, "[2]"), text("acme", 1, "[1]")]);
    assert_eq!(list(1).await, [text("acme", 2, "[2]")]);
}

async fn the_words_of_a_mail_stand_until_they_are_removed(store: &Store) {
    let words = |tenant: &str, language: &str, words: &str| MailTemplateRow {
        tenant: tenant.into(),
        kind: "reminder".into(),
        language: language.into(),
        words: words.into(),
        updated_at: 5,
    };
    for row in [
        words("acme", "en", "1"),
        words("acme", "en", "2"),
        words("acme", "fr", "3"),
        words("other", "en", "4"),
    ] {
        let row = &row;
        write(store, move |tx| Box::pin(mail_templates::put(tx, row))).await;
    }
    let find = |language: &'static str| {
        read(store, move |tx| Box::pin(mail_templates::find(tx, "acme", "reminder", language)))
    };
    assert_eq!(find("en").await, Some(words("acme", "en", "2")));
    let list = || read(store, |tx| Box::pin(mail_templates::list(tx, "acme")));
    assert_eq!(list().await, [words("acme", "en", "2"), words("acme", "fr", "3")]);
    let remove = || write(store, |tx| Box::pin(mail_templates::remove(tx, "acme", "reminder", "en")));
    assert_eq!((remove().await, remove().await), (true, false));
    assert_eq!((find("en").await, find("fr").await), (None, Some(words("acme", "fr", "3"))));
}

async fn what_drafts_begin_with_is_written_over(store: &Store) {
    let find = |tenant: &'static str| read(store, move |tx| Box::pin(draft_defaults::find(tx, tenant)));
    assert_eq!(find("acme").await, None);
    for wishes in ["{\"a\":1}", "{\"a\":2}"] {
        write(store, move |tx| Box::pin(draft_defaults::put(tx, "acme", wishes, 5))).await;
    }
    assert_eq!((find("acme").await, find("other").await), (Some("{\"a\":2}".into()), None));
}
