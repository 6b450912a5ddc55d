//! Start a list, hold it, let it go on, and call it off.

use super::{BulkView, CANCELLED, DONE, LOADING, PAUSED, READY, RUNNING, unknown};
use crate::effects::Work;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::templates::Asker;
use crate::world::to_micros;
use store::{bulk_rows, bulk_sends};

/// What is asked of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAsk {
    /// Begin.
    Start,
    /// Stop after the row that is under way.
    Pause,
    /// Go on.
    Resume,
    /// Stop for good. What was sent stays sent.
    Cancel,
}

impl BulkAsk {
    /// The status that it leads to, from the one that stands.
    fn from(self, status: &str) -> Option<&'static str> {
        match (self, status) {
            (Self::Start, READY | RUNNING) | (Self::Resume, PAUSED | RUNNING) => Some(RUNNING),
            (Self::Pause, RUNNING | PAUSED) => Some(PAUSED),
            (Self::Cancel, READY | RUNNING | PAUSED | CANCELLED) => Some(CANCELLED),
            _ => None,
        }
    }
}

impl Service {
    /// Asks something of a list.
    ///
    /// # Errors
    /// `bulk_not_possible` where its status does not allow it.
    pub async fn ask_bulk(&self, asker: &Asker, id: &str, ask: BulkAsk) -> Result<BulkView, Error> {
        let (tenant, now) = (asker.tenant.as_str(), self.now());
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = bulk_sends::lock(tx, tenant, id).await?;
                    let row =
                        row.filter(|it| asker.sees(it.test) && it.status != LOADING).ok_or_else(unknown)?;
                    let next = ask.from(&row.status).ok_or_else(|| not_possible(&row.status))?;
                    if next == row.status {
                        return Ok(None);
                    }
                    bulk_sends::set_status(tx, tenant, id, next, to_micros(now)).await?;
                    match next {
                        RUNNING => {
                            let work = Work::Bulk { bulk: id.to_owned() };
                            self.enqueue(tx, tenant, work, now).await
                        }
                        CANCELLED => {
                            bulk_rows::cancel(tx, tenant, id).await?;
                            Ok(None)
                        }
                        _ => Ok(None),
                    }
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        self.bulk(asker, id).await
    }
}

fn not_possible(status: &str) -> Error {
    let sentence = match status {
        DONE => "It is done; look at its results.",
        CANCELLED => "It was cancelled; upload the list again to send what was not sent.",
        READY => "It has not been started; start it first.",
        PAUSED => "It is paused; let it go on, or cancel it.",
        _ => "It is running; pause it, or wait for its end.",
    };
    Error::Wrong { class: Class::Conflict, code: "bulk_not_possible", sentence: sentence.to_owned() }
}
