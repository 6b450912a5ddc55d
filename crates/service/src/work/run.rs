//! The loop of the workers.

use crate::effects::{BULK, CALLS, ELSEWHERE, KINDS, LEASE, Queued, Work};
use crate::error::Error;
use crate::server::Service;
use crate::world::{from_micros, to_micros};
use futures::future::BoxFuture;
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use store::Fault;
use store::jobs::{self, Claim};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::JoinSet;

/// So often it is looked for jobs of other processes, and for those whose time has come.
const LOOK: Duration = Duration::from_secs(1);
/// A job that is begun so late that its lease may end meanwhile is left to whoever takes it next.
const MARGIN: SignedDuration = SignedDuration::from_secs(20);
/// A lease is held longer after this time.
const HOLD: Duration = Duration::from_secs(20);
/// So often it is looked for envelopes whose data have been kept long enough.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A job that failed is tried again after this time, doubled each time.
const FIRST_RETRY: SignedDuration = SignedDuration::from_secs(1);
const LONGEST_RETRY: SignedDuration = SignedDuration::from_mins(15);
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_hours(6);

/// Running workers.
pub struct Workers {
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Workers {
    /// Lets them finish what they have begun.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if self.task.await.is_err() {
            tracing::error!("the workers ended by a panic");
        }
    }
}

impl Service {
    /// Starts the workers of this process.
    ///
    /// # Errors
    /// When they have been started before.
    pub fn start_workers(&self) -> Result<Workers, Error> {
        let receiver =
            self.inner.jobs.take_receiver().ok_or_else(|| Error::fault("the workers run already"))?;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(self.clone().work(receiver, stopped));
        Ok(Workers { stop, task })
    }

