//! Make and send the envelopes of a list, a slice at a time.
//!
//! Lists have a worker of their own, and wait while many mails of their tenant are on their way: whoever sends a
//! single envelope meanwhile has to wait for a few mails at most.

use crate::bulk::{DONE, RUNNING};
use crate::effects::{Queued, Work};
use crate::error::Error;
use crate::execute::{Beside, MadeFrom, Scope};
use crate::server::Service;
use crate::templates::{Asker, Found};
use crate::vault::Key;
use crate::world::to_micros;
use envelope::commands::create::CreateEnvelope;
use envelope::{Actor, Command, Refusal};
use jiff::{SignedDuration, Timestamp};
use store::bulk_rows::{self, RowOfBulk};
use store::bulk_sends::{self, BulkRow};
use store::{Fault, jobs};

/// So many rows are done before the job is given back.
const SLICE: i64 = 25;
/// While so many mails of the tenant are on their way, no more rows are begun.
const MAILS_AT_ONCE: i64 = 20;
const PAUSE: SignedDuration = SignedDuration::from_secs(1);

/// What is the same for all rows.
struct List {
    row: BulkRow,
    wishes: crate::bulk::Wishes,
    found: Found,
}

impl Service {
    /// Does the next slice of a list.
    pub(crate) async fn send_bulk(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let tenant = job.tenant.as_str();
        let now = to_micros(self.now());
        let (row, rows, mails) = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let row = bulk_sends::find(tx, tenant, id).await?;
                    let rows = bulk_rows::next(tx, tenant, id, SLICE).await?;
                    Ok::<_, Fault>((row, rows, jobs::due(tx, tenant, "mail", now).await?))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let Some(row) = row.filter(|it| it.status == RUNNING) else { return self.rest_bulk(job, id).await };
        if rows.is_empty() {
            return self.end_bulk(job, id).await;
        }
        if mails >= MAILS_AT_ONCE {
            let later = self.now().checked_add(PAUSE).unwrap_or(Timestamp::MAX);
            return self.go_on_with_bulk(job, id, later).await;
        }
        let key = self.data_key(tenant).await?;
        // The template was there when the list was judged; one that was deleted since takes the rows with it.
        let asker = Asker { tenant: row.tenant.clone(), mode: None, actor: Actor::System };
        let found = match self.find_template(&asker, &row.template, Some(row.version)).await {
            Err(Error::NotFound { .. }) => None,
            other => Some(other?),
        };
        let wishes = self.open_wishes(&key, id, &row.wishes)?;
        let list = found.map(|found| List { row, wishes, found });
        for row in &rows {
            if *self.inner.jobs.stopping.borrow() || !self.may_go_on(tenant, id).await? {
                break;
            }
            match &list {
                Some(list) => self.send_row(list, &key, row).await?,
                None => self.row_done(row, "failed", Some("The template was deleted.")).await?,
            }
        }
        self.go_on_with_bulk(job, id, self.now()).await
    }

