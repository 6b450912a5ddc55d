//! Events become deliveries, in the transaction that appends them.

use super::told::{Told, told};
use super::{About, body, wishes};
use crate::effects::{Queued, Work};
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use crate::world::to_micros;
use envelope::{Envelope, Event};
use jiff::Timestamp;
use store::Tx;
use store::webhook_deliveries::{self, DeliveryRow, PENDING};
use store::webhooks::{self, Listening};

/// What happened in one change of an envelope.
pub(crate) struct Happened<'a> {
    pub(crate) state: &'a Envelope,
    pub(crate) events: &'a [Event],
    /// Number of the last event before these.
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
}

/// One thing to tell, ready to be written down for whoever wants it.
struct Ready {
    told: Told,
    seq: i64,
    part: i64,
    message: String,
    body: String,
}

/// Writes down a delivery for each subscription that wants one; gives the jobs that this process can begin with at
/// once. An account without subscriptions pays one read of an index.
///
/// Only the earliest delivery of a subscription and an envelope that was not tried yet has a job; its first attempt
/// gives the next one its own. The envelope is locked while either looks which is the earliest.
pub(crate) async fn queue(
    service: &Service,
    tx: &mut Tx<'_>,
    scope: &Scope,
    happened: Happened<'_>,
) -> Result<Vec<Queued>, Error> {
    let ready = ready(scope, &happened)?;
    let mut queued = Vec::new();
    if ready.is_empty() {
        return Ok(queued);
    }
    for listening in webhooks::listening(tx, &scope.tenant, &scope.envelope).await? {
        let wanted = wanted(&listening, happened.state.test, &ready)?;
        if wanted.is_empty() {
            continue;
        }
        let id = listening.webhook;
        let waits = webhook_deliveries::next_first(tx, &scope.tenant, &scope.envelope, &id).await?.is_some();
        for (place, it) in wanted.into_iter().enumerate() {
            let row = DeliveryRow {
                tenant: scope.tenant.clone(),
                delivery: service.new_id("dlv"),
                webhook: id.clone(),
                envelope: scope.envelope.clone(),
                seq: it.seq,
                part: it.part,
                message: it.message.clone(),
                event: it.told.name.to_owned(),
                body: it.body.clone(),
                replay_of: None,
                state: PENDING.to_owned(),
                attempts: 0,
                created_at: to_micros(happened.at),
                first_at: None,
                last_at: None,
                next_at: Some(to_micros(happened.at)),
                status: None,
                fault: None,
                answer: String::new(),
                took_ms: None,
            };
            webhook_deliveries::insert(tx, &row).await?;
            if !waits && place == 0 {
                let work = Work::Webhook { delivery: row.delivery };
                queued.extend(service.enqueue(tx, &scope.tenant, work, service.now()).await?);
            }
        }
    }
    Ok(queued)
}

fn ready(scope: &Scope, happened: &Happened<'_>) -> Result<Vec<Ready>, Error> {
    let mut ready = Vec::new();
    for (seq, event) in (happened.seq + 1..).zip(happened.events) {
        for (part, told) in (0..).zip(told(event)) {
            let message = body::message(&scope.envelope, seq, part);
            let body = body::body(&message, scope, happened.state, (seq, happened.at), told)
                .map_err(Error::fault)?;
            ready.push(Ready { told, seq, part, message, body });
        }
    }
    Ok(ready)
}

fn wanted<'r>(listening: &Listening, test: bool, ready: &'r [Ready]) -> Result<Vec<&'r Ready>, Error> {
    let about = About::of_word(&listening.mode).ok_or_else(|| Error::fault("a webhook of no kind"))?;
    if !about.includes(test) {
        return Ok(Vec::new());
    }
    let events = wishes::read(&listening.events)?;
    Ok(ready
        .iter()
        .filter(|it| events.is_empty() || events.iter().any(|name| name == it.told.name))
        .collect())
}
