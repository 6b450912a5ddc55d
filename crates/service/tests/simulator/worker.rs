//! Workers, in any order, twice, late or never; and the clock.

use crate::world::{Answer, Asked, World};
use service::store::{Fault, FaultKind};
use service::work::Taken;
use service::{Error, Service};

const MINUTE: i64 = 60_000_000;

// When the next job can be taken, with or without those that wait for a deadline.
const NEXT: &str = "SELECT MIN(CASE WHEN run_at > leased_until THEN run_at ELSE leased_until END) FROM jobs \
    WHERE tenant = $1 AND kind <> $2";

impl World<'_> {
    /// A worker does one of the jobs that it holds, any of them.
    pub async fn worker_acts(&mut self) -> Result<(), String> {
        self.pool.extend(self.service.own_jobs());
        if self.chance.percent(if self.pool.is_empty() { 50 } else { 10 }) {
            self.take().await?;
        }
        if self.pool.is_empty() {
            return Ok(());
        }
        let index = self.chance.below(self.pool.len());
        // Some are done twice, as when a lease goes to another worker meanwhile.
        let taken =
            if self.chance.percent(10) { self.pool[index].clone() } else { self.pool.swap_remove(index) };
        self.carry_out(taken).await
    }

    /// A job goes on in a process that was stopped for long.
    pub async fn undead_acts(&mut self) -> Result<(), String> {
        if self.undead.is_empty() {
            return Ok(());
        }
        let index = self.chance.below(self.undead.len());
        let taken = self.undead.swap_remove(index);
        self.carry_out(taken).await
    }

    async fn take(&mut self) -> Result<(), String> {
        let ask =
            |service: Service| -> Asked<Vec<Taken>> { Box::pin(async move { service.take_jobs(50).await }) };
        match self.ask("take jobs".to_owned(), ask).await? {
            Answer::Done(taken) => {
                self.note(&format!(": {}", taken.len()));
                self.pool.extend(taken);
                Ok(())
            }
            Answer::Refused(error) => Err(format!("jobs cannot be taken: {error:?}")),
            Answer::None => Ok(()),
        }
    }

    async fn carry_out(&mut self, taken: Taken) -> Result<(), String> {
        let id = taken.envelope().map(ToOwned::to_owned);
        let case = self.cases.iter().position(|it| Some(it.scope.envelope.as_str()) == id.as_deref());
        let Some(case) = case else {
            return Err(format!("{} belongs to no envelope of this run", taken.what()));
        };
        let what = format!("work on {case}: {}", taken.what());
        let ask = move |service: Service| -> Asked<()> {
            Box::pin(async move { service.carry_out_by_hand(&taken).await })
        };
        let answer = self.ask(what, ask).await?;
        let known = self.look(case).await?;
        if let Answer::Refused(error) = &answer {
            // A letter that was put off, or a lease that went to another worker.
            let passes = matches!(error, Error::Fault(Fault { kind: FaultKind::Conflict, .. }));
            let new = &self.cases[case].history.told[known..];
            if !passes || !new.is_empty() {
                return Err(format!("a job failed: {error:?}"));
            }
        }
        self.stands(case).await
    }

    /// The clock goes on, jumps, or is set back.
    pub fn clock_jumps(&mut self) {
        let by = match self.chance.below(20) {
            0..=8 => self.chance.between(1, 60) * MINUTE / 60,
            9..=12 => 61 * MINUTE / 60 * 60,
            13 | 14 => self.chance.between(5, 90) * MINUTE,
            15 => self.chance.between(2, 40) * 60 * MINUTE,
            16 | 17 => -self.chance.between(1, 10) * MINUTE,
            18 => -self.chance.between(1, 5) * 60 * MINUTE,
            _ => self.chance.between(20, 50) * MINUTE / 60,
        };
        self.moves.push(format!("the clock jumps by {} s", by / 1_000_000));
        self.clock.set(self.clock.shows() + by);
    }

    /// Workers do all there is to do, and the clock goes on to when there is more: until nothing is left but
    /// deadlines, or nothing at all.
    pub async fn settle(&mut self, deadlines: bool) -> Result<(), String> {
        let tenant = self.tenant.clone();
        let without = if deadlines { "none" } else { "expire" };
        for round in 0..500 {
            self.pool.extend(self.service.own_jobs());
            if self.pool.is_empty() {
                self.take().await?;
            }
            let done = self.pool.is_empty();
            while !self.pool.is_empty() {
                let index = self.chance.below(self.pool.len());
                let taken = self.pool.swap_remove(index);
                self.carry_out(taken).await?;
            }
            if !done {
                continue;
            }
            let tenant = tenant.as_str();
            let next = self
                .database
                .store
                .read(move |tx| {
                    Box::pin(async move {
                        let values = [tenant.into(), without.into()];
                        match tx.query_first(NEXT, &values).await? {
                            Some(mut row) => row.int_or_null(),
                            None => Ok::<_, Fault>(None),
                        }
                    })
                })
                .await
                .map_err(|fault| format!("the jobs cannot be read: {fault}"))?;
            match next {
                None => return Ok(()),
                // Not too exactly: an act that waits for another one looks ten times a second, for as long as a dead
                // process holds that; and where the clock was set back, that is long.
                Some(at) => {
                    let pause = (MINUTE / 12) << (round / 40).min(10);
                    self.clock.set(self.clock.shows().max(at) + pause);
                }
            }
        }
        Err("the workers never come to an end".to_owned())
    }
}
