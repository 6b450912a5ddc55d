//! What only so much is allowed of is counted by one after the other, whoever counts.

use futures::future::join_all;
use store::{Store, allowances};

use crate::given::write;

crate::on_both_engines!(
    of_many_at_once_no_more_pass_than_are_allowed,
    each_subject_of_each_account_is_counted_by_itself,
    what_does_not_count_any_more_is_forgotten,
);

/// Whether one more of at most three passed.
async fn one_more(store: &Store, tenant: &'static str, subject: &'static str, now: i64) -> bool {
    write(store, move |tx| {
        Box::pin(async move {
            let mut uses = allowances::lock(tx, tenant, subject, now).await?;
            if uses.len() >= 3 {
                return Ok(false);
            }
            uses.push(now);
            allowances::put(tx, tenant, subject, &uses, now + 10).await?;
            Ok(true)
        })
    })
    .await
}

async fn of_many_at_once_no_more_pass_than_are_allowed(store: &Store) {
    let passed = join_all((0..12).map(|now| one_more(store, "acme", "a", now))).await;
    assert_eq!(passed.into_iter().filter(|passed| *passed).count(), 3);
    let uses = write(store, |tx| Box::pin(allowances::lock(tx, "acme", "a", 99))).await;
    assert_eq!(uses.len(), 3);
}

async fn each_subject_of_each_account_is_counted_by_itself(store: &Store) {
    for _ in 0..3 {
        assert!(one_more(store, "acme", "a", 5).await);
    }
    assert!(!one_more(store, "acme", "a", 5).await);
    assert!(one_more(store, "acme", "b", 5).await);
    assert!(one_more(store, "other", "a", 5).await);
    let uses = write(store, |tx| Box::pin(allowances::lock(tx, "acme", "b", 99))).await;
    assert_eq!(uses, [5]);
}

async fn what_does_not_count_any_more_is_forgotten(store: &Store) {
    for (tenant, subject, now) in [("acme", "a", 5), ("acme", "b", 6), ("other", "a", 5)] {
        assert!(one_more(store, tenant, subject, now).await);
    }
    let forget = |now: i64| write(store, move |tx| Box::pin(allowances::forget(tx, "acme", now)));
    assert_eq!((forget(14).await, forget(15).await, forget(15).await), (0, 1, 0));
    let uses = |tenant: &'static str, subject: &'static str| {
        write(store, move |tx| Box::pin(allowances::lock(tx, tenant, subject, 99)))
    };
    assert_eq!(
        (uses("acme", "a").await, uses("acme", "b").await, uses("other", "a").await),
        (vec![], vec![6], vec![5])
    );
}
