//! Accounts, people, keys, sessions.

use futures::future::join_all;
use store::api_keys::ApiKeyRow;
use store::sessions::SessionRow;
use store::tenants::TenantRow;
use store::users::UserRow;
use store::{Store, api_keys, sessions, tenants, users};

use crate::given::{read, write};

crate::on_both_engines!(
    an_account_is_made_once_and_changed,
    one_address_can_belong_to_people_of_several_accounts,
    a_key_is_found_by_its_digest_within_its_account_and_stays_revoked,
    a_one_time_link_is_used_by_the_first_of_many_only,
    a_session_holds_until_its_end,
);

async fn an_account_is_made_once_and_changed(store: &Store) {
    let row = &TenantRow { tenant: "acme".into(), name: "Acme".into(), settings: "{}".into(), created_at: 7 };
    let (first, second, changed, found) = write(store, |tx| {
        Box::pin(async move {
            Ok((
                tenants::insert(tx, row).await?,
                tenants::insert(tx, &TenantRow { name: "Thief".into(), ..row.clone() }).await?,
                tenants::update(tx, "acme", "Acme SA", r#"{"language":"fr"}"#).await?,
                tenants::find(tx, "acme").await?,
            ))
        })
    })
    .await;
    assert_eq!((first, second, changed), (true, false, true));
    let wanted = TenantRow { name: "Acme SA".into(), settings: r#"{"language":"fr"}"#.into(), ..row.clone() };
    assert_eq!(found.as_ref(), Some(&wanted));
    assert_eq!(read(store, |tx| Box::pin(async move { tenants::list(tx).await })).await, [wanted]);
}

async fn one_address_can_belong_to_people_of_several_accounts(store: &Store) {
    let person = |tenant: &str, user: &str| UserRow {
        tenant: tenant.into(),
        user: user.into(),
        email: "ada@example.com".into(),
        name: "Ada".into(),
        role: "owner".into(),
        disabled_at: None,
    };
    let rows = &[
        person("acme", "u1"),
        person("other", "u2"),
        UserRow { role: "member".into(), ..person("acme", "u1") },
    ];
    let (found, list, owners, removed) = write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                users::put(tx, row).await?;
            }
            let found = users::find(tx, "acme", "u1").await?;
            let list = users::list(tx, "acme").await?;
            let owners = users::by_email(tx, "ada@example.com").await?;
            Ok((
                found,
                list,
                owners,
                (users::remove(tx, "acme", "u2").await?, users::remove(tx, "acme", "u1").await?),
            ))
        })
    })
    .await;
    assert_eq!(found.as_ref(), rows.last());
    assert_eq!(list.len(), 1);
    assert_eq!(owners, [("acme".to_owned(), "u1".to_owned()), ("other".to_owned(), "u2".to_owned())]);
    assert_eq!(removed, (false, true));
}

async fn a_key_is_found_by_its_digest_within_its_account_and_stays_revoked(store: &Store) {
    let key = &ApiKeyRow {
        tenant: "acme".into(),
        key_id: "key_1".into(),
        digest: "d1".into(),
        dialect: "native".into(),
        live: true,
        label: "Warehouse".into(),
        created_at: 1,
        revoked_at: None,
        frame_origins: r#"["https://app.example.org"]"#.into(),
    };
    write(store, |tx| Box::pin(async move { api_keys::insert(tx, key).await })).await;
    let find = |tenant: &'static str| read(store, move |tx| Box::pin(api_keys::find(tx, tenant, "d1")));
    assert_eq!(find("acme").await.as_ref(), Some(key));
    assert_eq!(find("other").await, None);
    let revoked = write(store, |tx| {
        Box::pin(async move {
            Ok((
                api_keys::revoke(tx, "acme", "key_1", 5).await?,
                api_keys::revoke(tx, "acme", "key_1", 6).await?,
            ))
        })
    })
    .await;
    assert_eq!(revoked, (true, false));
    let list = read(store, |tx| Box::pin(async move { api_keys::list(tx, "acme").await })).await;
    assert_eq!(list, [ApiKeyRow { revoked_at: Some(5), ..key.clone() }]);
}

fn link(expires_at: i64) -> SessionRow {
    SessionRow {
        tenant: "acme".into(),
        digest: "d".into(),
        kind: "sign_in".into(),
        user: "u1".into(),
        expires_at,
        used_at: None,
    }
}

async fn a_one_time_link_is_used_by_the_first_of_many_only(store: &Store) {
    write(store, |tx| Box::pin(async move { sessions::insert(tx, &link(100)).await })).await;
    let late =
        write(store, |tx| Box::pin(async move { sessions::consume(tx, "acme", "d", "sign_in", 100).await }))
            .await;
    assert_eq!(late, None);
    let wrong_kind =
        write(store, |tx| Box::pin(async move { sessions::consume(tx, "acme", "d", "session", 9).await }))
            .await;
    assert_eq!(wrong_kind, None);
    let uses = join_all((0..8).map(|_| {
        write(store, |tx| Box::pin(async move { sessions::consume(tx, "acme", "d", "sign_in", 99).await }))
    }))
    .await;
    assert_eq!(uses.into_iter().flatten().collect::<Vec<_>>(), ["u1"]);
}

async fn a_session_holds_until_its_end(store: &Store) {
    let row = &SessionRow { kind: "session".into(), ..link(100) };
    write(store, |tx| Box::pin(async move { sessions::insert(tx, row).await })).await;
    let holds = |now: i64| async move {
        read(store, move |tx| Box::pin(sessions::find(tx, "acme", "d", "session", now))).await.is_some()
    };
    assert_eq!((holds(99).await, holds(100).await), (true, false));
    write(store, |tx| Box::pin(async move { sessions::extend(tx, "acme", "d", 200).await })).await;
    assert_eq!((holds(199).await, holds(200).await), (true, false));
    write(store, |tx| Box::pin(async move { sessions::end(tx, "acme", "d").await })).await;
    assert!(!holds(1).await);
    let forgotten = write(store, |tx| {
        Box::pin(async move {
            sessions::insert(tx, &link(10)).await?;
            sessions::forget(tx, "acme", 11).await
        })
    })
    .await;
    assert_eq!(forgotten, 1);
}
