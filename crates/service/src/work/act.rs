//! Put a recipient's act into the documents.

use super::signing::Job;
use crate::documents::plan::{self, Inks};
use crate::effects::Queued;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::fault_point;
use crate::record::{self, head_digest};
use crate::server::Service;
use envelope::commands::record_act::RecordAct;
use envelope::{Act, Actor, Command, Digest, Envelope, Personal, Refusal, Status};
use jiff::SignedDuration;
use std::sync::Arc;
use store::jobs;

/// An act waits so long for one before it on the same document.
const QUEUE_LOOK: SignedDuration = SignedDuration::from_millis(100);

impl Service {
    pub(crate) async fn carry_out_act(&self, job: &Queued, id: &str, recipient: u16) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        loop {
            let loaded = self.load(&scope).await?;
            let state = &loaded.envelope;
            let Status::InProgress(progress) = &state.status else { return self.complete(job).await };
            let Some(act) = progress.act(recipient) else { return self.complete(job).await };
            if !progress.may_prepare(recipient) {
                return self.look_again(job).await;
            }
            let head = head_digest(loaded.head)?;
            match self.record_act(&scope, job, state, act, head).await {
                // Somebody else's act came first: this one is prepared anew on what stands now.
                Err(Error::Refused(Refusal::HeadMoved)) => {}
                Err(Error::Refused(Refusal::NothingPending)) => return self.complete(job).await,
                other => return other,
            }
        }
    }

    async fn record_act(
        &self,
        scope: &Scope,
        job: &Queued,
        state: &Envelope,
        act: &Act,
        head: Digest,
    ) -> Result<(), Error> {
        let inks = Inks {
            signature: self.adopted(&scope.tenant, act.signature.as_ref()).await?,
            initials: self.adopted(&scope.tenant, act.initials.as_ref()).await?,
        };
        let person = state
            .draft
            .recipients
            .get(usize::from(act.recipient) - 1)
            .ok_or_else(|| Error::fault("an act without a recipient"))?;
        let subject = pki::Subject {
            common_name: person.name.text().to_owned(),
            email: Some(person.email.text().to_owned()),
            organization: None,
        };
        let methods = self.methods_passed(scope, act.recipient).await?;
        let identity = Arc::new(self.act_identity(subject, &methods).await?);
        let progress = state.status.progress().ok_or_else(|| Error::fault("an act before it was sent"))?;
        let mut revisions = Vec::with_capacity(act.documents.len());
        for document in &act.documents {
            let base = progress.head(*document).ok_or_else(|| Error::fault("a document has no head"))?.digest;
            let caption = caption(state, person.name.text(), act);
            let (fills, signature) = plan::act(state, progress, act, *document, &inks, caption);
            let signing = Job {
                document: *document,
                base,
                fills,
                signature,
                name: Some(person.name.text().to_owned()),
                reason: state.test.then(|| "TEST - not a real signature".to_owned()),
                at: act.at,
                head,
            };
            revisions.push(self.sign_revision(&scope.tenant, &identity, signing).await?);
        }
        fault_point::reach("act.stored");
        let record = RecordAct { recipient: act.recipient, certificate: identity.facts(), revisions };
        let commands = [Command::RecordAct(record)];
        let change = Change {
            scope,
            actor: &Actor::System,
            commands: &commands,
            job: Some(job),
            kept: None,
            link: None,
        };
        self.execute(&change).await?;
        fault_point::reach("act.recorded");
        Ok(())
    }

    async fn adopted(
        &self,
        tenant: &str,
        digest: Option<&Personal<Digest>>,
    ) -> Result<Option<pdf::appearance::Ink>, Error> {
        match digest.and_then(Personal::known) {
            Some(digest) => self.ink(tenant, *digest).await.map(Some),
            None => Ok(None),
        }
    }

    /// The authentication methods that the recipient had passed when they finished, as the event says.
    async fn methods_passed(&self, scope: &Scope, recipient: u16) -> Result<Vec<String>, Error> {
        let entries = self
            .store()
            .read(move |tx| {
                Box::pin(async move { record::entries(tx, &scope.tenant, &scope.envelope).await })
            })
            .await?;
        for entry in entries.iter().rev().filter(|entry| entry.row.kind == "signing_intended") {
            match entry.actor()? {
                Actor::Recipient { recipient: who, methods, .. } if who == recipient => return Ok(methods),
                _ => {}
            }
        }
        Err(Error::fault("an act without the event of its intent"))
    }

    /// Leaves the act in its queue for a moment: one before it is being prepared on the same document.
    async fn look_again(&self, job: &Queued) -> Result<(), Error> {
        let at = self.now().checked_add(QUEUE_LOOK).map_err(Error::fault)?;
        let at = crate::world::to_micros(at);
        self.store()
            .write(move |tx| {
                Box::pin(
                    async move { jobs::retry_at(tx, &job.tenant, &job.job, &job.lease_token, at, "").await },
                )
            })
            .await
            .map(drop)
            .map_err(Error::Fault)
    }
}

/// The small lines under a signature: who and when, in the envelope's time zone. Letters that our faces
/// lack are left out, never drawn as boxes.
fn caption(state: &Envelope, name: &str, act: &Act) -> Vec<String> {
    let zone = jiff::tz::TimeZone::get(&state.draft.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let when = act.at.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S %:z").to_string();
    [name.to_owned(), when].into_iter().filter(|line| pdf::fonts::covers(line)).collect()
}
