//! Identity providers, and sign-ins at them that have begun.

use futures::future::join_all;
use store::identity_providers::{self, IdentityProviderRow};
use store::sign_in_attempts::{self, SignInAttemptRow};
use store::{Fault, Store};

use crate::given::{read, write};

crate::on_both_engines!(
    each_account_has_one_identity_provider_and_the_last_one_counts,
    a_sign_in_that_has_begun_is_taken_once_in_its_own_visit_and_in_time,
    sign_ins_from_which_nobody_came_back_are_forgotten,
);

fn provider(tenant: &str, secret: Option<Vec<u8>>) -> IdentityProviderRow {
    IdentityProviderRow {
        tenant: tenant.into(),
        name: "Example Login".into(),
        issuer: "https://login.example.com".into(),
        client: "countersign".into(),
        secret,
        claim: "email".into(),
        scopes: "openid email".into(),
        changed_at: 7,
    }
}

async fn each_account_has_one_identity_provider_and_the_last_one_counts(store: &Store) {
    let (first, second) = (provider("acme", Some(vec![1, 2])), provider("acme", None));
    let second = IdentityProviderRow { issuer: "https://other.example.com".into(), changed_at: 8, ..second };
    for row in [&first, &second] {
        write(store, |tx| Box::pin(async move { identity_providers::put(tx, row).await })).await;
        let found =
            read(store, |tx| Box::pin(async move { identity_providers::get(tx, "acme").await })).await;
        assert_eq!(found.as_ref(), Some(row));
    }
    let other = read(store, |tx| Box::pin(async move { identity_providers::get(tx, "other").await })).await;
    assert_eq!(other, None);
    let removed = write(store, |tx| {
        Box::pin(async move {
            Ok::<_, Fault>((
                identity_providers::remove(tx, "other").await?,
                identity_providers::remove(tx, "acme").await?,
                identity_providers::remove(tx, "acme").await?,
            ))
        })
    })
    .await;
    assert_eq!(removed, (false, true, false));
}

fn attempt(digest: &str, expires_at: i64) -> SignInAttemptRow {
    SignInAttemptRow {
        tenant: "acme".into(),
        digest: digest.into(),
        envelope: "env_1".into(),
        recipient: 1,
        visit: 2,
        sealed: vec![4, 2],
        expires_at,
    }
}

async fn a_sign_in_that_has_begun_is_taken_once_in_its_own_visit_and_in_time(store: &Store) {
    write(store, |tx| Box::pin(async move { sign_in_attempts::insert(tx, &attempt("d", 100)).await })).await;
    let take = |tenant: &'static str, envelope: &'static str, of: (i64, i64), now: i64| {
        write(store, move |tx| Box::pin(sign_in_attempts::take(tx, tenant, "d", envelope, of, now)))
    };
    assert_eq!(take("other", "env_1", (1, 2), 99).await, None);
    assert_eq!(take("acme", "env_2", (1, 2), 99).await, None);
    assert_eq!(take("acme", "env_1", (2, 2), 99).await, None);
    assert_eq!(take("acme", "env_1", (1, 1), 99).await, None);
    assert_eq!(take("acme", "env_1", (1, 2), 100).await, None);
    let taken = join_all((0..8).map(|_| take("acme", "env_1", (1, 2), 99))).await;
    assert_eq!(taken.into_iter().flatten().collect::<Vec<_>>(), [vec![4, 2]]);
}

async fn sign_ins_from_which_nobody_came_back_are_forgotten(store: &Store) {
    let forgotten = write(store, |tx| {
        Box::pin(async move {
            for (digest, end) in [("a", 100), ("b", 101)] {
                sign_in_attempts::insert(tx, &attempt(digest, end)).await?;
            }
            Ok::<_, Fault>((
                sign_in_attempts::forget(tx, "other", 1000).await?,
                sign_in_attempts::forget(tx, "acme", 100).await?,
                sign_in_attempts::take(tx, "acme", "b", "env_1", (1, 2), 100).await?,
            ))
        })
    })
    .await;
    assert_eq!(forgotten, (0, 1, Some(vec![4, 2])));
}
