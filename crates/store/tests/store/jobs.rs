//! Jobs: leases, fencing, sharing the work.

use std::collections::BTreeSet;

use futures::future::join_all;
use store::jobs::{self, Claim, JobRow, Lease, NewJob, OnDuplicate};
use store::{FaultKind, Store, counters};

use crate::given::{read, write};

crate::on_both_engines!(
    eight_claimers_share_two_hundred_jobs,
    a_job_is_taken_when_it_is_due_and_by_one_only,
    after_a_crash_another_takes_the_job_and_the_first_is_refused,
    a_job_born_leased_is_left_to_its_maker_until_the_lease_runs_out,
    a_job_that_fails_waits_and_is_given_up_after_its_last_attempt,
    two_jobs_of_one_key_are_one,
    a_replaced_job_refuses_the_result_of_the_one_before,
    a_single_server_takes_its_own_work_up_at_once,
    a_lease_is_held_longer,
    a_job_is_undone_with_the_write_that_made_it,
    a_claim_names_its_kinds,
);

fn job(id: &str, run_at: i64) -> NewJob {
    NewJob {
        tenant: "acme".into(),
        job: id.into(),
        kind: "mail".into(),
        dedup_key: None,
        payload: "{}".into(),
        run_at,
        max_attempts: 3,
        leased: None,
        on_duplicate: OnDuplicate::Keep,
    }
}

async fn put(store: &Store, new: &NewJob) -> Option<String> {
    write(store, |tx| Box::pin(async move { jobs::enqueue(tx, new).await })).await
}

async fn claim(store: &Store, now: i64, token: &str) -> Vec<JobRow> {
    let claim = Claim { kinds: &["mail", "sign"], now, lease_for: 100, limit: 10, token };
    jobs::claim(store, &claim).await.expect("the claim succeeds")
}

async fn complete(store: &Store, id: &str, token: &str) -> bool {
    write(store, |tx| Box::pin(async move { jobs::complete(tx, "acme", id, token).await })).await
}

async fn find(store: &Store, id: &str) -> Option<JobRow> {
    read(store, |tx| Box::pin(async move { jobs::find(tx, "acme", id).await })).await
}

async fn eight_claimers_share_two_hundred_jobs(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            for number in 0..200 {
                jobs::enqueue(tx, &job(&format!("j{number}"), number)).await?;
            }
            Ok(())
        })
    })
    .await;
    let claimers = (0..8).map(|claimer| async move {
        let mut mine = Vec::new();
        for round in 0.. {
            let batch = claim(store, 1_000, &format!("claimer {claimer} round {round}")).await;
            if batch.is_empty() {
                break;
            }
            assert!(batch.len() <= 10, "a claim takes no more than its limit");
            mine.extend(batch.into_iter().map(|job| job.job));
        }
        mine
    });
    let taken: Vec<String> = join_all(claimers).await.into_iter().flatten().collect();
    assert_eq!(taken.len(), 200);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 200);
}

async fn a_job_is_taken_when_it_is_due_and_by_one_only(store: &Store) {
    put(store, &job("later", 50)).await;
    put(store, &job("sooner", 40)).await;
    put(store, &NewJob { kind: "webhook".into(), ..job("other kind", 1) }).await;
    assert_eq!(claim(store, 39, "a").await, []);
    let next = read(store, |tx| Box::pin(async move { jobs::next_due(tx, &["mail"]).await })).await;
    assert_eq!(next, Some(40));
    let taken: Vec<_> = claim(store, 50, "b").await.into_iter().map(|job| (job.job, job.attempt)).collect();
    assert_eq!(taken, [("sooner".to_owned(), 1), ("later".to_owned(), 1)]);
    assert_eq!(claim(store, 50, "c").await, []);
    let next = read(store, |tx| Box::pin(async move { jobs::next_due(tx, &["mail"]).await })).await;
    assert_eq!(next, Some(150), "when the leases run out");
    assert!(complete(store, "later", "b").await);
    assert_eq!(find(store, "later").await, None);
}

async fn after_a_crash_another_takes_the_job_and_the_first_is_refused(store: &Store) {
    put(store, &job("j", 0)).await;
    assert_eq!(claim(store, 10, "first").await.len(), 1);
    // The first process stands still here. Its lease ends at 110.
    assert_eq!(claim(store, 109, "second").await, []);
    let taken = claim(store, 110, "second").await;
    assert_eq!(taken.first().map(|job| job.attempt), Some(2));
    assert!(!complete(store, "j", "first").await, "a late result is refused");
    let late =
        write(store, |tx| Box::pin(async move { jobs::retry_at(tx, "acme", "j", "first", 0, "late").await }))
            .await;
    assert!(!late);
    assert!(complete(store, "j", "second").await);
    assert!(!complete(store, "j", "second").await);
}

async fn a_job_born_leased_is_left_to_its_maker_until_the_lease_runs_out(store: &Store) {
    let born = NewJob { leased: Some(Lease { token: "maker".into(), until: 100 }), ..job("j", 0) };
    assert_eq!(put(store, &born).await, Some("j".into()));
    assert_eq!(claim(store, 99, "other").await, []);
    assert_eq!(claim(store, 100, "other").await.first().map(|job| job.attempt), Some(2));
    assert!(!complete(store, "j", "maker").await);
    // Without a lease there is no empty token to complete with.
    put(store, &job("k", 0)).await;
    assert!(!complete(store, "k", "").await);
}

