//! Closures become transactions: alone, together, undone, cancelled, run anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::future::join_all;
use store::{Fault, FaultKind, Store, counters, secrets};
use tokio::sync::Barrier;

use crate::given::{self, Engine, read, write};

crate::on_both_engines!(
    what_was_written_is_read,
    a_failed_write_undoes_itself_alone,
    a_refusal_of_the_callers_own_kind_comes_back_as_it_is,
    a_closure_cannot_make_light_of_a_fault,
    a_cancelled_write_leaves_nothing_and_blocks_nobody,
    a_panicking_write_leaves_nothing_and_blocks_nobody,
    a_counter_gives_every_caller_another_number,
    a_write_that_changes_nothing_is_no_durable_commit,
    a_closure_may_borrow_what_its_caller_owns,
);

#[derive(Debug, PartialEq)]
enum Outcome {
    Refused,
    Fault(Fault),
}

impl From<Fault> for Outcome {
    fn from(fault: Fault) -> Outcome {
        Outcome::Fault(fault)
    }
}

async fn value(store: &Store, name: &str) -> Option<i64> {
    read(store, |tx| {
        Box::pin(async move {
            let sql = "SELECT value FROM counters WHERE tenant = $1 AND name = $2";
            tx.query_first(sql, &["acme".into(), name.into()]).await?.map(|mut row| row.int()).transpose()
        })
    })
    .await
}

async fn count_up(store: &Store, name: &str) -> i64 {
    write(store, |tx| Box::pin(async move { counters::increment(tx, "acme", name).await })).await
}

async fn what_was_written_is_read(store: &Store) {
    assert_eq!(count_up(store, "a").await, 1);
    assert_eq!(count_up(store, "a").await, 2);
    assert_eq!(value(store, "a").await, Some(2));
    assert_eq!(value(store, "b").await, None);
    store.ping().await.expect("the database answers");
}

async fn a_failed_write_undoes_itself_alone(store: &Store) {
    let names: Vec<String> = (0..40).map(|number| format!("n{number}")).collect();
    let writes = names.iter().enumerate().map(|(number, name)| {
        store.write(move |tx| {
            Box::pin(async move {
                counters::increment(tx, "acme", name).await?;
                if number % 2 == 0 { Ok(()) } else { Err(Outcome::Refused) }
            })
        })
    });
    let outcomes = join_all(writes).await;
    for (number, (name, outcome)) in names.iter().zip(outcomes).enumerate() {
        let stands = number % 2 == 0;
        assert_eq!(outcome, if stands { Ok(()) } else { Err(Outcome::Refused) });
        assert_eq!(value(store, name).await, stands.then_some(1), "{name}");
    }
}

async fn a_refusal_of_the_callers_own_kind_comes_back_as_it_is(store: &Store) {
    let refused: Result<(), Outcome> = store.write(|_| Box::pin(async { Err(Outcome::Refused) })).await;
    assert_eq!(refused, Err(Outcome::Refused));
    let broken: Result<_, Outcome> = store
        .write(|tx| {
            Box::pin(
                async move { Ok(tx.execute("DELETE FROM nothing WHERE tenant = $1", &["a".into()]).await?) },
            )
        })
        .await;
    match broken {
        Err(Outcome::Fault(fault)) => assert_eq!((fault.kind, fault.retry), (FaultKind::Statement, false)),
        other => unreachable!("a wrong statement is a fault, not {other:?}"),
    }
    assert_eq!(count_up(store, "after").await, 1);
}

async fn a_closure_cannot_make_light_of_a_fault(store: &Store) {
    let outcome: Result<(), Fault> = store
        .write(|tx| {
            Box::pin(async move {
                counters::increment(tx, "acme", "before").await?;
                let broken = tx.execute("DELETE FROM nothing WHERE tenant = $1", &["acme".into()]).await;
                assert!(broken.is_err());
                let after = counters::increment(tx, "acme", "after").await;
                assert_eq!(after.map_err(|fault| fault.kind), Err(FaultKind::Statement));
                Ok(())
            })
        })
        .await;
    assert_eq!(outcome.map_err(|fault| fault.kind), Err(FaultKind::Statement));
    assert_eq!((value(store, "before").await, value(store, "after").await), (None, None));
}