    async fn work(self, mut own: mpsc::UnboundedReceiver<Queued>, mut stopped: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut daily = tokio::time::interval(DAY);
        daily.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stopped.changed() => break,
                _ = daily.tick() => {
                    let service = self.clone();
                    running.spawn(async move { service.retain_everywhere().await });
                }
                Some(job) = own.recv() => {
                    if job.work.is_call() {
                        running.spawn(self.clone().call(job));
                        continue;
                    }
                    let Ok(permit) = self.inner.jobs.places(&job.work).clone().acquire_owned().await else { break };
                    running.spawn(self.clone().attempt(job, permit));
                }
                _ = look.tick() => {
                    self.claim(&mut running, &KINDS, &self.inner.jobs.permits).await;
                    self.claim(&mut running, &CALLS, &self.inner.jobs.calls).await;
                    self.claim(&mut running, &ELSEWHERE, &self.inner.jobs.elsewhere).await;
                    self.claim(&mut running, &BULK, &self.inner.jobs.bulk).await;
                }
                Some(ended) = running.join_next(), if !running.is_empty() => {
                    if ended.is_err() {
                        tracing::error!("a job ended by a panic; its lease will run out");
                    }
                }
            }
        }
        // What waits for its turn to call is left to the process that takes it next.
        self.inner.jobs.calls.close();
        self.inner.jobs.elsewhere.close();
        self.inner.jobs.bulk.close();
        self.inner.jobs.stopping.send_replace(true);
        while running.join_next().await.is_some() {}
    }

    /// Takes jobs that nobody holds, as many as can be begun at once.
    async fn claim(&self, running: &mut JoinSet<()>, kinds: &[&str], free: &Arc<Semaphore>) {
        let permits: Vec<OwnedSemaphorePermit> =
            std::iter::from_fn(|| free.clone().try_acquire_owned().ok()).collect();
        if permits.is_empty() {
            return;
        }
        match self.take(kinds, i64::try_from(permits.len()).unwrap_or(1)).await {
            Ok(jobs) => {
                for (job, permit) in jobs.into_iter().zip(permits) {
                    running.spawn(self.clone().attempt(job, permit));
                }
            }
            Err(fault) => tracing::warn!(%fault, "no jobs could be claimed"),
        }
    }

    /// Takes jobs of these kinds that are due and that nobody holds, so many at most.
    pub(super) async fn take(&self, kinds: &[&str], limit: i64) -> Result<Vec<Queued>, Fault> {
        let now = self.now();
        let token = crate::ids::secret(self.random());
        let claim = Claim {
            kinds,
            now: to_micros(now),
            lease_for: i64::try_from(LEASE.as_micros()).unwrap_or(i64::MAX),
            token: &token,
            limit,
        };
        let mut jobs = Vec::new();
        for row in jobs::claim(self.store(), &claim).await? {
            let Ok(work) = serde_json::from_str::<Work>(&row.payload) else {
                tracing::error!(job = %row.job, "the payload of a job cannot be read");
                continue;
            };
            jobs.push(Queued {
                tenant: row.tenant,
                job: row.job,
                lease_token: row.lease_token,
                leased_until: from_micros(row.leased_until),
                attempt: row.attempt,
                work,
            });
        }
        Ok(jobs)
    }

    /// Waits for its turn outside the loop: calls of strangers' making hold up nothing else.
    async fn call(self, job: Queued) {
        if let Ok(permit) = self.inner.jobs.places(&job.work).clone().acquire_owned().await {
            self.attempt(job, permit).await;
        }
    }

    async fn attempt(self, job: Queued, permit: OwnedSemaphorePermit) {
        let late = self.now().checked_add(MARGIN).is_ok_and(|end| end > job.leased_until);
        if !late && let Err(error) = self.carry_out_while_held(&job).await {
            self.try_again(&job, &error).await;
        }
        drop(permit);
        self.inner.jobs.ended.notify_waiters();
    }

    /// Carries a job out and holds its lease for as long as that takes: a large document is not taken for a dead
    /// process.
    fn carry_out_while_held<'a>(&'a self, job: &'a Queued) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let mut work = self.carry_out(job);
            loop {
                match tokio::time::timeout(HOLD, &mut work).await {
                    Ok(done) => return done,
                    Err(_) => self.hold_longer(job).await,
                }
            }
        })
    }

    fn hold_longer<'a>(&'a self, job: &'a Queued) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let until = to_micros(self.now().checked_add(LEASE).unwrap_or(jiff::Timestamp::MAX));
            let held = self
                .store()
                .write(move |tx| {
                    Box::pin(
                        async move { jobs::extend(tx, &job.tenant, &job.job, &job.lease_token, until).await },
                    )
                })
                .await;
            if let Err::<bool, Fault>(fault) = held {
                // The result is fenced by the lease; it is refused then and the work done again.
                tracing::warn!(%fault, job = %job.job, "a lease could not be held longer");
            }
        })
    }

    /// Boxed: the futures of all kinds of work behind one type.
    pub(super) fn carry_out<'a>(&'a self, job: &'a Queued) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            match &job.work {
                Work::Act { envelope, recipient } | Work::ActElsewhere { envelope, recipient } => {
                    self.carry_out_act(job, envelope, *recipient).await
                }
                Work::Seal { envelope } => self.carry_out_seal(job, envelope).await,
                Work::Audit { envelope } => self.issue_audit_trail(job, envelope).await,
                Work::Wake { envelope } => self.wake(job, envelope).await,
                Work::Code(code) => self.send_code(job, code).await,
                Work::DeleteDocuments { envelope } => self.delete_documents(job, envelope).await,
                Work::Mail { envelope, recipient, purpose, link } => {
                    self.send_mail(job, envelope, *recipient, *purpose, link.as_deref()).await
                }
                Work::SignIn { address } => self.find_who_signs_in(job, address).await,
                Work::SignInMail { user, link, greeting } => {
                    self.send_sign_in_mail(job, user, link, greeting.as_ref()).await
                }
                Work::Webhook { delivery } => self.tell(job, delivery).await,
                Work::Bulk { bulk } => self.send_bulk(job, bulk).await,
            }
        })
    }

    pub(super) fn try_again<'a>(&'a self, job: &'a Queued, error: &'a Error) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let doubled = u32::try_from(job.attempt.clamp(1, 16)).unwrap_or(1) - 1;
            // A refusal does not pass in minutes: a person has to mend its cause meanwhile.
            let pause = match error {
                Error::Fault(_) | Error::KeyElsewhere { .. } => {
                    FIRST_RETRY.saturating_mul(1 << doubled).min(LONGEST_RETRY)
                }
                _ => AFTER_REFUSAL,
            };
            let at = self.now().checked_add(pause).unwrap_or(jiff::Timestamp::MAX);
            let why = match error {
                Error::Fault(fault) => format!("{:?}", fault.kind),
                Error::KeyElsewhere { why } => {
                    format!("the signing service that holds the signer's key: {why}")
                }
                other => other.code().to_owned(),
            };
            tracing::warn!(job = %job.job, attempt = job.attempt, why = %error_for_log(error), "a job is tried again");
            let sentence = format!("Attempt {} failed ({why}); it is tried again by itself.", job.attempt);
            let (sentence, at) = (sentence.as_str(), to_micros(at));
            let noted = self
                .store()
                .write(move |tx| {
                    Box::pin(async move {
                        jobs::retry_at(tx, &job.tenant, &job.job, &job.lease_token, at, sentence).await
                    })
                })
                .await;
            if let Err(fault) = noted {
                // Its lease runs out, and it is taken again.
                tracing::warn!(%fault, "a failed job could not be noted");
            }
        })
    }

    /// Completes a job that has nothing to record.
    pub(crate) async fn complete(&self, job: &Queued) -> Result<(), Error> {
        self.store()
            .write(move |tx| {
                Box::pin(async move { jobs::complete(tx, &job.tenant, &job.job, &job.lease_token).await })
            })
            .await
            .map(drop)
            .map_err(Error::Fault)
    }
}

fn error_for_log(error: &Error) -> Arc<str> {
    match error {
        Error::Fault(fault) => fault.to_string().into(),
        Error::KeyElsewhere { .. } => error.to_string().into(),
        // The sentence of a refusal may quote what a person wrote; its code never does.
        other => other.code().into(),
    }
}
