//! Send a delivery again by hand.

use super::{Delivery, Holder, get};
use crate::effects::Work;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::world::to_micros;
use store::webhook_deliveries::{self, DeliveryRow, PENDING};

impl Service {
    /// Makes a new delivery of what was delivered, or was not: the same words under the same `webhook-id`, so that a
    /// receiver who has it already can tell. It leaves at once, out of turn.
    pub async fn replay_webhook(&self, holder: &Holder, id: &str, delivery: &str) -> Result<Delivery, Error> {
        let now = self.now();
        let (row, queued) = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if get::lock(tx, holder, id).await?.disabled_at.is_some() {
                        return Err(disabled());
                    }
                    let before = webhook_deliveries::find(tx, &holder.tenant, delivery).await?;
                    let before = before.filter(|it| it.webhook == id).ok_or_else(unknown)?;
                    let row = DeliveryRow {
                        delivery: self.new_id("dlv"),
                        replay_of: Some(delivery.to_owned()),
                        state: PENDING.to_owned(),
                        attempts: 0,
                        created_at: to_micros(now),
                        first_at: None,
                        last_at: None,
                        next_at: Some(to_micros(now)),
                        status: None,
                        fault: None,
                        answer: String::new(),
                        took_ms: None,
                        ..before
                    };
                    webhook_deliveries::insert(tx, &row).await?;
                    let work = Work::Webhook { delivery: row.delivery.clone() };
                    let queued = self.enqueue(tx, &holder.tenant, work, now).await?;
                    Ok::<_, Error>((row, queued))
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Delivery::of(row)
    }
}

fn unknown() -> Error {
    Error::NotFound { what: "delivery" }
}

fn disabled() -> Error {
    Error::Wrong {
        class: Class::Conflict,
        code: "webhook_disabled",
        sentence: "This webhook is switched off; switch it on before anything is sent again.".to_owned(),
    }
}