async fn a_cancelled_write_leaves_nothing_and_blocks_nobody(store: &Store) {
    let reached = Arc::new(Barrier::new(2));
    let task = {
        let (store, reached) = (store.clone(), reached.clone());
        tokio::spawn(async move {
            let reached = &reached;
            write(&store, |tx| {
                Box::pin(async move {
                    counters::increment(tx, "acme", "cancelled").await?;
                    reached.wait().await;
                    std::future::pending::<Result<(), Fault>>().await
                })
            })
            .await;
        })
    };
    reached.wait().await;
    task.abort();
    assert!(task.await.expect_err("the task was stopped").is_cancelled());
    assert_eq!(count_up(store, "after").await, 1);
    assert_eq!(value(store, "cancelled").await, None);
}

async fn a_panicking_write_leaves_nothing_and_blocks_nobody(store: &Store) {
    let task = {
        let store = store.clone();
        tokio::spawn(async move {
            write(&store, |tx| {
                Box::pin(async move {
                    counters::increment(tx, "acme", "panicked").await?;
                    let rows = tx.query("SELECT 1", &[]).await?;
                    assert!(rows.is_empty(), "a mistake in a closure");
                    Ok(())
                })
            })
            .await;
        })
    };
    assert!(task.await.expect_err("the task panicked").is_panic());
    assert_eq!(count_up(store, "after").await, 1);
    assert_eq!(value(store, "panicked").await, None);
}

async fn a_counter_gives_every_caller_another_number(store: &Store) {
    let mut numbers = join_all((0..30).map(|_| count_up(store, "crl"))).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=30).collect::<Vec<_>>());
}

async fn a_write_that_changes_nothing_is_no_durable_commit(store: &Store) {
    let before = store.durable_commits();
    write(store, |tx| Box::pin(async move { tx.query("SELECT 1", &[]).await.map(drop) })).await;
    assert_eq!(store.durable_commits(), before);
    count_up(store, "a").await;
    assert_eq!(store.durable_commits(), before + 1);
}