    /// Asked before each row: whether nobody held the list, and its mails are not too many. A row of ten recipients
    /// makes ten of them.
    async fn may_go_on(&self, tenant: &str, id: &str) -> Result<bool, Error> {
        let now = to_micros(self.now());
        let (row, mails) = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let row = bulk_sends::find(tx, tenant, id).await?;
                    Ok::<_, Fault>((row, jobs::due(tx, tenant, "mail", now).await?))
                })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(row.is_some_and(|it| it.status == RUNNING) && mails < MAILS_AT_ONCE)
    }

    /// Makes the envelope of a row, unless that is done already, and sends it.
    async fn send_row(&self, list: &List, key: &Key, row: &RowOfBulk) -> Result<(), Error> {
        let actor = &list.wishes.actor;
        let envelope = match (&row.envelope, &row.given) {
            (Some(envelope), _) => envelope.clone(),
            (None, Some(sealed)) => {
                let given = self.open_row(key, &row.bulk, row.number, sealed)?;
                let usage = given.usage(&list.wishes);
                let mut draft = match self.cast(&row.tenant, &list.found, &usage).await {
                    Err(Error::Fault(fault)) => return Err(Error::Fault(fault)),
                    Err(refused) => return self.row_done(row, "failed", Some(&refused.to_string())).await,
                    Ok(draft) => draft,
                };
                draft.frame_origins.extend(list.wishes.frame_origins.iter().cloned());
                draft.frame_origins.dedup();
                let scope = Scope { tenant: row.tenant.clone(), envelope: self.new_id("env"), mode: None };
                let sender = list.wishes.sender.clone();
                let create = Command::Create(CreateEnvelope { sender, test: list.row.test, draft });
                let used = self.use_row(&scope, &list.found);
                let made_from = MadeFrom::row(used, &row.bulk, row.number);
                let beside = Beside { made_from: Some(&made_from), ..Beside::default() };
                match self.execute_first(&scope, actor, &create, beside).await {
                    Err(Error::Refused(refusal)) => {
                        return self.row_done(row, "failed", Some(&refusal.to_string())).await;
                    }
                    other => drop(other?),
                }
                scope.envelope
            }
            (None, None) => return self.row_done(row, "failed", Some("The row was forgotten.")).await,
        };
        crate::fault_point::reach("bulk.row_made");
        let scope = Scope { tenant: row.tenant.clone(), envelope, mode: None };
        let sent = self.send_envelope(&scope, actor).await;
        crate::fault_point::reach("bulk.row_sent");
        match sent {
            // It was sent, and the process died before it could say so.
            Ok(_) | Err(Error::Refused(Refusal::AlreadySent | Refusal::EnvelopeEnded(_))) => {
                self.row_done(row, "sent", None).await
            }
            Err(Error::Fault(fault)) => Err(Error::Fault(fault)),
            Err(refused) => self.row_done(row, "failed", Some(&refused.to_string())).await,
        }
    }

    async fn row_done(&self, row: &RowOfBulk, status: &str, problem: Option<&str>) -> Result<(), Error> {
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    bulk_rows::done(tx, &row.tenant, &row.bulk, row.number, status, problem).await
                })
            })
            .await
            .map_err(Error::Fault)
    }

    async fn end_bulk(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let (tenant, now) = (job.tenant.as_str(), to_micros(self.now()));
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = bulk_sends::lock(tx, tenant, id).await?;
                    if row.is_some_and(|it| it.status == RUNNING) {
                        bulk_sends::set_status(tx, tenant, id, DONE, now).await?;
                    }
                    jobs::complete(tx, tenant, &job.job, &job.lease_token).await.map(drop)
                })
            })
            .await
            .map_err(Error::Fault)
    }

    /// The list is held, or over. Who lets it go on just now found this job still there and wrote none of their own, so
    /// its status is looked at once more, where nobody else changes it.
    async fn rest_bulk(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let (tenant, now) = (job.tenant.as_str(), self.now());
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = bulk_sends::lock(tx, tenant, id).await?;
                    let done = jobs::complete(tx, tenant, &job.job, &job.lease_token).await?;
                    match row {
                        Some(row) if row.status == RUNNING && done => {
                            self.enqueue(tx, tenant, Work::Bulk { bulk: id.to_owned() }, now).await
                        }
                        _ => Ok(None),
                    }
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Ok(())
    }

    /// A new job in the place of this one, so that its attempts are counted from the first again.
    async fn go_on_with_bulk(&self, job: &Queued, id: &str, at: Timestamp) -> Result<(), Error> {
        let tenant = job.tenant.as_str();
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if !jobs::complete(tx, tenant, &job.job, &job.lease_token).await? {
                        return Err(Error::Fault(Fault::conflict("the job's lease went to another worker")));
                    }
                    self.enqueue(tx, tenant, Work::Bulk { bulk: id.to_owned() }, at).await
                })
            })
            .await?;
        if !*self.inner.jobs.stopping.borrow() {
            self.inner.jobs.submit(queued.into_iter().collect());
        }
        Ok(())
    }
}
