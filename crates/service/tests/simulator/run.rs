//! One run after another.

use crate::database::{Database, Engine};
use crate::world::World;
use service::store::{Fault, envelopes};
use std::collections::BTreeMap;

/// So many things are done in a run, before all is brought to its end.
const MOVES: usize = 45;
/// A run has so many envelopes at most.
const ENVELOPES: usize = 2;

/// So many runs at once, each on a store of its own: while one waits for its database, another one goes on.
const LANES: u64 = 4;

/// Runs with all seeds that are asked for.
#[expect(clippy::print_stdout, reason = "how often each thing happened is what the runs are worth")]
pub async fn all(engine: Engine) {
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let seeds = match number("COUNTERSIGN_SEED") {
        Some(seed) => seed..seed + 1,
        None => 1..number("COUNTERSIGN_SIMULATIONS").unwrap_or(500) + 1,
    };
    let runs = seeds.end - seeds.start;
    let lanes = (0..LANES.min(runs)).map(|lane| {
        let seeds: Vec<u64> = seeds.clone().filter(|seed| seed % LANES.min(runs) == lane).collect();
        in_lane(engine, lane, seeds)
    });
    let mut seen = BTreeMap::new();
    for lane in futures::future::join_all(lanes).await {
        for (kind, times) in lane {
            *seen.entry(kind).or_insert(0) += times;
        }
    }
    println!("{engine:?}: {runs} runs; {seen:?}");
    if runs >= 300 && !seen.is_empty() {
        everything_was_seen(&seen);
    }
}

/// Runs with these seeds, one after another, and gives how often each thing happened in them.
async fn in_lane(engine: Engine, lane: u64, seeds: Vec<u64>) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    let Some(database) = Database::open(engine, lane).await else { return seen };
    for seed in seeds {
        let mut world = World::begin(&database, seed).await.expect("a run begins");
        let ended = run(&mut world).await;
        assert!(
            ended.is_ok(),
            "seed {seed} on {engine:?}:\n{}\nBroken: {}\nRepeat it: COUNTERSIGN_SEED={seed}",
            world.moves.join("\n"),
            ended.err().unwrap_or_default()
        );
        for case in &world.cases {
            for told in &case.history.told {
                *seen.entry(told.kind.clone()).or_insert(0_usize) += 1;
            }
        }
        *seen.entry("crashes".to_owned()).or_insert(0) += world.crashes;
    }
    projections_are_those_of_the_events(&database).await;
    database.close().await;
    seen
}

async fn run(world: &mut World<'_>) -> Result<(), String> {
    world.create().await?;
    for _ in 0..MOVES {
        let envelopes = world.cases.len();
        let case = world.chance.below(envelopes.max(1));
        match world.chance.below(100) {
            _ if envelopes == 0 => world.create().await?,
            0..=39 => world.recipient_acts().await?,
            40..=68 => world.worker_acts().await?,
            69..=82 => world.sender_acts(case).await?,
            83..=84 if envelopes < ENVELOPES => world.create().await?,
            85..=91 => world.clock_jumps(),
            92..=93 => world.undead_acts().await?,
            94..=95 => {
                world.moves.push("the process stops".to_owned());
                world.stop();
            }
            _ => world.worker_acts().await?,
        }
    }
    // The weather clears: nothing stops any more, and every letter is taken.
    world.calm();
    world.settle(false).await?;
    for case in 0..world.cases.len() {
        world.is_idle(case).await?;
    }
    world.settle(true).await?;
    for case in 0..world.cases.len() {
        world.is_over(case).await?;
    }
    Ok(())
}

/// A simulation in which something never happens shows nothing about it.
fn everything_was_seen(seen: &BTreeMap<String, usize>) {
    let never: Vec<&str> = [
        "envelope_completed",
        "envelope_declined",
        "envelope_cancelled",
        "envelope_expired",
        "recipient_signed",
        "recipient_filled",
        "recipient_approved",
        "recipient_viewed",
        "recipients_released",
        "recipient_locked",
        "recipient_unlocked",
        "recipient_replaced",
        "recipient_removed",
        "delegation_asked",
        "challenge_passed",
        "challenge_failed",
        "consent_withdrawn",
        "recipients_reminded",
        "expiry_extended",
        "message_refused",
        "audit_trail_issued",
        "crashes",
    ]
    .into_iter()
    .filter(|kind| !seen.contains_key(*kind))
    .collect();
    assert!(never.is_empty(), "chance never came to {never:?}");
}

/// What is made anew from the events alone is what stood there.
async fn projections_are_those_of_the_events(database: &Database) {
    let rows = || async {
        let store = &database.store;
        store
            .read(move |tx| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for tenant in service::store::tenants::list(tx).await? {
                        for id in envelopes::all_ids(tx, &tenant.tenant).await? {
                            rows.push(envelopes::find(tx, &tenant.tenant, &id).await?);
                        }
                    }
                    Ok::<_, Fault>(rows)
                })
            })
            .await
            .expect("the list is read")
    };
    let before = rows().await;
    let world = World::begin(database, u64::MAX).await.expect("a run begins");
    world.service.rebuild().await.expect("the projections are made anew");
    assert!(before == rows().await, "the projections were not those of the events");
}