async fn a_job_that_fails_waits_and_is_given_up_after_its_last_attempt(store: &Store) {
    put(store, &job("j", 0)).await;
    for attempt in 1..=3 {
        let now = attempt * 1_000;
        assert_eq!(claim(store, now, "t").await.first().map(|job| job.attempt), Some(attempt));
        let given_back = write(store, |tx| {
            Box::pin(async move { jobs::retry_at(tx, "acme", "j", "t", now + 500, "no route to host").await })
        })
        .await;
        assert!(given_back);
        assert_eq!(claim(store, now + 499, "early").await, []);
    }
    assert_eq!(claim(store, i64::MAX, "t").await, [], "after three attempts it is left alone");
    let stuck = read(store, |tx| Box::pin(async move { jobs::stuck(tx, "acme").await })).await;
    let seen: Vec<_> =
        stuck.iter().map(|job| (job.job.as_str(), job.attempt, job.last_error.as_deref())).collect();
    assert_eq!(seen, [("j", 3, Some("no route to host"))]);
    assert_eq!(read(store, |tx| Box::pin(async move { jobs::stuck(tx, "other").await })).await, []);
    let revived =
        write(store, |tx| Box::pin(async move { jobs::revive(tx, "acme", "j", 9_000).await })).await;
    assert!(revived);
    assert_eq!(claim(store, 9_000, "t").await.len(), 1);
}

async fn two_jobs_of_one_key_are_one(store: &Store) {
    let keyed = |id: &str| NewJob { dedup_key: Some("envelope 1".into()), ..job(id, 0) };
    assert_eq!(put(store, &keyed("a")).await, Some("a".into()));
    assert_eq!(put(store, &keyed("b")).await, None);
    assert_eq!(put(store, &NewJob { kind: "sign".into(), ..keyed("c") }).await, Some("c".into()));
    assert_eq!(put(store, &NewJob { tenant: "other".into(), ..keyed("d") }).await, Some("d".into()));
    assert_eq!(claim(store, 1, "t").await.len(), 3);
    let removed =
        write(store, |tx| Box::pin(async move { jobs::remove(tx, "acme", "mail", "envelope 1").await }))
            .await;
    assert!(removed);
    assert_eq!(find(store, "a").await, None);
}

async fn a_replaced_job_refuses_the_result_of_the_one_before(store: &Store) {
    let deadline = |id: &str, run_at, payload: &str| NewJob {
        dedup_key: Some("deadline".into()),
        payload: payload.into(),
        on_duplicate: OnDuplicate::Replace,
        ..job(id, run_at)
    };
    assert_eq!(put(store, &deadline("a", 10, "1")).await, Some("a".into()));
    assert_eq!(claim(store, 10, "first").await.len(), 1);
    assert_eq!(put(store, &deadline("b", 20, "2")).await, Some("a".into()));
    assert!(!complete(store, "a", "first").await);
    let again = claim(store, 20, "second").await;
    assert_eq!(again.first().map(|job| (job.payload.as_str(), job.attempt)), Some(("2", 1)));
}

async fn a_single_server_takes_its_own_work_up_at_once(store: &Store) {
    put(store, &NewJob { max_attempts: 1, ..job("j", 0) }).await;
    assert_eq!(claim(store, 1, "before the stop").await.len(), 1);
    let released = write(store, |tx| Box::pin(async move { jobs::release_all(tx).await })).await;
    assert_eq!(released, 1);
    assert_eq!(claim(store, 2, "after the start").await.len(), 1, "a stop is no failed attempt too many");
    assert!(!complete(store, "j", "before the stop").await);
}

async fn a_lease_is_held_longer(store: &Store) {
    put(store, &job("j", 0)).await;
    claim(store, 0, "t").await;
    let held = write(store, |tx| {
        Box::pin(async move {
            Ok((
                jobs::extend(tx, "acme", "j", "t", 500).await?,
                jobs::extend(tx, "acme", "j", "x", 900).await?,
            ))
        })
    })
    .await;
    assert_eq!(held, (true, false));
    assert_eq!(claim(store, 499, "other").await, []);
    assert_eq!(claim(store, 500, "other").await.len(), 1);
}

async fn a_job_is_undone_with_the_write_that_made_it(store: &Store) {
    let outcome = store
        .write(|tx| {
            Box::pin(async move {
                counters::increment(tx, "acme", "n").await?;
                jobs::enqueue(tx, &job("j", 0)).await?;
                Err::<(), _>(store::Fault::corrupt("the rules say no"))
            })
        })
        .await;
    assert!(outcome.is_err());
    assert_eq!(claim(store, 1, "t").await, []);
}

async fn a_claim_names_its_kinds(store: &Store) {
    for kinds in [&[] as &[&str], &["a", "b", "c", "d", "e", "f", "g", "h", "i"]] {
        let claim = Claim { kinds, now: 0, lease_for: 1, limit: 1, token: "t" };
        let fault = jobs::claim(store, &claim).await.expect_err("1 to 8 kinds");
        assert_eq!(fault.kind, FaultKind::Configuration);
    }
    let eight = Claim {
        kinds: &["a", "b", "c", "d", "e", "f", "g", "h"],
        now: 0,
        lease_for: 1,
        limit: 1,
        token: "t",
    };
    assert_eq!(jobs::claim(store, &eight).await, Ok(Vec::new()));
}
