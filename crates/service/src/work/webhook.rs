//! Tell a customer's program what happened.

use crate::effects::{Queued, Work};
use crate::error::Error;
use crate::fault_point;
use crate::server::Service;
use crate::webhooks::DeliveryState;
use crate::webhooks::retry_after;
use crate::world::{self, from_micros, to_micros};
use deliver::webhook::{Attempted, WebhookFault, next_attempt_after, signed_headers};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use store::webhook_attempts::{self, AttemptRow};
use store::webhook_deliveries::{self, DeliveryRow, PENDING};
use store::webhooks::{self, WebhookRow};
use store::{Fault, Tx, envelopes, jobs};

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
                    if after.attempts > before.attempts {
                        webhook_attempts::put(tx, &line(after)).await?;
                    }
                    if after.fault.as_deref() == Some(WebhookFault::Gone.code()) {
                        self.switch_off(tx, after).await?;
                    }
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

    /// Who says that nobody listens there any more is not told anything more.
    async fn switch_off(&self, tx: &mut Tx<'_>, after: &DeliveryRow) -> Result<(), Fault> {
        let Some(mut row) = webhooks::lock(tx, &after.tenant, &after.webhook).await? else { return Ok(()) };
        if row.disabled_at.is_none() {
            row.disabled_at = Some(to_micros(self.now()));
            row.disabled_reason.clone_from(&after.fault);
            webhooks::update(tx, &row).await?;
        }
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
    let asked = attempted.retry_after.as_deref().and_then(|said| retry_after(said, begun));
    SignedDuration::try_from(next_attempt_after(attempts, since, random, asked)?).ok()
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

/// What is kept of this attempt beside those before it.
fn line(after: &DeliveryRow) -> AttemptRow {
    AttemptRow {
        tenant: after.tenant.clone(),
        delivery: after.delivery.clone(),
        attempt: after.attempts,
        webhook: after.webhook.clone(),
        at: after.last_at.unwrap_or_default(),
        status: after.status,
        fault: after.fault.clone(),
        answer: after.answer.clone(),
        took_ms: after.took_ms,
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

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn row(attempts: i64, first_at: Option<i64>) -> DeliveryRow {
        DeliveryRow {
            tenant: "acme".into(),
            delivery: "dlv_1".into(),
            webhook: "whk_1".into(),
            envelope: "env_1".into(),
            seq: 1,
            part: 0,
            message: "evt_1_1".into(),
            event: "envelope.sent".into(),
            body: "{}".into(),
            replay_of: None,
            state: PENDING.into(),
            attempts,
            created_at: 0,
            first_at,
            last_at: None,
            next_at: Some(0),
            status: None,
            fault: None,
            answer: String::new(),
            took_ms: None,
        }
    }

    fn answered(status: u16, fault: Option<WebhookFault>) -> Attempted {
        Attempted { status: Some(status), answer: "words".into(), took_ms: 7, retry_after: None, fault }
    }

    /// State, attempts and the wait in seconds after an attempt that began at a time.
    fn outcome(row: &DeliveryRow, attempted: Attempted, begun: i64) -> (String, i64, Option<i64>) {
        let begun = from_micros(begun);
        let wait = wait(row, &attempted, begun, 200);
        let after = after(row, attempted, begun, wait.and_then(|it| begun.checked_add(it).ok()));
        assert_eq!(after.next_at.is_some(), wait.is_some());
        (after.state, after.attempts, wait.map(|it| it.as_secs()))
    }

    #[test]
    fn what_was_taken_is_over_even_where_the_answer_was_cut_off() {
        let delivered = |attempts| ("delivered".to_owned(), attempts, None);
        assert_eq!(outcome(&row(0, None), answered(204, None), 5), delivered(1));
        let cut_off = answered(200, Some(WebhookFault::AnswerTooLong));
        assert_eq!(outcome(&row(3, Some(0)), cut_off, 5), delivered(4));
    }

    #[test]
    fn what_failed_is_tried_until_48_hours_after_its_first_attempt_and_not_longer() {
        let failing = || answered(500, Some(WebhookFault::Status));
        assert_eq!(outcome(&row(0, None), failing(), 99 * HOUR), ("pending".into(), 1, Some(5)));
        assert_eq!(outcome(&row(5, Some(HOUR)), failing(), 2 * HOUR), ("pending".into(), 6, Some(3600)));
        assert_eq!(outcome(&row(14, Some(HOUR)), failing(), 49 * HOUR), ("failed".into(), 15, None));
    }

    #[test]
    fn who_says_when_to_come_again_is_believed_and_who_is_gone_is_not_tried_again() {
        let busy = |said: &str| Attempted {
            retry_after: Some(said.into()),
            ..answered(503, Some(WebhookFault::Status))
        };
        assert_eq!(outcome(&row(0, None), busy("120"), 0).2, Some(120));
        assert_eq!(outcome(&row(0, None), busy("Thu, 01 Jan 1970 01:00:00 GMT"), 0).2, Some(3600));
        assert_eq!(outcome(&row(0, None), busy("soon"), 0).2, Some(5));
        let gone = answered(410, Some(WebhookFault::Gone));
        assert_eq!(outcome(&row(0, None), gone, 5), ("failed".into(), 1, None));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_end_the_attempts() {
        let failing = answered(500, Some(WebhookFault::Status));
        assert_eq!(outcome(&row(1, Some(9 * HOUR)), failing, HOUR), ("pending".into(), 2, Some(30)));
    }

    #[test]
    fn an_address_that_can_never_be_right_is_not_tried_again() {
        let never = Attempted { fault: Some(WebhookFault::NotHttps), ..Attempted::default() };
        assert_eq!(outcome(&row(0, None), never, 5), ("failed".into(), 1, None));
        let refused = Attempted { fault: Some(WebhookFault::AddressRefused), ..Attempted::default() };
        assert_eq!(outcome(&row(0, None), refused, 5).0, "pending", "its name may lead elsewhere tomorrow");
    }

    #[test]
    fn the_line_keeps_the_first_time_and_the_last_answer() {
        let begun = from_micros(9 * HOUR);
        let line = after(&row(1, Some(HOUR)), answered(503, Some(WebhookFault::Status)), begun, None);
        assert_eq!((line.first_at, line.last_at), (Some(HOUR), Some(9 * HOUR)));
        assert_eq!((line.status, line.fault.as_deref()), (Some(503), Some("webhook_status")));
        assert_eq!((line.answer.as_str(), line.took_ms), ("words", Some(7)));
    }
}
