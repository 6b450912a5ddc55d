//! Envelopes, people and processes of every kind, as chance has it, on both databases: what has to hold is looked at
//! after each step and at the end.
//!
//! `COUNTERSIGN_SIMULATIONS` says how many runs (500), `COUNTERSIGN_SEED` repeats one. Read first: [`world`] (what a run
//! is made of), [`checks`] (what has to hold). To let somebody do one more thing: a move in [`sender`] or [`people`],
//! with the events by which it is known that it happened.

mod chance;
mod checks;
mod crash;
mod database;
mod drafts;
mod fairness;
mod history;
mod owed;
mod people;
mod post;
mod run;
mod sender;
mod worker;
mod world;

use database::Engine;

#[tokio::test(flavor = "current_thread")]
async fn whatever_happens_on_sqlite_nothing_is_lost_doubled_or_stuck() {
    run::all(Engine::Sqlite).await;
}

#[tokio::test(flavor = "current_thread")]
async fn whatever_happens_on_postgresql_nothing_is_lost_doubled_or_stuck() {
    run::all(Engine::Postgres).await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_single_envelope_does_not_stand_behind_a_list_on_sqlite() {
    fairness::a_single_envelope_waits_for_few(Engine::Sqlite).await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_single_envelope_does_not_stand_behind_a_list_on_postgresql() {
    fairness::a_single_envelope_waits_for_few(Engine::Postgres).await;
}
