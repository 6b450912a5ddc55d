//! Put a recipient's act into the documents.

use super::signing::Job;
use crate::documents::plan::{self, Inks};
use crate::effects::Queued;
use crate::envelopes::story::Words;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::fault_point;
use crate::record::{self, head_digest};
use crate::server::Service;
use crate::written_time;
use envelope::commands::record_act::RecordAct;
use envelope::{
    Act, ActKind, Actor, Arrival, Command, Digest, Embedding, Envelope, Event, Personal, RecipientDraft,
    Refusal, Role, Status,
};
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
            if !progress.may_prepare(recipient, self.now()) {
                return self.look_again(job).await;
            }
            let head = head_digest(loaded.head)?;
            let recorded = match act.kind {
                ActKind::Sign => self.record_act(&scope, job, state, act, head).await,
                ActKind::Fill => self.record_fill(&scope, job, state, act).await,
            };
            match recorded {
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
        let person =
            state.recipient(act.recipient).ok_or_else(|| Error::fault("an act without a recipient"))?;
        let mut inks = Inks {
            signature: self.adopted(&scope.tenant, act.signature.as_ref()).await?,
            initials: self.adopted(&scope.tenant, act.initials.as_ref()).await?,
            ..Inks::default()
        };
        if person.role == Role::AutomaticSigner {
            // Who signs by mandate has nothing to draw with; the name stands for the signature.
            let name = person.name.text();
            let typed =
                pdf::fonts::covers(name).then(|| pdf::appearance::Ink::Typed { text: name.to_owned() });
            inks = Inks { signature: typed.clone(), initials: typed, ..inks };
        }
        let (methods, meaning) = self.intent_of(scope, act.recipient).await?;
        let signer = (act.recipient, person);
        let key = Arc::new(self.act_key(&scope.tenant, state, signer, &methods).await?);
        let progress = state.status.progress().ok_or_else(|| Error::fault("an act before it was sent"))?;
        inks.pictures = self.pictures(&scope.tenant, state, progress, act.recipient).await?;
        let mut revisions = Vec::with_capacity(act.documents.len());
        for document in &act.documents {
            let base = progress.head(*document).ok_or_else(|| Error::fault("a document has no head"))?.digest;
            let caption = caption(state, person.name.text(), act, meaning.as_deref());
            let (fills, signature) = plan::act(state, progress, act, *document, &inks, caption);
            let signing = Job {
                document: *document,
                base,
                widgets: plan::laid_out(state, act.recipient, *document),
                fills,
                signature,
                name: Some(person.name.text().to_owned()),
                reason: reason(state, person, meaning.as_deref()),
                at: act.at,
                head,
            };
            revisions.push(self.sign_revision(&scope.tenant, &key, signing).await?);
        }
        fault_point::reach("act.stored");
        let record = RecordAct { recipient: act.recipient, certificate: key.facts(), revisions };
        let commands = [Command::RecordAct(record)];
        let change = Change::of(scope, &Actor::System, &commands).finishing(job);
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

    /// The authentication methods that the recipient had passed when they finished, and what their signature means, as
    /// the event says.
    async fn intent_of(&self, scope: &Scope, recipient: u16) -> Result<(Vec<String>, Option<String>), Error> {
        let entries = self
            .store()
            .read(move |tx| {
                Box::pin(async move { record::entries(tx, &scope.tenant, &scope.envelope).await })
            })
            .await?;
        for entry in entries.iter().rev().filter(|entry| entry.row.kind == "signing_intended") {
            let Event::SigningIntended { recipient: who, meaning, .. } = entry.recorded()?.event else {
                continue;
            };
            if who != recipient {
                continue;
            }
            return Ok(match entry.actor()? {
                Actor::Recipient { methods, .. } => (methods, meaning),
                // By mandate: the rules themselves meant it when the step opened.
                Actor::System | Actor::User { .. } | Actor::ApiKey { .. } | Actor::EditLink { .. } => {
                    (vec!["mandate".to_owned()], meaning)
                }
            });
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

/// Why it was signed, as every PDF reader shows it: what the signature means, by which mandate, for whom the
/// application of the sender knows the person.
fn reason(state: &Envelope, person: &RecipientDraft, meaning: Option<&str>) -> Option<String> {
    let mut words = Vec::new();
    if state.test {
        words.push(Words::of(&state.draft.language).report.test.clone());
    }
    words.extend(meaning.map(ToOwned::to_owned));
    words.extend(person.mandate.clone().filter(|_| person.role == Role::AutomaticSigner));
    if let Arrival::Embedded(Embedding { client_user_id: Some(id), .. }) = &person.arrival {
        words.push(format!("clientUserId {id}"));
    }
    (!words.is_empty()).then(|| words.join("; "))
}

/// The small lines under a signature: who, what it means and when, in the envelope's time zone. Letters that our faces
/// lack are left out, never drawn as boxes.
fn caption(state: &Envelope, name: &str, act: &Act, meaning: Option<&str>) -> Vec<String> {
    let zone = jiff::tz::TimeZone::get(&state.draft.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let at = act.at.to_zoned(zone);
    let offset = at.strftime("%:z");
    // A time that the face cannot write in this language is written as ISO 8601 does.
    let when = Some(format!("{} {offset}", written_time::exact(&state.draft.language, &at)))
        .filter(|line| pdf::fonts::covers(line))
        .unwrap_or_else(|| at.strftime("%Y-%m-%d %H:%M:%S %:z").to_string());
    let lines = [Some(name.to_owned()), meaning.map(ToOwned::to_owned), Some(when)];
    lines.into_iter().flatten().filter(|line| pdf::fonts::covers(line)).collect()
}
