//! The address book.

use store::contacts::{self, ContactRow, Filter};
use store::users::{self, UserRow};
use store::{FaultKind, Store};

use crate::given::{read, write};

crate::on_both_engines!(
    contacts_are_listed_in_their_order_and_by_page,
    an_address_stands_in_each_address_book_once,
    whoever_is_forgotten_goes_from_both_address_books,
    somebody_switched_off_is_in_the_list_and_not_in_the_directory,
);

fn contact(id: &str, test: bool, name: &str) -> ContactRow {
    ContactRow {
        tenant: "acme".into(),
        contact: id.into(),
        test,
        email: format!("{}@example.org", name.to_lowercase()),
        name: name.into(),
        phone: "+33612345678".into(),
        language: "fr".into(),
        company: "Stone & Sons".into(),
        title: String::new(),
        search: format!("{} stonesons", name.to_lowercase()),
        sort_key: format!("{}\u{1}{id}", name.to_lowercase()).into_bytes(),
        created_at: 1,
        updated_at: 2,
    }
}

async fn put(store: &Store, rows: &[ContactRow]) {
    write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                contacts::insert(tx, row).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn names(store: &Store, filter: Filter) -> Vec<String> {
    let filter = &filter;
    let rows = read(store, |tx| Box::pin(async move { contacts::list(tx, "acme", filter).await })).await;
    rows.into_iter().map(|row| row.name).collect()
}

async fn contacts_are_listed_in_their_order_and_by_page(store: &Store) {
    let theirs = ContactRow { tenant: "other".into(), ..contact("c9", false, "Zoe") };
    let rows = [
        contact("c1", false, "Eva"),
        contact("c2", false, "ada"),
        contact("c3", false, "Ben"),
        contact("c4", true, "Tess"),
        theirs,
    ];
    put(store, &rows).await;
    let page = Filter { limit: 2, ..Filter::default() };
    assert_eq!(names(store, page.clone()).await, ["ada", "Ben"]);
    let after = rows.get(2).map(|row| row.sort_key.clone()).unwrap_or_default();
    assert_eq!(names(store, Filter { after, ..page.clone() }).await, ["Eva"]);
    assert_eq!(names(store, Filter { q: "en".into(), ..page.clone() }).await, ["Ben"]);
    assert_eq!(names(store, Filter { test: true, ..page }).await, ["Tess"]);
}

async fn an_address_stands_in_each_address_book_once(store: &Store) {
    put(store, &[contact("c1", false, "Ada"), contact("c2", true, "Ada")]).await;
    let again = &contact("c3", false, "Ada");
    let fault = store.write(|tx| Box::pin(async move { contacts::insert(tx, again).await })).await;
    assert_eq!(fault.map_err(|fault| fault.kind), Err(FaultKind::Conflict));
    let changed = &ContactRow {
        email: "lovelace@example.org".into(),
        name: "Ada Lovelace".into(),
        phone: String::new(),
        language: "en".into(),
        company: String::new(),
        title: "Countess".into(),
        search: "adalovelace".into(),
        sort_key: b"adalovelace\x01c1".to_vec(),
        updated_at: 9,
        ..contact("c1", false, "Ada")
    };
    let (locked, removed) = write(store, |tx| {
        Box::pin(async move {
            contacts::update(tx, changed).await?;
            let locked = contacts::lock(tx, "acme", "c1").await?;
            let removed =
                (contacts::remove(tx, "other", "c2").await?, contacts::remove(tx, "acme", "c2").await?);
            Ok((locked, removed))
        })
    })
    .await;
    assert_eq!((locked.as_ref(), removed), (Some(changed), (false, true)));
    let found = read(store, |tx| {
        Box::pin(async move {
            Ok((
                contacts::by_email(tx, "acme", false, "lovelace@example.org").await?,
                contacts::by_email(tx, "acme", true, "ada@example.org").await?,
                contacts::find(tx, "other", "c1").await?,
            ))
        })
    })
    .await;
    assert_eq!(found, (Some(changed.clone()), None, None));
}

async fn whoever_is_forgotten_goes_from_both_address_books(store: &Store) {
    put(store, &[contact("c1", false, "Ada"), contact("c2", true, "Ada"), contact("c3", false, "Ben")]).await;
    let gone = write(store, |tx| {
        Box::pin(async move {
            let counted = contacts::count_of(tx, "acme", "ada@example.org").await?;
            let removed = contacts::remove_of(tx, "acme", "ada@example.org").await?;
            Ok((counted, removed, contacts::count_of(tx, "acme", "ada@example.org").await?))
        })
    })
    .await;
    assert_eq!(gone, (2, 2, 0));
    assert_eq!(names(store, Filter { limit: 9, ..Filter::default() }).await, ["Ben"]);
}

async fn somebody_switched_off_is_in_the_list_and_not_in_the_directory(store: &Store) {
    let off = &UserRow {
        tenant: "acme".into(),
        user: "u1".into(),
        email: "ada@example.org".into(),
        name: "Ada".into(),
        role: "member".into(),
        disabled_at: Some(7),
    };
    let (all, known) = write(store, |tx| {
        Box::pin(async move {
            users::put(tx, off).await?;
            Ok((users::lock_all(tx, "acme").await?, users::by_email(tx, "ada@example.org").await?))
        })
    })
    .await;
    assert_eq!((all, known), (vec![off.clone()], vec![]));
}