async fn a_closure_may_borrow_what_its_caller_owns(store: &Store) {
    let names = [String::from("x"), String::from("y")];
    let total = write(store, |tx| {
        Box::pin(async {
            let mut total = 0;
            for name in &names {
                total += counters::increment(tx, "acme", name).await?;
            }
            Ok(total)
        })
    })
    .await;
    assert_eq!(total, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_that_wait_together_share_a_commit_on_sqlite() {
    let given = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    let store = &given.store;
    let (writes, before) = (200, store.durable_commits());
    // The first write holds the connection until all others stand in line.
    let queued = AtomicU32::new(0);
    let queued = &queued;
    let first = store.write(move |tx| {
        Box::pin(async move {
            counters::increment(tx, "acme", "first").await?;
            while queued.load(Ordering::Acquire) < writes {
                tokio::task::yield_now().await;
            }
            Ok::<_, Fault>(())
        })
    });
    let others = join_all((0..writes).map(|number| async move {
        queued.fetch_add(1, Ordering::AcqRel);
        count_up(store, &format!("n{}", number % 7)).await
    }));
    let (first, others) = tokio::join!(first, others);
    first.expect("the first write stands");
    assert_eq!(others.len(), 200);
    let commits = store.durable_commits() - before;
    println!("201 writes took {commits} durable commits");
    assert!(commits < 10, "201 writes took {commits} durable commits");
    let mut sum = 0;
    for number in 0..7 {
        sum += value(store, &format!("n{number}")).await.unwrap_or_default();
    }
    assert_eq!(sum, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_lost_a_race_is_run_anew_on_postgres() {
    let Some(given) = given::empty(Engine::Postgres).await else { return };
    let store = &given.store;
    count_up(store, "a").await;
    count_up(store, "b").await;
    // Two writes lock the same rows in opposite order: PostgreSQL ends one of them with 40P01.
    let (met, runs) = (&Barrier::new(2), &AtomicU32::new(0));
    let crossing = |one: &'static str, two: &'static str| {
        store.write(move |tx| {
            Box::pin(async move {
                let run = runs.fetch_add(1, Ordering::AcqRel);
                counters::increment(tx, "acme", one).await?;
                if run < 2 {
                    met.wait().await;
                }
                counters::increment(tx, "acme", two).await
            })
        })
    };
    let (one, two): (Result<_, Fault>, Result<_, Fault>) =
        tokio::join!(crossing("a", "b"), crossing("b", "a"));
    one.expect("the first write stands");
    two.expect("the second write stands");
    // On a busy machine PostgreSQL looks from both sides at once, and ends both.
    let runs = runs.load(Ordering::Acquire);
    assert!((3..=4).contains(&runs), "{runs} runs");
    assert_eq!((value(store, "a").await, value(store, "b").await), (Some(3), Some(3)));
    given.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_fails_what_it_hits_and_nothing_later() {
    let given = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    let store = &given.store;
    count_up(store, "before").await;
    // A limit on the file's pages does what a full disk does.
    write(store, |tx| Box::pin(async move { tx.query("PRAGMA max_page_count = 80", &[]).await.map(drop) }))
        .await;
    let big = &vec![7_u8; 1 << 20];
    let name = &|number: usize| format!("n{number}");
    let writes = (0..12).map(|number| {
        store.write(move |tx| {
            Box::pin(async move {
                counters::increment(tx, "acme", &name(number)).await?;
                if number % 4 == 2 {
                    secrets::insert_if_absent(tx, "acme", "big", big).await?;
                }
                Ok::<_, Fault>(())
            })
        })
    });
    let outcomes = join_all(writes).await;
    for (number, outcome) in outcomes.into_iter().enumerate() {
        // Who was told that it stands finds it; who was not finds nothing.
        let stands = outcome.as_ref().ok().map(|()| 1);
        assert_eq!(value(store, &name(number)).await, stands, "write {number}: {outcome:?}");
        if number % 4 == 2 {
            let fault = outcome.expect_err("there is no room");
            assert_eq!((fault.kind, fault.retry), (FaultKind::Unavailable, true));
        }
    }
    write(store, |tx| {
        Box::pin(async move { tx.query("PRAGMA max_page_count = 100000", &[]).await.map(drop) })
    })
    .await;
    assert_eq!(count_up(store, "before").await, 2);
    write(store, |tx| Box::pin(async move { secrets::insert_if_absent(tx, "acme", "big", big).await })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_whose_connection_is_cut_is_run_anew_on_postgres() {
    let Some(given) = given::empty(Engine::Postgres).await else { return };
    let (store, runs) = (&given.store, &AtomicU32::new(0));
    let number = write(store, |tx| {
        Box::pin(async move {
            let run = runs.fetch_add(1, Ordering::AcqRel);
            counters::increment(tx, "acme", "n").await?;
            if run == 0 {
                let mut own = tx.query("SELECT pg_backend_pid()", &[]).await?;
                let own = own.pop().map(|mut row| row.int()).transpose()?.unwrap_or_default();
                write(store, |other| {
                    Box::pin(async move {
                        other.query("SELECT pg_terminate_backend($1::int4)::text", &[own.into()]).await
                    })
                })
                .await;
            }
            counters::increment(tx, "acme", "n").await
        })
    })
    .await;
    assert_eq!((number, runs.load(Ordering::Acquire)), (2, 2), "the first run left nothing");
    given.end().await;
}
