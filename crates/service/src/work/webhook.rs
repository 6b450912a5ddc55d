//! Tell a customer's program what happened.

use crate::effects::{Queued, Work};
use crate::error::Error;
use crate::fault_point;
use crate::server::Service;
use crate::webhooks::DeliveryState;
use crate::world::{self, from_micros, to_micros};
use deliver::webhook::{Attempted, WebhookFault, next_attempt, signed_headers};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use store::webhook_deliveries::{self, DeliveryRow, PENDING};
use store::webhooks::{self, WebhookRow};
use store::{Fault, envelopes, jobs};

/// So long a delivery steps aside while its receiver has its hands full.
const STEP_ASIDE: SignedDuration = SignedDuration::from_secs(3);
/// What the log says of what was on its way when its subscription was switched off.
const DISABLED: &str = "webhook_disabled";

impl Service {
    /// Makes one attempt at a delivery and writes down what came of it.
    pub(crate) async fn tell(&self, job: &Queued, delivery: &str) -> Result<(), Error> {
        let Some((row, webhook)) = self.to_be_told(&job.tenant, delivery).await? else {
            return self.complete(job).await;
        };
        if webhook.disabled_at.is_some() {
            return self.write_down_attempt(job, &row, &switched_off(&row, self.now()), None).await;
        }
        let Some(_turn) = self.inner.receivers.turn(&webhook.webhook) else {
            return self.step_aside(job).await;
        };
        fault_point::reach("webhook.before_call");
        let begun = self.now();
        let secrets = self.webhook_secrets(&webhook, begun).await?;
        let seconds = u64::try_from(begun.as_second()).unwrap_or_default();
        let headers = signed_headers(&secrets, &row.message, seconds, row.body.as_bytes());
        let delivery =
            deliver::webhook::Delivery { url: &webhook.url, headers: &headers, body: row.body.as_bytes() };
        let attempted = self.inner.caller.call(&delivery).await;
        fault_point::reach("webhook.called");
        let wait = wait(&row, &attempted, begun, u64::from_be_bytes(world::bytes(self.random())));
        let again = wait.map(|it| self.now().checked_add(it).unwrap_or(Timestamp::MAX));
        let after = after(&row, attempted, begun, again);
        // Neither address nor answer: both may hold what is nobody else's business.
        tracing::debug!(delivery = %row.delivery, status = ?after.status, fault = ?after.fault, "a webhook was tried");
        self.write_down_attempt(job, &row, &after, again).await
    }

    /// A delivery that is still to be made, and its subscription.
    async fn to_be_told(
        &self,
        tenant: &str,
        delivery: &str,
    ) -> Result<Option<(DeliveryRow, WebhookRow)>, Error> {
        let found = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let Some(row) = webhook_deliveries::find(tx, tenant, delivery).await? else {
                        return Ok(None);
                    };
                    let webhook = webhooks::find(tx, tenant, &row.webhook).await?;
                    Ok::<_, Fault>(webhook.map(|webhook| (row, webhook)))
                })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(found.filter(|(row, _)| row.state == PENDING))
    }

    /// The result and what follows from it are one transaction: a first attempt lets the next delivery begin.
    async fn write_down_attempt(
        &self,
        job: &Queued,
        before: &DeliveryRow,
        after: &DeliveryRow,
        again: Option<Timestamp>,
    ) -> Result<(), Error> {
        let first = before.attempts == 0 && before.replay_of.is_none();
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if first {
                        // Whoever writes down the envelope's next event looks at the same time whether one waits.
                        envelopes::lock(tx, &after.tenant, &after.envelope).await?;
                    }
                    webhook_deliveries::attempted(tx, after).await?;
                    let held = match again {
                        Some(at) => {
                            jobs::put_back(tx, &job.tenant, &job.job, &job.lease_token, to_micros(at)).await?
                        }
                        None => jobs::complete(tx, &job.tenant, &job.job, &job.lease_token).await?,
                    };
                    if !held {
                        return Err(Error::Fault(Fault::conflict("the job's lease went to another worker")));
                    }
                    if !first {
                        return Ok(None);
                    }
                    let next =
                        webhook_deliveries::next_first(tx, &after.tenant, &after.envelope, &after.webhook);
                    let Some(delivery) = next.await? else { return Ok(None) };
                    self.enqueue(tx, &after.tenant, Work::Webhook { delivery }, self.now()).await
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Ok(())
    }

    async fn step_aside(&self, job: &Queued) -> Result<(), Error> {
        let at = to_micros(self.now().checked_add(STEP_ASIDE).unwrap_or(Timestamp::MAX));
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    jobs::put_back(tx, &job.tenant, &job.job, &job.lease_token, at).await.map(drop)
                })
            })
            .await
            .map_err(Error::Fault)
    }
}

/// How long until the next attempt; `None` where there is none.
fn wait(row: &DeliveryRow, attempted: &Attempted, begun: Timestamp, random: u64) -> Option<SignedDuration> {
    if attempted.is_delivered() || attempted.fault.is_some_and(|it| !it.again()) {
        return None;
    }
    let first = row.first_at.map_or(begun, from_micros);
    let since = Duration::try_from(begun.duration_since(first)).unwrap_or_default();
    let attempts = u32::try_from(row.attempts.saturating_add(1)).unwrap_or(u32::MAX);
    SignedDuration::try_from(next_attempt(attempts, since, random)?).ok()
}

/// The line of the log after an attempt.
fn after(row: &DeliveryRow, attempted: Attempted, begun: Timestamp, again: Option<Timestamp>) -> DeliveryRow {
    let state = match again {
        _ if attempted.is_delivered() => DeliveryState::Delivered,
        Some(_) => DeliveryState::Pending,
        None => DeliveryState::Failed,
    };
    DeliveryRow {
        state: state.word().to_owned(),
        attempts: row.attempts.saturating_add(1),
        first_at: row.first_at.or(Some(to_micros(begun))),
        last_at: Some(to_micros(begun)),
        next_at: again.map(to_micros),
        status: attempted.status.map(i64::from),
        fault: attempted.fault.map(WebhookFault::code).map(str::to_owned),
        answer: attempted.answer,
        took_ms: i64::try_from(attempted.took_ms).ok(),
        ..row.clone()
    }
}

fn switched_off(row: &DeliveryRow, now: Timestamp) -> DeliveryRow {
    DeliveryRow {
        state: DeliveryState::Failed.word().to_owned(),
        first_at: row.first_at.or(Some(to_micros(now))),
        next_at: None,
        fault: Some(DISABLED.to_owned()),
        ..row.clone()
    }
}
